"""Edits of whole tables, and those that are set aside because somebody else changed the table meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matcher.people.errors import InputError
from matcher.work.own_catalogue import (
    RELATIONS_TABLE,
    SUPERPOWERS_TABLE,
    relations_sheet,
    superpowers_sheet,
    with_relations,
    with_superpowers,
)
from matcher.work.sheets import FIRST_ROW, Sheet
from matcher.work.workspace import (
    FRICTIONS_TABLE,
    PEOPLE_TABLE,
    PROJECTS_TABLE,
    RULES_TABLE,
    Workspace,
)

WHOLE_ROW, NEW_ROW, DELETED = "(the whole row)", "(a new row)", "(deleted)"

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Aside:
    """An edit that is kept beside its table, which was changed elsewhere or cannot be used with it yet.

    Parameters
    ----------
    table
        Which: one of :data:`TABLES`.
    base, mine
        The table from which the edit began, and the table with the edit.
    when
        When it was set aside, in milliseconds since the epoch, UTC.
    """

    table: str
    base: Sheet
    mine: Sheet
    when: int


@dataclass(frozen=True)
class EditedTable:
    """A table of the workspace that is edited on a page.

    Parameters
    ----------
    name, what
        What messages call it, and what an edit of it is called on buttons.
    of
        Gives the table as it is edited; ``None`` when there is none.
    put
        Gives the fields of the workspace that change with it. Raises InputError when it cannot be used.
    leads
        Whether other tables show its texts, and have to begin anew when it is edited.
    """

    name: str
    what: str
    of: Callable[[Workspace], Sheet | None]
    put: Callable[[Workspace, Sheet], Mapping[str, Any]]
    leads: bool = False


TABLES: Mapping[str, EditedTable] = {
    "people": EditedTable(
        PEOPLE_TABLE, "the edit of the table", lambda work: work.people, lambda _, sheet: {"people": sheet}
    ),
    "frictions": EditedTable(
        FRICTIONS_TABLE,
        "the edit of the frictions",
        lambda work: work.plain_frictions,
        lambda _, sheet: {"frictions": sheet},
    ),
    "rules": EditedTable(
        RULES_TABLE,
        "the edit of the rules",
        lambda work: work.plain_rules,
        lambda _, sheet: {"rules": sheet},
    ),
    "projects": EditedTable(
        PROJECTS_TABLE,
        "the edit of the projects",
        lambda work: work.plain_projects,
        lambda _, sheet: {"projects": sheet},
    ),
    "own_superpowers": EditedTable(
        SUPERPOWERS_TABLE,
        "the edit of the superpowers",
        lambda work: superpowers_sheet(work.own) if work.own else None,
        lambda work, sheet: {"own": with_superpowers(work.catalogue, sheet)},
        leads=True,
    ),
    "own_relations": EditedTable(
        RELATIONS_TABLE,
        "the edit of the relations",
        lambda work: relations_sheet(work.own) if work.own else None,
        lambda work, sheet: {"own": with_relations(work.catalogue, sheet)},
    ),
}
"""The tables that are edited on pages, by the name under which a page keeps them."""


@dataclass(frozen=True)
class Difference:
    """One place in which an edit that was set aside says something.

    Parameters
    ----------
    row, column
        Where: the row as messages call it, with its first text.
    before, theirs, yours
        What stood there when the edit began, what stands there now, and what the edit says.
    """

    row: str
    column: str
    before: str
    theirs: str
    yours: str


def edited(work: Workspace, table: str, base: Sheet, mine: Sheet) -> Workspace:
    """Return the workspace with an edited table, or with the edit set aside.

    An edit with which the table cannot be used yet, such as a superpower without a family, is kept beside
    it as well, and begins to count once it can.

    Parameters
    ----------
    work
        The workspace as it is now.
    table
        One of :data:`TABLES`.
    base, mine
        The table from which the edit began, and the table with the edit. When the table is no longer
        that from which it began, the edit is kept beside it and overwrites nothing.
    """
    known, theirs = TABLES[table], shown(work, table)
    if mine.same(base) or (theirs is not None and mine.same(theirs)):
        return work
    aside = Aside(table, base, mine, time.time_ns() // 1_000_000)
    if theirs is None or not theirs.same(base):
        return replace(work, asides=(*work.asides, aside))
    before, present = unfinished(work, table), known.of(work)
    assert present is not None
    asides = tuple(other for other in work.asides if before is None or other != before[0])
    try:
        fields = {} if mine.same(present) else known.put(work, mine)
    except InputError:
        return replace(work, asides=(*asides, replace(aside, base=present)))
    if fields:
        work = (work.replaced if known.leads else work.changed)(known.what, **fields)
    return replace(work, asides=asides)


def shown(work: Workspace, table: str) -> Sheet | None:
    """Return a table as it is shown to be edited: with the edit that cannot be used yet, if there is one."""
    more = unfinished(work, table)
    return more[0].mine if more else TABLES[table].of(work)


def unfinished(work: Workspace, table: str) -> tuple[Aside, InputError] | None:
    """Return the edit with which the table as it is could not be used, and why; ``None`` without one."""
    present = TABLES[table].of(work)
    for aside in work.asides:
        if aside.table == table and present is not None and aside.base.same(present):
            try:
                TABLES[table].put(work, aside.mine)
            except InputError as error:
                return aside, error
    return None


def asides_of(work: Workspace, table: str) -> list[Aside]:
    """Return the edits of a table that are beside it since it was changed elsewhere, oldest first."""
    more = unfinished(work, table)
    return [aside for aside in work.asides if aside.table == table and (more is None or aside != more[0])]


def put_in(work: Workspace, aside: Aside) -> Workspace:
    """Return the workspace with an edit that was set aside in the table as it is now.

    Only what the edit changed is changed: rows that it added are added, and what others did elsewhere in
    the table stays. A row that others deleted is there again when the edit changed it.

    Raises
    ------
    InputError
        When there is no such table any more, or it cannot be used with the edit.
    """
    if aside not in work.asides:
        return work
    known, theirs = TABLES[aside.table], TABLES[aside.table].of(work)
    if theirs is None:
        raise InputError(f"There is nothing to put the changes into: {known.name} is gone. Drop them.")
    changed = work.replaced(f"put my changes into {known.name}", **known.put(work, merged(aside, theirs)))
    return _without(changed, aside)


def drop(work: Workspace, aside: Aside) -> Workspace:
    """Return the workspace without an edit that was set aside."""
    return _without(work, aside)


def _without(work: Workspace, aside: Aside) -> Workspace:
    # no step to be undone: a later edit that is set aside would go with it
    return replace(work, asides=tuple(other for other in work.asides if other != aside))


def differences(aside: Aside, theirs: Sheet) -> list[Difference]:
    """Return what an edit that was set aside says, beside the table as it is now."""
    found = []
    now = _by_number(theirs)
    for change in _changes(aside, now):
        before, yours, there = change.before, change.yours, now.get(change.there, {})
        row = _called(change.number, before or yours, new=not before)
        if not before:
            found.append(Difference(row, NEW_ROW, "", "", _in_words(yours)))
        elif not yours or not there:
            said = (_in_words(cells) if cells else DELETED for cells in (before, there, yours))
            found.append(Difference(row, WHOLE_ROW, *said))
        else:
            found += [
                Difference(row, title, before.get(title, ""), there.get(title, ""), cell)
                for title, cell in change.said.items()
            ]
    return found


def merged(aside: Aside, theirs: Sheet) -> Sheet:
    """Return the table as it is now, with what an edit that was set aside changed."""
    cells: dict[tuple[int, str], str] = {}
    gone = set[int]()
    number = first = max(theirs.numbers, default=FIRST_ROW - 1) + 1
    for change in _changes(aside, _by_number(theirs)):
        if change.before and change.there:
            cells |= {(change.there, title): cell for title, cell in change.said.items()}
            gone |= set() if change.yours else {change.there}
        elif change.yours:
            cells |= {(number, title): cell for title, cell in change.yours.items()}
            number += 1
    blank = (("",) * len(theirs.header),) * (number - first)
    numbers = (*theirs.numbers, *range(first, number))
    room = replace(theirs, name=aside.mine.name, rows=(*theirs.rows, *blank), numbers=numbers)
    return room.with_cells(cells, gone)


@dataclass(frozen=True)
class _Change:
    """What an edit did to one row, by titles; nothing is there before a row was added and after it is gone.

    ``there`` is the number of what the row has become, 0 when it is gone.
    """

    number: int
    before: Cells
    yours: Cells
    there: int

    @property
    def said(self) -> Cells:
        titles = {**self.before, **self.yours}
        return {
            title: self.yours.get(title, "")
            for title in titles
            if self.yours.get(title) != self.before.get(title)
        }


def _by_number(sheet: Sheet) -> dict[int, Cells]:
    """Return the texts of each row that has any, by title."""
    return {
        number: {title: cell for title, cell in zip(sheet.header, row, strict=True) if cell}
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if any(row)
    }


def _changes(aside: Aside, now: Mapping[int, Cells]) -> Iterator[_Change]:
    before, yours = _by_number(aside.base), _by_number(aside.mine)
    for number in [*before, *(number for number in yours if number not in before)]:
        was, said = before.get(number, {}), yours.get(number, {})
        if was != said:
            yield _Change(number, was, said, _where(number, was, now) if was else 0)


def _where(number: int, row: Cells, rows: Mapping[int, Cells]) -> int:
    """Return the number of what a row has become; 0 when it is gone.

    Rows keep their numbers while a table is edited, but another file numbers them anew, and the number of
    a row that is deleted may be given again. So under its number a row has to have its first text or half
    of its texts, and elsewhere both.
    """

    def alike(other: Cells) -> float:
        return sum(other.get(title) == cell for title, cell in row.items()) / len(row)

    title, first = next(iter(row.items()))
    here = rows.get(number, {})
    if here.get(title) == first or alike(here) >= 0.5:
        return number
    called = [n for n, other in rows.items() if other.get(title) == first and alike(other) >= 0.5]
    return max(called, key=lambda n: alike(rows[n]), default=0)


def _in_words(cells: Cells) -> str:
    return " · ".join(cells.values())


def _called(number: int, cells: Cells, *, new: bool) -> str:
    first = next(iter(cells.values()), "")
    return first if new else f"{number} ({first})"
