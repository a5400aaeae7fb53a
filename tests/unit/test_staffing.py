"""Projects: how many people each gets, who leads, who is on it, what it needs, who wants it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.forming import score_plan, staff_projects
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.rules import Needs, Pin, Together
from matcher.rules.project import project_sizes
from tests.strategies_people import roster_of

PEOPLE = {
    "Ada": "empathy vision",
    "Bo": "systems_thinking",
    "Chi": "experimentation",
    "Dov": "evidence",
    "Eun": "calm",
    "Fay": "provocation",
    "Gil": "vision",
    "Hal": "empathy",
}
ROSTER = roster_of(PEOPLE)


def project(name: str, least: int, most: int, **fields) -> Project:
    return Project(name, least, most, **fields)


@pytest.mark.parametrize(
    ("ranges", "members", "sizes"),
    [
        ([(2, 2), (3, 3)], 5, [2, 3]),
        ([(2, 4), (2, 4)], 6, [3, 3]),
        ([(2, 4), (2, 4)], 7, [4, 3]),  # of two equal remainders the first
        ([(1, 3), (2, 8)], 7, [2, 5]),  # half of each range
        ([(5, 5), (1, 9)], 9, [5, 4]),
        ([(4, 6), (3, 5), (2, 2)], 11, [5, 4, 2]),
        ([(4, 6), (3, 5), (2, 2)], 13, [6, 5, 2]),
    ],
)
def test_every_project_is_filled_to_the_same_share_of_its_range(ranges, members: int, sizes):
    projects = [project(f"P{i}", *size) for i, size in enumerate(ranges)]

    assert project_sizes(projects, members, {}) == sizes


def test_a_project_begins_from_who_is_on_it_and_from_its_needs():
    projects = [
        project("Hera", 1, 5),
        project("Iris", 1, 5, needs=("family=people:3",)),
        project("Juno", 1, 5),
    ]

    assert project_sizes(projects, 8, {"Hera": 4}) == [4, 3, 1]


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        ([(2, 3), (2, 4)], "The projects take at most 7 people in all: Hera 3 and Iris 4."),
        ([(5, 6), (4, 5)], "The projects need 9 people or more in all: Hera 5 and Iris 4."),
    ],
)
def test_projects_for_fewer_or_more_people_conflict_with_both_numbers(ranges, said: str):
    projects = [project(name, *size) for name, size in zip(("Hera", "Iris"), ranges, strict=True)]

    with pytest.raises(RulesConflict) as conflict:
        staff_projects(ROSTER, projects)

    assert conflict.value.sentences == (said, "8 people are present, and everybody is placed.")


def test_more_people_on_a_project_than_it_takes_conflict():
    with pytest.raises(RulesConflict) as conflict:
        staff_projects(
            ROSTER, [project("Hera", 2, 2, lead="Ada", members=("Bo", "Chi")), project("Iris", 1, 9)]
        )

    assert conflict.value.sentences == (
        "Hera takes 2 members.",
        "3 members are on Hera in any case.",
    )


def test_staffing_keeps_leads_members_needs_and_sizes():
    projects = [
        project("Hera", 3, 4, needs=("superpower=empathy:1",), lead="bo", members=("Chi", "BO")),
        project("Iris", 2, 5, needs=("family=vision:2",), lead="Fay"),
    ]

    plan = staff_projects(ROSTER, projects, seconds=5)
    hera, iris = (set(group.members) for group in plan.groups)

    assert plan.kind is PlanKind.PROJECTS
    assert [group.name for group in plan.groups] == ["Hera", "Iris"]
    assert (len(hera), len(iris)) == (4, 4)
    assert {"Bo", "Chi"} <= hera
    assert hera & {"Ada", "Hal"}
    assert "Fay" in iris
    assert len(iris & {"Ada", "Chi", "Gil"}) >= 2
    assert plan.groups[0].why[0] == "Bo leads Hera."
    assert [(check.rule, check.kept) for check in plan.rules] == [
        (
            "Everybody present is on exactly one project; "
            "members of each: Hera 4 (3 to 4) and Iris 4 (2 to 5).",
            True,
        ),
        ("Bo leads Hera.", True),
        ("Chi is in Hera.", True),
        ("Hera has at least 1 member with empathy.", True),
        ("Fay leads Iris.", True),
        ("Iris has at least 2 members with a superpower of the family Vision.", True),
    ]


def test_wanted_projects_decide_when_nothing_else_does():
    members = tuple(
        replace(member, superpowers=(), wants=("Iris", "Hera") if member.name < "E" else ("Hera",))
        for member in ROSTER.members
    )

    plan = staff_projects(
        replace(ROSTER, members=members), [project("Hera", 4, 4), project("Iris", 4, 4)], seconds=5
    )

    assert set(plan.groups[1].members) == {"Ada", "Bo", "Chi", "Dov"}
    assert plan.goals["wishes"] == 100
    assert plan.status == "optimal"


def test_rules_call_groups_by_the_projects_names():
    projects = [project("Hera", 2, 6), project("Iris", 2, 6)]

    plan = staff_projects(
        ROSTER,
        projects,
        rules=[Pin(("Ada", "Bo", "Chi", "Dov", "Eun"), "iris"), Together(("Ada", "Gil"))],
        seconds=5,
    )

    assert [len(group.members) for group in plan.groups] == [2, 6]
    assert set(plan.groups[0].members) == {"Fay", "Hal"}


def test_somebody_who_leads_two_projects_is_a_conflict():
    with pytest.raises(RulesConflict) as conflict:
        staff_projects(ROSTER, [project("Hera", 4, 4, lead="Ada"), project("Iris", 4, 4, lead="Ada")])

    assert {"Ada leads Hera.", "Ada leads Iris."} <= set(conflict.value.sentences)


def test_projects_that_need_more_than_there_is_name_who_there_is():
    needs = ("superpower=empathy:2",)

    with pytest.raises(RulesConflict) as conflict:
        staff_projects(ROSTER, [project("Hera", 4, 4, needs=needs), project("Iris", 4, 4, needs=needs)])

    assert conflict.value.sentences == (
        "Hera has at least 2 members with empathy.",
        "Iris has at least 2 members with empathy.",
        "Of those present, only Ada and Hal have empathy.",
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([], "There is no project to staff; give at least one."),
        ([project("Hera", 4, 4), project("hera ", 4, 4)], "The project “hera ” is there twice; rename one."),
        ([project("Hera", 8, 8, lead="Zoe")], "Project Hera: “Zoe” is nobody on the roster."),
        ([project("Hera", 8, 8, members=("Zoe",))], "Project Hera: “Zoe” is nobody on the roster."),
        ([project("Hera", 8, 8, needs=("empathy",))], "Project Hera: “empathy” is not a need; write it like"),
        (
            [project("Hera", 8, 8, needs=("superpower=flying:1",))],
            "Project Hera: “flying” is not a superpower",
        ),
    ],
)
def test_projects_that_make_no_sense_are_refused(wrong, sentence: str):
    with pytest.raises(InputError) as error:
        staff_projects(ROSTER, wrong)

    assert sentence in str(error.value)


def test_everything_that_is_wrong_is_said_at_once():
    wrong = [project("Hera", 4, 4, lead="Zoe"), project("Iris", 4, 4, needs=("family=folk:1",))]

    with pytest.raises(InputError) as error:
        staff_projects(ROSTER, wrong)

    assert len(error.value.problems) == 2


def test_an_absent_lead_is_said_and_an_absent_member_passed_over():
    with pytest.raises(InputError, match="Project Hera: its lead Ada is absent; name another lead"):
        staff_projects(ROSTER, [project("Hera", 7, 7, lead="Ada")], absent=["Ada"])

    plan = staff_projects(
        ROSTER,
        [project("Hera", 2, 7, members=("Ada", "Bo")), project("Iris", 3, 3)],
        absent=["Ada"],
        seconds=5,
    )
    assert "Bo" in plan.groups[0].members
    assert [member.name for member in plan.absent] == ["Ada"]


@pytest.mark.parametrize(("least", "most"), [(0, 3), (4, 3)])
def test_a_project_of_no_size_raises(least: int, most: int):
    with pytest.raises(ValueError, match=f"“Hera” has the size {least}-{most}"):
        project("Hera", least, most)


def test_a_plan_made_by_hand_is_held_against_the_projects():
    projects = [project("Hera", 2, 3, lead="Ada"), project("Iris", 4, 6)]
    by_hand = Round({"Hera": ("Bo", "Chi", "Dov", "Eun"), "Iris": ("Ada", "Fay", "Gil", "Hal")})

    plan = score_plan(by_hand, ROSTER, projects=projects, seconds=2)

    assert plan.kind is PlanKind.PROJECTS
    assert {fault for check in plan.rules for fault in check.faults} == {
        "Hera has 4 members instead of 2 to 3 members.",
        "Ada is in Iris.",
    }
    with pytest.raises(InputError, match="The plan has nobody on Juno"):
        score_plan(by_hand, ROSTER, projects=[*projects, project("Juno", 1, 2)])


@pytest.mark.parametrize("count", [5, 6])
def test_sizes_give_way_within_their_ranges_when_a_rule_needs_it(count: int):
    together = Together(tuple(PEOPLE)[:count])
    projects = [project(name, 1, 6) for name in ("Hera", "Iris", "Juno")]

    plan = staff_projects(ROSTER, projects, rules=[together], seconds=2)

    assert all(check.kept for check in plan.rules)
    assert sorted(len(group.members) for group in plan.groups)[-1] >= count


def test_a_kind_that_is_limited_in_one_project_leaves_room_in_the_larger_one():
    people = roster_of(PEOPLE | {"Ivo": "calm", "Jan": "vision"})
    limit = Needs("Hera", "at most", "superpower", "vision", 0)
    projects = [project("Hera", 2, 8), project("Iris", 2, 8)]

    plan = staff_projects(
        people, projects, rules=[limit, Together(("Ada", "Gil", "Jan", "Bo", "Chi", "Dov"))]
    )

    assert len(plan.groups[1].members) >= 6


def test_a_conflict_that_no_size_resolves_tells_the_ranges():
    projects = [project("Hera", 1, 4), project("Iris", 1, 5)]
    with pytest.raises(RulesConflict) as caught:
        staff_projects(ROSTER, projects, rules=[Together(tuple(PEOPLE)[:6])])

    first, second = caught.value.sentences
    assert "Hera 4 (1 to 4) and Iris 4 (1 to 5)" in first
    assert second.endswith("are together.")


def test_a_proof_is_said_to_be_for_the_sizes_that_were_chosen_when_there_was_a_choice():
    chosen = staff_projects(ROSTER, [project("Hera", 2, 6), project("Iris", 2, 6)], seconds=5)
    given = staff_projects(ROSTER, [project("Hera", 4, 4), project("Iris", 4, 4)], seconds=5)

    assert chosen.verdict == "Proven best possible for these sizes."
    assert given.verdict == "Proven best possible."


def test_a_plan_that_breaks_a_rule_is_not_compared_with_those_that_keep_them():
    by_hand = Round({"Team 1": ("Ada", "Bo", "Chi", "Dov"), "Team 2": ("Eun", "Fay", "Gil", "Hal")})
    plan = score_plan(by_hand, ROSTER, rules=[Together(("Ada", "Eun"))], seconds=2)

    assert plan.verdict == "Breaks 1 rule, so it is no match for plans that keep them all."
