"""Ask the members: a link with which they tell their superpowers themselves."""

from __future__ import annotations

import streamlit as st

from matcher.people.errors import InputError
from matcher.ui.parts.members_answers import offer_to_take_over, show_answers
from matcher.ui.parts.members_link import offer_link, show_link, show_reach
from matcher.ui.parts.messages import show_error, show_message
from matcher.ui.parts.undo import offer_undo, title_with_room
from matcher.ui.state import workspace
from matcher.work.answers import links

now = workspace()
beside = title_with_room("Ask the members")
st.markdown(
    "Send your people a link. Each of them opens it on a phone, without an account, finds their own "
    "superpowers and, if you ask for it, says whom they turn to and whom they would rather not work with. "
    "Nothing changes here until you take the answers over."
)
show_message()
try:
    invitation, answers = links().invitation(now.id), links().answers(now.id)
except InputError as error:
    show_error(error)
    st.stop()
show_reach()
if invitation is None:
    offer_link(None, answers)
else:
    show_link(now, invitation, answers)
    show_answers(now, invitation, answers)
    offer_to_take_over(now, answers)
offer_undo(now, beside)
