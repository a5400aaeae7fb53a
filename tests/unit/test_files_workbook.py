"""Excel workbooks, kind and unkind ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from matcher.files import read_table
from matcher.files.tables import workbook as limits
from matcher.files.tables.choices import Choices
from matcher.people.errors import InputError

PEOPLE = [["Name", "Superpowers"], ["Ann", "grit"], ["Bo", "calm"]]


def book(**sheets: Sequence[Sequence[object]]) -> Workbook:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return an archive with each file in it changed, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            changed = change(name, old.read(name))
            if changed is not None:
                new.writestr(name, changed)
    return out.getvalue()


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


@pytest.mark.parametrize("name", ["people.xlsx", "people.xlsm", "people.csv"])
def test_a_workbook_is_known_by_its_first_bytes(name: str):
    table = read_table(saved(book(Team=PEOPLE)), name)

    assert [row.cells for row in table.rows] == [("Ann", "grit"), ("Bo", "calm")]
    assert (table.sheet, table.sheets, table.encoding, table.delimiter) == ("Team", ("Team",), "", "")
    assert (table.notes, table.problems) == ((), ())


def test_a_csv_that_is_called_a_workbook_is_read():
    assert read_table(b"name,x\nAnn,1\n", "people.xlsx").rows[0].cells == ("Ann", "1")


def test_values_become_text_as_a_person_would_write_it():
    values = [
        3.0,
        2.5,
        0.1 + 0.2,
        True,
        False,
        date(2025, 1, 2),
        datetime(2025, 1, 2, 9, 30),
        time(9, 0),
        " x ",
    ]
    table = read_table(saved(book(A=[["name", *"bcdefghij"], ["Ann", *values]])))

    assert table.rows[0].cells[1:] == (
        *("3", "2.5", "0.3", "yes", "no"),
        *("2025-01-02", "2025-01-02 09:30:00", "09:00", "x"),
    )


def test_the_visible_sheet_that_is_most_like_a_roster_is_read_and_said():
    made = book(
        Cover=[["Welcome"], ["to the offsite"]],
        People=PEOPLE,
        Secret=[["Name", "Email", "ID"], ["Z", "z", 1]],
    )
    made["Secret"].sheet_state = "hidden"
    table = read_table(saved(made), "p.xlsx")

    assert (table.sheet, table.sheets) == ("People", ("Cover", "People", "Secret"))
    assert table.notes == ("p.xlsx: The sheet “People” was read; there is “Cover” too.",)


def test_a_sheet_can_be_chosen_even_a_hidden_one():
    made = book(People=PEOPLE, Secret=[["Name"], ["Zed"]])
    made["Secret"].sheet_state = "hidden"

    assert read_table(saved(made), choices=Choices(sheet="secret")).rows[0].cells == ("Zed",)
    with pytest.raises(InputError, match="There is no sheet “Staff”; choose “People” or “Secret”"):
        read_table(saved(made), choices=Choices(sheet="Staff"))


def test_formulas_that_nobody_calculated_are_reported_with_their_cells():
    (problem,) = read_table(saved(book(A=[*PEOPLE, ["=A2", "=B3&1"]])), "p.xlsx").problems

    assert problem.row == 4
    assert problem.message.startswith("Cells A4 and B4 hold formulas whose results were never saved")


def test_errors_are_read_as_empty_and_said():
    table = read_table(saved(book(A=[*PEOPLE, ["Cy", "#N/A"]])), "p.xlsx")

    assert table.rows[2].cells == ("Cy", "")
    assert table.notes == ("p.xlsx: Cell B4 holds an error such as #N/A, read as empty.",)


def test_merged_cells_hold_in_each_row_that_they_span():
    made = book(A=[["Name", "Dept"], ["Ann", "HR"], ["Bo", None], ["Cy", "IT"]])
    made["A"].merge_cells("B2:B3")
    table = read_table(saved(made), "p.xlsx")

    assert [row.cells[1] for row in table.rows] == ["HR", "HR", "IT"]
    assert table.notes == (
        "p.xlsx: Merged cells were read as if each of their rows held the text, in 1 more cell: "
        "“HR” in rows 2 to 3.",
    )


def test_a_header_of_two_rows_with_merged_cells_is_one():
    made = book(A=[["Our team"], ["Name", "Strengths", None], [None, 1, 2], ["Ann", "grit", "calm"]])
    for cells in ("A1:C1", "A2:A3", "B2:C2"):
        made["A"].merge_cells(cells)
    table = read_table(saved(made))

    assert (table.header, table.header_row) == (("Name", "Strengths 1", "Strengths 2"), 2)
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("Ann", "grit", "calm"))]


def test_cells_far_away_cost_neither_time_nor_memory_and_are_said():
    made = book(A=PEOPLE)
    made["A"]["XFD1048576"] = "x"
    table = read_table(saved(made))

    assert [row.number for row in table.rows] == [2, 3]
    assert table.problems[0].message.startswith("At most 500,000 rows can be read")


def test_too_many_columns_are_refused_in_a_sentence():
    made = book(A=PEOPLE)
    made["A"]["XFD2"] = "x"

    with pytest.raises(InputError, match="Row 2 has 16,384 columns, and at most 4,000 can be read"):
        read_table(saved(made))


def test_a_zip_bomb_is_refused_by_what_it_really_unpacks_to(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_INFLATED", 2**20)
    data = rezipped(
        saved(book(A=PEOPLE)), lambda name, text: text + b" " * 2**21 if "sheet1" in name else text
    )

    with pytest.raises(InputError, match="It is larger than 1 MB when it is unpacked"):
        read_table(data)


def test_too_many_files_in_it_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_ENTRIES", 3)

    with pytest.raises(InputError, match="There are more than 3 files in it"):
        read_table(saved(book(A=PEOPLE)))


def test_entities_that_grow_are_refused():
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    evil = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]><worksheet>&e11;</worksheet>'
    )
    data = rezipped(saved(book(A=PEOPLE)), lambda name, text: evil.encode() if "sheet1" in name else text)

    with pytest.raises(InputError, match="damaged"):
        read_table(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(book(A=PEOPLE))[:-200], "This file is damaged"),
        (
            rezipped(saved(book(A=PEOPLE)), lambda n, t: t[:300] if "sheet1" in n else t),
            "This workbook is damaged",
        ),
        (rezipped(saved(book(A=PEOPLE)), lambda n, t: None if n == "xl/workbook.xml" else t), "is damaged"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "This is an OpenDocument file"),
        (zipped(xl__workbook=""), "This is a zip file; unpack it"),
        (zipped(word__document=""), "This is a Word document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "This is an old Excel workbook",
        ),
        (saved(book(A=[])), "The file is empty"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, sentence: str):
    with pytest.raises(InputError, match=f"people.xlsx: .*{sentence}|people.xlsx: {sentence}"):
        read_table(data, "people.xlsx")
