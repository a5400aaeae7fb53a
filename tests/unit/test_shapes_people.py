"""Who rows are about: names in all their forms, leavers, and people who stand in a file twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.files import Choices, RosterReading, load_roster


def people(reading: RosterReading) -> list[tuple[str, str, str]]:
    return [(m.name, m.id, " ".join(m.superpowers)) for m in reading.roster.members]


# --- how names are written -------------------------------------------------------------------------


def names(*cells: str) -> tuple[list[str], list[str]]:
    quoted = "".join(f'"{cell}",grit;calm\n' for cell in cells)
    reading = load_roster(f"name,superpowers\n{quoted}", name="r.csv")
    return [m.name for m in reading.roster.members], [p.message for p in reading.problems]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Lee, Ann", "Chen, Bo", "Cher"], ["Ann Lee", "Bo Chen", "Cher"]),
        (["Lee, Ann, PhD", "Chen Jr., Bo"], ["Ann Lee, PhD", "Bo Chen Jr."]),
        (["Ann Lee, PhD", "Bo Chen, Jr."], ["Ann Lee, PhD", "Bo Chen, Jr."]),
        (["Mr Ann Lee", "Frau Bo Chen", "Dr. Cy Diaz"], ["Ann Lee", "Bo Chen", "Dr. Cy Diaz"]),
        (["Herr Müller", "Frau Müller"], ["Herr Müller", "Frau Müller"]),
        (["Herr Uli Au", "Frau Uli Au"], ["Herr Uli Au", "Frau Uli Au"]),
        (["  Ann \n Lee ", "Bo"], ["Ann Lee", "Bo"]),
        (["Ann Lee <a@x.org>", "Bo <b@x.org>"], ["Ann Lee", "Bo"]),
        (["Ann Lee (2)", "Ann Lee", "Bo", "Cy"], ["Ann Lee (2)", "Ann Lee", "Bo", "Cy"]),
    ],
)
def test_names_are_read_as_people_say_them(cells: list[str], expected: list[str]):
    assert names(*cells) == (expected, [])


def test_one_note_tells_how_a_column_of_names_is_read_and_the_fact_keeps_what_was_written():
    reading = load_roster('Name,superpowers\n"Lee, Ann (7)",grit\n"Chen, Bo (8)",calm\n', name="r.csv")

    assert reading.notes == (
        "r.csv, column “Name”: “Lee, Ann (7)” is read as “Ann Lee”, id “7”, and 1 other likewise.",
    )
    assert reading.facts["7"][0] == ("name", "Lee, Ann (7)", "r.csv", 2, "Name")


def test_a_single_name_with_a_comma_is_kept_and_pointed_out():
    reading = load_roster(
        'name,superpowers\nAnn Lee,grit\n"Chen, Bo",calm\nCy Diaz,calm; grit\n', name="r.csv"
    )

    assert reading.problems == ()
    assert reading.notes == (
        "r.csv, row 3, column “name”: “Chen, Bo” is kept as it is; if the last name stands first there, "
        "unlike in the others, write “Bo Chen”.",
    )
    assert [m.name for m in reading.roster.members] == ["Ann Lee", "Chen, Bo", "Cy Diaz"]


# --- who has left ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "gone", "there"),
    [
        ("Status", "Terminated", "Active"),
        ("Employment status", "Left the company", "Full-time"),
        ("Status", "Inactive", "On leave"),
        ("Active", "No", "Yes"),
        ("Statut", "sortie", "active"),
        ("Status", "ausgeschieden", "in Elternzeit"),
        ("Position Status", "T", "A"),
        ("Termination Date", "2020-01-31", "2999-01-31"),
        ("Austrittsdatum", "31.12.2020", ""),
        ("Last day of work", "15-Mar-2021", "15-Mar-2998"),
    ],
)
def test_leavers_are_left_out_and_listed(header: str, gone: str, there: str):
    text = f"name,superpowers,{header}\nAnn,grit; calm,{there}\nBo,calm,{gone}\n"
    reading = load_roster(text, name="r.csv")

    assert [m.name for m in reading.roster.members] == ["Ann"]
    assert [(row.number, row.cells[0]) for row in reading.table.left_out] == [(3, "Bo")]
    assert gone in reading.table.left_out[0].why
    assert "r.csv: 1 leaver left out: row 3." in reading.notes
    assert reading.problems == ()


def test_a_leaver_can_be_kept():
    text = "name,superpowers,status\nAnn,grit; calm,active\nBo,calm,left\n"

    assert len(load_roster(text, choices=Choices(kept=frozenset({3}))).roster.members) == 2


def test_somebody_who_came_back_is_there():
    text = "name,superpowers,status,termination date\nAnn,grit; calm,Active,2019-03-01\n"

    reading = load_roster(text, name="r.csv")
    assert len(reading.roster.members) == 1
    assert reading.notes == (
        "r.csv: Counted as there by their status, though their last day has passed: Ann.",
    )


def test_today_is_the_last_day_of_nobody_yet():
    tomorrow, yesterday = (date.today() + timedelta(days=days) for days in (2, -2))
    text = f"name,superpowers,last working day\nAnn,grit; calm,{tomorrow}\nBo,calm,{yesterday}\n"

    assert [m.name for m in load_roster(text).roster.members] == ["Ann"]


def test_people_on_leave_are_there_and_named():
    reading = load_roster("name,superpowers,status\nAnn,grit; calm,Active\nBo,calm,On Leave\n", name="r.csv")

    assert [m.absent for m in reading.roster.members] == [False, False]
    assert reading.notes == (
        "r.csv: On leave, but counted as there: Bo. Write yes in a column “absent” for who is not.",
    )


# --- the same person twice -------------------------------------------------------------------------


def test_rows_that_say_the_same_are_one_person():
    reading = load_roster(
        "id,name,superpowers\n7,Ann,grit; calm\n8,Bo,calm\n7,ANN,Grit;  calm\n", name="r.csv"
    )

    assert people(reading) == [("Ann", "7", "grit calm"), ("Bo", "8", "calm")]
    assert reading.problems == ()
    assert [row.number for row in reading.table.left_out] == [4]


def test_two_rows_of_one_id_can_be_merged_or_one_removed():
    reading = load_roster(
        "id,name,superpowers,site\n7,Ann,grit; calm,\n8,Bo,calm,\n7,Ann,vision; calm,Rome\n"
    )

    (problem,) = reading.problems
    assert (problem.row, problem.column) == (4, "id")
    merge, first, later = problem.fixes
    assert merge.cells == {(2, "superpowers"): "grit; calm; vision", (2, "site"): "Rome"}
    assert (merge.drop, first.drop, later.drop) == ((4,), (4,), (2,))


def test_two_people_of_one_name_can_be_told_apart_by_their_emails():
    reading = load_roster("name,email,superpowers\nAnn,a@x.org,grit; calm\nann,b@x.org,calm\n")

    (problem,) = reading.problems
    assert problem.fixes[-1].label == "They are two people: give each an id"
    assert problem.fixes[-1].cells == {(2, "id"): "a@x.org", (3, "id"): "b@x.org"}


@pytest.mark.parametrize("twin", ["RENÉ DIAZ", "Rene\u0301 Diaz", " René  Diaz ", "René\u200b Diaz"])
def test_names_that_differ_by_case_or_form_only_are_one(twin: str):
    reading = load_roster(f"name,superpowers\nRené Diaz,grit; calm\nBo,calm\n{twin},vision\n")

    assert [m.name for m in reading.roster.members] == ["René Diaz", "Bo"]
    assert "is on the roster already (row 2)" in reading.problems[0].message


def test_two_people_whose_names_differ_by_case_are_no_list_of_one_persons_strengths():
    reading = load_roster("name,superpowers\nAnn Lee,Vision\nANN LEE,Grit\nBo Ek,Calm\nbo ek,Vision\n")

    assert people(reading) == [("Ann Lee", "", "vision"), ("Bo Ek", "", "calm")]
    assert [problem.row for problem in reading.problems] == [3, 5]


def test_an_email_that_two_people_share_is_asked_about_and_both_stay():
    reading = load_roster("name,email,superpowers\nAnn,a@x.org,grit; calm\nAnnie,a@x.org,calm\n")

    assert len(reading.roster.members) == 2
    assert [(p.row, p.column) for p in reading.problems] == [(3, "email")]


def test_people_with_ids_may_share_an_email():
    text = "id,name,email,superpowers\n7,Ann,desk@x.org,grit; calm\n8,Bo,desk@x.org,calm\n"

    assert load_roster(text).problems == ()
