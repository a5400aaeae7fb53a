"""What a duo looks like, for a first visit."""

from __future__ import annotations

import streamlit as st

from matcher.people.catalogue import Catalogue, Kind
from matcher.ui.markup import plain
from matcher.ui.parts.families import superpower_badges

STEPS = {
    ":material/group: **People**": "Bring in who is there, and what each is naturally great at.",
    ":material/rule: **Frictions and rules**": "Say who must be apart or together. It stays with you.",
    ":material/diversity_3: **Form**": "Say what matters. A first plan is there at once; better ones follow.",
    ":material/dashboard: **Plan**": "Read why each group works, and how near it is to the best possible.",
}
"""What comes after what."""


def show_steps() -> None:
    """Show the way from a roster to a plan."""
    with st.grid(4, min_column_width=200):
        for title, sentence in STEPS.items():
            st.markdown(f"{title}\n\n{sentence}")


def show_example(catalogue: Catalogue) -> None:
    """Show the catalogue's strongest complement as a duo."""
    complements = [r for r in catalogue.relations if r.kind is Kind.COMPLEMENT]
    if not complements:
        return
    best = max(complements, key=lambda relation: relation.strength)
    with st.container(border=True):
        st.caption("A complementary duo")
        st.markdown(
            f"### {superpower_badges([best.a], catalogue)} × {superpower_badges([best.b], catalogue)}"
        )
        st.markdown(plain(best.why))
        st.caption(f"One of {len(complements)} complements between {len(catalogue.superpowers)} superpowers.")
