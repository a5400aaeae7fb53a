"""The buttons that take a change back, and do it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

LONGEST = 40
"""Characters of what was done that a button shows."""


def title_with_room(title: str) -> DeltaGenerator:
    """Show a page's title; return the place beside it for undo and redo, since edits are known later."""
    row = st.container(horizontal=True, vertical_alignment="center")
    row.title(title, width="stretch")
    return row


def offer_undo(now: Workspace, place: DeltaGenerator | None = None) -> None:
    """Show the buttons for undo and redo, as far as there is something to take back or do again."""
    with place or st.container(horizontal=True):
        if now.steps:
            what = now.steps[-1].what
            st.button(
                f"Undo: {plain(_short(what))}",
                key="undo",
                icon=":material/undo:",
                on_click=_undo,
                help=plain(f"Takes back: {what}. {len(now.steps)} in all can be taken back."),
            )
        if now.taken_back:
            what = now.taken_back[-1].what
            st.button(f"Redo: {plain(_short(what))}", key="redo", icon=":material/redo:", on_click=_do_again)


def _short(what: str) -> str:
    return what if len(what) <= LONGEST else f"{what[: LONGEST - 1]}…"


def _undo() -> None:
    try_change(Workspace.undone)


def _do_again() -> None:
    try_change(Workspace.done_again)
