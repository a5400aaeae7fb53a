"""Which column of a table means what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.table import Row, Table
from matcher.people.errors import InputError, Problem
from matcher.people.names import fold, listed

Named = Mapping[str, tuple[str, ...]]
"""What a column means, to the headers that clearly say so; the first is the one that we write."""


MEANINGS = (
    "name",
    "first name",
    "last name",
    "id",
    "email",
    "superpowers",
    *(f"superpower {rank}" for rank in range(1, 35)),
    "turns to",
    "prefers",
    "wants",
    "hours",
    "time zone",
    "absent",
    "status",
    "left on",
    "answered at",
    "attribute",
    "ignore",
)
"""What a column of a roster can mean. Several columns may mean ``superpowers`` (a grid, a framework's
columns) and ``attribute``; every other meaning is one column's. ``status`` and ``left on`` tell leavers,
``answered at`` is when a form was filled in, and ``ignore`` keeps a column out of the roster."""


@dataclass(frozen=True)
class ColumnMeaning:
    """What a column was taken for.

    Parameters
    ----------
    index, title
        Where it stands, from 0, and what it is called; a title that is missing or was there before is
        told apart by its number (:func:`titles`).
    meaning
        One of :data:`MEANINGS`.
    why
        A plain sentence.
    sure
        Whether the header clearly says so, or somebody chose it; otherwise it is a guess to be shown.
    """

    index: int
    title: str
    meaning: str
    why: str = ""
    sure: bool = True


@lru_cache(maxsize=1 << 10)
def plain(header: str) -> str:
    """Return a header without capitals, punctuation and doubled spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(header)).split())


@cache
def header_words() -> frozenset[str]:
    """Return the headers that a roster may have, plain; a row with several of them is its header."""
    return frozenset(spelling for spellings in ROSTER_HEADERS.values() for spelling in spellings)


class Columns:
    """The columns of a table by their meaning.

    A header that we write ourselves goes before a synonym, and of two equal ones the first counts.

    Parameters
    ----------
    table, named
        What the file said, and the meanings to look for.
    """

    def __init__(self, table: Table, named: Named) -> None:
        self.table = table
        headers = [plain(header) for header in table.header]
        self.where: dict[str, int] = {}
        for meaning, spellings in named.items():
            index = next((headers.index(s) for s in spellings if s in headers), None)
            if index is not None and index not in self.where.values():
                self.where[meaning] = index

    def __contains__(self, meaning: str) -> bool:
        return meaning in self.where

    def title(self, meaning: str) -> str:
        """Return a column's name as the file writes it, or ours when the file has none."""
        return self.table.header[self.where[meaning]] if meaning in self.where else meaning

    def cell(self, row: Row, meaning: str) -> str:
        """Return a cell, empty when there is no such column."""
        return row.cells[self.where[meaning]] if meaning in self.where else ""

    def need(self, *meanings: str) -> None:
        """Check that columns are there.

        Raises
        ------
        InputError
            Naming the first that is missing, and those that there are.
        """
        for meaning in meanings:
            if meaning not in self.where:
                message = missing_columns(f"“{meaning}”", meaning, self.table)
                raise InputError(Problem(message, self.table.file, self.table.header_row))


def titles(table: Table) -> list[str]:
    """Return a name for every column: where it has none, or one that was there before, its number tells."""
    given: list[str] = []
    for number, header in enumerate(table.header, 1):
        title = header or f"column {number}"
        given.append(title if title not in given else f"{title} ({number})")
    return given


def missing_columns(what: str, name: str, table: Table) -> str:
    """Return the sentence for a column that is missing, and what to call it."""
    there = listed(f"“{title}”" for title in titles(table))
    are = f"columns are {there}" if len(table.header) > 1 else f"only column is {there}"
    return f"There is no column {what}; the {are}. Name it “{name}” in the header."


def pieces(cell: str, separators: str = ";\n") -> list[str]:
    """Return the entries of a cell that lists several, without the empty ones."""
    return [piece.strip() for piece in re.split(f"[{separators}]", cell) if piece.strip()]


YES = frozenset(
    {"yes", "y", "true", "t", "1", "x", "✓", "✔", "absent", "away", "on leave"}
    | {"oui", "vrai", "absente", "ja", "wahr", "abwesend"}
)
NO = frozenset(
    {"", "no", "n", "false", "f", "0", "-", "–", "present", "here"}
    | {"non", "faux", "présent", "présente", "nein", "falsch", "anwesend"}
)


def yes_or_no(cell: str) -> bool | None:
    """Return what a tick says, or ``None`` when it is unclear."""
    word = fold(cell)
    return True if word in YES else False if word in NO else None
