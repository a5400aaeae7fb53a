"""What groups hold at least and at most."""

from __future__ import annotations

import pytest

from matcher.rules import Needs
from tests.strategies_people import brief_of, faults, roster_of

ROSTER = roster_of(
    {
        "Ada": "empathy",
        "Bo": "vision calm provocation peacemaking",
        "Chi": "evidence",
        "Dov": "systems_thinking",
    },
    attributes={
        "Ada": {"Seniority": "Junior"},
        "Bo": {"Seniority": " junior "},
        "Chi": {"Seniority": "Senior"},
    },
)
BRIEF = brief_of(ROSTER, [2, 2])


def needs(side: str, kind: str, value: str, count: int, group: str = "every group") -> Needs:
    return Needs(group, side, kind, value, count)


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        (
            needs("at least", "superpower", "Empathy", 1, "Team 1"),
            ("Ada Bo", "Chi Dov"),
            ("Chi Bo", "Ada Dov"),
        ),
        (
            needs("at most", "superpower", "empathy", 0, "team 1"),
            ("Chi Bo", "Ada Dov"),
            ("Ada Bo", "Chi Dov"),
        ),
        (needs("at least", "family", "people", 1), ("Ada Chi", "Bo Dov"), ("Ada Bo", "Chi Dov")),
        (needs("at most", "family", "THINKING", 1), ("Ada Chi", "Bo Dov"), ("Ada Bo", "Chi Dov")),
        (needs("at most", "seniority", "junior", 1), ("Ada Chi", "Bo Dov"), ("Ada Bo", "Chi Dov")),
        (
            needs("at least", "Seniority", "Junior", 1, "Every Group"),
            ("Ada Chi", "Bo Dov"),
            ("Ada Bo", "Chi Dov"),
        ),
        (needs("at least", "Seniority", "Junior", 2, "Team 1"), ("Ada Bo", "Chi Dov"), ("Ada Chi", "Bo Dov")),
    ],
)
def test_needs_kept_and_broken(rule: Needs, kept, broken):
    assert faults(rule, BRIEF, *kept) == []
    assert faults(rule, BRIEF, *broken) != []


def test_a_need_asks_who_has_it_whatever_the_rank():
    rule = needs("at least", "superpower", "peacemaking", 1, "Team 1")

    assert faults(rule, BRIEF, "Bo Dov", "Ada Chi") == []


def test_each_group_that_falls_short_is_named():
    rule = needs("at least", "superpower", "calm", 1)

    assert faults(rule, BRIEF, "Ada Chi", "Bo Dov") == ["Team 1 has nobody with calm."]


def test_its_name_in_files_is_its_side():
    assert needs("at most", "family", "people", 1).rule == "at most"


@pytest.mark.parametrize(
    ("side", "count", "sentence"),
    [
        ("exactly", 1, "“exactly” has to be “at least” or “at most”"),
        ("at least", -1, "needs a number of 0 or more"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused(side: str, count: int, sentence: str):
    with pytest.raises(ValueError, match=sentence):
        needs(side, "family", "people", count)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("superpower", "experimentation"), ("family", "influence"), ("SENIORITY", "SENIOR")],
)
def test_a_kind_that_somebody_could_have_is_known(kind: str, value: str):
    assert needs("at least", kind, value, 1).unknown(ROSTER) == ""
