"""Bringing in a roster and its frictions: samples, files, or an empty table."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from matcher.people.names import counted
from matcher.ui.state import try_change
from matcher.ui.workspace import NO_PEOPLE, Workspace

TYPES = ["csv", "tsv", "txt"]


def _sample(sample: str) -> None:
    try_change(lambda now: now.with_sample(sample))


def uploaded(key: str, change: Callable[[Workspace, bytes, str], Workspace]) -> None:
    """Take over a file that was given in a field, or leave the reason why not for the page to show."""
    file = st.session_state[key]
    if file is not None:
        try_change(lambda now: change(now, file.getvalue(), file.name), f"{file.name} is read.")


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


def offer_files() -> None:
    """Show the fields for a roster file and a frictions file."""
    left, right = st.columns(2)
    with left:
        st.file_uploader(
            "Roster file",
            TYPES,
            key="roster_file",
            on_change=uploaded,
            args=("roster_file", Workspace.with_roster_file),
            help="CSV with a row for each person: `name`, `superpowers` (the strongest first, separated by "
            "`;`), and any other columns. Excel: save as “CSV UTF-8”.",
        )
    with right:
        st.file_uploader(
            "Frictions file",
            TYPES,
            key="frictions_file",
            on_change=uploaded,
            args=("frictions_file", Workspace.with_frictions_file),
            help="CSV with a row for each pair that does not work well together: `member a`, `member b`, "
            "`severity` (never or avoid), `note`. Only you see it.",
        )


def offer_rules_file() -> None:
    """Show the field for a rules file."""
    st.file_uploader(
        "Rules file",
        TYPES,
        key="rules_file",
        on_change=uploaded,
        args=("rules_file", Workspace.with_rules_file),
        help="CSV with a row for each rule: `rule` (apart, together, pin, at most, at least), `who` (names "
        "separated by `;`), `value`.",
    )


def frictions_sentence(now: Workspace) -> str:
    """Say how many frictions were brought in, and where to see them."""
    number = len(now.found_frictions.value)
    return (
        f"{counted(number, 'friction')}, to see and edit on the page Frictions and rules." if number else ""
    )
