"""Who turns to whom: a file of its own, and what was read from it."""

from __future__ import annotations

import streamlit as st

from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.file_field import offer_table, show_how_read
from matcher.ui.parts.messages import show_notes
from matcher.ui.state import try_change
from matcher.work.workspace import Workspace


def show_network(now: Workspace) -> None:
    """Show the field for a file of who turns to whom, and what was read from the last."""
    network, sheet = now.found_network.value, now.network
    ties = len(network.ties) if network else 0
    label = f"Who turns to whom: {counted(ties, 'tie')}" if sheet else "Bring in who turns to whom"
    with st.expander(label, icon=":material/hub:"):
        if sheet is not None:
            people = len({tie.member for tie in network.ties}) if network else 0
            turn = counted(people, "person turns", "people turn")
            said = f"{sheet.name}: {turn} to somebody, {counted(ties, 'tie')}."
            st.markdown(
                f"{plain(said)} The goal **Sought after** on the page Form spreads those whom many turn to."
            )
            show_notes(now.found_network.notes)
            st.button("Remove it", key="remove_network", icon=":material/delete:", on_click=_remove)
        offer_table(
            now,
            "network",
            "Network file",
            "CSV or Excel: two columns, from and to; or a square table of who turns to whom; or a "
            "form's column in which each person names several.",
        )
    show_how_read(now, "network")


def _remove() -> None:
    try_change(lambda work: work.replaced("remove who turns to whom", network=None))
