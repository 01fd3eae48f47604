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
    ("OpenRouter", r"sk-or-v1-[0-9a-f]{32,80}"),
    ("Pinecone", r"pcsk_[A-Za-z0-9_]{30,90}"),
    ("Netlify", r"nfp_[A-Za-z0-9]{30,50}"),
    ("Cloudflare", r"v1\.0-[0-9a-f]{20,40}-[0-9a-f]{80,160}"),
    ("Alibaba Cloud", r"LTAI[A-Za-z0-9]{12,24}"),
    ("Tencent Cloud", r"AKID[A-Za-z0-9]{13,40}"),
    ("Yandex", r"AQVN[A-Za-z0-9_\-]{35,45}|y[0-3]_[A-Za-z0-9_\-]{40,120}"),
    ("Contentful", r"CFPAT-[A-Za-z0-9_\-]{30,60}"),
    ("Dynatrace", r"dt0[a-z]\d{2}\.[A-Z0-9]{20,30}\.[A-Z0-9]{50,80}"),
    ("Mapbox", r"[ps]k\.eyJ[A-Za-z0-9_\-]{20,400}\.[A-Za-z0-9_\-]{16,60}"),
    ("Brevo", r"xkeysib-[0-9a-f]{48,80}-[A-Za-z0-9]{10,20}"),
    ("RubyGems", r"rubygems_[0-9a-f]{40,60}"),
    ("Buildkite", r"bk(?:ua|aj)_[0-9a-f]{32,48}"),
    ("CircleCI", r"CCIPAT_[A-Za-z0-9_]{30,80}"),
    ("Pulumi", r"pul-[0-9a-f]{32,48}"),
    ("Typeform", r"tfp_[A-Za-z0-9_\-.=]{40,80}"),
    ("EasyPost", r"EZ[AT]K[0-9a-f]{30,40}[A-Za-z0-9]{0,30}"),
    ("Shippo", r"shippo_(?:live|test)_[0-9a-f]{30,50}"),
    ("HubSpot", r"pat-(?:na|eu)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    ("Plaid", r"access-(?:production|sandbox|development)-[0-9a-f]{8}-[0-9a-f\-]{20,30}"),
    ("Razorpay", r"rzp_(?:live|test)_[A-Za-z0-9]{14,24}"),
    ("Flutterwave", r"FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,40}(?:-X)?"),
    ("LangSmith", r"lsv2_(?:pt|sk)_[0-9a-f]{30,40}(?:_[0-9a-f]{8,12})?"),
    ("Fireworks", r"fw_[A-Za-z0-9]{20,40}"),
    ("Tailscale", r"tskey-[a-z]{2,12}-[A-Za-z0-9]{8,24}(?:-[A-Za-z0-9]{16,48})?"),
    ("SonarQube", r"sq[upa]_[0-9a-f]{40}"),
    ("Artifactory", r"AKCp[A-Za-z0-9]{40,90}"),
    ("Bitbucket", r"ATBB[A-Za-z0-9]{24,60}"),
    ("Resend", r"re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,32}"),
    ("MailerSend", r"mlsn\.[0-9a-f]{48,80}"),
    ("1Password", r"ops_eyJ[A-Za-z0-9_\-]{60,900}"),
    ("Okta", r"00[A-Za-z][A-Za-z0-9_\-]{39}"),
    ("Microsoft Entra", r"[A-Za-z0-9_~.\-]{3}\dQ~[A-Za-z0-9_~.\-]{31,34}"),
    ("Snowflake", r"ver:\d-hint:\d{3,12}-[A-Za-z0-9]{40,120}"),
    ("Ngrok", r"2[A-Za-z0-9]{26}_[A-Za-z0-9]{20,24}"),
    ("Zapier", r"hooks\.zapier\.com/hooks/catch/\d{4,12}/[a-z0-9]{5,12}"),
    ("Slack", r"hooks\.slack\.com/services/[A-Z0-9]{8,14}/[A-Z0-9]{8,14}/[A-Za-z0-9]{18,30}"),
    ("age", r"AGE-SECRET-KEY-1[A-Z0-9]{50,64}"),
    ("a signed token", r"eyJ[A-Za-z0-9_\-]{8,3000}\.[A-Za-z0-9_\-]{8,6000}(?:\.[A-Za-z0-9_\-]{4,3000})?"),
)
"""Services, and what their keys look like."""

_NAMED = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z0-9]{1,24}[_\-. ]){0,4}?(?:api[_\- ]?key|apikey"
    r"|secret(?:[_\- ]?(?:access[_\- ]?)?key)?|access[_\- ]?(?:key|token)(?:[_\- ]?id)?"
    r"|auth(?:orization)?[_\- ]?(?:token|key|code)|(?:account|storage|master|admin|root|service"
    r"|subscription|ssh)[_\- ]?key"
    r"|(?:refresh|bearer|session|bot|client|private|deploy|signing|encryption|webhook"
    r"|personal access)[_\- ]?(?:token|secret|key)|token|credentials?|licen[cs]e key|serial key|cd[- ]key"
    r"|product key|activation (?:key|code)|recovery (?:code|key)s?|backup codes?|2fa code|otp|csrf"
    r"|connection ?string|api-?schlüssel|schlüssel|clé (?:d'api|secrète|api)|clave (?:api|secreta)"
    r"|chiave (?:api|segreta)"
    r"|klucz api|chave (?:de )?api|api-sleutel)"
    r"[\"']?(?:[\s*_|\"']{0,3}(?:(?:is|was|ist|lautet|est|es|è|é)(?![^\W_])|=>|:=|:|=|＝)[\s*_"
    r"|]{0,4}){1,2}[\"'`]?(?:Bearer |Basic "
    r"|token )?(?P<v>[^\s\"'`,;<>(){}\[\]]{6,400})",
    re.IGNORECASE,
)
_NAMED_MARKS = (
    "key", "token", "secret", "credential", "code", "otp", "csrf", "string", "schlüssel", "clé", "clave",
    "chiave", "klucz", "chave", "sleutel",
)  # fmt: skip
_HEADER = re.compile(r"(?<!\w)(?:Bearer|Basic|Token|ApiKey|SSWS)\s(?P<v>[A-Za-z0-9+/=_\-.~]{12,2000})")
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


_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"[A-Za-z0-9_\-.+/=:,~]{14,}")


class ServiceKeys:
    """Find the keys of known services; only long words with a digit are looked at."""

    name = NAME
    kinds = frozenset({Kind.SECRET})

    def __init__(self) -> None:
        self._shapes = tuple((service, _shape(service, shape)) for service, shape in SERVICES)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield keys by their shape."""
        for word in _LONG.finditer(text):
            if not _DIGIT.search(text, *word.span()):
                continue
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
            Rule(Kind.SECRET, _NAMED, "called a key or token", 0.9, _real, mark=_NAMED_MARKS),
            Rule(
                Kind.SECRET,
                _HEADER,
                "a log-in header",
                0.9,
                checked(lambda t: any(map(str.isdigit, t)) or t.endswith("=")),
                mark=("bearer", "basic", "token", "apikey", "ssws"),
            ),
            Rule(Kind.PASSWORD, _LOGIN, "a password in a link", 0.95, hint="://"),
        ),
    )
