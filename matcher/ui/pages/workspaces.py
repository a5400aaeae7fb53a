"""Workspaces: those that this browser has opened, and what can be done with each as a whole."""

from __future__ import annotations

import streamlit as st

from matcher.ui.parts.messages import show_message
from matcher.ui.parts.workspace_list import offer_import, offer_new, show_archived, show_workspaces
from matcher.ui.state import workspaces

row = st.container(horizontal=True, vertical_alignment="center")
row.title("Workspaces", width="stretch")
mine = workspaces()
with row:
    offer_new()
show_message()
st.markdown(
    "A workspace holds a roster with all that belongs to it: rules, plans, rounds. Everything is kept as it "
    "is entered. Whoever has a workspace’s link can open it; give it only to those who may see it all."
)
show_workspaces([entry for entry in mine if entry.archived is None])
show_archived([entry for entry in mine if entry.archived is not None])
offer_import()
