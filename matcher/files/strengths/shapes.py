"""How a roster tells each member's strengths, and what it says in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from matcher.files.tables.table import Row, Table


class Entry(NamedTuple):
    """One strength that a row names.

    Parameters
    ----------
    text
        The strength, as written, without its place.
    column, row
        Title of the column, and number of the row, in which it stood in the file.
    """

    text: str
    column: str
    row: int


class Meant(Protocol):
    """What a column was taken for: :class:`matcher.files.tables.columns.ColumnMeaning`."""

    @property
    def index(self) -> int: ...
    @property
    def meaning(self) -> str: ...
    @property
    def sure(self) -> bool: ...


@dataclass(frozen=True)
class Strengths:
    """Where a table's strengths stand.

    Parameters
    ----------
    shape
        In words for a page: ``one column that lists them``; empty when there are none.
    framework
        Name of the framework that they come from; ``superpowers`` when they are ours.
    meanings
        What each column that is used means, by its index: ``superpowers`` or ``superpower 2``.
    ranked
        Whether the file tells which of a member's strengths is the strongest.
    sure
        Whether a title says so; otherwise what the cells say made it likely.
    entries
        Gives the strengths that a row names, the strongest first.
    notes
        What was guessed, a sentence each.
    listed
        Whether the table's own columns stay readable as they are: not a grid.
    """

    shape: str = ""
    framework: str = ""
    meanings: Mapping[int, str] = field(default_factory=dict)
    ranked: bool = True
    sure: bool = True
    entries: Callable[[Row], tuple[Entry, ...]] = field(default=lambda row: (), repr=False)
    notes: tuple[str, ...] = ()
    listed: bool = True

    @property
    def indices(self) -> frozenset[int]:
        """Indices of the columns that are used."""
        return frozenset(self.meanings)


NONE = Strengths()
"""A table without strengths."""

SAMPLED = 600
"""So many rows tell what a column holds; a column seldom changes its mind."""


PROBED = 12
"""So few rows tell that a column has nothing to do with strengths."""


def sample(table: Table) -> Sequence[Row]:
    """Return rows from the whole table, so many that they tell what its columns hold."""
    return table.rows[:: max(1, len(table.rows) // SAMPLED)]


def filled(rows: Iterable[Row], index: int) -> list[str]:
    """Return what a column says, without its empty cells."""
    return [cell for row in rows if (cell := row.cells[index].strip())]


def promising(rows: Sequence[Row], index: int, is_known: Callable[[str], bool]) -> bool:
    """Return whether a few cells of a column hold anything that is known, so that the others deserve it."""
    cells = filled(rows[:: max(1, len(rows) // PROBED)], index)
    return any(is_known(cell) for cell in cells) or not cells


def entry(text: str, index: int, row: Row, titles: Sequence[str]) -> Entry:
    """Return a strength with the place where it stood, also when its row was put together from several."""
    if row.origins:
        number, column = row.origins.get(index, (row.number, titles[index]))
        return Entry(text, column, number)
    return Entry(text, titles[index], row.number)
