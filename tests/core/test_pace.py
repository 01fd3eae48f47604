"""Of what is drafted here, the neediest goes to the cloud, up to the share that the person allows."""

import random

import pytest

from app.core.errors import StoreError
from app.core.pace import Pace


class Store(dict):
    def state(self, name):
        return self.get(name, b"")

    def keep(self, name, state):
        self[name] = state


class Locked(Store):
    def state(self, name):
        raise StoreError("locked")

    def keep(self, name, state):
        raise StoreError("locked")


def passed(pace, gains):
    return [gain > pace.bar(gain) for gain in gains]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("level", [0.05, 0.3, 0.9])
def test_the_neediest_share_passes_whatever_the_level_of_the_gains(share, level):
    chance = random.Random(4)
    gains = [level * chance.random() for _ in range(800)]
    asked = passed(Pace(None, lambda: share), gains)
    assert abs(sum(asked[64:]) / len(asked[64:]) - share) < 0.05
    kept = [gain for gain, passes in zip(gains, asked, strict=True) if not passes]
    sent = [gain for gain, passes in zip(gains, asked, strict=True) if passes]
    assert sum(sent) / len(sent) > sum(kept) / len(kept)


def test_with_few_drafts_and_where_all_may_go_there_is_no_bar():
    pace = Pace(None, lambda: 0.5)
    assert all(passed(pace, [0.1] * 8))
    assert not pace.bar(0.1) < 0.1
    free = Pace(None, lambda: 1.0)
    assert all(passed(free, [0.1] * 100))


def test_where_nothing_may_go_hardly_anything_goes():
    chance = random.Random(5)
    assert sum(passed(Pace(None, lambda: 0.0), [chance.random() for _ in range(500)])[8:]) < 25


def test_another_model_has_its_own_bar_before_long():
    pace = Pace(None, lambda: 0.5)
    passed(pace, [0.3 + each / 1000 for each in range(64)])
    chance = random.Random(6)
    assert not any(passed(pace, [0.1 * chance.random() for _ in range(20)]))
    weak = [0.1 * chance.random() for _ in range(400)]
    assert 0.4 < sum(passed(pace, weak)[64:]) / 336 < 0.6


def test_the_gains_outlive_the_program_and_a_temporary_conversation_leaves_none():
    store = Store()
    passed(Pace(store, lambda: 0.5), [0.2] * 10)
    assert Pace(store, lambda: 0.5).bar(0.1) == 0.2
    before = dict(store)
    Pace(None, lambda: 0.5).bar(0.4)
    assert store == before


def test_what_cannot_be_read_or_kept_sets_no_bar():
    assert all(passed(Pace(Locked(), lambda: 0.5), [0.3] * 8))
    assert Pace(Store(gains=b"odd"), lambda: 0.5).bar(0.3) == -1.0
