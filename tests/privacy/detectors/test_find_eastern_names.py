"""Names in other letters, and people of whom only initials are written."""

import pytest
from tables import LISTS

from app.privacy.detectors.eastern import EasternNames
from app.privacy.detectors.initials import initialed

EASTERN = EasternNames(LISTS)
NAMES = [
    ("昨天王小明和李娜去了上海。", ["王小明", "李娜"]),
    ("张伟：明天开会", ["张伟"]),
    ("请通知陈志强先生", ["陈志强"]),
    ("佐藤花子も来た。", ["佐藤花子"]),
    ("担当は鈴木一郎です", ["鈴木一郎"]),
    ("김민수 과장님께 보고했습니다.", ["김민수"]),
    ("박지영은 회의에 왔다", ["박지영"]),
    ("اجتمعت مع محمد العلي أمس", ["محمد العلي"]),
    ("встреча с Иваном Петровым завтра", ["Иваном Петровым"]),
    ("Пётр Ильич Громов и Громов П. И.", ["Громов П. И."]),
    ("подпись: А. Б. Кравцов", ["А. Б. Кравцов"]),
]
NO_NAMES = [
    "我很高兴，今天天气很好。", "黄金价格上涨。", "中国文明的历史", "山口県に行った。", "石川県と福島県", "기차는 빠르다.",
    "이것은 문제입니다", "مرحبا بك في المدينة", "Красная площадь в Москве", "Новый год", "hello there",
]  # fmt: skip
INITIALS = [
    ("Mr A. Nardone came", ["Mr A. Nardone"]),
    ("Ms O. Lindqvist-Moor came", ["Ms O. Lindqvist-Moor"]),
    ("foster parents, Mr and Mrs F., in town", ["Mrs F."]),
    ("the applicant's partner, E. Ż., lived", ["E. Ż."]),
    ("the witness saw M.K. leave", ["M.K."]),
    ("the applicant met M., Sh. and P.V. there", ["M.", "Sh.", "P.V."]),
]
NO_INITIALS = [
    "the U.S. market", "we like A.I. and B.I. tools", "the applicant moved to the U.K. in May", "the applicant holds a B.A. degree",
    "A. B. are options", "The applicant came at 5 p.m. and left",
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_in_other_letters_is_found(text: str, names: list[str]) -> None:
    assert sorted(text[start:end] for start, end in EASTERN.spans(text)) == sorted(names)


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_word_in_other_letters_is_left(text: str) -> None:
    assert not list(EASTERN.spans(text))


@pytest.mark.parametrize(("text", "names"), INITIALS)
def test_initials_of_people_are_found(text: str, names: list[str]) -> None:
    assert {text[start:end] for start, end in initialed(text)} == set(names)


@pytest.mark.parametrize("text", NO_INITIALS)
def test_abbreviations_are_left(text: str) -> None:
    assert not list(initialed(text))
