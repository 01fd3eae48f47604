"""Passwords, PINs and private keys, by the words and marks around them."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule
from app.privacy.types import Kind

NAME = "password"
_WORD = (
    r"pass(?:word|wd|code|phrase)?s?|pwd|passwort|kennwort|mot de passe|mdp|contraseña|clave"
    r"|senha|wachtwoord|hasło|haslo|parola|пароль|密码|パスワード"
    r"|(?:wi-?fi|wlan|wpa2?|network) (?:password|key|code)|psk"
)
_PASSWORD = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD})[\"']?(?:\s(?:for|of|to|on|für|de"
    rf"|pour)\s(?:[^\s:=]{{1,24}}\s){{0,4}}?)?(?:\s?(?:is now|is still|was|is|=>|:=|:|=|：|ist"
    rf"|est|es|é|jest)\s?){{1,2}}(?P<v>\"[^\"\n]{{3,64}}\"|'[^'\n]{{3,64}}'|`[^`\n]{{3,64}}`"
    rf"|[^\s\"'`,;<>]{{3,64}})",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?<![A-Za-z])(?:{_WORD})\s(?P<v>[^\s\"'`,;<>]{{6,64}})", re.IGNORECASE)
_FLAG = re.compile(
    r"(?:--password[= ]|--pass[= ]|-p ?|PGPASSWORD=|MYSQL_PWD=|SSHPASS=)(?P<v>'[^'\n]{4,64}'"
    r"|\"[^\"\n]{4,64}\"|(?=[^\s]{0,64}[^\w\s.:/\-])[^\s'\"]{5,64})"
)
_PIN = re.compile(
    r"(?<!\w)(?:pin|pincode|pin code|passcode|door code|gate code|alarm code|unlock code"
    r"|code pin|safe code|combination|security code|access code|entry code)(?:\s(?:for|of"
    r"|to)\s(?:\S{1,20}\s){1,4}?)?(?:\s?(?:number|is|was|:|=|ist"
    r"|est)\s?){1,3}(?P<v>\d[\d \-]{2,10}\d|\d{1,2}-\d{1,2}-\d{1,2})(?!\w)",
    re.IGNORECASE,
)
_PEM = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^\-]|-(?!----)){0,16000}"
    r"(?:-----END [A-Z0-9 ]{3,60}-----)?"
)
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d:[\s\S]{0,6000}?Private-MAC: ?[0-9a-f]{20,80}")
_WIF = re.compile(r"(?<!\w)(?:[5KL][1-9A-HJ-NP-Za-km-z]{50,51}|xprv[1-9A-HJ-NP-Za-km-z]{100,112})(?!\w)")
_HEX_KEY = re.compile(
    r"(?<!\w)private key(?: is)?[:= ]{1,3}(?P<v>(?:0x)?[0-9a-fA-F]{64})(?!\w)", re.IGNORECASE
)
_NOTHING = re.compile(
    r"[\"'`]?(?:your|my|the|a|an|is|not|too|in|on|at|and|or|for|to|reset|wrong|correct"
    r"|incorrect|expired|required|strong|weak|hashed|hash|stored|safe|sent|being|been"
    r"|field|input|manager|must|should|protected|change|changed|none|null|true|false|undefined"
    r"|str|string|os\.|env|process\.|config|getpass|request|self|this|that|it|invalid"
    r"|never|always|set|used|visible|forgotten|lost|case|encrypted|secure|same|different"
    r"|shared|empty|missing|policy|policies|generator|recovery|checker|length|<|\$\{?|\{|%s"
    r"|\*{3})(?![\w!@#$%&])",
    re.IGNORECASE,
)


def _given(value: str) -> int:
    return 0 if _NOTHING.match(value) else len(value.rstrip(".,)")) or 0


def _odd(value: str) -> int:
    """A word that follows without "is" must look like no word."""
    value = value.rstrip(".,)?!:") or value
    strange = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return _given(value) if strange else 0


RULES = (
    Rule(Kind.PASSWORD, _PASSWORD, "called a password", 0.9, _given),
    Rule(Kind.PASSWORD, _LOOSE, "follows the word password", 0.8, _odd),
    Rule(Kind.PASSWORD, _FLAG, "password in a command", 0.8, _given),
    Rule(Kind.PASSWORD, _PIN, "called a code", 0.9),
    Rule(Kind.PRIVATE_KEY, _PEM, "private key", 1.0, hint="-----BEGIN"),
    Rule(Kind.PRIVATE_KEY, _PUTTY, "private key", 1.0, hint="PuTTY"),
    Rule(Kind.PRIVATE_KEY, _WIF, "private key of a wallet", 0.95),
    Rule(Kind.PRIVATE_KEY, _HEX_KEY, "private key", 0.95),
)


def detector() -> PatternDetector:
    """Make the detector of passwords and private keys."""
    return PatternDetector(NAME, RULES)
