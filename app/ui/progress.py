"""What the line under a growing answer says."""

from PySide6.QtCore import QCoreApplication

from app.ui.talk import Live, Phase

_CHECK_SHOWN_AFTER = 0.3
_ELAPSED_SHOWN_AFTER = 3


def progress(phase: Phase, live: Live, elapsed: float) -> str:
    """Say what is going on, with the seconds once it takes long; nothing for a short check.

    Args:
        elapsed: seconds since the question was asked.
    """
    if phase is Phase.REVIEW:
        return _tr("Waiting for your decision below")
    told = live.told
    if phase is Phase.CHECKING and not told and elapsed >= _CHECK_SHOWN_AFTER:
        told = _tr("Checking for private details")
    seconds = _tr("{n} s").format(n=int(elapsed)) if elapsed >= _ELAPSED_SHOWN_AFTER else ""
    return " · ".join(part for part in (told, seconds) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Progress", text)
