"""Form: duos, teams or projects, what matters, and the run while it is under way."""

from __future__ import annotations

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.ui.parts.ask import ask, choose_kind, present_sentence
from matcher.ui.parts.conflict import show_failure, show_given_up
from matcher.ui.parts.downloads import offer_downloads
from matcher.ui.parts.live import follow, is_there, lead_to_plan, show_plan_groups
from matcher.ui.parts.look_back import show_agreed
from matcher.ui.parts.messages import show_message
from matcher.ui.parts.need_plan import show_interrupted, show_whether_current
from matcher.ui.parts.need_roster import need_roster
from matcher.ui.parts.rotate import choose_whether_to_rotate
from matcher.ui.parts.suggestions import offer_suggestions
from matcher.ui.parts.summary import show_absent, show_verdict
from matcher.ui.state import workspace
from matcher.work.jobs import JobState

st.title("Form duos, teams or projects")
now = workspace()
roster = need_roster(now)
show_message()
now, kind = choose_kind(now, roster)
if kind is PlanKind.PROJECTS:
    # loads pandas, which duos and teams need not wait for
    from matcher.ui.parts.projects_table import edit_projects

    now = edit_projects(now, roster)
settings, result = st.columns([2, 3], gap="large")
with settings:
    st.caption(present_sentence(roster))
    now = choose_whether_to_rotate(now)
    offer_suggestions(now)
    show_agreed(now)
    ask(now, roster, kind)
    below_the_button = st.container()
with result:
    there = is_there(now.run)
    look = follow(now.run) if there else None
    if there:
        with below_the_button:  # the result is out of sight for whoever has scrolled down to the button
            lead_to_plan(look)
    if not there:
        st.info("Say what to form and what matters, then press the button. The first plan is there at once.")
    elif look is not None and look.error is not None:
        show_failure(look, now.run)
    elif look is not None and look.plan is not None:
        show_given_up(look)
        show_interrupted(look)
        show_whether_current(look, now)
        show_verdict(look.plan, stopped=look.state is JobState.STOPPED)
        st.page_link(
            "matcher/ui/pages/plan.py",
            label="Read the plan",
            icon=":material/arrow_forward:",
            width="content",
        )
        offer_downloads(look.plan, "manager")
        show_absent(look.plan)
        show_plan_groups(look.plan)
    elif look is not None and look.interrupted:
        show_interrupted(look)
    elif look is not None:
        st.info("Stopped before there was a plan.")
