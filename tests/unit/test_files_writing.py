"""Plans and rosters as files."""

from __future__ import annotations

import csv
import io
import json
from itertools import product
from pathlib import Path

import pytest

from matcher.files import (
    duos_csv,
    plan_csv,
    plan_json,
    plan_xlsx,
    read_plan,
    read_roster,
    write_plan,
    write_roster,
)
from matcher.files.printed import plan_text
from matcher.files.tables.delimited import unescape
from matcher.files.writing import WRITERS, csv_bytes, escape
from matcher.forming import form_duos, score_plan
from matcher.people.errors import InputError
from matcher.people.friction import Friction, Severity
from matcher.people.roster import Roster
from matcher.plan.plan import Plan

FRICTIONS = [Friction("José", "Eve", Severity.NEVER, "a secret"), Friction("Zoë", "Bo", Severity.AVOID)]


@pytest.fixture(scope="module")
def roster() -> Roster:
    return read_roster(
        "Name,Superpowers,location\nZoë,vision; grit,=HYPERLINK(0)\nBo,organising,Oslo\n"
        "José,experimentation,+1\nEve,systems thinking,-\n東京,empathy,@x\nDee,provocation,\nLi,calm,\n"
    ).without(["Li"])


@pytest.fixture(scope="module")
def plan(roster: Roster) -> Plan:
    return form_duos(roster, frictions=FRICTIONS, seconds=5)


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "\0x", "＝1", "＋x", "－x", "＠x", "-", "''=x"]
)
def test_a_cell_that_a_spreadsheet_might_run_gets_an_apostrophe_and_loses_it_again(cell: str):
    assert escape(cell) == f"'{cell}"
    assert unescape(escape(cell)) == cell


@pytest.mark.parametrize("cell", ["", "x", "-5", "+3.25", "-1,5", "+40 %", "x=1", "'quoted'", "O'Brien", "5"])
def test_numbers_and_harmless_text_are_left_alone(cell: str):
    assert escape(cell) == unescape(cell) == cell


def test_a_csv_file_begins_with_a_mark_and_ends_lines_as_excel_does():
    assert (
        csv_bytes(["a", "=b"], [["é", 1.5], ["x,y", None]])
        == b'\xef\xbb\xbfa,\'=b\r\n\xc3\xa9,1.5\r\n"x,y",\r\n'
    )


# --- plans --------------------------------------------------------------------------------------


def test_a_plan_has_the_rosters_own_columns_then_its_own(plan: Plan):
    header, *rows = table(plan_csv(plan))

    assert header == ["Name", "Superpowers", "location", "group", "why", "talk about"]
    assert {row[0] for row in rows} == {"Zoë", "Bo", "José", "Eve", "東京", "Dee", "Li"}
    assert {row[2] for row in rows} == {"'=HYPERLINK(0)", "Oslo", "+1", "'-", "'@x", ""}
    assert rows[-1][0] == "Li"
    assert rows[-1][3] == ""


def test_a_plan_reads_back_as_the_groups_it_has(plan: Plan, roster: Roster):
    groups = {group.name: tuple(sorted(group.members)) for group in plan.groups}
    for write, audience in product((plan_csv, duos_csv, plan_xlsx), ("manager", "team")):
        data = write(plan, audience)
        assert {n: tuple(sorted(k)) for n, k in read_plan(data, roster).groups.items()} == groups


def test_a_plan_reads_back_as_its_own_roster(plan: Plan, roster: Roster):
    again = read_roster(plan_csv(plan))

    assert {m.name: m.superpowers for m in again.members} == {m.name: m.superpowers for m in roster.members}
    assert {m.attributes["location"] for m in again.members} == {
        m.attributes["location"] for m in roster.members
    }


def test_a_column_of_the_rosters_that_is_called_like_ours_stays_and_reading_back_takes_ours():
    roster = read_roster("name,superpowers,group,why\nAnn,vision,Sales,asked\nBo,calm,Finance,told\n")
    made = form_duos(roster, seconds=1)

    for data in (plan_csv(made), plan_xlsx(made)):
        assert read_plan(data, roster).groups == {"Duo 1": ("Ann", "Bo")}
    header, first, second = table(plan_csv(made))
    assert header == ["name", "superpowers", "group", "why", "group", "why", "talk about"]
    assert [first[2:5:2], second[2:5:2]] == [["Sales", "Duo 1"], ["Finance", "Duo 1"]]


def test_a_plan_read_back_has_the_same_score(plan: Plan, roster: Roster):
    for write in (plan_csv, plan_xlsx):
        again = score_plan(read_plan(write(plan), roster), roster, frictions=FRICTIONS, seconds=5)
        assert again.score == plan.score


def test_duos_are_one_row_each(plan: Plan):
    header, *rows = table(duos_csv(plan))

    assert header == ["duo", "member 1", "member 2", "member 3", "fit", "why", "talk about"]
    assert [row[0] for row in rows] == ["Duo 1", "Duo 2", "Duo 3"]


def test_the_json_has_the_keys_and_letters_as_they_are(plan: Plan):
    text = plan_json(plan).decode()
    told = json.loads(text)

    keys = "kind status score bound gap_percent seconds seed goals groups rules baseline settings"
    assert set(keys.split()) <= told.keys()
    assert {"name", "members", "score", "goals", "why", "talk_about"} <= told["groups"][0].keys()
    assert "東京" in text
    assert '\n  "kind": "duos",\n' in text


@pytest.mark.parametrize("write", [plan_csv, plan_json, duos_csv, lambda p, a: plan_text(p, a).encode()])
def test_the_teams_copy_tells_of_no_friction(plan: Plan, write):
    manager, team = write(plan, "manager").decode(), write(plan, "team").decode()

    assert "secret" not in team
    assert "friction" not in team.lower()
    assert "never" not in team.lower()
    assert manager != team
    assert "score" not in team or write is plan_json  # it has its keys, with nothing in them


@pytest.mark.parametrize("ending", WRITERS)
def test_a_plan_is_written_by_its_ending(plan: Plan, tmp_path: Path, ending: str):
    for audience in ("manager", "team"):
        target = tmp_path / f"plan{ending.upper()}"
        write_plan(plan, target, audience)
        assert target.read_bytes() == WRITERS[ending](plan, audience)


def test_a_plan_that_cannot_be_written_says_why(plan: Plan, tmp_path: Path):
    with pytest.raises(
        InputError,
        match=r"plan.ods” cannot be written: the name has to end in .csv, .xlsx, .html, .pdf or .json\.",
    ):
        write_plan(plan, tmp_path / "plan.ods")
    with pytest.raises(InputError, match="there is no folder"):
        write_plan(plan, tmp_path / "nowhere" / "plan.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="is a folder; add the name of a file"):
        write_plan(plan, tmp_path / "folder.csv")
    with pytest.raises(InputError, match="cannot be written: File name too long"):
        write_plan(plan, tmp_path / f"{'x' * 300}.csv")


# --- rosters ------------------------------------------------------------------------------------


def test_a_repaired_roster_reads_without_a_question():
    roster = read_roster(
        "employee,e-mail,strengths,id,prefers,absent,location\n"
        "Ann,a@x,visionary|grit,1,Bo;Cy,x,Rome\nBo,,calm,,,no,Oslo\nCy,,energy,,,,\n"
    )
    header, first, *_ = table(write_roster(roster))

    assert header == ["name", "id", "email", "superpowers", "prefers", "absent", "location"]
    assert first == ["Ann", "1", "a@x", "Vision; Grit", "Bo; Cy", "yes", "Rome"]
    again = read_roster(write_roster(roster))
    assert [(m.key, m.superpowers, m.prefers, m.absent, m.attributes) for m in again.members] == [
        (m.key, m.superpowers, m.prefers, m.absent, m.attributes) for m in roster.members
    ]


# --- text ---------------------------------------------------------------------------------------


def test_a_printed_plan_names_everybody_and_how_good_it_is(plan: Plan):
    text = plan_text(plan)

    assert text.startswith(f"3 duos, score {plan.score:.1f} of 100. Proven best possible.\n")
    assert "in 100 random plans that keep the rules" in text
    assert "  東京" in text
    assert "Absent: Li" in text
    for group in plan.groups:
        assert f"\n{group.name}   score {group.score:.1f}   (complement " in text
        assert all(sentence in text for sentence in group.why)


def test_of_the_rosters_columns_the_teams_copy_has_who_somebody_is_and_what_they_bring():
    text = "name,superpowers,Works well with,turns to,wants,Desk\nAnn,vision,Bo,Bo,,A1\nBo,calm,,,Apollo,A2\n"
    made = form_duos(read_roster(text), seconds=1)

    assert list(made.to_frame("team").columns) == [
        "name",
        "superpowers",
        "group",
        "why",
        "talk about",
    ]
    assert list(made.to_frame().columns)[:6] == [*text.splitlines()[0].split(",")]
