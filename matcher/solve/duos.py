"""Duos, solved exactly: a maximum-weight matching, with the weakest duo in the objective."""

from __future__ import annotations

import heapq
import time

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.duos_values import Blocks, TrioValues, duo_values, duos_allowed, is_duos
from matcher.solve.matching_bound import Floats
from matcher.solve.matching_search import LARGEST_SUM, Control, Found, search
from matcher.solve.result import OnProgress, Progress, Solution, Status, Stop

__all__ = ["is_duos", "solve_duos"]

_NONE = -(2**62)


def solve_duos(
    instance: Instance,
    *,
    start: Ints | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Solution | None:
    """Best duos (and one trio when somebody would be left over), proven optimal.

    Parameters
    ----------
    instance
        What to solve; see :func:`is_duos` for the kind this solves.
    start
        ``(n,)`` int, a plan to begin with; ignored when it breaks a rule.
    seconds
        Wall-clock limit. One step on a large instance may overrun it a little.
    seed
        Chooses among equally good plans; the objective does not depend on it.
    on_progress
        Told of each better plan and each better bound, once there is a plan.
    stop
        Asked often; ``True`` ends the search with the best plan so far.

    Returns
    -------
    Solution | None
        ``None`` when the instance is of another kind, or its numbers are too large.
    """
    begin = time.perf_counter()
    if not is_duos(instance):
        return None
    solver = _Duos(instance, Control(begin + seconds, stop), seed, begin, on_progress)
    if not solver.fits:
        return None
    if start is not None and instance.keeps(np.asarray(start)):
        solver.offer(np.asarray(start, dtype=np.int64))
    return solver.run()


class _Duos:
    def __init__(
        self, instance: Instance, control: Control, seed: int, begin: float, on_progress: OnProgress | None
    ) -> None:
        self.instance, self.control, self.seed, self.begin = instance, control, seed, begin
        self.on_progress = on_progress
        self.blocks = Blocks.of(instance)
        self.values = duo_values(instance)
        self.allowed = duos_allowed(instance, self.blocks)
        duos = np.flatnonzero(instance.sizes == 2)
        self.weight = (int(instance.weights[duos[0]]) if len(duos) else 0) * self.values
        np.fill_diagonal(self.weight, 0)
        self.trios = TrioValues(instance, self.blocks) if self.blocks.trio >= 0 else None
        self.labels: Ints | None = None
        self.prices: Floats | None = None
        self.objective, self.bound = _NONE, -_NONE

    @property
    def fits(self) -> bool:
        """Whether no sum can overflow."""
        largest = max(abs(int(self.weight.max())), abs(int(self.weight.min())))
        if self.trios is not None:
            bound = self.trios.choice().bound
            largest = max(largest, abs(int(bound.max())), abs(int(bound.min())))
        return largest * self.instance.members < LARGEST_SUM

    def run(self) -> Solution:
        """The answer."""
        nowhere = not self.instance.allowed.any(axis=1).all()
        if nowhere or self.blocks.size.max() > 3 or self.blocks.in_trio.sum() > (3 if self.trios else 0):
            return self._solution(Status.INFEASIBLE)
        if self.instance.weakest == 0:
            status = self._threshold(None, _NONE, extra=0).status
        else:
            status = self._weakest()
        if self.labels is not None and self.bound <= self.objective:
            status = Status.OPTIMAL
        return self._solution(status)

    # -- plans ---------------------------------------------------------------------------------

    def offer(self, labels: Ints) -> None:
        """Take a plan if it is better."""
        value = self.instance.objective(labels)
        if self.labels is None or value > self.objective:
            self.labels, self.objective = labels, value
            self._tell()

    def _limit(self, bound: int) -> None:
        if bound < self.bound:
            self.bound = bound
            self._tell()

    def _tell(self) -> None:
        if self.on_progress is not None and self.labels is not None:
            bound = max(self.bound, self.objective)
            self.on_progress(Progress(self.objective, bound, time.perf_counter() - self.begin, self.labels))

    def _solution(self, status: Status) -> Solution:
        seconds = time.perf_counter() - self.begin
        if status is Status.INFEASIBLE:
            return Solution(status, None, 0, 0, seconds, "no perfect matching")
        if self.labels is None:
            return Solution(status, None, 0, self.bound, seconds, "matching with odd sets")
        bound = max(self.bound, self.objective)
        by = "matching, solved exactly" if status is Status.OPTIMAL else "matching with odd sets"
        return Solution(status, self.labels, self.objective, bound, seconds, by)

    def _labelled(self, pairs: Ints, trio: Ints | None) -> Ints:
        """Groups for the pairs: where a pinned member is pinned, else the next free."""
        labels = np.full(self.instance.members, -1, dtype=np.int64)
        if trio is not None:
            labels[trio] = self.blocks.trio
        pinned = self.blocks.pin[pairs].max(axis=1, initial=-1)
        free = np.setdiff1d(np.flatnonzero(self.instance.sizes == 2), pinned)
        group = pinned.copy()
        group[pinned < 0] = free
        labels[pairs] = group[:, None]
        return labels

    # -- search --------------------------------------------------------------------------------

    def _threshold(self, least: int | None, target: int, extra: int) -> Found:
        """Best plan among those whose groups all reach ``least``, ``extra`` added to its bound.

        Plans of at most ``target`` need not be found.
        """
        allowed = self.allowed if least is None else self.allowed & (self.values >= least)
        choice = None if self.trios is None else self.trios.choice(least)

        def report(found: Found) -> None:
            if found.pairs is not None:
                self.offer(self._labelled(found.pairs, found.trio))
            if least is None:
                self._limit(found.bound + extra)

        goal = None if target == _NONE else target
        control = Control(self.control.deadline, self.control.stop, report, goal, self.prices)
        found = search(self.weight, allowed, choice, control, self.seed)
        self.prices = found.prices if self.prices is None else self.prices
        if found.pairs is not None:
            report(found)
        return found

    def _weakest(self) -> Status:
        """Divide the values that the lowest group may have, and rule ranges out by their bounds.

        Let ``F(t)`` be the best weighted sum with every group at ``t`` or more: it falls as ``t``
        rises. So plans whose lowest value lies in ``[a, b]`` reach ``F(a) + weakest·b`` at most.
        """
        factor = self.instance.weakest
        levels = np.unique(self.values[self.allowed])
        highest = self._highest()
        first = self._threshold(None, _NONE, extra=factor * highest)
        if first.status is not Status.OPTIMAL:
            return first.status
        # Ranges of lowest values still open, as (-bound, F at or below the range, low, high).
        ranges: list[tuple[int, int, int, int]] = []

        def keep(above: int, low: int, high: int) -> None:
            """Remember the part of a range that can still beat the best plan."""
            low = max(low, (self.objective - above) // factor + 1)
            if self.trios is None and low <= high:  # only a pair's value can be the lowest
                inside = levels[np.searchsorted(levels, low) : np.searchsorted(levels, high, side="right")]
                if not len(inside):
                    return
                low, high = int(inside[0]), int(inside[-1])
            if low <= high:
                heapq.heappush(ranges, (-(above + factor * high), above, low, high))

        keep(first.objective, self._lowest(first) + 1, highest)
        while ranges and -ranges[0][0] > self.objective:
            self._limit(-ranges[0][0])
            negative, above, low, high = heapq.heappop(ranges)
            inside = levels[np.searchsorted(levels, low) : np.searchsorted(levels, high, side="right")]
            middle = int(inside[len(inside) // 2]) if len(inside) > 1 else (low + high + 1) // 2
            target = self.objective - factor * high
            found = self._threshold(middle, target, extra=0)
            if found.status is Status.OPTIMAL:
                keep(found.objective, max(middle, self._lowest(found) + 1), high)
            elif found.status is not Status.INFEASIBLE and found.bound > target:
                heapq.heappush(ranges, (negative, above, low, high))
                return Status.FEASIBLE
            keep(above, low, middle - 1)
        self._limit(self.objective)
        return Status.OPTIMAL

    def _highest(self) -> int:
        """No plan's lowest group is worth more."""
        best = np.sort(np.where(self.allowed, self.values, _NONE).max(axis=1))
        if self.trios is None:
            return int(best[0])
        trio = self.trios.highest
        return min(trio, int(best[3])) if len(best) > 3 else trio  # three members are in the trio

    def _lowest(self, found: Found) -> int:
        """The lowest group value of a plan."""
        assert found.pairs is not None
        values = self.values[found.pairs[:, 0], found.pairs[:, 1]]
        if found.trio is not None and self.trios is not None:
            values = np.append(values, self.trios.values(found.trio[None, :]))
        return int(values.min())
