"""Facts are drawn from the person's own sentences about himself, and from nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import KEPT_BACK, SEEN, Table

from app.core.memory.draw import attribute, draw


def figures(table: Table) -> tuple[float, float]:
    """Return precision and recall of the facts drawn from a table's messages."""
    right = drawn = there = 0
    for message, expected in table:
        found = {fact.text for fact in draw(message)}
        right, drawn, there = right + len(found & {*expected}), drawn + len(found), there + len(expected)
    return right / drawn, right / there


@pytest.mark.parametrize(("table", "precision", "recall"), [(SEEN, 0.97, 0.95), (KEPT_BACK, 0.85, 0.75)])
def test_rather_no_fact_than_a_wrong_one(table: Table, precision: float, recall: float) -> None:
    found = figures(table)
    assert found >= (precision, 0.0)
    assert found[1] >= recall


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("I live in Hull.", "I moved to Leeds in May."),
        ("My daughter Zoé is 7.", "Zoé is now 8."),
        ("I'm 34.", "I turned 35."),
        ("My favourite colour is teal.", "My favourite colour is red."),
        ("I'm vegetarian.", "I'm now vegan."),
        ("Our landlord is called Mr Pace.", "My landlord is called Mrs Quispe."),
        ("I smoke.", "I quit smoking."),
        ("I'm vegetarian.", "I am no longer vegetarian."),
        ("I'm vegan.", "I'm not vegan any more."),
        ("I live in Köln.", "I no longer live in Köln."),
        ("Ich wohne in Köln.", "Ich bin letztes Jahr nach Bonn gezogen."),
        ("Ich bin Vegetarierin.", "Ich bin keine Vegetarierin mehr."),
        ("Ich bin ledig.", "Ich bin jetzt verheiratet."),
        ("Ich rauche.", "Ich rauche nicht mehr."),
        ("Meine Tochter Frieda ist 7.", "Meine Tochter Frieda ist jetzt 8."),
        ("Meine Chefin heißt Anneke.", "Meine Chefin heißt Ilse."),
        ("J'habite à Lille.", "J'ai déménagé à Nantes en mars."),
        ("Je suis végétarienne.", "Je ne suis plus végétarienne."),
        ("Je fume.", "J'ai arrêté de fumer."),
        ("J'ai 34 ans.", "J'ai 35 ans."),
        ("Vivo en Cádiz.", "Me mudé a Bilbao el año pasado."),
        ("Soy vegetariana.", "Ya no soy vegetariana."),
        ("Soy soltero.", "Estoy casado."),
        ("Mi color favorito es el verde.", "Mi color favorito es el rojo."),
        ("Ich wohne in Köln.", "I moved to Bonn."),
    ],
)
def test_what_can_hold_once_only_is_known_as_the_same_thing(older: str, newer: str) -> None:
    assert attribute(older)
    assert attribute(older) == attribute(newer)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Ich bin Tischler, aber ich wohne in Fulda.", ["Ich bin Tischler.", "Ich wohne in Fulda."]),
        ("Da ich farbenblind bin, welche Farben soll ich nehmen?", ["Ich bin farbenblind."]),
        ("Unser Hund heißt Bruno.", ["Unser Hund heißt Bruno."]),
        ("J'adore le jazz mais je déteste l'opéra.", ["J'adore le jazz.", "Je déteste l'opéra."]),
        ("Comme je suis celiaque et diabétique, que manger ?", []),
        ("Comme je suis diabétique, que puis-je manger ?", ["Je suis diabétique."]),
        ("Mi perro se llama Lobo.", ["Mi perro se llama Lobo."]),
        ("Como soy celíaca, ¿qué puedo comer?", ["Soy celíaca."]),
        ("Me gusta el ajedrez.", ["Me gusta el ajedrez."]),
        ("I used to live in Hull, but now I live in York.", ["I live in York."]),
        ("My husband and I live near Cork.", ["My husband and I live near Cork."]),
        ("Answer in Welsh from now on.", ["Answer in Welsh from now on."]),
    ],
)  # fmt: skip
def test_each_clause_is_read_in_its_own_language(message: str, expected: list[str]) -> None:
    assert [fact.text for fact in draw(message)] == expected


@pytest.mark.parametrize(
    "message",
    [
        "My boss is gay.", "My neighbour has diabetes.", "Our landlord is divorced.", "My colleague lives "
                                                                                      "in Hove.",
        "Meine Chefin ist geschieden.", "Mon voisin est alcoolique.", "Mi jefe está casado.",
        "Wenn ich verheiratet wäre, würde ich umziehen.", "Si j'étais riche, j'habiterais à Nice.",
        "Si fuera vegano, no comería queso.", "Früher habe ich in Wien gewohnt.", "Avant, j'habitais à Metz.",
        "Antes vivía en Lugo.", "Ich habe heute keine Zeit.", "J'ai faim.", "Tengo sed.",
        "Bin ich zu alt?", "Suis-je marié ?", "¿Soy alérgico?", "I'm married to my sofa, lol.",
    ],
)  # fmt: skip
def test_others_the_moment_and_what_is_supposed_are_left_alone(message: str) -> None:
    assert draw(message) == ()


@pytest.mark.parametrize(
    "fact", ["I have two cats.", "I hate horror films.", "My brother works for the railway.", "I play chess."]
)
def test_what_may_stand_beside_others_contradicts_nothing(fact: str) -> None:
    assert attribute(fact) == ""


def test_two_children_are_two_things() -> None:
    assert attribute("My daughter Zoé is 7.") != attribute("My daughter Ana is 7.")


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_stops_it(message: str) -> None:
    draw(message)


def test_a_long_paste_is_not_read() -> None:
    assert draw("I am vegetarian. " * 100) == ()
