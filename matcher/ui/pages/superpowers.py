"""Superpowers: the catalogue, and how superpowers relate."""

from __future__ import annotations

import streamlit as st

from matcher.people.catalogue import BASES, Kind
from matcher.ui.parts.catalogue import show_missing, show_relations, show_superpowers
from matcher.ui.parts.messages import show_message
from matcher.ui.parts.own_catalogue import edit_catalogue
from matcher.ui.parts.roster_insight import know_the_roster
from matcher.ui.parts.undo import offer_undo, title_with_room
from matcher.ui.state import workspace

OWN = "Your own catalogue"

now = workspace()
beside = title_with_room("Superpowers")
st.markdown(
    "A superpower is an innate strength, not a skill. Some complete each other, some clash; each relation "
    "says how strong it is, why, and where it comes from."
)
show_message()
search = st.text_input(
    "Search",
    key="catalogue_search",
    type="search",
    placeholder="a superpower, a family, a person",
    live="300ms",
)
superpowers, relations, roster, own = st.tabs(
    ["Superpowers", "Relations", "Know the roster", OWN], key="superpowers_tab", on_change="rerun"
)
if own.open:
    with own:
        now = edit_catalogue(now)
with superpowers:
    if now.roster is not None:
        show_missing(now.roster)
    show_superpowers(now.catalogue, now.roster, search or "")
with relations:
    with st.container(horizontal=True):
        kinds = st.pills("Kind", list(Kind), selection_mode="multi", default=list(Kind), key="kinds")
        bases = st.pills("Basis", BASES, selection_mode="multi", default=BASES, key="bases")
    show_relations(now.catalogue, search or "", list(kinds), list(bases))
if roster.open:  # it scores the weakest group many times over, which nobody waits for who does not look
    with roster:
        know_the_roster(now)
offer_undo(now, beside)
