"""Whether the next groups bring other people together than the last ones did, or the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from matcher.ui.parts.rounds import shows
from matcher.ui.state import try_change
from matcher.work.choosing import GOAL, choices, with_choices
from matcher.work.settings import Settings
from matcher.work.workspace import Workspace

ROTATE, KEEP, EITHER = "Rotate", "Keep together", "Do not mind"
FRESH = f"{GOAL}fresh"
HIGH = "high"
"""How important it is to rotate, or to keep, to whoever chooses it here and has not said otherwise."""


def choose_whether_to_rotate(now: Workspace) -> None:
    """Ask what becomes of those who were together in past rounds: the goal *fresh* in plain words."""
    if not now.history:
        return
    st.segmented_control(
        "People who were together in past rounds",
        [ROTATE, KEEP, EITHER],
        key=shows("rotate", _chosen(now.settings)),
        required=True,
        on_change=_choose,
        help="Rotate: they are apart as far as rules and other goals allow, those of the last round before "
        "all. Keep together: they are together again. How much that matters is the goal Fresh below.",
    )


def _chosen(settings: Settings) -> str:
    if choices(settings, ["fresh"])[FRESH] == "off":
        return EITHER
    return KEEP if settings.keep else ROTATE


def _choose() -> None:
    choice = st.session_state["rotate"]

    def chosen(settings: Settings) -> dict[str, Any]:
        if choice == EITHER:
            return {FRESH: "off"}
        importance = choices(settings, ["fresh"])[FRESH]
        return {FRESH: HIGH if importance == "off" else importance, "keep": choice == KEEP}

    try_change(lambda now: replace(now, settings=with_choices(now.settings, chosen(now.settings), ["fresh"])))
