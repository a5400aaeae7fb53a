"""What forming cannot use, it says in a sentence; rules that cannot all hold are named."""

from __future__ import annotations

import math

import pytest

from matcher.forming import form_duos, form_teams, score_plan
from matcher.people.errors import InputError, RulesConflict
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.rules import Apart, Needs, Pin, Together
from tests.strategies_people import CATALOGUE, roster_of

FOUR = roster_of({"Ada": "calm", "Bo": "vision", "Chi": "evidence", "Dov": ""})


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"frictions": [("Ada", "Zed", "never")]}, "Friction Ada – Zed: “Zed” is nobody on the roster"),
        ({"frictions": [("Ada", "ADA", "avoid")]}, "Ada cannot have a friction with themselves; name two"),
        ({"frictions": [("Ada", "Bo", "often")]}, "Friction Ada – Bo: “often” has to be never or avoid"),
        ({"frictions": [("Ada",)]}, r"A friction is \(a, b, severity, note\)"),
        ({"frictions": [Friction("Ada", "Zed")]}, "“Zed” is nobody on the roster"),
        ({"rules": [Apart(("Ada", "Zed"))]}, "Rule “apart”: “Zed” is nobody on the roster"),
        ({"rules": [Apart(("Ada", "ada"))]}, "Rule “apart”: “apart” needs two or more different members"),
        ({"rules": [Pin(("Ada",), "Duo 3")]}, "no group “Duo 3”; the groups are Duo 1 to Duo 2"),
        ({"rules": [Pin(("Ada",), "every group")]}, "there is no group “every group”"),
        (
            {"rules": [Needs("every group", "at least", "superpower", "flying", 1)]},
            "“flying” is not a superpower of the catalogue",
        ),
        ({"rules": [Needs("every group", "at most", "shoe", "42", 1)]}, "the roster has no column “shoe”"),
        ({"rules": [Needs("Duo 7", "at most", "family", "people", 1)]}, "there is no group “Duo 7”"),
        ({"absent": ["Zed"]}, "absent: “Zed” is nobody on the roster"),
        ({"absent": ["Ada", "Bo", "Chi"]}, "two people or more, but 1 person is present. Add people"),
        ({"absent": ["Ada", "Bo", "Chi", "Dov"]}, "two people or more, but 0 people are present"),
        ({"mix": ["shoe"]}, "The roster has no column “shoe”; it has none to choose"),
        ({"goals": {"mix": "high"}}, "The goal mix is on, but: Choose at least one column"),
        ({"goals": {"niceness": "high"}}, "There is no goal “niceness”"),
        ({"preset": "holiday"}, "There is no preset “holiday”"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(options, sentence):
    with pytest.raises(InputError, match=sentence):
        form_duos(FOUR, **options)


def test_an_empty_roster_and_one_member_are_told_what_to_do():
    for members in ((), (Member("Ada", ("calm",)),)):
        with pytest.raises(InputError, match="A plan needs two people or more"):
            form_duos(Roster(members, CATALOGUE))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"size": 5}, "A team of 5 is larger than the roster of 4 people present"),
        ({"size": "5-6"}, "A team of 5 is larger"),
        ({"count": 3}, "3 teams cannot be made of 4 people: choose 1 to 2 teams"),
        ({"size": 2, "count": 2}, "Give a size or a number of teams, not both"),
    ],
)
def test_teams_that_cannot_be_made_are_refused(given, sentence):
    with pytest.raises(InputError, match=sentence):
        form_teams(FOUR, **given)


@pytest.mark.parametrize(
    ("options", "sentences"),
    [
        (
            {"rules": [Apart(("Ada", "Bo")), Together(("Ada", "Bo")), Apart(("Chi", "Dov"))]},
            {"Ada and Bo are apart.", "Ada and Bo are together."},
        ),
        ({"rules": [Together(("Ada", "Bo", "Chi"))]}, {"Ada, Bo and Chi are together."}),
        (
            {"rules": [Pin(("Ada",), "Duo 1"), Pin(("Bo",), "Duo 2"), Pin(("ada",), "Duo 2")]},
            {"Ada is in Duo 1.", "Ada is in Duo 2."},
        ),
        (
            {"frictions": [("Ada", other, "never") for other in ("Bo", "Chi", "Dov")]},
            {f"Ada and {other} never work together (friction)." for other in ("Bo", "Chi", "Dov")},
        ),
    ],
)
def test_rules_that_cannot_all_hold_are_named_and_no_others(options, sentences):
    with pytest.raises(RulesConflict) as caught:
        form_duos(FOUR, **options)

    named = set(caught.value.sentences) - {"Everybody present is in exactly one duo."}
    assert named == sentences
    assert caught.value.minimal
    assert caught.value.advice


def test_a_peacemaker_and_a_provocateur_alone_are_no_duo():
    with pytest.raises(RulesConflict) as caught:
        form_duos(roster_of({"Ada": "peacemaking", "Bo": "provocation"}))

    assert "No duo pairs peacemaking with provocation." in caught.value.sentences


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ({}, "The plan places nobody who is present"),
        ({"A": ()}, "The plan places nobody who is present"),
        ({"A": ("Ada", "Zed")}, "A: “Zed” is nobody on the roster"),
        ({"A": ("Ada", "Bo"), "B": ("Chi", "ada")}, "Ada is in A and again in B; leave them in one group"),
        ({"A": ("Ada",)}, "A plan needs two people or more"),
    ],
)
def test_a_plan_made_by_hand_that_cannot_be_read_is_refused(groups, sentence):
    with pytest.raises(InputError, match=sentence):
        score_plan(Round(groups), FOUR)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"frictions": "f.csv"},
            r"“f.csv” is a file; give what matcher.read_frictions\(file, roster\) returns",
        ),
        ({"seconds": math.nan}, "seconds is nan; it has to be a number of 0 or more"),
        ({"seconds": -1}, "seconds is -1; it has to be a number of 0 or more"),
        ({"seed": -1}, "seed is -1; it has to be a whole number of 0 or more"),
        ({"workers": 0}, "workers is 0; it has to be a whole number of 1 or more"),
        ({"absent": "Nobody"}, "absent: “Nobody” is nobody on the roster"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(options, sentence: str):
    with pytest.raises(InputError, match=sentence):
        form_duos(FOUR, **options)


def test_an_option_that_is_misspelled_is_not_passed_over():
    with pytest.raises(TypeError, match="There is no option “frictons”; the options are frictions, rules"):
        form_duos(FOUR, frictons=[("Ada", "Bo")])


def test_columns_and_presets_are_found_however_they_are_spelled():
    members = [Member(name, ("calm",), attributes={"location": "Rome"}) for name in ("Ada", "Bo")]
    plan = form_duos(Roster(tuple(members), CATALOGUE), mix="LOCATION", preset="New-Product", seconds=1)

    assert plan.settings["mix"] == ["location"]
    assert "mix" in plan.goals
