"""Bringing in a roster and its frictions: samples, files, pasted text, or an empty table."""

from __future__ import annotations

import streamlit as st

from matcher.people.names import counted
from matcher.ui.parts.file_field import TYPES, given, offer_table, show_how_read, while_reading
from matcher.ui.state import say, try_change
from matcher.work.bringing import bring_in, reading_of
from matcher.work.workspace import NO_PEOPLE, Workspace

PASTED = "the pasted text"


def _sample(sample: str) -> None:
    try_change(lambda now: now.with_sample(sample))


def _roster_uploaded(key: str) -> None:
    file = given(key)
    if file is not None:
        _bring_in(file.getvalue(), file.name, f"{file.name} is read.")


def _bring_in(source: bytes | str, name: str, done: str) -> None:
    with while_reading(name):
        now = try_change(lambda work: bring_in(work, source, name), done)
        if now is not None and now.pending is not None and reading_of(now, now.pending) is None:
            say("")  # the page says what is not understood


def _begin_empty() -> None:
    try_change(lambda now: now.with_people(NO_PEOPLE))


def offer_samples(*, first: bool) -> None:
    """Show the buttons that bring in a sample, and on an empty page the one for an empty table."""
    with st.container(horizontal=True):
        st.button(
            "Use the sample roster",
            icon=":material/group_add:",
            type="primary" if first else "secondary",
            on_click=_sample,
            args=("twelve",),
            help="Twelve invented people with their frictions.",
        )
        st.button(
            "Use the sample of 40",
            icon=":material/groups:",
            on_click=_sample,
            args=("forty",),
            help="Forty invented people with their frictions: large enough for teams.",
        )
        if first:
            st.button("Begin with an empty table", icon=":material/edit:", on_click=_begin_empty)


def offer_files(now: Workspace) -> None:
    """Show the fields for a roster, as a file or pasted, and for a frictions file."""
    left, right = st.columns(2)
    with left:
        key = f"roster_file_{now.version}"
        st.file_uploader(
            "Roster file",
            TYPES,
            key=key,
            on_change=_roster_uploaded,
            args=(key,),
            help="CSV, TSV or Excel: names with superpowers, or with the results of a strengths test in any "
            "common form, and any other columns. What was understood is shown at once, and can be changed.",
        )
        offer_paste(now)
    with right:
        offer_table(
            now,
            "frictions",
            "Frictions file",
            "CSV or Excel with a row for each pair that does not work well together: `member a`, "
            "`member b`, `severity` (never or avoid), `note`. Only you see it.",
        )
        show_how_read(now, "frictions")


def offer_paste(now: Workspace) -> None:
    """Show the button behind which a list or a table is pasted."""
    key = f"pasted_{now.version}"
    with (
        st.popover("Paste a list or table", icon=":material/content_paste:"),
        st.form(f"paste_{now.version}", border=False),
    ):
        st.text_area(
            "Cells from a spreadsheet, or a list of names",
            key=key,
            height=200,
            placeholder="name\tsuperpowers\nAnna\tVision; Empathy\nBo\tFinishing",
        )
        st.form_submit_button("Bring it in", type="primary", on_click=_pasted, args=(key,))


def _pasted(key: str) -> None:
    text = st.session_state[key].strip("\r\n")
    if text.strip():
        _bring_in(f"{text}\n", PASTED, "The pasted text is read.")


def offer_rules_file(now: Workspace) -> None:
    """Show the field for a rules file."""
    offer_table(
        now,
        "rules",
        "Rules file",
        "CSV or Excel with a row for each rule: `rule` (apart, together, pin, at most, at least), "
        "`who` (names separated by `;`), `value`.",
    )
    show_how_read(now, "rules")


def frictions_sentence(now: Workspace) -> str:
    """Say how many frictions were brought in, and where to see them."""
    number = len(now.found_frictions.value)
    return (
        f"{counted(number, 'friction')}, to see and edit on the page Frictions and rules." if number else ""
    )
