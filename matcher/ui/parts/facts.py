"""Where each fact about a member comes from."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from matcher.files.rosters.reading import Fact
from matcher.work.bringing import reading_of
from matcher.work.workspace import Workspace


def show_facts(now: Workspace) -> None:
    """Let the manager choose a member, and show where each fact about them stood."""
    if now.reading is None:
        return
    with st.expander(
        "Where does it come from?", icon=":material/travel_explore:", key="facts", on_change="rerun"
    ) as section:
        if not section.open:
            return
        key = st.selectbox(
            "Whose facts",
            list(now.names),
            index=None,
            format_func=lambda key: now.names[key],
            placeholder="Choose somebody",
            key=f"facts_of_{now.version}",
        )
        if key is None:
            st.caption(
                "Choose somebody to see the file, row and column of everything that is known about them."
            )
            return
        import pandas as pd

        rows = facts_of(now, key)
        st.dataframe(
            pd.DataFrame(rows, columns=["what", "it says", "file", "row", "column"]),
            hide_index=True,
            column_config={
                "what": st.column_config.TextColumn(pinned=True),
                "row": st.column_config.NumberColumn(format="%d", width="small"),
            },
            alt=f"What is known about {now.names[key]}, and the file, row and column that it comes from",
        )


def facts_of(now: Workspace, key: str) -> list[tuple[str, str, str, int | None, str]]:
    """Return each fact about a member: what, the text, and the file, row and column where it stood.

    What was edited on the page since says so instead of naming a file.
    """
    reading = now.reading
    if reading is None:
        return []
    origins = list(_origins(now, key))
    told: list[tuple[str, str, str, int | None, str]] = []
    for fact in reading.facts.get(key, ()):
        origin = next((o for o in origins if (o.what, o.text) == (fact.what, fact.text)), None)
        if origin is not None:
            told.append((fact.what, fact.text, origin.file, origin.row, origin.column))
        elif now.sources:
            told.append((fact.what, fact.text, "edited on this page", fact.row, fact.column))
        else:
            told.append((fact.what, fact.text, "entered on this page", fact.row, fact.column))
    return told


def _origins(now: Workspace, key: str) -> Iterable[Fact]:
    """Return what the files said about a member, the latest first."""
    for brought in reversed(now.sources):
        if reading := reading_of(now, brought):
            yield from reading.facts.get(key, ())
