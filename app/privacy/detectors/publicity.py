"""What everybody knows: countries, large companies, people of history, unless somebody speaks of himself."""

import re

from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Kind

_OWN_LIFE = re.compile(
    r"(?<!\w)(?:i|we|he|she|they|who)(?:'m|'re|'ve|'s| am| are| was| were| have| has| had"
    r"| will| is)?(?: \w{2,12}){0,2}? (?:live[sd]?|living|work\w{0,3}|stud(?:y|ied|ying|ies)"
    r"|born|grew up"
    r"|moved|employed|resid\w{1,4}|based|staying|from|teach\w{0,3}|manage\w?|attend\w{0,3}"
    r"|graduated|joined|intern\w{0,3}|married|hired|fired|laid off)(?!\w)[^.!?\n]{0,24}$"
    r"|(?<!\w)(?:my|our)(?!\w)[^.!?\n,]{0,28}(?<!\w)(?:in|at|of|from|near|is|called|,)\s$"
    r"|(?<!\w)(?:address|work(?:s|ing)|employed|employer|resident|based|born"
    r"|home|office|account|salary|offer|interview|position|branch|job)\s?(?:is|in|at|from|of"
    r"|with|:)?\s$",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"^(?:(?:the|an?|should|would|could|can|do|does|did|is|are|was|were|has|have|had|will|why|how|what|when|who|where"
    r"|which|in|of|and|or|but|if|like|about|explain|compare|describe|summari[sz]e|use|using)\s){1,3}|['’]s?$",
    re.IGNORECASE,
)


class Publicity:
    """Say whether a found name is no detail of the person."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def is_public(self, kind: Kind, text: str, start: int, end: int) -> bool:
        """Look the name up; a word of one's own life just before it makes it private again."""
        value = _EDGE.sub("", " ".join(text[start:end].casefold().split()))
        listed = {
            Kind.PLACE: (self._lists.places, self._lists.peoples, self._lists.organizations),
            Kind.ORG: (
                self._lists.organizations,
                self._lists.companies,
                self._lists.places,
                self._lists.peoples,
            ),
            Kind.PERSON: (self._lists.people, self._lists.organizations),
        }.get(kind, ())
        if not any(value in names for names in listed):
            return False
        return not _OWN_LIFE.search(text[max(0, start - 60) : start])
