"""The buttons that take a change back, and do it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.errors import InputError
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.steps import Step
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
                args=(now.steps[-1],),
                help=plain(f"Takes back: {what}. {len(now.steps)} in all can be taken back."),
            )
        if now.taken_back:
            what = now.taken_back[-1].what
            st.button(
                f"Redo: {plain(_short(what))}",
                key="redo",
                icon=":material/redo:",
                on_click=_do_again,
                args=(now.taken_back[-1],),
            )


def _short(what: str) -> str:
    return what if len(what) <= LONGEST else f"{what[: LONGEST - 1]}…"


def _undo(step: Step) -> None:
    def undo(work: Workspace) -> Workspace:
        _still_the_last(step, work.steps)
        return work.undone()

    try_change(undo)


def _do_again(step: Step) -> None:
    def do_again(work: Workspace) -> Workspace:
        _still_the_last(step, work.taken_back)
        return work.done_again()

    try_change(do_again)


def _still_the_last(step: Step, steps: tuple[Step, ...]) -> None:
    """Refuse to take back, or do again, what is no longer what the button said."""
    if steps[-1:] != (step,):
        raise InputError(
            "Something else was done meanwhile, in another tab or by somebody else; nothing was taken back. "
            "The button now says what it takes back."
        )
