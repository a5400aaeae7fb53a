"""People: bring in a roster, repair it, edit it."""

from __future__ import annotations

import streamlit as st

from matcher.ui.markup import plain
from matcher.ui.parts.bring_in import frictions_sentence, offer_files, offer_samples
from matcher.ui.parts.example import show_example, show_steps
from matcher.ui.parts.messages import show_message
from matcher.ui.parts.undo import offer_undo, title_with_room
from matcher.ui.state import workspace

now = workspace()
if now.pending is not None:
    from matcher.ui.parts.waiting import show_waiting

    offer_undo(now, title_with_room("People"))
    show_message()
    show_waiting(now)
    st.subheader("Bring in another file instead")
    offer_files(now)
elif now.people is None:
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    with left:
        st.title("Who should work with whom?")
        st.markdown(
            "This tool turns what each person is naturally great at into complementary duos or balanced "
            "teams that keep every rule of yours, and says why. Begin with the sample roster, or bring in "
            "your own people below: a file or a pasted list."
        )
        offer_samples(first=True)
    with right:
        show_example(now.catalogue)
    show_message()
    offer_files(now)
    offer_undo(now)
    st.space("small")
    show_steps()
else:
    # loads pandas, which the first page need not wait for
    from matcher.ui.parts.facts import show_facts
    from matcher.ui.parts.forget_member import offer_to_forget
    from matcher.ui.parts.mapping import not_asked_there, show_mapping
    from matcher.ui.parts.messages import show_notes
    from matcher.ui.parts.network import show_network
    from matcher.ui.parts.people_table import choose_ranked, edit_people, offer_roster, show_numbers
    from matcher.ui.parts.repair import show_problems
    from matcher.ui.parts.understood import show_understood

    beside = title_with_room("People")
    show_message()
    numbers, understood = st.container(), st.container()
    st.caption("Click a cell to edit it; the last row adds a person, and selected rows can be deleted.")
    now = edit_people(now)
    choose_ranked(now)
    offer_undo(now, beside)
    with numbers:
        show_numbers(now)
    with understood:
        show_understood(now, now.brought)
        show_mapping(now)
        show_problems(not_asked_there(now.found_people.problems, now.reading), "the roster", now, "people")
    show_problems(now.found_frictions.problems, "the frictions", now, "frictions")
    show_problems(now.found_network.problems, "the network", now, "network")
    show_notes(now.found_people.notes)
    show_facts(now)
    show_network(now)
    offer_to_forget(now)
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
    offer_files(now)
    offer_samples(first=False)
