"""Projects: a row for each piece of work that wants people."""

from __future__ import annotations

import pytest

from matcher.files import load_projects, read_projects, read_table
from matcher.files.references.projects import standard_projects
from matcher.people.project import Project
from tests.referring import CY, PROJECTS, ROSTER, mended, presses, told


def test_projects_are_read_with_all_they_want():
    text = f"{PROJECTS}Apollo,2-3,family=people:1; superpower=grit:1,Ann Lee,{CY};4\nGemini,2,,,\n"

    assert read_projects(text, ROSTER) == (
        Project("Apollo", 2, 3, ("family=people:1", "superpower=grit:1"), "1", (CY, "4")),
        Project("Gemini", 2, 2),
    )


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (",3,,,\n", "row 2, column “project”: The project needs a name; fill in the cell."),
        (
            "P,Apr 06,,,\n",
            "row 2, column “size”: “Apr 06” is not a size; a spreadsheet may have made a date of 4-6.",
        ),
        ("P,6-4,,,\n", "row 2, column “size”: The project “P” has the size 6-4;"),
        ("P,3,family=x:1,,\n", "row 2, column “needs”: “x” is not a family;"),
        ("P,3,,1;2,\n", "row 2, column “lead”: A project has one lead; put the others under members."),
        (
            "P,3,,,\np,3,,,\n",
            "row 3, column “project”: The project “p” is there twice (row 2 too); rename one.",
        ),
        ("P,3,,1,\nQ,3,,,2;1\n", "row 3: Ann Lee is on “P” already; nobody can be on two projects."),
    ],
)
def test_a_project_that_makes_no_sense_is_reported(rows: str, problem: str):
    (found,) = told(load_projects, PROJECTS + rows)

    assert found.startswith(f"f.csv, {problem}")


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("5", (5, 5)),
        ("5.0", (5, 5)),
        ("4-6", (4, 6)),
        ("4 – 6", (4, 6)),
        ("4—6", (4, 6)),
        ("4 to 6", (4, 6)),
        ("4 TO 6 people", (4, 6)),
        ("4 à 6 personnes", (4, 6)),
        ("4 bis 6", (4, 6)),
        ("4..6", (4, 6)),
    ],
)
def test_a_size_is_a_number_or_a_range(text: str, sizes: tuple[int, int]):
    (project,) = read_projects(f"{PROJECTS}P,{text},,,\n", ROSTER)

    assert (project.least, project.most) == sizes


@pytest.mark.parametrize(
    "date",
    [
        *("4-Jun", "04-Jun", "Jun-04", "6-Apr", "06-Apr", "Apr 06", "4. Jun", "4-juin", "avr-06", "04.06."),
        *(
            "2026-06-04",
            "2026-06-04 00:00:00",
            "2026-04-06",
            "04/06/2026",
            "6/4/26",
            "06.04.2026",
            "4-6-2026",
        ),
    ],
)
def test_a_range_that_became_a_date_is_offered_back_and_never_taken(date: str):
    text = f"{PROJECTS}P,{date},,,\n"
    reading = load_projects(text, ROSTER)
    (problem,) = reading.problems

    assert reading.value == ()
    assert "a spreadsheet may have made a date of 4-6" in problem.message
    assert presses(problem) == [("Write 4 to 6", {(2, "size"): "4 to 6"}, ())]
    assert read_projects(mended(text, problem), ROSTER) == (Project("P", 4, 6),)


@pytest.mark.parametrize(
    ("date", "range_"), [("15-Feb", "2 to 15"), ("Dec-10", "10 to 12"), ("Apr-40", "4 to 40")]
)
def test_the_smaller_number_of_a_date_comes_first(date: str, range_: str):
    (problem,) = load_projects(f"{PROJECTS}P,{date},,,\n", ROSTER).problems

    assert problem.fixes[0].cells == {(2, "size"): range_}


@pytest.mark.parametrize("text", ["many", "-4", "4-", "4.5", "1e3", "2026-13-45", "Foo-4", "4-Jun-6", "½"])
def test_what_is_no_size_and_was_none_is_said(text: str):
    (problem,) = load_projects(f"{PROJECTS}P,{text},,,\n", ROSTER).problems

    assert problem.message == f"“{text}” is not a size; write a number or a range: 5 or 4-6."
    assert problem.fixes == ()


def test_a_range_may_stand_in_two_columns():
    text = "Projekt,Min,Max\nA,2,4\nB,3,\nC,,5\n"

    assert read_projects(text, ROSTER) == (Project("A", 2, 4), Project("B", 3, 3), Project("C", 5, 5))
    assert told(load_projects, "project,min,max\nA,,\nB,x,4\n") == [
        "f.csv, row 2, column “min”: The project needs a size; write how many people.",
        "f.csv, row 3, column “min”: “x” is not a number; write one, such as 5.",
    ]


def test_projects_in_our_own_form_say_the_same():
    table = read_table("Projekt,Min,Max,Leitung\nA,2,4,1\nB,3,,\nC,5,5,\n")
    standard = standard_projects(table)

    assert standard.header == ("project", "size", "needs", "lead", "members")
    assert [row.cells[:2] for row in standard.rows] == [("A", "2 to 4"), ("B", "3"), ("C", "5")]
    assert read_projects(standard, ROSTER) == read_projects(table, ROSTER)


def test_needs_and_members_may_be_separated_by_commas():
    text = f'{PROJECTS}P,3,"family=people:1, superpower=grit:1","Lee, Ann","Bo Chen, {CY}"\n'

    assert read_projects(text, ROSTER) == (
        Project("P", 3, 3, ("family=people:1", "superpower=grit:1"), "1", ("2", CY)),
    )


def test_a_need_or_a_member_that_is_unclear_is_put_right_and_the_rest_of_the_cell_stays():
    text = f"{PROJECTS}P,3,family=people:1; superpower=empthy:1,,2; Jose Garcia\n"
    reading = load_projects(text, ROSTER)

    assert [dict(fix.cells) for problem in reading.problems for fix in problem.fixes] == [
        {(2, "needs"): "family=people:1; superpower=Empathy:1"},
        {(2, "members"): "2; José García"},
    ]
