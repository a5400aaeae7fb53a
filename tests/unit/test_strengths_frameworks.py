"""Other frameworks' names, and where they lead."""

from __future__ import annotations

import pytest

from matcher.files.catalogues import default_catalogue
from matcher.files.strengths import Framework, default_frameworks
from matcher.files.strengths.frameworks import CONFIDENCES

FRAMEWORKS = {framework.name: framework for framework in default_frameworks()}


def test_every_framework_is_whole():
    assert {name: len(framework.themes) for name, framework in FRAMEWORKS.items()} == {
        "CliftonStrengths": 34,
        "Belbin": 9,
        "VIA": 24,
        "TREO": 6,
        "VIA team roles": 7,
        "Team Management Profile": 9,
        "DISC": 4,
        "HBDI": 4,
        "Parker Team Player": 4,
        "SYPartners": 21,
    }


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_every_theme_leads_to_superpowers_that_there_are(framework: Framework):
    known = default_catalogue().by_id
    for theme in framework.themes:
        assert theme.superpower in known
        assert theme.secondary in known or not theme.secondary
        assert theme.confidence in CONFIDENCES


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_a_superpowers_other_name_that_is_a_theme_leads_to_the_same(framework: Framework):
    catalogue = default_catalogue()
    for theme in framework.themes:
        assert catalogue.recognise(theme.name) in (None, theme.superpower)


@pytest.mark.parametrize(
    ("framework", "text", "name"),
    [
        ("CliftonStrengths", "Self Assurance", "Self-Assurance"),
        ("CliftonStrengths", "self-assurance ", "Self-Assurance"),
        ("CliftonStrengths", "SELFASSURANCE", "Self-Assurance"),
        ("CliftonStrengths", "Individualisation", "Individualization"),
        ("CliftonStrengths", "Maximiser", "Maximizer"),
        ("CliftonStrengths", "Achiever®", "Achiever"),
        ("CliftonStrengths", "Woo™", "Woo"),
        ("CliftonStrengths", "Input (TM)", "Input"),
        ("CliftonStrengths", "着想", "Ideation"),
        ("CliftonStrengths", "ポジティブ", "Positivity"),
        ("CliftonStrengths", "ﾎﾟｼﾞﾃｨﾌﾞ", "Positivity"),
        ("Belbin", "PL", "Plant"),
        ("Belbin", "tw", "Teamworker"),
        ("Belbin", "Team Worker", "Teamworker"),
        ("Belbin", "Coordinator", "Co-ordinator"),
        ("Belbin", "Completer-Finisher", "Completer Finisher"),
        ("VIA", "Judgement", "Judgment"),
        ("VIA", "Humour", "Humor"),
        ("VIA", "Appreciation of beauty and excellence", "Appreciation of Beauty & Excellence"),
        ("VIA", "Self regulation", "Self-Regulation"),
        ("VIA team roles", "Energiser", "Energizer"),
        ("TREO", "Organiser", "Organizer"),
        ("TREO", "team-builder", "Team Builder"),
        ("Team Management Profile", "Thruster Organizer", "Thruster-Organiser"),
        ("DISC", "D", "Dominance"),
        ("HBDI", "Relational", "C relational"),
        ("HBDI", "B", "B practical"),
    ],
)
def test_a_theme_is_known_in_any_spelling(framework: str, text: str, name: str):
    theme = FRAMEWORKS[framework].find(text)

    assert theme is not None
    assert theme.name == name


@pytest.mark.parametrize(
    ("framework", "text"),
    [("CliftonStrengths", "A"), ("Belbin", "P"), ("Parker Team Player", "C"), ("VIA", ""), ("DISC", "")],
)
def test_a_letter_is_no_theme_where_it_says_nothing(framework: str, text: str):
    assert FRAMEWORKS[framework].find(text) is None


def test_a_code_counts_only_where_it_may():
    assert FRAMEWORKS["Belbin"].find("ME", codes=False) is None
