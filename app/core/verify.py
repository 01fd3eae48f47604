"""Faults of a draft that can be found by rule, without asking any model."""

import re

_NUMBER = r"-?\$?\d[\d,]*(?:\.\d+)?"
_SUM = re.compile(rf"({_NUMBER})((?:\s*[-+*/x×÷]\s*{_NUMBER}){{1,8}})\s*=\s*({_NUMBER})")
_TERM = re.compile(rf"([-+*/x×÷])\s*({_NUMBER})")
_REFUSAL = re.compile(r"\b(?:I(?:'m| am) (?:sorry|unable)|I can(?:no|')t (?:help|answer|assist))", re.I)


def faults(question: str, draft: str) -> list[str]:
    """Return what is wrong with a draft, each as a sentence for the person."""
    found = []
    wrong = sum(not right for right in _sums(draft))
    if wrong:
        found.append(f"{wrong} of the draft's sums {'is' if wrong == 1 else 'are'} wrong.")
    if _REFUSAL.search(draft):
        found.append("The draft declines to answer.")
    if _repeats(draft):
        found.append("The draft repeats itself.")
    if len(question.split()) > 3 and not draft.strip():
        found.append("The draft is empty.")
    return found


def _sums(text: str) -> list[bool]:
    """Re-compute each sum such as `3 + 4 * 2 = 11`; a result may be rounded to its last digit."""
    return [_is_right(*match.groups()) for match in _SUM.finditer(text)]


def _is_right(first: str, rest: str, result: str) -> bool:
    terms = [_value(first)]
    for operator, number in _TERM.findall(rest):
        value = _value(number)
        if operator in "*x×":
            terms[-1] *= value
        elif operator in "/÷":
            if value == 0:
                return False
            terms[-1] /= value
        else:
            terms.append(-value if operator == "-" else value)
    decimals = len(result.partition(".")[2])
    return abs(sum(terms) - _value(result)) <= 0.51 / 10.0**decimals


def _value(number: str) -> float:
    return float(number.replace("$", "").replace(",", ""))


def _repeats(text: str) -> bool:
    """Say whether a run of eight words stands in the text three times or more."""
    words = text.lower().split()
    runs: dict[tuple[str, ...], int] = {}
    for start in range(len(words) - 7):
        run = tuple(words[start : start + 8])
        runs[run] = runs.get(run, 0) + 1
        if runs[run] >= 3:
            return True
    return False
