"""How well two members complement each other, and where they may clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.people.catalogue import Kind, Relation
from matcher.people.member import Member
from matcher.people.roster import Roster

FULL = 600
"""Raw points of a full relation: first × first superpower, strength 3, not softened (10·10·3·2)."""


@dataclass(frozen=True)
class Bond:
    """A relation as it shows between two members.

    Parameters
    ----------
    first, second
        Indices of the members; ``first`` holds ``relation.a``, ``second`` holds ``relation.b``.
    relation
        Where it comes from.
    raw
        Its strength between the two, in 1/600.
    softened
        Whether one of the two holds the superpower that softens it.
    """

    first: int
    second: int
    relation: Relation
    raw: int
    softened: bool


class Fit:
    """Relations between all pairs of members.

    ``complement(i,j) = max w(p)·w(q)·strength/3`` over superpowers ``p`` of ``i`` and ``q`` of ``j``;
    ``clash`` likewise, halved when either of the two holds the superpower in ``softened_by``.
    Kept exactly, in 1/600; points are rounded half to even, as Python rounds.

    Parameters
    ----------
    roster
        Catalogue, and whether superpowers are ranked.
    members
        Whom the indices stand for.
    """

    def __init__(self, roster: Roster, members: Sequence[Member]) -> None:
        self.roster = roster
        self.members = tuple(members)
        self._weights = [roster.weights(m) for m in members]

    @cached_property
    def complement_points(self) -> NDArray[np.int16]:
        """``(n, n)``: ``round(100·complement(i,j))``."""
        return self._points(Kind.COMPLEMENT, 100)

    @cached_property
    def clash_points(self) -> NDArray[np.int16]:
        """``(n, n)``: ``round(100·clash(i,j))``."""
        return self._points(Kind.CLASH, 100)

    def half_clash_points(self) -> NDArray[np.int16]:
        """Return ``(n, n)``: ``round(50·clash(i,j))``, what a clash costs in the goal *calm*.

        Not kept here: the goal puts frictions on top, and the table is large.
        """
        return self._points(Kind.CLASH, 50)

    @cached_property
    def fit(self) -> NDArray[np.int16]:
        """``(n, n)``: complement points less clash points, −100…100."""
        return self.complement_points - self.clash_points

    def of(self, i: int, j: int) -> int:
        """Return the fit of one pair, −100…100, without the tables of all pairs."""
        return self._pair_points(i, j, Kind.COMPLEMENT) - self._pair_points(i, j, Kind.CLASH)

    def _pair_points(self, i: int, j: int, kind: Kind) -> int:
        bonds = self.bonds(i, j, kind)[:1] if i != j else []
        return _rounded(100, bonds[0].raw) if bonds else 0

    @cached_property
    def hard(self) -> list[tuple[int, int, Relation]]:
        """Pairs ``i < j`` with a clash that a duo may not have."""
        found: dict[tuple[int, int], Relation] = {}
        for relation in self.roster.catalogue.relations:
            if relation.kind is Kind.CLASH and relation.hard_in_duo:
                for i in self._holders.get(relation.a, []):
                    for j in self._holders.get(relation.b, []):
                        if i != j:
                            found.setdefault((min(i, j), max(i, j)), relation)
        return [(i, j, relation) for (i, j), relation in sorted(found.items())]

    def bonds(self, i: int, j: int, kind: Kind) -> list[Bond]:
        """Return every relation of a kind that shows between two members, the strongest first."""
        found = []
        for p, left in self._weights[i].items():
            for q, right in self._weights[j].items():
                relation = self._by_pair[kind].get((p, q)) or self._by_pair[kind].get((q, p))
                if relation:
                    first, second = (i, j) if relation.a == p else (j, i)
                    softened = any(relation.softened_by in self._weights[x] for x in (i, j))
                    raw = left * right * relation.strength * (1 if softened else 2)
                    found.append(Bond(first, second, relation, raw, softened))
        return sorted(found, key=lambda bond: -bond.raw)

    @cached_property
    def _by_pair(self) -> dict[Kind, dict[tuple[str, str], Relation]]:
        return {kind: {(r.a, r.b): r for r in relations} for kind, relations in self._by_kind.items()}

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Relation]]:
        return {kind: [r for r in self.roster.catalogue.relations if r.kind is kind] for kind in Kind}

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = {}
        for index, weights in enumerate(self._weights):
            for superpower in weights:
                holders.setdefault(superpower, []).append(index)
        return holders

    def _points(self, kind: Kind, full: int) -> NDArray[np.int16]:
        table = np.array([_rounded(full, raw) for raw in range(FULL + 1)], dtype=np.int16)
        points = self._raw(kind)
        for row in points:  # one at a time: numpy makes indices four times as wide as they are here
            row[:] = table[row]
        return points

    def _raw(self, kind: Kind) -> NDArray[np.int16]:
        n = len(self.members)
        raw = np.zeros((n, n), dtype=np.int16)
        for relation in self._by_kind[kind]:
            rows, columns = self._holders.get(relation.a, []), self._holders.get(relation.b, [])
            if not rows or not columns:
                continue
            left = np.array([self._weights[i][relation.a] for i in rows], dtype=np.int16)
            right = np.array([self._weights[j][relation.b] for j in columns], dtype=np.int16)
            block = np.multiply.outer(left, right) * np.int16(2 * relation.strength)
            softening = set(self._holders.get(relation.softened_by, []))
            if softening:
                soft = np.logical_or.outer([i in softening for i in rows], [j in softening for j in columns])
                block = np.where(soft, block // 2, block)
            raw[np.ix_(rows, columns)] = np.maximum(raw[np.ix_(rows, columns)], block)
            raw[np.ix_(columns, rows)] = np.maximum(raw[np.ix_(columns, rows)], block.T)
        np.fill_diagonal(raw, 0)
        return raw


@cache  # asked for every group of a plan, always with the same few hundred numbers
def _rounded(full: int, raw: int) -> int:
    return round(Fraction(full * raw, FULL))
