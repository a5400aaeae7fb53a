"""Between sheets of text and the frames that are edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from matcher.files.columns import pieces, yes_or_no
from matcher.people.catalogue import Catalogue
from matcher.ui.sheets import PeopleColumns, Sheet


def text_frame(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet's cells as text."""
    return pd.DataFrame(list(sheet.rows), columns=list(sheet.header), dtype="str")


def people_frame(sheet: Sheet, catalogue: Catalogue) -> pd.DataFrame:
    """Return a roster's sheet as it is edited: superpowers as a list, absent as a tick.

    Both columns are added when the sheet has none. Clear spellings become the catalogue's names;
    what is unclear stays as it was written.
    """
    columns, frame = PeopleColumns.of(sheet), text_frame(sheet)
    if columns.superpowers:
        cells = frame.get(columns.superpowers, pd.Series("", index=frame.index, dtype="str"))
        frame[columns.superpowers] = pd.Series(
            [_superpowers(cell, catalogue) for cell in cells], index=frame.index, dtype="object"
        )
    for title in columns.ranks:
        names = [_name(cell, catalogue) for cell in frame[title]]
        frame[title] = pd.Series(names, index=frame.index, dtype="object").replace("", None)
    ticks = frame.get(columns.absent, pd.Series("", index=frame.index, dtype="str"))
    frame[columns.absent] = pd.Series(
        [bool(yes_or_no(cell)) for cell in ticks], index=frame.index, dtype="boolean"
    )
    return frame


def people_sheet(frame: pd.DataFrame, like: Sheet, name: str) -> Sheet:
    """Return an edited roster as a sheet; a column that was added and is still empty is left out."""
    columns = PeopleColumns.of(like)
    cells = {str(title): [text(cell) for cell in frame[title]] for title in frame.columns}
    if columns.absent not in like.header and not any(cells[columns.absent]):
        del cells[columns.absent]
    return Sheet(name, tuple(cells), tuple(zip(*cells.values(), strict=True)))


def choices(cells: Iterable[str]) -> pd.Series[Any]:
    """Return a column of which each cell is chosen from a list; an empty one has no choice."""
    return pd.Series([cell or None for cell in cells], dtype="object")


def lists(cells: Iterable[str], called: Callable[[str], str] = str) -> pd.Series[Any]:
    """Return a column of which each cell lists several entries; ``called`` gives each its name."""
    return pd.Series([[called(piece) for piece in pieces(cell)] for cell in cells], dtype="object")


def sheet_of(frame: pd.DataFrame, name: str, chosen_for_them: str = "") -> Sheet:
    """Return an edited table as a sheet; a row with nothing but the cell that is chosen for it is blank."""
    rows = []
    for row in frame.to_dict("records"):
        cells = {str(title): text(cell) for title, cell in row.items()}
        entered = any(cell for title, cell in cells.items() if title != chosen_for_them)
        rows.append(tuple(cells.values()) if entered else ("",) * len(cells))
    return Sheet(name, tuple(str(title) for title in frame.columns), tuple(rows))


def text(cell: object) -> str:
    """Return a cell of an edited frame as text."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else ""
    if isinstance(cell, Iterable):
        return "; ".join(str(entry).strip() for entry in cell)
    return "" if cell is None or pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def _superpowers(cell: str, catalogue: Catalogue) -> list[str]:
    entries = pieces(cell)
    if len(entries) == 1 and catalogue.recognise(cell) is None:
        split = pieces(cell, "|,")
        if any(catalogue.recognise(entry) for entry in split):
            entries = split
    return list(dict.fromkeys(_name(entry, catalogue) for entry in entries))


def _name(spelling: str, catalogue: Catalogue) -> str:
    known = catalogue.recognise(spelling)
    return catalogue.by_id[known].name if known else spelling
