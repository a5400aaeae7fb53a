"""A roster's table in the form in which it is edited: one row a member, strengths in cells that list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.files.strengths import Strengths
from matcher.files.tables.columns import MEANINGS, ColumnMeaning, titles
from matcher.files.tables.table import Row, Table
from matcher.people.errors import Fix
from matcher.people.names import fold

SUPERPOWERS, NEW_ID = "superpowers", "id"
"""Titles of columns that we add."""

STRENGTHS = re.compile(r"superpowers|superpower \d+")
"""Meanings of a column that holds strengths."""


@dataclass(frozen=True)
class Standard:
    """A table, and what its columns mean.

    Parameters
    ----------
    table
        The file's own columns, with strengths that were spread over a grid or several rows in one cell.
    meanings
        What each column means.
    """

    table: Table
    meanings: tuple[str, ...]

    def title(self, *meanings: str) -> str:
        """Return the title of the column with the first of these meanings that there is, or an empty text."""
        where = next((self.meanings.index(m) for m in meanings if m in self.meanings), None)
        return "" if where is None else self.titles[where]

    @property
    def titles(self) -> list[str]:
        """The columns' titles, each once."""
        return titles(self.table)

    @property
    def strengths(self) -> list[int]:
        """Indices of the columns that hold strengths."""
        return [i for i, meaning in enumerate(self.meanings) if STRENGTHS.fullmatch(meaning)]

    def listing(self, row: Row, texts: Sequence[str]) -> dict[tuple[int, str], str]:
        """Return the cells that change when a row lists these strengths."""
        where = self.strengths
        if self.meanings[where[0]] == SUPERPOWERS or len(texts) > len(where):
            told = ["; ".join(texts), *[""] * (len(where) - 1)]
        else:
            told = [*texts, *[""] * (len(where) - len(texts))]
        names = self.titles
        return {
            (row.number, names[i]): text for i, text in zip(where, told, strict=True) if row.cells[i] != text
        }

    def merged(self, first: Row, later: Row, strengths: Sequence[str]) -> Fix:
        """Return what makes two rows one: the later fills gaps, and strengths of both are listed."""
        cells = {
            (first.number, title): later.cells[i]
            for i, title in enumerate(self.titles)
            if not first.cells[i] and later.cells[i] and i not in self.strengths
        }
        if self.strengths:
            once: dict[str, str] = {}
            for text in strengths:
                once.setdefault(fold(text), text)
            cells |= self.listing(first, list(once.values()))
        return Fix("Merge the two rows", cells, (later.number,))


def with_fix(table: Table, fix: Fix) -> Table:
    """Return a table after a fix: cells changed, rows gone; a column that is not there is added at the end.

    What the fix accepts is no part of a table; it belongs to :class:`matcher.files.tables.choices.Choices`.
    """
    names = titles(table)
    new = [title for title in dict.fromkeys(title for _, title in fix.cells) if title not in names]
    where = {title: i for i, title in enumerate([*names, *new])}
    changed: dict[int, dict[int, str]] = {}
    for (number, title), text in fix.cells.items():
        changed.setdefault(number, {})[where[title]] = text
    rows = []
    for row in table.rows:
        if row.number not in fix.drop:
            cells = [*row.cells, *[""] * len(new)]
            for i, text in changed.get(row.number, {}).items():
                cells[i] = text
            rows.append(replace(row, cells=tuple(cells)))
    meant = (
        (*table.meant, *(title if title in MEANINGS else "attribute" for title in new)) if table.meant else ()
    )
    return replace(table, header=(*table.header, *new), rows=tuple(rows), meant=meant)


def standard_of(table: Table, columns: Sequence[ColumnMeaning], strengths: Strengths) -> Standard:
    """Return a roster's table in the form in which it is edited; its rows keep their numbers.

    Parameters
    ----------
    table
        With one row a member.
    columns, strengths
        What its columns mean, and where its strengths stand.
    """
    spread = not strengths.listed or any(row.origins for row in table.rows)
    used = sorted(strengths.meanings)
    if not used or not spread:
        meant = tuple(column.meaning for column in columns)
        return Standard(replace(table, meant=meant), meant)
    at = used[0]
    kept = [i for i in range(len(table.header)) if i == at or i not in strengths.meanings]
    header = tuple(SUPERPOWERS if i == at else table.header[i] for i in kept)
    meant = tuple(SUPERPOWERS if i == at else columns[i].meaning for i in kept)
    rows = []
    for row in table.rows:
        listed = "; ".join(entry.text for entry in strengths.entries(row))
        rows.append(Row(row.number, tuple(listed if i == at else row.cells[i] for i in kept)))
    return Standard(replace(table, header=header, rows=tuple(rows), meant=meant), meant)
