"""How well two members complement each other: amounts worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.people.catalogue import Kind
from matcher.people.fit import Fit
from tests.strategies_people import roster_of


def fit_of(a: str, b: str, *, ranked: bool = True) -> Fit:
    roster = roster_of({"Ada": a, "Bo": b}, ranked=ranked)
    return Fit(roster, roster.members)


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        ("systems_thinking", "experimentation", 100),  # 1 · 1 · 3/3
        ("experimentation", "systems_thinking", 100),  # the same the other way round
        ("calm systems_thinking", "experimentation", 60),  # 0.6 · 1 · 3/3
        ("calm systems_thinking", "calm vision experimentation", 18),  # 0.6 · 0.3 · 3/3
        ("evidence", "experimentation", 67),  # 2/3
        ("evidence", "vision", 33),  # 1/3
        ("evidence systems_thinking", "experimentation", 67),  # the larger of 2/3 and 0.6
        ("calm vision evidence systems_thinking", "experimentation", 20),  # the fourth is not scored
        ("experimentation systems_thinking", "calm", 0),  # one's own two do not count
        ("", "experimentation", 0),
    ],
)
def test_complement(a: str, b: str, points: int):
    fit = fit_of(a, b)

    assert fit.complement_points.tolist() == [[0, points], [points, 0]]


@pytest.mark.parametrize(
    ("a", "b", "clash", "half"),
    [
        ("peacemaking", "provocation", 100, 50),
        ("peacemaking empathy", "provocation", 50, 25),  # softened by hers
        ("peacemaking", "provocation vision empathy", 50, 25),  # softened by his
        ("peacemaking", "provocation vision calm empathy", 100, 50),  # the fourth does not soften
        ("systems_thinking", "vision", 67, 33),
        ("systems_thinking calm", "vision", 33, 17),
        ("provocation", "provocation", 67, 33),
        ("provocation", "calm provocation", 20, 10),  # 0.6 · 2/3, softened
        (
            "calm empathy peacemaking",
            "vision evidence provocation",
            4,
            2,
        ),  # 0.045: 4.5 and 2.25, half to even
        ("evidence vision", "vision evidence", 33, 17),  # 1·1/3 before 0.6·0.6/3
        ("calm", "vision", 0, 0),
    ],
)
def test_clash(a: str, b: str, clash: int, half: int):
    fit = fit_of(a, b)

    assert fit.clash_points.tolist() == [[0, clash], [clash, 0]]
    assert fit.half_clash_points().tolist() == [[0, half], [half, 0]]


def test_fit_is_complement_less_clash():
    fit = fit_of("peacemaking empathy", "provocation")

    assert fit.complement_points[0, 1] == 40  # 0.6 · 2/3
    assert fit.fit.tolist() == [[0, -10], [-10, 0]]


def test_unranked_superpowers_count_fully_whatever_their_place():
    fit = fit_of(
        "calm vision peacemaking systems_thinking", "empathy calm provocation experimentation", ranked=False
    )

    assert fit.complement_points[0, 1] == 100
    assert fit.clash_points[0, 1] == 50


def test_hard_clashes_are_found_at_any_scored_rank_softened_or_not():
    roster = roster_of(
        {
            "Ada": "peacemaking",
            "Bo": "provocation empathy",
            "Chi": "calm vision provocation",
            "Dov": "calm vision evidence provocation",
            "Eun": "provocation",
        }
    )

    assert [(i, j) for i, j, _ in Fit(roster, roster.members).hard] == [(0, 1), (0, 2), (0, 4)]


def test_one_member_is_no_clash_with_themselves():
    roster = roster_of({"Ada": "peacemaking provocation", "Bo": "calm"})
    fit = Fit(roster, roster.members)

    assert fit.hard == []
    assert not fit.clash_points.any()


def test_bonds_name_who_holds_which_end_the_strongest_first():
    fit = fit_of("experimentation provocation", "calm systems_thinking")
    first, second = fit.bonds(0, 1, Kind.COMPLEMENT)

    assert (first.relation.a, first.first, first.second, first.raw) == ("systems_thinking", 1, 0, 360)
    assert (second.relation.a, second.first, second.second, second.raw) == ("calm", 1, 0, 120)
    assert fit.bonds(1, 0, Kind.COMPLEMENT) == [first, second]


def test_a_bond_says_whether_it_is_softened():
    assert [b.softened for b in fit_of("peacemaking empathy", "provocation").bonds(0, 1, Kind.CLASH)] == [
        True
    ]
    assert [b.softened for b in fit_of("peacemaking", "provocation").bonds(0, 1, Kind.CLASH)] == [False]


def test_the_strongest_bond_is_the_pairs_points():
    fit = fit_of("systems_thinking evidence empathy", "experimentation provocation vision")

    for kind, points in ((Kind.COMPLEMENT, fit.complement_points), (Kind.CLASH, fit.clash_points)):
        assert round(fit.bonds(0, 1, kind)[0].raw / 6) == points[0, 1]


def test_the_fit_of_one_pair_is_that_of_the_table():
    roster = roster_of(
        {"a": "systems_thinking evidence empathy", "b": "experimentation provocation", "c": "peacemaking"}
    )
    fit = Fit(roster, roster.members)

    assert [[fit.of(i, j) for j in range(3)] for i in range(3)] == fit.fit.tolist()
    assert fit.of(0, 1) > 0 > fit.of(1, 2)


def test_points_are_symmetric_with_nothing_on_the_diagonal():
    roster = roster_of(dict.fromkeys("abc", "provocation evidence vision") | {"d": "calm systems_thinking"})
    fit = Fit(roster, roster.members)

    for points in (fit.complement_points, fit.clash_points, fit.half_clash_points(), fit.fit):
        assert np.array_equal(points, points.T)
        assert not points.diagonal().any()
