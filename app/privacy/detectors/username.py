"""User names: in folders, links to profiles, handles, log-in fields."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule, checked
from app.privacy.detectors.wordlist import listed
from app.privacy.types import Kind

NAME = "username"
_NOBODY = listed(
    """user username users me you your root admin administrator guest test ubuntu debian ec2-user pi runner
vagrant docker public shared default home nobody node app www-data www postgres mysql redis git jenkins
name yourname your_name someone example foo bar baz null none true false string str int password here is
the a an and or not it to for of with my new all users data self this that value input id email type
required optional field fields param params login logout env unknown anonymous demo sample localhost
account key"""
)
_WORD = r"[A-Za-z0-9][\w.\-]{1,39}"
_FOLDER = re.compile(
    rf"(?:(?<![\w.])/(?:home|Users|export/home|mnt/[a-z]/Users)/|[A-Za-z]:[\\/]{{1,2}}(?:Users"
    rf"|Documents and Settings)[\\/]{{1,2}})"
    rf"(?P<v>{_WORD}(?: [A-Z][a-z]{{1,20}}(?=[\\/]))?)"
)
_FOLDERS = ("/home", "users", "/mnt", "documents and settings")
_TILDE = re.compile(rf"(?<![\w~/.])~(?P<v>{_WORD})/")
_PROFILE = re.compile(
    r"(?<![\w.])(?:www\.)?(?:twitter\.com|x\.com|instagram\.com|facebook\.com|linkedin\.com/in"
    r"|t\.me|tiktok\.com/@?|reddit\.com/u(?:ser)?"
    rf"|github\.com|gitlab\.com|medium\.com/@|youtube\.com/@|twitch\.tv"
    rf"|keybase\.io)/?(?<=[/@])(?P<v>{_WORD})(?![\w\-]|/\w|\.\w)",
    re.IGNORECASE,
)
_SITES = (
    "twitter", "x.com", "instagram", "facebook", "linkedin", "t.me", "tiktok", "reddit", "github", "gitlab",
    "medium", "youtube", "twitch", "keybase",
)  # fmt: skip
_HANDLE_CUE = (
    r"(?:twitter|instagram|insta|telegram|tiktok|discord|github|snapchat|skype|handle|mastodon"
    r"|reddit|twitch|steam|follow me|xbox|psn|kik|venmo|linkedin)"
)
_HANDLE = re.compile(
    rf"(?<!\w){_HANDLE_CUE}(?: (?:handle|name|id|account|username|user|tag)){{0,2}}(?:\s?(?:is"
    rf"|:|=|as|at|on|,|\()){{0,2}}\s{{0,2}}(?P<v>@{_WORD}|(?<=[:=] )[\w.]{{4,30}}"
    rf"|(?<=[:=])[\w.]{{4,30}})(?!\w)",
    re.IGNORECASE,
)
_DISCORD = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\w)")
_AT = re.compile(
    r"(?<![\w@.`/])@[A-Za-z]\w{0,30}\d\w{0,8}(?![\w/.@])"
    r"|(?<![\w@.`/])@[a-z]{2,20}_[a-z]\w{1,20}(?![\w/.@(])"
)
_FIELD = re.compile(
    r"(?<![\w])(?:user(?:[ _\-]?name|[ _\-]?id)?|log[ \-]?in(?:[ _]name)?|usr|uid|nickname"
    r"|screen ?name|benutzername|nutzername|identifiant|usuario|utente|gebruikersnaam|ssh)"
    rf"[\"']?(?:(?:\s?[:=]\s?|\s?=>\s?)[\"'`]?"
    rf"|(?: is | was )(?=[\"'`@]|[a-z]\w{{0,20}}[\d_.]\w)[\"'`]?)(?P<v>{_WORD})(?![\w(])",
    re.IGNORECASE,
)
_SSH = re.compile(
    r"(?<![\w.@/])(?P<v>[a-z][\w.\-]{1,31})@(?:[a-z][a-z0-9\-]{1,62}|(?:\d{1,3}\.){3}\d{1,3})(?![\w.@])"
)
_SSH_FLAG = re.compile(
    rf"(?<!\w)(?:ssh|psql|mysql|scp|rsync|su|sudo|kinit|ldap\w{{0,10}}"
    rf"|smbclient)\b[^\n]{{0,40}}? -(?:l|u|U) ?(?P<v>{_WORD})"
)
_QUERY = re.compile(
    r"[?&](?:user|username|u|login|uid|userid|user_id|name)=(?P<v>[\w.\-]{2,40}(?:(?:@|%40)[\w.\-]{2,60})?)",
    re.IGNORECASE,
)
_DOMAIN_USER = re.compile(rf"(?<![\w\\/.:])[A-Z][A-Z0-9\-]{{1,14}}\\(?P<v>{_WORD})(?![\w\\])")


def _somebody(text: str) -> bool:
    return text.lower().lstrip("@") not in _NOBODY


def _handle(text: str) -> bool:
    return _somebody(text) and any(map(str.isalpha, text))


_ACCEPT = checked(_somebody)
RULES = (
    Rule(Kind.USERNAME, _FOLDER, "user name in a folder", 0.9, _ACCEPT, mark=_FOLDERS),
    Rule(Kind.USERNAME, _TILDE, "user name in a folder", 0.85, _ACCEPT, hint="~"),
    Rule(Kind.USERNAME, _PROFILE, "profile", 0.85, _ACCEPT, mark=_SITES),
    Rule(Kind.USERNAME, _HANDLE, "handle", 0.9, _ACCEPT, hint="@"),
    Rule(Kind.USERNAME, _DISCORD, "handle", 0.8, checked(_handle), mark=("#",)),
    Rule(Kind.USERNAME, _AT, "handle", 0.6, _ACCEPT, mark=("@",)),
    Rule(Kind.USERNAME, _FIELD, "user name", 0.8, _ACCEPT),
    Rule(Kind.USERNAME, _SSH, "user name on a machine", 0.75, _ACCEPT, mark=("@",)),
    Rule(Kind.USERNAME, _SSH_FLAG, "user name in a command", 0.8, _ACCEPT, hint=" -"),
    Rule(Kind.USERNAME, _QUERY, "user name in a link", 0.9, _ACCEPT, hint="="),
    Rule(Kind.USERNAME, _DOMAIN_USER, "user name of a network", 0.8, _ACCEPT, hint="\\"),
)


def detector() -> PatternDetector:
    """Make the detector of user names."""
    return PatternDetector(NAME, RULES)
