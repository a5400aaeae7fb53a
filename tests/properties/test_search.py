"""For any instance, the search keeps the rules, counts right and finds the best small plans."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.solve import draw
from matcher.solve.compiled import warm_up
from matcher.solve.search import search
from matcher.solve.search_assignment import reassign
from matcher.solve.search_form import form, objective, state
from tests.strategies import best_by_hand, instances


@given(instance=instances(most_members=8), seed=st.integers(0, 99))
@settings(deadline=None, max_examples=100)
def test_running_values_equal_the_plain_score(instance, seed):
    warm_up(wait=True)
    from matcher.solve.kernels_anneal import anneal

    start = draw(instance, np.random.default_rng(seed))
    if start is None or instance.groups == 1:
        return  # no plan to start from, or nowhere to go
    laid = form(instance)
    now = state(laid, start)
    assert objective(laid, now.value) == instance.objective(start)
    value, record, best = objective(laid, now.value), instance.objective(start), start.copy()
    for heat in (20.0, 0.0):
        value, record = anneal(laid, now, best, value, record, heat, heat, 2.0, 300, 0.3, seed)
        assert instance.keeps(now.labels)
        assert value == instance.objective(now.labels)
    assert instance.keeps(best)
    assert record == instance.objective(best) >= value
    now = state(laid, now.labels)
    rng = np.random.default_rng(seed)
    for step in range(10):
        reassign(laid, now, rng, heat=10.0 * (step % 2), smooth=2.0, most=5, wanted=1 + step % 3)
        assert instance.keeps(now.labels)
        assert objective(laid, now.value) == instance.objective(now.labels)


@given(instance=instances(rules=False))
@settings(max_examples=40)
def test_a_search_is_never_worse_than_its_start_and_never_better_than_the_best(instance):
    start = draw(instance, np.random.default_rng(0))
    assert start is not None, "without rules, anything goes"
    best = search(instance, start, seconds=20, max_iterations=2000)
    assert instance.keeps(best)
    assert instance.objective(start) <= instance.objective(best) <= best_by_hand(instance)
