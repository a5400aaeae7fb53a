"""Plans and past rounds, in every form that tools write."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from matcher.files import (
    duos_csv,
    load_history,
    load_plan,
    plan_csv,
    plan_json,
    plan_xlsx,
    read_history,
    read_plan,
)
from matcher.files.tables.choices import Choices
from matcher.forming import form_duos, score_plan
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from tests.referring import CY, ROSTER, mended, presses, told
from tests.strategies_people import CATALOGUE


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


def test_a_plan_to_begin_from_may_tell_of_people_who_left():
    text = "name,group\nAnn Lee,Red\nGone Girl,Red\nBo Chen,Blue\n"
    reading = load_plan(text, ROSTER, name="p.csv", leavers=True)

    assert reading.value.groups == {"Red": ("1",), "Blue": ("2",)}
    assert (len(reading.problems), len(reading.notes)) == (0, 1)
    with pytest.raises(InputError, match="“Gone Girl” is nobody on the roster"):
        read_plan(text, ROSTER)


# --- the forms of other tools -------------------------------------------------------------------

TWO_TEAMS = {"Red": ("1", "2"), "Blue": (CY,)}


@pytest.mark.parametrize(
    "text",
    [
        "Team,Name\nRed,Ann Lee\nRed,Bo Chen\nBlue,Cy Diaz\n",
        "Team,First Name,Last Name\nRed,Ann,Lee\nRed,Bo,Chen\nBlue,Cy,Diaz\n",
        "Section,Team,Name,Email\nN,Red,,ann@x.org\nN,Red,Bo Chen,\nN,Blue,Cy Diaz,cy@x.org\n",
        "Équipe;Nom\nRed;Lee, Ann\nRed;Chen, Bo\nBlue;Diaz, Cy\n",
        "Mitarbeiter\tGruppe\nAnn Lee\tRed\nBo Chen\tRed\nCy Diaz\tBlue\n",
        "Squad,Members\nRed,Ann Lee; Bo Chen\nBlue,Cy Diaz\n",
        'Table,Participants\nRed,"Ann Lee, Bo Chen"\nBlue,"Diaz, Cy"\n',
        'Team,Name\nRed,"Ann Lee, Bo Chen"\nBlue,Cy Diaz\n',
        "Name,Members\nRed,Ann Lee & Bo Chen\nBlue,Cy Diaz\n",
        "Team,Member 1,Member 2\nRed,Ann Lee,Bo Chen\nBlue,Cy Diaz,\n",
        "Team,Mitglied 1,Mitglied 2\nRed,2,1\nBlue,cy@x.org,\n",
        "Team,Member,Member\nRed,Ann Lee,Bo Chen\nBlue,Cy Diaz,\n",
        "Team,Members,,\nRed,Ann Lee,Bo Chen,\nBlue,Cy Diaz,,\n",
        "Group,Name,Email,Status\nRed,Ann Lee (1),,ok\nRed,Bo Chen <bo@x.org>,,ok\nBlue,Cy Diaz,,ok\n",
        '{"kind": "teams", "groups": [{"name": "Red", "members": ["1", "2"], "score": 3},'
        ' {"name": "Blue", "members": ["Cy Diaz"]}]}\n',
    ],
)
def test_teams_of_other_tools_are_read(text: str):
    reading = load_plan(text, ROSTER, name="t")

    assert {name: tuple(sorted(keys)) for name, keys in reading.checked().groups.items()} == TWO_TEAMS


def test_a_plan_that_we_write_comes_back_in_every_form(tmp_path: Path):
    plan = form_duos(ROSTER, seconds=1, seed=1)
    groups = {group.name: tuple(group.members) for group in plan.groups}
    files = {"plan.csv": plan_csv(plan), "duos.csv": duos_csv(plan), "plan.json": plan_json(plan)}
    files["plan.xlsx"] = plan_xlsx(plan)

    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        back = read_plan(tmp_path / name, ROSTER)
        assert {n: sorted(keys) for n, keys in back.groups.items()} == {
            n: sorted(k) for n, k in groups.items()
        }
        assert read_history(io.BytesIO(data), ROSTER, name=name)[0].groups == back.groups


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "Lee; Ann", "Lee | Ann", "Ann & Bo", "Ann/Bo", "007", "Ann and Bo"]
)
def test_a_name_that_looks_like_several_or_like_a_formula_comes_back(name: str):
    members = (Member(name, id="=1"), Member("Lee"), Member("Ann", id="01"), Member("Ann", id="1"))
    people = Roster(members, CATALOGUE)
    groups = {"-1": ("01", "=1"), "@2": ("1", "Lee")}
    plan = score_plan(Round(groups), people, seconds=0)

    for data in (plan_csv(plan), duos_csv(plan), plan_xlsx(plan), plan_json(plan), plan_csv(plan, "team")):
        back = read_plan(data, people, name="p.csv").groups
        assert {group: tuple(sorted(keys)) for group, keys in back.items()} == groups


NUMBERED = Roster(tuple(Member(f"Person {number}", ("calm",)) for number in range(1, 9)), CATALOGUE)
BY_NUMBER = {f"Team {t + 1}": tuple(f"Person {4 * t + p}" for p in range(1, 5)) for t in range(2)}


@pytest.mark.parametrize("audience", ["manager", "team"])
@pytest.mark.parametrize("write", [plan_csv, plan_xlsx, plan_json])
def test_people_and_teams_that_are_numbered_are_not_taken_for_headers(write, audience: str):
    data = write(score_plan(Round(BY_NUMBER), NUMBERED, seconds=0), audience)

    assert read_plan(data, NUMBERED, name="p").groups == BY_NUMBER


def test_numbered_people_below_a_header_that_says_less_than_their_row_are_no_header():
    text = "Team,Name,Name,Name,Name\n" + "".join(f"{t},{','.join(who)}\n" for t, who in BY_NUMBER.items())

    assert read_plan(text, NUMBERED, name="t").groups == BY_NUMBER


def test_a_plan_that_we_write_says_nothing_by_its_own_columns_called_round_or_section():
    text = "name,section,round,team,group,why,talk about\nAnn Lee,N,May,Sales,A,,\nBo Chen,S,June,Ops,A,,\n"

    assert read_history(text, ROSTER, name="p.csv") == (Round({"A": ("1", "2")}, "p"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1}', "p.json: This JSON is no plan: it needs “groups”, each with “name” and “members”."),
        ('{"groups": {"name": 1}}', "p.json: This JSON is no plan"),
        ('{"groups": [{"name": "A", "members": "Ann Lee"}]}', "p.json: This JSON is no plan"),
        ('{"groups": [{"name": "A", "members": [{"id": 1}]}]}', "p.json: This JSON is no plan"),
        (
            '{"groups": [{"name": "\\ud800", "members": ["\\udfff"]}]}',
            "p.json, row 2, column “name”: “?” is nobody",
        ),
        ('{"groups": [{"name": "A", "members": 3}]}', "p.json: This JSON is no plan"),
        ('{"groups": [', "p.json: This JSON cannot be read; use the plan as CSV."),
        ("{" + "[" * 100_000, "p.json: This JSON cannot be read"),
        ('{"groups": []}', "p.json: Nobody on the roster is in a group here."),
    ],
)
def test_json_that_is_no_plan_is_said(text: str, sentence: str):
    with pytest.raises(InputError) as caught:
        read_plan(text.encode(), ROSTER, name="p.json")

    assert sentence in str(caught.value)


def test_somebody_unknown_in_json_is_found_as_in_a_table_of_its_members():
    text = (
        '{"groups": [{"name": "Duo 1", "members": ["1", "2"]}, {"name": "Duo 2", "members": ["Zed", "4"]}]}'
    )
    (found,) = told(load_plan, f"{text}\n")

    assert found.startswith("f.csv, row 4, column “name”: “Zed” is nobody on the roster.")


# --- whom a row is about ------------------------------------------------------------------------


def test_a_member_in_another_spelling_is_asked_for_and_not_passed_over_as_somebody_who_left():
    text = "name,group\nJose Garcia,A\nAnn Lee,A\nAn Lee,B\n"
    reading = load_history(text, ROSTER, name="h.csv")
    (problem,) = reading.problems

    assert presses(problem) == [("Choose José García", {(2, "name"): "José García"}, ())]
    assert reading.notes == (
        "h.csv, row 4, column “name”: “An Lee” is nobody on the roster; did you mean “Ann Lee”? "
        "The row counts without them.",
    )
    assert load_history(mended(text, problem), ROSTER).checked()[0].groups == {"A": ("6", "1")}


def test_a_name_in_two_columns_is_put_right_in_both():
    text = "Team,First Name,Last Name\nA,Jose,Garcia\nA,Bo,Chen\n"
    (problem,) = load_plan(text, ROSTER).problems

    assert presses(problem) == [
        ("Choose José García", {(2, "First Name"): "José", (2, "Last Name"): "García"}, ())
    ]
    assert read_plan(mended(text, problem), ROSTER).groups == {"A": ("6", "2")}


def test_a_row_about_two_members_is_asked_about_and_placed_with_neither():
    text = "id,name,group\n1,Bo Chen,A\n2,Bo Chen,A\n4,Dee Roy,B\n5,Dee Roy,B\n"
    reading = load_plan(text, ROSTER, name="f.csv")
    (problem,) = reading.problems

    assert str(problem) == (
        "f.csv, row 2, column “id”: The id is Ann Lee’s, but the name Bo Chen’s; correct one of the two."
    )
    assert presses(problem) == [
        ("Choose Bo Chen", {(2, "id"): "2"}, ()),
        ("Choose Ann Lee", {(2, "name"): "Ann Lee"}, ()),
    ]
    assert reading.value.groups == {"A": ("2",), "B": ("4", "5")}


def test_a_column_that_counts_rows_is_not_taken_for_ids():
    reading = load_plan("No,Team,Name\n2,A,Ann Lee\n1,A,Bo Chen\n4,B,Cy Diaz\n", ROSTER, name="f.csv")

    assert reading.checked().groups == {"A": ("1", "2"), "B": (CY,)}
    assert reading.notes == ("f.csv: The column “No” is not taken for ids: the names are other members’.",)


def test_whoever_left_is_noted_once_and_of_very_many_the_rest_is_counted():
    gone = "".join(f"{round_},Somebody {number},A\n" for round_ in (1, 2) for number in range(30))
    reading = load_history(f"round,name,group\n1,Ann Lee,A\n2,Ann Lee,A\n{gone}", ROSTER, name="h.csv")

    assert len(reading.checked()) == 2
    assert len(reading.notes) == 21
    assert reading.notes[-1] == (
        "h.csv: 10 more names are nobody's on the roster; the rows count without them."
    )


def test_a_column_of_groups_may_be_chosen():
    text = "name,team,where\nAnn Lee,Sales,Red\nBo Chen,Ops,Red\n"

    assert read_plan(text, ROSTER, choices=Choices(meanings={"where": "group"})).groups == {"Red": ("1", "2")}
