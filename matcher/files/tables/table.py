"""What a file said, before anybody decides what it means.

Every shape of file ends in a :class:`Table`; whatever reads members, frictions or rules starts
from one. So a new shape is one small reader behind :mod:`matcher.files.tables.source`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from matcher.people.errors import Fix, InputError, Problem

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row below the header.

    Parameters
    ----------
    number
        Counted from 1 with the header, as a spreadsheet shows it.
    cells
        As many texts as the header has.
    origins
        Where a cell stood, as row number and column, by its index, when it was not in this row: a
        member whose superpowers are spread over several rows is one row here.
    """

    number: int
    cells: tuple[str, ...]
    origins: Mapping[int, tuple[int, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class LeftOut:
    """A row that is no member's, and why it was left out: a title, a total, a repeated header.

    Parameters
    ----------
    number, cells
        Where it stands, and what it says.
    why
        A plain sentence.
    """

    number: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Table:
    """A header and rows of text.

    Parameters
    ----------
    file
        What the file is called in messages.
    header
        The columns' names as written, without spaces around them.
    rows
        Rows that hold something.
    problems
        Rows that could not be taken over.
    notes
        What was guessed, a sentence each.
    header_row
        Number of the header's row; 0 when no row of the file names the columns.
    encoding, delimiter
        How the text was read, to be shown beside a preview; empty for a workbook.
    sheet, sheets
        The workbook's sheet that was read, and those that there are to choose from.
    left_out
        Rows that were left out on purpose; each can be taken back.
    meant
        What each column means, if that was decided before; then every row is a member's already.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    header_row: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What could be made of a file, and what could not.

    Parameters
    ----------
    value
        What is clear.
    problems
        What is wrong, where, and what to do.
    notes
        What was guessed or left out without harm, a sentence each.
    table
        What the file said.
    """

    value: T
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    table: Table

    def checked(self) -> T:
        """Return the value.

        Raises
        ------
        InputError
            With every problem, when there is one.
        """
        if self.problems:
            raise InputError.of(self.problems)
        return self.value


@dataclass
class Findings:
    """Problems and notes of one file while it is read."""

    table: Table
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems += self.table.problems
        self.notes += self.table.notes

    def problem(
        self, message: str, row: Row | None = None, column: str = "", fixes: Iterable[Fix] = ()
    ) -> None:
        """Add what is wrong, and what one press can do about it."""
        number = row.number if row else None
        self.problems.append(Problem(message, self.table.file, number, column, tuple(fixes)))

    def note(self, message: str, row: Row | None = None, column: str = "") -> None:
        """Add what the reader of the file should know."""
        self.notes.append(str(Problem(message, self.table.file, row.number if row else None, column)))

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems from the top of the file to its end."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row or 0))

    def reading(self, value: T) -> Reading[T]:
        """Return what could be made of the file, with these findings."""
        return Reading(value, self.in_order(), tuple(self.notes), self.table)
