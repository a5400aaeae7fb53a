"""Proof by columns: choose teams from their full list so that everybody is in exactly one.

Branch and bound. Each node's linear relaxation is solved by column generation, priced
over every team still possible there; its prices give an exact integer bound, and drop each
team that cannot be in a plan better than the best known. Nodes are split at the weakest
group's value, then at two members being together or not (Ryan and Foster, "An integer
programming approach to scheduling", 1981), then at a member being in a kind of group or not.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.columns import Columns
from matcher.solve.progress import Record
from matcher.solve.relaxation import Fractional, Relaxation
from matcher.solve.result import Stop

_BATCH = 200  # teams of each class that join a linear program in one round
_WEAKEST_FIRST = 0.1  # split at the weakest value while that explains this share of a node's gap
_NEARLY = 0.01  # two members together to this distance from never or always are no ground to split
_WHOLE = 1e-6  # a team taken to this distance from 0 or 1 is not taken, or taken


@dataclass(frozen=True, eq=False)
class _Node:
    """A part of all plans: those of some teams, with the lowest value between two limits.

    ``alive`` are the teams' indices by class, ``chosen`` those in the linear program;
    ``bound`` and ``solved`` are there once the linear program is solved.
    """

    alive: list[Ints]
    chosen: list[Ints]
    least: int
    most: int
    bound: int = 0
    solved: Fractional | None = None


class Master:
    """The choice of teams from their full list.

    Parameters
    ----------
    instance
        What is to be filled.
    columns
        Every team that may be chosen, by class; no class without teams.
    record
        The solve's record, which holds a plan. Better plans and bounds go there.
    ended
        Asked often; once true, the search ends.
    """

    def __init__(self, instance: Instance, columns: list[Columns], record: Record, ended: Stop) -> None:
        self.instance, self.columns, self.record, self.ended = instance, columns, record, ended
        assert record.labels is not None
        empty = instance.group_values(record.labels)[instance.sizes == 0]
        self.relaxation = Relaxation(instance, columns, empty)
        values = [*(c.values for c in columns), *empty[:, None]]
        self.lowest = min(int(v.min()) for v in values)
        self.highest = min(int(v.max()) for v in values)  # of the lowest values of all plans
        self.value_step = math.gcd(*(int(np.gcd.reduce(v - self.lowest)) for v in values)) or 1
        weights = [*self.relaxation.weights, instance.weakest]
        self.step = math.gcd(*weights) * self.value_step  # divides the difference of any two objectives
        self.opened = 0
        self.unsettled = self.record.objective

    def prove(self) -> None:
        """Search until the best plan is proven or it ends; bounds on the way."""
        alive = [np.arange(len(c.values)) for c in self.columns]
        root = _Node(alive, [self._planned(c) for c in self.columns], self.lowest, self.highest)
        waiting: list[tuple[int, int, _Node]] = []
        self._open(waiting, root)
        while waiting and not self.ended():
            bound, number, node = heapq.heappop(waiting)
            self._bounded(-bound)
            if -bound < self._aim():
                break
            if number & (number - 1) == 0:  # at the root and ever more rarely
                self._dive(node)
            for child in self._split(node):
                self._open(waiting, child)
        if not self.ended():
            self.record.bounded(max(self.record.objective, self.unsettled), "every team")

    def _open(self, waiting: list[tuple[int, int, _Node]], node: _Node | None) -> None:
        """Solve a node's linear program; keep the node if a better plan may be in it."""
        solved = self._solved(node)
        if solved is not None:
            heapq.heappush(waiting, (-solved.bound, self.opened, solved))
            self.opened += 1

    def _dive(self, node: _Node) -> None:
        """Look for a plan by fixing one team after another, the most taken first."""
        at: _Node | None = node
        while at is not None and not self.ended():
            assert at.solved is not None
            shares = [np.where(part < 1 - _WHOLE, part, 0) for part in at.solved.taken]
            best = max(range(len(shares)), key=lambda c: shares[c].max(initial=0))
            if shares[best].max(initial=0) < _WHOLE:
                return
            j = at.chosen[best][np.argmax(shares[best])]
            inside = np.zeros(self.instance.members, dtype=bool)
            inside[self.columns[best].teams[j]] = True
            alive = [
                index[~inside[column.teams[index]].any(axis=1) | ((index == j) & (c == best))]
                for c, (column, index) in enumerate(zip(self.columns, at.alive, strict=True))
            ]
            at = self._solved(self._within(at, alive, at.least, at.most))

    def _aim(self) -> int:
        """The lowest objective that would be an improvement."""
        return self.record.objective + self.step

    def _bounded(self, bound: int) -> None:
        """Take a bound, lowered to the next value that a plan's objective can have."""
        bound = max(bound, self.record.objective)
        bound -= (bound - self.record.objective) % self.step
        self.record.bounded(bound, "every team")

    def _planned(self, column: Columns) -> Ints:
        """Indices of the teams in the best plan so far."""
        assert self.record.labels is not None
        labels, teams = self.record.labels, column.teams
        whole = np.arange(len(teams))
        for h in range(1, teams.shape[1]):
            whole = whole[labels[teams[whole, h]] == labels[teams[whole, 0]]]
        return whole[np.isin(labels[teams[whole, 0]], column.groups)]

    def _within(self, node: _Node, alive: list[Ints], least: int, most: int) -> _Node | None:
        """A part of a node; ``None`` when a class has no team left."""
        if not all(map(len, alive)):
            return None
        chosen = [np.intersect1d(c, a, assume_unique=True) for c, a in zip(node.chosen, alive, strict=True)]
        return _Node(alive, chosen, least, most)

    def _solved(self, node: _Node | None) -> _Node | None:
        """Column generation: the node with its bound, its hopeless teams dropped.

        ``None`` when no better plan can be in it, or the search ended.
        """
        if node is None:
            return None
        alive, chosen = node.alive, node.chosen
        while not self.ended():
            solved = self.relaxation.solve(chosen, node.least, node.most, self.record.left)
            priced = None if solved is None else self.relaxation.bound(solved, alive, node.most, self.ended)
            if solved is None or priced is None:
                return None
            unit, total, gains = priced
            if not self.opened:
                self._bounded(total // unit)
            lacking = self._aim() * unit - total
            if lacking > 0:
                return None
            keep = [gain - gain.max() >= lacking for gain in gains]
            alive = [index[k] for index, k in zip(alive, keep, strict=True)]
            gains = [gain[k] for gain, k in zip(gains, keep, strict=True)]
            new = [self._ahead(*part) for part in zip(alive, gains, chosen, strict=True)]
            if not any(map(len, new)):
                self._take(chosen, solved)
                better = total >= self._aim() * unit
                return _Node(alive, chosen, node.least, node.most, total // unit, solved) if better else None
            chosen = [np.concatenate(both) for both in zip(chosen, new, strict=True)]
        return None

    def _ahead(self, alive: Ints, gain: Ints, chosen: Ints) -> Ints:
        """The best teams that gain more than every team in the linear program."""
        inside = np.isin(alive, chosen, assume_unique=True)
        best = int(gain[inside].max()) if inside.any() else None
        better = np.arange(len(gain)) if best is None else np.flatnonzero(gain > best + abs(best) // 10**9)
        if len(better) > _BATCH:
            better = better[np.argpartition(gain[better], len(better) - _BATCH)[len(better) - _BATCH :]]
        return alive[better]

    def _take(self, chosen: list[Ints], solved: Fractional) -> None:
        """Record the plan, if the linear program's optimum is one."""
        labels = np.full(self.instance.members, -1, dtype=np.int64)
        for column, index, taken in zip(self.columns, chosen, solved.taken, strict=True):
            whole = index[taken > 1 - _WHOLE]
            if len(whole) != len(column.groups):
                return
            for g, team in zip(column.groups, column.teams[whole], strict=True):
                labels[team] = g
        if (labels >= 0).all():
            self.record.found(labels)

    def _split(self, node: _Node) -> Iterator[_Node | None]:
        """Two parts that hold every better plan of a node."""
        assert node.solved is not None
        shares = node.solved.taken
        parts = list(zip(self.columns, node.alive, strict=True))
        worst = min(
            (int(c.values[j][share > _WHOLE].min(initial=node.most))
             for c, j, share in zip(self.columns, node.chosen, shares, strict=True))
        )  # fmt: skip
        rise = int(node.solved.lowest) - worst
        slack = node.bound - self.record.objective
        whole = not any(((share > _WHOLE) & (share < 1 - _WHOLE)).any() for share in shares)
        if whole and node.least == node.most:  # a plan, and taken; what is above it is rounding
            self.unsettled = max(self.unsettled, node.bound)
            return
        # whole teams leave only the lowest value to split: the program counts a mean of it
        if node.least < node.most and (whole or self.instance.weakest * rise > _WEAKEST_FIRST * slack):
            middle = min(max(worst + rise // 2, node.least), node.most - 1)
            yield self._within(node, node.alive, node.least, middle)
            above = [j[c.values[j] > middle] for c, j in parts]
            yield self._within(node, above, middle + 1, node.most)
            return
        together = np.zeros((self.instance.members, self.instance.members))
        inside = np.zeros((self.instance.members, len(parts)))
        for c, (column, index, share) in enumerate(zip(self.columns, node.chosen, shares, strict=True)):
            taken = share > _WHOLE
            for team, part in zip(column.teams[index[taken]], share[taken], strict=True):
                together[np.ix_(team, team)] += part
                inside[team, c] += part
        np.fill_diagonal(together, -1)
        if np.abs(together - 0.5).min() > 0.5 - _NEARLY:  # whole teams, each shared by unlike groups
            a, kind = np.unravel_index(np.argmin(np.abs(inside - 0.5)), inside.shape)
            for there in (True, False):
                alive = [
                    j if (c == kind) == there else j[(column.teams[j] != a).all(axis=1)]
                    for c, (column, j) in enumerate(zip(self.columns, node.alive, strict=True))
                ]
                yield self._within(node, alive, node.least, node.most)
            return
        a, b = np.unravel_index(np.argmin(np.abs(together - 0.5)), together.shape)
        held = [((c.teams[j] == a) | (c.teams[j] == b)).sum(axis=1) for c, j in parts]
        for count in (1, 2):
            alive = [j[h != count] for j, h in zip(node.alive, held, strict=True)]
            yield self._within(node, alive, node.least, node.most)
