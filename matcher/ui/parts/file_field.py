"""Fields that take a file, and below them how the file was read, where it could be read otherwise."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.reading_choices import choose_how, how_read, is_doubtful, table_of
from matcher.ui.state import change, try_change
from matcher.work.bringing import bring_table, table_from, with_beside
from matcher.work.brought import Brought
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TYPES = ["csv", "tsv", "txt", "xlsx"]
"""Endings of files that may hold a table."""


def given(key: str) -> UploadedFile | None:
    """Return the file that was given in a field, once; see :func:`all_given`."""
    files = all_given(key)
    return files[0] if files else None


def all_given(key: str) -> list[UploadedFile]:
    """Return the files that were given in a field, each once.

    A field that is drawn anew after its files were taken can report them a second time when something else
    is pressed at that very moment.
    """
    said: UploadedFile | list[UploadedFile] | None = st.session_state[key]
    files = said if isinstance(said, list) else [said] if said else []
    taken: set[str] = st.session_state.setdefault("files_taken", set())
    new = [file for file in files if file.file_id not in taken]
    taken.update(file.file_id for file in new)
    return new


def while_reading(name: str) -> AbstractContextManager[None]:
    """Say that a file is being read for as long as it takes, once it takes a moment."""
    return st.spinner(f"Reading {plain(name)} …", show_time=True)


def offer_table(now: Workspace, table: str, label: str, about: str) -> None:
    """Show the field for a file that becomes a table beside the roster.

    Parameters
    ----------
    table
        Which; see :func:`matcher.work.bringing.table_from`.
    label, about
        What the field is called, and what such a file looks like.
    """
    key = f"{table}_file_{now.version}"
    st.file_uploader(label, TYPES, key=key, on_change=_uploaded, args=(key, table), help=about)


def _uploaded(key: str, table: str) -> None:
    file = given(key)
    if file is None:
        return
    brought = Brought(file.getvalue(), file.name)
    after = _bring(table, brought, f"{file.name} is read.")
    read = None if after is None else table_from(after, table, brought)
    st.session_state[_section(table)] = read is None or is_doubtful(read)


def _bring(table: str, brought: Brought, done: str) -> Workspace | None:
    with while_reading(brought.name):
        after = try_change(lambda work: bring_table(work, table, brought), done)
        if after is None:  # nothing could be made of it, but it can be read otherwise
            with suppress(InputError):
                change(lambda work: with_beside(work, table, brought))
    return after


def _section(table: str) -> str:
    """Return the key of the section in which somebody chooses how a file is read."""
    return f"how_{table}"


def show_how_read(now: Workspace, table: str) -> None:
    """Show how the file was read that a table comes from, with each guess to be chosen otherwise.

    The section is open when another sheet or another encoding could have been meant, or when nothing could
    be made of the file. It goes with the first edit of the table, which no other reading is to overwrite.
    """
    last = now.beside.get(table)
    if last is None or now.roster is None:
        return
    brought, present = last.brought, getattr(now, table)
    try:
        read = table_from(now, table, brought)
    except InputError:
        read = None
    if read is None:
        shown = last.version == now.version
    else:
        shown = present is not None and present.same(Sheet.of(read))
    if not shown:
        return

    def take(**chosen: Any) -> None:
        otherwise = brought.otherwise(replace(brought.choices, **chosen))
        _bring(table, otherwise, f"{brought.name} is read as you chose.")

    label = f"How {plain(brought.name)} was read"
    with st.expander(label, key=_section(table), on_change="rerun") as section:
        if section.open:
            said = [] if read is None else [*how_read(read), counted(len(read.rows), "row")]
            st.markdown(plain(" · ".join(said) or "Nothing could be made of it as it is read now."))
            choose_how(brought, read or table_of(brought), f"{table}_{now.version}", take)
