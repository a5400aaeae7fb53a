"""What a page with several views shows: the address says it, so that a reload shows the same."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from matcher.ui.state import VIEWS


def ask_for_view(key: str, views: Sequence[str], *, label: bool = False) -> str:
    """Ask what a page shows; the first when nothing else was chosen.

    Parameters
    ----------
    key
        Where the session and the address keep it.
    views
        What can be chosen. Whatever else the address says is the first.
    label
        Whether a label stands above, as above what is beside it.
    """
    said: dict[str, str] = st.session_state.setdefault(VIEWS, {})
    asked = st.query_params.get(key, "")
    asked = asked if asked in views else views[0]
    if asked != said.get(key, views[0]):  # a reload, a link, or back in the browser
        st.session_state[key] = said[key] = asked
    elif st.session_state.get(key) not in views:
        st.session_state[key] = asked
    view = st.segmented_control(
        "Show",
        views,
        required=True,
        key=key,
        persist_state="session",
        label_visibility="visible" if label else "collapsed",
    )
    view = view or views[0]
    if view != asked:
        st.query_params[key] = said[key] = view
    return view
