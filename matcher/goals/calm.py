"""No friction to avoid and no clash in the group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.goals.complement import bond_text
from matcher.people.brief import Brief
from matcher.people.catalogue import Kind
from matcher.people.fit import FULL
from matcher.people.friction import Friction, Severity

AVOID = 100
"""What a friction to avoid costs the group, before the factor 2/m: it touches two members fully."""


def avoided(brief: Brief) -> Mapping[tuple[int, int], Friction]:
    """Return the frictions to avoid between those present, by their indices, the lower one first."""
    return brief.memo("avoided", _avoided)


def _avoided(brief: Brief) -> dict[tuple[int, int], Friction]:
    pairs = {}
    for friction in brief.frictions:
        if friction.severity is Severity.AVOID:
            ends = brief.present((friction.a, friction.b))
            if len(ends) == 2:
                pairs[min(ends), max(ends)] = friction
    return pairs


def _cost(brief: Brief) -> NDArray[np.int16]:
    """``(n, n)``: what each pair costs the group, before the factor 2/m."""
    cost = brief.fit.half_clash_points()
    for i, j in avoided(brief):
        cost[i, j] += AVOID
        cost[j, i] += AVOID
    return cost


class Calm(Quiet):
    """``100 − (2/m) · Σ over pairs of (100 if an avoid friction, plus round(50·clash(i,j)))``."""

    name = "calm"
    label = "Calm"
    sentence = "The group has no friction to avoid and no clash."
    default = "normal"
    of_superpowers = True

    def contribute(self, brief: Brief) -> Points:
        sizes = np.array(brief.sizes, dtype=np.int64)
        cost = brief.memo(self.name, _cost)
        return Points(sizes, base=100 * sizes, pair=cost, factor=np.full_like(sizes, -2))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        cost = brief.memo(self.name, _cost)
        return 100 - Fraction(2 * sum(int(cost[i, j]) for i, j in combinations(group, 2)), len(group))

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        reasons, frictions = [], avoided(brief)
        for i, j in combinations(group, 2):
            friction = frictions.get((min(i, j), max(i, j)))
            if friction:
                note = f": {friction.note.rstrip('.')}" if friction.note else ""
                text = f"{brief.name(i)} and {brief.name(j)} would rather not work together{note}."
                reasons.append(Reason(text, 2.0, private=True))
            for bond in brief.fit.bonds(i, j, Kind.CLASH):
                softened = ""
                if bond.softened:
                    by = brief.roster.catalogue.by_id[bond.relation.softened_by].name.lower()
                    softened = f"; softened by {by}"
                text = f"{bond_text(brief, bond)} ({bond.relation.basis}{softened})."
                reasons.append(Reason(text, bond.raw / FULL, private=True))
        return reasons
