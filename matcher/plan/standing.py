"""People in groups as they stand: what that is worth and which rules it breaks, at once after an edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from matcher.goals import IMPORTANCES, SCORED, Goal
from matcher.people.brief import Brief
from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.people.roster import UnknownMember
from matcher.plan.checker import Totals, totals
from matcher.plan.effect import Effect, Fault, GroupShift, Shift
from matcher.plan.plan import Plan, RuleCheck
from matcher.rules import Rule, Sizes, Stay
from matcher.rules.base import group_of
from matcher.rules.sizes import even_sizes

Values = Mapping[str, Fraction]
NO_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True)
class StandingGroup:
    """A group as it stands.

    Parameters
    ----------
    name, members
        What it is called, and the keys of its members.
    score, goals
        Its score and the value of each of its goals; no score and no goals when nobody is in it.
    faults
        Broken rules that its name stands in.
    locked
        Whether its members stay.
    """

    name: str
    members: tuple[str, ...]
    score: float | None
    goals: Mapping[str, float]
    faults: tuple[Fault, ...] = ()
    locked: bool = False


@dataclass(frozen=True, eq=False)
class Standing:
    """People in groups as they stand, scored by the checker.

    A group may have any size that its project, the range that the manager allowed, or the plan's
    other groups have. How many people may move, asked when the plan was formed, was about that
    forming and is no rule here.

    Parameters
    ----------
    plan
        What it began from: its rules and goals are those that count.
    brief
        As the plan's, with the groups that there are; their sizes are those of :attr:`sized`.
    indices, values
        Of each group, the indices of its members in ascending order, and the value of each goal.
    span
        The fewest and the most members in a group, unless a project says otherwise.
    locked_groups, locked_members
        Names and keys of what stays.
    """

    plan: Plan
    brief: Brief
    indices: tuple[tuple[int, ...], ...]
    values: tuple[Values, ...]
    span: tuple[int, int]
    locked_groups: frozenset[str] = frozenset()
    locked_members: frozenset[str] = frozenset()

    # --- what it is worth -------------------------------------------------------------------------

    @cached_property
    def totals(self) -> Totals:
        """What it is worth, exactly, by the checker."""
        return totals(weights(self.plan), self.indices, self.values)

    @property
    def score(self) -> float:
        """Its score, 0…100."""
        return float(self.totals.score)

    @property
    def goals(self) -> dict[str, float]:
        """The value of each goal that is on."""
        return {name: float(value) for name, value in self.totals.goals.items()}

    @cached_property
    def groups(self) -> tuple[StandingGroup, ...]:
        """Its groups, in the plan's order."""
        told = [(fault, _words(fault.who)) for fault in self.faults]
        rows = zip(self.brief.slots, self.indices, self.totals.scores, self.values, strict=True)
        return tuple(
            StandingGroup(
                name=slot.name,
                members=self._keys(group),
                score=float(score) if group else None,
                goals={name: float(value) for name, value in values.items()},
                faults=tuple(fault for fault, words in told if name in words),
                locked=slot.name in self.locked_groups,
            )
            for slot, group, score, values in rows
            for name in (_words(slot.name),)
        )

    @property
    def weakest(self) -> StandingGroup:
        """The group with the lowest score; of equal ones the first."""
        return min((g for g in self.groups if g.score is not None), key=lambda g: g.score or 0.0)

    @cached_property
    def rules(self) -> tuple[RuleCheck, ...]:
        """Every rule, and whether the draft keeps it."""
        others = tuple(check for check in self.plan.rules if check.source is None)
        return (*others, *(self._checked(rule) for rule in self.sources))

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that breaks a rule."""
        return tuple(Fault(c.rule, who, c.private) for c in self.rules for who in c.faults)

    @property
    def sources(self) -> tuple[Rule, ...]:
        """The rules themselves."""
        return tuple(c.source for c in self.plan.rules if c.source and not isinstance(c.source, Stay))

    def _checked(self, rule: Rule) -> RuleCheck:
        brief = self.sized if isinstance(rule, Sizes) else self.brief
        faults = tuple(rule.broken(self.indices, brief))
        return RuleCheck(rule.sentence(brief), not faults, rule.private, faults, rule)

    @cached_property
    def sized(self) -> Brief:
        """The brief with the sizes that the groups have, or the nearest that they may have."""
        room = [self.room(g) for g in range(len(self.brief.slots))]
        sizes = [min(max(len(g), low), high) for g, (low, high) in zip(self.indices, room, strict=True)]
        # what one group has too many, others have too few; with an empty group that is all there is to say
        short = len(self.brief.members) - sum(sizes) if all(self.indices) else 0
        while short:
            sign = 1 if short > 0 else -1
            able = [g for g, size in enumerate(sizes) if size != room[g][sign > 0]]
            g = min(able, key=lambda g: (self.brief.slots[g].name in self.locked_groups, sign * sizes[g]))
            sizes[g] += sign
            short -= sign
        if tuple(sizes) == self.brief.sizes:
            return self.brief  # the same one knows what was said of its groups
        slots = zip(self.brief.slots, sizes, strict=True)
        return self.brief.with_slots(tuple(replace(slot, size=size) for slot, size in slots))

    def room(self, slot: int) -> tuple[int, int]:
        """Return the fewest and the most members that the group in a slot may have."""
        name = fold(self.brief.slots[slot].name)
        for project in self.brief.projects:
            if fold(project.name) == name:
                size = self.plan.brief.sizes[slot]
                return min(project.least, size), max(project.most, size)
        even = even_sizes(len(self.brief.members), len(self.brief.slots))
        return min(self.span[0], *even), max(self.span[1], *even)

    # --- who is where -----------------------------------------------------------------------------

    @cached_property
    def _home(self) -> dict[int, int]:
        return group_of(self.indices)

    def group_of(self, member: str) -> str:
        """Return the name of a member's group.

        Raises
        ------
        InputError
            When nobody of this key is in a group.
        """
        return self.brief.slots[self._home[self.index(member)]].name

    @cached_property
    def moved(self) -> tuple[str, ...]:
        """Keys of those who are in another group than in the plan."""
        before = {key: fold(group.name) for group in self.plan.groups for key in group.members}
        return tuple(k for g in self.groups for k in g.members if before.get(k) != fold(g.name))

    @property
    def changed(self) -> bool:
        """Whether anything is other than in the plan."""
        return bool(self.moved) or len(self.brief.slots) != len(self.plan.brief.slots)

    def index(self, member: str) -> int:
        """Return the index of a member who is in a group.

        Raises
        ------
        InputError
            When there is none of this key.
        """
        i = self.brief.indices.get(member)
        if i is not None:
            return i
        try:
            found = self.brief.roster.find(member)
        except UnknownMember as error:
            raise InputError(str(error)) from None
        if found.key not in self.brief.indices:
            raise InputError(f"{found.name} is absent from this plan, so there is nobody to move.")
        return self.brief.indices[found.key]

    def slot(self, group: str) -> int:
        """Return the number of a group.

        Raises
        ------
        InputError
            When there is none of this name.
        """
        if (number := self.brief.slot_numbers.get(fold(group))) is None:
            slots = self.brief.slots
            raise InputError(
                f"There is no group “{group}”; the groups are {slots[0].name} to {slots[-1].name}."
            )
        return number

    def _keys(self, group: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.brief.members[i].key for i in group)

    # --- what an edit does ------------------------------------------------------------------------

    def effect(self, after: Standing) -> Effect:
        """Return what it does to go from here to another standing of the same plan."""
        former, later = ({group.name: group for group in standing.groups} for standing in (self, after))
        empty = StandingGroup("", (), None, {})
        pairs = ((name, former.get(name, empty), later.get(name, empty)) for name in former | later)
        return Effect(
            score=Shift(self.score, after.score),
            goals=_shifts(self.goals, after.goals),
            groups=tuple(
                GroupShift(name, new.members, Shift(old.score, new.score), _shifts(old.goals, new.goals))
                for name, old, new in pairs
                if set(old.members) != set(new.members)
            ),
            broken=_not_in(self, after),
            mended=_not_in(after, self),
        )


def weights(plan: Plan) -> dict[str, int]:
    """Return the weight of each goal that is on in a plan."""
    chosen: Mapping[str, str] = plan.settings["goals"]
    return {name: weight for name, importance in chosen.items() if (weight := IMPORTANCES[importance])}


def goals_on(plan: Plan) -> tuple[Goal, ...]:
    """Return the goals that are on in a plan and give each group a value."""
    on = weights(plan)
    return tuple(goal for goal in SCORED if goal.name in on)


def _shifts(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, Shift]:
    return {name: Shift(before.get(name), after.get(name)) for name in {**before, **after}}


def _not_in(one: Standing, other: Standing) -> tuple[Fault, ...]:
    """Return what breaks a rule in the other and not in this one."""
    known = {(id(check.source), who) for check in one.rules for who in check.faults}
    return tuple(
        Fault(check.rule, who, check.private)
        for check in other.rules
        for who in check.faults
        if (id(check.source), who) not in known
    )


def _words(text: str) -> str:
    """Return a text so that a name is only found in it as whole words: Team 1 is not in Team 11."""
    return f" {NO_LETTERS.sub(' ', fold(text)).strip()} "
