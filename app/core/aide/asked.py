"""What the cloud is asked: a follow-up to what was answered here takes along what the person asked before."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from app.core.aide.standalone import DEPTH, standalone
from app.core.approval import CHOSE_HERE
from app.core.engines.tally import Request
from app.core.exchanges import Exchange, exchanges
from app.core.memory.earlier_talk import STAYS
from app.core.router import ASKED_HERE, JUDGED, NOT_HIDDEN, STAYS_HERE
from app.core.types import Turn, Where

_KEPT: Final = frozenset((STAYS_HERE, ASKED_HERE, CHOSE_HERE, STAYS))
"""Why a question stayed here where the person wanted or was promised that: it is not told later either."""


def request(turn: Turn) -> Request:
    """Ask a turn's question; where it rests on questions that never left, together with those.

    No word of an answer is in it, and none of a question that the person kept here. What is added is
    sanitized like the question, and the person sees it before it goes.
    """
    before = _unheard(turn)
    whole = standalone(turn.text, [message for pair in before for message in pair])
    if whole is None or whole == turn.text:
        return Request(turn.text, turn.history)
    within = "\n\n".join([*(question.text for question, _ in before), turn.text])
    return Request(whole, turn.history, within=within, says_again=True)


def _unheard(turn: Turn) -> Sequence[Exchange]:
    """Return the last turns of which the cloud saw nothing, and of which it may hear."""
    said = reversed(exchanges(turn.history, lambda message: bool(message.text))[-DEPTH:])
    return list(takewhile(_is_unheard, said))[::-1]


def _is_unheard(pair: Exchange) -> bool:
    """Say whether a turn was answered here because that was enough, and nothing of it ever left.

    The router must have been free to send it: a reason that is not known here keeps a question here.
    """
    question, answer = pair
    route = answer.route
    if route is None or route.where is not Where.LOCAL or answer.ledger is not None:
        return False
    if question.wire_text or JUDGED.isdisjoint(route.reasons):
        return False
    return not any(why in _KEPT or why.endswith(NOT_HIDDEN) for why in route.reasons)
