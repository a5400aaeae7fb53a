"""The search for better plans: what it reaches, what it keeps, when it ends."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance, Table, Term
from matcher.solve import draw
from matcher.solve.compiled import warm_up
from matcher.solve.search import search
from matcher.solve.search_assignment import reassign
from matcher.solve.search_form import form, objective, state


def roster(n: int = 24, size: int = 4, seed: int = 0, *, weakest: int = 20) -> Instance:
    """Like the app's: pair points, coverage, a capped goal, places, frictions, blocks and bounds."""
    rng = np.random.default_rng(seed)
    k = n // size
    sizes = np.full(k, size)
    pair = np.triu(rng.integers(0, 100, (n, n)), 1).astype(np.int8)
    pair += pair.T
    kind = rng.integers(0, 6, n)
    covered = np.repeat(np.array([[0] + [40] * size]), k, axis=0)
    alone = np.repeat(np.array([[0, -30] + [0] * (size - 1)]), k, axis=0)
    apart = np.argwhere(np.triu(rng.random((n, n)) < 0.04, 1))
    together = ((0, 1), (2, 3, 4))
    inside = [set(block) for block in together]
    apart = np.array([p for p in apart.tolist() if not any(set(p) <= b for b in inside)]).reshape(-1, 2)
    marked = np.arange(n) >= n - k
    return Instance(
        sizes=sizes,
        allowed=rng.random((n, k)) < np.where(np.arange(n) < n - 2, 1.0, 0.8)[:, None],
        apart=apart,
        together=together,
        bounds=(Bound(marked, np.zeros(k, dtype=int), np.full(k, 2)),),
        terms=(
            Term(2, np.zeros(k, dtype=int), pair, np.full(k, 3)),
            Term(1, np.zeros(k, dtype=int), tables=tuple(Table(kind == f, covered) for f in range(6))),
            Term(1, np.zeros(k, dtype=int), -(pair // 4), np.arange(1, k + 1), cap=np.full(k, -40)),
            Term(2, np.zeros(k, dtype=int), tables=(Table(kind < 2, alone),), cap=np.full(k, -5)),
            Term(1, np.zeros(k, dtype=int), place=rng.integers(0, 30, (n, k))),
        ),
        weights=sizes.copy(),
        weakest=weakest,
    )


def drawn(instance: Instance, seed: int = 0) -> np.ndarray:
    labels = draw(instance, np.random.default_rng(seed))
    assert labels is not None
    return labels


def test_every_plan_on_the_way_is_legal_and_better_than_the_one_before():
    instance = roster(60, 5)
    start, told = drawn(instance), [None]
    best = search(instance, start, seconds=0.8, on_improve=lambda labels, value: told.append((labels, value)))
    reports = told[1:]
    assert all(instance.keeps(labels) and instance.objective(labels) == value for labels, value in reports)
    values = [instance.objective(start), *(value for _, value in reports)]
    assert values == sorted(set(values))
    assert instance.objective(best) == values[-1] > values[0]


def test_the_same_seed_gives_the_same_plan_when_iterations_end_the_search():
    instance = roster(40, 4)
    start = drawn(instance)
    one, other = (search(instance, start, seconds=60, seed=5, max_iterations=400) for _ in range(2))
    assert (one == other).all()
    assert (start == drawn(instance)).all(), "the plan to start from is the caller's"


def test_nothing_is_lost_when_there_is_nothing_to_gain():
    instance = replace(roster(8, 8), apart=np.zeros((0, 2), dtype=int), bounds=())
    instance = replace(instance, allowed=np.ones((8, 1), dtype=bool))
    assert (search(instance, np.zeros(8, dtype=int), seconds=0.5) == 0).all()
    assert (search(roster(), drawn(roster()), seconds=0) == drawn(roster())).all()


def test_a_start_that_breaks_a_rule_is_refused():
    instance = roster()
    with pytest.raises(ValueError, match="breaks a rule"):
        search(instance, np.zeros(24, dtype=int), seconds=0.1)


def test_stop_is_asked_often_enough():
    warm_up(wait=True)
    instance = roster(400, 5)
    asked = []

    def stop() -> bool:
        asked.append(time.perf_counter())
        return len(asked) > 1 and asked[-1] - asked[0] > 1.0

    search(instance, drawn(instance), seconds=20, stop=stop)
    assert np.median(np.diff(asked)) < 0.1
    assert asked[-1] - asked[0] < 2.0


def test_a_hidden_best_plan_is_found():
    hidden = np.random.default_rng(1).permutation(np.repeat(np.arange(10), 4))
    pair = np.where(hidden[:, None] == hidden, 5, 0)
    np.fill_diagonal(pair, 0)
    sizes = np.full(10, 4)
    term = Term(1, np.zeros(10, dtype=int), pair, np.ones(10, dtype=int))
    instance = Instance(
        sizes, np.ones((40, 10), dtype=bool), np.zeros((0, 2), dtype=int), (), (), (term,), sizes, 3
    )
    warm_up(wait=True)
    best = search(instance, np.repeat(np.arange(10), 4), seconds=30, max_iterations=4000)
    assert instance.objective(best) == instance.objective(hidden)


def test_the_search_works_without_compiled_loops(monkeypatch):
    monkeypatch.setattr("matcher.solve.search.kernel", lambda *_: None)
    instance = roster()
    start = drawn(instance)
    best = search(instance, start, seconds=0.5)
    assert instance.keeps(best)
    assert instance.objective(best) > instance.objective(start)


def test_swaps_keep_the_sums_true_over_many_steps():
    warm_up(wait=True)
    from matcher.solve.kernels_anneal import anneal

    for seed in range(3):
        instance = roster(48, 6, seed)
        laid = form(instance)
        now = state(laid, drawn(instance, seed))
        value = record = objective(laid, now.value)
        best = now.labels.copy()
        for heat in (300.0, 30.0, 0.0):
            value, record = anneal(
                laid, now, best, value, record, heat, heat / 2, 2.0, 4000, 0.3, seed
            )  # fmt: skip
            fresh = state(laid, now.labels)
            assert instance.keeps(now.labels)
            assert value == instance.objective(now.labels)
            for name in ("own", "raw", "value", "count", "inside", "up", "down"):
                assert (getattr(now, name) == getattr(fresh, name)).all(), name
            assert (now.seats[now.labels, now.seat] == np.arange(48)).all()
        assert record == instance.objective(best) >= value


@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_assignment_steps_keep_the_sums_true_over_many_steps(wanted):
    instance = roster(48, 6, wanted)
    laid = form(instance)
    rng = np.random.default_rng(0)
    now = state(laid, drawn(instance))
    for step in range(60):
        heat = 200.0 if step % 2 else 0.0
        before = objective(laid, now.value)
        reassign(laid, now, rng, heat=heat, smooth=2.0, most=50, wanted=wanted)
        assert heat or instance.weakest or objective(laid, now.value) >= before
    fresh = state(laid, now.labels)
    assert instance.keeps(now.labels)
    assert objective(laid, now.value) == instance.objective(now.labels)
    for name in ("raw", "value", "count", "inside"):
        assert (getattr(now, name) == getattr(fresh, name)).all(), name
    assert (now.seats[now.labels, now.seat] == np.arange(48)).all()


@pytest.mark.parametrize("compiled", [True, False])
def test_no_more_members_move_from_home_than_may(monkeypatch, compiled):
    warm_up(wait=True)
    if not compiled:
        monkeypatch.setattr("matcher.solve.search.kernel", lambda *_: None)
    free = roster(40, 4)
    start = drawn(free)
    home = np.where(np.arange(40) < 36, start, -1)
    instance = replace(free, home=home, most_moves=5)
    best = search(instance, start, seconds=0.5)
    assert instance.keeps(best)
    assert 0 < instance.moved(best) <= 5
    assert instance.objective(start) < instance.objective(best)
    if compiled:
        assert instance.objective(best) < free.objective(search(free, start, seconds=0.5))
