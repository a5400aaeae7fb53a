"""Duos against every plan there is, with any rules and goals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.instance import Bound, Instance, Table, Term
from matcher.solve import matching_search
from matcher.solve.duos import is_duos, solve_duos
from matcher.solve.result import Status
from tests.strategies import best_by_hand


@st.composite
def duo_instances(draw: st.DrawFn, most: int = 7) -> Instance:
    """Duos, and a trio anywhere when the number is odd, with every kind of rule and goal."""
    n = draw(st.integers(2, most))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    k = n // 2
    sizes = np.full(k, 2)
    if n % 2:
        sizes[random.integers(k)] = 3
    is_trio = sizes == 3

    def alike(low: int, high: int, *shape: int) -> np.ndarray:
        """The same for all duos, another for the trio."""
        duo, trio = random.integers(low, high, (2, *shape))
        return np.where(is_trio.reshape(k, *[1] * len(shape)), trio, duo)

    def term() -> Term:
        pair = np.triu(random.integers(-20, 30, (n, n)), 1)
        with_pair = random.random() < 0.75
        return Term(
            int(random.integers(1, 4)),
            alike(0, 30),
            pair + pair.T if with_pair else None,
            alike(1, 4) if with_pair else None,
            alike(0, 20, n).T if random.random() < 0.3 else None,
            tuple(Table(random.random(n) < 0.5, alike(-15, 15, 4)) for _ in range(random.integers(4))),
            alike(5, 60) if random.random() < 0.4 else None,
        )

    allowed = np.ones((n, k), dtype=bool)
    together: tuple[tuple[int, ...], ...] = ()
    apart = np.zeros((0, 2), dtype=np.int64)
    bounds: tuple[Bound, ...] = ()
    if draw(st.booleans()):
        apart = np.array([random.choice(n, 2, replace=False) for _ in range(n // 3)], dtype=np.int64).reshape(
            -1, 2
        )
    if draw(st.booleans()):
        for member in np.flatnonzero(random.random(n) < 0.2):
            allowed[member] = np.arange(k) == random.integers(k)
    if draw(st.booleans()):
        block = random.choice(n, min(n, int(random.integers(2, 4))), replace=False)
        together = (tuple(block.tolist()),)
    if draw(st.booleans()):
        bounds = (Bound(random.random(n) < 0.5, alike(0, 2), alike(1, 4)),)
    terms = tuple(term() for _ in range(random.integers(1, 4)))
    weakest = int(random.integers(60)) if draw(st.booleans()) else 0
    return Instance(sizes, allowed, apart, together, bounds, terms, alike(0, 4), weakest)


@pytest.mark.parametrize("small", [0, 200])
@settings(max_examples=60)
@given(instance=duo_instances())
def test_no_plan_is_better(small: int, instance: Instance) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_search, "_SMALL", small)  # 0: even the smallest go through the relaxation
        solution = solve_duos(instance)
    best = best_by_hand(instance)
    assert is_duos(instance)
    assert solution is not None
    if best is None:
        assert solution.status is Status.INFEASIBLE
        return
    assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, best, best)
    assert instance.keeps(solution.labels)
    assert instance.objective(solution.labels) == best


@settings(max_examples=25)
@given(instance=duo_instances(most=9), weakest=st.integers(1, 200))
def test_caring_for_the_weakest_never_lowers_it(instance: Instance, weakest: int) -> None:
    plain, fair = (solve_duos(replace(instance, weakest=w)) for w in (0, weakest))
    assert plain.status == fair.status
    if plain.labels is not None:
        lowest = [int(instance.group_values(s.labels).min()) for s in (plain, fair)]
        assert lowest[0] <= lowest[1]
