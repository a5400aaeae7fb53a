"""Strengths as titles of columns: ticked, ranked or scored."""

from __future__ import annotations

import pytest

from matcher.files.strengths import OURS, default_frameworks, strengths_of
from tests.strategies_strengths import table_of, told_by

THEMES = [theme.name for theme in default_frameworks()[0].themes]
ROLES = [theme.code for theme in default_frameworks()[1].themes]


@pytest.mark.parametrize("tick", ["x", "X", "✓", "✔️", "yes", "1", "TRUE", "☑", "checked"])
@pytest.mark.parametrize("empty", ["", "no", "0", "FALSE", "-", "☐"])
def test_a_tick_in_a_column_is_a_strength(tick: str, empty: str):
    text = f"name,Vision,Calm,Grit\nAnn,{tick},{empty},{tick}\nBo,{empty},{tick},{empty}\n"

    assert told_by(text) == {"Ann": ["Vision", "Grit"], "Bo": ["Calm"]}


@pytest.mark.parametrize(
    "titles",
    [
        "Strengths [Vision],Strengths [Calm]",
        "Superpowers - Vision,Superpowers - Calm",
        "Which superpowers are yours?: Vision,Which superpowers are yours?: Calm",
        "Your superpowers/Vision,Your superpowers/Calm",
        "superpower.Vision,superpower.Calm",
    ],
)
@pytest.mark.parametrize("cells", ["x,\nBo,,x", "Vision,\nBo,,Calm", "1,0\nBo,0,1"])
def test_form_tools_write_the_question_before_the_option(titles: str, cells: str):
    assert told_by(f"name,{titles}\nAnn,{cells}\n") == {"Ann": ["Vision"], "Bo": ["Calm"]}


def test_ticks_say_nothing_about_order_and_that_is_said():
    strengths = strengths_of(table_of("name,Vision,Calm,Grit\nAnn,x,,x\n"))

    assert (strengths.ranked, strengths.listed, strengths.framework) == (False, False, OURS)
    assert strengths.notes == (
        "The ticks do not say which strength is the strongest, so the columns' order stands; "
        "say that the roster is unranked if it should not count.",
    )


@pytest.mark.parametrize("written", ["{}", "{}.0", "#{}", "{}th", "{} - mine", "{}th choice"])
def test_numbers_from_one_are_places(written: str):
    ann, bo = (",".join(map(written.format, places)) for places in ((2, 3, 1), (1, 2, 3)))
    strengths = strengths_of(table_of(f"name,Vision,Calm,Grit\nAnn,{ann}\nBo,{bo}\n"))

    assert strengths.shape == "a column for each strength, with its place"
    assert told_by(f"name,Vision,Calm,Grit\nAnn,{ann}\nBo,{bo}\n") == {
        "Ann": ["Grit", "Vision", "Calm"],
        "Bo": ["Vision", "Calm", "Grit"],
    }
    assert strengths.notes[0].endswith("are taken for places: 1 is the strongest.")


def test_places_may_be_given_to_a_few_only():
    assert told_by("name,Vision,Calm,Grit,Zest\nAnn,2,,1,\nBo,,1,,2\n") == {
        "Ann": ["Grit", "Vision"],
        "Bo": ["Calm", "Zest"],
    }


def test_other_numbers_are_scores_and_none_is_nothing():
    text = "name,Vision,Calm,Grit\nAnn,12,0,30\nBo,5,5,4\n"

    assert told_by(text) == {"Ann": ["Grit", "Vision"], "Bo": ["Vision", "Calm", "Grit"]}
    assert (
        strengths_of(table_of(text)).notes[0].endswith("are taken for scores: the largest is the strongest.")
    )


def test_a_title_says_whether_numbers_are_places_or_scores():
    numbers = "Ann,1,2,3\nBo,3,1,2\n"

    assert told_by(f"name,Vision score,Calm score,Grit score\n{numbers}")["Ann"] == ["Grit", "Calm", "Vision"]
    assert told_by(f"name,Vision rank,Calm rank,Grit rank\n{numbers}")["Ann"] == ["Vision", "Calm", "Grit"]


def test_a_place_that_two_strengths_share_is_said():
    strengths = strengths_of(table_of("name,Vision,Calm,Grit\n" + "Ann,1,2,3\n" * 9 + "Bo,1,1,3\n"))

    assert "two strengths have one place" in strengths.notes[1]


def test_all_34_themes_are_kept_in_the_order_of_their_ranks():
    ranks = {theme: 1 + (place * 7) % 34 for place, theme in enumerate(THEMES)}
    titles = ",".join(theme.replace("Self-Assurance", "Self Assurance ") for theme in THEMES)
    text = f"Name,Email,{titles}\nAnn,a@x.org,{','.join(str(ranks[theme]) for theme in THEMES)}\n"

    assert [t.strip().replace("Self A", "Self-A") for t in told_by(text)["Ann"]] == sorted(
        THEMES, key=ranks.__getitem__
    )
    assert strengths_of(table_of(text)).framework == "CliftonStrengths"


def test_belbins_raw_scores_are_read_below_codes():
    text = f"name,{','.join(ROLES)}\nAnn,12,3,0,4,5,6,7,8,9\nBo,1,1,20,4,5,6,7,8,9\n"
    strengths = strengths_of(table_of(text))

    assert (strengths.framework, strengths.sure) == ("Belbin", False)
    assert told_by(text)["Ann"] == ["PL", "SP", "CF", "IMP", "TW", "ME", "SH", "RI"]
    assert told_by(text)["Bo"][0] == "CO"


def test_a_list_goes_before_attributes_that_are_called_like_strengths():
    text = "name,superpowers,energy,focus,empathy\nAnn,Vision,3,4,1\nBo,Calm;Grit,2,2,5\n"

    assert strengths_of(table_of(text)).meanings == {1: "superpowers"}


def test_two_attributes_are_no_grid():
    assert strengths_of(table_of("name,energy,focus\nAnn,3,4\nBo,2,2\n")).indices == set()


def test_a_column_of_words_is_no_grid():
    text = "name,Vision,Calm,Grit\nAnn,to lead the team,to breathe,to run\n"

    assert strengths_of(table_of(text)).indices == set()


def test_four_letters_are_a_grid_when_they_are_all_there():
    assert told_by("name,D,I,S,C\nAnn,80,20,35,60\n") == {"Ann": ["D", "C", "S", "I"]}
    assert strengths_of(table_of("name,A,B,C\nAnn,80,20,35\n")).indices == set()


def test_what_was_written_beside_the_options_is_a_strength_too():
    text = "name,Superpowers - Vision,Superpowers - Calm,Superpowers - Other (please specify)\n"

    assert told_by(f"{text}Ann,Vision,,\nBo,,Calm,Juggling; Grit\n") == {
        "Ann": ["Vision"],
        "Bo": ["Calm", "Juggling", "Grit"],
    }


def test_whoever_agrees_has_the_strength_and_agreeing_strongly_goes_first():
    text = (
        "name,Empathy,Vision,Grit,Calm\n"
        "Ann,Agree,Strongly agree,Disagree,Neutral\n"
        "Bo,strongly disagree,neither agree nor disagree,Somewhat agree,AGREE.\n"
        "Chi,Disagree,Disagree,,Neutral\n"
    )
    strengths = strengths_of(table_of(text))

    assert told_by(text) == {"Ann": ["Vision", "Empathy"], "Bo": ["Calm", "Grit"], "Chi": []}
    assert strengths.shape == "a column for each strength, with its score"
    assert "Whoever agrees has the strength; who is neutral or disagrees does not." in strengths.notes


def test_numbers_alone_say_nothing_about_agreeing():
    strengths = strengths_of(table_of("name,Empathy,Vision,Grit\nAnn,5,4,1\nBo,2,3,5\n"))

    assert not any("agrees" in note for note in strengths.notes)
