from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.people.errors import InputError
from matcher.work.asides import (
    DELETED,
    NEW_ROW,
    WHOLE_ROW,
    Aside,
    Difference,
    asides_of,
    differences,
    edited,
    merged,
    put_in,
    shown,
    unfinished,
)
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

TITLES = ("name", "superpowers", "location")
ANNA, BO, CY = ("Anna", "Vision", "Oslo"), ("Bo", "Grit", "Lima"), ("Cy", "Calm", "Oslo")


def sheet(*rows, numbers=()):
    return Sheet("t.csv", TITLES, rows, numbers)


BASE = sheet(ANNA, BO, CY)


def filled(table):
    return [row for row in table.rows if any(row)]


def aside(mine):
    return Aside("people", BASE, mine, 0)


def test_a_cell_that_both_changed_is_told_with_all_three_texts_and_mine_is_put_in():
    mine, theirs = sheet(("Anna", "Calm", "Oslo"), BO, CY), sheet(("Anna", "Grit", "Lima"), BO, CY)
    assert differences(aside(mine), theirs) == [
        Difference("2 (Anna)", "superpowers", "Vision", "Grit", "Calm")
    ]
    assert filled(merged(aside(mine), theirs)) == [("Anna", "Calm", "Lima"), BO, CY]


def test_a_row_that_they_renamed_is_still_the_same_row():
    mine, theirs = sheet(("Anna", "Calm", "Oslo"), BO, CY), sheet(("Anne", "Vision", "Oslo"), BO, CY)
    assert filled(merged(aside(mine), theirs)) == [("Anne", "Calm", "Oslo"), BO, CY]


def test_a_row_that_they_deleted_is_there_again_when_i_changed_it():
    mine, theirs = sheet(("Anna", "Calm", "Oslo"), BO, CY), sheet(BO, CY, numbers=(3, 4))
    told = Difference("2 (Anna)", WHOLE_ROW, "Anna · Vision · Oslo", DELETED, "Anna · Calm · Oslo")
    assert differences(aside(mine), theirs) == [told]
    assert filled(merged(aside(mine), theirs)) == [BO, CY, ("Anna", "Calm", "Oslo")]


def test_the_number_of_a_deleted_row_that_was_given_again_stands_for_somebody_else():
    mine = sheet(ANNA, BO, ("Cy", "Calm", "Lima"))
    theirs = sheet(ANNA, BO, ("Dora", "Energy", "Kyiv"))
    assert filled(merged(aside(mine), theirs)) == [
        ANNA,
        BO,
        ("Dora", "Energy", "Kyiv"),
        ("Cy", "Calm", "Lima"),
    ]


def test_in_another_file_a_row_is_found_by_its_name():
    mine, theirs = sheet(ANNA, BO, ("Cy", "Calm; Grit", "Oslo")), sheet(CY, ("Eva", "Calm", "Oslo"), ANNA)
    assert filled(merged(aside(mine), theirs))[0] == ("Cy", "Calm; Grit", "Oslo")
    assert filled(merged(aside(mine), theirs))[1] == ("Eva", "Calm", "Oslo")


def test_rows_that_both_added_under_one_number_are_both_there():
    dora, eva = ("Dora", "Energy", ""), ("Eva", "Calm", "")
    mine, theirs = sheet(ANNA, BO, CY, dora), sheet(ANNA, BO, CY, eva)
    assert differences(aside(mine), theirs) == [Difference("Dora", NEW_ROW, "", "", "Dora · Energy")]
    assert filled(merged(aside(mine), theirs)) == [ANNA, BO, CY, eva, dora]


@pytest.mark.parametrize("gone", [sheet(ANNA, CY, numbers=(2, 4)), sheet(ANNA, ("", "", ""), CY)])
def test_a_row_that_i_deleted_goes_whatever_they_made_of_it(gone):
    theirs = sheet(ANNA, ("Bo", "Grit", "Kyiv"), CY)
    told = Difference("3 (Bo)", WHOLE_ROW, "Bo · Grit · Lima", "Bo · Grit · Kyiv", DELETED)
    assert differences(aside(gone), theirs) == [told]
    assert filled(merged(aside(gone), theirs)) == [ANNA, CY]
    assert filled(merged(aside(gone), sheet(ANNA, CY, numbers=(2, 4)))) == [ANNA, CY]


def test_a_column_that_i_added_is_added():
    mine = Sheet("t", (*TITLES, "absent"), ((*ANNA, "yes"), (*BO, ""), (*CY, "")))
    assert merged(aside(mine), sheet(ANNA, BO)).header == (*TITLES, "absent")
    assert merged(aside(mine), sheet(ANNA, BO)).rows[0] == (*ANNA, "yes")


def test_an_edit_of_a_table_that_is_gone_is_set_aside_and_cannot_be_put_in():
    work = edited(Workspace(), "people", BASE, sheet(ANNA, BO))
    assert work.people is None
    assert len(work.asides) == 1
    with pytest.raises(InputError, match="the table of people is gone"):
        put_in(work, work.asides[0])


def test_what_was_put_in_is_undone_as_one_step_and_is_put_in_once():
    work = Workspace(people=sheet(ANNA, BO, ("Cy", "Calm", "Kyiv")))
    work = edited(work, "people", BASE, sheet(("Anna", "Grit", "Oslo"), BO, CY))
    done = put_in(work, work.asides[0])
    assert filled(done.people) == [("Anna", "Grit", "Oslo"), BO, ("Cy", "Calm", "Kyiv")]
    assert put_in(done, work.asides[0]) is done
    assert done.undone().people == work.people


def test_an_edit_that_cannot_be_used_yet_is_kept_beside_the_table_until_it_can():
    from matcher.work.own_catalogue import superpowers_sheet

    own = Workspace().catalogue
    work, table = Workspace(own=own), superpowers_sheet(own)

    def typed(family):
        row = ("", "Juggling", family, "", "", "")
        numbers = (*table.numbers, table.numbers[-1] + 1)
        return replace(table, rows=(*table.rows, row), numbers=numbers)

    half = edited(work, "own_superpowers", table, typed(""))
    assert half.own is own
    assert shown(half, "own_superpowers").same(typed(""))
    assert "needs a family" in str(unfinished(half, "own_superpowers")[1])
    assert asides_of(half, "own_superpowers") == []
    other = edited(half, "own_superpowers", table, replace(table, rows=table.rows[1:], numbers=()))
    assert len(asides_of(other, "own_superpowers")) == 1  # somebody else's edit does not replace it
    whole = edited(half, "own_superpowers", typed(""), typed("People"))
    assert [s.name for s in whole.own.superpowers][-1] == "Juggling"
    assert whole.asides == ()
    assert edited(half, "own_superpowers", typed(""), table).asides == ()  # it was taken out again
