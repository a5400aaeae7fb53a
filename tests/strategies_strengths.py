"""Tables in which members tell their strengths, written as in a file."""

from __future__ import annotations

import csv
import io

from matcher.files.strengths import reshape, strengths_of
from matcher.files.tables.table import Row, Table


def table_of(text: str) -> Table:
    """Return the table that a comma-separated text holds, with the header in its first row."""
    header, *lines = csv.reader(io.StringIO(text.strip("\n")))
    rows = (
        Row(number, (*cells, *[""] * (len(header) - len(cells))))
        for number, cells in enumerate(lines, 2)
        if any(cells)
    )
    return Table("roster.csv", tuple(header), tuple(rows))


def told_by(text: str) -> dict[str, list[str]]:
    """Return each member's strengths, by the first cell of the row."""
    table = reshape(table_of(text))
    strengths = strengths_of(table)
    return {row.cells[0]: [entry.text for entry in strengths.entries(row)] for row in table.rows}
