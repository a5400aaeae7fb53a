"""A conflict names the groups' sizes only when it comes from them."""

from __future__ import annotations

import pytest

from matcher.forming import form_teams
from matcher.people.errors import RulesConflict
from matcher.rules import Apart, Needs, Pin, Rule, Together
from tests.strategies_people import roster_of

PEOPLE = roster_of(dict.fromkeys("ABC", "vision") | dict.fromkeys("DEFGH", "calm"))
A, B, C = "A", "B", "C"


@pytest.mark.parametrize(
    "rules",
    [
        [Together((A, B)), Together((B, C)), Apart((A, C))],
        [Pin((A,), "Team 1"), Pin((A,), "Team 2")],
        [Pin((A,), "Team 1"), Pin((B,), "Team 1"), Apart((A, B))],
        [Pin((A,), "Team 1"), Pin((B,), "Team 2"), Together((A, B))],
        [Pin((A, B), "Team 1"), Needs("Team 1", "at most", "superpower", "vision", 1)],
    ],
)
def test_rules_that_contradict_each_other_are_named_without_the_sizes(rules: list[Rule]):
    spare = Pin(("H",), "Team 2")
    with pytest.raises(RulesConflict) as caught:
        form_teams(PEOPLE, count=2, rules=[spare, *rules])

    named = set(caught.value.rules)
    assert named <= set(rules)
    assert len(caught.value.sentences) == len(named) == len(rules)


@pytest.mark.parametrize(
    "rules",
    [
        [Together((A, B, C))],
        [Pin((A, B, C), "Team 1")],
        [Apart(tuple("ABCDE"))],
    ],
)
def test_rules_that_only_sizes_stand_against_are_named_with_them(rules: list[Rule]):
    with pytest.raises(RulesConflict) as caught:
        form_teams(PEOPLE, count=4, rules=rules)

    assert caught.value.sentences[0] == "Everybody present is in exactly one team of 2."
    assert list(caught.value.rules[1:]) == rules
