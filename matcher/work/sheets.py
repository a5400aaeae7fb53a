"""Tables as they stand on a page: text in cells, read by the same code as files."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matcher.files import Row, Table
from matcher.files.rosters.standard import with_fix
from matcher.files.tables.columns import titles
from matcher.people.errors import Fix, Problem

T = TypeVar("T")

FIRST_ROW = 2
"""Number of the first row below a header, as a spreadsheet counts."""


class Remembers:
    """What was made of something that never changes, until it is asked with other things beside it."""

    def once(self, what: str, inputs: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was made of this and of these very inputs; it is made when they are others."""
        made: dict[str, tuple[tuple[object, ...], T]] = self.__dict__.setdefault("_made", {})
        if what in made and all(map(operator.is_, made[what][0], inputs)):
            return made[what][1]
        made[what] = inputs, make()
        return made[what][1]


@dataclass(frozen=True)
class Sheet(Remembers):
    """A header and rows of text.

    Parameters
    ----------
    name
        What messages call it.
    header, rows
        Unique titles, and as many cells in each row.
    numbers
        What messages call each row: the file's numbers, where it came from one; counted from the row
        below the header when there are not as many as rows.
    meant
        What each column means, where that was decided when a file was read.
    problems, notes
        What was said when the file was read and does not depend on the rows: those that could not be
        taken over are still missing after an edit.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    meant: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.numbers)) != len(self.rows):
            object.__setattr__(self, "numbers", tuple(range(FIRST_ROW, FIRST_ROW + len(self.rows))))

    @classmethod
    def of(cls, table: Table) -> Sheet:
        """Return a file's table."""
        return cls(
            table.file,
            tuple(titles(table)),
            tuple(row.cells for row in table.rows),
            tuple(row.number for row in table.rows),
            table.meant,
            table.problems,
            table.notes,
        )

    @property
    def table(self) -> Table:
        """What the readers of files take; blank rows, which an editor leaves, are no rows."""
        return self._table(row for row in self._numbered() if any(row.cells))

    def _numbered(self) -> Iterator[Row]:
        return (Row(number, cells) for number, cells in zip(self.numbers, self.rows, strict=True))

    def _table(self, rows: Iterable[Row]) -> Table:
        return Table(self.name, self.header, tuple(rows), self.problems, self.notes, meant=self.meant)

    def same(self, other: Sheet) -> bool:
        """Return whether two sheets say the same; blank rows and how they were read do not matter."""
        return self.header == other.header and _filled(self.rows) == _filled(other.rows)

    def with_cells(self, cells: Mapping[tuple[int, str], str], drop: Iterable[int] = ()) -> Sheet:
        """Return this sheet with other texts, by row number and title, and without some rows.

        A column that is not there yet is added at the end.
        """
        return Sheet.of(with_fix(self._table(self._numbered()), Fix("", cells, tuple(drop))))


def _filled(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [row for row in rows if any(row)]
