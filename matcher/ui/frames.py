"""Between sheets of text and the frames that are edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from matcher.files import Row
from matcher.files.rosters.meanings import understand
from matcher.files.strengths import default_frameworks
from matcher.files.tables.choices import Choices
from matcher.files.tables.collecting import without_collecting
from matcher.files.tables.columns import pieces, yes_or_no
from matcher.people.catalogue import Catalogue
from matcher.people.names import fold
from matcher.work.sheets import FIRST_ROW, Sheet

SUPERPOWERS, ABSENT = "superpowers", "absent"

Edits = Mapping[str, Any]
"""What an editor reports: ``edited_rows`` by position, ``added_rows``, ``deleted_rows``."""


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
        The column that says who is absent; empty when it holds more than yes and no.
    entries
        Gives the superpowers that a row lists, as written.
    """

    name: str
    superpowers: str
    ranks: tuple[str, ...]
    absent: str
    entries: Callable[[Row], Sequence[str]]

    @classmethod
    def of(cls, sheet: Sheet, catalogue: Catalogue, choices: Choices) -> PeopleColumns:
        """Return the columns as the roster is read."""
        return sheet.once("columns", (catalogue, choices), lambda: cls._of(sheet, catalogue, choices))

    @classmethod
    def _of(cls, sheet: Sheet, catalogue: Catalogue, choices: Choices) -> PeopleColumns:
        table = sheet.table
        meanings, strengths = understand(table, catalogue, default_frameworks(), choices)
        titles = {column.meaning: column.title for column in reversed(meanings)}
        ranks = tuple(
            title
            for _, title in sorted(
                (int(meaning.rpartition(" ")[2]), title)
                for meaning, title in titles.items()
                if meaning.startswith("superpower ")
            )
        )
        listed = titles.get("superpowers", "" if ranks else SUPERPOWERS)
        absent = titles.get("absent", "" if ABSENT in sheet.header else ABSENT)
        place = sheet.header.index(absent) if absent in sheet.header else -1
        if place >= 0 and any(yes_or_no(row[place]) is None for row in sheet.rows):
            absent = ""
        name = titles.get("name") or titles.get("first name") or sheet.header[0]

        def entries(row: Row) -> Sequence[str]:
            return list(dict.fromkeys(entry.text for entry in strengths.entries(row)))

        return cls(name, listed, ranks, absent, entries)


def text_frame(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet's cells as text; the index has the rows' numbers."""
    return pd.DataFrame(list(sheet.rows), columns=list(sheet.header), index=_index(sheet), dtype="str")


def _index(sheet: Sheet) -> pd.Index[int]:
    numbers = sheet.numbers
    first = numbers[0] if numbers else FIRST_ROW
    if all(b - a == 1 for a, b in pairwise(numbers)):
        return pd.RangeIndex(first, first + len(numbers))
    return pd.Index(numbers, dtype="int64")


@without_collecting()
def people_frame(sheet: Sheet, catalogue: Catalogue, choices: Choices) -> pd.DataFrame:
    """Return a roster's sheet as it is edited: superpowers as a list, absent as a tick.

    Both columns are added when the sheet has none. Spellings that count, clear or accepted, are shown as
    the catalogue's names; what is unclear is shown as it was written.
    """
    columns, frame = PeopleColumns.of(sheet, catalogue, choices), text_frame(sheet)
    accepted = {fold(text): to for text, to in choices.accepted.items()}
    shown: dict[str, str] = {}

    def name(spelling: str) -> str:
        if spelling not in shown:
            known = accepted.get(fold(spelling)) or catalogue.recognise(spelling)
            shown[spelling] = catalogue.by_id[known].name if known in catalogue.by_id else spelling
        return shown[spelling]

    if columns.superpowers in sheet.header:
        rows = (Row(n, cells) for n, cells in zip(sheet.numbers, sheet.rows, strict=True))
        listed = [list(dict.fromkeys(map(name, columns.entries(row)))) for row in rows]
        frame[columns.superpowers] = pd.Series(listed, index=frame.index, dtype="object")
    elif columns.superpowers:
        empty: list[list[str]] = [[] for _ in sheet.rows]
        frame[columns.superpowers] = pd.Series(empty, index=frame.index, dtype="object")
    for title in columns.ranks:
        names = [name(cell) if cell else None for cell in frame[title]]
        frame[title] = pd.Series(names, index=frame.index, dtype="object")
    if columns.absent:
        cells = frame[columns.absent] if columns.absent in frame else [""] * len(frame)
        with_ticks(frame, columns.absent, cells)
    return frame


def choices_of(cells: Iterable[str]) -> list[str | None]:
    """Return a column of which each cell is chosen from a list; an empty one has no choice."""
    return [cell or None for cell in cells]


def lists(cells: Iterable[str], called: Callable[[str], str] = str) -> list[list[str]]:
    """Return a column of which each cell lists several entries; ``called`` gives each its name."""
    return [[called(piece) for piece in pieces(cell)] for cell in cells]


def with_column(frame: pd.DataFrame, title: str, cells: Sequence[Any]) -> None:
    """Put a column of choices or lists in place of the texts."""
    frame[title] = pd.Series(cells, index=frame.index, dtype="object")


def with_ticks(frame: pd.DataFrame, title: str, cells: Iterable[str]) -> None:
    """Put a column of ticks in place of the texts."""
    ticks = [bool(yes_or_no(cell)) for cell in cells]
    frame[title] = pd.Series(ticks, index=frame.index, dtype="boolean")  # a new row's tick may be missing


def edited_sheet(sheet: Sheet, edits: Edits, name: str, chosen_for_them: str = "") -> Sheet:
    """Return a sheet with what was edited; a cell that was not edited keeps its text.

    Parameters
    ----------
    sheet
        From which the editor's frame was made.
    edits
        What the editor reports.
    name
        What messages call the table from now on.
    chosen_for_them
        A column that an editor fills by itself: a row with nothing else is blank.
    """
    cells = {
        (sheet.numbers[int(position)], str(title)): text(cell)
        for position, row in edits.get("edited_rows", {}).items()
        for title, cell in row.items()
        if int(position) < len(sheet.rows)
    }
    gone = [sheet.numbers[i] for i in edits.get("deleted_rows", ()) if i < len(sheet.rows)]
    # a column that the editor added, and in which nothing was entered, is none
    cells = {place: new for place, new in cells.items() if new or place[1] in sheet.header}
    added = [
        {str(title): text(cell) for title, cell in row.items() if title != "_index"}
        for row in edits.get("added_rows", ())
    ]
    first = max(sheet.numbers, default=FIRST_ROW - 1) + 1
    for number, row in enumerate(added, first):
        cells |= {(number, title): cell for title, cell in row.items() if cell}
    blank = (("",) * len(sheet.header),) * len(added)
    numbers = (*sheet.numbers, *range(first, first + len(added)))
    begun = replace(sheet, name=name, rows=(*sheet.rows, *blank), numbers=numbers)
    changed = begun.with_cells(cells, gone)
    rows = [
        row if _entered(row, changed.header, chosen_for_them) else ("",) * len(row) for row in changed.rows
    ]
    return replace(changed, rows=tuple(rows))


def _entered(row: Sequence[str], header: Sequence[str], chosen_for_them: str) -> bool:
    return any(cell for title, cell in zip(header, row, strict=True) if title != chosen_for_them)


def text(cell: object) -> str:
    """Return an edited cell as text."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, Iterable):
        return "; ".join(str(entry).strip() for entry in cell)
    return "" if cell is None else str(cell)
