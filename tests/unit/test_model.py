"""Each part of the model: what it allows, what it forbids, and exact objective values."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance, Ints, Table, Term
from matcher.solve.model import Model, products
from matcher.solve.result import Status
from tests.unit.test_legal import TWINS, empty, marks

ZERO = np.zeros(2, dtype=np.int64)
FOUR = empty(4, 2)
PAIR = np.array([[0, 5, 1, 0], [5, 0, 0, -2], [1, 0, 0, 7], [0, -2, 7, 0]])


def value_of(instance: Instance, plan: list[int]) -> int | None:
    """The model's objective when the plan is fixed; ``None`` when the model forbids it."""
    model = Model(instance)
    labels: Ints = model.ordered(np.array(plan))
    for u, g, seat in model.variables.all():
        model.model.add(seat == int(labels[model.variables.units[u][0]] == g))
    return model.solve(seconds=10, workers=1).bound


@pytest.mark.parametrize("rule", TWINS)
def test_a_rule_that_can_hold_leaves_a_plan(rule: str) -> None:
    outcome = Model(TWINS[rule][0], goals=False).solve(seconds=10, workers=1)
    assert outcome.labels is not None
    assert TWINS[rule][0].keeps(outcome.labels)


@pytest.mark.parametrize("rule", TWINS)
def test_a_rule_that_cannot_hold_leaves_none(rule: str) -> None:
    assert Model(TWINS[rule][1]).solve(seconds=10, workers=1).status is Status.INFEASIBLE


TERMS = {
    "pairs": (Term(2, np.array([1, 3]), PAIR, np.array([1, 2])), [0, 0, 1, 1], 2 * (1 + 5 + 3 + 2 * 7)),
    "pairs that cost": (Term(1, ZERO, PAIR, np.array([1, 1])), [0, 1, 0, 1], 1 - 2),
    "places": (Term(3, ZERO, place=np.arange(8).reshape(4, 2)), [0, 0, 1, 1], 3 * (0 + 2 + 5 + 7)),
    "coverage": (
        Term(1, ZERO, tables=(Table(marks(4, 0, 1), np.array([[0, 6, 6], [0, 6, 6]])),)), [0, 1, 1, 0], 12,
    ),
    "coverage in one group": (
        Term(1, ZERO, tables=(Table(marks(4, 0, 1), np.array([[0, 6, 6], [0, 6, 6]])),)), [0, 0, 1, 1], 6,
    ),
    "nobody alone": (
        Term(1, ZERO, tables=(Table(marks(4, 0, 1), np.array([[4, -3, 4], [4, -3, 4]])),)), [0, 1, 1, 0], -6,
    ),
    "a cap": (Term(2, ZERO, PAIR, np.array([1, 1]), cap=np.array([4, 99])), [0, 0, 1, 1], 2 * (4 + 7)),
    "a cap not reached": (Term(2, ZERO, PAIR, np.array([1, 1]), cap=np.array([9, 9])), [0, 1, 1, 0], 0),
}  # fmt: skip


@pytest.mark.parametrize("part", TERMS)
def test_a_fixed_plan_has_its_exact_value(part: str) -> None:
    term, plan, expected = TERMS[part]
    instance = replace(FOUR, terms=(term,), weights=np.array([1, 1]))
    assert value_of(instance, plan) == expected == instance.objective(np.array(plan))


def test_the_weakest_group_counts_with_its_weight() -> None:
    term = Term(1, ZERO, PAIR, np.array([1, 1]))
    instance = replace(FOUR, terms=(term,), weights=np.array([1, 1]), weakest=10)
    assert value_of(instance, [0, 0, 1, 1]) == 5 + 7 + 10 * 5


def test_a_plan_that_breaks_a_rule_has_no_value() -> None:
    assert value_of(replace(FOUR, apart=np.array([[0, 1]])), [0, 0, 1, 1]) is None
    bound = Bound(marks(4, 0, 1), ZERO, np.array([1, 1]))
    assert value_of(replace(FOUR, bounds=(bound,)), [0, 0, 1, 1]) is None
    assert value_of(replace(FOUR, bounds=(bound,)), [0, 1, 1, 0]) == 0


def test_blocks_share_their_booleans() -> None:
    model = Model(replace(FOUR, together=((0, 3),)))
    assert sum(1 for _ in model.variables.all()) == 3 * 2


def test_a_large_common_factor_is_divided_out() -> None:
    term = Term(1, ZERO, PAIR * 10**14, np.array([1, 1]))
    instance = replace(FOUR, terms=(term,), weights=np.array([1, 1]))
    outcome = Model(instance).solve(seconds=10, workers=1)
    assert outcome.bound == 12 * 10**14


def test_points_too_large_for_an_exact_solve_are_refused() -> None:
    term = Term(1, ZERO, PAIR * 10**16 + np.array([1, 0, 0, 0])[:, None] * 0, np.array([1, 1]))
    odd = replace(term, place=np.ones((4, 2), dtype=np.int64))
    instance = replace(FOUR, terms=(odd,), weights=np.array([1, 1]))
    with pytest.raises(ValueError, match="too large"):
        Model(instance)


def test_negative_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Model(replace(FOUR, weights=np.array([1, -1])))


def test_products_counts_pairs_worth_something_in_every_group() -> None:
    assert products(replace(FOUR, terms=(Term(1, ZERO, PAIR, np.array([1, 1])),))) == 4 * 2


def test_a_stop_before_the_search_has_begun_is_not_lost() -> None:
    rng = np.random.default_rng(0)
    pair = np.triu(rng.integers(0, 100, (40, 40)), 1)
    instance = replace(
        empty(40, 8), terms=(Term(1, np.zeros(8, dtype=np.int64), pair + pair.T, np.ones(8, dtype=np.int64)),)
    )
    model = Model(instance)
    began = time.perf_counter()
    model.solve(seconds=60, workers=2, ended=lambda: True)
    assert time.perf_counter() - began < 3.0
