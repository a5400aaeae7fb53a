"""Tables as they stand on a page: text in cells, read by the same code as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matcher.files import Table
from matcher.files.columns import Columns, Named, plain, titles
from matcher.files.rosters import COLUMNS, RANKED_COLUMN
from matcher.files.writing import csv_bytes

SUPERPOWERS, ABSENT = "superpowers", "absent"


@dataclass(frozen=True)
class Sheet:
    """A header and rows of text.

    Parameters
    ----------
    name
        What messages call it.
    header, rows
        Unique titles, and as many cells in each row.
    original
        The bytes that it was read from, as long as nobody has changed it.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    original: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, table: Table, original: bytes | None = None) -> Sheet:
        """Return a file's table."""
        return cls(table.file, tuple(titles(table)), tuple(row.cells for row in table.rows), original)

    @cached_property
    def data(self) -> bytes:
        """The table as a file; reading it gives the same cells."""
        return self.original if self.original is not None else csv_bytes(self.header, self.rows)

    @property
    def table(self) -> Table:
        """The header alone, to find out what the columns mean."""
        return Table(self.name, self.header, ())

    def standard(self, named: Named, header: Sequence[str]) -> Sheet:
        """Return the columns that mean something, under our own names and in our order."""
        where = Columns(self.table, named).where
        rows = tuple(
            tuple(row[where[title]] if title in where else "" for title in header) for row in self.rows
        )
        return Sheet(self.name, tuple(header), rows)

    def same(self, other: Sheet) -> bool:
        """Return whether two sheets say the same; blank rows and how they were read do not matter."""
        return self.header == other.header and _filled(self.rows) == _filled(other.rows)


def _filled(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [row for row in rows if any(row)]


@dataclass(frozen=True)
class PeopleColumns:
    """Which columns of a roster's sheet are not plain text.

    Parameters
    ----------
    name
        The column of the names, or of the first names.
    superpowers
        The column that lists them, or empty when each rank has a column of its own.
    ranks
        Those columns, the strongest first.
    absent
        The column that says who is absent.
    """

    name: str
    superpowers: str
    ranks: tuple[str, ...]
    absent: str

    @classmethod
    def of(cls, sheet: Sheet) -> PeopleColumns:
        where = Columns(sheet.table, COLUMNS).where
        found = [(RANKED_COLUMN.fullmatch(plain(title)), title) for title in sheet.header]
        ranks = tuple(title for _, title in sorted((int(m[1]), title) for m, title in found if m))
        listed = sheet.header[where[SUPERPOWERS]] if SUPERPOWERS in where else "" if ranks else SUPERPOWERS
        name = sheet.header[where.get("name", where.get("first name", 0))]
        return cls(name, listed, ranks, sheet.header[where[ABSENT]] if ABSENT in where else ABSENT)
