"""What goals say about a group, and what may not leave the manager's copy."""

from __future__ import annotations

from matcher.goals.calm import Calm
from matcher.goals.complement import Complement
from matcher.goals.coverage import Coverage
from matcher.goals.mix import Mix
from matcher.people.friction import Friction, Severity
from tests.strategies_people import brief_of, groups_of, roster_of

PEOPLE = {
    "Ada": "systems_thinking calm",
    "Bo": "experimentation provocation",
    "Chi": "evidence vision",
    "Dov": "peacemaking",
}


def said(goal, what: str, group: str, people=None, **fields):
    brief = brief_of(people or PEOPLE, [len(people or PEOPLE)], **fields)
    return getattr(goal, what)(brief, groups_of(brief, group)[0])


def test_a_duo_is_told_its_complements_the_strongest_first():
    reasons = said(Complement(), "why", "Ada Bo")

    assert [r.text for r in reasons] == [
        "Ada's systems thinking × Bo's experimentation: one maps, one tests (stated).",
        "Ada's calm × Bo's provocation: heat and a thermostat (judgement).",
    ]
    assert not any(r.private for r in reasons)


def test_a_team_is_told_the_best_complement_of_each_pair():
    assert [r.text for r in said(Complement(), "why", "Ada Bo Chi")] == [
        "Ada's systems thinking × Bo's experimentation: one maps, one tests (stated).",
        "Chi's weighing evidence × Bo's experimentation: trials end in a finding (judgement).",
    ]


def test_a_complement_without_a_sentence_still_names_both():
    people = {"Ada": "empathy", "Bo": "provocation"}

    assert [r.text for r in said(Complement(), "why", "Ada Bo", people)] == [
        "Ada's empathy × Bo's provocation (inferred)."
    ]


def test_coverage_names_who_brings_each_family_and_what_nobody_does():
    (reason,) = said(Coverage(), "why", "Ada Bo Chi")

    assert reason.text == (
        "Covers 4 of 5 families: Vision (Bo), Thinking (Ada), Influence (Bo) and Steadiness (Ada); "
        "nobody brings People."
    )


def test_coverage_says_nothing_about_a_duo_or_where_there_is_nothing_to_say():
    assert said(Coverage(), "why", "Ada Bo") == []
    assert said(Coverage(), "why", "Ada Bo Chi", {"Ada": "", "Bo": "", "Chi": ""}) == []


def test_a_clash_is_something_to_talk_about_and_says_what_softens_it():
    (reason,) = said(Calm(), "talk_about", "Ada Chi")

    assert reason.text == "Ada's systems thinking × Chi's vision: now and later (yours; softened by calm)."
    assert reason.private


def test_a_friction_to_avoid_is_told_to_the_manager_with_its_note():
    frictions = (
        Friction("Ada", "Bo", Severity.AVOID, "Both like the pen."),
        Friction("Chi", "Bo", Severity.AVOID),
    )

    reasons = said(Calm(), "talk_about", "Ada Bo Chi", frictions=frictions)

    assert [r.text for r in reasons if "rather" in r.text] == [
        "Ada and Bo would rather not work together: Both like the pen.",
        "Bo and Chi would rather not work together.",
    ]
    assert all(r.private for r in reasons)


def test_mix_says_who_is_here_in_numbers_and_in_private():
    roster = roster_of(PEOPLE, attributes={n: {"place": p} for n, p in zip(PEOPLE, "KKO", strict=False)})
    brief = brief_of(roster, [4], mix=("place",))
    (reason,) = Mix().why(brief, groups_of(brief, "Ada Bo Chi")[0])

    assert reason.text == "place: 2 K and 1 O."
    assert reason.private


def test_a_team_is_told_a_relation_once_by_the_pair_in_which_it_is_strongest():
    people = {"Ada": "systems_thinking", "Bo": "calm experimentation", "Chi": "experimentation"}

    assert [r.text for r in said(Complement(), "why", "Ada Bo Chi", people)] == [
        "Ada's systems thinking × Chi's experimentation: one maps, one tests (stated)."
    ]
