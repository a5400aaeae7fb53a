"""Which row names the columns, and what they are when none does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from matcher.files.tables.columns import pieces, plain
from matcher.files.tables.grid import known_headers, width_of
from matcher.files.tables.table import Row

LOOKED_AT = 30
"""Rows from the top among which the header is looked for."""
COMPARED = 200
"""Rows below a row that it is compared with."""

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s]+")  # limited, so that a long cell costs no squares
NUMBER = re.compile(r"[-+]?[\d.,:/\s%€$£-]*\d[\d.,:/\s%€$£-]*")
"""Numbers, dates and times."""
PERSON = re.compile(r"[^\W\d_][\w'’.-]*(,? [^\W\d_][\w'’.-]*){1,3}( \(\w+\))?")
"""The shape of a name in full: two to four words of letters."""


TECHNICAL = re.compile(r"\{\s*[\"'].*\}", re.DOTALL)


def find_header(rows: Sequence[Row], words: Collection[str]) -> int | None:
    """Return the index of the row that names the columns, or ``None`` when the first is a person's already.

    The first row is the header unless it is clearly a title: narrower than a later row that could be one,
    or less known to us than a later row by far.

    Parameters
    ----------
    rows
        Those that hold something.
    words
        Headers that are known to us, plain.
    """
    technical = next((index for index, row in enumerate(rows[:LOOKED_AT]) if is_technical(row.cells)), 0)
    if technical:
        return technical - 1
    width = _usual_width(rows)
    best, known = 0, known_headers(rows[0].cells, words)
    for index, row in enumerate(rows[1:LOOKED_AT], 1):
        if not _could_name_columns(row.cells, width):
            continue
        more = known_headers(row.cells, words)
        before = rows[best].cells
        title = sum(map(bool, before)) == 1 and width > 2
        if (
            (more >= 2 and more > 2 * known)
            or (not _could_name_columns(before, width) and (more > known or more == known == 0))
            or (title and more >= known)
        ):
            best, known = index, more
    return None if not known and _is_data(rows, best, width) else best


def is_technical(cells: Sequence[str]) -> bool:
    """Return whether a row is for a survey tool alone, as Qualtrics writes one below the questions."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(TECHNICAL.fullmatch, filled))


def _usual_width(rows: Sequence[Row]) -> int:
    """Return how many columns most rows reach; of several equally frequent numbers the largest."""
    widths = Counter(width_of(row.cells) for row in rows[:COMPARED])
    return max(widths, key=lambda width: (widths[width], width))


def _could_name_columns(cells: Sequence[str], width: int) -> bool:
    """Return whether a row is about as wide as those below it, and holds different texts, no data."""
    filled = [cell for cell in cells if cell]
    if len(filled) < max(1, 0.6 * width) or any(map(EMAIL.search, filled)):
        return False
    numbers = sum(map(bool, map(NUMBER.fullmatch, filled)))
    return numbers <= len(filled) / 3 and len({plain(cell) for cell in filled}) >= 0.9 * len(filled)


def _is_data(rows: Sequence[Row], index: int, width: int) -> bool:
    """Return whether a row that has no known header holds what the rows below it hold."""
    cells, below = rows[index].cells, rows[index + 1 : index + 1 + COMPARED]
    if any(map(EMAIL.search, cells)):
        return True
    if not below:
        return any(map(is_strengths, cells))
    columns = [[row.cells[j] for row in below if j < len(row.cells)] for j in range(len(cells))]
    if width == width_of(cells) == 1:
        return PERSON.fullmatch(cells[0]) is not None or _alike(NAMELIKE, cells[0], columns[0])
    first = next(j for j, cell in enumerate(cells) if cell)
    if _alike(PERSON, cells[first], columns[first]) or (not first and _alike(NUMBER, cells[0], columns[0])):
        return True
    return any(
        (";" in cell and sum(";" in other for other in column) * 2 > len(column))
        or (is_strengths(cell) and any(map(is_strengths, column)))
        or (cell in column and not all(_same(cells, row.cells) for row in below if cell in row.cells))
        for cell, column in zip(cells, columns, strict=True)
        if cell
    )


NAMELIKE = re.compile(r"[^\W\d_][\w'’.,() -]*")


def _alike(shape: re.Pattern[str], cell: str, column: Sequence[str]) -> bool:
    """Return whether a cell and nearly all below it have a shape."""
    filled = [other for other in column if other]
    return (
        bool(filled)
        and shape.fullmatch(cell) is not None
        and sum(map(bool, map(shape.fullmatch, filled))) >= 0.8 * len(filled)
    )


def _same(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Return whether a row repeats the header."""
    return [plain(cell) for cell in cells if cell] == [plain(cell) for cell in header if cell]


def is_strengths(cell: str) -> bool:
    """Return whether a cell lists superpowers, and nothing else."""
    entries = pieces(cell, ";,\n")
    return bool(entries) and all(plain(entry) in strengths() for entry in entries)


@cache
def strengths() -> frozenset[str]:
    """Return what superpowers, and other frameworks' strengths, are called, plain."""
    from matcher.files.catalogues import default_catalogue
    from matcher.files.strengths.frameworks import default_frameworks

    ours = ((one.id, one.name, *one.aliases) for one in default_catalogue().superpowers)
    theirs = ((theme.name, *theme.spellings) for one in default_frameworks() for theme in one.themes)
    return frozenset(plain(text) for texts in (*ours, *theirs) for text in texts)


def made_header(rows: Sequence[Row], given: Sequence[str] = ()) -> tuple[str, ...]:
    """Return names for the columns of rows that have no header; what is unclear stays without.

    Parameters
    ----------
    rows
        All of them, ragged.
    given
        Names of the first columns, when they are known.
    """
    width = max(width_of(row.cells) for row in rows)
    columns = [[row.cells[j] for row in rows[:COMPARED] if j < len(row.cells)] for j in range(width)]
    header = [*given, *[""] * (width - len(given))]
    for j in range(len(given), width):
        filled = [cell for cell in columns[j] if cell]
        if filled and sum(map(bool, map(EMAIL.search, filled))) * 2 > len(filled) and "email" not in header:
            header[j] = "email"
    lists = [
        j
        for j in range(len(given), width)
        if not header[j] and sum(map(is_strengths, columns[j])) * 2 > len(list(filter(None, columns[j])))
    ]
    for rank, j in enumerate(lists, 1):
        header[j] = "superpowers" if len(lists) == 1 else f"superpower {rank}"
    if "name" not in header:
        free = [j for j in range(width) if not header[j] and columns[j]]
        people = [j for j in free if _alike(PERSON, columns[j][0], columns[j])]
        texts = [j for j in free if _alike(NAMELIKE, columns[j][0], columns[j])]
        for j in (people or texts or free)[:1]:
            header[j] = "name"
    return tuple(header)
