"""Plan: the board."""

from __future__ import annotations

import streamlit as st

from matcher.ui.jobs import JobState
from matcher.ui.parts.board import NAME, choose_order, show_board
from matcher.ui.parts.downloads import choose_copy, offer_downloads
from matcher.ui.parts.live import follow
from matcher.ui.parts.messages import show_error
from matcher.ui.parts.need_plan import need_plan, show_whether_current
from matcher.ui.parts.summary import (
    show_absent,
    show_chance,
    show_numbers,
    show_rules,
    show_settings,
    show_verdict,
)
from matcher.ui.state import workspace

st.title("Plan")
now = workspace()
look = need_plan(follow(now.run) if now.run else None, now)
if look.error is not None:
    show_error(look.error)
elif look.plan is not None:
    plan = look.plan
    show_whether_current(look, now)
    show_verdict(plan, stopped=look.state is JobState.STOPPED)
    numbers = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        audience = choose_copy("plan_copy")
        order = choose_order() if audience == "manager" else NAME
    with numbers:
        show_numbers(plan, audience)
    offer_downloads(plan, audience)
    show_absent(plan)
    show_board(plan, audience, order)
    show_rules(plan, audience)
    if audience == "manager":
        show_settings(plan)
        show_chance(plan)
