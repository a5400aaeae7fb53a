from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.files import default_catalogue, load_roster
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.ui.frames import PeopleColumns, edited_sheet, people_frame
from matcher.work.sheets import Sheet

OURS = default_catalogue()
cells = st.text(alphabet="abcÄ東;,\"'=+-@1 \n", max_size=6).map(str.strip)


def columns(sheet: Sheet, choices: Choices = NOTHING_CHOSEN) -> tuple[str, str, tuple[str, ...], str]:
    found = PeopleColumns.of(sheet, OURS, choices)
    return found.name, found.superpowers, found.ranks, found.absent


@given(st.lists(st.tuples(cells.filter(bool), cells), min_size=1, max_size=5))
def test_the_readers_get_a_sheet_cell_by_cell_with_its_rows_numbers(rows):
    sheet = Sheet("the table", ("name", "site"), tuple(rows), numbers=tuple(range(7, 7 + len(rows))))
    assert [row.cells for row in sheet.table.rows] == rows
    assert [row.number for row in sheet.table.rows] == list(sheet.numbers)
    assert Sheet.of(sheet.table) == sheet


def test_columns_are_recognised_by_their_meaning():
    sheet = Sheet("t", ("Team", "Full name", "Superpower 2", "Superpower 1", "On leave"))
    assert columns(sheet) == ("Full name", "", ("Superpower 1", "Superpower 2"), "On leave")


def test_a_column_that_says_more_than_yes_and_no_is_edited_as_text():
    rows = (("Anna", "Vision", "yes"), ("Bo", "Calm", "from May"))
    sheet = Sheet("t", ("name", "superpowers", "absent"), rows)
    assert columns(sheet)[3] == ""
    assert list(people_frame(sheet, OURS, NOTHING_CHOSEN)["absent"]) == ["yes", "from May"]


def test_a_roster_goes_through_its_editor_unchanged():
    rows = (("Anna", "vision ; GRIT", "Oslo"), ("Bo", "Unheard of; Calm", ""))
    sheet = Sheet("t", ("name", "superpowers", "site"), rows, numbers=(4, 9))
    frame = people_frame(sheet, OURS, NOTHING_CHOSEN)
    assert list(frame.columns) == ["name", "superpowers", "site", "absent"]
    assert list(frame.index) == [4, 9]
    assert frame["superpowers"].iloc[0] == ["Vision", "Grit"]
    assert edited_sheet(sheet, {}, "t") == sheet


def test_only_what_was_edited_is_written():
    rows = (("Anna", "visionary; Unheard of", "Oslo"), ("Bo", "calm", ""), ("Cy", "grit", ""))
    sheet = Sheet("t", ("name", "superpowers", "site"), rows, numbers=(3, 5, 8))
    edits = {
        "edited_rows": {0: {"site": " Lima "}, 1: {"superpowers": ["Calm", "Grit"], "absent": True}},
        "added_rows": [{"name": "Di", "superpowers": ["Vision"]}],
        "deleted_rows": [2],
    }
    changed = edited_sheet(sheet, edits, "the table")
    assert changed.header == ("name", "superpowers", "site", "absent")
    assert changed.rows == (
        ("Anna", "visionary; Unheard of", "Lima", ""),
        ("Bo", "Calm; Grit", "", "yes"),
        ("Di", "Vision", "", ""),
    )
    assert changed.numbers == (3, 5, 9)


def test_a_tick_that_is_taken_away_leaves_no_column_behind():
    sheet = Sheet("t", ("name", "superpowers"), (("Anna", "calm"),))
    assert edited_sheet(sheet, {"edited_rows": {0: {"absent": False}}}, "t") == sheet


def test_a_row_with_nothing_but_what_is_chosen_for_it_is_blank():
    sheet = Sheet("t", ("member a", "severity"))
    edits = {"added_rows": [{"severity": "never"}, {"member a": "Anna", "severity": "never"}]}
    assert edited_sheet(sheet, edits, "t", "severity").rows == (("", ""), ("Anna", "never"))


def test_superpowers_in_columns_of_their_own_stay_there():
    sheet = Sheet("t", ("name", "superpower 1", "superpower 2"), (("Anna", "visionary", ""),))
    frame = people_frame(sheet, OURS, NOTHING_CHOSEN)
    assert frame["superpower 1"].iloc[0] == "Vision"
    changed = edited_sheet(sheet, {"edited_rows": {0: {"superpower 2": "Calm"}}}, "t")
    assert changed.rows == (("Anna", "visionary", "Calm"),)


def test_what_somebody_accepted_is_shown_by_its_name_and_kept_as_written():
    sheet = Sheet("t", ("name", "superpowers"), (("Anna", "Blue-sky"),))
    accepted = Choices(accepted={"blue-sky": "vision"})
    assert people_frame(sheet, OURS, accepted)["superpowers"].iloc[0] == ["Vision"]
    assert load_roster(sheet.table, choices=accepted).roster.members[0].superpowers == ("vision",)


def test_cells_change_by_their_rows_number_and_rows_are_dropped():
    sheet = Sheet("t", ("name", "site"), (("Anna", ""), ("Bo", ""), ("Anna", "")), numbers=(3, 6, 7))
    mended = sheet.with_cells({(6, "site"): "Oslo", (3, "id"): "1"}, drop=(7,))
    assert mended.header == ("name", "site", "id")
    assert mended.rows == (("Anna", "", "1"), ("Bo", "Oslo", ""))
    assert mended.numbers == (3, 6)


def test_what_was_made_of_a_sheet_is_made_once_for_the_same_things_beside_it():
    sheet, made = Sheet("t", ("name",)), []
    one, other = object(), object()
    for beside in (one, one, other):
        sheet.once("x", (beside,), lambda: made.append(1))
    assert len(made) == 2
