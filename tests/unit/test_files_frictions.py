"""Frictions: a row for two members, or for one with several others."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from matcher.files import load_frictions, read_frictions, read_table
from matcher.files.references.frictions import standard_frictions
from matcher.files.tables.choices import Choices
from matcher.people.friction import Friction, Severity
from matcher.people.names import fold
from tests.referring import CY, FRICTIONS, ROSTER, mended, presses, told


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
    assert load_frictions("a,b\n1,2\n1,4\n", ROSTER, name="f.csv").notes == (
        "f.csv: No severity is given in 2 rows; “never” is assumed.",
    )


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


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("hard", Severity.NEVER),
        ("Must  Not", Severity.NEVER),
        ("jamais", Severity.NEVER),
        ("Niemals", Severity.NEVER),
        ("soft", Severity.AVOID),
        ("Prefer not", Severity.AVOID),
        ("À éviter", Severity.AVOID),
        ("vermeiden", Severity.AVOID),
    ],
)
def test_what_others_write_for_a_severity_is_taken_and_said_once(word: str, severity: Severity):
    reading = load_frictions(f"{FRICTIONS}1,2,{word},\n1,{CY},{word},\n", ROSTER, name="f.csv")

    assert [f.severity for f in reading.checked()] == [severity, severity]
    assert reading.notes == (f"f.csv: “{fold(word)}” is taken for “{severity}” in 2 rows.",)


@pytest.mark.parametrize("word", ["never", "NEVER", " Avoid "])
def test_our_own_words_need_no_note(word: str):
    assert load_frictions(f"{FRICTIONS}1,2,{word},\n", ROSTER).notes == ()


def test_another_word_can_be_put_right_with_one_press():
    text = f"{FRICTIONS}1,2,hate,\n"
    (problem,) = load_frictions(text, ROSTER).problems

    assert presses(problem) == [
        ("Write “never”", {(2, "severity"): "never"}, ()),
        ("Write “avoid”", {(2, "severity"): "avoid"}, ()),
    ]
    assert read_frictions(mended(text, problem, 1), ROSTER) == (Friction("1", "2", Severity.AVOID),)


def test_of_two_rows_that_contradict_each_other_the_stricter_counts_until_one_goes():
    text = f"{FRICTIONS}1,2,avoid,late\n2,1,never,loud\n"
    reading = load_frictions(text, ROSTER)
    (problem,) = reading.problems

    assert reading.value == (Friction("1", "2", Severity.NEVER, "late; loud"),)
    assert presses(problem) == [("Keep “avoid” (row 2)", {}, (3,)), ("Keep “never” (row 3)", {}, (2,))]
    assert read_frictions(mended(text, problem, 0), ROSTER) == (Friction("1", "2", Severity.AVOID, "late"),)


def test_both_directions_of_a_pair_keep_both_notes():
    text = f"{FRICTIONS}1,2,never,late\n2,1,never,loud\n1,2,never,late\n"

    assert read_frictions(text, ROSTER) == (Friction("1", "2", Severity.NEVER, "late; loud"),)


@pytest.mark.parametrize(
    "header",
    [
        "Mitglied A,Mitglied B,Schweregrad,Bemerkung",
        "Personne A,Personne B,Gravité,Remarque",
        "Person 1,Person 2,Level,Reason",
        "Name,Not with,Type,Comment",
    ],
)
def test_columns_may_be_called_otherwise(header: str):
    assert read_frictions(f"{header}\n1,2,avoid,why\n", ROSTER) == (
        Friction("1", "2", Severity.AVOID, "why"),
    )


def test_a_column_means_what_somebody_chose():
    choices = Choices(meanings={"Left": "member a", "Right": "member b"})

    assert read_frictions("Left,Right,severity\n1,2,avoid\n", ROSTER, choices=choices) == (
        Friction("1", "2", Severity.AVOID),
    )


def test_frictions_in_our_own_form_tell_where_each_cell_stood():
    table = read_table(f"name,other 1,other 2,comment,level\n1,2,{CY},loud,soft\n2,,Zed,,hm\n", "f.csv")
    standard = standard_frictions(table)

    assert standard.header == ("member a", "member b", "severity", "note")
    assert [(row.number, row.cells) for row in standard.rows] == [
        (2, ("1", "2", "avoid", "loud")),
        (2, ("1", CY, "avoid", "loud")),
        (3, ("2", "Zed", "hm", "")),
    ]
    assert standard.rows[1].origins == {0: (2, "name"), 1: (2, "other 2"), 2: (2, "level"), 3: (2, "comment")}


def test_a_workbook_and_a_table_are_read_too():
    workbook = Workbook()
    workbook.active.title = "People"
    workbook.active.append(["name", "superpowers"])
    workbook.active.append(["Ann Lee", "grit"])
    sheet = workbook.create_sheet("Frictions")
    for row in (["member a", "member b", "severity"], [1, 2, "avoid"], ["Ann Lee", CY, "never"]):
        sheet.append(row)
    data = io.BytesIO()
    workbook.save(data)
    expected = (Friction("1", "2", Severity.AVOID), Friction("1", CY))

    assert read_frictions(data.getvalue(), ROSTER, choices=Choices(sheet="Frictions")) == expected
    assert read_frictions(data.getvalue(), ROSTER) == expected  # the sheet that looks like frictions
    assert read_frictions(read_table(f"{FRICTIONS}1,2,avoid,\n"), ROSTER) == expected[:1]
