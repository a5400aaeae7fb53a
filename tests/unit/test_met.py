"""Who has met the fewest, and which pairs never met."""

from __future__ import annotations

from matcher.people.history import Round
from matcher.plan.met import Met
from tests.unit.test_rotation import people

ROUNDS = [
    Round({"x": ("A01", "A02", "A03"), "y": ("A04",)}),
    Round({"x": ("A01", "A04"), "y": ("A02", "A03")}),
]


def test_who_has_met_the_fewest_is_found_unless_all_have_met_as_many():
    met = Met.of(people(4), ROUNDS)
    assert met.others.tolist() == [3, 2, 2, 1]
    assert met.fewest() == [3]
    assert Met.of(people(4), [Round({"x": ("A01", "A02"), "y": ("A03", "A04")})]).fewest() == []


def test_pairs_that_never_met_are_listed_once_and_those_of_somebody_among_them():
    met = Met.of(people(4), ROUNDS)
    assert met.never_met() == [(1, 3), (2, 3)]
    assert met.never_met([2]) == [(2, 3)]
    assert met.never_met([0]) == met.never_met([]) == []
    assert len(met.never_met()) == met.new_pairs
