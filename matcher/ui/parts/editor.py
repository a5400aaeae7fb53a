"""Editable tables whose edits outlive a change of page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import streamlit as st

from matcher.work.sheets import Sheet

if TYPE_CHECKING:
    import pandas as pd

FEW, ROW, TALLEST = 9, 35, 600
"""Rows that an editor shows by itself, and pixels of a row and of the tallest table."""

NOTHING: Mapping[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


def edit_table(
    table: str,
    version: int,
    sheet: Callable[[], Sheet],
    make: Callable[[Sheet], pd.DataFrame],
    columns: Callable[[Sheet], Mapping[str, Any]],
    *,
    alt: str,
    name: str,
    chosen_for_them: str = "",
    numbered: bool = False,
) -> Sheet | None:
    """Show a table; return it as the manager has edited it when there is something new, or ``None``.

    The editor starts from the same frame as long as it is on the page: fed with its own result, it
    loses every second edit. A new frame is made, under a new key, when the data were replaced or
    the page was left in between.

    Parameters
    ----------
    table, version
        What the table is called in the session, and the version of its data.
    sheet, make
        Give the sheet to start from, and its frame.
    columns
        Gives the configuration of columns, of the sheet to start from: what was edited in it may look
        like another kind of column, but the frame is the same.
    alt
        What the table is, for those who do not see it.
    name
        What messages call the table once it was edited.
    chosen_for_them
        See :func:`matcher.ui.frames.edited_sheet`.
    numbered
        Whether the rows' numbers are shown.
    """
    from matcher.ui.frames import edited_sheet

    base, count, seen = f"{table}_base", f"{table}_count", f"{table}_seen"
    key = f"{table}_{st.session_state.get(count, 0)}"
    if st.session_state.get(base, (None,))[0] != version or key not in st.session_state:
        st.session_state[count] = st.session_state.get(count, 0) + 1
        key = f"{table}_{st.session_state[count]}"
        start = sheet()
        st.session_state[base] = (version, make(start), start)
        st.session_state[seen] = NOTHING
    frame: pd.DataFrame = st.session_state[base][1]
    start = st.session_state[base][2]
    st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=not numbered,
        height="auto" if len(frame) < FEW else min(TALLEST, ROW * (len(frame) + 2) + 3),
        column_config=dict(columns(start)),
        placeholder="",
        alt=alt,
    )
    edits = st.session_state[key]
    if edits == st.session_state[seen]:
        return None
    st.session_state[seen] = deepcopy(edits)
    return edited_sheet(start, edits, name, chosen_for_them)
