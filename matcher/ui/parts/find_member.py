"""Which groups the board shows: found by a word, in an order, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.names import counted, fold
from matcher.plan.open_points import open_points

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Group, Plan

WORST, NAME, SIZE = "Worst first", "By name", "By size"
PAGE = 12
"""So many cards a page has room for before a browser becomes slow and a manager lost."""


@dataclass(frozen=True)
class Shown:
    """The groups on the page, and the members whom a search has found."""

    groups: tuple[Group, ...]
    hits: frozenset[str]
    found: int


def ordered(groups: Sequence[Group], order: str) -> list[Group]:
    """Return groups in the order that a manager chose; those alike stay in the plan's own."""
    if order == WORST:
        return sorted(groups, key=lambda group: group.score)
    if order == SIZE:
        return sorted(groups, key=lambda group: -len(group.members))
    return list(groups)


def found(plan: Plan, groups: Sequence[Group], text: str) -> tuple[list[Group], frozenset[str]]:
    """Return the groups that a text finds by their name, a member's or a superpower, and whom it finds."""
    word = fold(text)
    if not word:
        return list(groups), frozenset()
    named = [group for group in groups if fold(group.name) == word]
    if named:
        return named, frozenset()  # “Team 1” is not “Team 12” too
    by_id = plan.brief.roster.catalogue.by_id
    powers = {id_ for id_, superpower in by_id.items() if fold(superpower.name).startswith(word)}
    hits = frozenset(
        member.key
        for member in plan.brief.members
        if word in fold(member.name) or word in fold(member.key) or powers.intersection(member.superpowers)
    )
    return [g for g in groups if word in fold(g.name) or hits.intersection(g.members)], hits


def choose_groups(plan: Plan, audience: Audience) -> Shown:
    """Ask for a word, an order and a page; return what is to be shown."""
    orders = [WORST, NAME, SIZE] if audience == "manager" else [NAME]
    if st.session_state.get("board_order") not in orders:
        st.session_state["board_order"] = orders[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Find somebody or a group",
            key="board_find",
            type="search",
            placeholder="Name, group or superpower",
            live=True,
            width=320,
        )
        if len(orders) > 1:
            st.segmented_control("Order", orders, required=True, key="board_order")
            st.toggle("Only where something is open", key="board_open")
    groups, hits = found(plan, ordered(plan.groups, st.session_state["board_order"]), text)
    if not groups:
        st.info("Nobody and no group is called that; try a part of the name.")
    elif len(orders) > 1 and st.session_state["board_open"]:
        groups = [group for group in groups if open_points(plan, group)]
        if not groups:
            st.info("Nothing is open in these groups: no friction, no clash, no gap.")
    pages = -(-len(groups) // PAGE)
    page = 1
    if pages > 1:
        if not 1 <= st.session_state.get("board_page", 1) <= pages:
            st.session_state["board_page"] = 1
        with st.container(horizontal=True, vertical_alignment="center"):
            page = st.pagination(pages, key="board_page") or 1
            st.caption(f"{counted(len(groups), 'group')}, {PAGE} on a page")
    first = (page - 1) * PAGE
    return Shown(tuple(groups[first : first + PAGE]), hits, len(groups))
