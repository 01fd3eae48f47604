"""The ways in which the two models work together, one file each."""

from app.core.mechanisms.base import Mechanism
from app.core.mechanisms.pipeline import Pipeline
from app.core.mechanisms.routing import Routing

MECHANISMS: tuple[Mechanism, ...] = (Routing(), Pipeline())
"""The first one is used where nobody chose."""
