from __future__ import annotations

import pytest

A, B, C = "Łucja Brzozek", "Tendai Moyana", "Chloë Verhaag"


def test_without_a_roster_the_page_says_where_to_begin(app):
    app.go("rules")
    assert "There is nobody on the roster yet." in app.said


def test_frictions_of_the_sample_are_in_the_table(sample):
    sample.go("rules")
    frictions = sample.at.session_state["frictions_base"][1]
    assert list(frictions.columns) == ["member a", "member b", "severity", "note"]
    assert set(frictions["severity"]) == {"never", "avoid"}


def test_an_added_friction_is_kept_by_the_next_plan(sample):
    sample.go("rules").edit("frictions", added_rows=[{"member a": A, "member b": B, "severity": "never"}])
    sample.go("form").form().go("plan")
    assert f"{A} and {B} never work together (friction)." in sample.said or (
        f"{B} and {A} never work together (friction)." in sample.said
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"member a": A, "member b": A}, "cannot have a friction with themselves"),
        ({"member a": A}, "A friction needs two members"),
        ({"member a": A, "member b": "Zoe"}, "“Zoe” is nobody on the roster"),
        ({"member a": A, "member b": B, "severity": "maybe"}, "“maybe” has to be “never” or “avoid”."),
    ],
)
def test_a_friction_that_makes_no_sense_is_said_at_once(sample, row, sentence):
    sample.go("rules").edit("frictions", added_rows=[row])
    assert "1 thing to put right in the frictions" in sample.said
    assert sentence in sample.said
    sample.go("form").go("rules")
    assert sample.at.session_state["frictions_base"][1].iloc[-1]["member a"] == A  # nothing is lost


def test_apart_and_together_is_said_at_once(sample):
    rules = [{"rule": "apart", "who": [A, B]}, {"rule": "together", "who": [B, C, A]}]
    sample.go("rules").edit("rules", added_rows=rules)
    assert "are to be together here, but row 2 keeps them apart" in sample.said


def test_together_against_a_friction_is_said_at_once(sample):
    first = sample.go("rules").at.session_state["frictions_base"][1].iloc[0]
    sample.edit("rules", added_rows=[{"rule": "together", "who": [first["member a"], first["member b"]]}])
    assert "are to be together here, but a friction says “never”" in sample.said


def test_a_pin_puts_a_member_in_the_group(sample):
    sample.go("rules").edit("rules", added_rows=[{"rule": "pin", "who": [A], "value": "Duo 4"}])
    sample.go("form").form().go("plan")
    assert f"{A} is in Duo 4." in sample.said


def test_a_pin_to_a_group_that_is_not_there_is_a_sentence(sample):
    sample.go("rules").edit("rules", added_rows=[{"rule": "pin", "who": [A], "value": "Duo 99"}])
    sample.go("form").form()
    assert "there is no group “Duo 99”" in sample.said


def test_a_rules_file_fills_the_table(sample):
    sample.go("rules").upload("Rules file", "r.csv", f"rule,who,value\napart,{A}; {B},\nwrong,{A},\n")
    rules = sample.at.session_state["rules_base"][1]
    assert rules["who"].iloc[0] == [A, B]
    assert "r.csv, row 3, column “rule”: “wrong” is not a rule" in sample.said


def test_frictions_survive_another_roster(sample):
    sample.upload("Roster file", "t.csv", f"name,superpowers\n{A},Vision\nBo,Calm\n")
    sample.press("Replace the roster").go("rules")
    assert len(sample.at.session_state["frictions_base"][1]) == 4
    assert "is nobody on the roster" in sample.said
