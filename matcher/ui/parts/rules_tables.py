"""Frictions and rules in editable tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from matcher.files.columns import Columns, pieces
from matcher.files.frictions import COLUMNS as FRICTION_COLUMNS
from matcher.files.nearest import find_member
from matcher.files.rules import COLUMNS as RULE_COLUMNS
from matcher.files.rules import WORDS
from matcher.people.friction import Severity
from matcher.people.roster import UnknownMember
from matcher.rules.needs import EVERY_GROUP
from matcher.ui.frames import text
from matcher.ui.parts.editor import edit_table
from matcher.ui.sheets import Sheet
from matcher.ui.state import keep
from matcher.ui.workspace import FRICTIONS_TABLE, NO_FRICTIONS, NO_RULES, RULES_TABLE, Workspace


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
    changed = _sheet(edited, FRICTIONS_TABLE, "severity")
    before = _sheet(_friction_frame(now), FRICTIONS_TABLE, "severity")
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
    changed = _sheet(edited, RULES_TABLE)
    return now if changed.same(_sheet(_rule_frame(now), RULES_TABLE)) else keep(rules=changed)


def _friction_frame(now: Workspace) -> pd.DataFrame:
    found = Columns(now.frictions.table, FRICTION_COLUMNS)
    rows = [
        {title: cells[found.where[title]] if title in found else "" for title in NO_FRICTIONS.header}
        for cells in now.frictions.rows
    ]
    frame = pd.DataFrame(rows, columns=list(NO_FRICTIONS.header), dtype="str")
    for title in ("member a", "member b"):
        frame[title] = _choices([_name(cell, now) for cell in frame[title]])
    frame["severity"] = _choices([cell.casefold() for cell in frame["severity"]])
    return frame


def _rule_frame(now: Workspace) -> pd.DataFrame:
    found = Columns(now.rules.table, RULE_COLUMNS)
    if "rule" in found and "who" in found:
        rows = [
            {title: cells[found.where[title]] if title in found else "" for title in NO_RULES.header}
            for cells in now.rules.rows
        ]
    else:  # one row a member, with those it is kept apart from
        rows = [
            {"rule": "apart", "who": f"{cells[0]}; {other}", "value": ""}
            for cells in now.rules.rows
            for other in filter(None, cells[1:])
        ]
    frame = pd.DataFrame(rows, columns=list(NO_RULES.header), dtype="str")
    frame["rule"] = _choices([cell.casefold() for cell in frame["rule"]])
    who = [[_name(piece, now) for piece in pieces(cell)] for cell in frame["who"]]
    frame["who"] = pd.Series(who, index=frame.index, dtype="object")
    return frame


def _choices(cells: list[str]) -> pd.Series[Any]:
    return pd.Series([cell or None for cell in cells], dtype="object")


def _name(reference: str, now: Workspace) -> str:
    """Return what a member is called in choices; a reference that is unclear stays as it is."""
    if now.roster is None:
        return reference
    try:
        return now.names[find_member(reference, now.roster).key]
    except UnknownMember:
        return reference


def _sheet(frame: pd.DataFrame, name: str, chosen_for_them: str = "") -> Sheet:
    """Return an edited table as a sheet; a row with nothing but the cell that is chosen for it is blank."""
    rows = []
    for row in frame.to_dict("records"):
        cells = {str(title): text(cell) for title, cell in row.items()}
        entered = any(cell for title, cell in cells.items() if title != chosen_for_them)
        rows.append(tuple(cells.values()) if entered else ("",) * len(cells))
    return Sheet(name, tuple(str(title) for title in frame.columns), tuple(rows))
