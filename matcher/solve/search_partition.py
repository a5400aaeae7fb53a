"""Annealing on the sums of fits, and a small crowd of plans that breed.

One round of annealing goes through all swaps again and again at a falling temperature. A
member's gain from every swap is one vectorised pass over three rows of numbers, so a
hundred thousand members' worth of swaps cost a few microseconds; that, rather than a
cleverer move, is what beats the tabu and memetic methods of the literature. Rounds that
start anew are then joined by rounds that start from two good plans: what the two agree on
stays, the rest is dealt again, and a cooler round mends it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matcher.instance import Ints
from matcher.solve.compiled import kernel

_LOGS = 4  # draws of log(u) that every round shares, in rows
_SLICE = 0.01  # seconds of annealing between two looks at the clock
_SWEEPS, _FEWEST = 0.05, 1000  # sweeps in a round: so many times n², and at least
_CROWD, _SHARE = 12, 3.0  # plans in the crowd at most; rounds for each of them that the time is shared by
_MANY = 50  # rounds to come with which some may be hotter than is good on average
_STALE = 4  # rounds for each of them that bring nothing new before the crowd starts anew
_HOT, _HURRIED, _COLD, _AGAIN = (
    0.5,
    0.25,
    0.045,
    0.6,
)  # temperatures in the scale of a local optimum's gentlest falls

Array = NDArray[Any]
Found = Callable[[Ints, int], None]


def sweep_plainly(  # noqa: PLR0917 - the compiled form's arguments
    fit: Array, sums: Array, own: Array, labels: Array, count: Array, least: Array, most: Array,
    threshold: Array, order: Array, offsets: Array, flexible: bool,
) -> None:  # fmt: skip
    """Do what :func:`matcher.solve.kernels.sweep` does, a member at a time, in NumPy.

    Of a member's acceptable swaps it takes the one furthest above its threshold.
    """
    n, k = fit.shape[0], sums.shape[0]
    for a, r in zip(order.tolist(), offsets.tolist(), strict=True):
        g = int(labels[a])
        row = sums[:, a] - own[a]
        row[g] = np.iinfo(fit.dtype).min // 8
        if flexible:
            over = np.where(count < most, row - threshold[r : r + k], -1)
            h = int(over.argmax())
            if over[h] >= 0 and count[g] > least[g]:
                sums[g] -= fit[a]
                sums[h] += fit[a]
                labels[a] = h
                count[g] -= 1
                count[h] += 1
                own[:] = sums[labels, np.arange(n)]
                continue
            r += k  # noqa: PLW2901 - the swaps' thresholds follow the moves'
        over = row[labels] - own + sums[g] - 2 * fit[a] - threshold[r : r + n]
        b = int(over.argmax())
        if over[b] >= 0:
            h = int(labels[b])
            change = fit[b] - fit[a]
            sums[g] += change
            sums[h] -= change
            labels[a], labels[b] = h, g
            own[:] = sums[labels, np.arange(n)]


@dataclass(frozen=True)
class Task:
    """A partition problem as the annealing sees it.

    Parameters
    ----------
    fit
        ``(n, n)`` int32 or int64, forbidden pairs already far below every other.
    least, most
        ``(k,)`` int, limits of the sizes.
    never
        What a forbidden pair costs; more than any swap can gain without one.
    """

    fit: Array
    least: Ints
    most: Ints
    never: int = 0

    @property
    def flexible(self) -> bool:
        """Whether any group's size is open."""
        return bool((self.least < self.most).any())

    def value(self, labels: Ints) -> int:
        """Sum of the fits inside groups."""
        groups = (np.flatnonzero(labels == g) for g in range(len(self.least)))
        return sum(int(self.fit[np.ix_(p, p)].sum(dtype=np.int64)) for p in groups) // 2


class _Seats:
    """One plan being annealed."""

    def __init__(self, task: Task, labels: Ints, rng: np.random.Generator) -> None:
        k = len(task.least)
        self.task = task
        self.rng = rng
        self.labels = labels.astype(np.uint32)
        self.sums = np.stack([task.fit[labels == g].sum(axis=0, dtype=task.fit.dtype) for g in range(k)])
        self.own = self.sums[labels, np.arange(len(labels))]
        self.count = np.bincount(labels, minlength=k)
        self.order = rng.permutation(len(labels))
        self.at = 0

    def sweep(self, threshold: Array, rows: int) -> None:
        """Go through the swaps of so many members."""
        n, task = len(self.labels), self.task
        order = self.order.take(range(self.at, self.at + rows), mode="wrap")
        self.at = (self.at + rows) % n
        offsets = self.rng.integers(len(threshold) - n - len(task.least) + 1, size=rows)
        compiled = kernel("sweep", task.fit.dtype.type)
        (compiled or sweep_plainly)(
            task.fit, self.sums, self.own, self.labels, self.count, task.least, task.most,
            threshold, order, offsets, task.flexible,
        )  # fmt: skip

    def falls(self) -> float:
        """What the gentlest hundredth of all swaps (or thirty of few) would cost now: a scale for heat."""
        some = self.rng.permutation(len(self.labels))[:256]
        gain = self.sums[self.labels[some]] - self.own
        gain += (self.sums[self.labels][:, some]).T - self.own[some, None] - 2 * self.task.fit[some]
        apart = self.labels[some, None] != self.labels
        falls = -gain[apart]
        falls = falls[falls < self.task.never] if self.task.never else falls
        share = float(np.clip(30 / max(len(falls), 1), 0.01, 0.3))
        return float(np.quantile(falls, share)) if len(falls) else 0.0


class Crowd:
    """Plans of one task that several threads improve until the time is over.

    Parameters
    ----------
    task
        The problem.
    ended
        Asked often, from every thread; once true, the threads end within milliseconds.
    left
        Seconds that remain.
    found
        Told of every better plan and its value; one call at a time.
    """

    def __init__(
        self, task: Task, *, seed: int, ended: Callable[[], bool], left: Callable[[], float], found: Found
    ) -> None:
        self.task = task
        self.ended, self.left, self.found = ended, left, found
        self.plans: list[tuple[int, Ints]] = []
        self.best: tuple[int, Ints] | None = None
        self.begun = self.stale = 0
        self.anew = 0
        self.size = 2
        self.scale = self.pace = 0.0
        self._lock = Lock()
        draws = _LOGS * (len(task.fit) + len(task.least)) + 1000
        self._logs = np.log(1.0 - np.random.default_rng(seed).uniform(size=draws))
        self._seeds = np.random.SeedSequence(seed)

    def run(self, threads: int) -> None:
        """Improve in so many threads, until ``ended``."""
        with ThreadPoolExecutor(threads) as pool:
            works = [
                pool.submit(self._work, np.random.default_rng(s), threads) for s in self._seeds.spawn(threads)
            ]
            for work in works:
                work.result()

    def _work(self, rng: np.random.Generator, threads: int) -> None:
        walled = 2.0 if self.task.never else 1.0  # most swaps being forbidden, good plans lie further apart
        while not self.ended():
            labels, heat = self._parent(rng)
            seats = _Seats(self.task, labels, rng)
            self._measure(seats)
            if not self.ended():
                span, hottest = self._plan(threads)
                if self.left() > _MANY * span:
                    hottest *= rng.choice([1.0, 2.0, 4.0])  # small problems differ more in their scales
                self._anneal(seats, span, hottest * heat * walled)
            self.offer(seats.labels.astype(np.int64))

    def _plan(self, threads: int) -> tuple[float, float]:
        """Seconds and heat of the next round; also how many plans the crowd holds."""
        n, left = len(self.task.fit), self.left()
        good = max(_SWEEPS * n * n, _FEWEST) * n * max(self.pace, 1e-8)
        with self._lock:
            if self.begun <= self.size:
                self.size = int(np.clip(left * threads / (_SHARE * good), 2, _CROWD))
        return (good, _HOT) if left > 1.6 * good else (left, _HURRIED)

    def _measure(self, seats: _Seats) -> None:
        """Descend to a local optimum for a scale of temperatures; time what one member's swaps take."""
        if self.scale == 0:
            self._descend(seats)
            self.scale = self.scale or max(seats.falls(), 1.0)
        if self.pace == 0:
            began = time.perf_counter()
            seats.sweep(self._threshold(0.0), len(self.task.fit))
            self.pace = (time.perf_counter() - began) / len(self.task.fit)

    def _threshold(self, temperature: float) -> Array:
        """Falls to accept: ``temperature·log(u)``, at most 1 above nothing when it is cold."""
        kind = self.task.fit.dtype
        if temperature <= 0:
            return np.ones(len(self._logs), dtype=kind)
        return np.maximum(temperature * self._logs, np.iinfo(kind).min // 8).astype(kind)

    def _anneal(self, seats: _Seats, span: float, heat: float) -> None:
        began, rows = time.perf_counter(), 0
        hot, cold = self.scale * heat, self.scale * _COLD
        kind = self.task.fit.dtype.type
        plain = kernel("sweep", kind) is None
        while not self.ended():
            if plain and kernel("sweep", kind) is not None:
                self.pace = 0.0  # planned for the slow form; the next round is planned anew
                return
            now = time.perf_counter() - began
            if now >= span:
                break
            step = int(np.clip(min(_SLICE, 0.01 * span) / max(self.pace, 1e-8), 64, 1 << 20))
            seats.sweep(self._threshold(hot * (cold / hot) ** (now / span)), step)
            rows += step
            self.pace = (time.perf_counter() - began) / rows
        self._descend(seats)

    def _descend(self, seats: _Seats) -> None:
        n = len(self.task.fit)
        rows = min(n, 256)
        before = None
        threshold = self._threshold(0.0)
        while before is None or not np.array_equal(before, seats.labels):
            before = seats.labels.copy()
            for _ in range(0, n, rows):
                seats.sweep(threshold, rows)
                if self.left() <= 0:
                    return

    def offer(self, labels: Ints) -> None:
        """Take a plan into the crowd, if it is good enough and new."""
        value = self.task.value(labels)
        with self._lock:
            if self.best is None or value > self.best[0]:
                self.best = (value, labels)
                self.found(labels, value)
            self.stale += 1
            full = len(self.plans) >= self.size
            if all(value != v for v, _ in self.plans) and not (full and value < self.plans[-1][0]):
                self.stale = 0
                self.plans.append((value, labels))
                self.plans.sort(key=lambda plan: -plan[0])
                del self.plans[self.size :]
            elif self.stale > _STALE * self.size:
                self.plans.clear()
                self.begun = self.stale = 0

    def _parent(self, rng: np.random.Generator) -> tuple[Ints, float]:
        """Labels to start a round from, and how hot it starts."""
        with self._lock:
            self.begun += 1
            if self.begun <= self.size or len(self.plans) < 2:
                self.anew += 1
                return self._fresh(rng, chance=self.anew > 1), 1.0
            i, j = rng.choice(len(self.plans), size=2, replace=False)
            one, other = self.plans[i][1], self.plans[j][1]
        return _cross(one, other, len(self.task.least), rng), _AGAIN

    def _fresh(self, rng: np.random.Generator, *, chance: bool) -> Ints:
        sizes = best_sizes(self.task, rng if chance else None)
        return rng.permutation(np.repeat(np.arange(len(sizes)), sizes))


def _cross(one: Ints, other: Ints, k: int, rng: np.random.Generator) -> Ints:
    """Keep what two plans agree on, the groups matched as well as can be; deal the rest again."""
    common = np.zeros((k, k), dtype=np.int64)
    np.add.at(common, (one, other), 1)
    rows, columns = linear_sum_assignment(common, maximize=True)
    name = np.empty(k, dtype=np.int64)
    name[columns] = rows
    labels = one.copy()
    open_ = np.flatnonzero(one != name[other])
    labels[open_] = rng.permutation(one[open_])
    return labels


def best_sizes(task: Task, rng: np.random.Generator | None = None) -> Ints:
    """Sizes that would be best if every pair had the mean fit: a knapsack, solved exactly.

    ``s·(s-1)/2`` is convex, so with a positive mean the best sizes are at their limits, and
    a search that moves members one at a time would have to pass through worse ones.

    Parameters
    ----------
    task
        The problem.
    rng
        If given, each group's sizes are worth a little more or less by chance.
    """
    if not task.flexible:
        return task.least
    n, k = len(task.fit), len(task.least)
    mean, spread = float(task.fit.mean()), float(task.fit.std())
    value = np.full(n + 1, -np.inf)
    value[0] = 0.0
    chosen = np.zeros((k, n + 1), dtype=np.int64)
    for g in range(k):
        bias = 0.0 if rng is None else spread * rng.normal()
        ahead = np.full(n + 1, -np.inf)
        for size in range(int(task.least[g]), min(int(task.most[g]), n) + 1):
            option = np.full(n + 1, -np.inf)
            option[size:] = value[: n + 1 - size] + mean * size * (size - 1) / 2 + bias * size
            better = option > ahead
            ahead[better] = option[better]
            chosen[g, better] = size
        value = ahead
    sizes = np.zeros(k, dtype=np.int64)
    rest = n
    for g in reversed(range(k)):
        sizes[g] = chosen[g, rest]
        rest -= int(sizes[g])
    return sizes
