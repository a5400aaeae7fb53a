"""What pages show before there is a roster."""

from __future__ import annotations

import streamlit as st

from matcher.people.roster import Roster
from matcher.ui.parts.bring_in import offer_samples
from matcher.ui.parts.repair import show_problems
from matcher.work.workspace import Workspace


def need_roster(now: Workspace) -> Roster:
    """Return the roster if there is one; otherwise say how to get one, and end the page."""
    if now.roster is not None:
        return now.roster
    if now.people is not None:
        show_problems(now.found_people.problems, "the roster", now)
    st.info(
        "There is nobody on the roster yet. Use a sample, or bring in your own people on the page People."
    )
    offer_samples(first=False)
    st.page_link("matcher/ui/pages/people.py", label="People", icon=":material/arrow_back:", width="content")
    st.stop()
