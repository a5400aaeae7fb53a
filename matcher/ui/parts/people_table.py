"""The members in an editable table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from matcher.files import write_roster
from matcher.ui.frames import people_frame, people_sheet
from matcher.ui.parts.editor import edit_table
from matcher.ui.parts.families import superpower_colours
from matcher.ui.sheets import PeopleColumns, Sheet
from matcher.ui.state import keep
from matcher.ui.workspace import PEOPLE_TABLE, Workspace


def edit_people(now: Workspace) -> Workspace:
    """Show the table, and return the workspace with what was edited in it."""
    sheet = now.people
    assert sheet is not None
    edited = edit_table(
        "people",
        now.version,
        lambda: people_frame(sheet, now.catalogue),
        _columns(sheet, now),
        alt="The people on the roster, with their superpowers; editable",
    )
    changed = people_sheet(edited, sheet, PEOPLE_TABLE)
    if changed.same(people_sheet(people_frame(sheet, now.catalogue), sheet, PEOPLE_TABLE)):
        return now
    return keep(people=changed)


def _columns(sheet: Sheet, now: Workspace) -> dict[str, Any]:
    columns, catalogue = PeopleColumns.of(sheet), now.catalogue
    names = [superpower.name for superpower in catalogue.superpowers]
    config: dict[str, Any] = {
        title: st.column_config.TextColumn(pinned=title == columns.name, default="") for title in sheet.header
    }
    if columns.superpowers:
        config[columns.superpowers] = st.column_config.MultiselectColumn(
            columns.superpowers,
            options=names,
            color=superpower_colours(catalogue),
            accept_new_options=True,
            width="large",
            help="The strongest first.",
            default=[],
        )
    for title in columns.ranks:
        config[title] = st.column_config.SelectboxColumn(title, options=names, width="medium")
    config[columns.absent] = st.column_config.CheckboxColumn(
        columns.absent, width="small", default=False, help="Left out of plans on purpose; shown as such."
    )
    return config


def choose_ranked(now: Workspace) -> None:
    """Ask whether the order of a member's superpowers says which is the strongest."""
    key = f"ranked_{now.version}"

    def change() -> None:
        keep(ranked=bool(st.session_state[key]))

    st.checkbox(
        "Superpowers are ranked, the strongest first",
        value=now.ranked,
        key=key,
        on_change=change,
        help="If not, all of a person's superpowers weigh the same; otherwise the first weighs most, the "
        "second and third less, and later ones are not scored.",
    )


def offer_roster(now: Workspace) -> None:
    """Show the button that downloads the roster as it stands."""
    if now.roster is not None:
        roster = now.roster
        st.download_button(
            "Download the roster (CSV)",
            data=lambda: write_roster(roster),
            file_name="roster.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def show_numbers(now: Workspace) -> None:
    """Show what the roster amounts to."""
    roster = now.roster
    if roster is None:
        return
    held = {s for m in roster.present for s in m.superpowers}
    families = {roster.catalogue.family_of(s) for s in held}
    numbers = {
        "People": str(len(roster.members)),
        "Present": str(len(roster.present)),
        "Superpowers held": f"{len(held)} of {len(roster.catalogue.superpowers)}",
        "Families": f"{len(families)} of {len(roster.catalogue.families)}",
    }
    with st.grid(4, min_column_width=130):
        for label, value in numbers.items():
            st.metric(label, value, border=True)
