"""Sets two answers side by side and finds where they differ, by rule and without any model's opinion."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.claims.final import Answer, final, is_a_sum, leaves_out, verdict
from app.core.claims.items import Claim, Item, claims
from app.core.claims.pairing import Nearness, agreeing, differing
from app.core.claims.pairing import same as same_value
from app.core.claims.polarity import clauses, contradictions
from app.core.claims.values import kind_of
from app.core.types import Agreement, Comparison, Difference

if TYPE_CHECKING:
    from app.core.embeddings import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]


def compare(local: str, cloud: str, question: str = "", embed: Embed | None = None) -> Comparison:
    """Compare the answer of this computer with the cloud's, its details put back.

    A final answer, where both texts come to one, decides; otherwise they agree where some number, date or
    name that the question did not hold is the same in both, and nothing contradicts.
    """
    one, two = final(local, question), final(cloud, question)
    if one and two and one.is_like(two) and (one.is_marked or two.is_marked):
        return _by_final(one, two, leaves_out(question, local, cloud))
    if is_a_sum(question):
        return Comparison(Agreement.UNSURE)  # one of them came to no answer
    here, there, asked = claims(local), claims(cloud), claims(question)
    known = [item.value for claim in asked for item in claim.items]
    near = Nearness(here, there, embed)
    same = agreeing(here, there, near, known)
    apart = differing(near, same)
    found = [_difference(mine, other, here, there) for mine, other in apart]
    found += _opposed(here, there, question)
    yes, no = verdict(local), verdict(cloud)
    if yes and no and yes != no:
        found.insert(0, Difference("negation", here[0].text, there[0].text))
    if found:
        return Comparison(Agreement.DIFFER, tuple(dict.fromkeys(found)))
    tells = any(not any(same_value(mine.value, value) for value in known) for mine, _ in same.pairs)
    return Comparison(Agreement.AGREE if tells or (yes and no) else Agreement.UNSURE)


def _by_final(one: Answer, two: Answer, is_hasty: bool) -> Comparison:
    """Let the final answers decide; that both pass over a figure of the question is no good sign."""
    if one.agrees(two):
        return Comparison(Agreement.UNSURE if is_hasty else Agreement.AGREE)
    kind = "number" if one.number is not None else "negation" if one.word in ("yes", "no") else "name"
    return Comparison(Agreement.DIFFER, (Difference(kind, one.shown, two.shown),))


def _difference(mine: Item, other: Item, here: Sequence[Claim], there: Sequence[Claim]) -> Difference:
    return Difference(kind_of(mine.value), here[mine.claim].text, there[other.claim].text)


def _opposed(here: Sequence[Claim], there: Sequence[Claim], question: str) -> list[Difference]:
    one = [clause for claim in here for clause in clauses(claim.text)]
    two = [clause for claim in there for clause in clauses(claim.text)]
    return [Difference("negation", a.text, b.text) for a, b in contradictions(one, two, question)]
