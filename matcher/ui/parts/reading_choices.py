"""How a file is read, in words and as fields: encoding, separator, sheet, header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from matcher.files import Table
from matcher.files.tables.decoding import CODE_PAGES
from matcher.files.tables.delimited import DELIMITERS
from matcher.people.errors import InputError
from matcher.work.brought import Brought

ENCODINGS: Mapping[str, str] = {"utf-8": "Unicode (UTF-8)", "utf-16": "Unicode (UTF-16)", **CODE_PAGES}

HEADER_ROWS = 25
"""Rows from which the header's can be chosen."""

SHORT = 60
"""Characters of a cell or a row that are shown."""


@dataclass(frozen=True)
class Guess:
    """Something that is guessed about a file.

    Parameters
    ----------
    label
        What its field is called on the page.
    field
        Its field in :class:`matcher.files.tables.choices.Choices`.
    options, shown
        What can be chosen, and what each is called.
    value
        What was chosen.
    """

    label: str
    field: str
    options: Sequence[Any]
    value: Any
    shown: Callable[[Any], str] = str


def how_read(table: Table) -> list[str]:
    """Return how a file was read, in a few words each."""
    said = []
    if table.sheet:
        said.append(f"sheet “{table.sheet}”" + (f" of {len(table.sheets)}" if len(table.sheets) > 1 else ""))
    if table.encoding:
        said.append(_encoding(table.encoding))
    if table.delimiter:
        said.append(f"columns separated by {DELIMITERS.get(table.delimiter, table.delimiter)}")
    said.append(f"header in row {table.header_row}" if table.header_row else "no header")
    return said


def is_doubtful(table: Table) -> bool:
    """Return whether another sheet could have been meant, or another encoding."""
    return len(table.sheets) > 1 or table.encoding in CODE_PAGES


def table_of(brought: Brought) -> Table | None:
    """Return the table in a file, if there is any."""
    try:
        return brought.table()
    except InputError:
        return None


def choose_how(
    brought: Brought, table: Table | None, key: str, take: Callable[..., None], more: Iterable[Guess] = ()
) -> None:
    """Show the fields in which somebody chooses how a file is read.

    Parameters
    ----------
    brought, table
        The file, and the table that was read from it; ``None`` when there is none as it is read now.
    key
        What tells these fields from those of other files on the page.
    take
        Takes what was chosen, as fields of :class:`matcher.files.tables.choices.Choices`.
    more
        What else can be chosen.
    """
    with st.grid(4, min_column_width=190):
        for guess in (*_guesses(brought, table), *more):
            _choose(guess, f"{key}_{guess.field}", take)


def _guesses(brought: Brought, table: Table | None) -> Iterable[Guess]:
    choices = brought.choices
    if isinstance(brought.source, bytes) and not (table and table.sheet):
        known = _encoding(table.encoding) if table and table.encoding else ""
        shown = with_found(ENCODINGS, known)
        yield Guess("Encoding", "encoding", ["", *ENCODINGS], choices.encoding, shown)
    if table is None or table.delimiter or choices.delimiter:
        shown = with_found(DELIMITERS, DELIMITERS.get(table.delimiter, "") if table else "")
        yield Guess("Columns are separated by", "delimiter", ["", *DELIMITERS], choices.delimiter, shown)
    # a sheet that was chosen and is empty must not be the end of it
    book = table or (table_of(brought.otherwise(replace(choices, sheet=""))) if choices.sheet else None)
    if book and len(book.sheets) > 1:
        yield Guess("Sheet", "sheet", book.sheets, choices.sheet or book.sheet)
    if rows := _first_rows(brought, table):
        numbered = {number: f"row {number}: {text}" for number, text in rows.items()}
        shown = with_found(numbered, f"row {table.header_row}" if table and table.header_row else "")
        yield Guess("The columns are named in", "header_row", [0, *rows], choices.header_row, shown)


def with_found(names: Mapping[Any, str], known: str) -> Callable[[Any], str]:
    """Return what options are called; the one that leaves it to be found out says what was found."""
    return lambda option: names.get(option, f"{known}, found out" if known else "found out")


def short(text: str) -> str:
    """Return a cell or a row as it is shown, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _encoding(name: str) -> str:
    return ENCODINGS.get(
        name.replace("_sig", "").removesuffix("-sig").removesuffix("-le").removesuffix("-be"), name
    )


def _choose(guess: Guess, key: str, take: Callable[..., None]) -> None:
    def change() -> None:
        take(**{guess.field: st.session_state[key]})

    st.selectbox(
        guess.label,
        guess.options,
        index=list(guess.options).index(guess.value) if guess.value in guess.options else 0,
        format_func=guess.shown,
        key=key,
        on_change=change,
    )


def _first_rows(brought: Brought, table: Table | None) -> dict[int, str]:
    """Return the first rows of a file, by number, to choose the header from."""
    sheet = table.sheet if table else brought.choices.sheet
    same = brought.otherwise(replace(brought.choices, sheet=sheet))
    return brought.once("first rows", (table,), lambda: _read_first_rows(same))


def _read_first_rows(brought: Brought) -> dict[int, str]:
    from matcher.files.tables.source import read_grid

    try:
        grid = read_grid(brought.source, brought.name, brought.choices)
    except InputError:
        return {}
    return {row.number: short(" | ".join(row.cells)) for row in grid.rows[:HEADER_ROWS]}
