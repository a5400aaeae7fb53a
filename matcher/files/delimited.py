"""Text with delimiters: CSV, TSV, and what spreadsheets put on the clipboard."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from matcher.files.table import Row, Table
from matcher.people.errors import InputError, Problem
from matcher.people.names import counted

DELIMITERS = {"\t": "tab", "|": "vertical bar", ";": "semicolon", ",": "comma"}
"""With their names; what is rarest in plain text comes first, and goes first when nothing else decides."""
SAMPLE = 4000
"""Characters that are looked at to find the delimiter."""

SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n|$)", re.IGNORECASE)
"""The first line in which Excel is told the delimiter; Excel does not count it as a row."""

UNSAFE = "=+\\-@\t\r\0＝＋－＠"
"""First characters with which a spreadsheet may run a cell (the last four are full width)."""

ESCAPED = re.compile(f"'+[{UNSAFE}]")


def unescape(cell: str) -> str:
    """Undo :func:`matcher.files.writing.escape`."""
    return cell[1:] if ESCAPED.match(cell) else cell


def read_delimited(text: str, file: str) -> Table:
    """Return the table that a text holds; its first row that is not blank is the header.

    A row with more cells than the header is left out and reported: its cells may have shifted.

    Raises
    ------
    InputError
        When there is no header.
    """
    delimiter, text = _delimiter(text.encode("utf-8", "replace").decode())  # lone surrogates cannot be stored
    records, problems = _records(text, delimiter, file)
    filled = [(number, cells) for number, cells in records if any(cells)]
    if not filled:
        problems = problems or [Problem("The file is empty; the first row has to name the columns.", file)]
        raise InputError.of(problems)
    (header_row, header), *below = filled
    rows = []
    for number, cells in below:
        width = _width(cells)
        if width > len(header):
            problems.append(
                Problem(
                    f"The row has {counted(width, 'cell')}, the header {len(header)}; the row is left out. "
                    f"Put quotation marks around a cell that contains a {DELIMITERS[delimiter]}.",
                    file,
                    number,
                )
            )
        else:
            rows.append(Row(number, (*cells[: len(header)], *[""] * (len(header) - len(cells)))))
    width = max(_width(cells) for cells in (header, *(row.cells for row in rows)))
    return Table(
        file,
        tuple(header[:width]),
        tuple(Row(row.number, row.cells[:width]) for row in rows),
        tuple(problems),
        header_row=header_row,
        delimiter=delimiter,
    )


def _width(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last one that holds something."""
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def _records(text: str, delimiter: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the numbered records; after one that cannot be read, nothing can be trusted."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    records: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            tidy = [unescape(cell).replace("\0", "").strip() for cell in cells]
            records.append((len(records) + 1, tidy))
    except csv.Error as error:
        return records, [Problem(_wording(error), file, len(records) + 1)]
    return records, []


def _wording(error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"A cell is longer than {csv.field_size_limit()} characters; this row and those below it "
            "were not read. Look for a quotation mark that is never closed."
        )
    return (
        "The quotation marks do not fit; this row and those below it were not read. "
        "A cell that begins with a quotation mark has to end with one, and one inside it is written twice."
    )


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter, and the text without a line that only names it."""
    named = SEPARATOR_LINE.match(text)
    if named and named[1] in DELIMITERS:
        return named[1], text[named.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    possible = [delimiter for delimiter in DELIMITERS if delimiter in outside]
    if len(possible) < 2:  # the header mostly settles it, whatever lists the cells below hold
        return (possible or [","])[0], text
    from clevercsv import Detector

    dialect = Detector().detect(text[:SAMPLE], delimiters=possible)
    if dialect is not None and dialect.delimiter in possible:
        return dialect.delimiter, text
    return max(possible, key=lambda delimiter: _fitting(text[:SAMPLE], delimiter)), text


def _fitting(sample: str, delimiter: str) -> int:
    """Return how many of the first rows have as many cells as the header."""
    records, _ = _records(sample, delimiter, "")
    widths = [len(cells) for _, cells in records if any(cells)]
    return widths.count(widths[0]) if widths else 0
