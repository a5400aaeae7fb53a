"""Plan: the board."""

from __future__ import annotations

import streamlit as st

from matcher.ui.parts.again import offer_way_back, show_moved
from matcher.ui.parts.board import ASK, CHANGE, COMPARE, GROUPS, PICTURES, choose_view, show_board
from matcher.ui.parts.bring_back import offer_plan_file, show_plan_file
from matcher.ui.parts.change import change_plan
from matcher.ui.parts.compare_plans import show_comparison
from matcher.ui.parts.conflict import show_failure, show_given_up
from matcher.ui.parts.downloads import choose_copy, offer_downloads
from matcher.ui.parts.edit_by_hand import offer_steps, show_by_hand, show_done, show_proposal
from matcher.ui.parts.live import follow
from matcher.ui.parts.look_back import show_agreed
from matcher.ui.parts.messages import show_message
from matcher.ui.parts.need_plan import need_plan, show_interrupted, show_whether_current
from matcher.ui.parts.pictures import show_pictures
from matcher.ui.parts.questions import ask_about_plan
from matcher.ui.parts.summary import (
    show_absent,
    show_briefly,
    show_open,
    show_rules,
    show_settings,
    show_verdict,
    show_whole,
)
from matcher.ui.state import workspace
from matcher.work.jobs import JobState

st.title("Plan")
now = workspace()
look = need_plan(follow(now.run) if now.run else None, now)
show_message()
if look.error is not None:
    show_failure(look, now.run)
    offer_way_back(now)
elif look.plan is not None:
    plan = look.plan
    remarks = st.container()
    show_verdict(plan, stopped=look.state is JobState.STOPPED)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        audience = choose_copy("plan_copy")
        manager = audience == "manager"
        view = choose_view() if manager else GROUPS
        if manager:
            offer_steps(now)
            offer_way_back(now)
    if manager:
        with remarks:
            show_given_up(look)
            show_plan_file(look)
            show_interrupted(look)
            show_whether_current(look, now)
        show_by_hand(plan, now)
        show_moved(plan, look.asked.again)
    show_absent(plan)
    if view == GROUPS:
        show_whole(plan, audience)
        if manager:
            show_open(plan)
            show_agreed(now)
        offer_downloads(plan, audience)
        show_board(plan, audience, now)
        show_rules(plan, audience)
        if manager:
            show_settings(plan)
    else:
        show_briefly(plan)
    if view == PICTURES:
        show_pictures(plan)
    elif view == CHANGE:
        change_plan(plan, look.asked, now)
    elif view == ASK:
        ask_about_plan(plan, look, now)
    elif view == COMPARE:
        show_comparison(plan, now)
        offer_plan_file(now)
    if manager:
        show_done()
        show_proposal(now)
