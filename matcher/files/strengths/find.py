"""Where a table's strengths stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from matcher.files.strengths.cells import Known
from matcher.files.strengths.domains import in_domains
from matcher.files.strengths.frameworks import Framework, default_frameworks
from matcher.files.strengths.grids import in_a_grid
from matcher.files.strengths.lists import MOST, in_a_list, in_places, lists
from matcher.files.strengths.shapes import NONE, Meant, Strengths, filled, promising, sample
from matcher.files.strengths.source_of import OURS, Origins
from matcher.files.strengths.titles import ATTRIBUTE, NOT_PREFERRED
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.table import Table
from matcher.people.catalogue import Catalogue
from matcher.people.names import listed

STRENGTHS = re.compile(r"superpowers|superpower \d+")
"""A column's meaning when it holds strengths."""


def strengths_of(
    table: Table,
    columns: Iterable[Meant] = (),
    catalogue: Catalogue | None = None,
    frameworks: tuple[Framework, ...] | None = None,
    choices: Choices = NOTHING_CHOSEN,
) -> Strengths:
    """Return where a table's strengths stand, whatever their shape, and how to read them.

    Parameters
    ----------
    table
        With a row a member; see :func:`matcher.files.strengths.reshape.reshape`.
    columns
        What columns were taken for already. One that is meant for strengths and sure is read as such, and
        then no other is; one that means something else, and is sure, is left alone; the others, and those
        that are not named here, are looked at.
    catalogue, frameworks
        The superpowers, and other frameworks' names for them; ours when not given.
    choices
        ``framework`` decides what the strengths come from.

    Returns
    -------
    Strengths
        An empty one when no column looks like strengths.
    """
    from matcher.files.catalogues import default_catalogue

    catalogue = catalogue or default_catalogue()
    frameworks = default_frameworks() if frameworks is None else frameworks
    known, origins = Known(catalogue, frameworks), Origins(catalogue, frameworks, choices)
    meant = {column.index: column for column in columns if column.sure}
    found = _found(table, known, origins, meant)
    found = replace(found, notes=(*found.notes, *_beside(table, known, meant.keys() | found.indices)))
    if found.framework in ("", OURS) or choices.framework:
        return found
    note = f"The strengths are read as those of {found.framework}; its mapping says what they stand for."
    return replace(found, notes=(*found.notes, note))


def _found(table: Table, known: Known, origins: Origins, meant: Mapping[int, Meant]) -> Strengths:
    """Return where the strengths stand: where a title says so before where the cells do."""
    told = {i for i, column in meant.items() if STRENGTHS.fullmatch(column.meaning)}
    looked = told or set(range(len(table.header))) - meant.keys()
    grid = in_a_grid(table, known, origins, looked, bool(told))
    if grid.meanings and grid.sure:
        return grid
    places = {int(meant[i].meaning.split()[1]): i for i in told if meant[i].meaning != "superpowers"}
    placed = in_places(table, known, origins, looked, places)
    rest = looked - placed.indices if placed.sure else looked
    listed = in_a_list(table, known, origins, rest, bool(told))
    spread = in_domains(table, known, origins, looked)
    if placed.sure and listed.sure and any(plain(table.header[i]) in OWN_TITLES for i in listed.meanings):
        return _either(listed, placed) if placed.meanings else listed
    told_otherwise = any(s.sure and s.indices - spread.indices for s in (placed, listed))
    if spread.meanings and not told_otherwise:
        return spread
    found = (*(s for s in (placed, listed) if s.sure), grid, placed, listed)
    return next((strengths for strengths in found if strengths.meanings), NONE)


def _beside(table: Table, known: Known, others: Collection[int]) -> list[str]:
    """Return a note on columns that hold strengths, but are not taken for them."""
    rows, names, beside = sample(table), titles(table), []
    for index in set(range(len(names))) - set(others):
        title = plain(names[index])
        if NOT_PREFERRED.search(title) or ATTRIBUTE.search(title):
            continue
        cells = filled(rows, index) if promising(rows, index, partial(lists, known)) else []
        if cells and sum(lists(known, cell) for cell in cells) >= MOST * len(cells):
            beside.append(f"“{names[index]}”")
    if not beside:
        return []
    hold, are = ("holds", "is") if len(beside) == 1 else ("hold", "are")
    return [f"{listed(beside)} {hold} names of strengths too, and {are} kept as written; choose what counts."]


OWN_TITLES = ("superpowers", "superpower")


def _either(listed: Strengths, placed: Strengths) -> Strengths:
    """Return both, for a roster in which a row fills the list or the places."""
    return replace(
        placed,
        meanings={**listed.meanings, **placed.meanings},
        entries=lambda row: listed.entries(row) or placed.entries(row),
        shape=f"{listed.shape}, or {placed.shape}",
    )
