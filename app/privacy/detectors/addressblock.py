"""Follow an address from its street to what stands around it: number, flat, code, town, country."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.privacy.detectors.wordlist import listed

CAPITAL = r"(?:[^\W\d_a-zà-ÿ]\w{0,2}\.(?= )|[^\W\d_a-zà-ÿ](?:[\w'’\-]|\.(?=\w)){0,24})"
"""A capitalized word; a full stop behind it belongs to it only in "St." and the like."""
UNIT = (
    r"(?:(?:apt|apartment|appartement|appt|app|suite|ste|unit|flat|floor|fl|room|rm|building|bldg|box|block"
    r"|p\.?\s?o\.? box|psc|piso|puerta|planta|étage|int|interno|scala|wohnung|whg|stock|postbus|кв|корп"
    r"|lok|byt"
    r"|shop|tower|level|lot)\.? {0,2}#?(?:no\.? ?)?(?:\d[\w\-/]{0,6}|[A-H](?!\w))|#\d{1,5}\w?|c/o"
    r"|\d{1,2}(?:st|nd|rd|th) floor|\d{1,2}[.ºª°] ?(?:og|etage|stock|piso|[a-z](?!\w))|\d{1,2}(?:er|e"
    r"|ème) étage)"
)
_CODE = (
    r"(?:[A-Z]{1,3}[ \-]{1,2})?\d{3,6}(?:[ \-]\d{2,4})?(?: ?[A-Z]{2}(?!\w))?"
    r"|[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d"
)
_LINK = (
    r"(?:de|del|di|da|do|dos|des|du|la|le|les|el|of|the|and|am|an der|im|in|sur|sous|en|upon|u|nad|y|i|et|und"
    r"|von|van|den|ob|pod|v|pri)"
)
_PLACE = (
    rf"{CAPITAL}(?:(?: | ?- ?){CAPITAL}| {_LINK}(?: {_LINK})?(?: |[ '’]){CAPITAL}"
    r"| \d{1,2}(?= ?[,\n])){0,4}"
)
_LOWER = r"[^\W\d_][\w'’.\-]{1,24}(?: [^\W\d_][\w'’.\-]{0,24}){0,3}"
_BREAK = re.compile(
    r"[ \t]{0,3}[,;|]?[ \t]{0,3}\n[ \t>*|]{0,8}(?:,[ \t]?)?|[ \t]?[,;|][ \t]{0,3}|[ \t][\-–·][ \t]|[ \t]{1,2}"
)
_DONE = r"(?=[ \t]{0,3}(?:[,;.\n!?)\"|]|$|[\-–][ \t]\d))"
_UNIT = re.compile(rf"(?:{UNIT})(?![\w])", re.IGNORECASE)
_CODED = re.compile(
    rf"(?P<before>(?:{_CODE})(?!\w) ?,? ?)?(?P<place>{_PLACE})"
    rf"(?P<after>[, ]{{1,3}}(?:[A-Z]{{2,3}}[, ]{{1,3}})?(?:{_CODE})(?![\w]))?"
)
_ONLY_CODE = re.compile(rf"(?:[A-Z]{{2,3}},? )?(?:{_CODE})(?![\w])|[A-Z]{{2,3}}{_DONE}")
_LOWER_CODED = re.compile(rf"(?P<place>{_LOWER}) (?:\d{{4,6}})(?!\w)|(?P<only>{_LOWER}){_DONE}")
_END = re.compile(_DONE)
_CODE_END = re.compile(r"\d{4}$|\d ?[A-Za-z]{2}$|\d[A-Z]\d$")
"""The town stood before the code already, so what follows is no town, unless it is known for one."""
_NUMBER_BEFORE = re.compile(r"(?<![\w.,$€£#%])(?:\d{1,5}[A-Za-z]?[ \t]{1,2}){1,2}$")
_LINE_BEFORE = re.compile(
    r"(?:^|(?<=[\n,:>]))[ \t]{0,8}"
    rf"(?P<v>(?:(?:\d{{1,5}} ){{0,2}}(?:{CAPITAL}|{_LINK})(?: (?:{CAPITAL}|{_LINK})){{0,5}}"
    rf"|(?:\d{{1,5}} ){{1,2}}{_LOWER})"
    r"(?:,? ?\d{1,5}[A-Za-z]?(?:[/\-]\d{1,4})?)?\.?)[ \t]{0,3}[,\n\t ][ \t]{0,8}$"
)
_NO_PLACE = listed(
    """
dear hi hello hey thanks thank regards best kind sincerely yours please phone tel telephone mobile email
e-mail fax date subject re to from attn attention the i we he she it this that my your our if when where
what who how why and but or so monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december note notes name age dob ssn email: call
can could would should is are was no yes in on at for with by as then also cheers love mr mrs ms dr invoice
order total amount payment account website"""
)
PARTS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Grows the span of a street, a flat or a code to the whole address."""

    places: Collection[str]
    """Countries and large cities, case-folded."""

    def around(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the span of the whole address."""
        return self._left(text, start), self._right(text, end)

    def _left(self, text: str, start: int) -> int:
        """Take in a number right before, and before a flat or a code the line that names the street."""
        before = text[max(0, start - 24) : start]
        number = _NUMBER_BEFORE.search(before)
        return start - len(number.group()) if number else start

    def line_before(self, text: str, start: int) -> int:
        """Take in the line or part that ends in a house number, before a flat."""
        low = max(0, start - 90)
        line = _LINE_BEFORE.search(text[low:start])
        if line is None or not any(map(str.isdigit, line["v"])):
            return start
        return low + line.start("v")

    def _right(self, text: str, end: int) -> int:
        at = solid = end
        named = int(_CODE_END.search(text[max(0, end - 8) : end]) is not None)
        for _ in range(PARTS):
            gap = _BREAK.match(text, at)
            if gap is None:
                break
            part = self._part(text, gap, named)
            if part is None:
                break
            at, is_solid, is_name = part
            named += is_name
            if is_solid:
                solid = at
        return solid

    def _part(self, text: str, gap: re.Match[str], named: int) -> tuple[int, bool, bool] | None:
        """Return where the next part ends, whether it surely belongs, and whether it is a name."""
        at, is_blank = gap.end(), gap.group().isspace() and "\n" not in gap.group()
        if unit := _UNIT.match(text, at):
            return unit.end(), True, False
        if code := _ONLY_CODE.match(text, at):
            return code.end(), not is_blank or bool(_END.match(text, code.end())), True
        place = _CODED.match(text, at)
        if place is None:
            return None if is_blank else self._lower(text, at)
        first = place["place"].split(None, 1)[0].casefold().strip(".,")
        if first in _NO_PLACE:
            return None
        coded = bool(place["before"] or place["after"])
        if not coded and not _END.match(text, place.end()):
            return None
        known = place["place"].casefold() in self.places
        return place.end(), coded or known or (named == 0 and not is_blank), True

    def _lower(self, text: str, at: int) -> tuple[int, bool, bool] | None:
        """Take a town in small letters where a code follows, or where it is listed."""
        place = _LOWER_CODED.match(text, at)
        if place is None:
            return None
        words = (place["place"] or place["only"]).casefold()
        if words.split()[0].strip(".") in _NO_PLACE:
            return None
        return place.end(), place["only"] is None or words in self.places, True
