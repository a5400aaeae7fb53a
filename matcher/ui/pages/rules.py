"""Frictions and rules."""

from __future__ import annotations

import streamlit as st

from matcher.ui.parts.bring_in import offer_rules_file
from matcher.ui.parts.messages import show_message, show_notes
from matcher.ui.parts.need_roster import need_roster
from matcher.ui.parts.repair import show_problems
from matcher.ui.parts.rules_tables import edit_frictions, edit_rules
from matcher.ui.parts.suggestions import offer_suggestions
from matcher.ui.parts.undo import offer_undo, title_with_room
from matcher.ui.state import workspace

beside = title_with_room("Frictions and rules")
now = workspace()
need_roster(now)
show_message()
offer_suggestions(now)

st.subheader("Frictions")
st.markdown(
    "Two people who do not work well together. **Never** is a rule: they will not share a group. **Avoid** "
    "lowers the score of a group that has both. Frictions and their notes stay in your copy of a plan."
)
now = edit_frictions(now)
show_problems(now.found_frictions.problems, "the frictions", now, "frictions")
show_notes(now.found_frictions.notes)

st.subheader("Rules")
st.markdown(
    "**apart**: none of these people share a group. **together**: they share one. **pin**: they are in "
    "the group of this name, such as *Team 1*. **at least** and **at most**: so many of a kind in a group, "
    "or in *every group*."
)
now = edit_rules(now)
show_problems(now.found_rules.problems, "the rules", now, "rules")
show_notes(now.found_rules.notes)
offer_rules_file(now)
offer_undo(now, beside)
