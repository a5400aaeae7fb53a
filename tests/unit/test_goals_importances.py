"""How much each goal weighs: defaults, presets, and what is refused."""

from __future__ import annotations

import pytest

from matcher.goals import GOALS, IMPORTANCES, PRESETS, importances
from matcher.people.errors import InputError


def test_four_goals_are_normal_by_default_and_the_others_off():
    chosen = importances()

    assert {name for name, importance in chosen.items() if importance == "normal"} == {
        "complement",
        "coverage",
        "calm",
        "weakest",
    }
    assert set(chosen.values()) == {"normal", "off"}
    assert chosen.keys() == {goal.name for goal in GOALS}


def test_importances_weigh_nothing_one_two_and_four():
    assert IMPORTANCES == {"off": 0, "low": 1, "normal": 2, "high": 4}


def test_a_goal_is_on_as_soon_as_it_lacks_nothing():
    assert importances(ready=["mix"])["mix"] == "normal"
    assert importances({"mix": "off"}, ready=["mix"])["mix"] == "off"


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_sets_every_goal_that_lacks_nothing(preset: str):
    everything = [goal.name for goal in GOALS]

    assert importances(preset=preset, ready=everything) == PRESETS[preset]
    assert set(PRESETS[preset].values()) <= IMPORTANCES.keys()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_leaves_off_what_still_lacks_something(preset: str):
    chosen = importances(preset=preset)

    assert {name for name, importance in chosen.items() if importance != "off"} == {
        "complement",
        "coverage",
        "calm",
        "weakest",
    }


@pytest.mark.parametrize("spelling", ["sought after", "sought-after", "Sought_After"])
def test_a_goal_of_two_words_may_be_typed_with_a_dash(spelling: str):
    assert importances({spelling: "high"})["sought after"] == "high"


def test_what_the_manager_says_goes_before_the_preset():
    assert PRESETS["onboarding"]["calm"] == "high"
    assert importances({"calm": "low"}, "onboarding")["calm"] == "low"


@pytest.mark.parametrize(
    ("goals", "preset", "sentence"),
    [
        ({"niceness": "high"}, None, "There is no goal “niceness”; choose one of complement, coverage, calm"),
        ({"calm": "huge"}, None, "The importance of calm is “huge”; it has to be off, low, normal or high"),
        ({}, "holiday", "There is no preset “holiday”; choose one of new product, deliver on time,"),
        (
            {"complement": "off", "coverage": "off", "calm": "off"},
            None,
            "No goal is on that gives a group a score; turn on complement, coverage, calm",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(goals, preset, sentence):
    with pytest.raises(InputError, match=sentence):
        importances(goals, preset)
