"""What the measurement of the filter counts is what it says."""

import json
import subprocess
import sys
from pathlib import Path

import measure_filter
from measure_filter import Counts, Record, measure

from app.core.filter_figures import load

ROOT = Path(__file__).resolve().parents[1]


class Hides:
    """Hides the words that it was told."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def sanitize(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        spans = [(text.find(word), text.find(word) + len(word)) for word in self.words if word in text]
        for word in self.words:
            text = text.replace(word, "X", 1)
        return text, spans


def counted(record: Record, *hidden: str) -> Counts:
    return measure([record], Hides(*hidden))


def test_a_span_leaks_where_a_letter_of_it_is_left_or_it_stands_elsewhere() -> None:
    text = "Mr Ada Byron wrote. Ada Byron left on Monday."
    record = Record(id="1", text=text, spans=[(0, 12, "PERSON"), (38, 44, "DATE_TIME"), (0, 2, "TITLE")])
    assert counted(record, "Ada Byron").leaked == {"PERSON": 1, "DATE_TIME": 1}
    both = counted(record, "Ada Byron", "Byron", "Ada")
    assert both.seen == {"PERSON": 1, "DATE_TIME": 1}
    assert counted(record, "Ada").leaked["PERSON"] == 1
    single = Record(id="1", text="Mr Ada Byron wrote.", spans=[(0, 12, "PERSON")])
    assert counted(single, "Ada Byron").leaked["PERSON"] == 0, "a title is no detail"


def test_precision_is_of_letters() -> None:
    record = Record(id="1", text="Ada wrote", spans=[(0, 3, "PERSON")])
    assert counted(record, "Ada", "wrote").share("right", "masked") == round(3 / 8, 4)


def test_a_unit_leaks_as_a_whole_word_in_any_case() -> None:
    record = Record(id="1", text="Globex and globexes", units=["Globex"])
    assert counted(record, "Globex").leaked["units"] == 0
    assert counted(record).leaked["units"] == 1
    assert counted(record, "and").share("over", "all") == round(3 / 17, 4)


def test_a_disguise_is_undone_before_a_secret_is_looked_for() -> None:
    record = Record(id="spaced:1", text="4 1 5 - 5 5 5", secrets=["415555"])
    assert counted(record).leaked == {"spaced": 1}
    assert counted(record, "4 1 5 - 5 5 5").leaked == {"spaced": 0}


def test_a_harmless_text_is_hit_where_a_letter_is_hidden() -> None:
    assert counted(Record(id="1", text="hello you"), "you").share("hit", "texts") == 1
    assert counted(Record(id="1", text="hello you")).share("hit", "texts") == 0


def test_one_command_measures_what_people_get_and_writes_figures_alone(tmp_path: Path) -> None:
    data = tmp_path / "sets"
    data.mkdir()
    records = {"benign": {"id": "1", "text": "How do I boil an egg?"},
               "attacks": {"id": "plain:1", "text": "Ask Cornelia Featherstone.", "secrets": ["Cornelia Featherstone"]}}  # fmt: skip
    for name, record in records.items():
        (data / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    out = tmp_path / "figures.json"
    command = f"{sys.executable} -m app --profile {tmp_path / 'profile'} sanitize --jsonl"
    subprocess.run(
        [sys.executable, measure_filter.__file__, data, "--command", command, "--out", out],
        check=True, capture_output=True, cwd=ROOT, timeout=100,
    )  # fmt: skip
    figures = load(out)
    assert [(row.name, row.n, row.leak) for row in figures.rows] == [("undisguised details", 1, 0.0)]
    assert {each.name for each in figures.sets} == {"attacks we wrote", "harmless prompts"}
    assert "Cornelia" not in out.read_text(encoding="utf-8")
