"""Sets of questions: files of several forms, and the person's own history."""

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import SettingError
from app.core.evaluation.checkers import PLAIN, Checker, Demands, Instructions, Like, Number, Option, Plain
from app.core.evaluation.instructions import CHECKS
from app.core.exchanges import exchanges
from app.core.session import Session
from app.core.types import State, StoredMessage
from app.privacy.policy import Level

Line = Mapping[str, object]
_NUMERAL = frozenset("0123456789,.-")


@dataclass(frozen=True, slots=True)
class Record:
    """One question of a set, and how to tell a good answer."""

    id: str
    text: str
    checker: Checker = PLAIN
    private: tuple[str, ...] = ()
    """Strings that must not leave."""
    level: Level | None = None
    """The level it was asked at; nothing may leave that could not leave then."""


@dataclass(frozen=True, slots=True)
class Questions:
    """A set of questions."""

    name: str
    records: tuple[Record, ...]
    measure: str
    """What its figure of quality says, in a few words."""

    @property
    def fingerprint(self) -> str:
        """Tell this set from others, without telling what is in it."""
        told = "\n".join(
            f"{each.id}\t{hashlib.sha256(each.text.encode()).hexdigest()}" for each in self.records
        )
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def sample(self, count: int, seed: int) -> "Questions":
        """Return so many of them, drawn by chance; all where there are fewer, or `count` is 0."""
        if not 0 < count < len(self.records):
            return self
        drawn = sorted(random.Random(seed).sample(range(len(self.records)), count))
        return Questions(self.name, tuple(self.records[at] for at in drawn), self.measure)


def read(path: Path) -> Questions:
    """Read a file with one JSON object a line; the fields of the first tell its form.

    Raises:
        SettingError: it cannot be read, or a line lacks something. It says which line, not what stands there.
    """
    try:
        lines = list(_lines(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise SettingError(f"{path.name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingError(f"{path.name} is no text in UTF-8.") from None
    if not lines:
        raise SettingError(f"{path.name} holds no questions. Each line needs a JSON object.")
    records = []
    for number, line in lines:
        try:
            records.append(_record(line, number))
        except SettingError as error:
            raise SettingError(f"{path.name}, line {number}: {error.told}") from None
    if len({each.id for each in records}) < len(records):
        raise SettingError(f"{path.name} holds an id twice. Each question needs one of its own.")
    return Questions(path.stem, tuple(records), _measure(records))


def history(session: Session, count: int) -> Questions:
    """Take the newest questions that began a conversation, with the answer that was kept.

    Later questions of a conversation mean little without what came before them, so they are left out.
    """
    records = []
    for talk in session.conversations(limit=10_000):
        first = next(iter(exchanges(tuple(session.messages(talk.id)), _is_kept)), None)
        if first is not None:
            question, answer = first
            records.append(Record(str(question.id), question.text, Like(answer.text), level=talk.level))
    records.sort(key=lambda each: -int(each.id))
    records = records[:count] if count else records
    if not records:
        raise SettingError("There is no answered question in your history yet.")
    return Questions("history", tuple(records), _MEASURES[Like])


def _is_kept(message: StoredMessage) -> bool:
    return message.state is State.COMPLETE and bool(message.text.strip())


def _lines(text: str) -> Iterator[tuple[int, Line]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise SettingError(f"Line {number} is not a JSON object.")
        yield number, value


def _record(line: Line, number: int) -> Record:
    named = line.get("id", line.get("key", number))
    text = next((line[key] for key in ("text", "question", "prompt") if isinstance(line.get(key), str)), None)
    if not isinstance(text, str) or not text.strip():
        raise SettingError('it needs a "text", "question" or "prompt".')
    private = _strings(line, "private") or _strings(line, "units")
    made = next((make(line) for key, make in _FORMS.items() if key in line), PLAIN)
    if isinstance(made, Option):
        text = _with_options(text, line, made)
    return Record(str(named), text, made, private)


def _instructions(line: Line) -> Checker:
    ids, given = _strings(line, "instruction_id_list"), line.get("kwargs")
    if not isinstance(given, list) or len(given) != len(ids) or not all(isinstance(g, dict) for g in given):
        raise SettingError('"kwargs" needs an object for each instruction.')
    if unknown := next((each for each in ids if each not in CHECKS), ""):
        raise SettingError(f"there is no rule for the instruction {unknown!r}.")
    return Instructions(ids, tuple({k: v for k, v in each.items() if v is not None} for each in given))


def _option(line: Line) -> Checker:
    options, right = _strings(line, "options"), line.get("right")
    if not isinstance(right, int) or not 0 <= right < len(options):
        raise SettingError('"right" needs the number of one of the "options", from 0.')
    return Option(options, right)


def _with_options(text: str, line: Line, option: Option) -> str:
    told = line.get("preference")
    listed = "\n".join(f"{chr(97 + number)}) {each}" for number, each in enumerate(option.options))
    before = f"{told}\n\n" if isinstance(told, str) and told else ""
    return f"{before}{text}\n\n{listed}\n\nAnswer with the letter of the best option."


def _demands(line: Line) -> Checker:
    asked = line["demands"]
    if not isinstance(asked, dict):
        raise SettingError('"demands" needs an object with "contains", "lacks" or "exact".')
    exact = asked.get("exact", "")
    made = Demands(
        _strings(asked, "contains"), _strings(asked, "lacks"), exact if isinstance(exact, str) else ""
    )
    if made == Demands():
        raise SettingError('"demands" needs "contains", "lacks" or "exact".')
    return made


def _answer(line: Line) -> Checker:
    gold = str(line["answer"]).strip()
    last = gold.rpartition("####")[2].strip().lstrip("$")
    if last and set(last) <= _NUMERAL and any(each.isdigit() for each in last):
        return Number(last)
    if not gold:
        raise SettingError('"answer" is empty.')
    return Demands(contains=(gold,))


_FORMS: Mapping[str, Callable[[Line], Checker]] = {
    "instruction_id_list": _instructions,
    "options": _option,
    "demands": _demands,
    "answer": _answer,
}
"""Forms by the field that gives them away."""
_MEASURES: Mapping[type, str] = {
    Number: "right results",
    Option: "right choices",
    Instructions: "every instruction followed",
    Demands: "demands met",
    Like: "like the kept answer",
    Plain: "no fault found by rule",
}


def _measure(records: Sequence[Record]) -> str:
    kinds = {type(each.checker) for each in records}
    return " or ".join(words for kind, words in _MEASURES.items() if kind in kinds)


def _strings(line: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = line.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SettingError(f'"{key}" needs a list of strings.')
    return tuple(value)
