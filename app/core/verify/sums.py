"""Whether a draft's sums are right: re-computed, without asking any model."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.verify.fault import Draft, Fault, Kind

_NUMBER: Final = r"-?\$?\d[\d,]*(?:\.\d+)?"
_SIGN: Final = r"[-+*/x×÷−]"
_SUM: Final = re.compile(
    rf"(?<![\w.,:)(/*×÷^+−-])(?<![\d)*/×÷+−-] )({_NUMBER})(%?)((?:\s*{_SIGN}\s*{_NUMBER}){{1,8}})"
    rf"\s*=\s*({_NUMBER})(?!\s*{_SIGN}|[.,:]?\d|%|/)"
)
_TERM: Final = re.compile(rf"({_SIGN})\s*({_NUMBER})")
_LATEX: Final = (
    (re.compile(r"\\(?:times|cdot|ast)\b"), "*"),
    (re.compile(r"\\div\b"), "/"),
    (re.compile(r"\\d?frac\{\s*([\d.,]+)\s*\}\{\s*([\d.,]+)\s*\}"), r"\1/\2"),
    (re.compile(r"\\(?:text|mathrm|mbox)\{[^{}]*\}|\\[,;!]|\\(?=[$%])|\*\*"), ""),
    (re.compile(r"\\boxed\{([^{}]*)\}"), r"\1"),
)


def check(draft: Draft) -> Iterator[Fault]:
    """Yield a fault where sums are wrong, the heavier the more of them."""
    results = [_is_right(*match.groups()) for match in _SUM.finditer(_plain(draft.text))]
    wrong = results.count(False)
    if wrong:
        told = f"{wrong} of the draft's sums {'is' if wrong == 1 else 'are'} wrong."
        yield Fault(Kind.SUMS, told, 1.0 + 0.25 * min(wrong - 1, 4))


def _plain(text: str) -> str:
    for latex, plain in _LATEX:
        text = latex.sub(plain, text)
    return text


def _is_right(first: str, percent: str, rest: str, result: str) -> bool:
    """Re-compute a sum such as `3 + 4 * 2 = 11`; a result may be rounded to its last digit."""
    shares = (1.0, 0.01) if percent else (1.0,)  # 40% * 60 = 24, but 40% + 60% = 100
    return any(_comes_to(_value(first) * share, rest, result) for share in shares)


def _comes_to(first: float, rest: str, result: str) -> bool:
    terms = [first]
    for operator, number in _TERM.findall(rest):
        number_value = _value(number)
        if operator in "*x×":
            terms[-1] *= number_value
        elif operator in "/÷":
            if number_value == 0:
                return False
            terms[-1] /= number_value
        else:
            terms.append(-number_value if operator in "-−" else number_value)
    decimals = len(result.partition(".")[2])
    return abs(sum(terms) - _value(result)) <= 0.51 / 10.0**decimals


def _value(number: str) -> float:
    return float(number.replace("$", "").replace(",", ""))
