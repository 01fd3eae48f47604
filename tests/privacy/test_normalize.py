"""Disguised text is read, and every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.normalize import normalize

DISGUISED = [
    ("reach me at john dot smith at gmail dot com", "reach me at john.smith@gmail.com"),
    ("jane [at] host [dot] org", "jane@host.org"),
    ("jane(at)host(dot)org", "jane@host.org"),
    ("mary @ corp . com", "mary@corp.com"),
    ("4 1 5 5 5 5 0 1 3 2", "4155550132"),
    ("4-1-5-5-5-5-0-1-3-2", "4155550132"),
    ("j o h n  s m i t h", "john  smith"),
    ("J.O.H.N", "JOHN"),
    ("four one five five five five oh one three two", "4155550132"),
    ("double four one five triple five two", "441555" + "52"),
    ("Jоhn Smith", "John Smith"),
    ("Ｊｏｈｎ ４１５", "John 415"),
    ("jo\u200bhn@x.com", "john@x.com"),
    ("cafe\u0301", "café"),
    ("soft\u00adhyphen", "softhyphen"),
    ("O’Neill", "O'Neill"),
    ("D E 8 9 3 7 0 4", "DE893704"),
    ("jo\x00hn@x.com 536\x00-22\x1f-8714", "john@x.com 536-22-8714"),
    ("&#106;ohn&#64;x.com", "john@x.com"),
    ("&#x6A;ohn&commat;x&period;com", "john@x.com"),
    (r"\u006aohn\u0040x.com", "john@x.com"),
    (r"\x6aohn@x.com", "john@x.com"),
    ("jane_at_host_dot_org", "jane@host.org"),
    ("jane*at*host*dot*org", "jane@host.org"),
    ("jane -at- host -dot- org", "jane@host.org"),
    ("jane (a) host . org", "jane@host.org"),
    ("jane·doe@host·org", "jane.doe@host.org"),
    ("jane punkt doe ät gmx punkt de", "jane.doe@gmx.de"),
    ("jane point doe arobase exemple point fr", "jane.doe@exemple.fr"),
    ("jane ponto doe arroba exemplo ponto br", "jane.doe@exemplo.br"),
    ("mail jane.doe at gmail.com", "mail jane.doe@gmail.com"),
    ("j a n e @ h o s t . o r g", "jane@host.org"),
    ("j.a.n.e@h.o.s.t.o.r.g", "jane@host.org"),
    ("jane@host%2Eorg", "jane@host.org"),
    ("null eins sieben eins vier vier neun zwo", "01714492"),
    ("zéro six quatre deux un neuf sept huit", "06421978"),
    ("seis uno dos cuatro cinco siete ocho nueve cero", "612457890"),
    ("plus four four two zero seven nine four six", "+442079" + "46"),
    ("four one five (five five five) zero one", "415555" + "01"),
    ("415 dash 555 dash 0132", "415-555-0132"),
    ("30 Strich 90 18 20 41", "30-90 18 20 41"),
    ("4l5-555-O132", "415-555-0132"),
    ("4|1|5|5|5|5|0|1|3|2", "4155550132"),
    ("4️⃣1️⃣5️⃣5️⃣5️⃣5️⃣0️⃣1️⃣3️⃣2️⃣", "4155550132"),
    ("٤١٥٥٥٥٠١٣٢", "4155550132"),
    ("४१५-५५५-०१३२", "415-555-0132"),
]
PLAIN = [
    "I am at home. Come over.", "a b c", "1 2 3 4", "we are at work dot", "x = a + b", "Привет, мир", "I met Ann at noon",
    "one two three", "version 1.2.3.4", "A.B.", "你好", "look at the dot com bubble", "1, 2, 3, 4, 5, 6, 7, 8",
    "R&D; AT&T", "a &#60;b&#62; &amp; c", r"C:\users\x6", r"a \\u0041 b", "form\x0cfeed",
    "look at gmail.com", "I am at web.de now", "the point at issue", "at this point we stop", "a|b|c|d", "uno dos tres", "50%2 is",
    "lol 100 Oo", "we use O(1) and 10l of water", "either at work or at home. Com on", "100 dash", "a dash of salt", "C*at*h",
]  # fmt: skip
ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from(" .-@()[]\u200b\u00ad\u0301аеоABCabc0123456789"),
    st.sampled_from([" dot ", " at ", "one ", "five ", "com", "ﬁ", "①", "Ⅷ", "\n"]),
)


@pytest.mark.parametrize(("text", "plain"), DISGUISED)
def test_a_disguise_is_undone(text: str, plain: str) -> None:
    assert normalize(text).text == plain


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert normalize(text).text == text


@given(st.lists(ALPHABET).map("".join))
def test_every_span_maps_into_the_original(text: str) -> None:
    plain = normalize(text)
    before = 0
    for at in range(len(plain.text)):
        start, end = plain.original(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= before
        before = start
    if plain.text:
        start, end = plain.original(0, len(plain.text))
        assert 0 <= start < end <= len(text)


@given(st.lists(ALPHABET).map("".join))
def test_a_text_is_put_together_again_from_its_spans(text: str) -> None:
    plain = normalize(text)
    pieces, at = [], 0
    for position in range(len(plain.text)):
        start, end = plain.original(position, position + 1)
        if start >= at:
            pieces += [text[at:start], text[start:end]]
            at = end
    assert "".join([*pieces, text[at:]]) == text


@given(st.text(alphabet="abcXYZ .,\n"))
def test_letters_without_disguise_map_to_themselves(text: str) -> None:
    plain = normalize(text)
    if plain.starts is None:
        assert plain.text == text
        assert plain.original(0, 1) == (0, 1)


def test_a_found_address_covers_all_that_was_spelled() -> None:
    text = "so: john dot smith at gmail dot com, thanks"
    plain = normalize(text)
    at = plain.text.index("john.smith@gmail.com")
    start, end = plain.original(at, at + len("john.smith@gmail.com"))
    assert text[start:end] == "john dot smith at gmail dot com"
