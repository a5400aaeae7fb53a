"""Complementary duos and balanced teams from people's superpowers.

    roster = matcher.read_roster("people.csv")
    plan = matcher.form_duos(roster, seconds=10)
    plan.score, plan.bound, plan.groups[0].why

Everything is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher import solve
    from matcher.files import (
        Choices,
        load_roster,
        read_catalogue,
        read_frictions,
        read_history,
        read_networks,
        read_plan,
        read_projects,
        read_roster,
        read_rules,
        write_plan,
        write_roster,
    )
    from matcher.forming import form_duos, form_rounds, form_teams, score_plan, staff_projects
    from matcher.people.errors import InputError, RulesConflict
    from matcher.people.network import with_turns_to
    from matcher.plan.compare import compare
    from matcher.plan.draft import PlanDraft
    from matcher.plan.drafted import finished, form_rest
    from matcher.plan.insight import insight
    from matcher.plan.plan import Plan
    from matcher.plan.questions import alternatives, cost_of, price_of, reform, why_not
    from matcher.plan.swaps import best_swaps

__all__ = [
    "Choices",
    "InputError",
    "Plan",
    "PlanDraft",
    "RulesConflict",
    "alternatives",
    "best_swaps",
    "compare",
    "cost_of",
    "finished",
    "form_duos",
    "form_rest",
    "form_rounds",
    "form_teams",
    "insight",
    "load_roster",
    "price_of",
    "read_catalogue",
    "read_frictions",
    "read_history",
    "read_networks",
    "read_plan",
    "read_projects",
    "read_roster",
    "read_rules",
    "reform",
    "score_plan",
    "solve",
    "staff_projects",
    "why_not",
    "with_turns_to",
    "write_plan",
    "write_roster",
]

_HOMES = {
    "matcher.files": {name for name in __all__ if name.startswith(("read_", "write_", "load_"))}
    | {"Choices"},
    "matcher.forming": {"form_duos", "form_rounds", "form_teams", "score_plan", "staff_projects"},
    "matcher.people.errors": {"InputError", "RulesConflict"},
    "matcher.people.network": {"with_turns_to"},
    "matcher.plan.compare": {"compare"},
    "matcher.plan.draft": {"PlanDraft"},
    "matcher.plan.drafted": {"finished", "form_rest"},
    "matcher.plan.insight": {"insight"},
    "matcher.plan.plan": {"Plan"},
    "matcher.plan.questions": {"alternatives", "cost_of", "price_of", "reform", "why_not"},
    "matcher.plan.swaps": {"best_swaps"},
}


def __getattr__(name: str) -> object:
    if name == "solve":
        return import_module("matcher.solve")
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
