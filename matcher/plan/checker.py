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


@dataclass(frozen=True)
class Totals:
    """What the goals' values in the groups come to.

    Parameters
    ----------
    scores
        For each group, the importance-weighted mean of its goals; 0 where nobody is.
    goals
        For the plan, the value of each goal, the lowest group included.
    score
        The plan's score.
    """

    scores: tuple[Fraction, ...]
    goals: dict[str, Fraction]
    score: Fraction


def values_of(brief: Brief, goals: Sequence[Goal], group: Sequence[int], slot: int) -> dict[str, Fraction]:
    """Return the value of each goal in the group that fills a slot; nothing for an empty group."""
    return {goal.name: goal.value(brief, group, slot) for goal in goals} if group else {}


def totals(
    importances: Mapping[str, int], groups: Groups, values: Sequence[Mapping[str, Fraction]]
) -> Totals:
    """Return what the values in the groups come to.

    A goal's value for the plan is the member-weighted mean of its values in the groups; the
    plan's score is the importance-weighted mean of the goals' values. Empty groups count for nothing.
    """
    filled = [(len(group), by_goal) for group, by_goal in zip(groups, values, strict=True) if group]
    people = sum(size for size, _ in filled)
    names = list(filled[0][1])
    weight = sum(importances[name] for name in names)
    scores = tuple(
        sum((importances[name] * value for name, value in by_goal.items()), Fraction(0)) / weight
        for by_goal in values
    )
    of_goals = {
        name: sum((size * by_goal[name] for size, by_goal in filled), Fraction(0)) / people for name in names
    }
    if importances.get(WEAKEST):
        of_goals[WEAKEST] = min(score for score, group in zip(scores, groups, strict=True) if group)
    score = sum((importances[name] * value for name, value in of_goals.items()), Fraction(0))
    return Totals(scores, of_goals, score / sum(importances[name] for name in of_goals))


def check(
    brief: Brief, rules: Sequence[Rule], goals: Sequence[Goal], importances: Mapping[str, int], groups: Groups
) -> Checked:
    """Return what a plan is worth and which rules it breaks, from the people alone."""
    values = tuple(values_of(brief, goals, group, slot) for slot, group in enumerate(groups))
    found = totals(importances, groups, values)
    return Checked(
        values=values,
        scores=found.scores,
        goals=found.goals,
        score=found.score,
        broken=tuple((rule, tuple(rule.broken(groups, brief))) for rule in rules),
    )
