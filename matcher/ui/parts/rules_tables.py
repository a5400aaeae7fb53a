"""Frictions and rules in editable tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from matcher.files.rules import WORDS
from matcher.people.friction import Severity
from matcher.rules.needs import EVERY_GROUP
from matcher.ui.frames import choices, lists, sheet_of, text_frame
from matcher.ui.parts.editor import edit_table
from matcher.ui.state import keep
from matcher.ui.workspace import FRICTIONS_TABLE, RULES_TABLE, Workspace


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
    edited = edit_table(
        "frictions",
        now.version,
        lambda: _friction_frame(now),
        columns,
        alt="Pairs of people who do not work well together; editable",
    )
    changed = sheet_of(edited, FRICTIONS_TABLE, "severity")
    before = sheet_of(_friction_frame(now), FRICTIONS_TABLE, "severity")
    return now if changed.same(before) else keep(frictions=changed)


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
    edited = edit_table(
        "rules", now.version, lambda: _rule_frame(now), columns, alt="Rules that every plan keeps; editable"
    )
    changed = sheet_of(edited, RULES_TABLE)
    return now if changed.same(sheet_of(_rule_frame(now), RULES_TABLE)) else keep(rules=changed)


def _friction_frame(now: Workspace) -> pd.DataFrame:
    frame = text_frame(now.plain_frictions)
    for title in ("member a", "member b"):
        frame[title] = choices(now.called(cell) for cell in frame[title])
    frame["severity"] = choices(cell.casefold() for cell in frame["severity"])
    return frame


def _rule_frame(now: Workspace) -> pd.DataFrame:
    frame = text_frame(now.plain_rules)
    frame["rule"] = choices(cell.casefold() for cell in frame["rule"])
    frame["who"] = lists(frame["who"], now.called)
    return frame
