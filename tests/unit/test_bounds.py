from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.instance import Instance, Table, Term
from matcher.solve.bounds import quick_bound, rough_bound

ZERO = np.zeros(2, dtype=np.int64)
PAIR = np.array([[0, 5, 1, 0], [5, 0, 0, 2], [1, 0, 0, 7], [0, 2, 7, 0]])


def instance(*terms: Term, weakest: int = 0, sizes: tuple[int, ...] = (2, 2)) -> Instance:
    n, k = sum(sizes), len(sizes)
    return Instance(
        sizes=np.array(sizes), allowed=np.ones((n, k), dtype=bool), apart=np.empty((0, 2), dtype=np.int64),
        together=(), bounds=(), terms=terms, weights=np.ones(k, dtype=np.int64), weakest=weakest,
    )  # fmt: skip


def test_pairs_are_bounded_by_best_partners() -> None:
    pairs = instance(Term(1, ZERO, PAIR, np.array([1, 1])))
    assert quick_bound(pairs) == 12  # (5 + 5 + 7 + 7) / 2, which the plan 01|23 reaches


def test_members_kept_apart_are_nobodys_best_partner() -> None:
    pairs = replace(instance(Term(1, ZERO, PAIR, np.array([1, 1]))), apart=np.array([[2, 3]]))
    assert quick_bound(pairs) == 6  # (5 + 5 + 1 + 2) / 2, rounded down


def test_places_keep_the_sizes() -> None:
    place = np.array([[9, 0], [8, 0], [7, 0], [6, 0]])
    assert quick_bound(instance(Term(1, ZERO, place=place))) == 17  # only two of the four fit


def test_tables_share_the_marked_members() -> None:
    marked = np.array([True, True, False, False])
    points = np.array([[0, 10, 12], [0, 10, 12]])
    assert quick_bound(instance(Term(1, ZERO, tables=(Table(marked, points),)))) == 20
    all_in_one = np.array([[0, 0, 30], [0, 0, 30]])
    assert quick_bound(instance(Term(1, ZERO, tables=(Table(marked, all_in_one),)))) == 30


def test_a_cap_bounds_its_term() -> None:
    place = np.full((4, 2), 10)
    assert quick_bound(instance(Term(3, ZERO, place=place, cap=np.array([4, 5])))) == 27


def test_the_weakest_group_is_at_most_the_mean() -> None:
    place = np.array([[9, 0], [8, 0], [7, 0], [6, 0]])
    assert quick_bound(instance(Term(1, ZERO, place=place), weakest=2)) == 17 + 2 * 17 // 2


def test_the_weakest_group_is_bounded_when_no_group_has_a_weight() -> None:
    alone = replace(instance(Term(1, np.array([3, 9])), weakest=2), weights=ZERO)
    assert quick_bound(alone) == 12  # twice the mean of 3 and 9; twice 3 would be the optimum


def test_small_integer_types_do_not_overflow() -> None:
    pair = np.full((4, 4), 120, dtype=np.int8) - np.diag(np.full(4, 120, dtype=np.int8))
    bounded = instance(Term(100, ZERO, pair, np.array([50, 50])))
    assert quick_bound(bounded) == rough_bound(bounded) == 2 * 100 * 50 * 120


def test_stopped_at_once_the_bound_is_rougher_but_holds() -> None:
    pairs = instance(Term(1, ZERO, PAIR, np.array([1, 1])))
    assert quick_bound(pairs, lambda: True) == 14 == rough_bound(pairs)
