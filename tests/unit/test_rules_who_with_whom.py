"""Rules about who is with whom: each with a plan that keeps it, one that breaks it, and its sentence."""

from __future__ import annotations

import pytest

from matcher.people.brief import PlanKind
from matcher.people.friction import Friction
from matcher.rules import Apart, HardClash, Never, Pin, Together
from tests.strategies_people import brief_of, faults, roster_of

FOUR = {"Ada": "", "Bo": "", "Chi": "", "Dov": ""}
SIX = FOUR | {"Eun": "", "Fay": ""}


def test_apart_kept():
    assert faults(Apart(("Ada", "Bo")), brief_of(FOUR, [2, 2]), "Ada Chi", "Bo Dov") == []


def test_apart_broken():
    brief = brief_of(FOUR, [2, 2])

    assert faults(Apart(("Ada", "Bo")), brief, "Chi Dov", "Ada Bo") == ["Ada and Bo are both in Team 2."]
    assert Apart(("Ada", "Bo")).sentence(brief) == "Ada and Bo are apart."


def test_apart_holds_for_every_two_of_several():
    brief = brief_of(SIX, [2, 2, 2])
    rule = Apart(("Ada", "Bo", "Chi"))

    assert faults(rule, brief, "Ada Dov", "Bo Eun", "Chi Fay") == []
    assert faults(rule, brief, "Ada Dov", "Bo Chi", "Eun Fay") == ["Bo and Chi are both in Team 2."]
    assert rule.sentence(brief) == "Ada, Bo and Chi are apart."


def test_apart_says_nothing_about_the_absent():
    roster = roster_of(FOUR, absent=["Bo"])
    brief = brief_of(roster, [3])

    assert not Apart(("Ada", "Bo")).applies(brief)
    assert Apart(("Ada", "Bo", "Chi")).applies(brief)
    assert Apart(("Ada", "Bo", "Chi")).sentence(brief) == "Ada and Chi are apart."


def test_together_kept():
    assert faults(Together(("Ada", "Bo")), brief_of(FOUR, [2, 2]), "Chi Dov", "Ada Bo") == []


def test_together_broken():
    brief = brief_of(SIX, [3, 3])
    rule = Together(("Ada", "Bo", "Chi"))

    assert faults(rule, brief, "Ada Bo Dov", "Chi Eun Fay") == ["Ada is in Team 1, Chi in Team 2."]
    assert rule.sentence(brief) == "Ada, Bo and Chi are together."


def test_together_with_the_absent_is_together_with_the_others():
    brief = brief_of(roster_of(SIX, absent=["Bo"]), [3, 2])
    rule = Together(("Ada", "Bo", "Chi"))

    assert faults(rule, brief, "Ada Chi Dov", "Eun Fay") == []
    assert faults(rule, brief, "Ada Eun Dov", "Chi Fay") != []
    assert not Together(("Ada", "Bo")).applies(brief)


def test_pin_kept():
    assert faults(Pin(("Ada",), "team 2"), brief_of(FOUR, [2, 2]), "Chi Dov", "Ada Bo") == []


def test_pin_broken():
    brief = brief_of(FOUR, [2, 2])
    rule = Pin(("Ada", "Bo"), "Team 2")

    assert faults(rule, brief, "Ada Dov", "Chi Bo") == ["Ada is in Team 1."]
    assert rule.sentence(brief) == "Ada and Bo are in Team 2."
    assert Pin(("Bo",), "Team 2").sentence(brief) == "Bo is in Team 2."


def test_pin_of_the_absent_says_nothing():
    brief = brief_of(roster_of(FOUR, absent=["Ada"]), [3])

    assert not Pin(("Ada",), "Team 1").applies(brief)


def test_never_kept():
    assert faults(Never(Friction("Ada", "Bo")), brief_of(FOUR, [2, 2]), "Ada Chi", "Bo Dov") == []


def test_never_broken():
    brief = brief_of(FOUR, [2, 2])
    rule = Never(Friction("Bo", "Ada"))

    assert faults(rule, brief, "Ada Bo", "Chi Dov") == ["Bo and Ada are both in Team 1."]
    assert rule.sentence(brief) == "Bo and Ada never work together (friction)."


def test_never_says_nothing_about_the_absent():
    brief = brief_of(roster_of(FOUR, absent=["Ada"]), [3])

    assert not Never(Friction("Ada", "Bo")).applies(brief)


CLASHING = {"Ada": "peacemaking", "Bo": "provocation", "Chi": "calm", "Dov": "calm", "Eun": "calm"}


def test_hard_clash_kept():
    brief = brief_of(CLASHING, [2, 3], PlanKind.DUOS)

    assert faults(HardClash(), brief, "Ada Chi", "Bo Dov Eun") == []


@pytest.mark.parametrize("groups", [("Ada Bo", "Chi Dov Eun"), ("Chi Dov", "Ada Bo Eun")])
def test_hard_clash_broken_in_a_duo_and_in_its_trio(groups):
    brief = brief_of(CLASHING, [2, 3], PlanKind.DUOS)

    assert len(faults(HardClash(), brief, *groups)) == 1
    assert HardClash().sentence(brief) == "No duo pairs peacemaking with provocation."


def test_hard_clash_is_no_rule_for_teams_or_where_nobody_clashes():
    assert not HardClash().applies(brief_of(CLASHING, [5]))
    assert not HardClash().applies(brief_of(FOUR, [2, 2], PlanKind.DUOS))
    assert HardClash().applies(brief_of(CLASHING, [2, 3], PlanKind.DUOS))


@pytest.mark.parametrize(
    ("rule", "given", "sentence"),
    [
        (Apart, [("Ada",)], "“apart” needs two or more different members"),
        (Apart, [("Ada", "Ada")], "“apart” needs two or more different members"),
        (Together, [("Ada", "Ada")], "“together” needs two or more different members"),
        (Pin, [(), "Team 1"], "“pin” needs a member and the name of a group"),
        (Pin, [("Ada",), " "], "“pin” needs a member and the name of a group"),
    ],
)
def test_a_rule_that_says_too_little_is_refused(rule, given, sentence):
    with pytest.raises(ValueError, match=sentence):
        rule(*given)


def test_who_is_kept_apart_is_private():
    assert Apart.private
    assert Never.private
    assert not any(rule.private for rule in (Together, Pin, HardClash))
