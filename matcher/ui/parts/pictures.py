"""The pictures of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.charts import Picture, families_picture, fits_picture, network_picture

if TYPE_CHECKING:
    from matcher.plan.plan import Group, Plan

FAMILIES, FITS, NETWORK = "Families", "Fits", "Network"
SHOWN = {FAMILIES: 24, FITS: 6, NETWORK: 6}
"""So many groups are shown unless others are chosen: more would be a carpet, not a picture."""

PEOPLE = 40
"""A heat map of fits has room for so many people."""


def show_pictures(plan: Plan) -> None:
    """Show a picture of the chosen groups, the worst unless others are chosen."""
    kinds = [FAMILIES, FITS, NETWORK]
    if st.session_state.get("picture_kind") not in kinds:
        st.session_state["picture_kind"] = FAMILIES
    kind = st.pills(
        "Picture",
        kinds,
        required=True,
        key="picture_kind",
        label_visibility="collapsed",
        persist_state="session",
    )
    kind = kind or FAMILIES
    room = SHOWN[kind] * (2 if plan.kind is PlanKind.DUOS else 1)
    groups = {group.name: group for group in sorted(plan.groups, key=lambda g: g.score) if group.members}
    chosen = st.multiselect(
        "Groups in the picture",
        list(groups),
        key="picture_groups",
        placeholder=f"the {room} weakest; choose others" if len(groups) > room else "all of them",
        max_selections=SHOWN[FAMILIES],
    )
    shown = [groups[name] for name in chosen if name in groups] or list(groups.values())[:room]
    if kind == FAMILIES:
        _show(families_picture(plan, shown))
        st.caption("The rank of the superpower by which a family is covered best; ✕ is missing.")
    elif kind == FITS:
        _show_fits(plan, shown)
    else:
        _show_networks(plan, shown)


def _show_fits(plan: Plan, groups: list[Group]) -> None:
    fitting: list[Group] = []
    people = 0
    for group in groups:
        people += len(group.members)
        if fitting and people > PEOPLE:
            break
        fitting.append(group)
    _show(fits_picture(plan, fitting))
    if len(fitting) < len(groups):
        st.caption(f"{counted(len(fitting), 'group')} of {len(groups)}: more people do not fit the picture.")
    st.caption("Blue fits, red clashes. Framed: in one group.")


def _show_networks(plan: Plan, groups: list[Group]) -> None:
    st.caption(
        "A solid line is a complement, the thicker the stronger; a dashed line is a clash, "
        "a dotted one a friction. :material/lock: Frictions are only in your copy."
    )
    with st.grid(3, min_column_width=280):
        for group in groups:
            with st.container(border=True):
                st.markdown(f"**{plain(group.name)}** · score {figure(group.score, 0)}")
                _show(network_picture(plan, group))


def _show(picture: Picture) -> None:
    st.altair_chart(picture.chart, alt=picture.alt)
    st.caption(plain(picture.short or picture.alt))
