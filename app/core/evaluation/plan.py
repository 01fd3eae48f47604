"""Which ways to answer are compared, and what that will take."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.core.errors import SettingError
from app.core.evaluation.replay import Arm, stricter
from app.core.evaluation.sets import Questions
from app.core.mechanisms import MECHANISMS, by_name
from app.core.settings import Settings, Value
from app.core.spending import Spending
from app.core.types import Where
from app.privacy.policy import Level

Variants = Mapping[str, tuple[Value, ...]]
"""Values to try, by the setting's key."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A set and the ways to answer it."""

    questions: Questions
    arms: tuple[Arm, ...]

    @property
    def size(self) -> int:
        """How many answers that makes."""
        return len(self.questions.records) * len(self.arms)

    @property
    def leaving(self) -> list[str]:
        """The questions that may leave, once for each arm that may send them."""
        return [
            record.text
            for arm in self.arms
            for record in self.questions.records
            if arm.where is not Where.LOCAL
            and stricter(arm.level, record.level or arm.level) is not Level.LOCAL
        ]

    def cost(self, spending: Spending) -> float:
        """Estimate what all of it costs, if each goes to the cloud once."""
        return sum(spending.expected(len(text)) for text in self.leaving)


def arms(
    mechanisms: Sequence[str], wheres: Sequence[Where], levels: Sequence[Level], variants: Variants
) -> tuple[Arm, ...]:
    """Return each model alone, as far as asked for, then each mechanism in each variant, at each level.

    Raises:
        SettingError: there is no such mechanism.
    """
    for name in mechanisms:
        by_name(name)
    made: list[Arm] = []
    if Where.LOCAL in wheres:
        made.append(Arm("routing", Where.LOCAL, Level.LOCAL))
    for level in levels:
        if Where.CLOUD in wheres:
            made.append(Arm("routing", Where.CLOUD, level))
        if Where.AUTO in wheres:
            made += [Arm(m, Where.AUTO, level, each) for m in mechanisms for each in _variants(m, variants)]
    return tuple(dict.fromkeys(made))


def variants(settings: Settings, said: Sequence[str]) -> Variants:
    """Read what is to be tried, such as `KEY=1,2,3`.

    Raises:
        SettingError: there is no such setting, or it does not take a value.
    """
    found: dict[str, tuple[Value, ...]] = {}
    for each in said:
        key, equals, values = each.partition("=")
        if not equals:
            raise SettingError("Say which values to try: KEY=VALUE, or KEY=VALUE,VALUE.")
        found[key] = tuple(settings.named(key).parse(value) for value in values.split(","))
    return found


def _variants(mechanism: str, variants: Variants) -> Iterator[tuple[tuple[str, Value], ...]]:
    """Yield each choice of values; an option of a mechanism varies nothing in the others."""
    own = by_name(mechanism).options
    others = {option.key for each in MECHANISMS for option in each.options} - {each.key for each in own}
    tried = {key: values for key, values in variants.items() if key not in others}
    for chosen in product(*tried.values()):
        yield tuple(zip(tried, chosen, strict=True))
