"""Whatever is written reads the same, and whatever is read gives a table or a sentence."""

from __future__ import annotations

import csv
import io
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from matcher.files import (
    Table,
    load_frictions,
    load_history,
    load_networks,
    load_projects,
    load_roster,
    load_rules,
    read_roster,
    read_table,
    write_roster,
)
from matcher.files.tables.choices import Choices
from matcher.files.tables.delimited import unescape
from matcher.files.writing import csv_bytes, escape
from matcher.people.errors import InputError, Problem
from matcher.people.names import fold
from tests.strategies_files import ENCODINGS, LINE_ENDS, cells, names, superpowers, tables, written


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def small_book() -> bytes:
    book = Workbook()
    for row in (["name", "superpowers"], ["Ann", "grit"], ["Bo", "calm"]):
        book.active.append(row)
    return saved(book)


BOOK = small_book()
ROSTER = read_roster("name,superpowers\nAnn,grit\nBo,calm\nCy,vision\n")
LOADERS = (load_frictions, load_rules, load_history, load_projects, load_networks)


@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(LINE_ENDS),
    encoding=st.sampled_from(ENCODINGS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_table_reads_the_same_in_any_delimiter_encoding_and_quoting(
    rows, delimiter, end, encoding, quoting
):
    keep_all = Choices(kept=frozenset(range(2, len(rows) + 1)), mend=False)
    table = read_table(written(rows, delimiter, end, encoding, quoting), choices=keep_all)
    width = len(table.header)

    assert list(table.header) == rows[0]
    assert [list(row.cells) for row in table.rows] == [[unescape(c).strip() for c in row] for row in rows[1:]]
    assert all(len(row.cells) == width for row in table.rows)
    assert (table.problems, table.notes, table.delimiter) == ((), (), delimiter)


@given(rows=tables())
def test_a_workbook_reads_the_same(rows):
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            book.active.cell(number, column).value = cell
            book.active.cell(number, column).data_type = "s"  # "=1" is a text here, no formula
    table = read_table(saved(book), choices=Choices(kept=frozenset(range(2, len(rows) + 1))))

    assert list(table.header) == rows[0]
    assert [list(row.cells) for row in table.rows] == [[unescape(c).strip() for c in row] for row in rows[1:]]


@given(rows=tables())
def test_no_row_is_lost(rows):
    table = read_table(csv_bytes(rows[0], rows[1:]), choices=Choices(mend=False))
    seen = {row.number: list(row.cells) for row in (*table.rows, *table.left_out)}

    assert [seen[number] for number in range(2, len(rows) + 1)] == rows[1:]
    assert len(table.notes) == bool(table.left_out)


@given(rows=tables())
def test_a_table_that_we_write_reads_the_same(rows):
    keep_all = Choices(kept=frozenset(range(2, len(rows) + 1)))
    table = read_table(csv_bytes(rows[0], rows[1:]), choices=keep_all)

    assert [list(row.cells) for row in table.rows] == rows[1:]


@given(st.text())
@example("''=x")
@example("'-5")
@example("＝x")
def test_making_a_cell_harmless_is_undone_by_reading(cell):
    assert unescape(escape(cell)) == cell


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("=1")
@example("-1+1")
def test_no_cell_that_we_write_is_run(cell):
    text = csv_bytes(["x"], [[cell]]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""))

    assert not "".join(row).startswith(tuple("=@\t\r\0＝＋－＠"))
    if "".join(row).startswith(("+", "-")):
        assert not any(c.isalpha() or c in "(*+=!" for c in row[0][1:])


places = cells.filter(lambda cell: "@" not in cell)
"""Texts that nobody takes for an email address."""


@given(
    people=st.dictionaries(
        names.map(fold), st.tuples(superpowers, places, st.booleans()), min_size=1, max_size=6
    )
)
def test_a_roster_that_we_write_reads_the_same(people):
    rows = [
        [name, "; ".join(held), place, "x" if away else ""] for name, (held, place, away) in people.items()
    ]
    roster = read_roster(csv_bytes(["name", "superpowers", "place", "absent"], rows))

    assert [(m.name, m.superpowers, m.attributes["place"], m.absent) for m in roster.members] == [
        (name, tuple(held), place, away) for name, (held, place, away) in people.items()
    ]
    assert [
        (m.key, m.superpowers, m.attributes, m.absent) for m in read_roster(write_roster(roster)).members
    ] == [(m.key, m.superpowers, m.attributes, m.absent) for m in roster.members]


@given(st.text())
@example("\u200bAnn\u202e")
@example("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
def test_folding_twice_is_folding_once_in_every_unicode_form(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


PIECES = [
    "name", "superpowers", "Ann Lee", "grit; calm", "a@x.org", "Total", "3", "- ", "1. ", ": ", " - ", "|",
    "|---|---|", "\n", "\r\n", "\r", ",", ";", "\t", '"', "sep=;\n", "\u200b", "\0",
    "Ã©", "=1", "End of report",
]  # fmt: skip
"""What files are made of, in any order."""


def table_of(data: bytes) -> Table | None:
    """Return what a file says, or nothing when sentences say why not."""
    try:
        return read_table(data)
    except InputError as error:
        refused = error.problems
    assert refused
    assert all(problem.file and problem.message for problem in refused)
    return None


@given(st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
@settings(max_examples=400)
def test_any_bytes_and_texts_give_a_table_or_a_sentence(data):
    table = table_of(data if isinstance(data, bytes) else data.encode())
    if table is None:
        return
    assert all(len(row.cells) == len(table.header) for row in table.rows)
    numbers = [row.number for row in (*table.rows, *table.left_out)]
    assert len(numbers) == len(set(numbers))
    assert table.header_row not in numbers or not table.header_row


@given(st.data())
@settings(max_examples=60)
def test_a_workbook_with_any_byte_changed_gives_a_table_or_a_sentence(data):
    spoilt = bytearray(BOOK)
    for _ in range(data.draw(st.integers(1, 3))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    table = table_of(bytes(spoilt[: data.draw(st.sampled_from([len(spoilt), len(spoilt) // 2, 5]))]))

    assert table is None or all(len(row.cells) == len(table.header) for row in table.rows)


files = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.text("nameuprs,;\t|\n\r\"\0 ='é1", max_size=200).map(
        lambda text: f"name,superpowers\n{text}".encode()
    ),
    st.text('Ann Bo,;:=\n\r"never123-', max_size=200).map(lambda text: f"rule,who,value\n{text}".encode()),
    st.text('Ann Bo,;:=\n\r"never123-', max_size=200).map(
        lambda text: f"member a,member b,severity\n{text}".encode()
    ),
    st.text('Ann Bo,;:=\n\r"123-', max_size=200).map(
        lambda text: f"project,size,needs,group,name\n{text}".encode()
    ),
    st.text("Ann Bo,;x1\n\r-/&", max_size=200).map(lambda text: f"from,to,weight\n{text}".encode()),
    st.text("Ann Bo,;x1\n\r-", max_size=200).map(lambda text: f",Ann,Bo,Cy\n{text}".encode()),
)
"""Noise, and noise below a header that is understood."""


@given(files)
@settings(max_examples=400)
def test_any_bytes_give_a_reading_or_a_sentence(data):
    for load in (load_roster, *(lambda d, load=load: load(d, ROSTER) for load in LOADERS)):
        try:
            found = load(data).problems
        except InputError as error:
            found = error.problems or (Problem(""),)
        assert all(problem.file and problem.message for problem in found)
