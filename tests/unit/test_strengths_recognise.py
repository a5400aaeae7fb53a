"""Which superpower a text names: clear, proposed, or unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.files.catalogues import default_catalogue
from matcher.files.strengths import SPELLING, Proposal, Recogniser, Recognition, default_frameworks
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.people.catalogue import Catalogue


def recogniser(
    *,
    accept: bool = False,
    framework: str = "",
    choices: Choices = NOTHING_CHOSEN,
    catalogue: Catalogue | None = None,
) -> Recogniser:
    return Recogniser(
        catalogue or default_catalogue(), default_frameworks(), choices, accept=accept, framework=framework
    )


@pytest.mark.parametrize(
    "text",
    [
        "Systems thinking",
        "systems_thinking",
        "Systems-thinking",
        "SYSTEMS  THINKING",
        "Systems–Thinking",
        "SystemsThinking",
        " systems thinking. ",
        "“Systems thinking”",
        "⭐ Systems thinking",
        "Systems\u00a0thinking",
        "Big picture",
        "big-picture",
    ],
)
def test_a_name_in_any_case_spacing_and_punctuation_is_clear(text: str):
    assert recogniser().read(text) == Recognition("systems_thinking")


def test_a_typing_error_is_proposed_and_taken_only_when_it_is_accepted():
    proposal = Proposal("Visoin", "vision", SPELLING, "high")

    assert recogniser().read("Visoin") == Recognition(None, proposal)
    assert recogniser(accept=True).read("Visoin") == Recognition("vision", proposal)


def test_a_weak_likeness_is_asked_and_never_taken():
    for accept in (False, True):
        read = recogniser(accept=accept).read("Resourceful")

        assert read.superpower is None
        assert read.proposal == Proposal("Resourceful", "resourcefulness", SPELLING, "low")


@pytest.mark.parametrize("text", ["Flying", "Python", "Excel", "", "?", "漢字", "1"])
def test_what_is_near_to_nothing_is_unknown_without_a_suggestion(text: str):
    assert recogniser(accept=True).read(text) == Recognition(None)


def test_a_theme_of_another_framework_is_proposed_with_its_confidence():
    proposal = Proposal("Relator", "empathy", "CliftonStrengths", "low", ("reliability",), "Relator")

    assert recogniser().read("Relator") == Recognition(None, proposal, framework="CliftonStrengths")
    assert recogniser(accept=True).read("Relator") == Recognition(
        "empathy", proposal, framework="CliftonStrengths"
    )


def test_a_theme_that_is_a_superpowers_name_for_the_same_is_clear():
    assert recogniser(framework="CliftonStrengths").read("Achiever") == Recognition(
        "grit", framework="CliftonStrengths"
    )


def test_the_rosters_framework_goes_before_the_catalogue():
    ours = default_catalogue()
    moved = tuple(
        replace(s, aliases=(*s.aliases, "context")) if s.id == "curiosity" else s for s in ours.superpowers
    )
    catalogue = replace(ours, superpowers=moved)

    assert recogniser(catalogue=catalogue).read("Context") == Recognition("curiosity")
    read = recogniser(catalogue=catalogue, framework="CliftonStrengths").read("Context")
    assert read.superpower is None
    assert read.proposal is not None
    assert (read.proposal.superpower, read.proposal.confidence) == ("pattern_mapping", "medium")


def test_a_misspelled_theme_is_proposed_in_a_roster_of_themes():
    read = recogniser(framework="CliftonStrengths", accept=True).read("Conectedness")

    assert read.superpower == "values_compass"
    assert read.proposal == Proposal("Conectedness", "values_compass", SPELLING, "high", (), "Connectedness")


def test_codes_count_in_their_frameworks_roster_only():
    assert recogniser(framework="Belbin", accept=True).read("ME").superpower == "evidence"
    assert recogniser(accept=True).read("ME") == Recognition(None)


def test_a_catalogue_without_the_nearest_superpower_gets_the_next_and_asks_first():
    ours = default_catalogue()
    few = Catalogue(tuple(s for s in ours.superpowers if s.id != "empathy"), ours.families, ())
    read = recogniser(catalogue=few).read("Relator")

    assert read.proposal == Proposal("Relator", "reliability", "CliftonStrengths", "low", (), "Relator")


def test_a_catalogue_of_other_superpowers_knows_no_theme():
    ours = default_catalogue()
    own = Catalogue(
        (replace(ours.superpowers[0], id="juggling", name="Juggling", aliases=()),), ours.families, ()
    )

    assert recogniser(catalogue=own, accept=True).read("Relator") == Recognition(None)
    assert recogniser(catalogue=own, accept=True).read("Jugling").superpower == "juggling"


def test_a_choice_decides_before_anything_else():
    choices = Choices(accepted={"Flying": "vision", "VISION": "calm", "relator": "", "grit": "nowhere"})
    read = recogniser(choices=choices).read

    assert read("flying ") == Recognition("vision")
    assert read("Vision") == Recognition("calm")
    assert read("Relator") == Recognition(None, aside=True)
    assert read("Grit") == Recognition("grit")
