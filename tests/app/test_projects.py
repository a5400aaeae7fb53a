from __future__ import annotations

import pytest

A, B = "Łucja Brzozek", "Tendai Moyana"
PROJECTS = (
    "project,size,needs,lead,members\n"
    f"Atlas,4-6,family=People:1; seniority=Senior:2,{A},\n"
    f"Boreal,5-8,superpower=Momentum:1,,{B}\n"
)


@pytest.fixture
def projects(sample):
    return sample.go("form").choose("kind", "projects")


def test_projects_from_a_file_are_staffed_with_lead_members_and_needs(projects):
    projects.upload("Projects file", "p.csv", PROJECTS)
    table = projects.at.session_state["projects_base"][1]
    assert list(table.columns) == ["project", "size", "needs", "lead", "members"]
    assert table["needs"].iloc[0] == ["family=People:1", "seniority=Senior:2"]
    projects.form("projects").go("plan")
    groups = {group.name: group.members for group in projects.plan.groups}
    assert A in groups["Atlas"]
    assert B in groups["Boreal"]
    assert len(groups["Atlas"]) + len(groups["Boreal"]) == 12
    assert f"{A} leads Atlas." in projects.said
    assert len(projects.cards) == 2


def test_projects_that_are_typed_are_staffed(projects):
    rows = [
        {"project": "Atlas", "size": "6", "needs": ["family=People:2"], "lead": A, "members": []},
        {"project": "Boreal", "size": "6"},
    ]
    projects.edit("projects", added_rows=rows).form("projects")
    assert [group.name for group in projects.plan.groups] == ["Atlas", "Boreal"]
    projects.go("people").go("form")
    assert projects.at.session_state["projects_base"][1]["lead"].iloc[0] == A


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"project": "Atlas", "size": "many"}, "“many” is not a size"),
        ({"size": "5"}, "The project needs a name"),
        ({"project": "Atlas", "size": "5", "lead": "Zoe"}, "“Zoe” is nobody on the roster"),
        ({"project": "Atlas", "size": "5", "needs": ["family=Nobody:1"]}, "“Nobody” is not a family"),
    ],
)
def test_a_project_that_makes_no_sense_is_said_at_once(projects, row, sentence):
    projects.edit("projects", added_rows=[row])
    assert "1 thing to put right in the projects" in projects.said
    assert sentence in projects.said


def test_without_a_project_the_button_says_so(projects):
    projects.form("projects")
    assert "There is no project to staff; give at least one." in projects.said


def test_projects_that_take_too_few_people_are_a_conflict(projects):
    projects.edit("projects", added_rows=[{"project": "Atlas", "size": "4-6"}]).form("projects")
    assert "The projects take at most 6 people in all: Atlas 6." in projects.said
    assert "12 people are present, and everybody is placed." in projects.said


def test_a_change_of_projects_makes_only_a_staffing_out_of_date(projects):
    projects.upload("Projects file", "p.csv", PROJECTS).form("projects")
    projects.edit("projects", edited_rows={1: {"project": "Cedar"}}).go("plan")
    assert "were changed since this plan was formed" in projects.said
    projects.go("form").choose("kind", "duos").form()
    projects.choose("kind", "projects").edit("projects", edited_rows={0: {"project": "Dune"}}).go("plan")
    assert "were changed since" not in projects.said
