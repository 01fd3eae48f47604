"""Links that name a person or open something."""

import re

from app.privacy.detectors.network import is_known_site
from app.privacy.detectors.pattern import PatternDetector, Rule
from app.privacy.types import Kind

NAME = "url"
_URL = re.compile(
    r"(?<![\w])(?:https?|ftps?|sftp|ssh|wss?|git|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis"
    r"|amqps?|smb|ldap)://[^\s<>\"'`\])}]{3,2000}",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"^[a-z+]{2,14}://[^/@\s]{1,256}@"  # user and password
    r"|[?&#;](?:[\w\-.]{0,32}(?:token|key|secret|sig|signature|auth|session|sid|pass(?:word"
    r"|wd)?|pwd|code|user(?:name|_?id)?|uid|email|e-?mail|mail|name|phone|id|login|account"
    r"|invite"
    r"|credential|hash|otp|uuid|client|customer|patient|member|q|to|from))=[^&\s]"
    r"|/(?:reset|invite|invitation|verify|confirm|unsubscribe|share|join|magic)/[\w\-]{8}"
    r"|/(?:users?|profiles?|people|members?|account|accounts|patients?|customers?|clients?|u"
    r"|in|home)/[^/\s?#]{2}"
    r"|/~\w|%40"
    r"|//(?:docs|drive)\.google\.com/\w|//(?:[\w\-]{1,64}\.){0,3}(?:zoom\.us/j|sharepoint\.com"
    r"|slack\.com/(?:archives|services)|dropbox\.com/s)|/webhooks?/\w"
    r"|//(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|//[\w.\-]{1,128}\.(?:local|lan|internal|corp|intranet)\b"
    r"|[/=][A-Za-z0-9_]{28,}",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z+]{2,14}://([\w.\-]{1,253})", re.IGNORECASE)
_TAIL = ".,;:!?*"


def _private(text: str) -> int:
    trimmed = text.rstrip(_TAIL)
    host = _HOST.match(trimmed)
    known = host is not None and is_known_site(host.group(1))
    return len(trimmed) if not known or _PRIVATE.search(trimmed) else 0


def detector() -> PatternDetector:
    """Make the detector of telling links."""
    return PatternDetector(
        NAME,
        (Rule(Kind.URL, _URL, "a link that names somebody or opens something", 0.9, _private, hint="://"),),
    )
