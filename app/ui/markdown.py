"""Markdown as plain blocks and runs: what an answer says and how it looks, before a widget draws it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.core.types import Origin, Piece

_FIRST_MARK: Final = 0xF0000
_LAST_MARK: Final = 0xFFFFD
"""Private-use characters; each stands for one restored detail, so that its text is never parsed."""
_MARK = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}]")
_LINE_END = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_OPENABLE = ("https://", "http://", "mailto:")
BREAK: Final = "\u2028"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look the same."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    restored: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or item of a list."""

    runs: tuple[Run, ...]
    heading: int = 0
    quote: int = 0
    depth: int = 0
    """Of the list that it is in; 0 outside."""
    bullet: str = ""
    """`-` or the number before the first paragraph of an item, else empty."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code; `is_open` while its fence has not ended."""

    runs: tuple[Run, ...]
    language: str = ""
    is_open: bool = False
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the header."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


Block = Paragraph | Code | Table | Rule


@dataclass(frozen=True, slots=True)
class Section:
    """One block at the top level with all that is in it; `start` is its offset in the source."""

    start: int
    blocks: tuple[Block, ...]


class Source:
    """The markdown of an answer as it grows, with each restored detail as one opaque character."""

    def __init__(self) -> None:
        self._details: list[str] = []
        self._text = ""

    def __len__(self) -> int:
        return len(self._text)

    def add(self, piece: Piece) -> None:
        """Take a further piece."""
        text = _MARK.sub("\ufffd", piece.text)
        if piece.origin is Origin.RESTORED and _FIRST_MARK + len(self._details) <= _LAST_MARK:
            self._details.append(text)
            text = chr(_FIRST_MARK + len(self._details) - 1)
        self._text += text

    def sections(self, start: int = 0) -> list[Section]:
        """Parse from an offset at which a section starts."""
        return list(_Parser(self._text, start, self._details).sections())

    def plain(self, start: int = 0) -> str:
        """Return the source from an offset with the details in it."""
        return _MARK.sub(lambda mark: self._details[ord(mark[0]) - _FIRST_MARK], self._text[start:])


@cache
def _markdown() -> MarkdownIt:
    options = {"html": False, "linkify": False, "maxNesting": 20}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


class _Parser:
    def __init__(self, text: str, start: int, details: Sequence[str]) -> None:
        self._lines = _LINE_END.split(text[start:])
        self._offsets = [start]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line))
        self._tokens = _markdown().parse(text[start:])
        self._details = details

    def sections(self) -> Iterator[Section]:
        group: list[Token] = []
        for token in self._tokens:
            group.append(token)
            if token.level == 0 and token.nesting <= 0:
                first = group[0].map or [0, 0]
                yield Section(self._offsets[first[0]], tuple(self._blocks(group)))
                group = []

    def _blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        place = _Place()
        cells: list[list[tuple[Run, ...]]] = []
        for token in tokens:
            place.enter(token)
            match token.type:
                case "inline" if place.in_table:
                    cells[-1].append(tuple(self._runs(token.children or [])))
                case "inline":
                    yield place.paragraph(tuple(self._runs(token.children or [])))
                case "tr_open":
                    cells.append([])
                case "table_close":
                    yield Table(tuple(tuple(row) for row in cells))
                    cells = []
                case "fence" | "code_block":
                    yield self._code(token, place.depth)
                case "hr":
                    yield Rule()

    def _code(self, token: Token, depth: int) -> Code:
        text = token.content.removesuffix("\n")
        language = _MARK.sub("", token.info).split(" ")[0].strip() if token.info else ""
        return Code(tuple(self._split(Run(text))), language, self._is_open(token), depth)

    def _is_open(self, token: Token) -> bool:
        if token.type != "fence" or token.map is None:
            return False
        first, end = token.map
        last = self._lines[end - 1].strip().lstrip("> ") if end - 1 < len(self._lines) else ""
        closes = end - first > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
        return not closes

    def _runs(self, tokens: Sequence[Token]) -> Iterator[Run]:
        style = Run("")
        for index, token in enumerate(tokens):
            match token.type:
                case "strong_open" | "strong_close":
                    style = replace(style, bold=token.nesting > 0)
                case "em_open" | "em_close":
                    style = replace(style, italic=token.nesting > 0)
                case "s_open" | "s_close":
                    style = replace(style, strike=token.nesting > 0)
                case "link_open":
                    style = replace(style, href=_address(token, tokens[index + 1 :]))
                case "link_close":
                    style = replace(style, href="")
                case _:
                    yield from self._split(_leaf(token, style))

    def _split(self, run: Run) -> Iterator[Run]:
        """Put the details back in place of their marks."""
        done = 0
        for mark in _MARK.finditer(run.text):
            if mark.start() > done:
                yield replace(run, text=run.text[done : mark.start()])
            index = ord(mark[0]) - _FIRST_MARK
            detail = self._details[index] if index < len(self._details) else "\ufffd"
            yield replace(run, text=detail, restored=True)
            done = mark.end()
        if done < len(run.text):
            yield replace(run, text=run.text[done:])


class _Place:
    """Where in lists, quotes, tables and headings the walk over the tokens is."""

    def __init__(self) -> None:
        self._lists: list[int] = []
        """The next number of each open list; -1 where it has bullets."""
        self._bullet = ""
        self._heading = 0
        self._quote = 0
        self.in_table = False

    @property
    def depth(self) -> int:
        return len(self._lists)

    def enter(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(-1)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._bullet = "-" if number < 0 else str(number)
                self._lists[-1] += number >= 0
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1]) if token.nesting > 0 else 0
            case "blockquote_open" | "blockquote_close":
                self._quote += token.nesting
            case "table_open" | "table_close":
                self.in_table = token.nesting > 0

    def paragraph(self, runs: tuple[Run, ...]) -> Paragraph:
        bullet, self._bullet = self._bullet, ""
        return Paragraph(runs, self._heading, self._quote, self.depth, bullet)


def _leaf(token: Token, style: Run) -> Run:
    match token.type:
        case "softbreak":
            return replace(style, text=" ")
        case "hardbreak":
            return replace(style, text=BREAK)
        case "code_inline":
            return replace(style, text=token.content, code=True)
        case "image":
            return replace(style, text=f"[{token.content or 'image'}]", italic=True, href="")
        case _:
            return replace(style, text=token.content)


def _address(token: Token, following: Sequence[Token]) -> str:
    """Return where the link leads; nowhere if a private detail is part of it or it is no web address."""
    href = str(token.attrGet("href") or "")
    inside = []
    for each in following:
        if each.type == "link_close":
            break
        inside.append(each.content)
    if _MARK.search(unquote(href)) or _MARK.search("".join(inside)):
        return ""
    return href if href.lower().startswith(_OPENABLE) else ""
