"""Cuts an answer into claims: its sentences, the lines of its lists and the rows of its tables."""

import re

LONGEST = 12_000
"""Characters of an answer that are read; what comes after them is not compared."""

_CODE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_LINE_MARK = re.compile(r"^\s*(?:>\s*)*(?:[-*+•–]\s+|\(?\d{1,3}[.)]\s+|#{1,6}\s+)?")
_RULE = re.compile(r"^[\s|:=*_-]*$")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2}|~~|`+)(?=\S)|(?<=\S)(\*{1,3}|_{2}|~~|`+)")
_TEX = (
    (re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"\1/\2"),
    (re.compile(r"\\(?:boxed|text|mathrm|mathbf|textbf)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\times|\\cdot"), "×"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\\$"), "$"),
    (re.compile(r"\\[()\[\],;!]"), " "),
)
_SHORT = (
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|Nos|vs|etc|approx|ca|cf|al|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|Fig|min|max|sq|ft|in)|\b[A-Z])$"
)
_IS_SHORT = re.compile(_SHORT)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+\S)|[。！？]")


def sentences(text: str) -> list[str]:
    """Return the claims of an answer in their order, without marks of layout; code is left out."""
    head: list[str] = []
    found: list[str] = []
    for line in plain(text[:LONGEST]).split("\n"):
        if "|" in line and line.count("|") > 1:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if _RULE.match(line):
                continue
            if not head:
                head = cells
                continue
            found.append(_row(head, cells))
            continue
        head = []
        line = _LINE_MARK.sub("", line).strip()
        if line and not _RULE.match(line):
            found += _cut(line)
    return found


def plain(text: str) -> str:
    """Take code, addresses, emphasis and the commands of TeX out of a text."""
    text = _ADDRESS.sub(" ", _LINK.sub(r"\1", _CODE.sub("\n", text)))
    for pattern, replacement in _TEX:
        text = pattern.sub(replacement, text)
    return _EMPHASIS.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def _row(head: list[str], cells: list[str]) -> str:
    named = zip(head[1:], cells[1:], strict=False)
    return ", ".join([cells[0], *(f"{name} {cell}".strip() for name, cell in named)])


def _cut(line: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(line):
        if end[0].startswith(".") and _IS_SHORT.search(line, start, end.start()):
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    return [each for each in (*found, line[start:].strip()) if each]
