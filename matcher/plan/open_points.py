"""What stays open in a plan: rules that are broken, frictions inside groups, who is missing or alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from matcher.goals.calm import avoided
from matcher.goals.complement import PARTNER
from matcher.goals.coverage import family_weights
from matcher.goals.not_alone import who_is_alone
from matcher.people.brief import Brief, PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.plan.plan import Group, Plan

NAMED = 3
"""So many groups are named in a line about all of them; the rest are counted."""


class Kind(StrEnum):
    """What stays open, the gravest first."""

    FRICTION = "friction"
    CLASH = "clash"
    FAMILY = "family"
    ALONE = "alone"
    PARTNER = "partner"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OpenPoint:
    """Something about one group that a manager should know before handing the plan out; always private.

    Parameters
    ----------
    kind
        What it is.
    group
        Name of the group.
    short
        A few words for a small mark.
    text
        A sentence that can be checked by hand.
    about
        What is missing, or by which attribute somebody is alone; empty where the kind says it all.
    """

    kind: Kind
    group: str
    short: str
    text: str
    about: str = ""


def open_points(plan: Plan, group: Group) -> list[OpenPoint]:
    """Return what stays open in one group, the gravest first."""
    brief = plan.brief
    people = sorted(brief.indices[key] for key in group.members)
    found = [*_frictions(brief, people, group.name), *_clashes(brief, people, group.name)]
    if len(people) > 2:
        found += _missing(brief, people, group.name)
    return [*found, *_alone(brief, people, group.name), *_without(plan, people, group.name)]


def told_openly(plan: Plan, points: Sequence[OpenPoint]) -> list[str]:
    """Return what stays open in all groups, a line for each kind and what it is about."""
    word = "group" if plan.kind is PlanKind.PROJECTS else plan.kind.word
    lines = []
    kinds = Counter((point.kind, point.about) for point in points)
    for (kind, about), number in sorted(
        kinds.items(), key=lambda pair: (list(Kind).index(pair[0][0]), -pair[1])
    ):
        these = [p for p in points if (p.kind, p.about) == (kind, about)]
        if number == 1:
            lines.append(these[0].text)
            continue
        groups = list(dict.fromkeys(p.group for p in these))
        where = (
            listed(groups)
            if len(groups) <= NAMED
            else f"{counted(len(groups), word)}, {groups[0]} among them"
        )
        lines.append(_SUMMED[kind].format(number=number, about=about, where=where))
    return lines


_SUMMED = {
    Kind.FRICTION: "{number} pairs who would rather not work together share a group: {where}.",
    Kind.CLASH: "{number} pairs clash more than they complement each other: {where}.",
    Kind.FAMILY: "Nobody brings {about} in {where}.",
    Kind.ALONE: "{number} people are the only one in their group by {about}: {where}.",
    Kind.PARTNER: "{number} people have no partner in their group: {where}.",
    Kind.UNKNOWN: "{number} people have no known superpower yet: {where}.",
}


def _frictions(brief: Brief, people: Sequence[int], name: str) -> list[OpenPoint]:
    known = avoided(brief)
    return [
        OpenPoint(
            Kind.FRICTION,
            name,
            "friction",
            f"{listed(brief.name(i) for i in pair)} ({name}) would rather not work together.",
        )
        for pair in combinations(people, 2)
        if pair in known
    ]


def _clashes(brief: Brief, people: Sequence[int], name: str) -> list[OpenPoint]:
    return [
        OpenPoint(
            Kind.CLASH,
            name,
            "clash",
            f"{brief.name(i)} and {brief.name(j)} ({name}) clash more than they complement each other: "
            f"fit {figure(brief.fit.fit[i, j], 0)}.",
        )
        for i, j in combinations(people, 2)
        if brief.fit.fit[i, j] < 0
    ]


def _missing(brief: Brief, people: Sequence[int], name: str) -> list[OpenPoint]:
    named = brief.roster.catalogue.family_by_id
    families = brief.memo("open families", family_weights)
    return [
        OpenPoint(Kind.FAMILY, name, f"no {label}", f"Nobody brings {label} in {name}.", label)
        for family, weights in families.items()
        if not any(weights[i] for i in people)
        for label in [named[family].name]
    ]


def _alone(brief: Brief, people: Sequence[int], name: str) -> list[OpenPoint]:
    if len(people) < 2:
        return []
    return [
        OpenPoint(
            Kind.ALONE,
            name,
            f"alone by {attribute}",
            f"{brief.name(i)} is the only one in {name} with {attribute} "
            f"{brief.members[i].attributes[attribute].strip()}.",
            attribute,
        )
        for attribute in brief.not_alone
        for i in who_is_alone(brief, attribute, people)
    ]


def _without(plan: Plan, people: Sequence[int], name: str) -> list[OpenPoint]:
    brief = plan.brief
    found = []
    for i in people:
        if not brief.members[i].superpowers:
            text = f"{brief.name(i)} ({name}) has no known superpower yet."
            found.append(OpenPoint(Kind.UNKNOWN, name, "unknown superpower", text))
        elif all(brief.fit.fit[i, j] < PARTNER for j in people if j != i):
            text = f"{brief.name(i)} has no partner in {name}: nobody with a fit of {PARTNER} or more."
            found.append(OpenPoint(Kind.PARTNER, name, "no partner", text))
    return found
