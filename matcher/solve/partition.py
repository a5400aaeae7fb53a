"""The field's maximally diverse grouping problem, on plain arrays."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.instance import Bound, Instance, Ints
from matcher.solve.compiled import warm_up
from matcher.solve.legal import legal_plan
from matcher.solve.result import OnProgress, Progress, Solution, Status, Stop
from matcher.solve.search_partition import Crowd, Task

_LARGEST = 1 << 60  # sums stay below this, so that no 64-bit number overflows
_NARROW = 1 << 27  # … and below this the faster 32-bit numbers do


@dataclass(frozen=True)
class Partition:
    """The best partition found.

    Parameters
    ----------
    labels
        ``(n,)`` int, the group of each element; ``None`` unless a partition was found.
    objective
        Sum of ``fit`` over the pairs in the same group.
    bound
        No partition has a higher sum.
    status
        How the solve ended.
    seconds
        Wall-clock seconds used.
    """

    labels: Ints | None
    objective: int
    bound: int
    status: Status
    seconds: float


def best_partition(  # noqa: PLR0917 - the field's arguments in the field's order
    fit: ArrayLike,
    sizes: Sequence[int] | Sequence[tuple[int, int]] | Ints,
    apart: Iterable[tuple[int, int]] = (),
    seconds: float = 10.0,
    seed: int = 0,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Partition:
    """Split elements into groups so that the fit inside groups is as large as possible.

    Parameters
    ----------
    fit
        ``(n, n)`` symmetric whole numbers, of any sign; the diagonal does not count.
    sizes
        Size of each group, or ``(least, most)`` of each.
    apart
        Pairs of elements, counted from 0, that may not share a group.
    seconds
        Wall-clock limit, loading the compiled loops included.
    seed
        Source of chance.
    workers
        Threads; by default one a processor.
    on_progress
        Told of every better partition, from a worker thread.
    stop
        Asked often; once true, the best so far is returned within half a second.

    Returns
    -------
    Partition
        ``OPTIMAL`` only when its objective reaches a proven bound.

    Raises
    ------
    ValueError
        Says which argument is not as described above, and what was expected.
    """
    began = time.perf_counter()
    points = _points(fit)
    n = len(points)
    least, most = _limits(sizes, n)
    pairs = _pairs(apart, n)
    if n == 0:
        return Partition(np.zeros(0, dtype=np.int64), 0, 0, Status.OPTIMAL, time.perf_counter() - began)
    bound = partition_bound(points, least, most, pairs)
    task = _task(points, least, most, pairs)
    warm_up("sweep", kind=task.fit.dtype.type)
    legal: list[tuple[int, Ints]] = []

    def left() -> float:
        return seconds - (time.perf_counter() - began)

    def ended() -> bool:
        return left() <= 0 or bool(legal and legal[-1][0] >= bound) or bool(stop and stop())

    def found(labels: Ints, value: int) -> None:
        if (labels[pairs[:, 0]] == labels[pairs[:, 1]]).any():
            return
        legal.append((value, labels))
        if on_progress is not None:
            on_progress(Progress(value, bound, time.perf_counter() - began, labels))

    crowd = Crowd(task, seed=seed, ended=ended, left=left, found=found)
    if len(pairs):
        first = _legal(least, most, pairs, n, seconds=left(), seed=seed, stop=stop)
        if first.labels is None:
            return Partition(None, 0, bound, first.status, time.perf_counter() - began)
        crowd.offer(first.labels[:n])
    crowd.run(workers or os.cpu_count() or 1)
    took = time.perf_counter() - began
    value, labels = legal[-1]
    status = Status.OPTIMAL if value >= bound else Status.FEASIBLE
    return Partition(labels, value, bound, status, took)


def partition_bound(fit: Ints, least: Ints, most: Ints, apart: Ints) -> int:
    """A sum that no partition exceeds: nobody has more than with their best partners.

    Parameters
    ----------
    fit
        ``(n, n)`` symmetric int.
    least, most
        ``(k,)`` int, limits of the sizes.
    apart
        ``(p, 2)`` int, pairs that may not share a group.
    """
    n = len(fit)
    fewest, largest = max(int(least.min()) - 1, 0), min(int(most.max()) - 1, n - 1)
    if largest < 1:
        return 0
    points = fit.copy()
    np.fill_diagonal(points, 0)
    low = int(points.min())
    points[apart[:, 0], apart[:, 1]] = points[apart[:, 1], apart[:, 0]] = low
    np.fill_diagonal(points, low - 1)
    best = -np.sort(-points, axis=1)[:, :largest]
    reached = np.concatenate([np.zeros((n, 1), dtype=np.int64), best.cumsum(axis=1)], axis=1)
    return int(reached[:, fewest:].max(axis=1).sum()) // 2


def _points(fit: ArrayLike) -> Ints:
    """Check and copy the fits; the diagonal becomes 0."""
    given: NDArray[Any] = np.asarray(fit)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise ValueError(f"fit needs as many rows as columns, but its shape is {given.shape}.")
    if given.dtype.kind == "f":
        if not np.isfinite(given).all():
            raise ValueError("fit holds NaN or infinity; every entry needs a whole number.")
        if (given != np.rint(given)).any():
            raise ValueError("fit holds fractions; scale and round them to whole numbers first.")
    elif given.dtype.kind not in "iub":
        raise ValueError(f"fit needs whole numbers, but its type is {given.dtype}.")
    n = len(given)
    largest = max(float(np.abs(given.astype(float)).max(initial=0)), 1.0)
    if largest * max(n, 8) ** 2 * 8 >= _LARGEST:
        raise ValueError(
            f"fit holds {largest:.0f}, so large that sums could overflow; divide all by a factor."
        )
    points = given.astype(np.int64)
    np.fill_diagonal(points, 0)
    if (points != points.T).any():
        i, j = np.argwhere(points != points.T)[0]
        raise ValueError(f"fit needs to be symmetric, but [{i}, {j}] is not [{j}, {i}].")
    return points


def _limits(sizes: Sequence[int] | Sequence[tuple[int, int]] | Ints, n: int) -> tuple[Ints, Ints]:
    """Check the sizes; the least and the most of each group."""
    given: NDArray[Any] = np.asarray(sizes)
    if given.size == 0:
        given = np.zeros((0, 2), dtype=np.int64)
    if given.ndim == 1:
        given = np.stack([given, given], axis=1)
    if given.ndim != 2 or given.shape[1] != 2 or given.dtype.kind not in "iu":
        raise ValueError("sizes needs one whole number a group, or (least, most) for each group.")
    least, most = given.astype(np.int64).T
    if (least < 0).any() or (most < least).any():
        g = int(np.flatnonzero((least < 0) | (most < least))[0])
        raise ValueError(f"sizes needs 0 ≤ least ≤ most, but group {g} has {least[g]} to {most[g]}.")
    if least.sum() > n or most.sum() < n:
        room = str(least.sum()) if (least == most).all() else f"{least.sum()} to {most.sum()}"
        raise ValueError(f"sizes have room for {room} elements, but fit has {n}.")
    return least.copy(), most.copy()


def _pairs(apart: Iterable[tuple[int, int]], n: int) -> Ints:
    """Check the pairs that may not share a group."""
    given = np.asarray(list(apart))
    if given.size == 0:
        return np.zeros((0, 2), dtype=np.int64)
    if given.ndim != 2 or given.shape[1] != 2 or given.dtype.kind not in "iu":
        raise ValueError("apart needs pairs of elements, as whole numbers.")
    if given.min() < 0 or given.max() >= n or (given[:, 0] == given[:, 1]).any():
        raise ValueError(f"apart needs pairs of two different elements from 0 to {n - 1}.")
    return given.astype(np.int64)


def _task(points: Ints, least: Ints, most: Ints, apart: Ints) -> Task:
    """Forbid pairs by a fit below what any swap could make up for; use short numbers if they do."""
    widest = int(most.max())
    largest = int(np.abs(points).max(initial=1))
    never = 4 * largest * widest + 1 if len(apart) else largest
    kind = np.int32 if 8 * widest * (never + largest) < _NARROW else np.int64
    fit = points.astype(kind)
    fit[apart[:, 0], apart[:, 1]] = fit[apart[:, 1], apart[:, 0]] = -never
    return Task(fit, least, most, never if len(apart) else 0)


def _legal(
    least: Ints, most: Ints, apart: Ints, n: int, *, seconds: float, seed: int, stop: Stop | None
) -> Solution:
    """Keep the pairs apart, whatever it is worth; open sizes are filled up with nobodies."""
    spare = int(most.sum()) - n
    seats = n + spare
    nobody = np.arange(seats) >= n
    return legal_plan(
        Instance(
            sizes=most,
            allowed=np.ones((seats, len(most)), dtype=bool),
            apart=apart,
            together=(),
            bounds=(Bound(nobody, np.zeros_like(most), most - least),) if spare else (),
            terms=(),
            weights=np.ones_like(most),
        ),
        seconds=seconds,
        seed=seed,
        stop=stop,
    )
