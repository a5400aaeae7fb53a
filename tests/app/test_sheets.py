from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.files import default_catalogue, read_table
from matcher.ui.frames import people_frame, people_sheet
from matcher.ui.sheets import PeopleColumns, Sheet

cells = st.text(alphabet="abcÄ東;,\"'=+-@1 \n", max_size=6).map(str.strip)


@given(st.lists(st.tuples(cells.filter(bool), cells), min_size=1, max_size=5))
def test_a_sheet_reads_back_as_it_was_written(rows):
    sheet = Sheet("the table", ("name", "site"), tuple(rows))
    assert Sheet.of(read_table(sheet.data)).same(sheet)


def test_columns_are_recognised_by_their_meaning():
    sheet = Sheet("t", ("Team", "Full name", "Superpower 2", "Superpower 1", "On leave"))
    assert PeopleColumns.of(sheet) == PeopleColumns(
        "Full name", "", ("Superpower 1", "Superpower 2"), "On leave"
    )


def test_a_roster_goes_through_its_editor_unchanged():
    rows = (("Anna", "Vision; Grit", "Oslo"), ("Bo", "Unheard of; Calm", ""))
    sheet = Sheet("t", ("name", "superpowers", "site"), rows)
    frame = people_frame(sheet, default_catalogue())
    assert list(frame.columns) == ["name", "superpowers", "site", "absent"]
    assert people_sheet(frame, sheet, "t").same(sheet)


def test_superpowers_in_columns_of_their_own_stay_there():
    sheet = Sheet("t", ("name", "superpower 1", "superpower 2"), (("Anna", "visionary", ""),))
    frame = people_frame(sheet, default_catalogue())
    assert frame["superpower 1"][0] == "Vision"
    changed = people_sheet(frame, sheet, "t")
    assert changed.header == sheet.header
    assert changed.rows == (("Anna", "Vision", ""),)
