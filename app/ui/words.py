"""Short names of places, levels, kinds and actions, as the person reads them."""

from PySide6.QtCore import QCoreApplication

from app.core.errors import Fix
from app.core.types import Where
from app.privacy.policy import Level
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
        Kind.IP: _tr("network address"),
        Kind.MAC: _tr("device address"),
        Kind.HOST: _tr("host name"),
        Kind.URL: _tr("web address"),
        Kind.PRIVATE_KEY: _tr("private key"),
        Kind.SEED: _tr("recovery phrase"),
        Kind.SENSITIVE: _tr("sensitive statement"),
        Kind.OWN: _tr("your own word"),
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


def is_hidden(decided: Decided) -> bool:
    return decided.action in HIDING


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
    return _tr("1 detail hidden") if count == 1 else _tr("{count} details hidden").format(count=count)
