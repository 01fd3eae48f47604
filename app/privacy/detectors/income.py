"""What somebody says about his own pay, debts and savings: sums that other sums are not."""

import re
from collections.abc import Iterator

from app.privacy.detectors.pattern import DIGIT, near
from app.privacy.letters import in_small, small
from app.privacy.types import Finding, Kind

NAME = "income"
_SPOKEN = ("thousand", "grand", "million")
_SCALE = r"k|m|mio|mn|bn|grand|million|thousand|lakhs?|lacs?|crores?|tausend|mil|mille|mila|tys\.?|tsd\.?"
_CURRENCY = (
    r"usd|eur|gbp|chf|inr|cad|aud|brl|pln|jpy|cny|dollars?|bucks|quid|euros?|pounds?|rupees|yen|yuan"
    r"|francs?|franken|reais|pesos?|złotych|zł|z[łl]oty|kronor|kroner|[€£$]"
)
_AMOUNT = in_small(
    r"(?<![\w.,])(?P<sign>[$€£¥₹] ?|(?:usd|eur|gbp|chf|inr|cad|aud|rs\.?|r\$) ?)?"
    r"(?:(?P<number>\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)"
    r"|(?P<spoken>(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|and)[ \-]){1,6}(?=thousand|grand"
    r"|million)))"
    rf"(?P<scale> ?(?:{_SCALE}))?(?![\w%])(?P<unit> ?(?:{_CURRENCY})(?!\w))?"
)
_PERIOD = (
    r"(?:(?:a|an|per|each|every|pro|par|por|al|à|im|/) ?(?:year|yr|annum|month|mo|week|wk|fortnight|day"
    r"|hour|hr"
    r"|jahr|monat|stunde|woche|an|mois|mes|año|mese|anno|ano|maand|jaar|uur)|p\.?a\.?|yearly|monthly|annually"
    r"|weekly|hourly|gross|net|brutto|netto|bruts?|nets?|before|after|miesięcznie|rocznie)"
)
_AT_REST = in_small(
    rf"\s?(?:$|[.,;:!?)\n]|[\-–] ?\d|{_PERIOD}(?!\w)|(?:and|but|or|to|plus|now|this|last|in|as|with|at"
    rf"|from|right|und"
    r"|et|y|e|en|i)\s)"
)
"""What may follow a number without a currency: it does not count things."""
_PERIOD_NEXT = in_small(rf"\s?{_PERIOD}(?!\w)")
_PAY = (
    r"salary|salaries|pay|paycheck|paycheque|payslip|pay ?rise|wages?|income|earnings|compensation|comp|base"
    r"|bonus|commission|stipend|pension|allowance|offer|raise|(?:hourly|day|daily) rate|take[ -]home|net"
    r"|gross"
    r"|savings|debts?|mortgage|loans?|overdraft|arrears|net worth|inheritance|severance|alimony"
    r"|child support|benefits|royalties|401\(?k\)?|nest egg|balance"
)
_I = (
    r"(?:i|we|i'm|we're|i've|we've|i'd|i'll"
    r"|my (?:wife|husband|partner|boyfriend|girlfriend|mum|mom|dad|son|daughter))"
)
_STILL = (
    r"(?: (?:only|currently|now|just|still|also|already|am|are|was|were|is|have|has|had|been|get|got"
    r"|being|would"
    r"|will|used to|barely|usually|both|really|actually|do|to|personally|earning)){0,4}"
)
_IS = "(?:(?<=[eo]t )|(?<=m )|(?<=was )|(?<=are )|(?<=been )|(?<=being )|(?<=only ))"
_CUE = in_small(
    r"(?<![\w'’])(?:"
    rf"(?:my|our)(?: [\w'’\-]{{1,16}}){{0,3}}? (?:{_PAY})"
    rf"|{_I}{_STILL} (?P<strong>earn(?:ed|ing|s)?|owed?|owes|owing|{_IS}paid|borrowed|in debt|take home"
    rf"|bring home"
    r"|taking home|inherited)"
    rf"|{_I}{_STILL} (?P<weak>makes?|making|made|on|saved|save|put aside|net|gross|get|got|receive)"
    r"|(?:pay(?:s|ing)?|paid|offer(?:s|ed|ing)?|owes?|owed|lent|lend) (?:me|us|my \w{2,14})"
    r"|(?:current|present|previous|last|expected|desired|household|take-home|net|gross|monthly|annual|yearly)"
    r"(?: (?:net|gross|household|monthly|annual|base)){0,2} (?:salary|income|pay|wage)s?(?= ?[:=]| is\b)"
    r"|(?P<loose>(?:salary|wage|income|pay|bonus|pension|debts?|savings|raise|mortgage|loan"
    r"|offer)s? (?:of|to|is))"
    r"|ich (?:verdiene|bekomme|kriege|schulde)|(?:mein|unser)\w{0,2}(?: \w{2,16})? (?:\w{0,8}gehalt"
    r"|\w{0,8}lohn"
    r"|\w{0,8}einkommen|rente|schulden|ersparnisse|kredit)|meine schulden"
    r"|je (?:gagne|touche|dois)|(?:mon|ma|mes|nos|notre) (?:salaire|revenus?|dettes?|paie|prime|retraite"
    r"|épargne"
    r"|économies|prêt)|(?:yo )?(?:gano|cobro|debo)|mis? (?:sueldo|salario|nómina|ingresos|deudas?|ahorros"
    r"|pensión"
    r"|hipoteca)|guadagno|(?:mio|mia|miei) (?:stipendio|salario|reddito|debiti?|risparmi|pensione|mutuo)"
    r"|ik verdien|mijn (?:salaris|loon|inkomen|schulden|spaargeld|pensioen|hypotheek)"
    r"|zarabiam|moj[ae] (?:pensja|zarobki|oszczędności|długi)|(?:eu )?ganho|meu (?:salário|ordenado)"
    r"|minhas? (?:renda|dívidas?|pensão|economias))(?![\w'’])"
)
_NOUN_AFTER = in_small(
    rf"(?:\s{_PERIOD})?\s(?:(?:in|of|as|into|worth of)\s)?(?:(?:my|our|a|the"
    rf"|total)\s)?(?:[a-z\-]{{2,12}}\s){{0,2}}?"
    r"(?:savings|debts?|loans?|arrears|overdraft|salary|wages?|income|pension|stipend|mortgage|bonus"
    r"|severance"
    r"|alimony|child support|benefits|retirement|401\(?k\)?|stocks|crypto|equity|the bank)(?!\w)"
)
_FIRST_PERSON = in_small(
    r"(?<![\w'’])(?:i|i'm|i've|i'd|we|we're|we've|my|our|me|us|ich|wir|je|j'ai|nous|yo|tengo|ho|abbiamo|ik|eu"
    r"|tenho|mam)(?![\w])"
)
_ELSEWHERE = in_small(
    r"(?<!\w)(?:cost|costs|bought|buy|buying|price|priced|spend|spent|ticket|for (?:an?|the|this|that)"
    r"|but|because"
    r"|when|if|while|average|median|minimum|rent)(?!\w)"
)
"""Between a cue and a sum: the sum is of something else."""
_CLAUSE = re.compile(r"[.!?;](?=\s|$)|\n")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FAR, _CHAIN, _BACK = 48, 22, 70


class IncomeDetector:
    """Find sums behind words such as "I earn" and "my savings", and before "in debt"."""

    name = NAME
    kinds = frozenset({Kind.INCOME})

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the sums alone, with their currency."""
        text = small(text)
        for begin, stop in (*near(DIGIT, text), *near(_SPOKEN, text)):
            for cue in _CUE.finditer(text, begin, stop):
                if not cue["loose"] or _is_own(text, cue.start()):
                    yield from self._after(text, cue)
            for amount in _AMOUNT.finditer(text, begin, stop):
                is_linked = text.startswith((" in ", " of "), amount.end()) and _is_large(amount)
                is_sum = _is_marked(amount) or is_linked
                if is_sum and _NOUN_AFTER.match(text, amount.end()) and _is_own(text, amount.start()):
                    yield _finding(amount)

    def _after(self, text: str, cue: re.Match[str]) -> Iterator[Finding]:
        """Follow a cue to its sum, and to more sums that are strung to it."""
        clause = _CLAUSE.search(text, cue.end(), cue.end() + 160)
        end = clause.start() if clause else min(len(text), cue.end() + 160)
        at, reach = cue.end(), _FAR
        for amount in _AMOUNT.finditer(text, at, end):
            gap = text[at : amount.start()]
            if len(gap) > reach or _ELSEWHERE.search(gap):
                return
            if _is_sum(amount, text, is_weak=cue["weak"] is not None):
                yield _finding(amount)
                at, reach = amount.end(), _CHAIN


def _is_sum(amount: re.Match[str], text: str, *, is_weak: bool) -> bool:
    """Tell a sum of money from a count, a year and a percentage."""
    marked = _is_marked(amount)
    if is_weak and not (marked or _PERIOD_NEXT.match(text, amount.end())):
        return False
    if marked:
        return True
    is_year = _YEAR.fullmatch(amount.group()) and not _PERIOD_NEXT.match(text, amount.end())
    return _is_large(amount) and not is_year and _AT_REST.match(text, amount.end()) is not None


def _is_marked(amount: re.Match[str]) -> bool:
    return bool(amount["sign"] or amount["unit"] or amount["scale"])


def _is_large(amount: re.Match[str]) -> bool:
    return sum(map(str.isdigit, amount["number"] or "")) >= 3


def _is_own(text: str, start: int) -> bool:
    """Say whether the sentence speaks of the person before this place."""
    before = text[max(0, start - _BACK) : start]
    breaks = list(_CLAUSE.finditer(before))
    sentence = before[breaks[-1].end() :] if breaks else before
    return bool(_FIRST_PERSON.search(sentence)) and not _ELSEWHERE.search(sentence)


def _finding(amount: re.Match[str]) -> Finding:
    return Finding(Kind.INCOME, *amount.span(), 0.85, NAME, "pay, debts or savings")


def detector() -> IncomeDetector:
    """Make the detector of what somebody earns, owes and has."""
    return IncomeDetector()
