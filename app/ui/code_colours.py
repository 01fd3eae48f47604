"""Which colour of the palette each stretch of a block of code gets."""

from collections.abc import Iterator

from app.ui.markdown import Code

_LONGEST = 20_000
"""Characters; a longer block stays in one colour, so that closing it never freezes the window."""

_TOKENS = (
    ("Comment", "muted"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "name"),
    ("Name.Decorator", "name"),
    ("Name.Builtin", "name"),
)


def warm() -> None:
    """Load the library now, on a worker, so that the first block of code does not wait for it."""
    import pygments.lexers
    import pygments.lexers.python

    del pygments


def coloured(code: Code) -> Iterator[tuple[str, str, bool]]:
    """Yield stretches as text, token of the palette, and whether it is a restored detail."""
    edges = _restored(code)
    place = 0
    for text, token in _lexed(code):
        while text:
            while edges and edges[0][1] <= place:
                edges.pop(0)
            is_restored = bool(edges) and edges[0][0] <= place
            border = (edges[0][1] if is_restored else edges[0][0]) if edges else place + len(text)
            part, text = text[: border - place], text[border - place :]
            yield part, token, is_restored
            place += len(part)


def _restored(code: Code) -> list[tuple[int, int]]:
    found = []
    place = 0
    for run in code.runs:
        if run.restored:
            found.append((place, place + len(run.text)))
        place += len(run.text)
    return found


def _lexed(code: Code) -> Iterator[tuple[str, str]]:
    if code.is_open or not code.language or len(code.text) > _LONGEST:
        yield code.text, "text"
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(code.language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        yield code.text, "text"
        return
    for kind, text in lexer.get_tokens(code.text):
        name = str(kind).removeprefix("Token.")
        yield text, next((token for prefix, token in _TOKENS if name.startswith(prefix)), "text")
