"""Every goal's value in a group: amounts worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from matcher.goals.calm import Calm
from matcher.goals.complement import Complement
from matcher.goals.coverage import Coverage
from matcher.goals.mix import Mix
from matcher.people.brief import Brief
from matcher.people.friction import Friction, Severity
from tests.strategies_people import brief_of, groups_of, roster_of


def value(goal, brief: Brief, group: str) -> Fraction:
    return goal.value(brief, groups_of(brief, group)[0])


COMPLEMENTING = {
    "Ada": "systems_thinking",
    "Bo": "experimentation",
    "Chi": "evidence empathy",
    "Dov": "peacemaking",
}


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Ada Bo", 100),
        ("Bo Chi", 67),
        ("Ada Chi", 0),
        ("Ada Bo Chi", Fraction(100 + 67 + 0, 3)),
        ("Ada Bo Chi Dov", Fraction(167, 6)),
        ("Ada", 0),
    ],
)
def test_complement_is_the_mean_over_the_pairs(group: str, expected):
    assert value(Complement(), brief_of(COMPLEMENTING, [4]), group) == expected


COVERING = {
    "Ada": "vision evidence",
    "Bo": "experimentation vision",
    "Chi": "calm empathy systems_thinking",
    "Dov": "peacemaking vision evidence provocation",
    "Eun": "",
}


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        # four families are held: vision, thinking, people, steadiness; provocation is only fourth
        ("Ada", Fraction(100 + 60, 4)),
        ("Bo", Fraction(100, 4)),  # two superpowers of one family count once
        ("Ada Bo", Fraction(100 + 60, 4)),  # the second visionary adds nothing
        ("Chi", Fraction(100 + 60 + 30, 4)),
        ("Ada Chi", Fraction(100 + 60 + 60 + 100, 4)),  # the better of 0.6 and 0.3 for thinking
        ("Ada Chi Dov", Fraction(100 + 60 + 100 + 100, 4)),
        ("Eun", 0),
    ],
)
def test_coverage_counts_each_family_once_by_its_best_rank(group: str, expected):
    assert value(Coverage(), brief_of(COVERING, [5]), group) == expected


def test_coverage_asks_only_for_families_that_somebody_present_holds():
    everybody = roster_of(COVERING)
    without_calm = roster_of(COVERING, absent=["Chi"])

    assert value(Coverage(), brief_of(everybody, [5]), "Ada Dov") == Fraction(100 + 60 + 100, 4)
    assert value(Coverage(), brief_of(without_calm, [4]), "Ada Dov") == Fraction(100 + 60 + 100, 3)


def test_coverage_of_an_unranked_roster_counts_every_superpower_fully():
    brief = brief_of(roster_of(COVERING, ranked=False), [5])

    assert value(Coverage(), brief, "Dov") == Fraction(400, 5)


def test_coverage_of_people_without_superpowers_is_nothing():
    assert value(Coverage(), brief_of({"Ada": "", "Bo": ""}, [2]), "Ada Bo") == 0


TENSE = {
    "Ada": "peacemaking",
    "Bo": "provocation",
    "Chi": "provocation empathy",
    "Dov": "systems_thinking",
    "Eun": "vision",
}
AVOID = (Friction("Dov", "Ada", Severity.AVOID),)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Ada Dov", 0),  # 100 − 2/2 · 100: the friction touches both
        ("Ada Dov Eun", Fraction(100 * 3 - 2 * (100 + 33), 3)),
        ("Ada Bo", 50),  # 100 − 2/2 · 50
        ("Ada Chi", 75),  # softened by empathy
        ("Dov Eun", 67),
        ("Ada Bo Chi", Fraction(300 - 2 * (50 + 25 + 33), 3)),
        ("Bo Dov", 100),
        ("Ada", 100),
        ("Ada Bo Chi Dov Eun", Fraction(500 - 2 * (100 + 50 + 25 + 33 + 33), 5)),
    ],
)
def test_calm_loses_by_frictions_to_avoid_and_by_clashes(group: str, expected):
    assert value(Calm(), brief_of(TENSE, [5], frictions=AVOID), group) == expected


def test_calm_counts_one_friction_once_and_never_is_a_rule_instead():
    twice = (*AVOID, Friction("Ada", "Dov", Severity.AVOID), Friction("Bo", "Dov", Severity.NEVER))
    brief = brief_of(TENSE, [5], frictions=twice)

    assert value(Calm(), brief, "Ada Dov") == 0
    assert value(Calm(), brief, "Bo Dov") == 100


def test_calm_may_fall_below_nothing():
    frictions = tuple(
        Friction(a, b, Severity.AVOID) for a, b in [("Ada", "Bo"), ("Bo", "Dov"), ("Ada", "Dov")]
    )

    assert value(Calm(), brief_of(TENSE, [5], frictions=frictions), "Ada Bo Dov") == Fraction(
        300 - 2 * (300 + 50), 3
    )


def test_calm_forgets_the_frictions_of_the_absent():
    brief = brief_of(roster_of(TENSE, absent=["Dov"]), [4], frictions=AVOID)

    assert value(Calm(), brief, "Ada Eun") == 100


PLACES = {
    "Ada": {"location": "Kraków", "seniority": "Senior"},
    "Bo": {"location": "Kraków", "seniority": "Senior"},
    "Chi": {"location": "Osaka", "seniority": "Senior"},
    "Dov": {"location": "Osaka", "seniority": "Junior"},
    "Eun": {"location": "", "seniority": "Junior"},
    "Fay": {"seniority": "Junior"},
}
SPREAD = roster_of(dict.fromkeys(PLACES, ""), attributes=PLACES)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        # two of six are in Kraków and two in Osaka, so a group of three has one of each;
        # three of one place would be two too many there and one too few of the other: 3 off at most
        ("Ada Chi Eun", 100),
        ("Ada Bo Eun", 100 - Fraction(100 * 2, 3)),  # one too many of Kraków, one too few of Osaka
        ("Ada Eun Fay", 100 - Fraction(100, 3)),  # one too few of Osaka
    ],
)
def test_mix_is_full_when_every_value_has_its_fair_number(group: str, expected):
    assert value(Mix(), brief_of(SPREAD, [3, 3], mix=("location",)), group) == expected


def test_mix_rounds_the_fair_number_down_and_up():
    brief = brief_of(SPREAD, [2, 2, 2], mix=("seniority",))  # one Senior and one Junior in each

    assert value(Mix(), brief, "Ada Dov") == 100
    assert value(Mix(), brief, "Ada Bo") == 0
    four = brief_of(SPREAD, [4, 2], mix=("location",))  # 4 · 2/6: one or two of Kraków, the same of Osaka
    assert value(Mix(), four, "Ada Bo Chi Eun") == 100
    assert value(Mix(), four, "Ada Chi Eun Fay") == 100


def test_mix_is_the_mean_over_the_chosen_attributes():
    brief = brief_of(SPREAD, [2, 2, 2], mix=("location", "seniority"))

    assert value(Mix(), brief, "Ada Chi") == Fraction(100 + 0, 2)  # two places, but two Seniors
    assert value(Mix(), brief, "Ada Dov") == 100
    assert value(Mix(), brief, "Ada Bo") == 0


def test_mix_needs_a_column():
    assert Mix().lacks(brief_of(SPREAD, [6])) == "Choose at least one column of the roster to mix."
    assert Mix().lacks(brief_of(SPREAD, [6], mix=("location",))) == ""


@pytest.mark.parametrize("goal", [Complement(), Coverage(), Calm()])
def test_goals_that_need_nothing_say_so(goal):
    assert goal.lacks(brief_of(SPREAD, [6])) == ""


def test_the_most_that_coverage_can_reach_is_said_beside_it() -> None:
    # Two hold thinking first, nobody else anything: one team of three gets it, the team of two as well.
    people = {"A": "evidence", "B": "evidence", "C": "", "D": "", "E": ""}
    brief = brief_of(people, [3, 2])

    assert Coverage().at_most(brief) == 100
    assert Coverage().aside(brief, groups_of(brief, "A B C", "D E")) == "This roster allows 100.0 at most."
    alone = brief_of({"A": "evidence", "B": "", "C": "", "D": "", "E": ""}, [3, 2])
    assert Coverage().at_most(alone) == 60


def test_the_share_of_members_with_a_partner_is_said_beside_complement() -> None:
    brief = brief_of({"A": "systems_thinking", "B": "experimentation", "C": "", "D": ""}, [2, 2])

    assert Complement().aside(brief, groups_of(brief, "A B", "C D")) == (
        "50 % have a partner with a fit of 25 or more."
    )
    assert Complement().aside(brief, groups_of(brief, "A C", "B D")).startswith("0 % ")
