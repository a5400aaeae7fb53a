"""Files that refer to members: frictions, rules, rounds, plans, projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from matcher.files import (
    checked_need,
    load_frictions,
    load_history,
    load_plan,
    load_projects,
    load_rules,
    read_frictions,
    read_history,
    read_plan,
    read_projects,
    read_roster,
    read_rules,
)
from matcher.people.errors import InputError
from matcher.people.friction import Friction, Severity
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.rules import Apart, Needs, Pin, Together

ROSTER = read_roster(
    "id,name,email,superpowers,seniority\n"
    "1,Ann Lee,ann@x.org,vision,Senior\n"
    "2,Bo Chen,bo@x.org,grit,Junior\n"
    ",Cy Diaz,cy@x.org,calm,Junior\n"
    "4,Dee Roy,,energy,Senior\n"
    "5,Dee Roy,,empathy,Senior\n"
)
CY = "Cy Diaz"
FRICTIONS = "member a,member b,severity,note\n"
RULES = "rule,who,value\n"
PROJECTS = "project,size,needs,lead,members\n"


def told(load: Callable[..., object], text: str) -> list[str]:
    """The problems that a lenient reading lists."""
    return [str(problem) for problem in load(text, ROSTER, name="f.csv").problems]


# --- whom a file refers to ----------------------------------------------------------------------


@pytest.mark.parametrize("reference", ["1", "ann@x.org", " ANN   lee ", "Ann Lee"])
def test_a_member_is_named_by_id_email_or_name(reference: str):
    (friction,) = read_frictions(f"{FRICTIONS}{reference},{CY},avoid,\n", ROSTER)

    assert friction == Friction("1", CY, Severity.AVOID)


@pytest.mark.parametrize(
    ("load", "start", "end", "column"),
    [
        (load_frictions, FRICTIONS + "Cy Diaz,", ",never,", "member b"),
        (load_rules, RULES + "apart,Cy Diaz;", ",", "who"),
        (load_plan, "name,group\nCy Diaz,1\n", ",1", "name"),
        (load_projects, PROJECTS + "P,3,,", ",", "lead"),
    ],
)
def test_a_reference_that_names_nobody_or_two_says_what_to_do(
    load: Callable[..., object], start: str, end: str, column: str
):
    row = 3 if load is load_plan else 2

    assert told(load, f"{start}An Lee{end}\n") == [
        f"f.csv, row {row}, column “{column}”: “An Lee” is nobody on the roster; did you mean “Ann Lee”?"
    ]
    assert told(load, f"{start}Zed{end}\n") == [
        f"f.csv, row {row}, column “{column}”: “Zed” is nobody on the roster. "
        "Correct the name, or add them to the roster."
    ]
    assert told(load, f"{start}Dee Roy{end}\n") == [
        f"f.csv, row {row}, column “{column}”: “Dee Roy” could be any of 2 members; use the id (4, 5)."
    ]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_frictions, FRICTIONS + "Zed,Cy Diaz,never,\nCy Diaz,Zoe,never,\n"),
        (read_rules, RULES + "apart,Zed;Cy Diaz,\nnonsense,x,\n"),
        (read_history, "name,group\nCy Diaz,1\nCy Diaz,2\nDee Roy,1\n"),
        (read_plan, "name,group\nCy Diaz,1\nZed,2\nDee Roy,1\n"),
        (read_projects, PROJECTS + "P,three,,,\n,3,,,\n"),
    ],
)
def test_reading_strictly_tells_every_problem(read: Callable[..., object], text: str):
    with pytest.raises(InputError) as caught:
        read(text, ROSTER, name="f.csv")

    assert len(caught.value.problems) == 2
    assert all(p.file == "f.csv" and p.row and p.column for p in caught.value.problems)


@pytest.mark.parametrize(
    ("read", "column"),
    [
        (read_frictions, "“member a”"),
        (read_rules, "“rule”"),
        (read_history, "for the groups"),
        (read_plan, "for the groups"),
        (read_projects, "“project”"),
    ],
)
def test_a_file_without_its_columns_says_which_there_are(read: Callable[..., object], column: str):
    with pytest.raises(
        InputError, match=f"f.csv, row 1: There is no column {column}; the columns are “x” and “y”"
    ):
        read("x,y\n1,2\n", ROSTER, name="f.csv")


# --- frictions ----------------------------------------------------------------------------------


def test_frictions_are_read_with_severity_and_note():
    assert read_frictions(f"{FRICTIONS}1,2,Never,they argue\n2,{CY},avoid,\n", ROSTER) == (
        Friction("1", "2", Severity.NEVER, "they argue"),
        Friction("2", CY, Severity.AVOID),
    )


def test_a_friction_is_read_from_every_column_for_others():
    text = f"name,other 1,other 2,other 3\n1,2,,{CY}\n2,,,\n{CY},,4,\n"

    assert read_frictions(text, ROSTER) == (Friction("1", "2"), Friction("1", CY), Friction(CY, "4"))


def test_somebody_unknown_among_the_others_is_said_with_their_column():
    (found,) = told(load_frictions, "name,other 1,other 2\n1,2,Zed\n")

    assert found.startswith("f.csv, row 2, column “other 2”: “Zed” is nobody on the roster")


def test_a_friction_without_a_severity_is_never_and_that_is_said():
    reading = load_frictions("a,b\n1,2\n", ROSTER, name="f.csv")

    assert reading.checked() == (Friction("1", "2", Severity.NEVER),)
    assert reading.notes == ("f.csv, row 2, column “severity”: No severity is given; “never” is assumed.",)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            "1,Ann Lee,never,\n",
            "row 2, column “member b”: Ann Lee cannot have a friction with themselves; name two",
        ),
        ("1,2,hate,\n", "row 2, column “severity”: “hate” has to be “never” or “avoid”."),
        ("1,,never,\n", "row 2, column “member b”: A friction needs two members; fill in the cell."),
        (
            "1,2,never,\n2,1,avoid,\n",
            "row 3, column “severity”: Bo Chen and Ann Lee are “avoid” here and “never” in row 2; "
            "remove one of the two rows.",
        ),
    ],
)
def test_a_friction_that_makes_no_sense_is_reported(rows: str, problem: str):
    (found,) = told(load_frictions, FRICTIONS + rows)

    assert found.startswith(f"f.csv, {problem}")


def test_a_friction_twice_counts_once():
    reading = load_frictions(f"{FRICTIONS}1,2,never,\n2,1,never,\n", ROSTER)

    assert len(reading.checked()) == 1
    assert "row 2 already" in reading.notes[0]


# --- rules --------------------------------------------------------------------------------------


def test_every_rule_has_its_form():
    text = (
        f"{RULES}apart,1;2;{CY},\ntogether,1; 4,\nPin,5,Team 2\nat least,every group,family=people:1\n"
        "At Most,Team 1;Team 2,superpower=Empathy:2\nat least,Every Group,Seniority=junior:0\n"
    )

    assert read_rules(text, ROSTER) == (
        Apart(("1", "2", CY)),
        Together(("1", "4")),
        Pin(("5",), "Team 2"),
        Needs("every group", "at least", "family", "people", 1),
        Needs("Team 1", "at most", "superpower", "Empathy", 2),
        Needs("Team 2", "at most", "superpower", "Empathy", 2),
        Needs("every group", "at least", "Seniority", "junior", 0),
    )


def test_pairs_in_the_form_of_other_tools_are_apart():
    assert read_rules(f"name,other 1,other 2\n1,2,{CY}\n4,5,\n", ROSTER) == (
        Apart(("1", "2")),
        Apart(("1", CY)),
        Apart(("4", "5")),
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "above,1;2,",
            "column “rule”: “above” is not a rule; write apart, together, pin, at most or at least.",
        ),
        ("apart,,", "column “who”: The rule does not say for whom; fill in the cell."),
        ("apart,1,", "column “who”: “apart” needs two or more different members. Separate the names by “;”."),
        ("together,1;Ann Lee,", "column “who”: “together” needs two or more different members. Separate"),
        ("pin,1,", "column “value”: “pin” needs the name of a group; write it here."),
        (
            "at least,every group,people",
            "column “value”: “people” is not a need; write it like family=people:1,",
        ),
        (
            "at least,every group,family=people:-1",
            "column “value”: “family=people:-1” is not a need; write it like",
        ),
        (
            "at least,every group,family=peple:1",
            "column “value”: “peple” is not a family; the families are Vision,",
        ),
        (
            "at most,every group,superpower=empthy:1",
            "column “value”: “empthy” is not a superpower of the catalogue; did you mean “Empathy”?",
        ),
        (
            "at most,every group,senority=Junior:1",
            "column “value”: “senority” is not a column of the roster; did you mean “seniority”? "
            "Possible are family, superpower or seniority.",
        ),
        (
            "at least,every group,seniority=Juniro:1",
            "column “value”: Nobody on the roster has the seniority “Juniro”; did you mean “Junior”?",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_reported(row: str, problem: str):
    (found,) = told(load_rules, f"{RULES}{row}\n")

    assert found.startswith(f"f.csv, row 2, {problem}")


def test_members_together_and_apart_are_reported_with_both_rows():
    assert told(load_rules, f"{RULES}together,1;2;{CY},\napart,4;5,\napart,{CY};1,\n") == [
        f"f.csv, row 2, column “who”: Ann Lee and {CY} are to be together here, but row 4 keeps them apart; "
        "remove one of the two."
    ]


def test_members_together_although_never_are_reported():
    frictions = (Friction("2", "1"), Friction("1", CY, Severity.AVOID))
    with pytest.raises(InputError) as caught:
        read_rules(f"{RULES}together,1;2,\ntogether,1;{CY},\n", ROSTER, frictions=frictions, name="f.csv")

    assert str(caught.value) == (
        "f.csv, row 2, column “who”: Ann Lee and Bo Chen are to be together here, "
        "but a friction says “never”; remove one of the two."
    )


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("1,Ann Lee", "other 1", "1 cannot be kept apart from themselves; name somebody else."),
        (",2", "name", "The row has no name; fill in the cell."),
        ("Zed,2", "name", "“Zed” is nobody on the roster. Correct the name, or add them to the roster."),
    ],
)
def test_a_pair_that_makes_no_sense_is_reported(row: str, column: str, sentence: str):
    reading = load_rules(f"name,other 1\n{row}\n4,5\n", ROSTER, name="f.csv")

    assert [str(p) for p in reading.problems] == [f"f.csv, row 2, column “{column}”: {sentence}"]
    assert reading.value == (Apart(("4", "5")),)


def test_a_need_is_kind_value_and_count():
    assert checked_need(" family = People : 12 ", ROSTER) == ("family", "People", 12)


# --- rounds and plans ---------------------------------------------------------------------------


def test_a_plan_as_we_write_it_is_a_round():
    text = (
        "id,name,email,superpowers,group,why,talk about\n"
        "1,Ann Lee,,vision,Team 1,x,\n,Cy Diaz,,calm,Team 1,x,\n"
        "4,Dee Roy,,,Team 2,,\n5,Dee Roy,,,Team 2,,\n2,Bo,,,,,\n"
    )

    assert read_plan(text, ROSTER, name="May.csv") == Round(
        {"Team 1": ("1", CY), "Team 2": ("4", "5")}, "May"
    )


def test_duos_one_row_each_are_a_round():
    text = f"duo,member 1,member 2,member 3,fit,why,talk about\nDuo 1,1,2,,40,,\nTrio 1,{CY},4,5,10,,\n"

    assert read_plan(text, ROSTER).groups == {"Duo 1": ("1", "2"), "Trio 1": (CY, "4", "5")}


@pytest.mark.parametrize("header", ["Section,Team,Name,Email", "section,group,full name,e-mail"])
def test_sections_tell_teams_of_one_name_apart(header: str):
    text = f"{header}\nNorth,1,Ann Lee,\nNorth,1,,bo@x.org\nSouth,1,{CY},\n"

    assert read_plan(text, ROSTER).groups == {"North 1": ("1", "2"), "South 1": (CY,)}


def test_one_section_leaves_the_teams_their_names():
    assert read_plan("Section,Team,Name,Email\nNorth,Red,Ann Lee,\n", ROSTER).groups == {"Red": ("1",)}


def test_of_two_group_columns_the_last_is_the_plans():
    assert read_plan("name,group,group\nAnn Lee,Sales,Team 1\n", ROSTER).groups == {"Team 1": ("1",)}


def test_an_id_that_is_unknown_gives_way_to_the_name():
    assert read_plan("id,name,group\n99,Bo Chen,A\n", ROSTER).groups == {"A": ("2",)}


def test_a_history_may_hold_several_rounds_and_people_who_have_left():
    text = f"round,name,group\nMay,Ann Lee,A\nMay,Gone,A\nJune,Ann Lee,B\nJune,{CY},B\n"
    reading = load_history(text, ROSTER, name="h.csv")

    assert reading.checked() == (Round({"A": ("1",)}, "h May"), Round({"B": ("1", CY)}, "h June"))
    assert reading.notes[0].startswith("h.csv, row 3, column “name”: “Gone” is nobody on the roster.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "name,group\nAnn Lee,A\nann@x.org,B\n",
            "f.csv, row 3, column “name”: Ann Lee is in A already (row 2);",
        ),
        (
            "name,group\n,A\nAnn Lee,A\n",
            "f.csv, row 2, column “name”: The row names nobody; fill in the name.",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_reported(text: str, problem: str):
    (found,) = told(load_plan, text)

    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("group,why\nA,x\n", "f.csv, row 1: There is no column for the members"),
        ("name,group\nAnn Lee,\n", "f.csv: Nobody on the roster is in a group here."),
        (
            "round,name,group\n1,Ann Lee,A\n2,Ann Lee,A\n",
            "There are 2 rounds in the file; keep the rows of one.",
        ),
    ],
)
def test_a_plan_that_places_nobody_or_says_too_much_is_refused(text: str, sentence: str):
    with pytest.raises(InputError) as caught:
        load_plan(text, ROSTER, name="f.csv")

    assert sentence in str(caught.value)


# --- projects -----------------------------------------------------------------------------------


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
            "row 2, column “size”: “Apr 06” is not a size; write a number or a range: 5 or 4-6.",
        ),
        ("P,6-4,,,\n", "row 2, column “size”: The project “P” has the size 6-4;"),
        ("P,3,family=x:1,,\n", "row 2, column “needs”: “x” is not a family;"),
        ("P,3,,1;2,\n", "row 2, column “lead”: A project has one lead; put the others under members."),
        ("P,3,,,\np,3,,,\n", "row 3, column “project”: The project “p” is there twice; rename one."),
        ("P,3,,1,\nQ,3,,,2;1\n", "row 3: Ann Lee is on “P” already; nobody can be on two projects."),
    ],
)
def test_a_project_that_makes_no_sense_is_reported(rows: str, problem: str):
    (found,) = told(load_projects, PROJECTS + rows)

    assert found.startswith(f"f.csv, {problem}")


def test_a_plan_to_begin_from_may_tell_of_people_who_left():
    text = "name,group\nAnn Lee,Red\nGone Girl,Red\nBo Chen,Blue\n"
    reading = load_plan(text, ROSTER, name="p.csv", leavers=True)

    assert reading.value.groups == {"Red": ("1",), "Blue": ("2",)}
    assert (len(reading.problems), len(reading.notes)) == (0, 1)
    with pytest.raises(InputError, match="“Gone Girl” is nobody on the roster"):
        read_plan(text, ROSTER)
