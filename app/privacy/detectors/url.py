"""Links: those that name a person or open something, and public ones."""

import re
from collections.abc import Iterator

from app.privacy.detectors.network import is_known_site
from app.privacy.types import Finding, Kind

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
    r"|[/=][A-Za-z0-9_]{28,}"
    r"|//(?:[\w\-]{1,64}\.){0,3}(?:\w{0,12}(?:lms|moodle|canvas|intranet|webmail|jira|confluence|jenkins|grafana|vpn"
    r"|sso)\w{0,12}|portal|mail|erp|crm|admin|staging|stage|dev|test|uat|my|account|accounts|files|share|cloud|git"
    r"|gitlab|wiki|internal)\."  # pages behind a log-in
    r"|/(?:pluginfile\.php|wp-admin|dashboard|admin|my|me|account|settings|orders?|invoices?|tickets?|cart"
    r"|checkout)(?:/|$)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z+]{2,14}://([\w.\-]{1,253})", re.IGNORECASE)
_TAIL = ".,;:!?*"


_OWN = re.compile(
    r"(?<!\w)(?:my|our|his|her|their|own|personal|portfolio|web ?site|site|blog|home ?page|(?:visit|find"
    r"|contact) us)(?!\w)[^\n.!?]{0,24}$",
    re.IGNORECASE,
)
"""Whose page it is stands just before the link."""
_DEEP = re.compile(r"//[^/]+/[^/]+/[^/]+")
_OPEN = 0.2
_TELLING = "a link that names somebody or opens something"


def _length(text: str) -> int:
    """Say how much of a match is the link; 0 for pages of sites that everybody uses."""
    trimmed = text.rstrip(_TAIL)
    host = _HOST.match(trimmed)
    known = host is not None and is_known_site(host.group(1))
    return len(trimmed) if not known or _PRIVATE.search(trimmed) else 0


class LinkDetector:
    """Find links; a page deep inside a site, of which nothing says whose it is, is public."""

    name = NAME
    kinds = frozenset({Kind.URL})

    def find(self, text: str) -> Iterator[Finding]:
        """Yield links in order."""
        if "://" not in text:
            return
        for match in _URL.finditer(text):
            start = match.start()
            link = text[start : start + _length(match.group())]
            if not link:
                continue
            end = start + len(link)
            own = _OWN.search(text[max(0, start - 48) : start])
            if own or _PRIVATE.search(link) or not _DEEP.search(link):
                yield Finding(Kind.URL, start, end, 0.9, NAME, _TELLING)
            else:
                yield Finding(Kind.URL, start, end, _OPEN, NAME, "a page of the web", public=True)


def detector() -> LinkDetector:
    """Make the detector of links."""
    return LinkDetector()
