"""Cells that stand for several: merged in a workbook, or a survey's question above its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.files.tables.columns import plain
from matcher.files.tables.grid import Grid, shortened
from matcher.files.tables.table import Row
from matcher.people.names import counted

ANSWERS = frozenset({"response", "open ended response"})
"""What a survey writes below a question that has no options."""


def header_of(grid: Grid, index: int) -> tuple[tuple[str, ...], int]:
    """Return the columns' names, and the number of the last row that they stand in.

    Beside a name that is merged with the cell below it, the row below divides the others: “Strengths”
    over “1” and “2” makes “Strengths 1” and “Strengths 2”. SurveyMonkey writes a question above its options
    without merging anything.
    """
    row = grid.rows[index]
    header = [" ".join(cell.split()) for cell in row.cells]
    if index + 1 < len(grid.rows) and any(plain(cell) in ANSWERS for cell in grid.rows[index + 1].cells):
        below = grid.rows[index + 1]
        return _with_options(header, below.cells), below.number
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
