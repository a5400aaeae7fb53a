"""What all files that refer to members have in common."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from matcher.files import (
    load_frictions,
    load_plan,
    load_projects,
    load_rules,
    read_frictions,
    read_history,
    read_plan,
    read_projects,
    read_rules,
)
from matcher.people.errors import InputError
from matcher.people.friction import Friction, Severity
from tests.referring import CY, FRICTIONS, PROJECTS, ROSTER, RULES, told


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
