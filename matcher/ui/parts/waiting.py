"""A roster file that is not taken over yet."""

from __future__ import annotations

import streamlit as st

from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.comparison import show_comparison
from matcher.ui.parts.mapping import show_mapping
from matcher.ui.parts.messages import show_error, show_notes
from matcher.ui.parts.repair import show_problems
from matcher.ui.parts.understood import show_understood
from matcher.work.bringing import reading_of
from matcher.work.workspace import Workspace


def show_waiting(now: Workspace) -> None:
    """Show what was understood of the file that waits, and what taking it over would change."""
    brought = now.pending
    assert brought is not None
    if now.roster is not None:
        people = counted(len(now.roster.members), "person is", "people are")
        st.caption(plain(f"{people} on the roster on hand; {brought.name} changes nothing until you say so."))
    found = brought.found(now.catalogue, now.ranked)
    if reading_of(now, brought) is None:
        show_error(InputError.of(found.problems))
        if brought.source:
            st.markdown("Choose below how it is to be read, or leave it.")
    show_understood(now, brought)
    show_mapping(now)
    show_comparison(now)
    show_problems(found.problems if found.value else (), brought.name, now)
    show_notes(found.notes)
