"""Plans side by side: their scores by goal, who sits elsewhere, and what each of them leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matcher.goals import GOALS
from matcher.people.brief import PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted, fold, listed
from matcher.plan.checker import totals, values_of
from matcher.plan.open_points import open_points, told_openly
from matcher.plan.plan import Group, Plan
from matcher.plan.standing import goals_on, weights

LARGE = 6
"""A group with more members than this is large: its links grow as m·(m − 1)/2."""

NAMED = 5
"""So many large groups are named; the rest are counted."""


@dataclass(frozen=True)
class Side:
    """One of the plans.

    Parameters
    ----------
    name
        What the manager calls it.
    plan
        The plan.
    alike
        Its score by the goals, importances and frictions of the first plan; ``None`` when other
        people are in it.
    weakest
        Its group with the lowest score.
    risks
        What a manager should know before choosing it, a sentence each; for the manager's eyes only.
    """

    name: str
    plan: Plan
    alike: float | None
    weakest: Group
    risks: tuple[str, ...]


@dataclass(frozen=True)
class GoalRow:
    """A goal in every plan, ``None`` where it is off."""

    name: str
    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Seat:
    """Somebody who sits elsewhere: what they are called, and their group in either plan."""

    member: str
    one: str
    other: str


@dataclass(frozen=True)
class Difference:
    """How two of the plans differ.

    Parameters
    ----------
    one, other
        What the plans are called.
    seats
        Who is elsewhere, whatever the groups are called.
    common
        How many people are in both plans.
    only_one, only_other
        Names of those who are in one of them only.
    """

    one: str
    other: str
    seats: tuple[Seat, ...]
    common: int
    only_one: tuple[str, ...] = ()
    only_other: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How many people sit elsewhere, and who is in one plan only."""
        moved = counted(len(self.seats), "person sits", "people sit")
        text = f"{moved} elsewhere in “{self.other}” than in “{self.one}”, of {self.common}."
        if not self.seats:
            who = "everybody who is in both" if self.only_one or self.only_other else "everybody"
            text = f"“{self.one}” and “{self.other}” put {who} together with the same people."
        for name, people in ((self.one, self.only_one), (self.other, self.only_other)):
            if people:
                text += f" Only in “{name}”: {listed(people)}."
        return text


@dataclass(frozen=True)
class Comparison:
    """Several plans side by side.

    Parameters
    ----------
    sides
        The plans, in the order in which they were given.
    goals
        Every goal that is on in any of them.
    differences
        Every two of them.
    notes
        What makes their scores hard to compare, a sentence each.
    """

    sides: tuple[Side, ...]
    goals: tuple[GoalRow, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]


def compare(plans: Mapping[str, Plan]) -> Comparison:
    """Return plans side by side; every figure is the plan's own.

    Parameters
    ----------
    plans
        Two or more plans, by what the manager calls them.

    Raises
    ------
    ValueError
        When there are fewer than two.
    """
    if len(plans) < 2:
        raise ValueError("A comparison needs two plans or more.")
    first = next(iter(plans.values()))
    sides = tuple(
        Side(name, plan, _alike(first, plan), min(plan.groups, key=lambda g: g.score), risks(plan))
        for name, plan in plans.items()
    )
    rows = (
        GoalRow(goal.name, goal.label, tuple(plan.goals.get(goal.name) for plan in plans.values()))
        for goal in GOALS
    )
    return Comparison(
        sides,
        tuple(row for row in rows if any(value is not None for value in row.values)),
        tuple(
            difference(one.name, one.plan, other.name, other.plan) for one, other in combinations(sides, 2)
        ),
        _notes(sides),
    )


def difference(name: str, plan: Plan, other_name: str, other: Plan) -> Difference:
    """Return how two plans differ; groups that could be exchanged are matched by whom they share.

    Projects are not exchanged: each is matched with itself.
    """
    home, away = _homes(plan), _homes(other)
    common = [key for key in home if key in away]
    names = _called(plan) | _called(other)
    same = _matched(plan, other)
    seats = (
        Seat(names[key], home[key].name, away[key].name)
        for key in common
        if same.get(away[key].name) != home[key].name
    )
    return Difference(
        name,
        other_name,
        tuple(seats),
        len(common),
        tuple(names[key] for key in home if key not in away),
        tuple(names[key] for key in away if key not in home),
    )


def risks(plan: Plan) -> tuple[str, ...]:
    """Return what a manager should know before choosing a plan, the gravest first."""
    found = [
        f"{who.rstrip('.')}, against the rule: {rule.rule}" for rule in plan.rules for who in rule.faults
    ]
    found += told_openly(plan, [point for group in plan.groups for point in open_points(plan, group)])
    large = sorted((g for g in plan.groups if len(g.members) > LARGE), key=lambda g: -len(g.members))
    found += [
        f"{group.name} has {(m := len(group.members))} members and so {m * (m - 1) // 2} links between two; "
        f"4 to {LARGE} members are easier to hold together."
        for group in large[:NAMED]
    ]
    if len(large) > NAMED:
        more = counted(len(large) - NAMED, "further group has", "further groups have")
        found.append(f"{more} more than {LARGE} members.")
    return tuple(found)


def _homes(plan: Plan) -> dict[str, Group]:
    return {key: group for group in plan.groups for key in group.members}


def _called(plan: Plan) -> dict[str, str]:
    return {member.key: plan.brief.name(i) for i, member in enumerate(plan.brief.members)}


def _matched(plan: Plan, other: Plan) -> dict[str, str]:
    """Return, for each group of the other plan, the group of the plan that it stands for."""
    ours, theirs = [group.name for group in plan.groups], [group.name for group in other.groups]
    if PlanKind.PROJECTS in (plan.kind, other.kind):
        by_name = {fold(name): name for name in ours}
        return {name: by_name[fold(name)] for name in theirs if fold(name) in by_name}
    from scipy.optimize import linear_sum_assignment  # late: the page shows plans before it compares them

    home = {key: g for g, group in enumerate(plan.groups) for key in group.members}
    shared = np.array([[fold(a) == fold(b) for b in theirs] for a in ours], dtype=np.int64)
    for h, group in enumerate(other.groups):
        for key in group.members:
            if key in home:
                shared[home[key], h] += len(theirs) + 1  # whom they share decides, the name only breaks ties
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return {theirs[h]: ours[g] for g, h in zip(rows.tolist(), columns.tolist(), strict=True)}


def _alike(first: Plan, plan: Plan) -> float | None:
    """Return a plan's score by what counts in the first plan."""
    if plan is first:
        return first.score
    if first.brief.indices.keys() != plan.brief.indices.keys():
        return None
    brief = first.brief.with_slots(plan.brief.slots)
    groups = [tuple(sorted(brief.indices[key] for key in group.members)) for group in plan.groups]
    goals = goals_on(first)
    values = [values_of(brief, goals, group, slot) for slot, group in enumerate(groups)]
    return float(totals(weights(first), groups, values).score)


def _notes(sides: tuple[Side, ...]) -> tuple[str, ...]:
    first, *others = sides
    notes = []
    for side in others:
        if side.alike is None:
            notes.append(f"Other people are in “{side.name}” than in “{first.name}”.")
        elif figure(side.alike) != figure(side.plan.score):
            notes.append(
                f"“{side.name}” was made with other goals, importances or frictions than “{first.name}”: "
                f"by those of “{first.name}” it scores {figure(side.alike)}."
            )
    return tuple(notes)
