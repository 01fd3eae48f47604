"""Passwords, PINs and private keys, by the words and marks around them."""

import re

from app.privacy.detectors.pattern import DIGIT, PatternDetector, Rule
from app.privacy.types import Kind

NAME = "password"
_WORD = (
    r"pass(?:word|wd|code|phrase|key)?s?|pwd|pswd|pw|passwort|passwörter|kennwort|zugangscode"
    r"|mots? de passe|mdp"
    r"|contraseñas?|clave(?: de acceso)?|senhas?|wachtwoord(?:en)?|hasł[oa]|haslo|parola(?: d'ordine)?"
    r"|пароль|密码|口令|パスワード"
    r"|비밀번호|heslo|jelszó|lösenord|adgangskode|passord|salasana|şifre|parolă|κωδικός"
    r"|(?:wi-?fi|wlan|wpa2?|network) (?:password|key|code)|psk"
)
_MARKS = (
    "pass", "pwd", "pswd", "pw", "kennwort", "zugangscode", "mot", "mdp", "contrase", "clave", "senha",
    "wachtwoord", "has", "parol", "пароль", "密码", "口令", "パスワード", "비밀번호", "heslo", "jelsz",
    "lösenord", "adgangskode", "salasana", "şifre", "κωδικ", "key", "code", "psk",
)  # fmt: skip
_IS = (
    r"(?:[\s*_\"'|]{0,3}(?:(?:is now|is still|was|is|ist jetzt|ist|lautet|est|es|é|è|jest|är)(?![^\W_])"
    r"|=>|:=|:|=|：|＝|->|→)[\s*_|>]{0,4}){1,2}"
)
"""The word that makes what follows the value: also in bold letters, in a table, or on the next line."""
_QUOTED = r"\"[^\"\n]{3,64}\"|'[^'\n]{3,64}'|`[^`\n]{3,64}`|“[^”\n]{3,64}”|«[^»\n]{3,64}»|„[^“\n]{3,64}“"
_BARE = r"(?:[^\s\"'`,;<>]|[,;>](?=[^\s\"'`,;<>])|<(?=[^\s\"'`,;<>/]))"
_PASSWORD = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD})[\"']?(?:\s(?:for|of|to|on|für|de|del|di|da|do|voor"
    rf"|pour|para|per)\s(?:[^\s:=]{{1,24}}\s){{0,4}}?)?{_IS}(?P<v>{_QUOTED}"
    rf"|{_BARE}{{3,64}})",
    re.IGNORECASE,
)
_LOOSE = re.compile(rf"(?<![A-Za-z])(?:{_WORD})[ \t]?[\s|][ \t]?(?P<v>{_BARE}{{6,64}})", re.IGNORECASE)
_FLAG = re.compile(
    r"(?:--password[= ]|--pass[= ]|(?<![\w\-/.])-p ?|PGPASSWORD=|MYSQL_PWD=|SSHPASS=)(?P<v>'[^'\n]{4,64}'"
    r"|\"[^\"\n]{4,64}\"|(?=[^\s]{0,64}[^\w\s.:/\-])[^\s'\"]{5,64})"
)
_CODE_WORD = (
    r"pin|pin-?code|pin code|passcode|door code|gate code|alarm code|unlock code|code pin|safe code"
    r"|safe combination"
    r"|combination|security code|access code|entry code|puk|tan|lock code|locker code|garage code"
    r"|geheimzahl|türcode"
    r"|code (?:de la porte|d'accès|d'entrée|secret)|código (?:de acceso|pin)|codice (?:pin|di accesso"
    r"|segreto)|pincode"
    r"|toegangscode|kod pin|kod do drzwi|código de acesso|otp|one[- ]time (?:code|password)|verification code"
    r"|2fa code|sms code"
)
_PIN = re.compile(
    rf"(?<!\w)(?:{_CODE_WORD})(?:\s(?:for|of|to|für|de|di|voor)\s(?:\S{{1,20}}\s){{1,4}}?)?"
    r"(?:[\s*_|]{0,3}(?:number|is|was|:|=|ist|lautet|est|es|è|é|jest)[\s*_|]{0,4}){1,3}"
    r"(?P<v>\d[\d \-]{2,10}\d|\d{1,2}-\d{1,2}-\d{1,2})(?!\w)",
    re.IGNORECASE,
)
_PEM = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^\-]|-(?!----)){0,16000}"
    r"(?:-----END [A-Z0-9 ]{3,60}-----)?"
)
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d:[\s\S]{0,6000}?Private-MAC: ?[0-9a-f]{20,80}")
_LONG = re.compile(r"\d[A-Za-z\d]{12}")
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
    r"|shared|empty|missing|policy|policies|generator|recovery|checker|length"
    r"|important|essential|crucial|easy|hard|difficult|simple|complex|complicated|long|short|unique|good"
    r"|bad|great|known|only|very|also"
    r"|just|already|still|probably|likely|about|used|one|something|anything|nothing|what|where|when|how"
    r"|why|because|like|as|from|by|with"
    r"|available|needed|necessary|optional|different|entered|asked|kept|hidden|masked|leaked|stolen"
    r"|compromised|guessed|cracked"
    r"|la|el|le|les|los|las|der|die|das|ein|eine|un|una|une|il|lo|een|het|que|muy|très|sehr|molto|não"
    r"|nicht|pas|nie|o|os"
    r"|<|\$\{?|\{|%s"
    r"|\*{3})(?![\w!@#$%&])",
    re.IGNORECASE,
)


def _given(value: str) -> int:
    return 0 if _NOTHING.match(value) else len(value.rstrip(".,)*")) or 0


def _odd(value: str) -> int:
    """A word that follows without "is" must look like no word."""
    value = value.rstrip(".,)?!:*") or value
    strange = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return _given(value) if strange else 0


RULES = (
    Rule(Kind.PASSWORD, _PASSWORD, "called a password", 0.9, _given, mark=_MARKS),
    Rule(Kind.PASSWORD, _LOOSE, "follows the word password", 0.8, _odd, mark=_MARKS),
    Rule(Kind.PASSWORD, _FLAG, "password in a command", 0.8, _given, mark=("-p", "pass", "pwd")),
    Rule(Kind.PASSWORD, _PIN, "called a code", 0.9, mark=DIGIT),
    Rule(Kind.PRIVATE_KEY, _PEM, "private key", 1.0, hint="-----BEGIN"),
    Rule(Kind.PRIVATE_KEY, _PUTTY, "private key", 1.0, hint="PuTTY"),
    Rule(Kind.PRIVATE_KEY, _WIF, "private key of a wallet", 0.95, mark=_LONG),
    Rule(Kind.PRIVATE_KEY, _HEX_KEY, "private key", 0.95, mark=("private key",)),
)


def detector() -> PatternDetector:
    """Make the detector of passwords and private keys."""
    return PatternDetector(NAME, RULES)
