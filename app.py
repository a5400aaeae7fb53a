"""The pages, in the order of the work."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Duos and teams", page_icon="🧩", layout="wide")

st.navigation(
    [
        st.Page("matcher/ui/pages/people.py", title="People", icon=":material/group:", default=True),
        st.Page("matcher/ui/pages/superpowers.py", title="Superpowers", icon=":material/bolt:"),
        st.Page("matcher/ui/pages/rules.py", title="Frictions and rules", icon=":material/rule:"),
        st.Page("matcher/ui/pages/form.py", title="Form", icon=":material/diversity_3:"),
        st.Page("matcher/ui/pages/plan.py", title="Plan", icon=":material/dashboard:"),
        st.Page("matcher/ui/pages/rounds.py", title="Rounds", icon=":material/history:"),
    ],
    position="top",
).run()
