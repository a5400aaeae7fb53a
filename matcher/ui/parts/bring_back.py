"""Bringing in a plan that was made by hand or by another tool, and saying what in it does not match."""

from __future__ import annotations

import streamlit as st

from matcher.people.names import counted, listed
from matcher.ui.markup import bullets, plain
from matcher.ui.state import try_change
from matcher.work.brought_back import bring_back
from matcher.work.jobs import Look
from matcher.work.workspace import Workspace

TYPES = ["csv", "tsv", "txt", "xlsx", "json"]
FEW = 4
"""More remarks than these are folded away."""


def offer_plan_file(now: Workspace) -> None:
    """Show the field for a plan that was made elsewhere."""
    if now.roster is None:
        return
    key = f"plan_file_{now.run}"

    def read() -> None:
        file = st.session_state[key]
        if file is not None:
            try_change(lambda now: bring_back(now, file.getvalue(), file.name))

    st.file_uploader(
        "Plan made elsewhere",
        TYPES,
        key=key,
        on_change=read,
        help="A table with a member and their `group` (or team, duo, project) in each row, or a group with "
        "its members in each row; also a plan that was downloaded here. It is scored by the goals and rules "
        "as they are now, explained like our own, and becomes the present plan.",
    )


def show_plan_file(look: Look) -> None:
    """Say where the present plan was read from, and whom it misses or does not know."""
    then: Workspace = look.asked
    if (file := then.plan_file) is None:
        return
    st.caption(
        f":material/upload_file: Read from {plain(file.name)}, with the goals and rules of the moment. "
        "“Form the rest again” under “Change” improves it."
    )
    # what is wrong cannot be put right here, only in the file: it is told like what does not match
    told = [*(str(problem) for problem in file.problems), *file.notes]
    if file.absent:
        are = "is" if len(file.absent) == 1 else "are"
        told.append(f"{listed(file.absent)} {are} marked absent on the roster, and so left out of the plan.")
    if file.unplaced:
        are = "is" if len(file.unplaced) == 1 else "are"
        told.append(f"{listed(file.unplaced)} {are} present but in no group of the file.")
    if not told:
        return
    title = f"{counted(len(told), 'thing')} in the file does not match the roster"
    if len(told) > 1:
        title = title.replace("does", "do")
    st.warning(bullets(told[:FEW]), title=title, icon=":material/person_search:")
    if more := told[FEW:]:
        with st.expander(f"{len(more)} more"):
            st.markdown(bullets(more))
