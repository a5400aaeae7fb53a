"""Members are with people they prefer, or on a project they want."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief, PlanKind
from matcher.people.names import fold, listed

CHOICES = (100, 60, 30)
"""Points for a member's first, second and third project."""

LATER = 10
"""Points for a project further down the list."""


@dataclass(frozen=True)
class _Wish:
    """What one member wishes for, as far as it is on offer.

    Parameters
    ----------
    people
        Indices of those preferred.
    projects
        Numbers of the slots, the dearest first.
    share
        Points of each preferred person who is in the group.
    """

    people: tuple[int, ...]
    projects: tuple[int, ...]
    share: int

    def people_points(self, group: set[int]) -> int:
        return self.share * len(group.intersection(self.people))

    def project_points(self, slot: int | None) -> int:
        return _points(self.projects.index(slot)) if slot in self.projects else 0

    def points(self, group: set[int], slot: int | None) -> Fraction:
        """Return how far the wishes came true: the mean over people and projects of what was wished for."""
        kinds = []
        if self.people:
            kinds.append(self.people_points(group))
        if self.projects:
            kinds.append(self.project_points(slot))
        return Fraction(sum(kinds), len(kinds)) if kinds else Fraction(100)


def _points(rank: int) -> int:
    return CHOICES[rank] if rank < len(CHOICES) else LATER


def _wishes(brief: Brief) -> list[_Wish]:
    usual = max(2, len(brief.members) // len(brief.sizes))
    wishes = []
    for i, member in enumerate(brief.members):
        people = tuple(j for j in brief.meant(member.prefers) if j != i)
        projects: dict[int, None] = {}
        if brief.kind is PlanKind.PROJECTS:
            numbers = (brief.slot_numbers.get(fold(project)) for project in member.wants)
            projects = dict.fromkeys(number for number in numbers if number is not None)
        share = round(Fraction(100, min(len(people), usual - 1))) if people else 0
        wishes.append(_Wish(people, tuple(projects), share))
    return wishes


class Wishes(Quiet):
    """Mean over the group's members of how far their wishes came true, 100 at most.

    Each preferred person in the group gives a member ``round(100 / min(number preferred, s − 1))``
    points, with ``s`` the usual group size (members / groups, rounded down, 2 or more): all that a
    member names, or a usual group full of them, is 100. A project gives its team 100, 60 or 30
    points for each member who wants it first, second or third, and 10 further down. Who wishes for
    both has the mean of the two. Who wishes for nothing that is on offer has 100: there is nothing
    left to grant. The cap of 100 holds for the group, as the normal form has one sum a group.
    """

    name = "wishes"
    label = "Wishes"
    sentence = "Members are with people they prefer, or on a project they want; ranked wishes count by rank."
    default = "off"

    def lacks(self, brief: Brief) -> str:
        if any(wish.people or wish.projects for wish in self._wishes(brief)):
            return ""
        if brief.kind is PlanKind.PROJECTS:
            return "Say in the column “prefers” whom members prefer, or in “wants” which projects they want."
        return "Say in the column “prefers” whom members prefer."

    def contribute(self, brief: Brief) -> Points:
        wishes = self._wishes(brief)
        n, sizes = len(wishes), np.array(brief.sizes, dtype=np.int64)
        halves = 2 if any(wish.people and wish.projects for wish in wishes) else 1
        pair = np.zeros((n, n), dtype=np.int16)
        place = np.zeros((n, len(sizes)), dtype=np.int64) if any(w.projects for w in wishes) else None
        content = np.zeros(n, dtype=bool)
        for i, wish in enumerate(wishes):
            content[i] = not (wish.people or wish.projects)
            times = 1 if wish.people and wish.projects else halves
            for j in wish.people:
                pair[i, j] += times * wish.share
                pair[j, i] += times * wish.share
            for rank, slot in enumerate(wish.projects):
                assert place is not None
                place[i, slot] = times * _points(rank)
        counts = np.arange(max(brief.sizes) + 1)
        tables = (Table(content, np.outer(np.full_like(sizes, 100 * halves), counts)),)
        return Points(
            halves * sizes,
            pair=pair,
            factor=np.ones_like(sizes),
            place=place,
            tables=tables if content.any() else (),
            cap=100 * halves * sizes,
        )

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        wishes, inside = self._wishes(brief), set(group)
        total = sum((wishes[i].points(inside, slot) for i in group), Fraction(0))
        return min(Fraction(100), total / len(group))

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        wishes, reasons = self._wishes(brief), []
        for i in group:
            if granted := [brief.name(j) for j in wishes[i].people if j in group]:
                text = f"{brief.name(i)} wished to be with {listed(granted)}."
                reasons.append(Reason(text, 0.4, private=True))
        chosen: dict[int, list[str]] = {}
        for i in group:
            if slot in wishes[i].projects:
                rank = min(wishes[i].projects.index(slot), len(CHOICES))
                chosen.setdefault(rank, []).append(brief.name(i))
        ranks = ("first", "second", "third", "later")
        choices = [f"{ranks[rank]} choice of {listed(names)}" for rank, names in sorted(chosen.items())]
        if choices and slot is not None:
            text = f"{brief.slots[slot].name} is the {', '.join(choices)}."
            reasons.append(Reason(text, 0.8, private=True))
        return reasons

    def _wishes(self, brief: Brief) -> list[_Wish]:
        return brief.memo(self.name, _wishes)
