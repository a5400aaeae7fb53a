from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance, Table, Term
from matcher.solve import Status, solve
from matcher.solve.bounds import quick_bound
from matcher.solve.compiled import warm_up
from matcher.solve.legal import legal_plan
from matcher.solve.progress import Record
from matcher.solve.regroup import regroup, stuck
from matcher.solve.result import Progress
from matcher.solve.teams import solve_teams
from tests.unit.test_legal import TWINS, empty


def roster(n: int, k: int, *, seed: int = 0, frictions: int = 0, weakest: bool = True) -> Instance:
    """A roster as managers have it: pair points, six families to cover, pairs apart and pairs to avoid."""
    rng = np.random.default_rng(seed)
    plain = empty(n, k)
    sizes, longest = plain.sizes, int(plain.sizes.max())
    even = (
        60 // (sizes * (sizes - 1) // 2)
        if set(sizes.tolist()) <= {2, 3, 4, 5, 6}
        else np.ones(k, dtype=np.int64)
    )
    complement = np.triu(rng.choice([0, 0, 0, 20, 36, 60, 100], (n, n)), 1)
    calm = np.triu(-rng.choice([0] * 12 + [15, 50], (n, n)), 1)
    family = rng.integers(6, size=(n, 3))
    tables = tuple(
        Table((family[:, :rank] == f).any(axis=1), np.tile(points * (np.arange(longest + 1) > 0), (k, 1)))
        for f in range(6)
        for rank, points in ((1, 400), (2, 300), (3, 300))
    )  # fmt: skip
    pairs = rng.integers(n, size=(frictions, 2))
    zero = np.zeros(k, dtype=np.int64)
    return replace(
        plain,
        apart=pairs[pairs[:, 0] != pairs[:, 1]],
        terms=(
            Term(1, zero, complement + complement.T, even),
            Term(1, zero + 6000, calm + calm.T, even),
            Term(1, zero, tables=tables),
        ),
        weakest=n if weakest else 0,
    )


@pytest.mark.parametrize(("n", "k"), [(24, 6), (26, 6), (24, 3)])
def test_a_typical_roster_with_every_goal_on_is_proven(n: int, k: int) -> None:
    instance = roster(n, k, frictions=12)
    solved = solve_teams(instance, seconds=30)
    assert solved.status is Status.OPTIMAL
    assert solved.labels is not None
    assert instance.keeps(solved.labels)
    assert solved.objective == solved.bound == instance.objective(solved.labels)


def test_pins_blocks_and_needs_are_kept_and_proven() -> None:
    plain = roster(24, 6, frictions=6)
    allowed = plain.allowed.copy()
    allowed[3] = np.arange(6) == 2
    need = Bound(np.arange(24) % 2 == 0, np.full(6, 1), np.full(6, 3))
    instance = replace(plain, allowed=allowed, together=((5, 6),), bounds=(need,), apart=plain.apart[:3])
    solved = solve_teams(instance, seconds=30)
    assert solved.status is Status.OPTIMAL
    assert solved.labels is not None
    assert solved.labels[3] == 2
    assert solved.labels[5] == solved.labels[6]


def test_another_row_order_reaches_the_same_score() -> None:
    from tests.properties.test_teams import shuffled

    instance = roster(24, 6, frictions=12)
    order = np.random.default_rng(1).permutation(24)
    other = solve_teams(shuffled(instance, order), seconds=30)
    assert other.objective == solve_teams(instance, seconds=30).objective


def test_a_proven_plan_is_the_same_again() -> None:
    instance = roster(24, 6, frictions=12)
    first, second = (solve_teams(instance, seconds=30, seed=7) for _ in range(2))
    assert np.array_equal(first.labels, second.labels)


@pytest.mark.parametrize("rule", TWINS)
def test_rules_that_cannot_hold_are_reported_as_such(rule: str) -> None:
    answer = solve(TWINS[rule][1], seconds=5)
    assert answer.status is Status.INFEASIBLE
    assert answer.labels is None


@pytest.mark.parametrize(("n", "k"), [(60, 12), (60, 6), (300, 60)])
def test_a_stop_ends_the_solve_within_half_a_second(n: int, k: int) -> None:
    instance = roster(n, k, frictions=n)
    stop = threading.Event()
    stopped: list[float] = []

    def pull() -> None:
        stop.set()
        stopped.append(time.perf_counter())

    timer = threading.Timer(1.5, pull)
    timer.start()
    solved = solve_teams(instance, seconds=60, stop=stop.is_set)
    ended = time.perf_counter()
    timer.join()
    assert ended - stopped[0] < 0.5 or solved.status is Status.OPTIMAL
    assert solved.labels is not None
    assert instance.keeps(solved.labels)
    assert not [
        t
        for t in threading.enumerate()
        if t.name.startswith(("solve-progress", "solve-search", "solve-stop"))
    ]


def test_progress_is_told_all_the_way() -> None:
    told: list[Progress] = []
    instance = roster(60, 12, frictions=60)
    solved = solve_teams(instance, seconds=3, on_progress=told.append)
    assert told[0].labels is not None
    assert told[0].seconds < 1.0
    assert max(b.seconds - a.seconds for a, b in itertools.pairwise(told)) < 1.0
    better = [p for p in told if p.labels is not None]
    assert [p.objective for p in better] == sorted({p.objective for p in better})
    assert all(instance.objective(p.labels) == p.objective <= p.bound for p in better)
    assert solved.objective == better[-1].objective
    assert solved.seconds < 4.0


def test_a_start_is_improved_on_and_never_lost() -> None:
    instance = roster(40, 8, frictions=40)
    good = solve_teams(instance, seconds=2)
    again = solve_teams(instance, start=good.labels, seconds=0.3)
    assert again.objective >= good.objective


def test_what_on_progress_raises_reaches_the_caller() -> None:
    def broken(_: Progress) -> None:
        raise RuntimeError("the watcher is gone")

    with pytest.raises(RuntimeError, match="the watcher is gone"):
        solve_teams(roster(24, 6), seconds=5, on_progress=broken)


def test_a_plan_that_breaks_a_rule_is_never_taken() -> None:
    record = Record(empty(4, 2), 1.0)
    with pytest.raises(AssertionError, match="breaks a rule"):
        record.found(np.array([0, 0, 0, 1]))


def test_one_group_and_groups_of_one_are_solved() -> None:
    assert solve_teams(empty(5, 1), seconds=5).status is Status.OPTIMAL
    assert solve_teams(empty(5, 5), seconds=5).status is Status.OPTIMAL
    assert solve_teams(empty(100, 1), seconds=5).status is Status.OPTIMAL


def test_a_large_roster_is_improved() -> None:
    instance = roster(1000, 200, frictions=900)
    first = legal_plan(instance)
    solved = solve_teams(instance, seconds=3)
    assert solved.labels is not None
    assert instance.keeps(solved.labels)
    assert first.objective < solved.objective <= solved.bound


def test_where_rules_stop_most_swaps_a_few_groups_are_filled_anew() -> None:
    instance = roster(40, 8, frictions=400)
    record = Record(instance, 60.0)
    first = legal_plan(instance).labels
    assert first is not None
    record.found(first)
    assert stuck(instance)
    assert not stuck(roster(40, 8, frictions=40))
    regroup(record, 0, lambda: record.objective > instance.objective(first))
    assert record.objective > instance.objective(first)


def test_few_moves_are_enough_for_a_proof() -> None:
    plain = roster(24, 6, frictions=12)
    home = legal_plan(plain).labels
    assert home is not None
    before = plain.objective(home)
    for most in (2, 4):
        solved = solve_teams(replace(plain, home=home, most_moves=most), seconds=30)
        assert solved.status is Status.OPTIMAL
        assert solved.labels is not None
        assert np.count_nonzero(solved.labels != home) <= most
        assert solved.objective > before
        before = solved.objective


def test_a_stop_from_the_start_gives_the_first_plan() -> None:
    solved = solve(roster(60, 12, frictions=60), seconds=30, stop=lambda: True)
    assert solved.status is Status.FEASIBLE
    assert solved.seconds < 1.0


def test_best_teams_bound_better_than_best_partners() -> None:
    instance = roster(120, 24, frictions=120)
    warm_up("best_teams", wait=True)
    solved = solve_teams(instance, seconds=4)
    assert solved.bound_by == "best teams"
    assert solved.objective <= solved.bound < quick_bound(instance)


def test_groups_of_one_member_are_proven_although_nothing_is_left_to_split() -> None:
    # The only plan came back from every split, since its lowest value was counted as a mean.
    ones = np.ones(5, dtype=np.int64)
    low = np.array([False, True, False, False, True])
    instance = Instance(
        sizes=ones,
        allowed=np.ones((5, 5), dtype=bool),
        apart=np.zeros((0, 2), dtype=np.int64),
        together=(),
        bounds=(),
        terms=(Term(1, 3200 * ones, tables=(Table(low, np.tile([0, -600], (5, 1))),)),),
        weights=7 * ones,
        weakest=5,
    )

    solution = solve(instance, seconds=2)

    assert solution.status is Status.OPTIMAL
    assert solution.objective == solution.bound == 7 * (3 * 3200 + 2 * 2600) + 5 * 2600
