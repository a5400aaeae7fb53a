"""People: bring in a roster, repair it, edit it."""

from __future__ import annotations

import streamlit as st

from matcher.ui.markup import plain
from matcher.ui.parts.bring_in import frictions_sentence, offer_files, offer_samples
from matcher.ui.parts.example import show_example, show_steps
from matcher.ui.parts.messages import show_message, show_notes, show_problems
from matcher.ui.state import workspace

now = workspace()
if now.people is None:
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    with left:
        st.title("Who should work with whom?")
        st.markdown(
            "This tool turns what each person is naturally great at into complementary duos or balanced "
            "teams that keep every rule of yours, and says why. Begin with the sample roster, or bring in "
            "your own people as a CSV file below."
        )
        offer_samples(first=True)
    with right:
        show_example(now.catalogue)
    show_message()
    offer_files()
    st.space("small")
    show_steps()
else:
    # loads pandas, which the first page need not wait for
    from matcher.ui.parts.people_table import choose_ranked, edit_people, offer_roster, show_numbers

    st.title("People")
    show_message()
    numbers = st.container()
    st.caption("Click a cell to edit it; the last row adds a person, and selected rows can be deleted.")
    now = edit_people(now)
    choose_ranked(now)
    with numbers:
        show_numbers(now)
    show_problems(now.found_people.problems, "the roster")
    show_problems(now.found_frictions.problems, "the frictions")
    show_notes(now.found_people.notes)
    if said := frictions_sentence(now):
        st.caption(plain(said))
    with st.container(horizontal=True):
        offer_roster(now)
        st.page_link(
            "matcher/ui/pages/form.py",
            label="Form duos or teams",
            icon=":material/arrow_forward:",
            width="content",
        )
    st.subheader("Bring in other people")
    offer_files()
    offer_samples(first=False)
