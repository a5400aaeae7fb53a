"""Plan: the board."""

from __future__ import annotations

import streamlit as st

from matcher.ui.jobs import JobState
from matcher.ui.parts.again import offer_way_back, show_moved
from matcher.ui.parts.board import ASK, GROUPS, NAME, choose_order, choose_view, show_board
from matcher.ui.parts.conflict import show_failure, show_given_up
from matcher.ui.parts.downloads import choose_copy, offer_downloads
from matcher.ui.parts.live import follow
from matcher.ui.parts.messages import show_message
from matcher.ui.parts.need_plan import need_plan, show_whether_current
from matcher.ui.parts.questions import ask_about_plan
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
show_message()
if look.error is not None:
    show_failure(look, now.run)
    offer_way_back(now)
elif look.plan is not None:
    plan = look.plan
    show_given_up(look)
    show_whether_current(look, now)
    show_verdict(plan, stopped=look.state is JobState.STOPPED)
    numbers = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        audience = choose_copy("plan_copy")
        view = choose_view() if audience == "manager" else GROUPS
        order = choose_order() if audience == "manager" and view == GROUPS else NAME
        if audience == "manager":
            offer_way_back(now)
    with numbers:
        show_numbers(plan, audience)
    offer_downloads(plan, audience)
    if audience == "manager":
        show_moved(plan, look.asked.again)
    show_absent(plan)
    if view == ASK:
        ask_about_plan(plan, look, now)
    else:
        show_board(plan, audience, order)
        show_rules(plan, audience)
        if audience == "manager":
            show_settings(plan)
            show_chance(plan)
