import pytest
from tables import LISTS, found, hides

from app.privacy.detectors import secret
from app.privacy.types import Detector, Kind

SERVICES = secret.ServiceKeys()
DETECTOR = secret.detector()
ENTROPY = secret.EntropyDetector(lambda: LISTS.common)
BODY = "9fK2mQ7xLr4Tz8Wb1Nc6Yd3Hs5Jg0PaVe"


def _a(length: int) -> str:
    return (BODY * 8)[:length]


def _h(length: int) -> str:
    return ("3b9e0c71f8d24a65" * 16)[:length]


def _u(length: int) -> str:
    return ("7QX2MK9RT4WZ8HB5" * 8)[:length]


# Keys are put together here, so that no scanner of repositories takes them for real ones.
KEYS: list[tuple[str, str]] = [
    ("OpenAI", "sk-" + "proj-" + _a(48)), ("Anthropic", "sk-" + "ant-api03-" + _a(80)), ("AWS", "AKIA" + _u(16)),
    ("GitHub", "ghp" + "_" + _a(36)), ("GitHub", "github" + "_pat_" + _a(22) + "_" + _a(59)), ("GitLab", "glpat" + "-" + _a(20)),
    ("Google", "AIza" + "Sy" + _a(33)), ("Google", "ya29" + ".a0" + _a(60)), ("Slack", "xoxb" + "-12345678901-" + _a(24)),
    ("Slack", "xapp" + "-1-A0" + _u(9) + "-" + _h(20)), ("Stripe", "sk" + "_live_" + _a(24)), ("Twilio", "SK" + _h(32)),
    ("SendGrid", "SG" + "." + _a(22) + "." + _a(43)), ("Mailgun", "key" + "-" + _h(32)), ("Mailchimp", _h(32) + "-us14"),
    ("npm", "npm" + "_" + _a(36)), ("PyPI", "pypi" + "-AgEIcHlwaS5vcmc" + _a(70)), ("Hugging Face", "hf" + "_" + _a(34)),
    ("DigitalOcean", "dop" + "_v1_" + _h(64)), ("Shopify", "shpat" + "_" + _h(32)), ("Square", "sq0" + "atp-" + _a(22)),
    ("Telegram", "123456789" + ":" + "AA" + _a(33)), ("Discord", "MTA" + _a(23) + "." + _a(6) + "." + _a(38)),
    ("Heroku", "HRKU" + "-" + _a(60)), ("Databricks", "dapi" + _h(32)), ("New Relic", "NRAK" + "-" + _u(27)),
    ("Grafana", "glsa" + "_" + _a(32) + "_" + _h(8)), ("HashiCorp Vault", "hvs" + "." + _a(90)),
    ("Terraform", _a(14) + ".atlasv1." + _a(67)), ("Linear", "lin" + "_api_" + _a(40)), ("Notion", "ntn" + "_" + _a(46)),
    ("Airtable", "pat" + _a(14) + "." + _h(64)), ("Asana", "1/" + "1200" * 4 + ":" + _h(32)), ("Atlassian", "ATATT3" + "xFfGF0" + _a(180)),
    ("Postman", "PMAK" + "-" + _h(24) + "-" + _h(34)), ("Figma", "figd" + "_" + _a(40)), ("Doppler", "dp" + ".pt." + _a(43)),
    ("Sentry", "sntrys" + "_" + _a(60)), ("Docker Hub", "dckr" + "_pat_" + _a(27)), ("Fly.io", "fo1" + "_" + _a(43)),
    ("Vercel", "vercel" + "_" + _a(24)), ("Supabase", "sbp" + "_" + _h(40)), ("PlanetScale", "pscale" + "_tkn_" + _a(43)),
    ("Groq", "gsk" + "_" + _a(52)), ("xAI", "xai" + "-" + _a(80)), ("Perplexity", "pplx" + "-" + _a(48)), ("Replicate", "r8" + "_" + _a(37)),
    ("Azure", _a(86) + "=="), ("Azure", "Account" + "Key=" + _a(60) + "=="), ("Dropbox", "sl" + "." + _a(130)),
    ("Facebook", "EAA" + _a(120)), ("age", "AGE-SECRET" + "-KEY-1" + _u(58)), ("OpenRouter", "sk-" + "or-v1-" + _h(64)),
    ("Pinecone", "pcsk" + "_" + _a(60)), ("Netlify", "nfp" + "_" + _a(36)), ("Cloudflare", "v1" + ".0-" + _h(24) + "-" + _h(146)),
    ("Alibaba Cloud", "LTAI" + _a(20)), ("Tencent Cloud", "AKID" + _a(32)), ("Yandex", "AQVN" + _a(38)),
    ("Contentful", "CFPAT" + "-" + _a(43)), ("Dynatrace", "dt0" + "c01." + _u(24) + "." + _u(64)),
    ("Mapbox", "sk" + ".eyJ" + _a(60) + "." + _a(22)), ("Brevo", "xkeysib" + "-" + _h(64) + "-" + _a(16)),
    ("RubyGems", "rubygems" + "_" + _h(48)), ("Buildkite", "bkua" + "_" + _h(40)), ("CircleCI", "CCIPAT" + "_" + _a(22) + "_" + _h(40)),
    ("Pulumi", "pul" + "-" + _h(40)), ("Typeform", "tfp" + "_" + _a(59)), ("EasyPost", "EZAK" + _h(32) + _a(22)),
    ("Shippo", "shippo" + "_live_" + _h(40)), ("HubSpot", "pat" + "-na1-" + "-".join(_h(n) for n in (8, 4, 4, 4, 12))),
    ("Plaid", "access" + "-production-" + "-".join(_h(n) for n in (8, 4, 4, 4, 12))), ("Razorpay", "rzp" + "_live_" + _a(14)),
    ("Flutterwave", "FLWSECK" + "-" + _h(32) + "-X"), ("LangSmith", "lsv2" + "_pt_" + _h(32) + "_" + _h(10)),
    ("Fireworks", "fw" + "_" + _a(24)), ("Tailscale", "tskey" + "-auth-" + _a(12) + "-" + _a(32)), ("SonarQube", "squ" + "_" + _h(40)),
    ("Artifactory", "AKCp" + "8" + _a(68)), ("Bitbucket", "ATBB" + _a(32)), ("Resend", "re" + "_" + _a(8) + "_" + _a(24)),
    ("MailerSend", "mlsn" + "." + _h(64)), ("1Password", "ops" + "_eyJ" + _a(200)), ("Okta", "00" + "k" + _a(39)),
    ("Microsoft Entra", "k3v" + "8Q~" + _a(34)), ("Snowflake", "ver" + ":1-hint:4471920-" + _a(80)), ("Ngrok", "2" + _a(26) + "_" + _a(21)),
    ("Zapier", "hooks." + "zapier.com/hooks/catch/771920/b3x9k2"), ("Slack", "hooks." + "slack.com/services/T0" + _u(8) + "/B0" + _u(8) + "/" + _a(24)),
    ("a signed token", "eyJhbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0" + "." + BODY),
]  # fmt: skip
NAMED = [
    ("api_key = 'zq81-xx02-Pq'", "zq81-xx02-Pq"),
    ("export DB_SECRET=hunter2hunter", "hunter2hunter"),
    ('"access_token": "a1b2c3d4e5"', "a1b2c3d4e5"),
    ("my token is QX77-ab12", "QX77-ab12"),
    ("Authorization: Bearer abcdef123456789", "abcdef123456789"),
    ("https://bob:tr0ub4dor@host/x", "tr0ub4dor"),
    ("API key:\nzq81-xx02-Pq", "zq81-xx02-Pq"),
    ("| Token | is zq81-xx02-Pq |", "zq81-xx02-Pq"),
    ("**Client secret:** zq81xx02Pq", "zq81xx02Pq"),
    ("der API-Schlüssel lautet: zq81xx02Pq", "zq81xx02Pq"),
    ("clé API : zq81xx02Pq", "zq81xx02Pq"),
    ("recovery codes: 7k2p-99xq", "7k2p-99xq"),
]
MISSES = [
    "the token is expired", "api_key = os.environ['KEY']", "a secret garden", "token = get_token()", "token: string",
    "max_tokens=4096", "the secret is: practice", "sk-learn", "tokens: 5", "bearer of news", "secret = your_secret_here",
    "https://example.com:8080/x", "the key is patience", "keyboard: qwerty layout", "code = 12 lines of text", "the string is 'hello world'",
]  # fmt: skip
DISORDER = ["kJ8s7DqP2xVb9LmN4tRw6Zy", "9f86d081884c7d659a2feaa0c55ad015", "Zm9vYmFyQmF6MTIzNDU2Nzg5MA=="]
ORDER = [
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "getElementsByClassName2", "/usr/local/lib/python3/site-packages",
    "this-is-a-long-slug-with-2-numbers", "123e4567-e89b-12d3-a456-426614174000", "AbstractSingletonProxyFactoryBean3",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "sha256: 9f86d081884c7d659a2feaa0c55ad015", "test_the_user_can_log_in_2_times",
    "12345678901234567890", "smollm2-135m-instruct", "gpt-4o-mini-2024-07-18", "llama-v3p1-405b-instruct",
]  # fmt: skip


@pytest.mark.parametrize(("service", "value"), KEYS)
def test_a_key_of_a_known_service_is_found(service: str, value: str) -> None:
    text = f"use {value} for it"
    assert hides(SERVICES, text, value, Kind.SECRET)
    assert any(finding.why == f"a key of {service}" for finding in SERVICES.find(text))


@pytest.mark.parametrize("around", ['"{}"', "KEY={}", "<{}>", "key: {}.", "`{}`", "({})", "'{}',"])
def test_a_key_is_found_in_code_and_prose(around: str) -> None:
    value = "ghp" + "_" + _a(36)
    assert hides(SERVICES, around.format(value), value, Kind.SECRET)


@pytest.mark.parametrize(("text", "value"), NAMED)
def test_a_named_secret_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value)


@pytest.mark.parametrize("text", MISSES)
def test_talk_about_secrets_is_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)
    assert not found(SERVICES, text)


@pytest.mark.parametrize("value", DISORDER)
def test_disorder_is_found(value: str) -> None:
    assert hides(ENTROPY, f"it is {value} then", value, Kind.SECRET)


@pytest.mark.parametrize("text", ORDER)
def test_order_is_left_alone(text: str) -> None:
    assert not found(ENTROPY, text)


def test_a_key_of_every_service_was_tried_and_there_are_more_than_forty() -> None:
    detector: Detector = SERVICES
    assert detector.name == "secret"
    tried = {service for service, _ in KEYS}
    assert tried == {service for service, _ in secret.SERVICES}
    assert len(tried) >= 80
