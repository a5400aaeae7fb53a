"""`best_partition`: the maximally diverse grouping problem on plain arrays."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest

from matcher.solve import Status
from matcher.solve.compiled import warm_up
from matcher.solve.partition import best_partition, partition_bound
from matcher.solve.search_partition import Crowd, Task, best_sizes, sweep_plainly


@pytest.fixture(autouse=True, scope="module")
def _compiled():
    for kind in (np.int32, np.int64):
        warm_up("sweep", kind=kind, wait=True)


def random_fit(n: int, seed: int = 0, low: int = -50) -> np.ndarray:
    fit = np.triu(np.random.default_rng(seed).integers(low, 100, (n, n)), 1)
    return fit + fit.T


def worth(fit: np.ndarray, labels) -> int:
    labels = np.asarray(labels)
    return int(np.triu(fit, 1)[labels[:, None] == labels].sum())


def best_by_hand(fit: np.ndarray, limits: list[tuple[int, int]], apart=()) -> int:
    best = None
    for labels in itertools.product(range(len(limits)), repeat=len(fit)):
        count = np.bincount(labels, minlength=len(limits))
        legal = all(least <= c <= most for (least, most), c in zip(limits, count, strict=True))
        if legal and all(labels[i] != labels[j] for i, j in apart):
            best = worth(fit, labels) if best is None else max(best, worth(fit, labels))
    assert best is not None
    return best


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limits", [[(3, 3), (4, 4)], [(1, 5), (2, 4), (0, 3)], [(2, 2), (2, 2), (3, 3)]])
def test_the_best_of_all_partitions_is_found(limits, seed):
    fit, apart = random_fit(7, seed), [(0, 1), (2, 5)]
    found = best_partition(fit, limits, apart, seconds=0.3, seed=seed)
    assert found.objective == worth(fit, found.labels) == best_by_hand(fit, limits, apart)
    assert found.bound >= found.objective
    assert all(found.labels[i] != found.labels[j] for i, j in apart)


def test_sizes_and_pairs_are_kept_at_a_hundred_elements():
    fit = random_fit(100)
    i, j = np.triu_indices(100, 1)
    drawn = np.random.default_rng(1).choice(len(i), 250, replace=False)
    apart = list(zip(i[drawn].tolist(), j[drawn].tolist(), strict=True))
    limits = [(8, 14)] * 5 + [(7, 12)] * 5
    told = []
    found = best_partition(fit, limits, apart, seconds=0.6, on_progress=told.append)
    count = np.bincount(found.labels, minlength=10)
    assert all(least <= c <= most for (least, most), c in zip(limits, count, strict=True))
    assert all(found.labels[a] != found.labels[b] for a, b in apart)
    assert found.objective == worth(fit, found.labels) == told[-1].objective
    assert [p.objective for p in told] == sorted({p.objective for p in told})


def test_a_planted_partition_is_recovered():
    planted = np.random.default_rng(3).permutation(np.repeat(np.arange(8), 6))
    fit = np.where(planted[:, None] == planted, 10, 0) + np.abs(random_fit(48, 5)) % 5
    np.fill_diagonal(fit, 0)
    warm_up(wait=True)
    found = best_partition(fit, [6] * 8, seconds=1.0)
    assert found.objective == worth(fit, planted)


def test_a_partition_that_reaches_the_bound_is_proven_and_ends_early():
    fit = np.where(np.arange(12)[:, None] // 3 == np.arange(12) // 3, 7, 0)
    found = best_partition(fit, [3] * 4, seconds=20)
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 84, 84)
    assert found.seconds < 10


def test_pairs_that_cannot_be_kept_apart_are_proven_impossible():
    found = best_partition(random_fit(6), [3, 3], [(0, 1), (1, 2), (0, 2)], seconds=5)
    assert (found.status, found.labels) == (Status.INFEASIBLE, None)


def test_stop_ends_the_solve_within_half_a_second():
    began = time.perf_counter()
    best_partition(random_fit(60), [6] * 10, seconds=30, stop=lambda: time.perf_counter() - began > 0.2)
    assert time.perf_counter() - began < 2.0  # half a second, and as long again for a busy machine


def test_the_limit_is_wall_clock_time():
    assert best_partition(random_fit(200), [20] * 10, seconds=0.5).seconds < 1.5


def test_large_numbers_and_one_group_are_exact():
    fit = random_fit(9) * 10**12
    assert best_partition(fit, [9], seconds=0.2).objective == worth(fit, np.zeros(9))
    limits = [(4, 4), (5, 5)]
    assert best_partition(fit, limits, seconds=0.3).objective == best_by_hand(fit, limits)


def test_nobody_needs_no_groups():
    assert best_partition(np.zeros((0, 0), dtype=int), [], seconds=0.1).status is Status.OPTIMAL


def test_the_order_of_the_elements_does_not_change_what_is_reached():
    fit, limits = random_fit(8, 4), [4, 4]
    order = np.random.default_rng(0).permutation(8)
    one = best_partition(fit, limits, seconds=0.3)
    other = best_partition(fit[np.ix_(order, order)], limits, seconds=0.3)
    assert one.objective == other.objective


@pytest.mark.parametrize(
    ("fit", "sizes", "apart", "message"),
    [
        (np.zeros((2, 3), dtype=int), [2], (), "as many rows as columns"),
        (np.array([[0, np.nan], [np.nan, 0]]), [2], (), "NaN or infinity"),
        (np.array([[0, 0.5], [0.5, 0]]), [2], (), "fractions"),
        (np.array([[0, 1], [2, 0]]), [2], (), "symmetric"),
        (np.array([["a", "b"], ["b", "a"]]), [2], (), "whole numbers"),
        (np.full((2, 2), 2**60), [2], (), "overflow"),
        (np.zeros((3, 3), dtype=int), [2, 2], (), "room for 4 elements, but fit has 3"),
        (np.zeros((3, 3), dtype=int), [(2, 1), (1, 1)], (), "group 0 has 2 to 1"),
        (np.zeros((3, 3), dtype=int), [(0, 1), (0, 1)], (), "room for 0 to 2 elements, but fit has 3"),
        (np.zeros((2, 2), dtype=int), [1.5, 0.5], (), "one whole number a group"),
        (np.zeros((2, 2), dtype=int), [2], [(0, 2)], "from 0 to 1"),
        (np.zeros((2, 2), dtype=int), [1, 1], [(1, 1)], "two different elements"),
    ],
)
def test_bad_input_is_refused_with_what_was_expected(fit, sizes, apart, message):
    with pytest.raises(ValueError, match=message):
        best_partition(fit, sizes, apart, seconds=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_is_never_below_the_best(seed):
    fit, limits = random_fit(7, seed, low=-90), [(1, 4), (2, 5)]
    least, most = np.array(limits).T
    apart = np.array([[0, 1]])
    assert partition_bound(fit, least, most, apart) >= best_by_hand(fit, limits, apart.tolist())


@pytest.mark.parametrize("mean", [-1, 1])
def test_sizes_to_start_from_are_the_best_for_equal_fits(mean):
    fit = np.full((10, 10), mean)
    task = Task(fit, np.array([1, 2, 3]), np.array([6, 5, 4]))
    pairs = {
        sizes: mean * sum(s * (s - 1) for s in sizes)
        for sizes in itertools.product(range(1, 7), range(2, 6), range(3, 5))
        if sum(sizes) == 10
    }
    assert pairs[tuple(best_sizes(task).tolist())] == max(pairs.values())


@pytest.mark.parametrize("flexible", [False, True])
@pytest.mark.parametrize("kind", [np.int32, np.int64])
def test_running_sums_stay_true_in_both_forms_of_the_sweep(kind, flexible):
    warm_up(wait=True)
    from matcher.solve.kernels import sweep

    rng = np.random.default_rng(2)
    n, k = 90, 5
    fit = random_fit(n).astype(kind)
    slack = 3 if flexible else 0
    for form in (sweep, sweep_plainly):
        labels = rng.permutation(np.repeat(np.arange(k), n // k)).astype(np.uint32)
        sums = np.stack([fit[labels == g].sum(axis=0, dtype=kind) for g in range(k)])
        own, count = sums[labels, np.arange(n)], np.bincount(labels)
        least, most = count - slack, count + slack
        before = own.sum()
        for heat in (40.0, 5.0, 0.0):
            threshold = np.minimum(heat * np.log(rng.uniform(1e-9, 1, 4 * n)), 1).astype(kind)
            form(fit, sums, own, labels, count, least, most, threshold, rng.permutation(n),
                 rng.integers(3 * n - k, size=n), flexible)  # fmt: skip
        assert (sums == np.stack([fit[labels == g].sum(axis=0) for g in range(k)])).all()
        assert (own == sums[labels, np.arange(n)]).all()
        assert (count == np.bincount(labels, minlength=k)).all()
        assert (count >= least).all()
        assert (count <= most).all()
        assert own.sum() > before


def test_a_crowd_in_plain_numpy_is_as_right_as_a_compiled_one(monkeypatch):
    monkeypatch.setattr("matcher.solve.search_partition.kernel", lambda *_: None)
    fit = random_fit(8, 7)
    found = best_partition(fit, [(2, 5), (3, 6)], seconds=0.5)
    assert found.objective == best_by_hand(fit, [(2, 5), (3, 6)])


def test_what_a_watcher_raises_is_not_lost():
    def fail(labels, value):
        raise RuntimeError("no more")

    crowd = Crowd(
        Task(random_fit(6).astype(np.int32), np.array([3, 3]), np.array([3, 3])),
        seed=0, ended=lambda: False, left=lambda: 0.05, found=fail,
    )  # fmt: skip
    with pytest.raises(RuntimeError, match="no more"):
        crowd.run(1)
