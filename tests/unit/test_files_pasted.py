"""Lists of people as they are pasted."""

from __future__ import annotations

import pytest

from matcher.files import Table, read_table


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "1. Ann Lee, Owner\n2. Bo Ek, Tester\n",
        "1) Ann Lee, Owner\n2) Bo Ek, Tester\n",
        "- Ann Lee, Owner\n- Bo Ek, Tester\n",
        "  • Ann Lee\tOwner\r\n  • Bo Ek\tTester\r\n",
        "- [ ] Ann Lee; Owner\n- [x] Bo Ek; Tester\n",
    ],
)
def test_an_entry_of_a_list_is_a_name_and_what_follows(text: str):
    table = read_table(text, "list")

    assert (table.header, table.header_row) == (("name", ""), 0)
    assert cells(table) == [("Ann Lee", "Owner"), ("Bo Ek", "Tester")]
    assert table.notes == ("list: It was read as a list with one person a line.",)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee: Vision; Calm\nBo Ek: Grit\n",
        "Ann Lee - Vision; Calm\nBo Ek – Grit\n",
        "* Ann Lee: Vision; Calm\n* Bo Ek: Grit\n",
        "1. **Ann Lee**: Vision; Calm\n2. **Bo Ek**: Grit\n",
        "Ann Lee — Vision; Calm\n\nBo Ek — Grit",
    ],
)
def test_names_and_superpowers_are_divided_by_a_colon_or_a_dash(text: str):
    table = read_table(text.encode(), "list")

    assert table.header == ("name", "superpowers")
    assert cells(table) == [("Ann Lee", "Vision; Calm"), ("Bo Ek", "Grit")]


def test_addresses_in_one_line_may_have_the_last_names_first():
    assert cells(read_table('"Lee, Ann" <ann@x.org>; "Ek, Bo" <bo@x.org>\n')) == [
        ("Lee, Ann", "ann@x.org"),
        ("Ek, Bo", "bo@x.org"),
    ]


def test_strengths_may_stand_below_each_name():
    table = read_table("Ann Lee\n1. Achiever\n2. Input\n\nBo Ek\n- Grit\n", "list")

    assert table.header == ("name", "superpowers")
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("Ann Lee", "Achiever; Input")),
        (5, ("Bo Ek", "Grit")),
    ]
    assert table.notes == ("list: It was read as a list of strengths below each name.",)


def test_superpowers_may_stand_in_brackets():
    assert cells(read_table("Ann Lee (Vision, Calm)\nBo Ek (Grit, Vision)\n"))[0] == (
        "Ann Lee",
        "Vision, Calm",
    )


@pytest.mark.parametrize(
    "text", ["Ann Lee <ann@x.org>\nBo Ek <bo@x.org>\n", '"Ann Lee" <ann@x.org>; Bo Ek <bo@x.org>\n']
)
def test_addresses_of_a_message_are_names_and_emails(text: str):
    table = read_table(text.encode())

    assert table.header == ("name", "email")
    assert cells(table) == [("Ann Lee", "ann@x.org"), ("Bo Ek", "bo@x.org")]


def test_names_in_one_line_are_people():
    assert cells(read_table("Ann Lee, Bo Ek, Cy Fox\n")) == [("Ann Lee",), ("Bo Ek",), ("Cy Fox",)]


def test_what_stands_between_the_entries_is_left_out_and_said():
    table = read_table("Our team\n- Ann Lee\n- Bo Ek\nand guests:\n- Cy Fox\n")

    assert [row.number for row in table.rows] == [2, 3, 5]
    assert {row.number: row.why for row in table.left_out} == {
        1: "No entry of the list.",
        4: "No entry of the list.",
    }
    assert (
        "2 rows were left out: rows 1 (“Our team”) and 4 (“and guests:”): no entry of the list"
        in table.notes[1]
    )


def test_a_markdown_table_keeps_its_line_numbers_and_bars_in_cells():
    text = "| Name | Superpowers | Note |\n|:--|:-:|---|\n| Ann | grit; calm | a \\| b |\n| Bo | vision | |\n"
    table = read_table(text)

    assert (table.header, table.header_row) == (("Name", "Superpowers", "Note"), 1)
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("Ann", "grit; calm", "a | b")),
        (4, ("Bo", "vision", "")),
    ]


def test_a_table_drawn_with_bars_is_read():
    assert cells(read_table("| name | x |\n| Ann | 1 |\n| Bo | 2 |\n")) == [("Ann", "1"), ("Bo", "2")]


def test_a_table_from_a_spreadsheet_is_no_list():
    table = read_table("Name\tRole\nAnn Lee\tHead - Sales\nBo Ek\tLead: Tests\n")

    assert cells(table) == [("Ann Lee", "Head - Sales"), ("Bo Ek", "Lead: Tests")]
    assert table.delimiter == "\t"


def test_a_csv_with_colons_and_dashes_is_no_list():
    table = read_table("name,note\nAnn,a: b\n- Bo,c - d\n")

    assert cells(table) == [("Ann", "a: b"), ("- Bo", "c - d")]
