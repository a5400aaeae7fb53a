"""What a file said, before anybody decides what it means.

Every shape of file ends in a :class:`Table`; whatever reads members, frictions or rules starts
from one. So a new shape is one small reader in :mod:`matcher.files.source`, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from matcher.people.errors import InputError, Problem

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
    """

    number: int
    cells: tuple[str, ...]


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
        Number of the header's row.
    encoding, delimiter
        How the text was read, to be shown beside a preview.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    header_row: int = 1
    encoding: str = ""
    delimiter: str = ""


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

    def problem(self, message: str, row: Row | None = None, column: str = "") -> None:
        """Add what is wrong."""
        self.problems.append(Problem(message, self.table.file, row.number if row else None, column))

    def note(self, message: str, row: Row | None = None, column: str = "") -> None:
        """Add what the reader of the file should know."""
        self.notes.append(str(Problem(message, self.table.file, row.number if row else None, column)))

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems from the top of the file to its end."""
        return tuple(sorted(self.problems, key=lambda problem: problem.row or 0))

    def reading(self, value: T) -> Reading[T]:
        """Return what could be made of the file, with these findings."""
        return Reading(value, self.in_order(), tuple(self.notes), self.table)
