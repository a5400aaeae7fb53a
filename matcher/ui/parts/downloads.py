"""A plan to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from matcher.files import duos_csv, plan_csv, plan_json
from matcher.people.brief import PlanKind

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Plan

COPIES: dict[Audience, str] = {"manager": "My copy", "team": "The team's copy"}


def choose_copy(key: str) -> Audience:
    """Ask for whom the copy is."""
    return st.segmented_control(
        "Copy",
        list(COPIES),
        format_func=lambda audience: COPIES[audience],
        default="manager",
        required=True,
        key=key,
        help="The team's copy says what each person brings and why the group works: "
        "no friction, no note, no score.",
    )


def offer_downloads(plan: Plan, audience: Audience) -> None:
    """Show the buttons that download a plan."""
    copy = "" if audience == "manager" else "-for-the-team"
    files: list[tuple[str, Callable[[Plan, Audience], bytes], str, str]] = [
        ("Download the plan (CSV)", plan_csv, f"plan{copy}.csv", "text/csv"),
        ("Download the plan (JSON)", plan_json, f"plan{copy}.json", "application/json"),
    ]
    if plan.kind is PlanKind.DUOS:
        files.insert(1, ("Download the duos (CSV)", duos_csv, f"duos{copy}.csv", "text/csv"))
    with st.container(horizontal=True):
        for label, write, file_name, mime in files:
            st.download_button(
                label,
                data=partial(write, plan, audience),
                file_name=file_name,
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )
