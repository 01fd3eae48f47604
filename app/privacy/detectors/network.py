"""Addresses of machines: IP, MAC, host names, shares."""

import ipaddress
import re

from app.privacy.detectors.pattern import DIGIT, DOT, FIRST_DIGIT, PatternDetector, Rule, checked
from app.privacy.types import Kind

NAME = "network"
_IPV4 = re.compile(r"(?<![\w.])(?<!v )(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w]|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?=[0-9a-f:]{0,39}:[0-9a-f:]{0,39}:)[0-9a-f:]{3,39}(?:%\w{1,16})?(?![\w:])", re.IGNORECASE
)
_COLONS = re.compile(r":(?=[0-9A-Fa-f]{0,4}:)")
_MAC = re.compile(
    r"(?<![\w:\-])(?:[0-9a-f]{2}([:\-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:\-])"
    r"|(?<!\w)(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?!\w)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[:\-.][0-9A-Fa-f]{2,4}[:\-.]")
_SHARE = re.compile(
    r"(?<![\w\\])\\{2,4}[\w.\-]{2,63}(?:\\{1,2}(?:[\w$.\-]{1,64}(?: [\w$.\-]{1,32}){0,3}(?=\\)"
    r"|[\w$.\-]{1,64})){0,8}"
)
_MOUNT = re.compile(r"(?<![\w:/])(?:smb:|cifs:)?//[\w.\-]{2,63}/[\w$.\-]{2,64}(?:/[\w$.\-]{1,64}){0,8}")
_MOUNT_CUE = re.compile(
    r"(?<!\w)(?:mount|cifs|smb|smbclient|share|nas|samba|network drive|fileserver)(?!\w)", re.IGNORECASE
)
_INNER = re.compile(
    r"(?<![\w.@\-])(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}(?:local|lan|internal|intranet|corp|home"
    r"|localdomain|intra|priv|private)(?::\d{2,5})?(?![\w\-]|\.\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\w.@\-/])(?=[a-z\-]{0,40}\d)(?:[a-z]{1,16}-){1,4}[a-z]{0,12}\d{1,4}"
    r"(?:\.[a-z0-9\-]{1,63}){0,5}(?![\w\-])",
    re.IGNORECASE,
)
_HOST_CUE = re.compile(
    r"(?<!\w)(?:host(?:name)?|server|ssh|machine|node|laptop|workstation|ping|vm|box|printer|router)(?!\w)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?<![\w.@\-/%])(?:www\.)?(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,4}(?:com|org|net|edu|gov|mil"
    r"|info|biz|co\.uk|ac\.uk|org\.uk|co|de|fr|es|it|nl|pl"
    r"|eu|us|ca|ch|at|be|ru|cn|jp|br|au|nz|se|no|fi|dk|cz|hu|pt|ie|gr|ro|in|za|tk|gl|tv|me|io"
    r"|dev|app|ai|xyz|online|shop|club|site)(?![\w\-@]|\.\w)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"(?:^|\.)(?:example|google|gmail|youtube|github|gitlab|bitbucket|wikipedia|wikimedia"
    r"|facebook|twitter|x|instagram|linkedin|reddit|amazon|amazonaws|apple"
    r"|microsoft|office|live|outlook|openai|anthropic|huggingface|python|pypi|npmjs"
    r"|stackoverflow|mozilla|w3|docker|kubernetes|cloudflare|ubuntu|debian|apache"
    r"|netflix|spotify|ebay|paypal|booking|airbnb|tripadvisor|bbc|nytimes|cnn|medium|arxiv|doi"
    r"|nature|readthedocs|golang|rust-lang|nodejs|asp|socket|discord|slack|zoom"
    r"|httpbin|localhost|schema|yahoo|bing|duckduckgo|adobe|figma|canva|notion|trello|dropbox"
    r"|whatsapp|telegram|tiktok|pinterest|quora|nasa|who|un|europa|nist)\.[a-z.]{2,10}$",
    re.IGNORECASE,
)


def _ipv4(text: str) -> bool:
    try:
        address = ipaddress.IPv4Address(text.split("/")[0])
    except ValueError:
        return False
    known = address.is_loopback or address.is_unspecified or address.is_multicast or text.startswith("255.")
    return not known and text not in ("8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9") and text != "1.2.3.4"


def _ipv6(text: str) -> bool:
    try:
        address = ipaddress.IPv6Address(text.split("%")[0])
    except ValueError:
        return False
    named = text.count(":") < 3 and not any(map(str.isdigit, text))  # a::b is code
    return not (address.is_loopback or address.is_unspecified or named)


def is_known_site(host: str) -> bool:
    """Say whether a site is known to everybody, or belongs to this computer."""
    return bool(_KNOWN.search(host)) or host.startswith(("127.", "localhost", "0.0.0.0"))


def _private_domain(text: str) -> bool:
    return not is_known_site(text) and len(text) > 5 and not text.lower().startswith(("e.g", "i.e"))


RULES = (
    Rule(Kind.IP, _IPV4, "network address", 0.9, checked(_ipv4), hint=".", head=FIRST_DIGIT),
    Rule(Kind.IP, _IPV6, "network address", 0.9, checked(_ipv6), mark=_COLONS),
    Rule(Kind.MAC, _MAC, "hardware address", 0.95, mark=_PAIR),
    Rule(Kind.HOST, _SHARE, "network share", 0.9, hint="\\\\"),
    Rule(Kind.HOST, _MOUNT, "network share", 0.8, cue=_MOUNT_CUE, hint="//"),
    Rule(Kind.HOST, _INNER, "machine inside a network", 0.9, mark=DOT),
    Rule(Kind.HOST, _NUMBERED, "machine", 0.75, cue=_HOST_CUE, mark=DIGIT),
    Rule(Kind.HOST, _DOMAIN, "site or machine", 0.6, checked(_private_domain), mark=DOT),
)


def detector() -> PatternDetector:
    """Make the detector of machine addresses."""
    return PatternDetector(NAME, RULES)
