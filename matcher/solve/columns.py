"""Every team that the rules allow, with its value: the ground for a proof when teams are small."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.instance import Bools, Instance, Ints
from matcher.solve.legal import units
from matcher.solve.result import Stop

_CHUNK = 200_000  # about as many teams are listed at a time, to bound memory and to end soon
_BITS = 6  # of a packed count
LARGEST_TEAM = 2**_BITS - 1
"""Members in a team up to which the teams can be listed."""


@dataclass(frozen=True, eq=False)
class Columns:
    """All possible teams of one class of interchangeable groups.

    Parameters
    ----------
    groups
        ``(q,)`` int, the groups of the class.
    teams
        ``(N, m)`` int16, the members of each team.
    values
        ``(N,)`` int, each team's value ``V``.
    moved
        ``(N,)`` int16, how many of each team come from another group.
    """

    groups: Ints
    teams: NDArray[np.int16]
    values: Ints
    moved: NDArray[np.int16]


def team_count(instance: Instance) -> float:
    """About how many teams :func:`all_teams` lists, or looks at on the way, if pairs apart lie anywhere."""
    clash = np.zeros((instance.members, instance.members), dtype=bool)
    a, b = instance.apart.T
    clash[a, b] = clash[b, a] = True
    total = 0.0
    for groups, allowed, forced in _classes(instance):
        free = np.flatnonzero(allowed & ~forced)
        pairs = max(1, len(free) * (len(free) - 1))
        kept = 1 - np.count_nonzero(clash[np.ix_(free, free)]) / pairs
        seats = max(0, int(instance.sizes[groups[0]] - forced.sum()))
        away = int(_away(instance, int(groups[0]))[free].sum())
        moves = seats if instance.most_moves is None else min(seats, instance.most_moves)
        total += max(
            sum(math.comb(away, m) * math.comb(len(free) - away, h - m) for m in range(min(moves, h) + 1))
            * kept ** (h * (h - 1) // 2)
            for h in range(seats + 1)
        )
    return total


def _away(instance: Instance, g: int) -> Bools:
    """Who would have moved, being in a group."""
    if instance.home is None:
        return np.zeros(instance.members, dtype=bool)
    away: Bools = (instance.home >= 0) & (instance.home != g)
    return away


def all_teams(instance: Instance, ended: Stop, most: int | None = None) -> list[Columns] | None:
    """List every team that keeps the rules, by class of interchangeable groups.

    Memory is about ``100 + 2·m`` bytes for each of :func:`team_count` teams at the peak.

    Parameters
    ----------
    instance
        What is to be filled; groups without seats are left out.
    ended
        Asked often; once true, the listing is given up and ``None`` returned.
    most
        The same as soon as there are more teams than this.
    """
    columns, count = [], 0
    for groups, allowed, forced in _classes(instance):
        teams, values, moved = [], [], []
        away = _away(instance, int(groups[0]))
        for part in _list_teams(instance, allowed, forced, away, int(instance.sizes[groups[0]])):
            if ended():
                return None
            kept = part[_within_bounds(instance, part, int(groups[0]))]
            count += len(kept)
            if most is not None and count > most:
                return None
            teams.append(kept)
            moved.append(away[kept].sum(axis=1, dtype=np.int16))
            values.append(_values(instance, kept, int(groups[0])))
        columns.append(Columns(groups, np.concatenate(teams), np.concatenate(values), np.concatenate(moved)))
    return columns


def _classes(instance: Instance) -> list[tuple[Ints, Bools, Bools]]:
    """Groups of each class, who may be in them, and who has to be (its only group being theirs)."""
    found = []
    for c in np.unique(instance.classes[instance.sizes > 0]):
        groups = np.flatnonzero(instance.classes == c)
        allowed = instance.allowed[:, groups[0]].copy()
        for block in instance.together:
            allowed[list(block)] = allowed[list(block)].all()
        forced = allowed & (instance.allowed.sum(axis=1) == 1)
        for block in instance.together:
            forced[list(block)] = forced[list(block)].any() & allowed[list(block)].all()
        found.append((groups, allowed, forced if len(groups) == 1 else np.zeros_like(forced)))
    return found


def _list_teams(
    instance: Instance, allowed: Bools, forced: Bools, away: Bools, size: int
) -> Iterator[NDArray[np.int16]]:
    """``(N, size)`` at a time: sets of whole units that nothing keeps apart, no more away than may be.

    Partial teams are kept by the number of their heads; a team grows by units behind its
    last one only, so that every set is listed once. Full teams are handed on, not kept.
    """
    n = instance.members
    clash = np.zeros((n, n), dtype=bool)
    a, b = instance.apart.T
    clash[a, b] = clash[b, a] = True
    yield np.empty((0, size), dtype=np.int16)
    must = np.flatnonzero(forced)
    most = size if instance.most_moves is None else instance.most_moves
    if len(must) > size or away[must].sum() > most or clash[np.ix_(must, must)].any():
        return
    optional = [u for u in units(instance) if allowed[u].all() and not forced[u].any()]
    optional = [u for u in optional if not clash[np.ix_(u, u)].any()]
    by_size = {
        z: (np.array([i for i, u in enumerate(optional) if len(u) == z]),
            np.array([u for u in optional if len(u) == z], dtype=np.int16))
        for z in {len(u) for u in optional}
    }  # fmt: skip
    grown: list[list[tuple[NDArray[np.int16], Ints]]] = [[] for _ in range(size + 1)]
    grown[len(must)].append((must[None, :].astype(np.int16), np.array([-1])))
    if len(must) == size:
        yield grown[size][0][0]
    for heads in range(len(must), size):
        for all_so_far, all_last in grown[heads]:
            for z, (index, people) in by_size.items():
                if heads + z > size:
                    continue
                for part in _parts(len(index) - np.searchsorted(index, all_last, side="right")):
                    teams, last = all_so_far[part], all_last[part]
                    first = np.searchsorted(index, last, side="right")
                    more = len(index) - first
                    row = np.repeat(np.arange(len(teams)), more)
                    joining = np.arange(len(row)) - np.repeat(np.cumsum(more) - more - first, more)
                    fits = np.ones(len(row), dtype=bool)
                    for h in range(heads):
                        for p in range(z):
                            fits &= ~clash[teams[row, h], people[joining, p]]
                    row, joining = row[fits], joining[fits]
                    team = np.concatenate([teams[row], people[joining]], axis=1)
                    if most < size:
                        stays = away[team].sum(axis=1) <= most
                        team, joining = team[stays], joining[stays]
                    if heads + z == size:
                        yield team
                    else:
                        grown[heads + z].append((team, index[joining]))
        grown[heads] = []


def _parts(sizes: Ints) -> Iterator[slice]:
    """Consecutive parts whose sizes sum to about a chunk each."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // _CHUNK, append=-1)) + 1
    for start, end in pairwise([0, *ends.tolist()]):
        yield slice(start, end)


class _Counts:
    """How many members of each marked set every team holds, many sets packed into one sum."""

    def __init__(self, marked: list[Bools]) -> None:
        self._fields = 62 // _BITS
        words = -(-len(marked) // self._fields)
        members = len(marked[0]) if marked else 0
        self._packed = np.zeros((words, members), dtype=np.int64)
        for f, mark in enumerate(marked):
            self._packed[f // self._fields] += mark.astype(np.int64) << (_BITS * (f % self._fields))

    def of(self, teams: NDArray[np.int16]) -> list[Ints]:
        """Sums of the packed words, to be read by :meth:`field`."""
        return [word[teams].sum(axis=1) for word in self._packed]

    def field(self, sums: list[Ints], f: int) -> Ints:
        """``(N,)`` int: counts of the ``f``-th marked set."""
        return (sums[f // self._fields] >> (_BITS * (f % self._fields))) & ((1 << _BITS) - 1)


def _within_bounds(instance: Instance, teams: NDArray[np.int16], g: int) -> Bools:
    kept = np.ones(len(teams), dtype=bool)
    for bound in instance.bounds:
        if bound.least[g] > 0 or bound.most[g] < instance.sizes[g]:
            count = bound.marked[teams].sum(axis=1)
            kept &= (count >= bound.least[g]) & (count <= bound.most[g])
    return kept


def _values(instance: Instance, teams: NDArray[np.int16], g: int) -> Ints:
    """``(N,)`` int: what each team is worth as group ``g``, as :class:`Instance` defines it."""
    tables = [table for term in instance.terms for table in term.tables]
    counts = _Counts([table.marked for table in tables])
    sums, f = counts.of(teams), 0
    values = np.zeros(len(teams), dtype=np.int64)
    for term in instance.terms:
        value = np.full(len(teams), int(term.base[g]), dtype=np.int64)
        if term.pair is not None and term.factor is not None:
            inside = np.zeros(len(teams), dtype=np.int64)
            for i in range(teams.shape[1]):
                for j in range(i):
                    inside += term.pair[teams[:, i], teams[:, j]]
            value += int(term.factor[g]) * inside
        if term.place is not None:
            value += term.place[teams, g].sum(axis=1)
        for table in term.tables:
            value += table.points[g][counts.field(sums, f)]
            f += 1
        if term.cap is not None:
            value = np.minimum(value, term.cap[g])
        values += term.importance * value
    return values
