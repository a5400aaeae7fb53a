"""Nobody is the only one of their kind in a group."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief
from matcher.people.names import fold, listed


def _kind(brief: Brief, attribute: str, member: int) -> str:
    return fold(brief.members[member].attributes.get(attribute, ""))


def who_is_alone(brief: Brief, attribute: str, group: Group) -> list[int]:
    """Return who in the group is the only one with their value; an empty cell is no kind."""
    counts = Counter(_kind(brief, attribute, i) for i in group)
    return [i for i in group if (kind := _kind(brief, attribute, i)) and counts[kind] == 1]


class NotAlone(Quiet):
    """Share of the group's members who are not the only one there with their value of the attribute.

    The mean over the chosen attributes. Nobody of a kind is fine, two or more are fine; an empty
    cell is no kind, and in a group of one nobody is different.
    """

    name = "not alone"
    label = "Not alone"
    sentence = "Nobody is the only one of their kind in a group, on the chosen attributes."
    default = "off"

    def lacks(self, brief: Brief) -> str:
        return "" if brief.not_alone else "Choose at least one column of the roster for it."

    def contribute(self, brief: Brief) -> Points:
        sizes = np.array(brief.sizes, dtype=np.int64)
        others = np.where(sizes > 1, -100, 0)
        alone = np.zeros((len(sizes), max(brief.sizes) + 1), dtype=np.int64)
        alone[:, 1] = others
        each = np.outer(others, np.arange(max(brief.sizes) + 1))
        tables, ever_alone = [], np.zeros(len(brief.members), dtype=np.int64)
        for attribute in brief.not_alone:
            kinds = np.array([_kind(brief, attribute, i) for i in range(len(brief.members))])
            for kind, count in zip(*np.unique(kinds[kinds != ""], return_counts=True), strict=True):
                if count > 1:
                    tables.append(Table(kinds == kind, alone))
                else:
                    ever_alone += kinds == kind
        # who is the only one on the roster is alone wherever they go: a table a time instead of one each
        most = int(ever_alone.max(initial=0))
        tables += [Table(ever_alone >= times, each) for times in range(1, most + 1)]
        attributes = len(brief.not_alone)
        return Points(sizes * attributes, base=100 * sizes * attributes, tables=tuple(tables))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        if len(group) == 1:
            return Fraction(100)
        alone = sum(len(who_is_alone(brief, attribute, group)) for attribute in brief.not_alone)
        return 100 - Fraction(100 * alone, len(group) * len(brief.not_alone))

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        fine = [a for a in brief.not_alone if len(group) > 1 and not who_is_alone(brief, a, group)]
        if not fine:
            return []
        return [Reason(f"Nobody is the only one of their kind here by {listed(fine)}.", 0.5, private=True)]

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        if len(group) == 1:
            return []
        return [
            Reason(
                f"{brief.name(i)} is the only one here with {attribute} "
                f"{brief.members[i].attributes[attribute].strip()}: see to it that this voice is heard too.",
                0.5,
                private=True,
            )
            for attribute in brief.not_alone
            for i in who_is_alone(brief, attribute, group)
        ]
