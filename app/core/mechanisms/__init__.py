"""The ways in which the two models work together, one file each."""

from app.core.errors import SettingError
from app.core.mechanisms.adaptive import Adaptive
from app.core.mechanisms.auxiliary import Auxiliary
from app.core.mechanisms.base import Mechanism
from app.core.mechanisms.distillation import Distillation
from app.core.mechanisms.fusion import Fusion
from app.core.mechanisms.pipeline import Pipeline
from app.core.mechanisms.routing import Routing

_WAYS: tuple[Mechanism, ...] = (Routing(), Pipeline(), Distillation(), Auxiliary(), Fusion())
ADAPTIVE = Adaptive(_WAYS)
MECHANISMS: tuple[Mechanism, ...] = (ADAPTIVE, *_WAYS)
"""The first one is used where nobody chose."""


def by_name(name: str) -> Mechanism:
    """Return a mechanism.

    Raises:
        SettingError: there is none of this name.
    """
    for mechanism in MECHANISMS:
        if mechanism.name == name:
            return mechanism
    known = ", ".join(mechanism.name for mechanism in MECHANISMS)
    raise SettingError(f"There is no mechanism {name!r}; there are {known}.")
