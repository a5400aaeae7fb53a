"""Upper bounds on a perfect matching: the matching LP, grown by columns and odd-set cuts.

The LP is Edmonds' perfect matching polytope (Grötschel and Holland, "Solving matching
problems with linear programming", 1985): every member is covered once, and at least one
pair leaves every odd set. Only promising pairs are columns; all others are priced out
on the duals. With an odd number of members exactly one trio is chosen as well: it is a
column over three members, and crosses an odd set when it holds one or three of its members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.instance import Bools, Ints

Floats = NDArray[np.float64]
Numbers = NDArray[Any]  # int64 or float64, the same within one set of duals

_EPS = 1e-6
_CHUNK = 4_000_000  # entries of a (sets, pairs) array at once: some 4 MB of bytes


def shared_sets(sets: Bools, worth: Numbers, i: Ints, j: Ints) -> Numbers:
    """``(m,)``: summed worth of the sets that hold both ``i[e]`` and ``j[e]``."""
    total = np.zeros(len(i), dtype=worth.dtype)
    if not len(sets):
        return total
    step = max(1, _CHUNK // len(sets))
    for start in range(0, len(i), step):
        part = slice(start, start + step)
        total[part] = worth @ (sets[:, i[part]] & sets[:, j[part]]).astype(worth.dtype)
    return total


@dataclass(frozen=True, eq=False)
class Duals:
    """A bound and the price of deviating from it.

    For every perfect matching (with its trio, if any) the objective is ``total`` minus the
    slacks of what it uses, where a pair's slack is ``u[i] + u[j] - weight + Σ worth`` of the
    sets that hold both, and a trio's is ``Σ u + trio - value + Σ worth`` of the sets that
    hold two or three of it.
    """

    u: Numbers
    """``(n,)`` price of each member."""
    sets: Bools
    """``(s, n)`` odd sets."""
    worth: Numbers
    """``(s,)`` non-negative worth of each set, twice its dual."""
    trio: float | int
    """Price of the trio; 0 when there is none."""
    scale: int = 1
    """What one unit of weight is in ``u``, ``worth`` and ``trio``."""

    @property
    def total(self) -> Any:
        """The bound, in scaled units."""
        sizes = self.sets.sum(axis=1, dtype=np.int64)
        return (self.u.sum() + self.worth @ ((sizes - 1) // 2) + self.trio).item()

    def base(self, weight: Numbers) -> Numbers:
        """``(n, n)`` lower bounds on the slacks: without the sets."""
        value: Numbers = self.u[:, None] + self.u[None, :] - weight
        return value

    def cheap_pairs(self, base: Numbers, limit: float | int) -> tuple[Ints, Ints, Numbers]:
        """Pairs ``i < j`` with a slack of at most ``limit``, and their slacks."""
        i, j = np.nonzero(base <= limit)
        upper = i < j
        i, j = i[upper], j[upper]
        slack = base[i, j] + shared_sets(self.sets, self.worth, i, j)
        keep = slack <= limit
        return i[keep], j[keep], slack[keep]

    def trio_slacks(self, trios: Ints, values: Numbers) -> Numbers:
        """``(m,)`` slacks of trios, ``values`` in units of weight."""
        slack: Numbers = self.u[trios].sum(axis=1) + self.trio - values * self.scale
        if len(self.sets):
            step = max(1, _CHUNK // len(self.sets))
            for start in range(0, len(trios), step):
                part = slice(start, start + step)
                inside = self.sets[:, trios[part]].sum(axis=2) >= 2
                slack[part] += self.worth @ inside.astype(self.worth.dtype)
        return slack

    def exact(self, weight: Ints, scale: int) -> Duals:
        """The same duals as integers, repaired so that no pair's slack is negative.

        ``weight`` is ``(n, n)``, already multiplied by ``scale`` and very negative where a pair
        is forbidden. Rounding may leave a slack a little below zero; both members then pay half.
        The trio's price is left to the caller, who knows what trios are worth.
        """
        worth = np.maximum(np.rint(self.worth * scale / 2), 0).astype(np.int64) * 2
        u = np.rint(self.u * scale).astype(np.int64)
        rounded = Duals(u, self.sets, worth, 0, scale)
        i, j, slack = rounded.cheap_pairs(rounded.base(weight), -1)
        short = np.zeros(len(u), dtype=np.int64)
        np.maximum.at(short, i, (1 - slack) // 2)
        np.maximum.at(short, j, (1 - slack) // 2)
        return Duals(u + short, self.sets, worth, 0, scale)


class Relaxation:
    """The matching LP over the columns and cuts given so far, kept warm between solves.

    Parameters
    ----------
    n
        Number of members.
    penalty
        Cost of leaving a member uncovered; keeps the LP feasible while columns are missing.
    trio
        Whether exactly one trio is chosen.
    """

    def __init__(self, n: int, penalty: float, *, trio: bool) -> None:
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        # Without presolve GLOP starts from the last basis; new cuts leave it dual feasible.
        self._lp.SetSolverSpecificParametersAsString("use_preprocessing:false use_dual_simplex:true")
        self._lp.SuppressOutput()
        self._objective = self._lp.Objective()
        self._objective.SetMaximization()
        self._cover = [self._lp.Constraint(1, 1) for _ in range(n)]
        self._one_trio = [self._lp.Constraint(1, 1)] if trio else []
        self._cuts: list[pywraplp.Constraint] = []
        self._uncovered = [self._column([row], -penalty) for row in self._cover + self._one_trio]
        self._pairs: list[pywraplp.Variable] = []
        self._trios: list[pywraplp.Variable] = []
        self._n = n
        self._known: set[bytes] = set()
        self.i = self.j = np.zeros(0, dtype=np.int64)
        self.trios = np.zeros((0, 3), dtype=np.int64)
        self.sets = np.zeros((0, n), dtype=bool)
        self.x: Floats = np.zeros(0)
        self.t: Floats = np.zeros(0)
        self.covered = False
        """Whether the last solution covers every member (and has its trio)."""

    def _column(self, rows: list[pywraplp.Constraint], worth: float) -> pywraplp.Variable:
        column = self._lp.NumVar(0, self._lp.infinity(), "")
        for row in rows:
            row.SetCoefficient(column, 1)
        self._objective.SetCoefficient(column, worth)
        return column

    def add_pairs(self, i: Ints, j: Ints, weight: Floats) -> None:
        """Give the LP the pairs ``i[e] < j[e]``; none may be known already."""
        crossing = (self.sets[:, i] ^ self.sets[:, j]).T
        for a, b, worth, cut in zip(i.tolist(), j.tolist(), weight.tolist(), crossing, strict=True):
            rows = [self._cover[a], self._cover[b]]
            rows += [self._cuts[s] for s in np.flatnonzero(cut).tolist()]
            self._pairs.append(self._column(rows, worth))
        self.i, self.j = np.concatenate([self.i, i]), np.concatenate([self.j, j])

    def add_trios(self, trios: Ints, values: Floats) -> None:
        """Give the LP the ``(m, 3)`` trios."""
        crossing = (self.sets[:, trios].sum(axis=2) % 2 == 1).T
        for trio, worth, cut in zip(trios.tolist(), values.tolist(), crossing, strict=True):
            rows = [self._cover[a] for a in trio] + self._one_trio
            rows += [self._cuts[s] for s in np.flatnonzero(cut).tolist()]
            self._trios.append(self._column(rows, worth))
        self.trios = np.concatenate([self.trios, trios])

    def solve(self, seconds: float) -> Duals | None:
        """Solve; the duals over the columns known so far, or ``None`` when time ran out."""
        self._lp.SetTimeLimit(max(1, int(seconds * 1000)))
        if self._lp.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        self.x = np.array([column.solution_value() for column in self._pairs])
        self.t = np.array([column.solution_value() for column in self._trios])
        self.covered = all(column.solution_value() < _EPS for column in self._uncovered)
        u = np.array([row.dual_value() for row in self._cover])
        cut = np.maximum(0.0, -np.array([row.dual_value() for row in self._cuts]))
        price = self._one_trio[0].dual_value() if self._one_trio else 0.0
        # "At least one pair leaves S" is the same as "at most (|S|-1)/2 pairs are inside S",
        # which needs no look at the many pairs that cross.
        u = u - cut @ self.sets if len(cut) else u
        return Duals(u, self.sets, 2 * cut, price)

    @property
    def grown(self) -> bool:
        """Whether there are columns that the last solution does not know."""
        return len(self.i) > len(self.x) or len(self.trios) > len(self.t)

    def integral(self) -> tuple[Ints, Ints | None] | None:
        """Pairs ``(m, 2)`` and the trio of the last solution, if it is a matching."""
        both = np.concatenate([self.x, self.t])
        if not self.covered or ((both > _EPS) & (both < 1 - _EPS)).any():
            return None
        chosen = np.flatnonzero(self.x > 0.5)
        trio = self.trios[np.flatnonzero(self.t > 0.5)]
        return np.stack([self.i[chosen], self.j[chosen]], axis=1), trio[0] if len(trio) else None

    def cut_odd_sets(self) -> int:
        """Add odd sets that the last solution violates; the number added.

        The sets are the components of the support at several thresholds, as Grötschel and
        Holland do; not every violated set is found.
        """
        n, new = self._n, []
        known = len(self.x)  # columns added since then are at zero
        for threshold in (-1.0, _EPS, 0.1, 0.2, 0.3, 0.4, 0.49, 0.6, 0.7, 0.8):  # -1: of all columns
            on = np.flatnonzero(self.x > threshold)
            hubs = self.trios[np.flatnonzero(self.t > threshold)]
            i = np.concatenate([self.i[on], hubs[:, 0], hubs[:, 1]])
            j = np.concatenate([self.j[on], hubs[:, 1], hubs[:, 2]])
            links = coo_array((np.ones(len(i), dtype=np.int8), (i, j)), shape=(n, n))
            count, label = connected_components(links, directed=False)
            odd = np.flatnonzero(np.bincount(label, minlength=count) % 2 == 1)
            if count == 1 or not len(odd):
                continue
            a, b = label[self.i[:known]], label[self.j[:known]]
            out = a != b
            crossing = np.zeros(count)  # bincount of nothing gives whole numbers
            crossing += np.bincount(a[out], self.x[out], count) + np.bincount(b[out], self.x[out], count)
            used = np.flatnonzero(self.t > _EPS)
            for trio, value in zip(label[self.trios[used]], self.t[used], strict=True):
                parts, times = np.unique(trio, return_counts=True)
                crossing[parts[times % 2 == 1]] += value
            sizes = np.bincount(label, minlength=count)
            for c in odd[(crossing[odd] < 1 - 1e-4) & (sizes[odd] > 1)].tolist():
                members = label == c
                if not self._one_trio and 2 * sizes[c] > n:
                    members = ~members  # the same cut, seen from its smaller side
                key = members.tobytes()
                if key not in self._known:
                    self._known.add(key)
                    new.append(members)
        for members in new:
            row = self._lp.Constraint(1, self._lp.infinity())
            for member in np.flatnonzero(members).tolist():  # whoever is uncovered need not leave
                row.SetCoefficient(self._uncovered[member], 1)
            for e in np.flatnonzero(members[self.i] != members[self.j]).tolist():
                row.SetCoefficient(self._pairs[e], 1)
            for e in np.flatnonzero(members[self.trios].sum(axis=1) % 2 == 1).tolist():
                row.SetCoefficient(self._trios[e], 1)
            self._cuts.append(row)
        if new:
            self.sets = np.concatenate([self.sets, np.array(new)])
        return len(new)
