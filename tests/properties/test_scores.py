"""Scores: the solver's numbers, the goals' definitions and a naive recount all agree, for any plan."""

from __future__ import annotations

from itertools import combinations
from math import lcm

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.goals import SCORED, WEAKEST
from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.catalogue import Kind
from matcher.people.friction import Severity
from matcher.plan.checker import check
from matcher.plan.formulation import Formulation
from tests.strategies_people import briefs, plans, weighings

RANKS = (1.0, 0.6, 0.3)


def weights(brief: Brief, i: int) -> dict[str, float]:
    powers = brief.members[i].superpowers
    return dict.fromkeys(powers, 1.0) if not brief.roster.ranked else dict(zip(powers, RANKS, strict=False))


def related(brief: Brief, i: int, j: int, kind: Kind) -> float:
    """DESIGN's complement(i,j) and clash(i,j), over every pair of superpowers and every relation."""
    best = 0.0
    for p, wp in weights(brief, i).items():
        for q, wq in weights(brief, j).items():
            for relation in brief.roster.catalogue.relations:
                if relation.kind is kind and sorted((p, q)) == sorted((relation.a, relation.b)):
                    strength = wp * wq * relation.strength / 3
                    softer = relation.softened_by in {*weights(brief, i), *weights(brief, j)}
                    best = max(best, strength / 2 if softer else strength)
    return best


def points(full: float, share: float) -> int:
    """``round(full·share)``; the share is exact to nine digits, so that a half rounds to even as in print."""
    return round(round(full * share, 9))


def naive_complement(brief: Brief, group: tuple[int, ...]) -> float:
    pairs = [points(100, related(brief, i, j, Kind.COMPLEMENT)) for i, j in combinations(group, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


def naive_coverage(brief: Brief, group: tuple[int, ...]) -> float:
    def family_weights(people) -> dict[str, float]:
        best: dict[str, float] = {}
        for i in people:
            for power, weight in weights(brief, i).items():
                family = brief.roster.catalogue.by_id[power].family
                best[family] = max(best.get(family, 0.0), weight)
        return best

    held = family_weights(range(len(brief.members)))
    return 100 * sum(family_weights(group).values()) / len(held) if held else 0.0


def naive_calm(brief: Brief, group: tuple[int, ...]) -> float:
    avoided = {frozenset((f.a, f.b)) for f in brief.frictions if f.severity is Severity.AVOID}
    cost = 0
    for i, j in combinations(group, 2):
        cost += 100 if frozenset((brief.members[i].key, brief.members[j].key)) in avoided else 0
        cost += points(50, related(brief, i, j, Kind.CLASH))
    return 100 - 2 / len(group) * cost


NAIVE = {"complement": naive_complement, "coverage": naive_coverage, "calm": naive_calm}


@settings(max_examples=60)
@given(st.data())
def test_the_instance_scores_a_plan_as_the_checker_does(data: st.DataObject):
    brief = data.draw(briefs())
    importances = data.draw(weighings(brief))
    plan = data.draw(plans(brief))
    formulation = Formulation(brief, (), importances)

    checked = check(brief, (), formulation.goals, formulation.importances, plan)

    assert formulation.score(formulation.instance.objective(formulation.labels(plan))) == checked.score


@pytest.mark.parametrize("goal", SCORED, ids=lambda goal: goal.name)
@settings(max_examples=60)
@given(data=st.data())
def test_a_goals_numbers_give_its_value_by_definition(goal, data: st.DataObject):
    brief = data.draw(briefs().filter(lambda b: not goal.lacks(b)))
    plan = data.draw(plans(brief))
    points = goal.contribute(brief)
    unit = lcm(*points.denominator.tolist())
    instance = Draft(brief.sizes).build([points.term(1, unit)], np.ones(len(plan), dtype=np.int64), 0)
    labels = np.empty(len(brief.members), dtype=np.int64)
    for g, group in enumerate(plan):
        labels[list(group)] = g

    values = [goal.value(brief, group, slot) for slot, group in enumerate(plan)]

    assert instance.term_values(labels)[0].tolist() == [unit * value for value in values]


@settings(max_examples=60)
@given(st.data())
def test_interchangeable_groups_may_be_swapped_without_changing_anything(data: st.DataObject):
    brief = data.draw(briefs())
    importances = data.draw(weighings(brief))
    plan = data.draw(plans(brief))
    formulation = Formulation(brief, (), importances)
    labels = formulation.labels(plan)

    again = formulation.labels(formulation.groups(labels))

    assert formulation.instance.objective(again) == formulation.instance.objective(labels)


@settings(max_examples=60)
@given(st.data())
def test_goals_agree_with_a_naive_recount(data: st.DataObject):
    brief = data.draw(briefs())
    plan = data.draw(plans(brief))
    importances = {"complement": 2, "coverage": 1, "calm": 4, WEAKEST: 2}
    formulation = Formulation(brief, (), importances)

    checked = check(brief, (), formulation.goals, formulation.importances, plan)

    by_group = [{name: naive(brief, group) for name, naive in NAIVE.items()} for group in plan]
    for values, naive in zip(checked.values, by_group, strict=True):
        assert {name: float(value) for name, value in values.items()} == pytest.approx(naive, abs=1e-9)
    n = len(brief.members)
    whole = {
        name: sum(len(group) * values[name] for group, values in zip(plan, by_group, strict=True)) / n
        for name in NAIVE
    }
    others = sum(importances[name] for name in NAIVE)
    whole[WEAKEST] = min(sum(importances[name] * v[name] for name in NAIVE) / others for v in by_group)
    assert {name: float(value) for name, value in checked.goals.items()} == pytest.approx(whole, abs=1e-9)
    score = sum(importances[name] * value for name, value in whole.items()) / sum(importances.values())
    assert float(checked.score) == pytest.approx(score, abs=1e-9)


@settings(max_examples=60)
@given(st.data())
def test_no_goal_is_worth_more_than_a_hundred(data: st.DataObject):
    brief = data.draw(briefs())
    plan = data.draw(plans(brief))

    for goal in SCORED:
        if not goal.lacks(brief):
            assert all(goal.value(brief, group, slot) <= 100 for slot, group in enumerate(plan))
