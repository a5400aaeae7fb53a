"""Duos on the normal form: which instances are duos, and what a solve promises."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance, Table, Term
from matcher.solve.duos import is_duos, solve_duos
from matcher.solve.result import Progress, Status


def duos(
    n: int, *, seed: int = 0, weakest: int = 0, allowed: np.ndarray | None = None, **rules: object
) -> Instance:
    """Duos (and a trio) with a fit and families to cover; the trio's pairs count less."""
    random = np.random.default_rng(seed)
    k, odd = n // 2, n % 2
    sizes = np.array([2] * (k - odd) + [3] * odd)
    pair = np.triu(random.choice([-50, 0, 20, 33, 60, 100], (n, n)), 1)
    zeros = np.zeros(k, dtype=np.int64)
    families = tuple(Table(random.random(n) < 0.4, np.repeat([[0, 60, 60, 60]], k, axis=0)) for _ in range(5))
    terms = (Term(1, zeros, pair + pair.T, np.where(sizes == 2, 3, 1)), Term(2, zeros, tables=families))
    given = {"apart": np.zeros((0, 2), dtype=np.int64), "together": (), "bounds": (), **rules}
    allowed = np.ones((n, k), dtype=bool) if allowed is None else allowed
    return Instance(sizes, allowed, terms=terms, weights=sizes.copy(), weakest=weakest, **given)


def pinned(n: int, *pins: tuple[int, int]) -> np.ndarray:
    """Everybody is allowed anywhere, but for pinned members."""
    allowed = np.ones((n, n // 2), dtype=bool)
    for member, group in pins:
        allowed[member] = np.arange(n // 2) == group
    return allowed


def solved(instance: Instance) -> np.ndarray:
    """The labels of a proven plan that keeps the rules and is worth what is claimed."""
    solution = solve_duos(instance)
    assert solution is not None
    assert solution.status is Status.OPTIMAL
    assert instance.keeps(solution.labels)
    assert instance.objective(solution.labels) == solution.objective == solution.bound
    return solution.labels


@pytest.mark.parametrize("n", [2, 3, 4, 5, 40, 41])
@pytest.mark.parametrize("weakest", [0, 30])
def test_every_size_is_proven(n: int, weakest: int) -> None:
    solved(duos(n, weakest=weakest))


def test_pinned_members_get_their_groups() -> None:
    labels = solved(duos(11, allowed=pinned(11, (0, 1), (7, 1), (3, 2), (4, 4))))
    assert labels[[0, 7, 3, 4]].tolist() == [1, 1, 2, 4]


def test_members_pinned_to_two_duos_are_not_a_duo() -> None:
    labels = solved(duos(4, allowed=pinned(4, (0, 0), (1, 1))))
    assert labels[[0, 1]].tolist() == [0, 1]


@pytest.mark.parametrize("block", [(2, 5), (2, 5, 8)])
def test_blocks_stay_together(block: tuple[int, ...]) -> None:
    labels = solved(duos(11, together=(block,), weakest=20))
    assert len(set(labels[list(block)].tolist())) == 1


@pytest.mark.parametrize(
    "instance",
    [
        duos(4, apart=np.array([[0, 1], [0, 2], [0, 3]])),
        duos(4, together=((0, 1, 2),)),
        duos(7, together=((0, 1, 2, 3),)),
        duos(9, together=((0, 1, 2), (3, 4, 5))),
        duos(6, allowed=pinned(6, (0, 1), (1, 1), (2, 1))),
        duos(4, together=((0, 1),), allowed=pinned(4, (0, 0), (1, 1))),
        duos(4, allowed=np.array([[True, True]] * 3 + [[False, False]])),
        duos(4, bounds=(Bound(np.array([True, True, True, False]), np.zeros(2, int), np.ones(2, int)),)),
    ],
)
def test_rules_that_cannot_hold_are_infeasible(instance: Instance) -> None:
    for weakest in (0, 10):
        solution = solve_duos(replace(instance, weakest=weakest))
        assert solution is not None
        assert (solution.status, solution.labels) == (Status.INFEASIBLE, None)


def test_other_kinds_of_instance_are_left_to_others() -> None:
    base = duos(6)
    half = base.allowed.copy()
    half[0, 0] = False
    teams = Instance(np.array([3, 3]), np.ones((6, 2), bool), base.apart, (), (), (), np.ones(2, int))
    marked, zeros = np.ones(6, bool), np.zeros(3, int)
    place = np.zeros((6, 3), int)
    place[0, 0] = 1
    others = [
        replace(base, allowed=half),
        replace(base, weights=np.array([1, 2, 2])),
        replace(base, terms=(Term(1, np.array([0, 0, 1])),)),
        replace(base, terms=(Term(1, zeros, place=place),)),
        replace(base, bounds=(Bound(marked, np.array([1, 0, 0]), np.full(3, 2)),)),
        teams,
    ]
    assert is_duos(base)
    for instance in others:
        assert not is_duos(instance)
        assert solve_duos(instance) is None


def test_numbers_too_large_to_sum_are_left_to_others() -> None:
    huge = Term(1, np.full(3, 2**50))
    assert solve_duos(replace(duos(6), terms=(huge,))) is None


def test_weakest_lifts_the_lowest_duo() -> None:
    # 0-1 alone are worth 100, but then 2-3 are worth nothing; 50 and 40 are fairer.
    pair = np.array([[0, 100, 50, 0], [100, 0, 0, 40], [50, 0, 0, 0], [0, 40, 0, 0]])
    term = Term(1, np.zeros(2, int), pair, np.ones(2, int))
    base = replace(duos(4), terms=(term,), weights=np.ones(2, int))
    assert solve_duos(base).objective == 100
    fair = solve_duos(replace(base, weakest=1))
    assert (fair.objective, fair.labels[0] == fair.labels[2]) == (90 + 40, True)


def test_progress_closes_in_on_the_answer() -> None:
    told: list[Progress] = []
    instance = duos(121, weakest=120)
    solution = solve_duos(instance, on_progress=told.append)
    assert solution.status is Status.OPTIMAL
    assert [p.objective for p in told] == sorted(p.objective for p in told)
    assert [p.bound for p in told] == sorted((p.bound for p in told), reverse=True)
    assert all(p.objective <= solution.objective <= p.bound for p in told)
    assert all(instance.objective(p.labels) == p.objective for p in told)


def test_stop_gives_the_plan_in_hand() -> None:
    told: list[Progress] = []
    start = time.perf_counter()
    solution = solve_duos(duos(601, weakest=600), on_progress=told.append, stop=lambda: bool(told))
    assert time.perf_counter() - start < 10
    assert solution.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert solution.objective == told[-1].objective <= solution.bound


def test_a_start_is_kept_when_there_is_no_time() -> None:
    instance = duos(300, weakest=10)
    start = np.arange(300) // 2
    solution = solve_duos(instance, start=start, seconds=0)
    assert solution.labels is not None
    assert solution.objective >= instance.objective(start)
    assert solution.bound >= solve_duos(instance).objective


def test_order_of_rows_does_not_change_the_objective() -> None:
    for n in (61, 206):
        instance = duos(n, weakest=50)
        order = np.random.default_rng(1).permutation(n)
        first, second = instance.terms
        shuffled = (
            replace(first, pair=first.pair[np.ix_(order, order)]),
            replace(second, tables=tuple(Table(t.marked[order], t.points) for t in second.tables)),
        )
        other = replace(instance, terms=shuffled)
        assert solve_duos(other).objective == solve_duos(instance).objective
