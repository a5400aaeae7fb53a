"""Bringing a roster in: reading it, reading it otherwise, comparing it, taking it over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from matcher.files import (
    Reading,
    RosterReading,
    Table,
    load_frictions,
    load_networks,
    load_projects,
    load_rules,
)
from matcher.files.rosters.compare import Comparison, Difference, compare, taken_over
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.people.errors import Fix, InputError, Problem
from matcher.work.brought import Beside, Brought, for_the_next
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

_READERS: Mapping[str, tuple[Callable[..., Reading[Any]], str]] = {
    "frictions": (load_frictions, "frictions are between its members"),
    "rules": (load_rules, "rules are about its members"),
    "projects": (load_projects, "its members staff the projects"),
    "network": (load_networks, "its members turn to each other"),
}
"""What reads a file for a table of the workspace, and why that needs the roster."""


def bring_in(now: Workspace, source: bytes | str, name: str) -> Workspace:
    """Return the workspace with a roster file, or one that waits for the manager.

    With nobody on hand the file becomes the roster at once; otherwise it is compared first. A file
    that holds a table, but not one that is understood yet, waits to be read otherwise.

    Raises
    ------
    InputError
        When there is no table in it.
    """
    brought = Brought(source, name).like_one_before(now.shapes)
    if now.roster is not None or reading_of(now, brought) is None:
        if reading_of(now, brought) is None:
            brought.table()  # says what is wrong with a file that is none
        return now.replaced(f"bring in {name}", pending=brought)
    return _taken(now, f"bring in {name}", brought)


def reading_of(now: Workspace, brought: Brought) -> RosterReading | None:
    """Return what was read from a file; ``None`` when nothing could be made of it."""
    return brought.reading(now.catalogue, now.ranked)


def bring_table(now: Workspace, table: str, brought: Brought) -> Workspace:
    """Return the workspace with one of the tables beside the roster from a file; see :func:`table_from`."""
    sheet = Sheet.of(table_from(now, table, brought))
    return with_beside(now.replaced(f"bring in {brought.name}", **{table: sheet}), table, brought)


def with_beside(now: Workspace, table: str, brought: Brought) -> Workspace:
    """Return the workspace with a file that can be read otherwise as long as its table is not edited."""
    return replace(now, beside={**now.beside, table: Beside(brought, now.version)})


def table_from(now: Workspace, table: str, brought: Brought) -> Table:
    """Return what a file says that is to be one of the tables beside the roster.

    Parameters
    ----------
    table
        Which: ``frictions``, ``rules``, ``projects`` or ``network``.
    brought
        The file, and how it is read.

    Raises
    ------
    InputError
        When nothing can be made of the file, or there is no roster yet.
    """
    load, why = _READERS[table]
    roster = now.roster_for(why)

    def read() -> Table:
        return load(brought.source, roster, name=brought.name, choices=brought.choices).table

    return brought.once(table, (roster,), read)


def _taken(now: Workspace, what: str, brought: Brought, **more: Any) -> Workspace:
    reading = reading_of(now, brought)
    if reading is None:
        raise InputError.of(brought.found(now.catalogue, now.ranked).problems)
    people = Sheet.of(reading.standard)
    # reading the table gives what reading the file gave; large rosters need not be read twice for it
    inputs = (now.catalogue, now.ranked, brought.choices)
    people.once("roster", inputs, lambda: brought.found(now.catalogue, now.ranked))
    return now.replaced(what, people=people, brought=brought, sources=(brought,), pending=None, **more)


def replace_roster(now: Workspace) -> Workspace:
    """Return the workspace with the waiting file as its roster.

    Raises
    ------
    InputError
        When nothing can be made of it yet.
    """
    if now.pending is None:
        return now
    return _taken(now, f"replace the roster by {now.pending.name}", now.pending)


def leave_it(now: Workspace) -> Workspace:
    """Return the workspace without the file that waits."""
    return now.replaced(f"leave {now.pending.name}", pending=None) if now.pending else now


def edited(now: Workspace) -> bool:
    """Return whether the table of people is another than the file's."""
    reading = reading_of(now, now.brought) if now.brought.source else None
    return reading is None or now.people is None or not now.people.same(Sheet.of(reading.standard))


def at_hand(now: Workspace) -> Brought:
    """Return the file that choices are about: the one that waits, or the roster's."""
    return now.pending or now.brought


def read_otherwise(now: Workspace, **chosen: Any) -> Workspace:
    """Return the workspace with a file read as somebody chose, which holds for the next of its shape.

    A roster's file that cannot be read that way waits; the roster stays as it is meanwhile.

    Parameters
    ----------
    chosen
        Fields of :class:`matcher.files.tables.choices.Choices`.
    """
    before = at_hand(now)
    return _read_as(now, replace(before.choices, **chosen), f"read {before.name} otherwise")


def forget(now: Workspace) -> Workspace:
    """Return the workspace with a file read as if there had been none of its shape before."""
    before = at_hand(now)
    kept = {
        shape: choices for shape, choices in now.shapes.items() if choices != for_the_next(before.choices)
    }
    return _read_as(replace(now, shapes=kept), NOTHING_CHOSEN, f"forget how {before.name} was read")


def _read_as(now: Workspace, choices: Choices, what: str) -> Workspace:
    brought = at_hand(now).otherwise(choices)
    now = _remembering(now, brought)
    # the roster's own file waits when it could not be read as chosen; it is not compared with itself
    other = now.pending is not None and now.pending.source is not now.brought.source
    to_compare = other and now.roster is not None
    if to_compare or reading_of(now, brought) is None:
        return now.replaced(what, pending=brought)
    return _taken(now, what, brought)


def _remembering(now: Workspace, brought: Brought) -> Workspace:
    """Return the workspace that reads the next file of this shape alike."""
    if not brought.source:
        return now
    choices = for_the_next(brought.choices)
    shapes = {brought.otherwise(NOTHING_CHOSEN).shape(), brought.shape()} - {()}
    kept = {shape: before for shape, before in now.shapes.items() if shape not in shapes}
    more = dict.fromkeys(shapes, choices) if choices != NOTHING_CHOSEN else {}
    return replace(now, shapes=kept | more)


def accept(now: Workspace, mapping: Mapping[str, str]) -> Workspace:
    """Return the workspace with spellings that stand for superpowers.

    Parameters
    ----------
    mapping
        Spellings with the superpower's id; an empty id leaves a spelling aside.
    """
    return _accepting(now, at_hand(now).taking(mapping), "take the mapping")


def take_back(now: Workspace) -> Workspace:
    """Return the workspace in which no spelling stands for another any more."""
    before = at_hand(now)
    after = before.otherwise(replace(before.choices, accepted={}))
    return _accepting(now, after, "take the mapping back")


def _accepting(now: Workspace, after: Brought, what: str) -> Workspace:
    now = _remembering(now, after)
    return now.replaced(what, **{"pending" if now.pending else "brought": after})


def sheet_of(now: Workspace, table: str) -> Sheet | None:
    """Return a table of the workspace by its field; ``rounds.2`` is the third of the past rounds."""
    field, _, place = table.partition(".")
    found: Sheet | None = now.rounds[int(place)].sheet if place else getattr(now, field)
    return found


def _with_sheet(now: Workspace, table: str, sheet: Sheet) -> dict[str, Any]:
    """Return the field that changes when a table becomes another, with its new value."""
    field, _, place = table.partition(".")
    if not place:
        return {field: sheet}
    rounds = list(now.rounds)
    rounds[int(place)] = replace(rounds[int(place)], sheet=sheet)
    return {field: tuple(rounds)}


def mend(now: Workspace, table: str, fixes: Iterable[Fix]) -> Workspace:
    """Return the workspace with what one press puts right.

    Parameters
    ----------
    table
        The table in which the problem stands; see :func:`sheet_of`.
    fixes
        What to do; several at once when the same is done about several problems.
    """
    fixes = tuple(fixes)
    sheet = sheet_of(now, table)
    cells = {place: text for fix in fixes for place, text in fix.cells.items()}
    drop = {number for fix in fixes for number in fix.drop}
    mapping = {text: to for fix in fixes for text, to in fix.accept.items()}
    changes: dict[str, Any] = {}
    if sheet is not None and (cells or drop):
        mended = sheet.with_cells(cells, drop)
        # what was said when the file was read does not find out by itself that it was put right
        left = (p for p in mended.problems if not any(fix in p.fixes for fix in fixes))
        changes |= _with_sheet(now, table, replace(mended, problems=tuple(left)))
    if mapping:
        changes["brought"] = now.brought.taking(mapping)
        now = _remembering(now, changes["brought"])
    label = fixes[0].label if fixes else ""
    return now.replaced(label[:1].lower() + label[1:], **changes)


def leave_at_that(now: Workspace, table: str, problem: Problem) -> Workspace:
    """Return the workspace in which a problem of the file itself is not said any more."""
    sheet = sheet_of(now, table)
    if sheet is None:
        return now
    left = tuple(p for p in sheet.problems if p != problem)
    changes = _with_sheet(now, table, replace(sheet, problems=left))
    return now.replaced("leave a problem at that", **changes)


def comparison(now: Workspace) -> Comparison | None:
    """Return what the file that waits says otherwise than the roster on hand, if there are both."""
    waiting, on_hand = now.pending, now.reading
    reading = reading_of(now, waiting) if waiting else None
    if waiting is None or reading is None or on_hand is None:
        return None
    return waiting.once("comparison", (on_hand, reading), lambda: compare(on_hand, reading))


def take_over(now: Workspace, wanted: Collection[Difference]) -> Workspace:
    """Return the workspace with what is wanted of the file that waits.

    Raises
    ------
    InputError
        When nothing can be made of the file yet.
    """
    on_hand, waiting = now.reading, now.pending
    reading = reading_of(now, waiting) if waiting else None
    if on_hand is None or waiting is None or reading is None:
        raise InputError("There is nothing to take over.")
    table = taken_over(on_hand, reading, wanted)
    old, new = now.brought.choices, waiting.choices
    choices = replace(
        NOTHING_CHOSEN,
        meanings={**new.meanings, **old.meanings},
        accepted={**old.accepted, **new.accepted},
        framework=old.framework if old.framework == new.framework else "",
    )
    return now.replaced(
        f"take over from {waiting.name}",
        people=Sheet.of(table),
        brought=Brought(choices=choices),
        sources=(*now.sources, waiting),
        pending=None,
    )
