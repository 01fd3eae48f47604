"""Markdown to blocks: what is drawn, and what is never drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.types import Origin, Piece
from app.ui.markdown import Block, Code, Paragraph, Rule, Run, Section, Source, Table


def parse(*pieces: str | Piece) -> list[Block]:
    return [block for section in sections(*pieces) for block in section.blocks]


def sections(*pieces: str | Piece) -> list[Section]:
    source = Source()
    for piece in pieces:
        source.add(Piece(piece, Origin.CLOUD) if isinstance(piece, str) else piece)
    return source.sections()


def restored(text: str) -> Piece:
    return Piece(text, Origin.RESTORED)


def text_of(block: Block) -> str:
    match block:
        case Paragraph(runs=runs) | Code(runs=runs):
            return "".join(run.text for run in runs)
        case Table(rows=rows):
            return "|".join("".join(r.text for r in cell) for row in rows for cell in row)
        case Rule():
            return "---"


@pytest.mark.parametrize(
    ("source", "block"),
    [
        ("plain", Paragraph((Run("plain"),))),
        ("**b**", Paragraph((Run("b", bold=True),))),
        ("*i*", Paragraph((Run("i", italic=True),))),
        ("~~s~~", Paragraph((Run("s", strike=True),))),
        ("`c`", Paragraph((Run("c", code=True),))),
        ("## head", Paragraph((Run("head"),), heading=2)),
        ("> said", Paragraph((Run("said"),), quote=1)),
        ("- item", Paragraph((Run("item"),), depth=1, bullet="-")),
        ("3. third", Paragraph((Run("third"),), depth=1, bullet="3")),
        ("---", Rule()),
        ("```py\nx = 1\n```", Code((Run("x = 1"),), "py")),
        ("```py\nx = 1", Code((Run("x = 1"),), "py", is_open=True)),
        ("    indented", Code((Run("indented"),))),
        ("[a](https://a.example/)", Paragraph((Run("a", href="https://a.example/"),))),
    ],
)
def test_a_block_is_read(source: str, block: Block) -> None:
    assert parse(source) == [block]


def test_a_table_has_its_cells() -> None:
    (table,) = parse("| a | b |\n|---|---|\n| 1 | **2** |")
    assert table == Table((((Run("a"),), (Run("b"),)), ((Run("1"),), (Run("2", bold=True),))))


def test_nested_lists_count_on_after_the_inner_one() -> None:
    blocks = [b for b in parse("1. one\n   - in\n2. two") if isinstance(b, Paragraph)]
    assert [(b.bullet, b.depth) for b in blocks] == [("1", 1), ("-", 2), ("2", 1)]


@pytest.mark.parametrize(
    "html", ["<b>x</b>", "<img src='file:///etc/passwd'>", "<script>x</script>", "<!-- x -->"]
)
def test_html_stays_text(html: str) -> None:
    assert "".join(text_of(block) for block in parse(html)) == html


def test_an_image_is_its_alt_text_and_leads_nowhere() -> None:
    assert parse("![a cat](https://spy.example/?q=1)") == [Paragraph((Run("[a cat]", italic=True),))]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:x", "smb://host/x", "data:text/html,x"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    runs = parse(f"[x]({address})")[0].runs  # type: ignore[union-attr]
    assert not any(run.href for run in runs)


@pytest.mark.parametrize("form", ["[see]({}x)", "[{}](https://a.example/)", "<{}x>"])
def test_a_link_with_a_detail_in_it_becomes_text(form: str) -> None:
    before, after = form.split("{}")
    start = "https://a.example/?q=" if form != "[{}](https://a.example/)" else ""
    blocks = parse(before + start, restored("Zoé"), after)
    assert not any(run.href for block in blocks if isinstance(block, Paragraph) for run in block.runs)


@pytest.mark.parametrize(
    "detail", ["*Zoé*", "a|b", "`x`", "foo_bar_baz", "<b>", "# no", "![x](y)", "[a](http://b)"]
)
def test_a_detail_is_never_parsed(detail: str) -> None:
    assert parse("So ", restored(detail), " it is") == [
        Paragraph((Run("So "), Run(detail, restored=True), Run(" it is")))
    ]


def test_a_detail_keeps_the_style_around_it() -> None:
    assert parse("**", restored("Zoé"), "**") == [Paragraph((Run("Zoé", bold=True, restored=True),))]


def test_a_detail_in_code_is_marked_too() -> None:
    assert parse("```\nmail ", restored("a@b.example"), "\n```") == [
        Code((Run("mail "), Run("a@b.example", restored=True)))
    ]


def test_characters_that_could_pass_for_a_mark_are_replaced() -> None:
    assert text_of(parse("x\U000f0000y", restored("Zoé"))[0]) == "x\ufffdyZoé"


def test_a_fence_is_closed_only_by_its_own_kind() -> None:
    (code,) = parse("````\n```\nin\n```")
    assert isinstance(code, Code)
    assert code.is_open


def test_sections_begin_where_the_source_says() -> None:
    text = "one\n\n- a\n- b\n\n```\nx\n```\nend"
    assert [text[s.start :][:1] for s in sections(text)] == ["o", "-", "`", "e"]


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(list(Origin))), max_size=8))
def test_no_source_breaks_the_parser(pieces: list[tuple[str, Origin]]) -> None:
    source = Source()
    for text, origin in pieces:
        source.add(Piece(text, origin))
    found = source.sections()
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert source.plain() == "".join(text for text, _ in pieces if text) or "\ufffd" in source.plain()


@given(st.text(alphabet="ab*_`#>-1. \n\r\x0c\u2028|[]()~", max_size=120))
def test_parsing_from_a_section_gives_the_same_blocks(text: str) -> None:
    source = Source()
    source.add(Piece(text, Origin.LOCAL))
    whole = source.sections()
    for index, section in enumerate(whole):
        assert [s.blocks for s in source.sections(section.start)] == [s.blocks for s in whole[index:]]
