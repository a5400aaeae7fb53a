"""Editable tables whose edits outlive a change of page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd

FEW, ROW, TALLEST = 9, 35, 600
"""Rows that an editor shows by itself, and pixels of a row and of the tallest table."""


def edit_table(
    name: str, version: int, make: Callable[[], pd.DataFrame], columns: Mapping[str, Any], *, alt: str
) -> pd.DataFrame:
    """Return a table as the manager has edited it.

    The editor starts from the same frame as long as it is on the page: fed with its own result, it
    loses every second edit. A new frame is made, under a new key, when the data were replaced or
    the page was left in between.

    Parameters
    ----------
    name, version
        What the table is called in the session, and the version of its data.
    make
        Makes the frame to start from.
    columns
        Configuration of columns.
    alt
        What the table is, for those who do not see it.
    """
    base, count = f"{name}_base", f"{name}_count"
    key = f"{name}_{st.session_state.get(count, 0)}"
    if st.session_state.get(base, (None,))[0] != version or key not in st.session_state:
        st.session_state[count] = st.session_state.get(count, 0) + 1
        key = f"{name}_{st.session_state[count]}"
        st.session_state[base] = (version, make())
    frame: pd.DataFrame = st.session_state[base][1]
    edited: pd.DataFrame = st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        height="auto" if len(frame) < FEW else min(TALLEST, ROW * (len(frame) + 2) + 3),
        column_config=dict(columns),
        placeholder="",
        alt=alt,
    )
    return edited
