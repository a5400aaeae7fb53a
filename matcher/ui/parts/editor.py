"""Editable tables whose edits are kept as they are made, and overwrite nobody else's."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from matcher.people.errors import InputError
from matcher.ui.parts.asides import show_asides
from matcher.ui.parts.messages import show_error
from matcher.ui.state import change, say
from matcher.work.asides import TABLES, asides_of, edited, shown, unfinished
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

FEW, ROW, TALLEST = 9, 35, 600
"""Rows that an editor shows by itself, and pixels of a row and of the tallest table."""

NOTHING: Mapping[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}

Told = Callable[[Workspace, Workspace], str]
"""Says what an edit has brought with it, of the workspace before and after."""


class _Editor(NamedTuple):
    """An editor on the page: what it began from, and how far its edits are kept.

    Parameters
    ----------
    version
        Of the workspace when it began.
    frame, start
        What the widget was given, and the table from which that was made.
    key
        Of the widget.
    kept
        The table as it was when this editor's edits were last kept.
    seen, error
        The edits that were taken so far, and why the last could not be kept.
    """

    version: int
    frame: pd.DataFrame
    start: Sheet
    key: str
    kept: Sheet
    seen: Mapping[str, Any] = NOTHING
    error: InputError | None = None

    @property
    def has_more(self) -> bool:
        """Whether something was edited that was not taken yet."""
        return self.key in st.session_state and st.session_state[self.key] != self.seen

    def shows(self, sheet: Sheet, version: int) -> bool:
        """Whether it is still on the page, and shows the table as it is."""
        return self.key in st.session_state and self.version == version and self.kept.same(sheet)


def edit_table(
    table: str,
    now: Workspace,
    make: Callable[[Sheet], pd.DataFrame],
    columns: Callable[[Sheet], Mapping[str, Any]],
    *,
    alt: str,
    chosen_for_them: str = "",
    numbered: bool = False,
    told: Told | None = None,
) -> Workspace:
    """Show a table of the workspace to be edited; return the workspace with what was edited in it.

    The editor starts from the same frame as long as it is on the page: fed with its own result, it
    loses every second edit. A new frame is made, under a new key, when the table was changed elsewhere
    or the page was left in between. An edit that arrives when the table was changed elsewhere is set
    aside and shown; it overwrites nothing.

    Parameters
    ----------
    table
        One of :data:`matcher.work.asides.TABLES`; there has to be one.
    now
        The workspace.
    make
        Gives the frame of a sheet.
    columns
        Gives the configuration of columns, of the sheet to start from: what was edited in it may look
        like another kind of column, but the frame is the same.
    alt
        What the table is, for those who do not see it.
    chosen_for_them
        See :func:`matcher.ui.frames.edited_sheet`.
    numbered
        Whether the rows' numbers are shown.
    told
        Gives what is to be said of an edit, if anything.
    """
    name = f"{table}_base"
    if name in st.session_state and st.session_state[name].has_more:  # it did not report that by itself
        _take(table, chosen_for_them, told)
        now = change(lambda work: work)
        if TABLES[table].leads:
            st.rerun()  # the page has shown some of it as it was
    sheet = shown(now, table)
    assert sheet is not None
    editor: _Editor | None = st.session_state.get(name)
    if editor is None or not editor.shows(sheet, now.version):
        key = f"{table}_{_next(f'{table}_count')}"
        editor = st.session_state[name] = _Editor(now.version, make(sheet), sheet, key, sheet)
    show_asides(now, table)
    more = unfinished(now, table)
    if error := editor.error or (more and more[1]):
        show_error(error)
    if more:
        st.caption("What you entered is kept as it is; it counts as soon as this is put right.")
    rows = len(editor.frame)
    st.data_editor(
        editor.frame,
        key=editor.key,
        num_rows="dynamic",
        hide_index=not numbered,
        height="auto" if rows < FEW else min(TALLEST, ROW * (rows + 2) + 3),
        column_config=dict(columns(editor.start)),
        placeholder="",
        alt=alt,
        # at once, before any page runs: who goes on to another page has edited this one
        on_change=_take,
        args=(table, chosen_for_them, told),
    )
    return now


def _next(count: str) -> int:
    """Return a number for a key that no other session has used.

    When the server was started again, the browser reports what was edited before, under its old key: to a
    table that begins with those edits, rows would be added and deleted a second time.
    """
    number: int = st.session_state.get(count) or secrets.randbelow(10**9)
    st.session_state[count] = number + 1
    return number + 1


def _take(table: str, chosen_for_them: str, told: Told | None) -> None:
    """Keep what was edited, or leave why not for the page to show."""
    from matcher.ui.frames import edited_sheet

    name = f"{table}_base"
    editor: _Editor = st.session_state[name]
    edits = deepcopy(st.session_state[editor.key])
    mine = edited_sheet(editor.start, edits, TABLES[table].name, chosen_for_them)
    before = list[Workspace]()

    def edit(work: Workspace) -> Workspace:
        before[:] = [work]
        return edited(work, table, editor.kept, mine)

    try:
        after = change(edit)
    except InputError as error:
        st.session_state[name] = editor._replace(seen=edits, error=error)
        return
    kept = shown(after, table)
    if kept is None or len(asides_of(after, table)) > len(asides_of(before[0], table)):
        del st.session_state[name]  # it begins anew from the table as it is, with the edit beside it
    else:
        st.session_state[name] = editor._replace(seen=edits, kept=kept, error=None)
    if told is not None and (said := told(before[0], after)):
        say(said)
