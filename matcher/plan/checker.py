"""A check of a plan that knows no solver: every rule, and every score from its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.goals import WEAKEST, Goal
from matcher.people.brief import Brief
from matcher.rules import Groups, Rule


@dataclass(frozen=True)
class Checked:
    """What a plan is worth and which rules it breaks.

    Parameters
    ----------
    values
        For each group, the value of each goal.
    scores
        For each group, the importance-weighted mean of its goals.
    goals
        For the plan, the value of each goal, the lowest group included.
    score
        The plan's score.
    broken
        For each rule, who breaks it.
    """

    values: tuple[dict[str, Fraction], ...]
    scores: tuple[Fraction, ...]
    goals: dict[str, Fraction]
    score: Fraction
    broken: tuple[tuple[Rule, tuple[str, ...]], ...]

    @property
    def kept(self) -> bool:
        """Whether every rule holds."""
        return not any(faults for _, faults in self.broken)


def check(
    brief: Brief, rules: Sequence[Rule], goals: Sequence[Goal], importances: Mapping[str, int], groups: Groups
) -> Checked:
    """Return what a plan is worth and which rules it breaks, from the people alone.

    A goal's value for the plan is the member-weighted mean of its values in the groups; the
    plan's score is the importance-weighted mean of the goals' values. Empty groups count for nothing.
    """
    filled = [group for group in groups if group]
    total = sum(len(group) for group in filled)
    weight = sum(importances[goal.name] for goal in goals)
    values = {
        tuple(group): {goal.name: goal.value(brief, group, slot) for goal in goals}
        for slot, group in enumerate(groups)
        if group
    }
    scores = {
        group: sum((importances[name] * v for name, v in by_goal.items()), Fraction(0)) / weight
        for group, by_goal in values.items()
    }
    of_goals = {
        goal.name: sum((len(group) * by_goal[goal.name] for group, by_goal in values.items()), Fraction(0))
        / total
        for goal in goals
    }
    if importances.get(WEAKEST):
        of_goals[WEAKEST] = min(scores.values())
    score = sum((importances[name] * value for name, value in of_goals.items()), Fraction(0))
    return Checked(
        values=tuple(values.get(tuple(group), {}) for group in groups),
        scores=tuple(scores.get(tuple(group), Fraction(0)) for group in groups),
        goals=of_goals,
        score=score / sum(importances[name] for name in of_goals),
        broken=tuple((rule, tuple(rule.broken(groups, brief))) for rule in rules),
    )
