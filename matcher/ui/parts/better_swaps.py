"""The best swaps that lift a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.figures import figure
from matcher.ui.markup import plain
from matcher.ui.parts.edit_by_hand import Shown, apply, present_draft, show_effect, told
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft
    from matcher.plan.swaps import Offer

SWAPS = "Better swaps"
OFFERS = 3


def offer_swaps(now: Workspace) -> None:
    """Ask for a group, the weakest unless another is chosen, and show the best swaps that lift it."""
    from matcher.plan.swaps import best_swaps

    draft = present_draft(now)
    ordered = sorted((g for g in draft.groups if g.score is not None), key=lambda g: g.score or 0.0)
    scores = {group.name: group.score or 0.0 for group in ordered}
    if st.session_state.get("swaps_group") not in scores:
        st.session_state["swaps_group"] = ordered[0].name
    name = st.selectbox(
        "Group to lift",
        list(scores),
        format_func=lambda name: f"{name} · score {figure(scores[name], 0)}" if name in scores else "",
        key="swaps_group",
        help="The weakest comes first.",
    )
    offers = best_swaps(draft, name, OFFERS)
    if not offers:
        st.info(
            f"No swap lifts {plain(name)} without breaking a rule. "
            "Unlock somebody, choose another group, or form the rest again."
        )
        return
    for number, offer in enumerate(offers):
        _show(draft, offer, number, now.run)


def _show(draft: PlanDraft, offer: Offer, number: int, run: str) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{plain(offer.words)}**", width="content")
            st.button(
                "Apply",
                key=f"swap_{number}",
                icon=":material/check:",
                type="primary" if number == 0 else "secondary",
                on_click=apply,
                args=(_to(offer), Shown(run, offer.draft.steps)),
            )
        groups = [f"{plain(group.name)} {told(group.score)}" for group in offer.effect.groups]
        st.markdown(" · ".join([f"The plan {told(offer.effect.score)}", *groups]))
        with st.expander("What it does to each goal"):
            show_effect(draft, offer.draft)


def _to(offer: Offer) -> Callable[[PlanDraft], PlanDraft]:
    """Return the edits of an offer."""
    return lambda draft: draft.replay([offer.draft.steps[-1].parts])


def show_locks(now: Workspace) -> None:
    """Ask which groups and members stay, whatever is changed or formed again."""
    draft = present_draft(now)
    names = {member.key: draft.brief.name(i) for i, member in enumerate(draft.brief.members)}
    groups = [group.name for group in draft.groups]
    st.session_state["locked_groups"] = [name for name in groups if name in draft.locked_groups]
    st.session_state["locked_members"] = [key for key in names if key in draft.locked_members]
    with st.expander("Who and what stays", icon=":material/lock:"), st.grid(2, min_column_width=260):
        st.multiselect(
            "Groups that keep their members",
            groups,
            key="locked_groups",
            placeholder="Choose groups",
            on_change=_lock,
        )
        st.multiselect(
            "Members who stay in their group",
            list(names),
            format_func=lambda key: names.get(key, key),
            key="locked_members",
            placeholder="Choose people",
            on_change=_lock,
        )


def _lock() -> None:
    groups, members = st.session_state["locked_groups"], st.session_state["locked_members"]
    apply(lambda draft: with_locks(draft, groups, members))


def with_locks(draft: PlanDraft, groups: list[str], members: list[str]) -> PlanDraft:
    """Return the draft with exactly these groups and members locked."""
    for name in draft.locked_groups.difference(groups):
        draft = draft.unlock_group(name)
    for key in draft.locked_members.difference(members):
        draft = draft.unlock_member(key)
    for name in set(groups) - draft.locked_groups:
        draft = draft.lock_group(name)
    for key in set(members) - draft.locked_members:
        draft = draft.lock_member(key)
    return draft
