"""A plan as a workbook."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from matcher.files import plan_xlsx, read_plan
from matcher.files.reports.excel import CUT, MOST_LETTERS
from matcher.forming import form_duos
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan, report
from tests.strategies_people import CATALOGUE
from tests.told import sheets, told_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return told_plan()


@pytest.fixture(scope="module")
def book(plan: Plan) -> dict[str, list[list[object]]]:
    return sheets(plan_xlsx(plan))


def test_the_managers_book_has_four_sheets_in_order(book: dict[str, list[list[object]]]):
    assert list(book) == ["Plan", "Groups", "Pairs", "Settings"]


def test_the_first_sheet_has_a_row_for_everybody_the_absent_last(book: dict[str, list[list[object]]]):
    header, *rows = book["Plan"]

    assert header == ["name", "email", "superpowers", "rating", "group", "why", "talk about"]
    assert [row[0] for row in rows] == ["Ada", "Bo", "Fay", "Chi", "Dov", "Eun", "Gil"]
    assert [row[4] for row in rows] == ["Team 1"] * 3 + ["Team 2"] * 3 + [None]
    assert rows[0][2] == "Systems thinking; Calm"


def test_the_groups_have_their_figures_as_numbers(book: dict[str, list[list[object]]], plan: Plan):
    header, *rows = book["Groups"]

    goals = ["complement", "coverage", "calm", "mix"]
    assert header == ["group", "members", "score", *goals, "why", "talk about", "begin with"]
    assert [row[2] for row in rows] == [pytest.approx(group.score, abs=1e-5) for group in plan.groups]
    assert rows[0][:2] == ["Team 1", "Ada\nBo\nFay"]
    assert "secretnote" in str(rows[1][8])


def test_the_pairs_have_their_fit(book: dict[str, list[list[object]]], plan: Plan):
    header, *rows = book["Pairs"]

    assert header[:4] == ["group", "member a", "member b", "fit"]
    assert rows[0][:4] == ["Team 1", "Ada", "Bo", plan.fit("Ada", "Bo")]
    assert len(rows) == 6


def test_the_settings_say_how_good_it_is_and_which_rules_hold(
    book: dict[str, list[list[object]]], plan: Plan
):
    said = [(left, right) for left, right in book["Settings"]]

    assert ("Formed on", "2 March 2026") in said
    assert ("Score", pytest.approx(plan.score, abs=1e-5)) in said
    assert ("kept", "Bo and Dov are apart.") in said
    assert ("broken", "Ada and Fay are apart.") in said
    assert ("Columns to mix", "rating") in said


def test_the_teams_book_says_what_everybody_brings_and_has_no_number(plan: Plan):
    book = sheets(plan_xlsx(plan, "team"))

    assert list(book) == ["Plan", "Groups", "Pairs", "Settings"]
    assert book["Plan"][0] == ["name", "email", "superpowers", "group", "why", "talk about"]
    assert book["Groups"][0] == ["group", "what everybody brings", "why", "begin with"]
    assert book["Groups"][1][1] == "Ada: Systems thinking, Calm\nBo: Experimentation\nFay: Provocation"
    assert book["Pairs"][0] == ["group", "member a", "member b", "what connects them"]
    cells = [cell for rows in book.values() for row in rows for cell in row if cell is not None]
    assert [cell for cell in cells if not isinstance(cell, str)] == []


def test_tables_can_be_filtered_and_keep_their_header_in_sight(plan: Plan):
    book = load_workbook(io.BytesIO(plan_xlsx(plan)))

    assert {name: book[name].auto_filter.ref for name in ("Plan", "Groups", "Pairs")} == {
        "Plan": "A1:G8",
        "Groups": "A1:J3",
        "Pairs": "A1:F7",
    }
    assert {book[name].freeze_panes for name in ("Plan", "Groups", "Pairs")} == {"B2"}
    assert all(book["Groups"].cell(2, 8).alignment.wrap_text for _ in "x")
    assert all(sheet.sheet_state == "visible" for sheet in book)
    assert [str(where.sqref) for where in book["Groups"].conditional_formatting] == [
        f"{column}2:{column}3" for column in "CDEFG"
    ]


HOSTILE = [
    "=1+1",
    "+x",
    "-x",
    "@x",
    "'=x",
    "＝1",
    "_x0041_",
    "a\x07b",
    "東京",
    "العربية",
    "😀" * 3,
    "n" * 300,
]


def test_hostile_names_are_no_formulas_and_read_back_unchanged():
    members = tuple(Member(name, ("calm",)) for name in HOSTILE)
    people = Roster(members, CATALOGUE)
    made = form_duos(people, seconds=1)
    data = plan_xlsx(made)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "hyperlink" in name.lower()]
    assert not [c for row in sheets(data)["Plan"] for c in row if str(c)[:1] in "=+-@"]
    groups = {group.name: tuple(sorted(group.members)) for group in made.groups}
    assert {n: tuple(sorted(k)) for n, k in read_plan(data, people).groups.items()} == groups


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_that_no_cell_can_hold_is_cut_with_a_mark(letter: str):
    members = (Member("Ada", ("calm",), attributes={"cv": letter * 40_000}), Member("Bo", ("calm",)))
    made = form_duos(Roster(members, CATALOGUE), seconds=1)
    (cell,) = [row[2] for row in sheets(plan_xlsx(made))["Plan"] if row[0] == "Ada"]

    assert cell.endswith(CUT)
    assert len(cell.encode("utf-16-le")) // 2 in (MOST_LETTERS - 1, MOST_LETTERS)


def test_more_pairs_than_are_listed_are_said(plan: Plan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(report, "MOST_PAIRS", 4)

    assert sheets(plan_xlsx(plan))["Pairs"][-1][0] == "and 2 more pairs"


def test_the_same_plan_gives_the_same_bytes_and_no_person_or_time_in_them(plan: Plan):
    data = plan_xlsx(plan, "team")
    book = load_workbook(io.BytesIO(data))

    assert data == plan_xlsx(replace(plan), "team")
    assert book.properties.created.date() == plan.brief.as_of
    assert (book.properties.title, book.properties.creator) == ("Our teams", None)


def test_a_plan_of_nothing_but_one_duo_is_a_book_too():
    made = form_duos(Roster((Member("Ada"), Member("Bo")), CATALOGUE), seconds=1)

    assert list(sheets(plan_xlsx(made, "team"))) == ["Plan", "Groups", "Settings"]
    assert [a[0] != b[0] for a, b in pairwise(sheets(plan_xlsx(made))["Plan"])] == [True, True]
