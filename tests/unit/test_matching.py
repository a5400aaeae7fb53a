"""Best matchings on plain arrays: right, proven, and clear about what is wrong."""

from __future__ import annotations

import time

import numpy as np
import pytest
import rustworkx as rx

from matcher.solve.matching import best_matching, blockers
from matcher.solve.result import Status

KINDS = ("0..100", "-100..100", "wide", "few", "near", "far")


def fits(kind: str, n: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    if kind in ("near", "far"):
        at = random.random((n, 2)) * 1000
        distance = np.rint(np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))).astype(np.int64)
        return distance if kind == "far" else -distance
    if kind == "few":
        fit = random.choice([0, 20, 33, 40, 60, 67, 100], (n, n))
    else:
        low, high = {"0..100": (0, 100), "-100..100": (-100, 100), "wide": (0, 10**6)}[kind]
        fit = random.integers(low, high + 1, (n, n))
    fit = np.triu(fit, 1)
    return fit + fit.T


def full_graph(fit: np.ndarray, allowed: np.ndarray) -> tuple[int, int]:
    """Number of pairs and their fit, by rustworkx on all pairs at once."""
    i, j = np.nonzero(np.triu(allowed, 1))
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(fit)))
    graph.add_edges_from(list(zip(i.tolist(), j.tolist(), fit[i, j].tolist(), strict=True)))
    pairs = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return len(pairs), sum(int(fit[a, b]) for a, b in pairs)


def everybody_once(found, n: int) -> bool:
    members = found.pairs.ravel().tolist() + ([] if found.trio is None else found.trio.tolist())
    return sorted(members) == list(range(n))


@pytest.mark.parametrize("n", [60, 202, 260])
@pytest.mark.parametrize("kind", KINDS)
def test_as_good_as_the_full_graph(kind: str, n: int) -> None:
    fit = fits(kind, n, seed=n)
    found = best_matching(fit)
    assert found.status is Status.OPTIMAL
    assert found.objective == found.bound == full_graph(fit, np.ones((n, n), dtype=bool))[1]
    assert found.objective == fit[found.pairs[:, 0], found.pairs[:, 1]].sum()
    assert everybody_once(found, n)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_forbidden_pairs_are_never_formed(share: float) -> None:
    n = 240
    random = np.random.default_rng(3)
    allowed = np.triu(random.random((n, n)) >= share, 1)
    allowed |= allowed.T
    fit = fits("-100..100", n, seed=4)
    found = best_matching(fit, allowed)
    pairs, value = full_graph(fit, allowed)
    assert 2 * pairs == n
    assert (found.status, found.objective) == (Status.OPTIMAL, value)
    assert allowed[found.pairs[:, 0], found.pairs[:, 1]].all()


def test_two_departments_of_odd_size_share_one_pair() -> None:
    # Half-pairs in odd cycles fool a relaxation without odd sets here, at every step.
    n = 220
    team = np.arange(n) < 111
    fit = np.where(team[:, None] == team, 100, 0)
    found = best_matching(fit)
    assert (found.status, found.objective) == (Status.OPTIMAL, 100 * (n // 2 - 1))


@pytest.mark.parametrize("kind", KINDS)
def test_trio_is_the_best_of_all_trios(kind: str) -> None:
    n = 13
    fit = fits(kind, n, seed=7)
    found = best_matching(fit)
    best = max(
        fit[a, b]
        + fit[a, c]
        + fit[b, c]
        + full_graph(*(np.delete(np.delete(m, [a, b, c], 0), [a, b, c], 1) for m in (fit, np.ones((n, n)))))[
            1
        ]
        for a in range(n)
        for b in range(a)
        for c in range(b)
    )
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, best, best)
    assert everybody_once(found, n)


@pytest.mark.parametrize("kind", KINDS)
def test_trio_among_many_is_proven(kind: str) -> None:
    fit = fits(kind, 151, seed=8)
    found = best_matching(fit)
    assert found.status is Status.OPTIMAL
    assert everybody_once(found, 151)
    a, b, c = found.trio
    assert (
        found.objective == fit[found.pairs[:, 0], found.pairs[:, 1]].sum() + fit[a, b] + fit[a, c] + fit[b, c]
    )
    # Whoever leaves the trio's company cannot make the rest do better.
    rest = np.setdiff1d(np.arange(151), found.trio)
    assert (
        full_graph(fit[np.ix_(rest, rest)], np.ones((148, 148)))[1]
        == fit[found.pairs[:, 0], found.pairs[:, 1]].sum()
    )


def test_order_of_rows_does_not_change_the_objective() -> None:
    for n in (210, 61):
        fit = fits("few", n, seed=1)
        order = np.random.default_rng(2).permutation(n)
        assert best_matching(fit[np.ix_(order, order)]).objective == best_matching(fit).objective


def test_one_seed_gives_one_answer() -> None:
    fit = fits("0..100", 211, seed=1)
    first, second = best_matching(fit, seed=5), best_matching(fit, seed=5)
    assert np.array_equal(first.pairs, second.pairs)
    assert np.array_equal(first.trio, second.trio)


@pytest.mark.parametrize(("n", "pairs", "trio"), [(0, 0, None), (2, 1, None), (3, 0, [0, 1, 2])])
def test_smallest(n: int, pairs: int, trio: list[int] | None) -> None:
    found = best_matching(np.full((n, n), 7))
    assert found.status is Status.OPTIMAL
    assert len(found.pairs) == pairs
    assert found.objective == 7 * (pairs + (3 if trio else 0))
    assert trio is None or found.trio.tolist() == trio


def test_one_member_alone_cannot_be_placed() -> None:
    assert best_matching([[0]]).status is Status.INFEASIBLE


def test_large_weights_stay_exact() -> None:
    fit = fits("wide", 204, seed=2) * 10**6 + fits("0..100", 204, seed=3)
    assert best_matching(fit).objective == full_graph(fit, np.ones((204, 204)))[1]


def test_a_limit_on_time_gives_an_honest_bound() -> None:
    fit = fits("near", 601, seed=2)
    start = time.perf_counter()
    found = best_matching(fit, seconds=0.05)
    assert time.perf_counter() - start < 5
    assert found.status in (Status.FEASIBLE, Status.UNKNOWN, Status.OPTIMAL)
    best = best_matching(fit)
    assert found.bound >= best.objective
    assert found.status is Status.UNKNOWN or found.objective <= best.objective


def joined(parts: list[list[int]], hubs: list[int]) -> np.ndarray:
    """Everybody in a part may be together, and each hub with the first of every part."""
    n = sum(map(len, parts)) + len(hubs)
    allowed = np.zeros((n, n), dtype=bool)
    for part in parts:
        allowed[np.ix_(part, part)] = True
        allowed[part[0], hubs] = allowed[hubs, part[0]] = True
    return allowed


@pytest.mark.parametrize(
    ("parts", "hubs"),
    [
        ([[0, 1, 2], [3, 4, 5]], []),
        ([[0], [1], [2]], [3]),
        ([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [9]),
        ([[0, 1, 2], [3], [4, 5, 6, 7, 8], [9, 10, 11]], [12, 13]),
    ],
)
def test_blockers_are_more_odd_parts_than_members_they_need(parts: list[list[int]], hubs: list[int]) -> None:
    allowed = joined(parts, hubs)
    found = blockers(allowed)
    assert found is not None
    assert len(found.parts) > len(found.needed)
    assert found.needed.tolist() == hubs
    assert sorted(part.tolist() for part in found.parts) == sorted(parts)
    assert best_matching(np.zeros(allowed.shape, dtype=int), allowed).status is Status.INFEASIBLE


def test_blockers_only_when_it_is_impossible() -> None:
    assert blockers(joined([[0, 1, 2], [3, 4, 5]], [6, 7])) is None
    assert blockers(np.ones((6, 6), dtype=bool)) is None


def test_blockers_among_hundreds() -> None:
    n = 240
    allowed = joined([list(range(81)), list(range(81, 162)), list(range(162, 239))], [239])
    found = blockers(allowed)
    assert found is not None
    assert (found.needed.tolist(), len(found.parts)) == ([239], 3)
    assert best_matching(np.zeros((n, n), dtype=int), allowed).status is Status.INFEASIBLE


def test_odd_round_without_a_possible_trio_is_infeasible() -> None:
    path = np.zeros((5, 5), dtype=bool)
    for a in range(4):
        path[a, a + 1] = path[a + 1, a] = True
    assert best_matching(np.zeros((5, 5), dtype=int), path).status is Status.INFEASIBLE


@pytest.mark.parametrize(
    ("fit", "words"),
    [
        ([[0, 1], [2, 0]], "symmetric"),
        ([[0, 1, 2], [1, 0, 3]], "as many rows as columns"),
        ([0, 1], "as many rows as columns"),
        ([[0, 1], [1]], "rows of equal length"),
        ([[0, np.nan], [np.nan, 0]], "missing or infinite"),
        ([[0, np.inf], [np.inf, 0]], "missing or infinite"),
        ([[0, 0.5], [0.5, 0]], "whole numbers"),
        ([["", "a"], ["a", ""]], "whole numbers"),
        ([[0, 2**62], [2**62, 0]], "overflow"),
        (np.full((2, 2), 2**63, dtype=np.uint64), "overflow"),
    ],
)
def test_wrong_fit_raises(fit: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        best_matching(fit)


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        ([[True]], "the shape of fit"),
        ([[True, True], [False, True]], "symmetric"),
        ([[0, 1], [1, 0]], "true and false"),
    ],
)
def test_wrong_allowed_raises(allowed: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        best_matching([[0, 1], [1, 0]], allowed)


def test_whole_numbers_as_floats_are_fine() -> None:
    assert best_matching(np.array([[np.nan, 4.0], [4.0, 0.0]])).objective == 4
