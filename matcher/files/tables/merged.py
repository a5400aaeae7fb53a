"""Cells that stand for several: merged in a workbook, or a survey's question above its options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.files.tables.columns import plain
from matcher.files.tables.grid import Grid, shortened
from matcher.files.tables.table import Row
from matcher.people.names import counted

PLACE = re.compile(r"#?([1-9]\d?)(?:st|nd|rd|th|\.)?", re.IGNORECASE)
"""A cell that counts its column."""

ANSWERS = frozenset({"response", "open ended response"})
"""What a survey writes below a question that has no options."""


def header_of(grid: Grid, index: int) -> tuple[tuple[str, ...], int]:
    """Return the columns' names, and the number of the last row that they stand in.

    Beside a name that is merged with the cell below it, the row below divides the others: “Strengths”
    over “1” and “2” makes “Strengths 1” and “Strengths 2”. Where nothing is merged, as in CSV, a row that
    counts 1, 2, 3 … does so too; and SurveyMonkey writes a question above its options.
    """
    row = grid.rows[index]
    header = [" ".join(cell.split()) for cell in row.cells]
    if index + 1 < len(grid.rows) and any(plain(cell) in ANSWERS for cell in grid.rows[index + 1].cells):
        below = grid.rows[index + 1]
        return _with_options(header, below.cells), below.number
    if not any(m.top <= row.number <= m.bottom for m in grid.merged):
        return _with_places(grid, index, header)
    deep = [m for m in grid.merged if m.top == row.number < m.bottom and _at(row.cells, m.left)]
    last = min((m.bottom for m in deep), default=row.number)
    parts = [below for below in grid.rows[index + 1 : index + 4] if below.number <= last]
    if not parts or all(not any(below.cells) for below in parts):
        return tuple(header), row.number
    for m in grid.merged:
        if m.top == row.number and m.right > m.left:
            header += [""] * (m.right + 1 - len(header))
            header[m.left : m.right + 1] = [_at(header, m.left)] * (m.right + 1 - m.left)
    for below in parts:
        header += [""] * (len(below.cells) - len(header))
        header = [" ".join(f"{title} {_at(below.cells, j)}".split()) for j, title in enumerate(header)]
    return tuple(header), last


def _with_places(grid: Grid, index: int, header: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return the columns' names when the places 1, 2, 3 … have a row below their title."""
    rows = grid.rows
    above = [" ".join(cell.split()) for cell in rows[index - 1].cells] if index else []
    below, then = (rows[i].cells if i < len(rows) else () for i in (index + 1, index + 2))
    counted_on = _numbered(header, below)
    names = {j: _at(header, j) or _at(below, j) for j in range(max(len(header), len(below)))}
    apart = not any(_at(header, j) and _at(below, j) for j in names.keys() - counted_on.keys())
    words = any(_at(then, j) for j in counted_on) and not any(
        PLACE.fullmatch(_at(then, j)) for j in counted_on
    )
    if counted_on and apart and words:  # else it is somebody's row, with numbers below the titles
        return tuple((names | counted_on).values()), rows[index + 1].number
    return tuple((dict(enumerate(header)) | _numbered(above, header)).values()), rows[index].number


def _numbered(titles: Sequence[str], places: Sequence[str]) -> dict[int, str]:
    """Return names for the columns in which a row counts 1, 2, 3 … below one title, by their index."""
    names: dict[int, str] = {}
    start = 0
    while start < len(places):
        end = start
        while (place := PLACE.fullmatch(_at(places, end))) and int(place[1]) == end - start + 1:
            end += 1
        title = _at(titles, start)
        if end - start > 1 and title and all(_at(titles, j) in ("", title) for j in range(start, end)):
            names |= {j: f"{title} {places[j]}" for j in range(start, end)}
        start = max(end, start + 1)
    return names


def _with_options(questions: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names of a survey: each question with the options that stand below it."""
    header, question = [], ""
    for j in range(max(len(questions), len(options))):
        question, option = _at(questions, j) or question, " ".join(_at(options, j).split())
        alone = plain(option) in ANSWERS or not option
        header.append((_at(questions, j) if not option else question) if alone else f"{question} - {option}")
    return tuple(header)


def filled_down(grid: Grid, header_row: int) -> tuple[tuple[Row, ...], str]:
    """Return the rows with a merged cell's text in each row that it spans, and a note when there is one."""
    spans = [m for m in grid.merged if m.bottom > m.top > header_row]
    where = {row.number: index for index, row in enumerate(grid.rows)}
    rows, filled, example = list(grid.rows), 0, ""
    for m in spans:
        text = _at(rows[where[m.top]].cells, m.left) if m.top in where else ""
        for number in range(m.top + 1, min(m.bottom, grid.rows[-1].number) + 1) if text else ():
            if number in where and not _at(rows[where[number]].cells, m.left):
                row = rows[where[number]]
                cells = [*row.cells, *[""] * (m.left + 1 - len(row.cells))]
                cells[m.left] = text
                rows[where[number]] = replace(row, cells=tuple(cells))
                filled, example = filled + 1, example or f"“{shortened(text)}” in rows {m.top} to {m.bottom}"
    if not filled:
        return grid.rows, ""
    return tuple(rows), (
        f"{grid.file}: Merged cells were read as if each of their rows held the text, in "
        f"{counted(filled, 'more cell')}: {example}."
    )


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""
