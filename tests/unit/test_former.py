"""A former plan to begin from: who stays, whose name a group has, who counts as moved."""

from __future__ import annotations

import pytest

from matcher.forming import form_duos, form_teams, staff_projects
from matcher.people.brief import Slot
from matcher.people.errors import RulesConflict
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.people.roster import Roster
from matcher.plan.former import carried_on
from matcher.plan.plan import Plan
from tests.strategies_people import roster_of

WORDS = ("vision", "calm", "empathy", "systems_thinking", "evidence", "provocation", "experimentation")


def crowd(count: int) -> Roster:
    return roster_of({f"M{i:02}": WORDS[i % len(WORDS)] for i in range(count)})


def groups_of(count: int, size: int, word: str = "Team") -> Round:
    keys = [f"M{i:02}" for i in range(count)]
    return Round({f"{word} {i // size + 1}": tuple(keys[i : i + size]) for i in range(0, count, size)})


def moved(plan: Plan, before: Round) -> list[str]:
    home = {key: name for name, keys in before.groups.items() for key in keys}
    return [key for g in plan.groups for key in g.members if home.get(key, g.name) != g.name]


@pytest.mark.parametrize("leaver", ["M00", "M05", "M11"])
def test_nobody_has_to_move_when_somebody_leaves_a_team(leaver: str):
    before = groups_of(12, 4)

    plan = form_teams(crowd(12), size=4, start=before, move_at_most=0, absent=[leaver], seconds=2)

    assert moved(plan, before) == []


def test_who_joins_does_not_count_as_moved():
    before = groups_of(10, 5)

    assert moved(form_teams(crowd(11), size=5, start=before, move_at_most=0, seconds=2), before) == []


def test_the_partner_of_who_leaves_joins_another_duo_and_nobody_else_moves():
    before = groups_of(12, 2, "Duo")

    plan = form_duos(crowd(12), start=before, move_at_most=1, absent=["M00"], seconds=2)

    kept = [g.members for g in plan.groups if len(g.members) == 2]
    assert set(kept) <= set(before.groups.values())
    assert [g.name for g in plan.groups if len(g.members) == 3] == ["Trio 1"]


def test_who_has_lost_their_team_counts_as_moved():
    before = groups_of(12, 4)
    options = {"count": 2, "start": before, "seconds": 2}

    assert len(moved(form_teams(crowd(12), move_at_most=4, **options), before)) == 4
    with pytest.raises(RulesConflict) as caught:
        form_teams(crowd(12), move_at_most=3, **options)
    assert "At most 3 people move to another team." in caught.value.sentences
    assert len(caught.value.sentences) == 2


@pytest.mark.parametrize("limit", [{}, {"move_at_most": 0}])
def test_renamed_groups_keep_their_names_and_people(limit: dict[str, int]):
    before = Round({"Red": ("M04", "M05", "M06", "M07"), "Blue": ("M00", "M01", "M02", "M03")})

    plan = form_teams(crowd(8), count=2, start=before, seconds=0.5, goals={"calm": "high"}, **limit)

    assert [g.name for g in plan.groups] == ["Red", "Blue"]
    if limit:
        assert moved(plan, before) == []
    else:
        assert len(moved(plan, before)) <= 4


def test_a_project_that_has_ended_is_not_carried_on_by_another_one():
    before = Round({"Old": ("M00", "M01"), "Hera": ("M02", "M03")})
    options = {"start": before, "seconds": 2}
    projects = [Project("New", 2, 2), Project("Hera", 2, 2)]

    staff_projects(crowd(4), projects, move_at_most=2, **options)
    with pytest.raises(RulesConflict):
        staff_projects(crowd(4), projects, move_at_most=1, **options)


def test_a_name_of_ours_is_not_given_twice():
    before = Round({"Team 2": ("M00", "M01"), "Trio 1": ("M02", "M03", "M04")})
    slots = carried_on([Slot("Team 1", 2), Slot("Team 2", 2), Slot("Team 3", 2)], before, crowd(6))

    assert len({slot.name for slot in slots}) == 3
    assert slots[0].name == "Team 2"
    assert all(slot.name.startswith("Team ") for slot in slots)
