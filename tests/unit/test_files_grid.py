"""What a file says, cell by cell, within limits."""

from __future__ import annotations

import pytest

from matcher.files import read_table
from matcher.files.tables import grid as limits
from matcher.files.tables.choices import Choices
from matcher.files.tables.grid import tidy
from matcher.files.tables.source import read_grid
from matcher.people.errors import InputError
from matcher.people.names import fold


def test_a_grid_has_the_files_rows_and_no_header_yet():
    grid = read_grid("Report\n\nname,x\nAnn,1,\n", "p.csv")

    assert [(row.number, row.cells) for row in grid.rows] == [
        (1, ("Report",)),
        (3, ("name", "x")),
        (4, ("Ann", "1", "")),
    ]
    assert (grid.file, grid.delimiter, grid.header) == ("p.csv", ",", ())


def test_a_table_that_was_read_is_taken_as_it_is():
    table = read_table("name,x\nAnn,1\n")

    assert read_table(table, "other.csv", Choices(header_row=2)) is table


def test_somebody_may_choose_delimiter_and_encoding():
    text = "name;x,y\nZoë;1,2\n"

    assert read_grid(text, choices=Choices(delimiter=",")).rows[0].cells == ("name;x", "y")
    assert read_table(text.encode("cp1250"), choices=Choices(encoding="cp1250")).encoding == "cp1250"
    with pytest.raises(InputError, match="A delimiter is one character"):
        read_table(text, choices=Choices(delimiter=";;"))


def test_a_title_with_another_delimiter_does_not_mislead():
    table = read_table("Report, all teams, 2025\nname;superpowers\nAnn;grit, calm\nBo;vision\n")

    assert (table.delimiter, table.header) == (";", ("name", "superpowers"))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_unicode_text_of_excel_is_read(end: str):
    table = read_table(f"Name\tOrt{end}Zoë\tZürich{end}".encode("utf-16"))

    assert (table.rows[0].cells, table.encoding) == (("Zoë", "Zürich"), "utf-16")


@pytest.mark.parametrize(
    ("limit", "value", "text", "sentence"),
    [
        ("MOST_CELLS", 5, "name,x\nAnn,1\nBo,2\n", "There are more than 5 cells"),
        ("MOST_COLUMNS", 2, "a,b,c\n1,2,3\n", "Row 1 has 3 columns, and at most 2 can be read"),
    ],
)
def test_what_is_too_much_is_refused_in_a_sentence(
    limit: str, value: int, text: str, sentence: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, limit, value)

    with pytest.raises(InputError, match=f"p.csv: {sentence}"):
        read_table(text, "p.csv")


def test_two_thousand_columns_are_read():
    table = read_table(
        ",".join(f"c{i}" for i in range(2000)) + "\n" + ",".join(f"{i}x" for i in range(2000)) + "\n"
    )

    assert (len(table.header), table.rows[0].cells[-1]) == (2000, "1999x")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"BM\x86\0\0\0", "This is a picture"),
        (b"\x1f\x8b\x08\0", "This is a compressed file"),
        (b"SQLite format 3\0", "This is a database"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b'[{"name": "Ann"}]', "This is JSON"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "This is not a table"),
    ],
)
def test_what_is_no_table_is_named_by_its_first_bytes(data: bytes, sentence: str):
    with pytest.raises(InputError, match=f"people.csv: {sentence}"):
        read_table(data, "people.csv")


@pytest.mark.parametrize("header", ["BMI,name", "PK,name", "GIF8,name", "[id],name", "<id>,name"])
def test_a_header_that_begins_like_another_format_is_read(header: str):
    assert read_table(f"{header}\n1,Ann\n".encode()).header == tuple(header.split(","))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoe\u0308 Müller", "ZOË MÜLLER"),
        ("An\u200bn", "ann"),
        ("\u202eAnn\u202c", "Ann"),
        ("Ann\u00a0 Lee", "Ann Lee"),
        ("An\u00adn \ufeffLee\x07", "Ann Lee"),
        ("a\u200cb", "ab"),
    ],
)
def test_names_match_without_what_cannot_be_seen(one: str, other: str):
    assert fold(one) == fold(other)


def test_joiners_stay_in_the_scripts_that_spell_with_them():
    assert fold("می\u200cخواهم") != fold("میخواهم")


@pytest.mark.parametrize(
    ("cell", "tidied"), [(" a ", "a"), ("A\0nn", "Ann"), ("\u200b \u2060", ""), ("\u00a0", "")]
)
def test_a_cell_that_shows_nothing_is_empty(cell: str, tidied: str):
    assert tidy(cell) == tidied
