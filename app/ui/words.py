"""Short names of places, levels, kinds and actions, as the person reads them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.errors import Fix
from app.core.types import Where
from app.privacy.exposure import Trait
from app.privacy.policy import SECRET_KINDS, Level
from app.privacy.types import HIDING, Action, Decided, Kind


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


ROUTE_ICONS = {Where.LOCAL: "local", Where.CLOUD: "cloud", Where.AUTO: "both"}


def where_name(where: Where) -> str:
    return {
        Where.LOCAL: _tr("Local"),
        Where.CLOUD: _tr("Cloud"),
        Where.AUTO: _tr("Auto"),
    }[where]


def mechanism_names() -> dict[str, str]:
    """Return the ways of working together that a person can pick for one answer."""
    return {
        "pipeline": _tr("Cloud answers, this computer polishes"),
        "auxiliary": _tr("Cloud plans, this computer writes"),
        "fusion": _tr("Ask both and compare"),
        "distillation": _tr("Use what was learned from the cloud"),
    }


def mechanism_name(name: str) -> str:
    """Name a way of working together; a model alone counts as one."""
    named = {
        "adaptive": _tr("Whatever suits the question"),
        "routing": _tr("One of the two answers"),
        "local alone": _tr("This computer alone"),
        "cloud alone": _tr("The cloud alone"),
    }
    return named.get(name) or mechanism_names().get(name, name)


def level_name(level: Level) -> str:
    return {
        Level.LOCAL: _tr("Local only"),
        Level.STRICT: _tr("Strict"),
        Level.GUARDED: _tr("Guarded"),
        Level.OPEN: _tr("Open"),
    }[level]


def level_help(level: Level) -> str:
    """Say what a level hides and what it leaves readable."""
    return {
        Level.LOCAL: _tr("Nothing leaves this computer"),
        Level.STRICT: _tr("Also hides organizations, places and dates"),
        Level.GUARDED: _tr("Hides what points at people"),
        Level.OPEN: _tr("Cuts only secrets; the rest stays readable"),
    }[level]


def kind_name(kind: Kind) -> str:
    named = {
        Kind.ORG: _tr("organization"),
        Kind.EMAIL: _tr("e-mail address"),
        Kind.PHONE: _tr("phone number"),
        Kind.USERNAME: _tr("user name"),
        Kind.BIRTHDATE: _tr("date of birth"),
        Kind.NATIONAL_ID: _tr("identity number"),
        Kind.RECORD: _tr("record number"),
        Kind.IBAN: _tr("bank account"),
        Kind.ACCOUNT: _tr("account number"),
        Kind.CARD: _tr("card number"),
        Kind.MONEY: _tr("amount"),
        Kind.INCOME: _tr("income or debt"),
        Kind.IP: _tr("network address"),
        Kind.MAC: _tr("device address"),
        Kind.HOST: _tr("host name"),
        Kind.URL: _tr("web address"),
        Kind.PRIVATE_KEY: _tr("private key"),
        Kind.SEED: _tr("recovery phrase"),
        Kind.SENSITIVE: _tr("sensitive statement"),
        Kind.OWN: _tr("word you chose"),
        Kind.LITERAL: _tr("looks like a code"),
    }
    return named.get(kind) or _tr(kind.name.replace("_", " ").lower())


def action_name(action: Action) -> str:
    return {
        Action.BLOCK: _tr("cut"),
        Action.PLACEHOLDER: _tr("hidden"),
        Action.STANDIN: _tr("replaced"),
        Action.GENERALIZE: _tr("made vague"),
        Action.ASK: _tr("readable, please check"),
        Action.KEEP: _tr("readable"),
    }[action]


def way_name(action: Action, kind: Kind) -> str:
    """Name what the person may choose for a detail."""
    person = kind is Kind.PERSON
    return {
        Action.PLACEHOLDER: _tr("Hide it behind a code"),
        Action.STANDIN: _tr("Swap it for another name") if person else _tr("Swap it for another one"),
        Action.GENERALIZE: _tr("Say it less exactly"),
        Action.BLOCK: _tr("Cut it out"),
        Action.ASK: _tr("Leave it readable"),
        Action.KEEP: _tr("Leave it readable"),
    }[action]


def way_help(action: Action, kind: Kind) -> str:
    """Say what comes of it."""
    if action is Action.KEEP and kind in SECRET_KINDS:
        return _tr("Only if it is no secret: it leaves as you wrote it.")
    return {
        Action.PLACEHOLDER: _tr("The answer shows it to you again."),
        Action.STANDIN: _tr("An invented one leaves; the answer shows yours again."),
        Action.GENERALIZE: _tr("These words leave instead, and stay so in the answer."),
        Action.BLOCK: _tr("It is left out and does not come back."),
        Action.ASK: _tr("It leaves as you wrote it."),
        Action.KEEP: _tr("It leaves as you wrote it."),
    }[action]


def trait_name(trait: Trait) -> str:
    """Name a fact about the person, as a part of "could put together: …"."""
    return {
        Trait.AGE: _tr("your age"),
        Trait.PLACE: _tr("where you live"),
        Trait.JOB: _tr("your job"),
        Trait.EMPLOYER: _tr("who you work for"),
        Trait.EDUCATION: _tr("your education"),
        Trait.FAMILY: _tr("your family"),
        Trait.ORIGIN: _tr("where you come from"),
        Trait.HEALTH: _tr("your health"),
        Trait.BELIEFS: _tr("what you believe"),
        Trait.FINANCES: _tr("your money"),
        Trait.DATES: _tr("dates of your life"),
    }[trait]


def listed(parts: Sequence[str]) -> str:
    """Join words as a sentence does."""
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{0} and {1}").format(", ".join(parts[:-1]), parts[-1])


def shortened(text: str, most: int = 28) -> str:
    """Cut a long value so that a button can hold it."""
    return text if len(text) <= most else text[: most - 1] + "…"


def is_hidden(decided: Decided) -> bool:
    return decided.action in HIDING


def with_reason(said: str, decided: Decided) -> str:
    """Add why something was found, unless that only names its kind again."""
    why = decided.finding.why
    return said if why.casefold() == kind_name(decided.finding.kind).casefold() else f"{said}: {why}"


def fix_name(fix: Fix) -> str:
    """Return the words on the button that helps."""
    return {
        Fix.NONE: "",
        Fix.RETRY: _tr("Try again"),
        Fix.ENTER_KEY: _tr("Enter the key"),
        Fix.CLOUD_SETTINGS: _tr("Cloud settings"),
        Fix.CHOOSE_MODEL: _tr("Choose a model"),
        Fix.LOAD_ANYWAY: _tr("Load it anyway"),
        Fix.ANSWER_LOCALLY: _tr("Answer locally"),
        Fix.SHORTEN: _tr("Shorten it"),
    }[fix]


def details_hidden(count: int) -> str:
    if not count:
        return _tr("nothing hidden")
    return _tr("1 detail hidden") if count == 1 else _tr("{count} details hidden").format(count=count)
