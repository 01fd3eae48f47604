"""Keys and tokens: of known services by their shape, of others by their name or their disorder."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from app.privacy.detectors.pattern import PatternDetector, Rule, checked
from app.privacy.types import Finding, Kind

NAME = "secret"

SERVICES: tuple[tuple[str, str], ...] = (
    ("OpenAI", r"sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_\-]{16,200}"),
    ("Anthropic", r"sk-ant-[A-Za-z0-9_\-]{16,200}"),
    ("AWS", r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{12,20}"),
    ("GitHub", r"gh[pousr]_[A-Za-z0-9]{16,255}"),
    ("GitHub", r"github_pat_[A-Za-z0-9_]{20,255}"),
    ("GitLab", r"gl(?:pat|dt|rt|soat|cbt|ptt|ft|imt|agent)-[A-Za-z0-9_\-]{16,64}"),
    ("Google", r"AIza[A-Za-z0-9_\-]{30,45}"),
    ("Google", r"ya29\.[A-Za-z0-9_\-]{16,500}"),
    ("Google", r"GOCSPX-[A-Za-z0-9_\-]{20,40}"),
    ("Slack", r"xox[abeoprs]-[A-Za-z0-9\-]{10,250}"),
    ("Slack", r"xapp-\d-[A-Za-z0-9\-]{10,250}"),
    ("Stripe", r"(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,250}"),
    ("Twilio", r"(?:SK|AC)[0-9a-f]{32}"),
    ("SendGrid", r"SG\.[A-Za-z0-9_\-]{16,64}\.[A-Za-z0-9_\-]{16,64}"),
    ("Mailgun", r"key-[0-9a-zA-Z]{32}"),
    ("Mailchimp", r"[0-9a-f]{32}-us\d{1,2}"),
    ("npm", r"npm_[A-Za-z0-9]{30,64}"),
    ("PyPI", r"pypi-[A-Za-z0-9_\-]{32,300}"),
    ("Hugging Face", r"(?:hf|api_org)_[A-Za-z0-9]{20,64}"),
    ("DigitalOcean", r"do[opr]_v1_[0-9a-f]{32,80}"),
    ("Shopify", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,40}"),
    ("Square", r"(?:sq0(?:atp|csp|idp)-|EAAA)[A-Za-z0-9_\-]{20,80}"),
    ("Telegram", r"\d{8,10}:[A-Za-z0-9_\-]{32,40}"),
    ("Discord", r"[MNO][A-Za-z0-9_\-]{22,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{25,45}"),
    ("Heroku", r"HRKU-[A-Za-z0-9_\-]{24,80}"),
    ("Databricks", r"dapi[0-9a-f]{32}(?:-\d)?"),
    ("New Relic", r"NRAK-[A-Z0-9]{24,32}|NRJS-[0-9a-f]{16,24}"),
    ("Grafana", r"gl(?:c|sa)_[A-Za-z0-9_+/=\-]{24,200}"),
    ("HashiCorp Vault", r"hv[sbr]\.[A-Za-z0-9_\-]{20,200}"),
    ("Terraform", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_\-]{30,80}"),
    ("Linear", r"lin_(?:api|oauth)_[A-Za-z0-9]{24,64}"),
    ("Notion", r"(?:secret_|ntn_)[A-Za-z0-9]{30,60}"),
    ("Airtable", r"pat[A-Za-z0-9]{14}\.[0-9a-f]{32,70}"),
    ("Asana", r"\d/\d{12,20}(?:/\d{12,20})?:[0-9a-f]{32}"),
    ("Atlassian", r"ATATT3[A-Za-z0-9_\-=]{40,250}"),
    ("Postman", r"PMAK-[0-9a-f]{20,30}-[0-9a-f]{30,40}"),
    ("Figma", r"figd_[A-Za-z0-9_\-]{32,60}"),
    ("Doppler", r"dp\.(?:pt|st|ct|sa)\.[A-Za-z0-9._\-]{32,80}"),
    ("Sentry", r"sntry[su]_[A-Za-z0-9_+/=\-]{24,200}"),
    ("Docker Hub", r"dckr_(?:pat|oat)_[A-Za-z0-9_\-]{20,40}"),
    ("Fly.io", r"fo1_[A-Za-z0-9_\-]{32,60}|fm2_[A-Za-z0-9+/=,_\-]{40,600}"),
    ("Vercel", r"vercel_[A-Za-z0-9]{20,60}|vc[kp]_[A-Za-z0-9]{20,80}"),
    ("Supabase", r"sb[ps]_[A-Za-z0-9_]{32,80}|sb_(?:secret|publishable)_[A-Za-z0-9_\-]{16,60}"),
    ("PlanetScale", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_\-.]{24,70}"),
    ("Groq", r"gsk_[A-Za-z0-9]{32,64}"),
    ("xAI", r"xai-[A-Za-z0-9]{40,120}"),
    ("Perplexity", r"pplx-[A-Za-z0-9]{32,64}"),
    ("Replicate", r"r8_[A-Za-z0-9]{32,48}"),
    ("Azure", r"[A-Za-z0-9+/]{86}=="),
    ("Azure", r"(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[A-Za-z0-9+/=%&_.\-]{20,300}"),
    ("Dropbox", r"sl\.[A-Za-z0-9_\-]{100,200}"),
    ("Facebook", r"EAA[A-Za-z0-9]{40,300}"),
    ("age", r"AGE-SECRET-KEY-1[A-Z0-9]{50,64}"),
    ("a signed token", r"eyJ[A-Za-z0-9_\-]{8,3000}\.[A-Za-z0-9_\-]{8,6000}(?:\.[A-Za-z0-9_\-]{4,3000})?"),
)
"""Services, and what their keys look like."""

_NAMED = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z0-9]{1,24}[_\-. ]){0,4}?(?:api[_\- ]?key|apikey"
    r"|secret(?:[_\- ]?(?:access[_\- ]?)?key)?|access[_\- ]?(?:key|token)(?:[_\- ]?id)?"
    r"|auth(?:orization)?[_\- ]?token"
    r"|(?:refresh|bearer|session|bot|client|private|deploy|signing|encryption|webhook"
    r"|personal access)[_\- ]?(?:token|secret|key)|token|credentials?|licen[cs]e key"
    r"|product key|activation key|recovery (?:code|key)|backup codes?|2fa code|otp|csrf)"
    r"[\"']?(?:\s?(?:is|was|=>|:=|:|=|＝)\s?){1,2}[\"'`]?(?:Bearer |Basic "
    r"|token )?(?P<v>[^\s\"'`,;<>(){}\[\]]{6,400})",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?<!\w)(?:Bearer|Basic|Token|ApiKey)\s(?P<v>[A-Za-z0-9+/=_\-.~]{12,2000})")
_LOGIN = re.compile(r"(?<=://)[^\s/:@]{0,128}:(?P<v>[^\s/@]{1,256})@")
_TOKEN = re.compile(r"(?<![A-Za-z0-9+/=_\-.])[A-Za-z0-9+/_\-]{20,512}={0,2}(?![A-Za-z0-9_\-])")
_HEX = re.compile(r"(?<![A-Za-z0-9\-])(?:[0-9a-f]{32,128}|[0-9A-F]{32,128})(?![A-Za-z0-9\-])")
_NO_SECRET = re.compile(
    r"(?<![^\W_])(?:commit|sha\d*|sha-?(?:1|256|512)|md5|checksum|digest|hash|integrity"
    r"|revision|rev|blob|tree|merge|git)(?![^\W_])",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:your|my|the|example|placeholder|changeme|xxx|<|\$\{|\{\{|os\.|process\.|env|getenv"
    r"|config|settings|self\.|none|null|true|false|undefined|string|required|expired|invalid"
    r"|missing|function|await|request|response|limit|count|usage|based)",
    re.IGNORECASE,
)


def _real(value: str) -> int:
    """Refuse stand-ins, calls, and words; cut the full stop of a sentence."""
    trimmed = value.rstrip(".!?:")
    mixed = any(map(str.isdigit, trimmed)) or (
        any(map(str.isupper, trimmed[1:])) and any(map(str.islower, trimmed))
    )
    odd = len(trimmed) >= 6 and (mixed or any(character in "!@#$%^&*+/=~" for character in trimmed))
    return len(trimmed) if odd and not _FILLER.match(trimmed) else 0


def _entropy(text: str) -> float:
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


class EntropyDetector:
    """Find long strings without order, unless they are made of words."""

    name = "entropy"
    kinds = frozenset({Kind.SECRET})

    def __init__(self, common: Callable[[], Collection[str]]) -> None:
        self._common = common

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what looks like a key and is neither a path, nor an identifier, nor a checksum."""
        for pattern in (_TOKEN, _HEX):
            for match in pattern.finditer(text):
                before = text[max(0, match.start() - 24) : match.start()]
                if self._is_disordered(match.group()) and not _NO_SECRET.search(before):
                    yield Finding(Kind.SECRET, *match.span(), 0.75, self.name, "looks like a key")

    def _is_disordered(self, token: str) -> bool:
        digits, upper, lower = (sum(map(test, token)) for test in (str.isdigit, str.isupper, str.islower))
        if _HEX.fullmatch(token):
            return digits > 3 and _entropy(token) > 2.8
        if not digits or not (upper or lower) or _entropy(token) < 3.4 or token.count("-") == 4:
            return False
        if (not (upper and lower) and digits < 4) or self._is_versioned(token):
            return False
        parts = [part.lower() for part in re.findall(r"[A-Z]?[a-z]{3,40}|[A-Z]{3,40}", token)]
        covered = sum(len(part) for part in parts if part in self._common())
        return covered < len(token) * 0.4

    def _is_versioned(self, token: str) -> bool:
        """Say whether this is a name with its version, such as a model's: short parts, one of them a word."""
        parts = re.split(r"[-_./:]", token.lower())
        named = any(len(part) >= 4 and part in self._common() for part in parts)
        return len(parts) >= 3 and named and max(map(len, parts)) <= 12


_LONG = re.compile(r"[A-Za-z0-9_\-.+/=:,]{14,}")


class ServiceKeys:
    """Find the keys of known services; only long words are looked at."""

    name = NAME
    kinds = frozenset({Kind.SECRET})

    def __init__(self) -> None:
        self._shapes = tuple((service, _shape(service, shape)) for service, shape in SERVICES)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield keys by their shape."""
        for word in _LONG.finditer(text):
            for service, shape in self._shapes:
                for match in shape.finditer(text, *word.span()):
                    yield Finding(Kind.SECRET, *match.span(), 0.98, self.name, f"a key of {service}")


def _shape(service: str, shape: str) -> re.Pattern[str]:
    if service == "a signed token":
        return re.compile(rf"(?<![A-Za-z0-9_\-]){shape}")
    return re.compile(rf"(?<![A-Za-z0-9_\-/+.])(?:{shape})(?![A-Za-z0-9_])")


def detector() -> PatternDetector:
    """Make the detector of keys that are told by the words around them."""
    return PatternDetector(
        "named-secret",
        (
            Rule(Kind.SECRET, _NAMED, "called a key or token", 0.9, _real),
            Rule(
                Kind.SECRET,
                _HEADER,
                "a log-in header",
                0.9,
                checked(lambda t: any(map(str.isdigit, t)) or t.endswith("=")),
            ),
            Rule(Kind.PASSWORD, _LOGIN, "a password in a link", 0.95, hint="://"),
        ),
    )
