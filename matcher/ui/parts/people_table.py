"""The members in an editable table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from matcher.files import write_roster
from matcher.ui.frames import PeopleColumns, people_frame
from matcher.ui.parts.editor import edit_table
from matcher.ui.parts.families import superpower_colours
from matcher.ui.state import try_change
from matcher.work.bringing import reading_of
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

MOST_UNCLEAR = 200
"""Texts that are no superpower and are offered in a column beside them, since the file says so."""


def edit_people(now: Workspace) -> Workspace:
    """Show the table, and return the workspace with what was edited in it."""
    return edit_table(
        "people",
        now,
        lambda start: people_frame(start, now.catalogue, now.brought.choices),
        lambda start: _columns(start, now),
        alt="The people on the roster, with their superpowers; editable",
        numbered=True,
    )


def _columns(sheet: Sheet, now: Workspace) -> dict[str, Any]:
    columns, catalogue = PeopleColumns.of(sheet, now.catalogue, now.brought.choices), now.catalogue
    names = [superpower.name for superpower in catalogue.superpowers]
    config: dict[str, Any] = {
        title: st.column_config.TextColumn(pinned=title == columns.name, default="") for title in sheet.header
    }
    config["_index"] = st.column_config.NumberColumn(
        "row", width=60, disabled=True, format="%d", help="As a spreadsheet counts: the header is row 1."
    )
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
        place = sheet.header.index(title)
        # a cell of which the text is no option looks empty
        unclear = {row[place] for row in sheet.rows if row[place] and not catalogue.recognise(row[place])}
        config[title] = st.column_config.SelectboxColumn(
            title, options=[*names, *sorted(unclear)[:MOST_UNCLEAR]], width="medium"
        )
    if columns.absent:
        config[columns.absent] = st.column_config.CheckboxColumn(
            columns.absent, width="small", default=False, help="Left out of plans on purpose; shown as such."
        )
    return config


def choose_ranked(now: Workspace) -> None:
    """Ask whether the order of a member's superpowers says which is the strongest."""
    key = f"ranked_{now.version}"

    def change() -> None:
        rank = bool(st.session_state[key])
        what = "rank the superpowers" if rank else "weigh all superpowers alike"
        try_change(lambda work: work.replaced(what, ranked=rank))

    reading = reading_of(now, now.brought) if now.brought.source else None
    if now.ranked and reading is not None and not reading.ordered:
        st.info(
            "The file does not say which of a person's superpowers is the strongest; its order of columns "
            "stands. Take the tick away below, and all of them weigh the same."
        )
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
