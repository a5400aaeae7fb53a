"""Files for tests: tables as people write them, in every delimiter, encoding and quoting."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hypothesis import strategies as st

from matcher.files import default_catalogue

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")
LINE_ENDS = ("\n", "\r\n", "\r")

LETTERS = "abcDEFéñŁşЖя東京ع٣ '\"=+-@.()&/"
SEPARATORS = ",;\t|\n"

cells = st.text(LETTERS + SEPARATORS, max_size=12).map(str.strip)
"""Texts that hold delimiters, quotes, line breaks and the beginnings of formulas."""

names = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)

superpowers = st.lists(
    st.sampled_from(sorted(default_catalogue().by_id)), min_size=1, max_size=6, unique=True
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header of plain names and rows that hold something in the first column."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.tuples(names, *[cells] * (width - 1)), min_size=1, max_size=6))
    return [[f"column {i}" for i in range(width)], *[list(row) for row in rows]]


def written(rows: Sequence[Sequence[str]], delimiter: str, end: str, encoding: str, quoting: int) -> bytes:
    """Return the rows as a file."""
    lines = []
    for row in rows:
        line = io.StringIO(newline="")  # written with CRLF, so that either half of it is quoted in a cell
        csv.writer(line, delimiter=delimiter, quoting=quoting).writerow(row)
        lines.append(line.getvalue().removesuffix("\r\n") + end)
    return "".join(lines).encode(encoding)
