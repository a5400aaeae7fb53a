"""Plans as JSON, in the form in which we write them, as a table."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from matcher.files.tables.choices import Choices
from matcher.files.tables.grid import MOST_BYTES
from matcher.files.tables.source import Source, contents_of, read_table, with_sheet
from matcher.files.tables.table import Row, Table
from matcher.people.errors import InputError, Problem

HEADER = ("group", "name")


def read_plan_table(source: Source, name: str | None, choices: Choices, words: Collection[str]) -> Table:
    """Return a plan's table; of JSON, one row a member, numbered below a header as a table's.

    Parameters
    ----------
    source, name, choices, words
        As for :func:`matcher.files.tables.source.read_table`.

    Raises
    ------
    InputError
        When there is no such file, or neither a table nor a plan in it.
    """
    if isinstance(source, Table):
        return source
    source, choices = with_sheet(source, choices)
    contents, own_name = contents_of(source)
    file = name or own_name
    if len(contents) > MOST_BYTES:
        return read_table(contents, file, choices, words=words)  # which says so
    if isinstance(contents, bytes) and contents.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _plan(contents.decode("utf-8-sig", "replace"), file)
    if isinstance(contents, str):
        if contents.lstrip("\ufeff \t\r\n")[:1] == "{":
            return _plan(contents, file)
        contents = contents.encode("utf-8", "replace") if "\n" not in contents else contents
    return read_table(contents, file, choices, words=words)


def _plan(text: str, file: str) -> Table:
    try:
        told: Any = json.loads(text.removeprefix("\ufeff"))
        groups = [
            (_text(group["name"]), [_text(key) for key in _list(group["members"])])
            for group in told["groups"]
        ]
    except (ValueError, RecursionError):
        raise InputError(Problem("This JSON cannot be read; use the plan as CSV.", file)) from None
    except (KeyError, TypeError):
        message = "This JSON is no plan: it needs “groups”, each with “name” and “members”."
        raise InputError(Problem(message, file)) from None
    cells = [(name, key) for name, keys in groups for key in keys]
    return Table(file, HEADER, tuple(Row(number, pair) for number, pair in enumerate(cells, 2)))


def _text(told: object) -> str:
    """Return a name; half a character, which cannot be written, becomes a question mark."""
    if not isinstance(told, str | int):
        raise TypeError
    return str(told).encode("utf-8", "replace").decode()


def _list(told: object) -> list[object]:
    if not isinstance(told, list):
        raise TypeError
    return told
