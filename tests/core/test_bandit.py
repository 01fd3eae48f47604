"""The bandit: learns, keeps what it learned, explores little, and never leaves what is allowed."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.bandit import EXPLORE, Bandit, Meanings, Prior, features_of

ARMS = ("local", "pipeline", "fusion")


def _world(features, arm):
    """Local is good at the easy half, the pipeline at the hard half."""
    is_hard = features[1] > 0
    return {"local": 0.2 if is_hard else 0.9, "pipeline": 0.8 if is_hard else 0.5}.get(arm, 0.1)


def _taught(rounds, noise=0.0, seed=1, bandit=None):
    bandit = bandit or Bandit(ARMS, 2)
    chance = Random(seed)
    for _ in range(rounds):
        features = features_of(chance.random())
        choice = bandit.choose(features, ARMS, chance)
        reward = _world(features, choice.arm)
        bandit.learn(
            choice.arm, features, 1 - reward if chance.random() < noise else reward, choice.propensity
        )
    return bandit


def _best(bandit, difficulty):
    return max(ARMS, key=lambda arm: bandit.expect(arm, features_of(difficulty)))


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_it_learns_which_arm_suits_which_question(noise):
    bandit = _taught(2000, noise)
    assert _best(bandit, 0.05) == "local"
    assert _best(bandit, 0.95) == "pipeline"


def test_it_follows_a_change():
    bandit = _taught(800)
    for _ in range(300):
        bandit.learn("local", features_of(0.1), 0.0)
        bandit.learn("fusion", features_of(0.1), 1.0)
    assert _best(bandit, 0.1) == "fusion"


def test_a_prior_counts_as_rewards_seen():
    bandit = Bandit(ARMS, 2, {"local": Prior((0.9,), (50.0,)), "": Prior((0.3,), (50.0,))})
    row = features_of(0.5)
    assert bandit.expect("local", row) == pytest.approx(0.9)
    assert bandit.expect("another", row) == pytest.approx(0.3)
    assert bandit.estimate("local", row) == 0
    for _ in range(50):
        bandit.learn("local", row, 0.0)
    assert 0.45 < bandit.expect("local", row) < 0.65
    assert bandit.estimate("local", row) == pytest.approx(bandit.expect("local", row) - 0.9)


def test_what_was_learned_fades_towards_the_prior():
    bandit = Bandit(("local",), 2, half_life=10)
    for _ in range(10):
        bandit.learn("local", (1.0, -1.0), 0.0)
    taught = bandit.estimate("local", (1.0, -1.0))
    for _ in range(100):
        bandit.learn("local", (0.0, 0.0), 0.0)
    assert taught < 0
    assert abs(bandit.estimate("local", (1.0, -1.0))) < abs(taught) / 100


@given(st.permutations(ARMS), st.integers(1, 3), st.floats(0, 1), st.integers(0, 10**6))
def test_it_chooses_only_what_is_allowed_and_explores_at_most_one_in_twenty(order, many, difficulty, seed):
    allowed = order[:many]
    choice = Bandit(ARMS, 2).choose(features_of(difficulty), allowed, Random(seed))
    assert choice.arm in allowed
    assert choice.propensity in (1.0, 1 - EXPLORE, EXPLORE)
    assert set(choice.estimates) == set(allowed)


def test_it_explores_at_most_one_in_twenty_choices():
    bandit, chance = Bandit(ARMS, 2), Random(3)
    chosen = [bandit.choose(features_of(0.5), ARMS, chance) for _ in range(4000)]
    assert 0.03 < sum(choice.propensity == EXPLORE for choice in chosen) / 4000 < 0.07


def test_a_state_comes_back_whole():
    bandit = _taught(300)
    again = Bandit((), 2)
    again.restore(bandit.state())
    assert again.state() == bandit.state()
    assert again.expect("local", features_of(0.3)) == pytest.approx(bandit.expect("local", features_of(0.3)))


@given(st.binary(max_size=300))
def test_a_foreign_state_is_refused_and_changes_nothing(state):
    bandit = Bandit(ARMS, 2)
    before = bandit.state()
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        bandit.restore(state)
    assert bandit.state() == before


@pytest.mark.parametrize("damage", [lambda s: s[:-1], lambda s: s + b"\0", lambda s: s[:-8] + b"\xff" * 8])
def test_a_damaged_state_is_refused(damage):
    with pytest.raises(ValueError, match="state"):
        Bandit(ARMS, 2).restore(damage(_taught(5).state()))


def test_a_state_of_other_features_is_refused():
    with pytest.raises(ValueError, match="another bandit"):
        Bandit(ARMS, 3).restore(_taught(5).state())


@pytest.mark.parametrize(
    ("reward", "propensity"), [(float("nan"), 1.0), (0.5, 0.0), (0.5, 2.0), (float("inf"), 1.0)]
)
def test_what_is_no_reward_is_refused(reward, propensity):
    with pytest.raises(ValueError, match="no number"):
        Bandit(ARMS, 2).learn("local", features_of(0.5), reward, propensity)


def test_wrong_features_and_no_arms_are_refused():
    with pytest.raises(ValueError, match="features"):
        Bandit(ARMS, 2).choose((1.0,), ARMS, Random(0))
    with pytest.raises(ValueError, match="allowed"):
        Bandit(ARMS, 2).choose((1.0, 0.0), (), Random(0))


def test_a_question_has_sixteen_meanings_or_none():
    meanings = Meanings()
    assert meanings.of(None) == (0.0,) * 16
    assert len(features_of(0.2, meanings.of([0.05] * 384), (0.0, 1.0))) == 20
