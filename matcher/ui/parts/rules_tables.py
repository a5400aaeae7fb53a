"""Frictions and rules in editable tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from matcher.files.references.rules import WORDS
from matcher.people.friction import Severity
from matcher.rules.needs import EVERY_GROUP
from matcher.ui.frames import choices_of, lists, text_frame, with_column
from matcher.ui.parts.editor import edit_table
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace


def edit_frictions(now: Workspace) -> Workspace:
    """Show the table of frictions, and return the workspace with what was edited in it."""
    names = list(now.names.values())
    columns: dict[str, Any] = {
        "member a": st.column_config.SelectboxColumn(options=names, width="medium"),
        "member b": st.column_config.SelectboxColumn(options=names, width="medium"),
        "severity": st.column_config.SelectboxColumn(
            options=[str(s) for s in Severity], width="small", default=str(Severity.NEVER)
        ),
        "note": st.column_config.TextColumn("note (only for you)", width="large"),
    }
    return edit_table(
        "frictions",
        now,
        lambda sheet: _friction_frame(sheet, now),
        lambda _: columns,
        alt="Pairs of people who do not work well together; editable",
        chosen_for_them="severity",
    )


def edit_rules(now: Workspace) -> Workspace:
    """Show the table of rules, and return the workspace with what was edited in it."""
    columns: dict[str, Any] = {
        "rule": st.column_config.SelectboxColumn(options=list(WORDS), width="small"),
        "who": st.column_config.MultiselectColumn(
            options=[*now.names.values(), EVERY_GROUP], accept_new_options=True, width="large", default=[]
        ),
        "value": st.column_config.TextColumn(
            width="medium",
            help="For pin: the group, such as Team 1. For at least and at most: superpower=empathy:1, "
            "family=people:1, or a column of the roster, such as seniority=Junior:2.",
        ),
    }
    return edit_table(
        "rules",
        now,
        lambda sheet: _rule_frame(sheet, now),
        lambda _: columns,
        alt="Rules that every plan keeps; editable",
    )


def _friction_frame(sheet: Sheet, now: Workspace) -> pd.DataFrame:
    frame = text_frame(sheet)
    for title in ("member a", "member b"):
        with_column(frame, title, choices_of(now.called(cell) for cell in frame[title]))
    with_column(frame, "severity", choices_of(cell.casefold() for cell in frame["severity"]))
    return frame


def _rule_frame(sheet: Sheet, now: Workspace) -> pd.DataFrame:
    frame = text_frame(sheet)
    with_column(frame, "rule", choices_of(cell.casefold() for cell in frame["rule"]))
    with_column(frame, "who", lists(frame["who"], now.called))
    return frame
