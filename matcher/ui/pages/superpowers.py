"""Superpowers: the catalogue, and how superpowers relate."""

from __future__ import annotations

import streamlit as st

from matcher.people.catalogue import BASES, Kind
from matcher.ui.parts.catalogue import show_missing, show_relations, show_superpowers
from matcher.ui.state import workspace

now = workspace()
st.title("Superpowers")
st.markdown(
    "A superpower is an innate strength, not a skill. Some complete each other, some clash; each relation "
    "says how strong it is, why, and where it comes from."
)
search = st.text_input(
    "Search",
    key="catalogue_search",
    type="search",
    placeholder="a superpower, a family, a person",
    live="300ms",
)
superpowers, relations = st.tabs(["Superpowers", "Relations"])
with superpowers:
    if now.roster is not None:
        show_missing(now.roster)
    show_superpowers(now.catalogue, now.roster, search or "")
with relations:
    with st.container(horizontal=True):
        kinds = st.pills("Kind", list(Kind), selection_mode="multi", default=list(Kind), key="kinds")
        bases = st.pills("Basis", BASES, selection_mode="multi", default=BASES, key="bases")
    show_relations(now.catalogue, search or "", list(kinds), list(bases))
