"""Reading and writing: the only place that knows column names, encodings and formats."""

from __future__ import annotations

from matcher.files.bundle import Bundle, load_bundle
from matcher.files.catalogues import default_catalogue, read_catalogue
from matcher.files.frictions import load_frictions, read_frictions
from matcher.files.projects import load_projects, read_projects
from matcher.files.rosters import RosterReading, Unknown, load_roster, read_roster
from matcher.files.rounds import load_history, load_plan, read_history, read_plan
from matcher.files.rules import checked_need, load_rules, read_rules
from matcher.files.source import read_table
from matcher.files.table import Reading, Row, Table
from matcher.files.writing import duos_csv, plan_csv, plan_json, write_plan, write_roster

__all__ = [
    "Bundle",
    "Reading",
    "RosterReading",
    "Row",
    "Table",
    "Unknown",
    "checked_need",
    "default_catalogue",
    "duos_csv",
    "load_bundle",
    "load_frictions",
    "load_history",
    "load_plan",
    "load_projects",
    "load_roster",
    "load_rules",
    "plan_csv",
    "plan_json",
    "read_catalogue",
    "read_frictions",
    "read_history",
    "read_plan",
    "read_projects",
    "read_roster",
    "read_rules",
    "read_table",
    "write_plan",
    "write_roster",
]
