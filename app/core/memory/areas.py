"""Says which facts bear on a question: by meaning, by areas of life, and by names.

"I dislike ride-sharing" and "How do I get around Chicago?" share no word and little meaning, but an area of
life. Each text is as near to an area as to the nearest of its sentences; two texts are alike where they are
near to the same areas.
"""

import re
import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.embeddings import Embedder, Vectors

Scores = NDArray[np.float32]

_AREAS: Final = (
    "food and diet; vegan, vegetarian, kosher, halal, allergies, gluten, sugar, salt"
    " | restaurants, dishes, dining, street food, local cuisine, snacks, recipes",
    "alcohol, wine, beer, coffee, tea, soft drinks | bars, cafés and things to drink",
    "illness, medical condition, disability, medicine, allergy, pain"
    " | doctors, treatment, remedies, wellbeing, sleep, stress",
    "exercise, training, gym, yoga, running, weight | workout plans, getting fit",
    "sports, matches, teams, athletics, games with a ball | sports events to watch or play",
    "fear of heights, water, flying, animals, crowds, the dark"
    " | adventures, thrilling outdoor activities, adrenaline",
    "hiking, camping, mountains, beaches, the sea, parks | outdoor activities",
    "museums, galleries, history, architecture, guided tours | sightseeing, things to do on a trip to a city",
    "heat, cold, sun, rain, climate | where to live or travel in which season",
    "trains, buses, cars, taxis, bicycles, flights"
    " | getting around a city, travelling from one place to another",
    "hotels, hostels, rental flats, camping | where to stay",
    "parties, clubs, concerts, comedy, festivals | evening entertainment, going out",
    "films, series, television, genres, streaming | what to watch",
    "books, novels, magazines, audiobooks | what to read",
    "bands, songs, instruments | what to listen to",
    "video games, board games, virtual reality | what to play",
    "studying, courses, classrooms, textbooks, videos, flashcards"
    " | how to learn a subject or prepare for an exam",
    "foreign languages, vocabulary | learning to speak a language",
    "phones, computers, apps, online services, internet, privacy | which software or device to use",
    "jobs, career, office, working from home, colleagues, hours | choosing a job or employer",
    "budget, saving, prices, luxury, investments | what to buy, how to spend",
    "house, garden, furniture, cleaning, neighbours | living in a place, moving",
    "dogs, cats, birds, reptiles, pets, zoos, fur | choosing and keeping a pet",
    "children, parents, partner, relatives, friends | plans with the family, presents",
    "crowds, groups, solitude, meeting strangers | social events, being alone or with others",
    "religion, culture, ethics, environment, animal welfare, politics | choices that respect beliefs",
    "clothes, shoes, hair, make-up, style | what to wear",
    "letters, e-mails, tone, formality, names to address | writing a text to somebody",
)
_SHARPNESS: Final = 1.5
_BY_AREA: Final = 0.3
_BY_NAME: Final = 0.3
"""Weights beside the cosine of the two meanings."""
_FLOOR: Final = 0.7
_FLOOR_FOR_ADVICE: Final = 0.2
"""Below this a fact is not given. Who asks what to do himself is likelier to mean something that he told."""
_WINDOW: Final = 0.3
"""How far behind the best one another may lie."""
_ADVICE: Final = re.compile(
    r"\b(?:rec+om+end\w*|suggest\w*|advi[sc]e|tips|must-\w+|"
    r"(?:some|any|good|great|best|better|new) (?:\w+ ){0,4}?(?:ideas?|ways?|options?|resources?|places?|"
    r"activit\w+|things?)|(?:what|which)(?:'s| is| are| would be| should be)? (?:the |some |a |an )?(?:best|"
    r"good|great|better|fun|nice|popular|unique|ideal|right)|what are some|"
    r"(?:what|which|where|how|should|can|could)\b[^.?!]{0,40}? (?:i|we)|"
    r"i(?:'m| am| was)? (?:\w+ )?(?:look(?:ing)? for|plan(?:ning)?|consider\w*|think(?:ing)? (?:of|about)|"
    r"interested|want|going|visiting|heading|trying)|i(?:'d| would) (?:\w+ )?(?:like|love)|help me|"
    r"(?:write|draft|compose) (?:me )?(?:an? |my |some )?(?:\w+ )?(?:letter|e-?mail|card|speech|toast|note|"
    r"message|application|complaint|invitation|review)|(?:plan|choose|find) (?:me )?(?:a|an|my|some|the)|"
    r"for (?:me|us))\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'-]+")


class Areas:
    """Compares facts with questions; the areas are read once, at the first question."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._sentences: Vectors | None = None
        self._owners = np.array([n for n, area in enumerate(_AREAS) for _ in area.split(" | ")])

    def bearing(self, question: str, texts: Sequence[str], vectors: Vectors) -> list[tuple[int, float]]:
        """Return the places of the facts that bear on a question and how much, best first.

        Args:
            vectors: the embedder's, one row for each text.

        Raises:
            MemoryFault: the embedder cannot be loaded.
        """
        asked = self._embedder.embed([question])
        scores = (asked @ vectors.T)[0] + _BY_AREA * (self._near(asked) @ self._near(vectors).T)[0]
        folded = question.casefold()
        scores += _BY_NAME * np.array([_shares_a_name(text, folded) for text in texts], np.float32)
        is_advice = _ADVICE.search(question.replace("’", "'"))
        least = max(_FLOOR_FOR_ADVICE if is_advice else _FLOOR, float(scores.max()) - _WINDOW)
        order = np.argsort(-scores, kind="stable")
        return [(int(place), float(scores[place])) for place in order if scores[place] >= least]

    def _near(self, vectors: Vectors) -> Scores:
        """Return how near each text is to each area, as rows of unit length."""
        with self._lock:
            if self._sentences is None:
                self._sentences = self._embedder.embed([s for area in _AREAS for s in area.split(" | ")])
        alike = vectors @ self._sentences.T
        best = np.stack([alike[:, self._owners == n].max(axis=1) for n in range(len(_AREAS))], axis=1)
        spread = best.std(axis=1, keepdims=True).clip(min=1e-6)
        weights = np.exp(_SHARPNESS * (best - best.mean(axis=1, keepdims=True)) / spread)
        near: Scores = (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype(np.float32)
        return near


def _shares_a_name(text: str, question: str) -> bool:
    """Say whether a name inside a fact is in the question, written in small letters."""
    names = [name.group().casefold().removesuffix("'s") for name in _NAME.finditer(text)]
    return any(re.search(rf"\b{re.escape(name)}\b", question) for name in names if len(name) > 1)
