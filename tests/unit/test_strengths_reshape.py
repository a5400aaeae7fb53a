"""Tables with a row a strength or a column a member become a row a member."""

from __future__ import annotations

import pytest

from matcher.files.strengths import Entry, reshape, strengths_of
from tests.strategies_strengths import table_of, told_by

LONG = """user,strength,rank
Ann,Achiever,2
Ann,Woo,1
Bo,Relator,1
Bo,Context,2
Ann,Input,3
"""


def test_a_row_for_each_strength_becomes_a_row_for_each_member_in_the_order_of_the_ranks():
    assert told_by(LONG) == {"Ann": ["Woo", "Achiever", "Input"], "Bo": ["Relator", "Context"]}


def test_a_row_that_was_put_together_keeps_its_first_number_and_its_cells_know_their_rows():
    table = reshape(table_of(LONG))

    assert table.header == ("user", "superpower 1", "superpower 2", "superpower 3")
    assert [row.number for row in table.rows] == [2, 4]
    assert strengths_of(table).entries(table.rows[0]) == (
        Entry("Woo", "strength", 3),
        Entry("Achiever", "strength", 2),
        Entry("Input", "strength", 6),
    )
    assert table.notes == (
        "roster.csv: There is a row for each strength; each member's rows were put together, "
        "in the order of “rank”.",
    )


def test_without_ranks_the_order_of_the_rows_counts():
    text = "Employee,Theme\nAnn,Woo\nAnn,Achiever\nBo,Input\nBo,Relator\n"

    assert told_by(text) == {"Ann": ["Woo", "Achiever"], "Bo": ["Input", "Relator"]}


def test_ranks_need_not_be_one_to_five_and_a_missing_one_comes_last():
    text = "Name,Theme,Theme Rank\nAnn,Woo,30\nAnn,Achiever,\nAnn,Input,7\nBo,Focus,2\nBo,Relator,1\n"

    assert told_by(text) == {"Ann": ["Input", "Woo", "Achiever"], "Bo": ["Relator", "Focus"]}


def test_scores_put_the_largest_first():
    text = "Email,Role,Score\na@x.org,Plant,3\na@x.org,Shaper,9\nb@x.org,Shaper,1\nb@x.org,Plant,7\n"

    assert told_by(text.replace("Role", "Strength")) == {
        "a@x.org": ["Shaper", "Plant"],
        "b@x.org": ["Plant", "Shaper"],
    }


def test_a_name_above_empty_cells_goes_on_below_as_merged_cells_do():
    text = "Employee,Theme\nAnn,Woo\n,Achiever\n,Input\nBo,Relator\n,Context\n"

    assert told_by(text) == {"Ann": ["Woo", "Achiever", "Input"], "Bo": ["Relator", "Context"]}


def test_members_are_told_apart_by_their_id_before_their_name():
    text = "Name,ID,Strength\nAnn,1,Woo\nAnn,2,Grit\nAnn,1,Calm\nAnn,2,Zest\n"

    assert [row.cells[2:] for row in reshape(table_of(text)).rows] == [("Woo", "Calm"), ("Grit", "Zest")]


def test_first_and_last_name_tell_members_apart_together():
    text = "First Name,Last Name,Strength\nAnn,Lee,Woo\nAnn,Fox,Grit\nAnn,Lee,Calm\nAnn,Fox,Zest\n"

    assert [row.cells for row in reshape(table_of(text)).rows] == [
        ("Ann", "Lee", "Woo", "Calm"),
        ("Ann", "Fox", "Grit", "Zest"),
    ]


def test_what_changes_with_each_strength_is_no_attribute_and_what_differs_once_is_asked():
    table = reshape(
        table_of(
            "Name,Theme,Domain,Location\nAnn,Achiever,Executing,Rome\nAnn,Woo,Influencing,Oslo\n"
            "Bo,Relator,Relationship Building,Paris\nBo,Focus,Executing,\n"
            "Cy,Input,Thinking,Bern\nCy,Woo,Influencing,\n"
        )
    )

    assert table.header == ("Name", "Location", "superpower 1", "superpower 2")
    assert [row.cells[1] for row in table.rows] == ["Rome", "Paris", "Bern"]
    (problem,) = table.problems
    assert (problem.row, problem.column) == (2, "Location")
    assert problem.message == "Row 3 says “Oslo” of the same member; “Rome” counts. Make the rows agree."


@pytest.mark.parametrize(
    "text",
    [
        "name,superpower\nAnn,Vision\nBo,Calm\nAnn,Grit\n",
        "name,superpowers\nAnn,Vision; Calm\nAnn,Grit; Zest\nBo,Calm\nBo,Vision\n",
        "name,superpower 1,superpower 2\nAnn,Vision,Calm\nAnn,Grit,\n",
        "name,location\nAnn,Rome\nAnn,Oslo\n",
        "name,superpowers\n",
    ],
)
def test_another_table_stays_as_it_is(text: str):
    table = table_of(text)

    assert reshape(table) is table


@pytest.mark.parametrize("label", ["{}", "#{}", "Strength {}", "Theme {}", "Rank {}", "{}."])
@pytest.mark.parametrize("corner", ["", "Rank", "Name"])
def test_a_column_for_each_member_is_turned(label: str, corner: str):
    lines = ["Achiever,Woo", "Input,Focus", "Relator,Command"]
    rows = "\n".join(f"{label.format(n)},{line}" for n, line in enumerate(lines, 1))

    assert told_by(f"{corner},Ann Lee,Bo Chen\n{rows}\n") == {
        "Ann Lee": ["Achiever", "Input", "Relator"],
        "Bo Chen": ["Woo", "Focus", "Command"],
    }


def test_a_turned_table_may_have_ranks_beside_themes():
    text = "Theme,Ann,Bo\nAchiever,2,3\nRelator,1,2\nContext,3,1\n"

    assert told_by(text) == {
        "Ann": ["Relator", "Achiever", "Context"],
        "Bo": ["Context", "Relator", "Achiever"],
    }


def test_what_else_is_said_of_a_member_is_turned_too_and_cells_know_where_they_stood():
    table = reshape(
        table_of(
            "Name,Ann Lee,Bo Chen,\nEmail,a@x.org,b@x.org,\nLocation,Rome,Oslo,\n"
            "Strength 1,Achiever,Woo,\nStrength 2,Input,Command,\nStrength 3,Relator,Focus,\n"
        )
    )

    assert table.header == ("Name", "Email", "Location", "superpower 1", "superpower 2", "superpower 3")
    assert [row.cells[:3] for row in table.rows] == [
        ("Ann Lee", "a@x.org", "Rome"),
        ("Bo Chen", "b@x.org", "Oslo"),
    ]
    assert strengths_of(table).entries(table.rows[1])[1] == Entry("Command", "Bo Chen", 5)
    assert table.notes == (
        "roster.csv: There is a column for each member; the table was turned to have a row for each.",
    )


def test_the_names_may_be_a_row_of_their_own():
    text = "Employee ID,17,18\nName,Ann Lee,Bo Chen\n1,Achiever,Woo\n2,Input,Command\n3,Relator,Focus\n"
    table = reshape(table_of(text))

    assert table.header[:2] == ("Employee ID", "Name")
    assert [row.cells[:2] for row in table.rows] == [("17", "Ann Lee"), ("18", "Bo Chen")]


@pytest.mark.parametrize(
    "text",
    [
        "#,name,superpower 1,superpower 2\n1,Ann,Vision,Calm\n2,Bo,Grit,Zest\n3,Cy,Hope,Calm\n",
        "no,name,Vision,Calm,Grit\n1,Ann,x,,\n2,Bo,,x,\n3,Cy,,,x\n",
        "superpower,name,rank\nVision,Ann,1\nCalm,Bo,1\nGrit,Cy,1\n",
    ],
)
def test_a_table_with_numbered_rows_is_not_turned(text: str):
    table = table_of(text)

    assert reshape(table) is table
