"""The chosen attributes are spread as evenly as the roster allows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief
from matcher.people.names import listed


@dataclass(frozen=True)
class _Kind:
    """One value of an attribute, and who has it."""

    attribute: str
    value: str
    marked: tuple[int, ...]

    def fair(self, size: int, members: int) -> tuple[int, int]:
        """Return how many a group of this size has at least and at most when they are spread evenly."""
        share = Fraction(size * len(self.marked), members)
        return int(share), -int(-share // 1)


def _kinds(brief: Brief) -> dict[str, list[_Kind]]:
    found: dict[str, list[_Kind]] = {}
    for attribute in brief.mix:
        values: dict[str, list[int]] = {}
        for i, member in enumerate(brief.members):
            value = member.attributes.get(attribute, "").strip()
            if value:
                values.setdefault(value, []).append(i)
        found[attribute] = [_Kind(attribute, v, tuple(marked)) for v, marked in sorted(values.items())]
    return found


def _worst(kinds: list[_Kind], size: int, members: int) -> int:
    """Return how far a group could be from the fair numbers, all its members being of one kind."""
    fair = [kind.fair(size, members) for kind in kinds]
    lows = sum(low for low, _ in fair)
    return max((size - high + lows - low for low, high in fair), default=0) or 1


class Mix(Quiet):
    """100 when each value of the attribute has its fair number in the group, rounded down or up.

    ``100 · (1 − Σ over values of the members too many or too few / the most that could be)``,
    the mean over the chosen attributes. Empty cells do not count.
    """

    name = "mix"
    label = "Mix"
    sentence = "The chosen attributes are spread as evenly as the roster allows."
    default = "off"

    def lacks(self, brief: Brief) -> str:
        return "" if brief.mix else "Choose at least one column of the roster to mix."

    def contribute(self, brief: Brief) -> Points:
        attributes = list(self._kinds(brief).values())
        n, widest = len(brief.members), max(brief.sizes)
        worst = [[_worst(kinds, size, n) for size in brief.sizes] for kinds in attributes]
        denominator = np.array([lcm(*column) for column in zip(*worst, strict=True)], dtype=np.int64)
        counts = np.arange(widest + 1)
        tables = []
        for kinds, worsts in zip(attributes, worst, strict=True):
            for kind in kinds:
                fair = np.array([kind.fair(size, n) for size in brief.sizes])
                off = np.maximum(counts - fair[:, 1:], 0) + np.maximum(fair[:, :1] - counts, 0)
                marked = np.zeros(n, dtype=bool)
                marked[list(kind.marked)] = True
                tables.append(Table(marked, -100 * off * (denominator // worsts)[:, None]))
        base = 100 * len(attributes) * denominator
        return Points(denominator * len(attributes), base=base, tables=tuple(tables))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        n, m = len(brief.members), len(group)
        total = Fraction(0)
        for kinds in self._kinds(brief).values():
            off = 0
            for kind in kinds:
                low, high = kind.fair(m, n)
                count = len(set(group).intersection(kind.marked))
                off += max(count - high, 0) + max(low - count, 0)
            total += 100 - Fraction(100 * off, _worst(kinds, m, n))
        return total / len(brief.mix)

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        reasons = []
        for attribute, kinds in self._kinds(brief).items():
            counts = {kind.value: len(set(group).intersection(kind.marked)) for kind in kinds}
            here = [f"{count} {value}" for value, count in counts.items() if count]
            if here:
                reasons.append(Reason(f"{attribute}: {listed(here)}.", 0.5, private=True))
        return reasons

    def _kinds(self, brief: Brief) -> dict[str, list[_Kind]]:
        return brief.memo(self.name, _kinds)
