"""The board: each duo or team a card."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.ui.markup import badge, bullets, plain
from matcher.ui.parts.families import superpower_badges
from matcher.ui.parts.summary import show_goals

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Group, Plan

GROUPS, ASK = "The groups", "Ask, or change a little"
WORST, NAME = "Worst first", "By name"


def choose_view() -> str:
    """Ask whether the groups are shown, or questions about them."""
    chosen = st.segmented_control("Show", [GROUPS, ASK], default=GROUPS, required=True, key="plan_view")
    return chosen or GROUPS


def choose_order() -> str:
    """Ask in which order groups are shown."""
    chosen = st.segmented_control("Order", [WORST, NAME], default=WORST, required=True, key="board_order")
    return chosen or WORST


def show_board(plan: Plan, audience: Audience, order: str) -> None:
    """Show every group."""
    groups = sorted(plan.groups, key=lambda g: g.score) if order == WORST else plan.groups
    columns, width = (3, 300) if plan.kind is PlanKind.DUOS else (2, 420)
    with st.grid(columns, min_column_width=width):
        for group in groups:
            with st.container(border=True, height="stretch"):
                _card(plan, group, audience)


def _card(plan: Plan, group: Group, audience: Audience) -> None:
    whole = audience == "manager"
    fits = [plan.fit(a, b) for a, b in combinations(group.members, 2)]
    marks = badge(f"score {group.score:.0f}", _colour(group.score)) if whole else ""
    if whole and len(fits) == 1:
        marks += " " + badge(f"fit {fits[0]}", "gray")
    st.markdown(f"#### {plain(group.name)} {marks}", anchors=False)
    _show_members(plan, group)
    st.markdown(f"**Why**\n\n{bullets(group.told_why(audience))}")
    if not whole:
        st.markdown(f"**To begin with**\n\n{bullets(group.told_talk(audience))}")
        return
    if group.points:
        private = ":small[:material/lock: only in your copy]"
        st.markdown(f"**To talk about** {private}\n\n{bullets(group.talk_about)}")
    show_goals(group.goals, width=103)
    if len(fits) > 1:
        with st.expander("Fit of each pair"):
            st.markdown(_pairs(plan, group))


def _show_members(plan: Plan, group: Group) -> None:
    by_key = {m.key: m for m in plan.brief.roster.members}

    def show(keys: Sequence[str]) -> None:
        lines = []
        for key in keys:
            superpowers = by_key[key].superpowers
            labels = superpower_badges(superpowers, plan.brief.roster.catalogue) or ":gray[no superpower yet]"
            lines.append(f"**{plain(plan.brief.name(plan.brief.indices[key]))}** {labels}")
        st.markdown("\n\n".join(lines))

    if not group.buddies:
        show(group.members)
        return
    st.caption(":material/handshake: Buddies share a box")
    for pair in group.buddies:
        with st.container(border=True):
            show(pair)


def _pairs(plan: Plan, group: Group) -> str:
    names = {key: plan.brief.name(plan.brief.indices[key]) for key in group.members}
    pairs = sorted(((plan.fit(a, b), a, b) for a, b in combinations(group.members, 2)), reverse=True)
    return "\n".join(f"- {fit} · {plain(names[a])} and {plain(names[b])}" for fit, a, b in pairs)


def _colour(score: float) -> str:
    return "green" if score >= 70 else "orange" if score >= 45 else "red"
