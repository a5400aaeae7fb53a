"""Forming, against trying every plan: the best possible, or rules that really cannot all hold."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import form_duos, form_teams
from matcher.goals import IMPORTANCES
from matcher.people.brief import Brief, PlanKind
from matcher.people.errors import RulesConflict
from matcher.people.roster import Roster
from matcher.plan import Plan
from matcher.plan.formulation import Formulation
from matcher.rules import Apart, HardClash, Pin, Rule, Sizes, Together
from tests.strategies_people import brief_of, rosters


@st.composite
def some_rules(draw: st.DrawFn, roster: Roster, word: str, groups: int) -> list[Rule]:
    keys = st.sampled_from([m.key for m in roster.present])
    several = st.lists(keys, min_size=2, max_size=3, unique=True).map(tuple)
    named = st.integers(1, groups).map(lambda number: f"{word} {number}")
    one = st.one_of(
        st.builds(Apart, several),
        st.builds(Together, several),
        st.builds(Pin, keys.map(lambda k: (k,)), named),
    )
    return draw(st.lists(one, max_size=3, unique_by=repr))


def best_score(brief: Brief, rules: list[Rule], plan_importances: dict[str, str]) -> float | None:
    """The highest score of all plans that keep the rules, by trying every one."""
    weights = {name: IMPORTANCES[importance] for name, importance in plan_importances.items()}
    formulation = Formulation(brief, [Sizes(), *(r for r in rules if r.applies(brief))], weights)
    seats = [g for g, size in enumerate(brief.sizes) for _ in range(size)]
    kept = (np.array(labels) for labels in set(permutations(seats)))
    objectives = [formulation.instance.objective(x) for x in kept if formulation.instance.keeps(x)]
    return float(formulation.score(max(objectives))) if objectives else None


def assert_minimal(conflict: RulesConflict, brief: Brief, rules: list[Rule]) -> None:
    """Exactly the rules that are named cannot hold together, and they can without any one of them."""
    calm = {"calm": "normal"}
    named = [rule for rule in rules if rule.sentence(brief) in conflict.sentences]
    assert best_score(brief, named, calm) is None
    for rule in named:
        assert best_score(brief, [other for other in named if other is not rule], calm) is not None


def assert_best(plan: Plan, brief: Brief, rules: list[Rule]) -> None:
    best = best_score(brief, rules, dict(plan.settings["goals"]))
    assert best is not None
    assert plan.status == "optimal"
    assert plan.score == pytest.approx(best, abs=1e-9)
    assert plan.bound == plan.score


importances = st.fixed_dictionaries(
    {"calm": st.sampled_from(["low", "high"])},
    optional={name: st.sampled_from(list(IMPORTANCES)) for name in ("complement", "coverage", "weakest")},
)


@settings(max_examples=40)
@given(st.data())
def test_duos_are_the_best_possible_or_the_conflict_is_minimal(data: st.DataObject):
    roster = data.draw(rosters(4, 7))
    n = len(roster.present)
    brief = brief_of(roster, [2] * (n // 2 - n % 2) + [3] * (n % 2), kind=PlanKind.DUOS)
    rules = data.draw(some_rules(roster, "Duo", n // 2 - n % 2))
    goals = data.draw(importances)

    try:
        plan = form_duos(roster, rules=rules, goals=goals)
    except RulesConflict as conflict:
        assert_minimal(conflict, brief, [*rules, HardClash()])
    else:
        assert_best(plan, brief, [*rules, HardClash()])


@settings(max_examples=15)
@given(st.data())
def test_teams_are_the_best_possible_or_the_conflict_is_minimal(data: st.DataObject):
    roster = data.draw(rosters(5, 7))
    n = len(roster.present)
    brief = brief_of(roster, [n - n // 2, n // 2])
    rules = data.draw(some_rules(roster, "Team", 2))
    goals = data.draw(importances)

    try:
        plan = form_teams(roster, count=2, rules=rules, goals=goals)
    except RulesConflict as conflict:
        assert_minimal(conflict, brief, rules)
    else:
        assert_best(plan, brief, rules)
