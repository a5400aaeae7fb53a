"""Every pair in a group complements each other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.people.brief import Brief
from matcher.people.catalogue import Kind, Relation
from matcher.people.fit import FULL, Bond

PARTNER = 25
"""A fit from which on somebody counts as a partner."""


def bond_text(brief: Brief, bond: Bond) -> str:
    """Return a relation between two members as a sentence without its final stop."""
    by_id = brief.roster.catalogue.by_id
    first, second = by_id[bond.relation.a].name.lower(), by_id[bond.relation.b].name.lower()
    why = bond.relation.why.rstrip(".")
    why = f": {why[:1].lower()}{why[1:]}" if why else ""
    return f"{brief.name(bond.first)}'s {first} × {brief.name(bond.second)}'s {second}{why}"


class Complement(Quiet):
    """Mean over the group's pairs of ``round(100·complement(i,j))``."""

    name = "complement"
    label = "Complement"
    sentence = "Every pair in the group complements each other fully."
    default = "normal"
    of_superpowers = True

    def contribute(self, brief: Brief) -> Points:
        pairs = np.array([max(1, m * (m - 1) // 2) for m in brief.sizes], dtype=np.int64)
        return Points(pairs, pair=brief.fit.complement_points, factor=np.ones_like(pairs))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        points = [int(brief.fit.complement_points[i, j]) for i, j in combinations(group, 2)]
        return Fraction(sum(points), max(1, len(points)))

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        most = 3 if len(group) == 2 else 1
        bonds = [
            bond for i, j in combinations(group, 2) for bond in brief.fit.bonds(i, j, Kind.COMPLEMENT)[:most]
        ]
        strongest: dict[Relation, Bond] = {}  # a team does not read the same sentence about many pairs
        for bond in sorted(bonds, key=lambda bond: -bond.raw):
            strongest.setdefault(bond.relation, bond)
        return [
            Reason(f"{bond_text(brief, bond)} ({bond.relation.basis}).", bond.raw / FULL)
            for bond in strongest.values()
        ]

    def aside(self, brief: Brief, groups: Sequence[Group]) -> str:
        kept: dict[tuple[int, ...], int] = brief.memo("partnered", lambda _: {})
        for group in map(tuple, groups):
            if group not in kept:  # a change by hand leaves most groups of a large plan as they were
                kept[group] = _partnered(brief, group)
        partnered = sum(kept[tuple(group)] for group in groups)
        share = round(100 * partnered / max(1, sum(map(len, groups))))
        return f"{share} % have a partner with a fit of {PARTNER} or more."


def _partnered(brief: Brief, group: Group) -> int:
    """Return how many of a group have a partner in it."""
    fit = brief.fit.of  # pair by pair: at 10,000 members, most of a table over all is about other groups
    return sum(any(fit(i, j) >= PARTNER for j in group) for i in group)
