"""Needs as they are written, what is unknown in them, and what the roster cannot give."""

from __future__ import annotations

import pytest

from matcher.forming import form_duos, form_teams, score_plan
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.rules import Needs
from matcher.rules.needs import check_supply, parse_need
from tests.strategies_people import brief_of, roster_of

PEOPLE = {
    "Ada": "empathy vision",
    "Bo": "empathy",
    "Chi": "calm",
    "Dov": "evidence",
    "Eun": "evidence calm",
    "Fay": "vision",
}
ROSTER = roster_of(
    PEOPLE,
    attributes={
        name: {"Seniority": "Junior" if name in ("Ada", "Bo", "Chi", "Dov") else "Senior"} for name in PEOPLE
    },
)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("family=people:1", ("family", "people", 1)),
        (" superpower = Systems thinking : 2 ", ("superpower", "Systems thinking", 2)),
        ("shift=9:00 to 17:00:3", ("shift", "9:00 to 17:00", 3)),
        ("seniority=Junior:0", ("seniority", "Junior", 0)),
    ],
)
def test_a_need_is_kind_value_and_count(text: str, parsed):
    assert parse_need(text) == parsed


@pytest.mark.parametrize(
    "text", ["", "empathy", "empathy:1", "family=people", "family=people:-1", "=people:1", "family= :1"]
)
def test_a_need_of_another_form_raises_with_the_form(text: str):
    with pytest.raises(ValueError, match=r"is not a need; write it like family=people:1"):
        parse_need(text)


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (
            "family",
            "folk",
            "“folk” is not a family; choose Vision, Thinking, Influence, People or Steadiness.",
        ),
        ("superpower", "flying", "“flying” is not a superpower of the catalogue."),
        ("level", "Junior", "the roster has no column “level”; choose family, superpower or Seniority."),
        ("seniority", "Boss", "nobody on the roster has the Seniority “Boss”; there is Junior and Senior."),
    ],
)
def test_what_a_need_does_not_know_is_said(kind: str, value: str, sentence: str):
    assert Needs("every group", "at least", kind, value, 1).unknown(ROSTER) == sentence
    with pytest.raises(InputError, match="Rule “at least”: "):
        form_teams(ROSTER, count=2, rules=[Needs("every group", "at least", kind, value, 1)])


@pytest.mark.parametrize(
    ("need", "sentence"),
    [
        (
            Needs("every group", "at least", "superpower", "EMPATHY", 1),
            "Every duo has at least 1 member with empathy.",
        ),
        (
            Needs("Duo 1", "at most", "family", "people", 2),
            "Duo 1 has at most 2 members with a superpower of the family People.",
        ),
        (Needs("Duo 1", "at most", "Seniority", "Junior", 0), "Duo 1 has nobody with Seniority Junior."),
    ],
)
def test_a_need_is_a_sentence(need: Needs, sentence: str):
    assert need.sentence(brief_of(ROSTER, [2, 2, 2], PlanKind.DUOS)) == sentence


def test_asking_for_more_than_there_are_names_those_there_are():
    with pytest.raises(RulesConflict) as conflict:
        form_duos(ROSTER, rules=[Needs("every group", "at least", "superpower", "empathy", 1)])

    assert conflict.value.sentences == (
        "Every duo has at least 1 member with empathy.",
        "Of those present, only Ada and Bo have empathy.",
    )
    assert conflict.value.advice == ("3 asked for, 2 there: ask for fewer, or add people who have it.",)


def test_leaving_room_for_fewer_than_there_are_names_them():
    with pytest.raises(RulesConflict) as conflict:
        form_duos(ROSTER, rules=[Needs("every group", "at most", "seniority", "junior", 1)])

    assert conflict.value.sentences == (
        "Every duo has at most 1 member with seniority junior.",
        "Of those present, Ada, Bo, Chi and Dov have seniority junior.",
    )


def test_a_group_is_not_asked_for_more_members_than_it_has():
    with pytest.raises(RulesConflict) as conflict:
        form_duos(ROSTER, rules=[Needs("Duo 2", "at least", "seniority", "Junior", 3)])

    assert conflict.value.sentences == (
        "Duo 2 has at least 3 members with seniority Junior.",
        "Duo 2 has 2 members.",
    )


def test_only_the_needs_that_conflict_are_named():
    rules = [
        Needs("Duo 1", "at least", "superpower", "empathy", 1),
        Needs("Duo 2", "at least", "superpower", "empathy", 2),
        Needs("Duo 1", "at least", "superpower", "calm", 1),
        Needs("Duo 3", "at least", "superpower", "empathy", 0),
    ]
    brief = brief_of(ROSTER, [2, 2, 2], PlanKind.DUOS)

    check_supply(rules[1:], brief)
    with pytest.raises(RulesConflict) as conflict:
        check_supply(rules, brief)

    assert len(conflict.value.sentences) == 3
    assert conflict.value.sentences[0].startswith("Duo 1 has at least 1 member with empathy")
    assert conflict.value.sentences[1].startswith("Duo 2 has at least 2 members with empathy")


def test_needs_that_can_hold_do():
    rules = [
        Needs("Team 1", "at least", "superpower", "empathy", 2),
        Needs("every group", "at most", "superpower", "evidence", 1),
        Needs("Team 2", "at least", "family", "vision", 1),
    ]
    plan = form_teams(ROSTER, count=2, rules=rules, seconds=5)
    first, second = (set(group.members) for group in plan.groups)

    assert {"Ada", "Bo"} <= first
    assert "Fay" in second
    assert len({"Dov", "Eun"} & first) == 1
    assert all(check.kept for check in plan.rules)


def test_a_plan_made_by_hand_is_scored_though_its_needs_cannot_hold():
    need = Needs("every group", "at least", "superpower", "empathy", 2)
    by_hand = Round({"Red": ("Ada", "Bo", "Chi"), "Blue": ("Dov", "Eun", "Fay")})

    plan = score_plan(by_hand, ROSTER, rules=[need])

    (broken,) = (check for check in plan.rules if not check.kept)
    assert broken.rule == "Every team has at least 2 members with empathy."
    assert broken.faults == ("Blue has nobody with empathy.",)
