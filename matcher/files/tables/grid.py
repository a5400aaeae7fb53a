"""What a file says, cell by cell, before anybody has looked for its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from matcher.files.tables.columns import plain
from matcher.files.tables.table import LeftOut, Row
from matcher.people.errors import Problem
from matcher.people.names import INVISIBLE, fold

MOST_BYTES = 100 * 2**20
"""Size of a file; one of 20 MB stays far below 1 GiB of memory."""
MOST_CELLS = 5_000_000
"""Cells of a file; a ranking of 34 for each of 30,000 people, one a row, has four million."""
MOST_COLUMNS = 4_000
"""Columns of a file."""
LONGEST_CELL = 32_767
"""Characters of a cell, as many as a spreadsheet holds."""


@dataclass(frozen=True)
class Merged:
    """A range of cells that are shown as one: rows as numbered, columns from 0, the last ones included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Grid:
    """Rows of text as they stand in a file.

    Parameters
    ----------
    file
        What the file is called in messages.
    rows
        Those that hold something, numbered as a spreadsheet shows them, each with the cells that it has.
    encoding, delimiter
        How the text was read; empty for a workbook.
    sheet, sheets
        The workbook's sheet that was read, and all that there are, hidden ones too.
    header
        The columns' names, when the shape of the text tells that no row holds them: a list of names.
    notes, problems
        What was guessed, and what could not be read.
    left_out
        Rows that could not be taken over as they stand.
    merged
        Ranges of cells that a workbook shows as one: the text stands in the first.
    """

    file: str
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    merged: tuple[Merged, ...] = ()


class TooMuchError(Exception):
    """A file has more than can be read; the message is the sentence for its user."""


class Collector:
    """Gathers the rows of a file one by one, within the limits."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.left_out: list[LeftOut] = []
        self._cells = 0

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take a row, unless it is blank or a cell of it is too long.

        Raises
        ------
        TooMuchError
            When there are more cells or columns than can be read.
        """
        width = width_of(cells)
        if not width:
            return
        self._cells += width
        if width > MOST_COLUMNS:
            raise TooMuchError(
                f"Row {number} has {width:,} columns, and at most {MOST_COLUMNS:,} can be read; "
                "remove those that are not needed, and try again."
            )
        if self._cells > MOST_CELLS:
            raise TooMuchError(
                f"There are more than {MOST_CELLS:,} cells; remove the rows and columns that are not "
                "needed, or bring the file in parts."
            )
        if max(map(len, cells)) > LONGEST_CELL:
            self.leave_out(
                number,
                [shortened(cell) for cell in cells],
                f"A cell is longer than {LONGEST_CELL:,} characters, the most that a spreadsheet holds; the "
                "row is left out. Look for a quotation mark that is never closed, or shorten the cell.",
            )
            return
        self.rows.append(Row(number, tuple(cells)))

    def leave_out(self, number: int, cells: Sequence[str], message: str) -> None:
        """Report a row that cannot be read, and keep what it says."""
        self.problems.append(Problem(message, self.file, number))
        self.left_out.append(LeftOut(number, tuple(cells), message))


def tidy(cell: str) -> str:
    """Return a cell without spaces around it; one that holds nothing to be seen is empty."""
    cell = cell.strip()
    if cell.isascii():
        return cell.replace("\0", "") if "\0" in cell else cell
    cell = cell.replace("\0", "")
    return cell if not INVISIBLE.search(cell) or fold(cell) else ""


def width_of(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last one that holds something."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def shortened(text: str, most: int = 60) -> str:
    """Return a text that fits into a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def known_headers(cells: Sequence[str], words: Collection[str]) -> int:
    """Return how many different cells are headers that are known to us.

    Several that differ in a number behind them count as one: people may be called “Person 1”, “Person 2”.
    """
    texts = {plain(cell) for cell in cells if 0 < len(cell) < 200}
    known = {text if text in words else re.sub(r" ?\d+$", "", text) for text in texts - {""}}
    return len(known.intersection(words))
