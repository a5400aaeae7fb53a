"""Edits that were set aside since somebody else changed the table meanwhile."""

from __future__ import annotations

import streamlit as st

from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.ui.times import moment
from matcher.work.asides import TABLES, Aside, asides_of, differences, drop, put_in
from matcher.work.workspace import Workspace

MOST = 50
"""Differences that are listed of one edit."""


def show_asides(now: Workspace, table: str) -> None:
    """Show the edits of a table that are set aside, and the buttons that put them in or drop them."""
    theirs = TABLES[table].of(now)
    for number, aside in enumerate(asides_of(now, table)):
        with st.container(border=True):
            st.warning(
                "The table was changed elsewhere – in another tab or by somebody else – while you edited it. "
                f"Your changes of {moment(aside.when)} are kept here; nothing was overwritten.",
                icon=":material/call_split:",
            )
            told = differences(aside, theirs) if theirs is not None else []
            rows = [
                {"row": d.row, "column": d.column, "before": d.before, "theirs": d.theirs, "yours": d.yours}
                for d in told[:MOST]
            ]
            if rows:
                st.table(
                    [{title: plain(text) for title, text in row.items()} for row in rows], border="horizontal"
                )
            if len(told) > MOST:
                st.caption(f"And {counted(len(told) - MOST, 'more difference')}.")
            with st.container(horizontal=True):
                st.button(
                    "Put my changes into theirs",
                    key=f"put_in_{table}_{number}",
                    type="primary",
                    icon=":material/merge:",
                    on_click=_put_in,
                    args=(aside,),
                    help="Only what you changed is changed; the rest of the table stays as they have it.",
                )
                st.button(
                    "Drop my changes",
                    key=f"drop_{table}_{number}",
                    icon=":material/delete:",
                    on_click=_drop,
                    args=(aside,),
                )


def _put_in(aside: Aside) -> None:
    try_change(lambda work: put_in(work, aside), "Your changes are in the table now.")


def _drop(aside: Aside) -> None:
    try_change(lambda work: drop(work, aside), "Your changes are dropped; the table stays as it is.")
