"""The checker: scores from their definition, by hand, and who breaks which rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from matcher.goals import SCORED
from matcher.people.brief import Brief, PlanKind
from matcher.people.friction import Friction, Severity
from matcher.plan.checker import Checked, check
from matcher.plan.formulation import Formulation
from matcher.rules import Apart, Sizes
from tests.strategies_people import brief_of, groups_of

PEOPLE = {
    "Ada": "systems_thinking",
    "Bo": "experimentation",
    "Chi": "evidence",
    "Dov": "vision",
    "Eun": "calm",
}
BRIEF = brief_of(PEOPLE, [2, 3], frictions=(Friction("Dov", "Eun", Severity.AVOID),))
RULES = (Sizes(), Apart(("Ada", "Chi")))


def checked(brief: Brief, importances: dict[str, int], *groups: str) -> Checked:
    goals = [goal for goal in SCORED if importances.get(goal.name)]
    return check(brief, RULES, goals, importances, groups_of(brief, *groups))


def test_a_plan_worked_out_by_hand():
    # Team 1: a full complement; both of the four families vision, thinking, steadiness … three are held
    found = checked(BRIEF, {"complement": 2, "coverage": 1, "calm": 4, "weakest": 2}, "Ada Bo", "Chi Dov Eun")

    first = {"complement": 100, "coverage": Fraction(200, 3), "calm": 100}
    second = {"complement": Fraction(33, 3), "coverage": 100, "calm": 100 - Fraction(2 * (100 + 17), 3)}
    assert found.values == (first, second)
    scores = tuple(
        (2 * v["complement"] + v["coverage"] + 4 * v["calm"]) / Fraction(7) for v in (first, second)
    )
    assert found.scores == scores
    goals = {name: (2 * first[name] + 3 * second[name]) / Fraction(5) for name in first}
    goals["weakest"] = scores[1]
    assert found.goals == goals
    assert (
        found.score == (2 * goals["complement"] + goals["coverage"] + 4 * goals["calm"] + 2 * scores[1]) / 9
    )
    assert found.kept


def test_a_goal_that_is_off_leaves_no_trace():
    found = checked(BRIEF, {"complement": 2, "coverage": 0, "weakest": 0}, "Ada Bo", "Chi Dov Eun")

    assert found.goals == {"complement": Fraction(2 * 100 + 3 * 11, 5)}
    assert found.score == found.goals["complement"]


def test_one_importance_for_all_is_as_good_as_another():
    low, high = (
        checked(BRIEF, {"complement": i, "calm": i, "weakest": i}, "Ada Bo", "Chi Dov Eun") for i in (1, 4)
    )

    assert low.score == high.score


def test_who_breaks_a_rule_is_named():
    found = checked(BRIEF, {"calm": 2}, "Ada Chi", "Bo Dov Eun")

    assert not found.kept
    assert [(rule.rule, faults) for rule, faults in found.broken] == [
        ("sizes", ()),
        ("apart", ("Ada and Chi are both in Team 1.",)),
    ]


def test_empty_groups_count_for_nothing():
    brief = brief_of(PEOPLE, [2, 3, 0])
    three = checked(brief, {"complement": 2, "weakest": 2}, "Ada Bo", "Chi Dov Eun", "")
    two = checked(brief_of(PEOPLE, [2, 3]), {"complement": 2, "weakest": 2}, "Ada Bo", "Chi Dov Eun")

    assert three.score == two.score
    assert three.values[2] == {}


@pytest.mark.parametrize("weakest", [0, 1, 4])
def test_a_score_of_a_hundred_is_a_hundred_in_the_solvers_numbers(weakest: int):
    brief = brief_of({"Ada": "systems_thinking", "Bo": "experimentation"}, [2], PlanKind.DUOS)
    formulation = Formulation(
        brief, (), {"complement": 2, "coverage": 1, "calm": 4, "weakest": weakest, "mix": 0}
    )
    labels = formulation.labels([(0, 1)])

    assert formulation.score(formulation.instance.objective(labels)) == 100
    assert [goal.name for goal in formulation.goals] == ["complement", "coverage", "calm"]


def test_interchangeable_groups_come_in_the_order_of_their_first_members():
    brief = brief_of(PEOPLE | {"Fay": ""}, [2, 2, 2])
    formulation = Formulation(brief, (), {"complement": 2})

    assert formulation.groups(formulation.labels([(4, 5), (1, 2), (0, 3)])) == [(0, 3), (1, 2), (4, 5)]


def test_groups_that_differ_keep_their_places():
    formulation = Formulation(BRIEF, (), {"complement": 2})

    assert formulation.groups(formulation.labels([(3, 4), (0, 1, 2)])) == [(3, 4), (0, 1, 2)]
