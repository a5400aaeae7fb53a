from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance
from matcher.solve.legal import draw, legal_plan, units
from matcher.solve.result import Status


def empty(n: int, k: int) -> Instance:
    """``n`` members in ``k`` even groups without any rule or goal."""
    sizes = np.array([n // k + (g < n % k) for g in range(k)], dtype=np.int64)
    return Instance(
        sizes=sizes, allowed=np.ones((n, k), dtype=bool), apart=np.empty((0, 2), dtype=np.int64),
        together=(), bounds=(), terms=(), weights=sizes,
    )  # fmt: skip


def marks(n: int, *members: int) -> np.ndarray:
    marked = np.zeros(n, dtype=bool)
    marked[list(members)] = True
    return marked


def apart(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def same(k: int, value: int) -> np.ndarray:
    return np.full(k, value, dtype=np.int64)


FOUR = empty(4, 2)
ONLY_FIRST = np.array([[True, False], [True, True], [True, True], [True, True]])

TWINS = {
    "allowed": (
        replace(FOUR, allowed=ONLY_FIRST),
        replace(FOUR, allowed=ONLY_FIRST[[0, 0, 0, 1]]),
    ),
    "apart": (
        replace(FOUR, apart=apart((0, 1), (2, 3))),
        replace(FOUR, apart=apart((0, 1), (0, 2), (1, 2))),
    ),
    "together": (
        replace(FOUR, together=((0, 1), (2, 3))),
        replace(FOUR, together=((0, 1, 2),)),
    ),
    "at least": (
        replace(FOUR, bounds=(Bound(marks(4, 0, 1), same(2, 1), same(2, 2)),)),
        replace(FOUR, bounds=(Bound(marks(4, 0), same(2, 1), same(2, 2)),)),
    ),
    "at most": (
        replace(FOUR, bounds=(Bound(marks(4, 0, 1), same(2, 0), same(2, 1)),)),
        replace(FOUR, bounds=(Bound(marks(4, 0, 1, 2), same(2, 0), same(2, 1)),)),
    ),
    "apart inside a block": (
        replace(FOUR, together=((0, 1),), apart=apart((0, 2))),
        replace(FOUR, together=((0, 1),), apart=apart((0, 1))),
    ),
    "a pin into a group with a limit": (
        replace(FOUR, allowed=ONLY_FIRST, bounds=(Bound(marks(4, 0), np.array([1, 0]), same(2, 1)),)),
        replace(FOUR, allowed=ONLY_FIRST, bounds=(Bound(marks(4, 0), same(2, 0), np.array([0, 1])),)),
    ),
    "home": (
        replace(FOUR, home=np.array([0, 0, 1, 1]), most_moves=2, apart=apart((0, 1))),
        replace(FOUR, home=np.array([0, 0, 1, 1]), most_moves=1, apart=apart((0, 1))),
    ),
    "a newcomer who displaces nobody": (
        replace(FOUR, home=np.array([0, 0, 1, -1]), most_moves=0),
        replace(FOUR, home=np.array([0, 0, 0, -1]), most_moves=0),
    ),
}


@pytest.mark.parametrize("rule", TWINS)
def test_a_plan_is_found_when_the_rule_can_hold(rule: str) -> None:
    possible, _ = TWINS[rule]
    found = legal_plan(possible)
    assert found.status is Status.FEASIBLE
    assert found.labels is not None
    assert possible.keeps(found.labels)


@pytest.mark.parametrize("rule", TWINS)
def test_impossibility_is_proven_when_the_rule_cannot_hold(rule: str) -> None:
    _, impossible = TWINS[rule]
    assert legal_plan(impossible).status is Status.INFEASIBLE
    assert draw(impossible, np.random.default_rng(0)) is None


def crowded(n: int, size: int, frictions: int, seed: int = 0) -> Instance:
    """Groups of one size, so many pairs apart, some blocks, and a need in every group."""
    rng = np.random.default_rng(seed)
    plain = empty(n, n // size)
    blocks = tuple((2 * b, 2 * b + 1) for b in range(n // 40))
    pairs = rng.integers(2 * len(blocks), n, size=(frictions, 2))
    return replace(
        plain,
        apart=pairs[pairs[:, 0] != pairs[:, 1]],
        together=blocks,
        bounds=(Bound(rng.random(n) < 0.4, same(n // size, 1), same(n // size, size)),),
    )


@pytest.mark.parametrize(("n", "frictions", "seconds"), [(200, 700, 0.3), (5000, 4500, 2.0)])
def test_the_first_plan_of_a_large_roster_is_there_at_once(n: int, frictions: int, seconds: float) -> None:
    instance = crowded(n, 5, frictions)
    began = time.process_time()
    assert legal_plan(instance).status is Status.FEASIBLE
    assert time.process_time() - began < seconds


def test_a_legal_start_is_returned_unchanged() -> None:
    instance = crowded(40, 5, 30)
    start = draw(instance, np.random.default_rng(5))
    assert start is not None
    assert np.array_equal(legal_plan(instance, start=start, seed=9).labels, start)


def test_repair_of_a_start_moves_few_members() -> None:
    instance = crowded(100, 5, 150)
    start = draw(instance, np.random.default_rng(5))
    assert start is not None
    a, b = np.flatnonzero(start == 3)[:2]
    stricter = replace(instance, apart=np.vstack([instance.apart, [[a, b]]]))
    repaired = legal_plan(stricter, start=start).labels
    assert repaired is not None
    assert stricter.keeps(repaired)
    assert 0 < np.count_nonzero(repaired != start) <= 8


def test_members_without_a_group_are_placed_and_the_others_stay() -> None:
    start = np.array([0, -1, 1, 7])
    repaired = legal_plan(FOUR, start=start).labels
    assert repaired is not None
    assert repaired[0] == 0
    assert repaired[2] == 1
    assert FOUR.keeps(repaired)


def test_a_seed_gives_the_same_plan_again() -> None:
    instance = crowded(60, 5, 60)
    assert np.array_equal(legal_plan(instance, seed=4).labels, legal_plan(instance, seed=4).labels)
    assert not np.array_equal(legal_plan(instance, seed=4).labels, legal_plan(instance, seed=5).labels)


def test_without_rules_every_plan_is_drawn_about_equally_often() -> None:
    rng = np.random.default_rng(0)
    drawn = [tuple(draw(FOUR, rng)) for _ in range(1200)]  # type: ignore[arg-type]
    _, counts = np.unique(drawn, axis=0, return_counts=True)
    assert len(counts) == 6
    assert counts.min() > 150
    assert counts.max() < 250


def test_drawing_is_quick_enough_for_a_hundred_draws() -> None:
    instance = crowded(40, 5, 30)
    rng = np.random.default_rng(0)
    draw(instance, rng)
    began = time.process_time()
    plans = [draw(instance, rng) for _ in range(100)]
    assert time.process_time() - began < 1.0
    assert all(plan is not None and instance.keeps(plan) for plan in plans)


def test_no_more_members_move_than_may() -> None:
    instance = crowded(100, 5, 150)
    home = draw(instance, np.random.default_rng(5))
    assert home is not None
    a, b = np.flatnonzero(home == 3)[:2]
    stricter = replace(instance, apart=np.vstack([instance.apart, [[a, b]]]), home=home, most_moves=2)
    for seed in range(5):
        repaired = legal_plan(stricter, seed=seed).labels
        assert repaired is not None
        assert stricter.keeps(repaired)
        assert 0 < np.count_nonzero(repaired != home) <= 2
    assert legal_plan(replace(stricter, most_moves=1)).status is Status.INFEASIBLE


def test_a_stop_still_gives_the_plan_that_is_found_at_once() -> None:
    assert legal_plan(crowded(200, 5, 300), stop=lambda: True).status is Status.FEASIBLE


def test_a_stop_ends_the_search_for_a_plan() -> None:
    # 21 members that are all apart in 20 groups of 5: no counting rule sees that quickly
    instance = replace(empty(100, 20), apart=apart(*[(i, j) for i in range(21) for j in range(i)]))
    began = time.perf_counter()
    answer = legal_plan(instance, stop=lambda: True)
    assert answer.status is Status.UNKNOWN
    assert time.perf_counter() - began < 0.5


def test_units_are_blocks_and_single_members() -> None:
    instance = replace(empty(5, 1), together=((4, 1),))
    assert [unit.tolist() for unit in units(instance)] == [[0], [1, 4], [2], [3]]
