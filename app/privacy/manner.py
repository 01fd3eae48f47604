"""What says in which form an answer is wanted: a language, a postscript. Hiding it would spoil the answer."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from app.privacy.types import Finding, Kind

_LANGUAGE: Final = (
    r"(?:Afrikaans|Albanian|Amharic|Arabic|Armenian|Azerbaijani|Basque|Belarusian|Bengali|Bosnian|Bulgarian"
    r"|Burmese|Cantonese|Catalan|Chinese|Croatian|Czech|Danish|Dutch|English|Esperanto|Estonian|Farsi|Filipino"
    r"|Finnish|French|Galician|Georgian|German|Greek|Gujarati|Hausa|Hebrew|Hindi|Hungarian|Icelandic|Igbo"
    r"|Indonesian|Irish|Italian|Japanese|Kannada|Kazakh|Khmer|Korean|Kurdish|Lao|Latin|Latvian|Lithuanian"
    r"|Macedonian|Malay|Malayalam|Maltese|Mandarin|Marathi|Mongolian|Nepali|Norwegian|Pashto|Persian|Polish"
    r"|Portuguese|Punjabi|Romanian|Russian|Serbian|Sinhala|Slovak|Slovenian|Somali|Spanish|Swahili|Swedish"
    r"|Tagalog|Tamil|Telugu|Thai|Turkish|Ukrainian|Urdu|Uzbek|Vietnamese|Welsh|Xhosa|Yiddish|Yoruba|Zulu)"
)
_NOT_OF: Final = r"(?!['’\-]|\s+(?!(?:and|or|only|please|with|but|so|as|using|for|to|into|instead)\b)[\w\"])"
"""In "in German restaurants" the word says where something is."""
_MANNER: Final = re.compile(
    rf"(?<!\w)(?:{_LANGUAGE}(?=\s+(?:language|translation|version)\b)"
    rf"|(?:in|into|to|from)\s+{_LANGUAGE}(?:\s*(?:,|and|or|to|into|&)\s*{_LANGUAGE})*(?!\w){_NOT_OF}"
    rf"|(?:an?\s*)?P\.(?:\s?P\.)*\s?S\b\.?)"
)
_NAMES: Final = frozenset((Kind.PERSON, Kind.ORG, Kind.PLACE))


def without_manner(findings: Iterable[Finding], text: str) -> Iterator[Finding]:
    """Leave out what was taken for a name and only says how the answer is to be."""
    spans = [match.span() for match in _MANNER.finditer(text)]
    for finding in findings:
        is_name = finding.kind in _NAMES
        if not (is_name and any(start <= finding.start and finding.end <= end for start, end in spans)):
            yield finding
