"""The board: each duo or team a card, whose people can be moved and swapped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.ui.parts.better_swaps import SWAPS
from matcher.ui.parts.cards import cards_of, words_of
from matcher.ui.parts.edit_by_hand import Wish, apply, present_draft, propose
from matcher.ui.parts.families import family_legend
from matcher.ui.parts.find_member import choose_groups
from matcher.ui.parts.view import ask_for_view
from matcher.ui.parts.why import WHY, look_at
from matcher.work.server import server
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft
    from matcher.plan.effect import Fault
    from matcher.plan.plan import Audience, Plan

GROUPS, PICTURES, CHANGE, ASK, COMPARE = "The groups", "Pictures", "Change", "Ask", "Compare"
BOARD = "board"
"""Key of the component."""

_HERE = Path(__file__).parent / "board_component"
_component = st.components.v2.component(
    "matcher_board",
    html=(_HERE / "board.html").read_text(encoding="utf-8"),
    css=(_HERE / "board.css").read_text(encoding="utf-8"),
    js=(_HERE / "board.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def choose_view() -> str:
    """Ask what is shown of a plan."""
    return ask_for_view("plan_view", (GROUPS, PICTURES, CHANGE, ASK, COMPARE), label=True)


def show_board(plan: Plan, audience: Audience, now: Workspace) -> None:
    """Show the groups as cards: a page of them, or those that a search finds."""
    shown = choose_groups(plan, audience)
    whole = audience == "manager"
    st.markdown(family_legend(plan.brief.roster.catalogue))
    draft = present_draft(now) if whole else None
    locked = draft.locked_groups | draft.locked_members if draft else frozenset[str]()
    cards = cards_of(plan, shown.groups, audience, locked=locked, faults=_faults(draft), hits=shown.hits)
    _component(
        key=BOARD,
        data={
            "run": now.run,
            "editable": whole,
            "small": plan.kind is PlanKind.DUOS,
            "cards": cards,
            "words": words_of(plan.kind),
        },
        on_wish_change=_wished,
        on_act_change=_acted,
    )


def _faults(draft: PlanDraft | None) -> dict[str, tuple[Fault, ...]]:
    if draft is None or not draft.faults:
        return {}
    return {group.name: group.faults for group in draft.groups if group.faults}


@dataclass(frozen=True)
class Heard:
    """What the board reports, in the plan's own terms; empty where it said nothing that makes sense.

    Parameters
    ----------
    run, plan
        The plan that the board showed.
    what
        Which of its buttons was pressed, if any.
    member, other
        Keys of members.
    group
        Name of a group.
    """

    run: str
    plan: Plan
    what: str
    member: str
    other: str
    group: str


def heard(told: Any, find: Callable[[str], Plan | None]) -> Heard | None:
    """Return what the browser reports, or ``None``: it may come from an old page, or be made up.

    Parameters
    ----------
    told
        Whatever has come.
    find
        Gives the plan of a run, if there is one.
    """
    if not isinstance(told, Mapping):
        return None
    run = str(told.get("run", ""))
    if (plan := find(run)) is None:
        return None
    members, groups = [m.key for m in plan.brief.members], [group.name for group in plan.groups]

    def one(of: list[str], name: str) -> str:
        number = told.get(name)
        return of[number] if type(number) is int and 0 <= number < len(of) else ""

    what = str(told.get("what", ""))
    return Heard(run, plan, what, one(members, "member"), one(members, "other"), one(groups, "group"))


def _plan_of(run: str) -> Plan | None:
    look = server().jobs.look(run)
    return look.plan if look else None


def _wished() -> None:
    said = heard(st.session_state[BOARD].wish, _plan_of)
    if said and said.member and (said.other or said.group):
        propose(Wish(said.member, said.other, said.group), said.run)


def _acted() -> None:
    said = heard(st.session_state[BOARD].act, _plan_of)
    if said is None:
        return
    member, group = said.member, said.group
    if said.what == "lock" and group:
        apply(lambda draft: _toggled_group(draft, group))
    elif said.what == "lock member" and member:
        apply(lambda draft: _toggled_member(draft, member))
    elif said.what == "swaps" and group:
        st.session_state["plan_view"], st.session_state["change_kind"] = CHANGE, SWAPS
        st.session_state["swaps_group"] = group
    elif said.what in ("why", "why member") and (member or group):
        st.session_state["plan_view"], st.session_state["question_kind"] = ASK, WHY
        look_at(said.plan, group, member)


def _toggled_group(draft: PlanDraft, name: str) -> PlanDraft:
    return draft.unlock_group(name) if name in draft.locked_groups else draft.lock_group(name)


def _toggled_member(draft: PlanDraft, key: str) -> PlanDraft:
    return draft.unlock_member(key) if key in draft.locked_members else draft.lock_member(key)
