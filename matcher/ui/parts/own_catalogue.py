"""The manager's own catalogue: two tables to edit, a file to bring in or take along."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from matcher.files import read_catalogue
from matcher.files.catalogue_writing import catalogue_workbook
from matcher.people.catalogue import Kind
from matcher.people.errors import InputError, Problem
from matcher.people.names import counted
from matcher.ui.frames import choices_of, lists, text_frame, with_column, with_ticks
from matcher.ui.parts.editor import edit_table
from matcher.ui.parts.file_field import given
from matcher.ui.state import try_change
from matcher.work.workspace import Workspace

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def edit_catalogue(now: Workspace) -> Workspace:
    """Show the manager's own catalogue, or how to get one; return the workspace with what was edited."""
    if now.own is None:
        st.markdown(
            "This is the catalogue that comes with the tool. Make a copy of your own to add superpowers, "
            "rename them, or say otherwise how they relate; it then counts for everything that you form."
        )
    else:
        st.markdown(
            "Your own copy: it counts for everything that you form. Relations that you add or change have "
            "the basis *yours*. What a superpower is called in your files goes into *also called*."
        )
        now = _edit_superpowers(now)
        now = _edit_relations(now)
    with st.container(horizontal=True):
        if now.own is None:
            st.button("Make my own copy", icon=":material/edit:", type="primary", on_click=_copy)
        catalogue = now.catalogue
        st.download_button(
            "Download the catalogue (Excel)",
            data=lambda: catalogue_workbook(catalogue),
            file_name="catalogue.xlsx",
            mime=WORKBOOK,
            on_click="ignore",
            icon=":material/download:",
        )
        if now.own is not None:
            st.button("Go back to ours", icon=":material/settings_backup_restore:", on_click=_go_back)
    key = f"catalogue_file_{now.version}"
    st.file_uploader(
        "Catalogue file",
        ["xlsx"],
        key=key,
        on_change=_uploaded,
        args=(key,),
        help="A workbook in the form of the download, with the sheets `superpowers`, `families` and "
        "`relations`.",
    )
    return now


def _copy() -> None:
    try_change(lambda work: work.replaced("make a catalogue of my own", own=work.catalogue))


def _go_back() -> None:
    try_change(
        lambda work: work.replaced("go back to our catalogue", own=None), "Our catalogue counts again."
    )


def _uploaded(key: str) -> None:
    file = given(key)
    if file is None:
        return

    def change(work: Workspace) -> Workspace:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "catalogue.xlsx")
            path.write_bytes(file.getvalue())
            try:
                own = read_catalogue(path)
            except InputError as error:
                problems = [Problem(p.message, file.name, p.row, p.column) for p in error.problems]
                raise InputError.of(problems) from None
        return work.replaced(f"bring in {file.name}", own=own)

    try_change(change, f"{file.name} is read.")


def _edit_superpowers(now: Workspace) -> Workspace:
    catalogue = now.catalogue
    columns: dict[str, Any] = {
        "id": None,
        "name": st.column_config.TextColumn(width="medium", pinned=True, default=""),
        "family": st.column_config.SelectboxColumn(
            options=[family.name for family in catalogue.families], width="small"
        ),
        "also called": st.column_config.MultiselectColumn(
            options=sorted({alias for s in catalogue.superpowers for alias in s.aliases}),
            accept_new_options=True,
            default=[],
            width="medium",
        ),
        "brings": st.column_config.TextColumn(width="large", default=""),
        "too much of it": st.column_config.TextColumn(width="large", default=""),
    }

    def frame(sheet: Any) -> Any:
        made = text_frame(sheet)
        with_column(made, "family", choices_of(made["family"]))
        with_column(made, "also called", lists(made["also called"]))
        return made

    return edit_table(
        "own_superpowers",
        now,
        frame,
        lambda _: columns,
        alt="Your superpowers; editable",
        numbered=True,
        told=_gone,
    )


def _gone(before: Workspace, after: Workspace) -> str:
    lost = len(before.catalogue.relations) - len(after.catalogue.relations)
    return f"{counted(lost, 'relation')} of what was removed went with it." if lost > 0 else ""


def _edit_relations(now: Workspace) -> Workspace:
    catalogue = now.catalogue
    names = [superpower.name for superpower in catalogue.superpowers]
    columns: dict[str, Any] = {
        "superpower": st.column_config.SelectboxColumn(options=names, width="medium"),
        "and": st.column_config.SelectboxColumn(options=names, width="medium"),
        "relation": st.column_config.SelectboxColumn(
            options=[str(kind) for kind in Kind], width=130, default=str(Kind.COMPLEMENT)
        ),
        "strength": st.column_config.SelectboxColumn(options=["1", "2", "3"], width=100, default="1"),
        "why": st.column_config.TextColumn(width="large", default=""),
        "never in a duo": st.column_config.CheckboxColumn(width="small", default=False),
        "softened by": st.column_config.SelectboxColumn(options=names, width="small"),
    }

    def frame(sheet: Any) -> Any:
        made = text_frame(sheet)
        for title in ("superpower", "and", "relation", "strength", "softened by"):
            with_column(made, title, choices_of(made[title]))
        with_ticks(made, "never in a duo", made["never in a duo"])
        return made

    return edit_table(
        "own_relations",
        now,
        frame,
        lambda _: columns,
        alt="How your superpowers relate; editable",
        numbered=True,
    )
