"""A table with a column a member, turned to a row a member."""

from __future__ import annotations

from dataclasses import replace

from matcher.files.strengths.cells import Known
from matcher.files.strengths.grids import TICKED, UNTICKED, number
from matcher.files.strengths.titles import NUMBERED_BASES, numbered
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.table import Row, Table
from matcher.people.names import fold

TITLES = frozenset(title for spellings in ROSTER_HEADERS.values() for title in spellings)
PEOPLE = frozenset(title for m in ("name", "first name", "id", "email") for title in ROSTER_HEADERS[m])
LEAST = 3
"""So many rows of strengths are needed."""

MOST_ROWS = 500
"""There are not so many labels."""

MOST = 0.7
"""So many cells beside the labels have to be what the labels announce."""


def turned(table: Table, known: Known) -> Table | None:
    """Return a table whose first column holds the labels with a row a member, or nothing when it is none."""
    if len(table.header) < 2 or not LEAST <= len(table.rows) <= MOST_ROWS:
        return None
    people = range(1, len(table.header))
    named = sum(_is_title(table.header[i], known) for i in people)
    if named > len(people) // 2 or any(plain(table.header[i]) in TITLES for i in people):
        return None
    labels = [row.cells[0].strip() for row in table.rows]
    places = [_place(label) for label in labels]
    ranked = [row for row, place in zip(table.rows, places, strict=True) if place is not None]
    themed = [
        row for row, label in zip(table.rows, labels, strict=True) if label and known(known.tidy(label))
    ]
    if _counts_up(places) and _hold(ranked, lambda cell: known(known.tidy(cell))):
        header = [
            label if place is None else f"superpower {place}"
            for label, place in zip(labels, places, strict=True)
        ]
    elif len(themed) >= LEAST and len(themed) >= 0.6 * len(labels) and _hold(themed, _marks):
        header = labels
    else:
        return None
    corner = table.header[0].strip()
    first = corner if plain(corner) in PEOPLE or "name" in map(plain, labels) else "name"
    top = titles(table)
    rows = tuple(
        Row(
            table.header_row + i,
            (table.header[i], *(row.cells[i] for row in table.rows)),
            {at: (row.number, top[i]) for at, row in enumerate(table.rows, 1)}
            | {0: (table.header_row, top[i])},
        )
        for i in people
        if any(row.cells[i].strip() for row in table.rows)
    )
    note = f"{table.file}: There is a column for each member; the table was turned to have a row for each."
    return replace(table, header=(first, *header), rows=rows, notes=(*table.notes, note))


def _place(label: str) -> int | None:
    """Return the place that a label counts: ``1``, ``#1``, ``Strength 1``."""
    found = numbered(label)
    return found[1] if found is not None and (not found[0] or found[0] in NUMBERED_BASES | {"rank"}) else None


def _counts_up(places: list[int | None]) -> bool:
    there = [place for place in places if place is not None]
    return len(there) >= LEAST and sorted(there) == list(range(1, len(there) + 1))


def _marks(cell: str) -> bool:
    return number(cell) is not None or fold(cell) in TICKED | UNTICKED


def _hold(rows: list[Row], fits: object) -> bool:
    """Return whether most cells beside the labels are of a kind."""
    assert callable(fits)
    cells = [cell for row in rows for cell in row.cells[1:] if cell.strip()]
    return bool(cells) and sum(bool(fits(cell)) for cell in cells) >= MOST * len(cells)


def _is_title(title: str, known: Known) -> bool:
    return plain(title) in TITLES or known(title)
