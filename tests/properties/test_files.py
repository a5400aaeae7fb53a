"""Whatever is written reads the same, and whatever is read gives a table or a sentence."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.files import (
    load_frictions,
    load_history,
    load_projects,
    load_roster,
    load_rules,
    read_roster,
    read_table,
    write_roster,
)
from matcher.files.delimited import unescape
from matcher.files.writing import csv_bytes, escape
from matcher.people.errors import InputError, Problem
from matcher.people.names import fold
from tests.strategies_files import ENCODINGS, LINE_ENDS, cells, names, superpowers, tables, written

ROSTER = read_roster("name,superpowers\nAnn,grit\nBo,calm\nCy,vision\n")
LOADERS = (load_frictions, load_rules, load_history, load_projects)


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
    table = read_table(written(rows, delimiter, end, encoding, quoting))
    width = len(table.header)

    assert list(table.header) == rows[0]
    assert [list(row.cells) for row in table.rows] == [[unescape(c).strip() for c in row] for row in rows[1:]]
    assert all(len(row.cells) == width for row in table.rows)
    assert (table.problems, table.notes, table.delimiter) == ((), (), delimiter)


@given(rows=tables())
def test_a_table_that_we_write_reads_the_same(rows):
    table = read_table(csv_bytes(rows[0], rows[1:]))

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


@given(
    people=st.dictionaries(
        names.map(fold), st.tuples(superpowers, cells, st.booleans()), min_size=1, max_size=6
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
