"""Rules: a row a rule, or a row a member with others."""

from __future__ import annotations

import pytest

from matcher.files import checked_need, load_rules, read_rules, read_table
from matcher.files.references.rules import standard_rules
from matcher.people.errors import InputError
from matcher.people.friction import Friction, Severity
from matcher.rules import Apart, Needs, Pin, Together
from tests.referring import CY, ROSTER, RULES, mended, presses, told


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


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        ("separate", "apart"),
        ("Not together", "apart"),
        ("aprat", "apart"),
        ("same team", "together"),
        ("togehter", "together"),
        ("Maximum", "at most"),
        ("mindestens", "at least"),
        ("atleast", "at least"),
        ("fixed to", "pin"),
    ],
)
def test_a_rule_by_another_word_is_offered_and_put_right_with_one_press(word: str, rule: str):
    text = f"{RULES}{word},1;2,\n"
    problem, *_ = load_rules(text, ROSTER).problems

    assert f"“{word}” is not a rule; did you mean “{rule}”? Write apart, together" in problem.message
    assert presses(problem) == [(f"Write “{rule}”", {(2, "rule"): rule}, ())]
    assert mended(text, problem) == f"{RULES}{rule},1;2,\n"


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("superpower=empthy:2", ["superpower=Empathy:2"]),
        ("family=peple:1", ["family=People:1"]),
        ("senority=Junior:1", ["seniority=Junior:1"]),
        ("seniority=Juniro:1", ["seniority=Junior:1"]),
        ("people", []),
    ],
)
def test_a_need_that_nobody_knows_offers_the_nearest(value: str, instead: list[str]):
    (problem,) = load_rules(f"{RULES}at least,every group,{value}\n", ROSTER).problems

    assert [fix.cells[2, "value"] for fix in problem.fixes] == instead


def test_pairs_may_be_kept_together():
    together = (Together(("1", "2")), Together(("1", CY)))

    assert read_rules(f"rule,name,other 1,other 2\ntogether,1,2,{CY}\napart,4,5,\n", ROSTER) == (
        *together,
        Apart(("4", "5")),
    )
    assert read_rules(f"name,other 1,other 2\n1,2,{CY}\n", ROSTER, pairs="together") == together


def test_pairs_cannot_be_pinned():
    (problem,) = load_rules("rule,name,other 1\npin,1,2\n", ROSTER).problems

    assert (problem.row, problem.column) == (2, "rule")
    assert problem.message == "“pin” is not about pairs; write apart or together."


def test_who_may_be_separated_by_commas_where_the_names_are_known():
    text = f'{RULES}apart,"Lee, Ann, Bo Chen",\ntogether,"4, 5",\napart,"{CY} and José García",\n'

    assert read_rules(text, ROSTER) == (Apart(("1", "2")), Together(("4", "5")), Apart((CY, "6")))


def test_a_contradiction_offers_to_remove_either_row():
    (problem,) = load_rules(f"{RULES}together,1;2,\napart,2;1,\n", ROSTER).problems

    assert presses(problem) == [("Remove row 2", {}, (2,)), ("Remove row 3", {}, (3,))]


def test_one_name_of_several_in_a_cell_is_put_right_and_the_others_stay():
    text = f"{RULES}apart,1; Jose Garcia; {CY},\n"
    (problem,) = load_rules(text, ROSTER).problems

    assert presses(problem) == [("Choose José García", {(2, "who"): f"1; José García; {CY}"}, ())]
    assert read_rules(mended(text, problem), ROSTER) == (Apart(("1", "6", CY)),)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"Regel,Wer,Wert\napart,1;2,\npin,{CY},Team 2\n", [("apart", "1;2", ""), ("pin", CY, "Team 2")]),
        ("name,other 1,other 2\n1,2,6\n4,,5\n", [("apart", who, "") for who in ("1; 2", "1; 6", "4; 5")]),
        ("id,name,other 1,rule\nx,1,2,together\n", [("together", "1; 2", "")]),
    ],
)  # fmt: skip
def test_rules_in_our_own_form_say_the_same(text: str, rows: list[tuple[str, ...]]):
    table = read_table(text)
    standard = standard_rules(table)

    assert standard.header == ("rule", "who", "value")
    assert [row.cells for row in standard.rows] == rows
    assert read_rules(standard, ROSTER) == read_rules(table, ROSTER)
