"""The catalogue: what it refuses, and which spellings it knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.people.catalogue import Family, Kind, Relation, Superpower
from tests.strategies_people import CATALOGUE


@pytest.mark.parametrize(
    ("spelling", "id_"),
    [
        ("systems_thinking", "systems_thinking"),
        ("Systems Thinking", "systems_thinking"),
        (" systems-thinking ", "systems_thinking"),
        ("BIG PICTURE", "systems_thinking"),
        ("big-picture", "systems_thinking"),
        ("Weighing evidence", "evidence"),
        ("Visionary", "vision"),
        ("systems", None),
        ("", None),
    ],
)
def test_clear_spellings_are_recognised_and_no_others(spelling: str, id_: str | None):
    assert CATALOGUE.recognise(spelling) == id_


def test_an_id_goes_before_another_ones_alias():
    catalogue = replace(
        CATALOGUE,
        superpowers=(*CATALOGUE.superpowers, Superpower("grit", "Grit", "steadiness", aliases=("calm",))),
    )

    assert catalogue.recognise("calm") == "calm"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"superpowers": (*CATALOGUE.superpowers, CATALOGUE.superpowers[0])}, "superpower “vision” twice"),
        ({"families": (*CATALOGUE.families, CATALOGUE.families[0])}, "family “vision” twice"),
        ({"families": CATALOGUE.families[1:]}, "“vision” names a family “vision” that is unknown"),
        ({"relations": (Relation(Kind.CLASH, "calm", "flying", 1),)}, "clash names “flying”"),
        ({"relations": (Relation(Kind.CLASH, "calm", "vision", 1, softened_by="tea"),)}, "clash names “tea”"),
        (
            {
                "relations": (
                    Relation(Kind.CLASH, "calm", "vision", 1),
                    Relation(Kind.CLASH, "vision", "calm", 2),
                )
            },
            "clash vision × calm twice",
        ),
    ],
)
def test_a_catalogue_that_does_not_hold_together_is_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(CATALOGUE, **change)


def test_two_superpowers_may_both_complement_and_clash():
    relations = (Relation(Kind.CLASH, "calm", "vision", 1), Relation(Kind.COMPLEMENT, "vision", "calm", 2))

    assert replace(CATALOGUE, relations=relations).relations == relations


@pytest.mark.parametrize("strength", [0, 4, -1])
def test_a_strength_is_one_two_or_three(strength: int):
    with pytest.raises(ValueError, match=f"strength of calm × vision is {strength}; it has to be 1, 2 or 3"):
        Relation(Kind.CLASH, "calm", "vision", strength)


def test_a_relation_says_where_it_comes_from():
    with pytest.raises(ValueError, match=r"is “hearsay”; it has to be one of stated, inferred"):
        Relation(Kind.CLASH, "calm", "vision", 1, basis="hearsay")


def test_families_are_found_by_superpower():
    assert CATALOGUE.family_of("evidence") == "thinking"
    assert CATALOGUE.family_by_id["thinking"] == Family("thinking", "Thinking")
