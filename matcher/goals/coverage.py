"""Every family of superpowers is covered by somebody in the group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief
from matcher.people.names import listed


def family_weights(brief: Brief) -> dict[str, list[int]]:
    """Return, for each family that anyone present holds, the best weight in tenths of each member."""
    catalogue = brief.roster.catalogue
    found: dict[str, list[int]] = {}
    for i, member in enumerate(brief.members):
        for superpower, weight in brief.roster.weights(member).items():
            best = found.setdefault(catalogue.family_of(superpower), [0] * len(brief.members))
            best[i] = max(best[i], weight)
    return {family.id: found[family.id] for family in catalogue.families if family.id in found}


class Coverage(Quiet):
    """``100 · Σ over families of the best rank weight in the group / families that anyone present holds``.

    A family counts once: the fifth visionary adds nothing.
    """

    name = "coverage"
    label = "Coverage"
    sentence = "Every family is covered by somebody's first superpower; second and third count less."
    default = "normal"
    of_superpowers = True

    def contribute(self, brief: Brief) -> Points:
        families = family_weights(brief)
        groups = len(brief.sizes)
        tables = []
        for weights in families.values():
            best = np.array(weights)
            below = 0
            for weight in sorted({w for w in weights if w}):
                points = np.full((groups, max(brief.sizes) + 1), 10 * (weight - below), dtype=np.int64)
                points[:, 0] = 0
                tables.append(Table(best >= weight, points))
                below = weight
        return Points(np.full(groups, max(1, len(families)), dtype=np.int64), tables=tuple(tables))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        families = self._families(brief)
        total = sum(max((weights[i] for i in group), default=0) for weights in families.values())
        return Fraction(10 * total, max(1, len(families)))

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        if len(group) < 3:
            return []
        have, lack = [], []
        for family, weights in self._families(brief).items():
            best = max(group, key=lambda i, w=weights: w[i])  # type: ignore[misc]
            name = brief.roster.catalogue.family_by_id[family].name
            if weights[best]:
                have.append(f"{name} ({brief.name(best)})")
            else:
                lack.append(name)
        if not have:
            return []
        missing = f"; nobody brings {listed(lack, 'or')}" if lack else ""
        text = f"Covers {len(have)} of {len(have) + len(lack)} families: {listed(have)}{missing}."
        return [Reason(text, 2.0)]

    def aside(self, brief: Brief, groups: Sequence[Group]) -> str:
        return f"This roster allows {float(self.at_most(brief)):.1f} at most."

    def at_most(self, brief: Brief) -> Fraction:
        """Return what no plan exceeds: each family's best holders in different groups, the largest first."""
        sizes = sorted(brief.sizes, reverse=True)
        families = self._families(brief)
        total = sum(
            size * weight
            for weights in families.values()
            for size, weight in zip(sizes, sorted(weights, reverse=True), strict=False)
        )
        return Fraction(10 * total, max(1, len(families)) * sum(sizes))

    def _families(self, brief: Brief) -> dict[str, list[int]]:
        return brief.memo(self.name, family_weights)
