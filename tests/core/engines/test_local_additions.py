"""The additions with a real model: their grammars are ones that llama.cpp knows, and their rules hold."""

import pytest
from local_model import Choice, engine

from app.core.cancel import Cancel
from app.core.second_look import SecondLook
from app.core.vaguer import LONGEST, Vaguer
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Kind

pytestmark = pytest.mark.model

TEXT = "My landlord Quentin Brindle in Tromvik says that I owe him the rent for a year, and I drink."


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    local = engine(tmp_path_factory.mktemp("additions"), Choice(context=1024))
    yield local
    local.close()


def test_a_real_model_gives_a_list_or_nothing(local) -> None:
    looked = SecondLook(local, WordLists(), lambda: "", seconds=60).find(TEXT, (), Cancel())
    assert not looked.told
    assert all(0 <= each.start < each.end <= len(TEXT) for each in looked.findings)


def test_a_real_model_that_is_late_is_left(local) -> None:
    looked = SecondLook(local, WordLists(), lambda: "", seconds=0.01).find(TEXT * 20, (), Cancel())
    assert "too slow" in looked.told[0]


def test_a_real_wording_is_short_and_tells_no_name(local) -> None:
    start = TEXT.index("Quentin Brindle")
    vaguer = Vaguer(local, WordLists(), lambda: "", seconds=60)
    said = vaguer.vaguer(TEXT, start, start + len("Quentin Brindle"), Kind.PERSON, Cancel())
    assert 2 < len(said) <= LONGEST
    assert not {"quentin", "brindle"} & set(said.casefold().split())
