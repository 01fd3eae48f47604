"""E-mail addresses, also percent-encoded ones inside links."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule
from app.privacy.types import Kind

NAME = "email"
_AT = ("@", "%40")
_ADDRESS = re.compile(
    r"(?<![\w.+\-%])[\w.+\-%']{0,63}[\w+\-](?:@|%40)(?:[^\W_](?:[\w\-]{0,62})\.){1,8}[^\W\d_]{2,24}(?![\w\-])"
)
_LOCAL_HOST = re.compile(
    r"(?<![\w.+\-%])[\w.+\-]{1,64}@(?:localhost|[\w\-]{1,63}\.(?:local|lan|internal|corp))(?!\w)"
)
_BACKWARDS = re.compile(
    r"(?<![\w.@])(?:moc|gro|ten|ude|vog|oi|ed|rf|se|ti|ln|lp|rb|ku\.oc"
    r"|ue)\.[\w\-]{2,40}(?:\.[\w\-]{2,40})?@[\w.+\-]{2,64}(?![\w@])"
)


def detector() -> PatternDetector:
    """Make the detector of e-mail addresses."""
    return PatternDetector(
        NAME,
        (
            Rule(Kind.EMAIL, _ADDRESS, "e-mail address", 0.99, mark=_AT),
            Rule(Kind.EMAIL, _BACKWARDS, "e-mail address from end to start", 0.7, mark=_AT),
            Rule(Kind.EMAIL, _LOCAL_HOST, "address inside a network", 0.9, mark=_AT),
        ),
    )
