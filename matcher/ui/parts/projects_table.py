"""Projects in an editable table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from matcher.people.roster import Roster
from matcher.ui.frames import choices_of, lists, text_frame, with_column
from matcher.ui.parts.editor import edit_table
from matcher.ui.parts.file_field import offer_table, show_how_read
from matcher.ui.parts.messages import show_notes
from matcher.ui.parts.repair import show_problems
from matcher.ui.parts.undo import offer_undo
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

FEW_VALUES = 12
"""A column of the roster with more values than this is none of kinds, and offers no needs."""


def edit_projects(now: Workspace, roster: Roster) -> Workspace:
    """Show the table of projects with all that is wrong in it; return the workspace with what was edited."""
    st.markdown(
        "Each project gets as many people as its **size** says, such as *5* or *4-6*, with its lead and its "
        "members among them. **Needs** are held by so many at least: *family=People:1* is one person or more "
        "with a superpower of that family. Everybody is placed."
    )
    names = list(now.names.values())
    columns: dict[str, Any] = {
        "project": st.column_config.TextColumn(width="medium", pinned=True),
        "size": st.column_config.TextColumn(width="small", help="A number or a range: 5 or 4-6."),
        "needs": st.column_config.MultiselectColumn(
            options=_needs(roster), accept_new_options=True, width="large", default=[]
        ),
        "lead": st.column_config.SelectboxColumn(options=names, width="medium"),
        "members": st.column_config.MultiselectColumn(
            options=names, accept_new_options=True, width="large", default=[], help="On it in any case."
        ),
    }
    now = edit_table(
        "projects",
        now,
        lambda sheet: _frame(sheet, now),
        lambda _: columns,
        alt="Projects that take people; editable",
    )
    show_problems(now.found_projects.problems, "the projects", now, "projects")
    show_notes(now.found_projects.notes)
    with st.expander("Bring in projects from a file", expanded=not now.projects.rows):
        offer_table(
            now,
            "projects",
            "Projects file",
            "CSV or Excel with a row for each project: `project`, `size` (5 or 4-6), `needs` "
            "(`superpower=empathy:1; seniority=Junior:2`), `lead`, `members` (names separated by `;`).",
        )
    show_how_read(now, "projects")
    offer_undo(now)
    return now


def _frame(sheet: Sheet, now: Workspace) -> pd.DataFrame:
    frame = text_frame(sheet)
    with_column(frame, "needs", lists(frame["needs"]))
    with_column(frame, "lead", choices_of(now.called(cell) for cell in frame["lead"]))
    with_column(frame, "members", lists(frame["members"], now.called))
    return frame


def _needs(roster: Roster) -> list[str]:
    """Return needs to choose from; another number, or another need, can be typed."""
    catalogue = roster.catalogue
    kinds = [f"family={family.name}:1" for family in catalogue.families]
    for column in roster.attributes:
        values = {value for m in roster.members if (value := m.attributes.get(column, "").strip())}
        kinds += [f"{column}={value}:1" for value in sorted(values) if len(values) <= FEW_VALUES]
    return [*kinds, *(f"superpower={superpower.name}:1" for superpower in catalogue.superpowers)]
