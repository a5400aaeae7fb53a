"""Whether the next groups bring other people together than the last ones did, or the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from matcher.ui.parts.kept_fields import catch_up, kept_field
from matcher.work.choosing import GOAL, choices, with_choices
from matcher.work.settings import Settings
from matcher.work.workspace import Workspace

ROTATE, KEEP, EITHER = "Rotate", "Keep together", "Do not mind"
FRESH = f"{GOAL}fresh"
HIGH = "high"
"""How important it is to rotate, or to keep, to whoever chooses it here and has not said otherwise."""


def choose_whether_to_rotate(now: Workspace) -> Workspace:
    """Ask what becomes of those who were together in past rounds: the goal *fresh* in plain words.

    Return the workspace with what was chosen.
    """
    if not now.history:
        return now
    now = catch_up(now)
    st.segmented_control(
        "People who were together in past rounds",
        [ROTATE, KEEP, EITHER],
        required=True,
        help="Rotate: they are apart as far as rules and other goals allow, those of the last round before "
        "all. Keep together: they are together again. How much that matters is the goal Fresh below.",
        **kept_field("rotate", _chosen(now.settings), _choose),
    )
    return now


def _chosen(settings: Settings) -> str:
    if choices(settings, ["fresh"])[FRESH] == "off":
        return EITHER
    return KEEP if settings.keep else ROTATE


def _choose(now: Workspace, _: str, choice: str) -> Workspace:
    importance = choices(now.settings, ["fresh"])[FRESH]
    if choice == EITHER:
        chosen: dict[str, Any] = {FRESH: "off"}
    else:
        chosen = {FRESH: HIGH if importance == "off" else importance, "keep": choice == KEEP}
    return replace(now, settings=with_choices(now.settings, chosen, ["fresh"]))
