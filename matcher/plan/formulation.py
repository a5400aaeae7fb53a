"""From people, rules and goals to the normal form, and from the solver's numbers back to scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import numpy as np

from matcher.goals import SCORED, WEAKEST, Goal
from matcher.goals.base import Points
from matcher.instance import Draft, Instance, Ints
from matcher.people.brief import Brief
from matcher.people.errors import InputError
from matcher.rules import Groups, Rule

LARGEST = 2**62
"""Objectives stay below this, so that sums of them fit 64 bits."""


class Formulation:
    """A brief with its rules and goals, as an instance and back.

    Every goal's value in a group becomes an integer by one common ``unit``. With the goals'
    importances ``I``, their sum ``W``, ``n`` members, groups of ``m`` members and group values
    ``V = Σ I·unit·value``, the objective is ``W·Σ m·V + I(weakest)·n·min V``, which is the plan's
    score times ``unit·n·W·(W + I(weakest))``.

    The unit is the least common multiple of the goals' denominators, which are the groups' sizes,
    their numbers of pairs and small constants: 60 for teams of five with every goal on, and the
    objective then has 35 bits at 10,000 members. Only many different sizes make it grow: groups of
    every size from 2 to 20 need 56 bits.

    Parameters
    ----------
    brief
        What is to be formed.
    rules
        What must hold.
    importances
        Weight of each goal that is on, by name; at least one that gives groups a value.

    Raises
    ------
    InputError
        As soon as numbers are asked for, when the groups' sizes are too many for exact ones.
    """

    def __init__(self, brief: Brief, rules: Sequence[Rule], importances: Mapping[str, int]) -> None:
        self.brief = brief
        self.rules = tuple(rules)
        self.importances = {name: weight for name, weight in importances.items() if weight}
        self.goals: tuple[Goal, ...] = tuple(goal for goal in SCORED if goal.name in self.importances)
        self.weakest = self.importances.get(WEAKEST, 0)
        self.others = sum(self.importances[goal.name] for goal in self.goals)
        self._common = gcd(self.others, self.weakest * len(brief.members))

    @cached_property
    def _points(self) -> list[Points]:
        """Each goal's numbers; made when they are asked for, as a plan can be checked without them."""
        return [goal.contribute(self.brief) for goal in self.goals]

    @cached_property
    def _unit(self) -> int:
        sizes = self.brief.sizes
        unit = lcm(*(int(d) for points in self._points for d in np.unique(points.denominator)))
        # no goal of a group of m is below −150·m, so no objective is beyond this
        if 150 * max(sizes) * self._scaled(unit) >= LARGEST:
            raise InputError(
                f"The groups have so many different sizes (from {min(sizes)} to {max(sizes)}) "
                "that their scores cannot be compared exactly; choose sizes that are nearer to each other."
            )
        return unit

    def _scaled(self, unit: int) -> int:
        """Return what a score is multiplied by to be an objective."""
        return unit * len(self.brief.members) * self.others * (self.others + self.weakest) // self._common

    @cached_property
    def instance(self) -> Instance:
        """The normal form, with all rules."""
        return self.instance_with(self.rules)

    def instance_with(self, rules: Sequence[Rule]) -> Instance:
        """Return the normal form with some of the rules."""
        unit = self._unit  # before anything is built that could be too large
        draft = Draft(self.brief.sizes)
        for rule in rules:
            rule.forbid(draft, self.brief)
        terms = [
            points.term(self.importances[goal.name], unit)
            for goal, points in zip(self.goals, self._points, strict=True)
        ]
        weights = draft.sizes * (self.others // self._common)
        return draft.build(terms, weights, self.weakest * len(self.brief.members) // self._common)

    def roomy(self, rules: Sequence[Rule], least: Ints, most: Ints) -> Instance:
        """Return an instance whose legal plans are those in which every group has ``least`` to ``most``.

        Groups are as large as they may be; whoever has a higher number than the members fills up
        what is left. It knows no goals.
        """
        n, draft = len(self.brief.members), Draft(most.tolist())
        for rule in rules:
            rule.forbid(draft, self.brief)
        for g, spare in enumerate((most - least).tolist()):
            draft.bound(range(n, draft.members), [g], most=spare)
        return draft.build([], np.ones_like(draft.sizes), 0)

    def score(self, objective: int) -> Fraction:
        """Return the score 0…100 (less when frictions remain) that an objective stands for."""
        return Fraction(objective, self._scaled(self._unit))

    def groups(self, labels: Ints) -> list[tuple[int, ...]]:
        """Return the members of each group; interchangeable groups in the order of their first members."""
        groups = [tuple(np.flatnonzero(labels == g).tolist()) for g in range(len(self.brief.slots))]
        ordered = list(groups)
        classes = self.instance.classes
        for c in np.unique(classes):
            places = np.flatnonzero(classes == c)
            for place, group in zip(places, sorted(groups[p] for p in places), strict=True):
                ordered[place] = group
        return ordered

    def labels(self, groups: Groups) -> Ints:
        """Return the group of each member."""
        labels = np.full(len(self.brief.members), -1, dtype=np.int64)
        for g, group in enumerate(groups):
            labels[list(group)] = g
        return labels
