"""Exit codes, which scripts rely on."""

from enum import IntEnum

from app.core.errors import ConfidantError, EngineError, PolicyRefused, SettingError
from app.privacy.errors import PrivacyError


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    WRONG_USE = 2
    CANNOT_RUN = 3
    REFUSED = 4
    """By policy, by the person, or by a filter that could not run: nothing left."""
    ENGINE_FAILED = 5
    STOPPED = 130


def exit_for(error: ConfidantError | PrivacyError) -> Exit:
    """Return the exit code of an error."""
    match error:
        case SettingError():
            return Exit.WRONG_USE
        case PolicyRefused() | PrivacyError():
            return Exit.REFUSED
        case EngineError():
            return Exit.ENGINE_FAILED
        case _:
            return Exit.CANNOT_RUN
