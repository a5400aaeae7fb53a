"""Reading and writing: the only place that knows column names, encodings and formats.

Everything is loaded when it is first used: a check of a roster needs no solver and no PDF.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.files.bundle import Bundle, load_bundle
    from matcher.files.catalogues import default_catalogue, read_catalogue
    from matcher.files.references.frictions import load_frictions, read_frictions
    from matcher.files.references.needs import checked_need
    from matcher.files.references.networks import load_networks, read_networks
    from matcher.files.references.projects import load_projects, read_projects
    from matcher.files.references.rounds import (
        load_history,
        load_plan,
        read_history,
        read_plan,
        rounds_apart,
    )
    from matcher.files.references.rules import load_rules, read_rules
    from matcher.files.reports.texts import chat_text, chat_texts, meeting_ics
    from matcher.files.rosters.reader import load_roster, read_roster
    from matcher.files.rosters.reading import Fact, RosterRead, RosterReading, Suggestion, Unknown
    from matcher.files.tables.choices import Choices
    from matcher.files.tables.columns import ColumnMeaning
    from matcher.files.tables.source import read_table
    from matcher.files.tables.table import Reading, Row, Table
    from matcher.files.writing import (
        duos_csv,
        plan_csv,
        plan_html,
        plan_json,
        plan_pdf,
        plan_xlsx,
        write_plan,
        write_roster,
    )

__all__ = [
    "Bundle",
    "Choices",
    "ColumnMeaning",
    "Fact",
    "Reading",
    "RosterRead",
    "RosterReading",
    "Row",
    "Suggestion",
    "Table",
    "Unknown",
    "chat_text",
    "chat_texts",
    "checked_need",
    "default_catalogue",
    "duos_csv",
    "load_bundle",
    "load_frictions",
    "load_history",
    "load_networks",
    "load_plan",
    "load_projects",
    "load_roster",
    "load_rules",
    "meeting_ics",
    "plan_csv",
    "plan_html",
    "plan_json",
    "plan_pdf",
    "plan_xlsx",
    "read_catalogue",
    "read_frictions",
    "read_history",
    "read_networks",
    "read_plan",
    "read_projects",
    "read_roster",
    "read_rules",
    "read_table",
    "rounds_apart",
    "write_plan",
    "write_roster",
]

_HOMES = {
    "matcher.files.bundle": {"Bundle", "load_bundle"},
    "matcher.files.catalogues": {"default_catalogue", "read_catalogue"},
    "matcher.files.tables.choices": {"Choices"},
    "matcher.files.tables.columns": {"ColumnMeaning"},
    "matcher.files.references.frictions": {"load_frictions", "read_frictions"},
    "matcher.files.references.needs": {"checked_need"},
    "matcher.files.references.networks": {"load_networks", "read_networks"},
    "matcher.files.references.projects": {"load_projects", "read_projects"},
    "matcher.files.reports.texts": {"chat_text", "chat_texts", "meeting_ics"},
    "matcher.files.rosters.reading": {"Fact", "RosterRead", "RosterReading", "Suggestion", "Unknown"},
    "matcher.files.rosters.reader": {"load_roster", "read_roster"},
    "matcher.files.references.rounds": {
        *("load_history", "load_plan", "read_history", "read_plan", "rounds_apart"),
    },
    "matcher.files.references.rules": {"load_rules", "read_rules"},
    "matcher.files.tables.source": {"read_table"},
    "matcher.files.tables.table": {"Reading", "Row", "Table"},
    "matcher.files.writing": {
        *("duos_csv", "plan_csv", "plan_html", "plan_json", "plan_pdf", "plan_xlsx"),
        *("write_plan", "write_roster"),
    },
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
