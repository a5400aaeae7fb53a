"""Strengths as words in cells: whatever the separators, the titles and the places are called."""

from __future__ import annotations

import pytest

from matcher.files.catalogues import default_catalogue
from matcher.files.strengths import OURS, Entry, default_frameworks, strengths_of
from matcher.files.strengths.cells import Known
from matcher.files.tables.choices import Choices
from matcher.files.tables.columns import ColumnMeaning
from tests.strategies_strengths import table_of, told_by


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(default_catalogue(), default_frameworks())


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("Vision; Calm; Grit", ("Vision", "Calm", "Grit")),
        ("Vision;Calm;Grit;", ("Vision", "Calm", "Grit")),
        ("Vision\nCalm\r\nGrit", ("Vision", "Calm", "Grit")),
        ("Vision | Calm", ("Vision", "Calm")),
        ("Vision, Calm, Grit", ("Vision", "Calm", "Grit")),
        ("Vision / Calm", ("Vision", "Calm")),
        ("Systems thinking/Calm", ("Systems thinking", "Calm")),
        ("Vision and Calm", ("Vision", "Calm")),
        ("Vision, Calm and Grit", ("Vision", "Calm", "Grit")),
        ("Vision & Calm + Grit", ("Vision", "Calm", "Grit")),
        ("Vision > Calm > Grit", ("Vision", "Calm", "Grit")),
        ("• Vision • Calm", ("Vision", "Calm")),
        ("Achiever Woo Input", ("Achiever", "Woo", "Input")),
        ("1. Achiever 2. Woo 3. Input", ("Achiever", "Woo", "Input")),
        ("1. Achiever\n2. Woo", ("Achiever", "Woo")),
        ("1 - Achiever; 2 - Woo", ("Achiever", "Woo")),
        ("#1 Achiever, #2 Woo", ("Achiever", "Woo")),
        ("1st Vision, 2nd Calm", ("Vision", "Calm")),
        ("2. Vision; 1. Grit", ("Grit", "Vision")),
        ("1-Achiever 2-Woo 3-Input", ("Achiever", "Woo", "Input")),
        ("#1 Achiever #2 Woo", ("Achiever", "Woo")),
        ("Vision (1); Calm (3); Grit (2)", ("Vision", "Grit", "Calm")),
        ("Vision 40%; Calm 35 %; Grit: 9", ("Vision", "Calm", "Grit")),
        ("2\ufe0f\u20e3 Vision; 1\ufe0f\u20e3 Grit", ("Grit", "Vision")),
        ("Achiever (Executing); Woo (Influencing)", ("Achiever", "Woo")),
        ("着想、収集心", ("着想", "収集心")),
        ("PL, TW, CO", ("PL", "TW", "CO")),
        ("Appreciation of Beauty & Excellence", ("Appreciation of Beauty & Excellence",)),
        (
            "Hope, Appreciation of Beauty & Excellence, Love",
            ("Hope", "Appreciation of Beauty & Excellence", "Love"),
        ),
        ("follow-through, attention to detail", ("follow-through", "attention to detail")),
        ("Visoin, Calmm", ("Visoin", "Calmm")),
        ("Visoin and Pecemaking", ("Visoin", "Pecemaking")),
        ("Sistems thinking / Flying", ("Sistems thinking", "Flying")),
        ("Visoin and Calm", ("Visoin", "Calm")),
        ("Seeing the whole, early; Calm", ("Seeing the whole, early", "Calm")),
        ("Top 5 Seller", ("Top 5 Seller",)),
        ("Rock and roll", ("Rock and roll",)),
        ("Vision; ; ;Calm", ("Vision", "Calm")),
        ("  ", ()),
        (";", ()),
    ],
)
def test_a_cell_is_taken_apart_at_its_separators_and_no_name_is_torn(
    known: Known, cell: str, entries: tuple[str, ...]
):
    assert known.entries(cell) == entries


def test_an_option_that_holds_a_comma_or_and_is_one_when_the_catalogue_has_it():
    from dataclasses import replace

    ours = default_catalogue()
    first = replace(ours.superpowers[0], name="Seeing far, and wide", aliases=())
    known = Known(replace(ours, superpowers=(first, *ours.superpowers[1:])), ())

    assert known.entries("Calm, Seeing far, and wide, Grit") == ("Calm", "Seeing far, and wide", "Grit")


@pytest.mark.parametrize(
    "titles",
    [
        "superpower 1,superpower 2",
        "Superpower1,Superpower2",
        "Strength #1,Strength #2",
        "Theme 1,Theme 2",
        "Top 5: 1,Top 5: 2",
        "Strength (1 = strongest),Strength (2)",
        "1st strength,2nd strength",
        "First superpower,Second superpower",
        "Q7_1,Q7_2",
        "Primary superpower,Secondary superpower",
        "1,2",
        "Rank your superpowers [1st],Rank your superpowers [2nd]",
        "Your superpowers [1st choice],Your superpowers [2nd choice]",
        "Top superpowers,",
        "Top superpowers,Top superpowers",
    ],
)
def test_numbered_columns_are_places_whatever_they_are_called(titles: str):
    assert told_by(f"name,{titles}\nAnn,Vision,Calm\nBo,Empathy,\nCy,Grit,Courage\n") == {
        "Ann": ["Vision", "Calm"],
        "Bo": ["Empathy"],
        "Cy": ["Grit", "Courage"],
    }


def test_places_count_by_their_number_and_not_by_where_they_stand():
    assert told_by("name,strength 2,strength 1\nAnn,Vision,Calm\n") == {"Ann": ["Calm", "Vision"]}


def test_a_chosen_place_counts_whatever_the_title_says():
    chosen = [ColumnMeaning(1, "best", "superpower 2"), ColumnMeaning(2, "also", "superpower 1")]
    table = table_of("name,best,also\nAnn,Vision,Calm\n")
    strengths = strengths_of(table, chosen)

    assert [entry.text for entry in strengths.entries(table.rows[0])] == ["Calm", "Vision"]
    assert strengths.sure


def test_columns_that_number_something_else_are_left_alone():
    strengths = strengths_of(table_of("name,phone 1,phone 2,superpowers\nAnn,12,13,Vision\n"))

    assert strengths.indices == {3}


def test_a_list_goes_before_the_places_row_by_row():
    text = "name,superpowers,superpower 1,superpower 2\nAnn,,Vision,Calm\nBo,Grit,Empathy,\n"

    assert told_by(text) == {"Ann": ["Vision", "Calm"], "Bo": ["Grit"]}


@pytest.mark.parametrize(
    "title",
    [
        "superpowers",
        "Strengths",
        "Top 5",
        "What are your superpowers? (choose up to 5)",
        "Signature Themes",
        "CliftonStrengths results",
        "Which of these describe you best?",
    ],
)
def test_a_column_that_lists_strengths_is_found_by_its_title_or_by_what_it_says(title: str):
    strengths = strengths_of(table_of(f"name,location,{title}\nAnn,Rome,Vision;Calm\nBo,Oslo,Grit\n"))

    assert strengths.meanings == {2: "superpowers"}
    assert strengths.framework == OURS


def test_what_was_found_by_its_cells_alone_is_said():
    strengths = strengths_of(table_of("name,Qualities\nAnn,Vision; Calm\nBo,Grit\n"))

    assert not strengths.sure
    assert strengths.notes == (
        "The column “Qualities” is taken for the superpowers, "
        "since most of what stands there is known as a strength.",
    )


@pytest.mark.parametrize("title", ["Department", "Job title", "Team"])
def test_a_department_that_is_called_like_a_strength_is_none(title: str):
    text = f"name,{title}\nAnn,Planning\nBo,Analysis\nCy,Communication\n"

    assert strengths_of(table_of(text)).indices == set()


def test_unknown_words_stay_when_the_title_says_that_they_are_superpowers():
    assert told_by("name,What is your superpower?\nAnn,Flying\nBo,Visoin\n") == {
        "Ann": ["Flying"],
        "Bo": ["Visoin"],
    }


def test_a_column_that_means_something_else_is_left_alone_and_a_chosen_one_is_taken():
    table = table_of("name,superpowers,hidden talent\nAnn,Vision,Sings\nBo,Calm,Paints\n")
    other = ColumnMeaning(1, "superpowers", "attribute", "You chose it.")
    chosen = ColumnMeaning(2, "hidden talent", "superpowers", "You chose it.")

    assert strengths_of(table, [other]).indices == set()
    assert strengths_of(table, [other, chosen]).meanings == {2: "superpowers"}


def test_other_columns_with_names_of_strengths_are_kept_and_that_is_said():
    strengths = strengths_of(table_of("name,superpowers,hidden talent,team\nAnn,Vision,Grit,Calm\n"))

    assert strengths.meanings == {1: "superpowers"}
    assert strengths.notes == (
        "“hidden talent” holds names of strengths too, and is kept as written; choose what counts.",
    )


def test_an_entry_knows_its_column_and_row():
    table = table_of("name,superpowers\nAnn,Vision; Calm\n")

    assert strengths_of(table).entries(table.rows[0]) == (
        Entry("Vision", "superpowers", 2),
        Entry("Calm", "superpowers", 2),
    )


def test_ticked_options_have_no_order_and_that_is_said():
    asked = strengths_of(table_of("name,Superpowers (select all that apply)\nAnn,Vision;Calm;\n"))
    seen = strengths_of(
        table_of(
            "name,superpowers\n" + "Ann,Calm;Empathy;Grit;Vision;Zest\nBo,Calm;Empathy;Grit;Vision;Zest\n" * 3
        )
    )
    ranked = strengths_of(table_of("name,Superpowers (ranked)\nAnn,Vision;Calm;\n"))
    unranked = strengths_of(table_of("name,Superpowers (in any order)\nAnn,Vision;Calm;\n"))

    assert (asked.ranked, seen.ranked, ranked.ranked, unranked.ranked) == (False, False, True, False)
    assert "stand in the form's order" in asked.notes[0]


def test_most_words_decide_which_framework_they_come_from():
    themes = strengths_of(
        table_of("name,strengths\nAnn,Empathy; Connectedness; Relator\nBo,Input; Harmony\n")
    )
    mixed = strengths_of(
        table_of("name,strengths\nAnn,Empathy; Connectedness; Gap spotting\nBo,Calm; Grit\n")
    )

    assert (themes.framework, mixed.framework) == ("CliftonStrengths", OURS)
    assert themes.notes == (
        "The strengths are read as those of CliftonStrengths; its mapping says what they stand for.",
    )


def test_a_title_decides_between_frameworks_that_know_the_same_words():
    cell = "Challenger"

    assert strengths_of(table_of(f"name,Parker Team Player\nAnn,{cell}; Contributor\n")).framework == (
        "Parker Team Player"
    )
    assert strengths_of(table_of(f"name,TREO\nAnn,{cell}; Doer\n")).framework == "TREO"


def test_a_choice_decides_before_the_words_do():
    table = table_of("name,strengths\nAnn,Creativity; Perspective\nBo,Love; Hope\n")

    assert strengths_of(table).framework == "VIA"
    assert strengths_of(table, choices=Choices(framework=OURS)).framework == OURS


@pytest.mark.parametrize(
    ("titles", "row", "told"),
    [
        ("Preferred,Manageable,Least preferred", '"PL, TW, CO","SH, RI",CF', ["PL", "TW", "CO"]),
        (
            "Preferred Roles,Manageable Roles,Least Preferred Roles",
            "Plant; Team Worker,Shaper,Coordinator",
            ["Plant", "Team Worker"],
        ),
        ("Preferred 1,Preferred 2,Manageable 1,Least preferred 1", "PL,TW,SH,CO", ["PL", "TW"]),
    ],
)
def test_of_belbins_columns_only_the_preferred_count(titles: str, row: str, told: list[str]):
    text = f"name,{titles}\nAnn,{row}\n"

    assert told_by(text) == {"Ann": told}
    assert strengths_of(table_of(text)).framework == "Belbin"


def test_codes_are_no_reason_to_take_a_column_for_strengths():
    assert strengths_of(table_of("name,Country\nAnn,PL\nBo,CO\nCy,ME\n")).indices == set()
