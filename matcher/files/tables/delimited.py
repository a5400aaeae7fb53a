"""Text with delimiters: CSV, TSV, and what spreadsheets put on the clipboard."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Collection
from itertools import islice

from matcher.files.tables.grid import MOST_COLUMNS, Collector, Grid, known_headers, tidy
from matcher.people.errors import InputError, Problem

DELIMITERS = {"\t": "tab", "|": "vertical bar", ";": "semicolon", ",": "comma"}
"""With their names; what is rarest in plain text comes first, and goes first when nothing else decides."""
SAMPLE = 8_000
"""Characters that are looked at to find the delimiter."""
MOST_BROKEN = 50
"""Rows whose quotation marks do not fit, before the rest of the file is given up."""

SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n|$)", re.IGNORECASE)
"""The first line in which Excel is told the delimiter; Excel does not count it as a row."""

UNSAFE = "=+\\-@\t\r\0＝＋－＠"
"""First characters with which a spreadsheet may run a cell (the last four are full width)."""

ESCAPED = re.compile(f"'+[{UNSAFE}]")

TEXT_FORMULA = re.compile(r'="([^"]*)"')
"""How other programs write digits that a spreadsheet is to leave as they are: ``="0012"``."""

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # a long cell is reported with its row, not an error


def unescape(cell: str) -> str:
    """Undo :func:`matcher.files.writing.escape`, and take a text out of a formula that only holds it."""
    if cell[:1] == "'":
        return cell[1:] if ESCAPED.match(cell) else cell
    if cell[:2] == '="' and (text := TEXT_FORMULA.fullmatch(cell)):
        return text[1]
    return cell


def read_delimited(text: str, file: str, words: Collection[str], delimiter: str = "") -> Grid:
    """Return the rows that a text holds.

    Parameters
    ----------
    text, file
        What it says, and what it is called in messages.
    words
        Headers that are known to us; the delimiter that shows most of them is the right one.
    delimiter
        When somebody has chosen it.

    Raises
    ------
    TooMuchError
        When there are more cells than can be read.
    InputError
        When the chosen delimiter is none.
    """
    if delimiter and (len(delimiter) != 1 or delimiter in '\r\n"'):
        raise InputError(Problem("A delimiter is one character, such as a comma or a semicolon.", file))
    found, text = delimiter_of(text, words)
    return _records(text, file, delimiter or found)


def _records(text: str, file: str, delimiter: str) -> Grid:
    """Return the rows; one whose quotation marks do not fit is reported, and the line below is the next."""
    lines = io.StringIO(text, newline="").readlines()
    rows = Collector(file)
    number = start = broken = 0
    while start < len(lines):
        reader = csv.reader(
            islice(lines, start, None), delimiter=delimiter, strict=True, skipinitialspace=True
        )
        good = 0
        try:
            for cells in reader:
                number, good = number + 1, reader.line_num
                rest = any(cells[MOST_COLUMNS:])
                rows.add(number, [tidy(unescape(cell)) for cell in (cells if rest else cells[:MOST_COLUMNS])])
            break
        except csv.Error:
            number, broken = number + 1, broken + 1
            given_up = broken > MOST_BROKEN
            line = lines[start + good]
            rows.leave_out(
                number,
                [tidy(cell)[:200] for cell in line.split(delimiter)],
                f"The quotation marks do not fit; this row {'and those below it are' if given_up else 'is'} "
                "left out. A cell that begins with a quotation mark has to end with one, and one inside it "
                "is written twice.",
            )
            if given_up:
                break
            start += good + 1
    return Grid(
        file,
        tuple(rows.rows),
        delimiter=delimiter,
        problems=tuple(rows.problems),
        left_out=tuple(rows.left_out),
    )


def delimiter_of(text: str, words: Collection[str]) -> tuple[str, str]:
    """Return the delimiter, and the text without a line that only names it.

    It is the one that shows the most known headers in one row, then the one of the first line that has
    any, then what fits the rows best.
    """
    named = SEPARATOR_LINE.match(text)
    if named and named[1] in DELIMITERS:
        return named[1], text[named.end() :]
    sample = text[:SAMPLE].replace("\0", "")
    outside = re.sub(r'"[^"]*"', "", sample)
    possible = [delimiter for delimiter in DELIMITERS if delimiter in outside]
    if len(possible) < 2:
        return (possible or [","])[0], text
    shown = {delimiter: _most_known(sample, delimiter, words) for delimiter in possible}
    best = max(shown.values())
    possible = [delimiter for delimiter in possible if shown[delimiter] == best]
    if len(possible) > 1:  # the first line mostly settles it, whatever lists the cells below hold
        first = next(line for line in outside.splitlines() if any(d in line for d in possible))
        possible = [delimiter for delimiter in possible if delimiter in first]
    if len(possible) < 2:
        return possible[0], text
    from clevercsv import Detector

    dialect = Detector().detect(sample[:4_000], delimiters=possible)
    if dialect is not None and dialect.delimiter in possible:
        return dialect.delimiter, text
    return max(possible, key=lambda delimiter: _fitting(sample, delimiter)), text


def _split(sample: str, delimiter: str) -> list[list[str]]:
    """Return the first rows, however their quotation marks fit."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [cells for cells in islice(reader, 40) if any(cells)]


def _most_known(sample: str, delimiter: str, words: Collection[str]) -> int:
    return max((known_headers(cells, words) for cells in _split(sample, delimiter)), default=0)


def _fitting(sample: str, delimiter: str) -> int:
    """Return how many of the first rows have as many cells as the header."""
    widths = [len(cells) for cells in _split(sample, delimiter)]
    return widths.count(widths[0]) if widths else 0
