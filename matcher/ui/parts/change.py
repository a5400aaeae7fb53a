"""Changing the plan: by hand, by the best swaps, or by forming the rest again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from matcher.ui.parts.again import form_again
from matcher.ui.parts.better_swaps import SWAPS, offer_swaps, show_locks
from matcher.ui.parts.edit_by_hand import change_by_widgets
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

HAND, AGAIN = "Move or swap somebody", "Form the rest again"


def change_plan(plan: Plan, then: Workspace, now: Workspace) -> None:
    """Show the ways to change a plan.

    Parameters
    ----------
    plan
        The present plan.
    then, now
        The workspace when the plan was asked for, and as it is.
    """
    kinds = [HAND, SWAPS, AGAIN]
    if st.session_state.get("change_kind") not in kinds:
        st.session_state["change_kind"] = HAND
    kind = st.pills(
        "How to change it",
        kinds,
        required=True,
        key="change_kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    if kind == AGAIN:
        form_again(plan, then, now)
        return
    if kind == SWAPS:
        offer_swaps(now)
    else:
        change_by_widgets(plan, now)
    show_locks(now)
