"""An answer that must have a form has it, and a broken form stops nobody else."""

import json

import pytest
from local_model import CAPITAL, Choice, engine, prompt

from app.core.cancel import Cancel
from app.core.errors import EngineError
from app.core.events import Notice
from app.core.types import Generation, Prompt

pytestmark = pytest.mark.model

LIST = r"""root ::= "[" word ("," word){1,3} "]"
word ::= "\"" [a-zé]{2,12} "\""
"""


def said(local, grammar):
    asked = Prompt(prompt(CAPITAL).messages, Generation(60, 0.0, grammar))
    chunks = [each for each in local.stream(asked, Cancel()) if not isinstance(each, Notice)]
    return "".join(chunk.text for chunk in chunks)


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    local = engine(tmp_path_factory.mktemp("grammar"), Choice(context=256))
    yield local
    local.close()


def test_an_answer_keeps_to_its_grammar(local) -> None:
    words = json.loads(said(local, LIST))
    assert 2 <= len(words) <= 4
    assert all(isinstance(word, str) for word in words)


def test_the_next_answer_is_free_again(local) -> None:
    said(local, 'root ::= "x"')
    assert "Paris" in said(local, "")


def test_a_grammar_that_is_none_fails_alone(local) -> None:
    with pytest.raises(EngineError, match="report"):
        said(local, "root ::= ((")
    assert said(local, 'root ::= "x"') == "x"
