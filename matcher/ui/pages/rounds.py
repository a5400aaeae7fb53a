"""Rounds: plans that were really used, who has met whom in them, and the rounds to come."""

from __future__ import annotations

import streamlit as st

from matcher.ui.parts.messages import show_message
from matcher.ui.parts.need_roster import need_roster
from matcher.ui.parts.rounds import (
    AHEAD,
    LEADS,
    LOOK_BACK,
    MET,
    choose_view,
    offer_history_files,
    offer_to_use,
    show_rounds,
)
from matcher.ui.parts.undo import offer_undo, title_with_room
from matcher.ui.state import workspace
from matcher.work.server import server

now = workspace()
beside = title_with_room("Rounds")
need_roster(now)
show_message()
view = choose_view()
if view == MET:
    from matcher.ui.parts.met import show_met  # loads the charts, which the other views do without

    show_met(now)
elif view == LOOK_BACK:
    from matcher.ui.parts.look_back import look_back

    look_back(now)
elif view == LEADS:
    from matcher.ui.parts.leading import show_leading

    show_leading(now)
elif view == AHEAD:
    from matcher.ui.parts.rotation import plan_ahead

    plan_ahead(now)
else:
    st.markdown(
        "Plans that were really used, the latest first. The page Form asks whether the next one brings other "
        "people together (**Rotate**) or the same; recent rounds count more."
    )
    look = server().jobs.look(now.run) if now.run else None
    if look is not None and look.plan is not None:
        offer_to_use(look.plan, now)
    if now.rounds:
        show_rounds(now)
    else:
        st.info("There is no past round yet. Bring in a file, or mark a plan as used once there is one.")
    offer_history_files(now)
offer_undo(now, beside)
