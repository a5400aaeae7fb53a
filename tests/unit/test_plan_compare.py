"""Plans side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matcher.forming import score_plan
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.plan.compare import Seat, compare, difference, risks
from matcher.plan.plan import Plan
from matcher.plan.questions import elsewhere
from matcher.rules import Apart
from tests.strategies_people import roster_of

PEOPLE = {
    "Ada": "systems_thinking evidence",
    "Bo": "experimentation",
    "Chi": "evidence calm",
    "Dov": "provocation",
    "Eun": "peacemaking",
    "Fay": "empathy calm",
    "Gil": "vision",
    "Hal": "calm empathy",
}
RED, BLUE = ("Ada", "Chi", "Fay", "Hal"), ("Bo", "Dov", "Eun", "Gil")


def plan_of(groups: dict[str, tuple[str, ...]], people: dict[str, str] | None = None, **options: Any) -> Plan:
    return score_plan(Round(groups), roster_of(people or PEOPLE), seconds=0.2, **options)


@pytest.fixture
def plan() -> Plan:
    return plan_of({"Red": RED, "Blue": BLUE})


def test_scores_stand_side_by_side_as_the_plans_have_them(plan: Plan) -> None:
    other = plan_of({"Red": (*RED[:3], "Gil"), "Blue": ("Hal", *BLUE[:3])})
    both = compare({"Now": plan, "By hand": other})

    assert [side.name for side in both.sides] == ["Now", "By hand"]
    assert {row.name: row.values for row in both.goals} == {
        name: (plan.goals[name], other.goals[name]) for name in plan.goals
    }
    assert [side.alike for side in both.sides] == [plan.score, other.score]
    assert both.sides[1].weakest.score == min(group.score for group in other.groups)
    assert both.notes == ()


def test_groups_that_only_changed_their_names_are_the_same(plan: Plan) -> None:
    renamed = plan_of({"Green": BLUE, "Yellow": RED})
    told = difference("Now", plan, "Renamed", renamed)

    assert told.seats == ()
    assert told.sentence == "“Now” and “Renamed” put everybody together with the same people."


def test_who_sits_elsewhere_is_named_with_both_groups_and_counted_as_elsewhere_is(plan: Plan) -> None:
    other = plan_of({"Red": ("Hal", *BLUE[:3]), "Blue": (*RED[:3], "Gil")})
    told = difference("Now", plan, "Other", other)

    assert set(told.seats) == {Seat("Gil", "Blue", "Blue"), Seat("Hal", "Red", "Red")}
    labels = [
        [next(g for g, group in enumerate(p.groups) if key in group.members) for key in PEOPLE]
        for p in (plan, other)
    ]
    assert len(told.seats) == elsewhere(*map(np.array, labels))
    assert told.sentence == "2 people sit elsewhere in “Other” than in “Now”, of 8."


def test_projects_are_not_exchanged_for_each_other() -> None:
    projects = [Project("Red", 4, 4), Project("Blue", 4, 4)]
    one = plan_of({"Red": RED, "Blue": BLUE}, projects=projects)
    other = plan_of({"Red": BLUE, "Blue": RED}, projects=projects)

    assert len(difference("A", one, "B", other).seats) == 8


def test_people_who_are_in_one_plan_only_are_named(plan: Plan) -> None:
    other = plan_of({"Red": RED[:3], "Blue": BLUE}, {k: v for k, v in PEOPLE.items() if k != "Hal"})
    both = compare({"Now": plan, "Without": other})

    assert both.sides[1].alike is None
    assert both.differences[0].sentence == (
        "“Now” and “Without” put everybody who is in both together with the same people. Only in “Now”: Hal."
    )
    assert both.notes == ("Other people are in “Without” than in “Now”.",)


def test_a_plan_that_was_made_for_other_goals_is_measured_by_those_of_the_first(plan: Plan) -> None:
    other = plan_of({"Red": RED, "Blue": BLUE}, goals={"coverage": "off", "weakest": "off"})
    both = compare({"Now": plan, "Other goals": other})

    assert both.sides[1].alike == pytest.approx(plan.score)
    assert {row.name: row.values[1] for row in both.goals}["coverage"] is None
    assert f"by those of “Now” it scores {plan.score:.1f}" in both.notes[0]


def test_risks_name_broken_rules_frictions_and_large_groups() -> None:
    plan = plan_of(
        {"Red": (*RED, "Bo", "Dov", "Eun"), "Blue": ("Gil",)},
        rules=[Apart(("Ada", "Bo"))],
        frictions=[("Ada", "Chi", "avoid", "never told")],
    )
    told = risks(plan)

    assert told[0] == "Ada and Bo are both in Red, against the rule: Ada and Bo are apart."
    assert "Ada and Chi (Red) would rather not work together." in told
    assert (
        "Red has 7 members and so 21 links between two; 4 to 6 members are easier to hold together." in told
    )
    assert not any("never told" in text for text in told)


def test_one_plan_alone_is_no_comparison(plan: Plan) -> None:
    with pytest.raises(ValueError, match="two plans"):
        compare({"Now": plan})
