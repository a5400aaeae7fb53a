"""Merged cells of a workbook: one text that is shown in several cells and stands in the first only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.files.grid import Grid, shortened
from matcher.files.table import Row
from matcher.people.names import counted


def header_of(grid: Grid, index: int) -> tuple[tuple[str, ...], int]:
    """Return the columns' names, and the number of the last row that they stand in.

    Beside a name that is merged with the cell below it, the row below divides the others: “Strengths”
    over “1” and “2” makes “Strengths 1” and “Strengths 2”.
    """
    row = grid.rows[index]
    header = [" ".join(cell.split()) for cell in row.cells]
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
