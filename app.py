"""What `streamlit run` starts: the pages, in the order of the work, and the server around them."""

from __future__ import annotations

import streamlit as st

if __name__ == "__main__":  # run for a page, each time that something is pressed
    from matcher.ui.markup import plain
    from matcher.ui.state import workspace_name

    name = workspace_name()
    st.set_page_config(
        page_title=f"Duos and teams · {name}" if name else "Duos and teams", page_icon="🧩", layout="wide"
    )
    # a longer name would push its own page out of the row of pages
    short = name if len(name) <= 24 else f"{name[:23].rstrip()}…"
    here = f" · {plain(short)}" if name else ""

    st.navigation(
        [
            st.Page("matcher/ui/pages/people.py", title="People", icon=":material/group:", default=True),
            st.Page("matcher/ui/pages/members.py", title="Ask the members", icon=":material/forum:"),
            st.Page("matcher/ui/pages/superpowers.py", title="Superpowers", icon=":material/bolt:"),
            st.Page("matcher/ui/pages/rules.py", title="Frictions and rules", icon=":material/rule:"),
            st.Page("matcher/ui/pages/form.py", title="Form", icon=":material/diversity_3:"),
            st.Page("matcher/ui/pages/plan.py", title="Plan", icon=":material/dashboard:"),
            st.Page("matcher/ui/pages/rounds.py", title="Rounds", icon=":material/history:"),
            st.Page(
                "matcher/ui/pages/workspaces.py", title=f"Workspaces{here}", icon=":material/folder_open:"
            ),
        ],
        position="top",
    ).run()
else:  # imported by the server, once
    from matcher.ui.presses import keep_presses
    from matcher.ui.web.lifetime import lifespan
    from matcher.ui.web.routes import middleware, routes

    keep_presses()
    app = st.App(__file__, routes=routes(), middleware=middleware(), lifespan=lifespan)
