"""Sizes: how many groups of which size, and everybody in exactly one."""

from __future__ import annotations

import pytest

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, RulesConflict
from matcher.rules import Sizes
from matcher.rules.sizes import size_range, team_sizes
from tests.strategies_people import brief_of, groups_of


@pytest.mark.parametrize(
    ("members", "given", "sizes"),
    [
        (12, {"size": "4-6"}, [4, 4, 4]),  # 2 teams of 6 are as near to 5: the smaller teams
        (13, {"size": "4-6"}, [5, 4, 4]),
        (15, {"size": (4, 6)}, [5, 5, 5]),
        (39, {"size": "4 – 6"}, [5] * 7 + [4]),
        (5, {"size": "4-6"}, [5]),
        (10, {}, [5, 5]),  # 4-6 unless said otherwise
        (12, {"size": 5}, [6, 6]),  # two people too many; three teams of 4 would be three too few
        (13, {"size": 4}, [5, 4, 4]),
        (14, {"size": 4}, [4, 4, 3, 3]),  # two too few are as near as two too many: the smaller teams
        (14, {"size": 5}, [5, 5, 4]),
        (11, {"size": "5"}, [6, 5]),
        (3, {"size": 2}, [3]),
        (7, {"size": 7}, [7]),
        (11, {"count": 3}, [4, 4, 3]),
        (11, {"count": 1}, [11]),
        (4, {"count": 2}, [2, 2]),
    ],
)
def test_team_sizes_are_as_even_as_possible(members: int, given, sizes):
    assert team_sizes(members, **given) == sizes


@pytest.mark.parametrize(
    ("members", "given", "sentence"),
    [
        (12, {"size": 4, "count": 3}, "Give a size or a number of teams, not both"),
        (12, {"count": 7}, "7 teams cannot be made of 12 people: choose 1 to 6 teams"),
        (12, {"count": 0}, "0 teams cannot be made of 12 people"),
        (
            12,
            {"size": 13},
            "A team of 13 is larger than the roster of 12 people present. Choose a smaller size",
        ),
        (1, {"size": "4-6"}, "A team of 4 is larger than the roster of 1 person present"),
        (12, {"size": "many"}, "“many” is not a size; write it like 5 or 4-6"),
        (12, {"size": "6-4"}, "The size 6-4 makes no teams; use 2 or more, the smaller number first"),
        (12, {"size": 1}, "The size 1-1 makes no teams"),
        (12, {"size": ""}, "“” is not a size"),
    ],
)
def test_sizes_that_make_no_sense_are_refused_in_a_sentence(members: int, given, sentence: str):
    with pytest.raises(InputError, match=sentence):
        team_sizes(members, **given)


def test_a_range_that_no_number_of_teams_fits_is_a_conflict():
    with pytest.raises(RulesConflict) as caught:
        team_sizes(11, size="6-8")

    assert caught.value.sentences == ("Every team has 6 to 8 members.", "All 11 people present are placed.")
    assert caught.value.advice


@pytest.mark.parametrize(
    ("size", "expected"), [(5, (5, 5)), ("5", (5, 5)), (" 4 - 6 ", (4, 6)), ("4–6", (4, 6)), ((2, 9), (2, 9))]
)
def test_size_range(size, expected):
    assert size_range(size) == expected


FIVE = dict.fromkeys(("Ada", "Bo", "Chi", "Dov", "Eun"), "")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("Ada Bo", "Chi Dov Eun"), []),
        (
            ("Ada Bo Chi", "Dov Eun"),
            ["Team 1 has 3 members instead of 2.", "Team 2 has 2 members instead of 3."],
        ),
        (("Ada Bo", "Chi Dov"), ["Team 2 has 2 members instead of 3.", "Eun is in 0 groups instead of one."]),
        (
            ("Ada Bo", "Bo Dov Eun"),
            ["Bo is in 2 groups instead of one.", "Chi is in 0 groups instead of one."],
        ),
    ],
)
def test_everybody_is_in_exactly_one_group_of_its_size(groups, expected):
    brief = brief_of(FIVE, [2, 3])

    assert Sizes().broken(groups_of(brief, *groups), brief) == expected


@pytest.mark.parametrize(
    ("sizes", "kind", "sentence"),
    [
        ([2, 3], PlanKind.TEAMS, "Everybody present is in exactly one team of 2 or 3."),
        ([5], PlanKind.TEAMS, "Everybody present is in exactly one team of 5."),
        (
            [2, 3],
            PlanKind.DUOS,
            "Everybody present is in exactly one duo. Since the number is odd, one of them is a trio.",
        ),
        (
            [2, 3],
            PlanKind.PROJECTS,
            "Everybody present is on exactly one project; members of each: Project 1 2 and Project 2 3.",
        ),
    ],
)
def test_sentence(sizes, kind, sentence):
    assert Sizes().sentence(brief_of(FIVE, sizes, kind)) == sentence


def test_a_range_of_one_size_is_kept_to_the_letter() -> None:
    assert team_sizes(6, size="3-3") == [3, 3]
    with pytest.raises(RulesConflict, match="Every team has 3 members"):
        team_sizes(7, size=(3, 3))
