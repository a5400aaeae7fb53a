"""Forming again from the plan that is there: some groups stay, only so many people move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.ui.markup import plain
from matcher.ui.parts.ask import show_on_form
from matcher.ui.parts.edit_by_hand import present_draft
from matcher.ui.state import try_change
from matcher.work.runs import by_hand, go_back, plan_before, start_run
from matcher.work.settings import Again
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

MANY = 60
"""More groups than this are chosen from a list."""


def form_again(plan: Plan, then: Workspace, now: Workspace) -> None:
    """Ask which groups stay and how many people may move, and form with the tables as they are now."""
    st.caption(
        "Begins from this plan, with people, frictions, rules and rounds as they are now: also after "
        "somebody was added, or marked as absent."
    )
    names = [group.name for group in plan.groups]
    present = {m.key: m.name for m in now.roster.present} if now.roster else {}
    few = len(names) <= MANY
    lock, most, left_out = (f"again_{name}_{now.run}" for name in ("lock", "most", "absent"))
    absent = [key for key in then.settings.absent if key in present]
    draft = present_draft(now)
    stays = f"again_stay_{now.run}"

    def begin() -> None:
        said = st.session_state
        locked = [name for name in names if said[f"{lock}_{name}"]] if few else said[lock]
        settings = replace(then.settings, absent=tuple(said[left_out]))
        moving = None if said[most] is None else int(said[most])
        again = Again(plan, tuple(locked), moving, tuple(said[stays]))
        if try_change(lambda now: start_run(now, settings, again)):
            show_on_form(settings)

    with st.form("again", border=False):
        if few:
            st.markdown("Tick the groups that keep their members.")
            with st.grid(3, min_column_width=300, gap="xsmall"):
                for group in plan.groups:
                    who = " · ".join(plain(plan.brief.name(plan.brief.indices[k])) for k in group.members)
                    st.checkbox(
                        f"**{plain(group.name)}** {who}",
                        group.name in draft.locked_groups,
                        key=f"{lock}_{group.name}",
                        wrap=True,
                    )
        else:
            st.multiselect(
                "Groups that keep their members",
                names,
                [name for name in names if name in draft.locked_groups],
                key=lock,
                placeholder="Choose groups",
            )
        st.multiselect(
            "Members who stay in their group",
            list(present),
            [key for key in present if key in draft.locked_members],
            format_func=lambda key: present.get(key, key),
            key=stays,
            placeholder="Choose people",
        )
        with st.grid(2, min_column_width=240):
            st.number_input(
                "People who move, at most",
                0,
                max(1, len(present)),
                None,
                key=most,
                placeholder="as many as it takes",
                help="Who is in another group than before counts as moved; who is new does not.",
            )
            st.multiselect(
                "Absent this time",
                list(present),
                absent,
                format_func=lambda key: present.get(key, key),
                key=left_out,
                placeholder="Choose people",
            )
        st.form_submit_button("Form the rest again", icon=":material/replay:", on_click=begin)


def offer_way_back(now: Workspace) -> None:
    """Show the button that goes back to the plan before, if there is one."""
    former = plan_before(now)
    if former is None or former.plan is None:
        return
    label = "Drop all changes by hand" if by_hand(now) else "Go back to the plan before"

    def back() -> None:
        if changed := try_change(go_back, "This is the plan before."):
            show_on_form(changed.settings)

    st.button(
        label,
        icon=":material/history:",
        key=f"go_back_{now.run}",
        on_click=back,
        help=f"{str(former.plan.kind).capitalize()} with a score of {figure(former.plan.score)}.",
    )


def show_moved(plan: Plan, again: Again | None) -> None:
    """Say who is in another group than in the plan that this one began from."""
    if again is None:
        return
    before = {key: group.name for group in again.start.groups for key in group.members}
    indices = plan.brief.indices
    moved = [
        f"{plan.brief.name(indices[key])} ({before[key]} → {group.name})"
        for group in plan.groups
        for key in group.members
        if before.get(key, group.name) != group.name
    ]
    many = counted(len(moved), "person is", "people are")
    names = f": {listed(moved)}" if moved else ""
    st.caption(f"{many} in another group than in the plan before{plain(names)}.")
