"""Past rounds: bring in, add the present plan, put in order, remove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.errors import InputError, Problem
from matcher.people.history import Round
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.bring_in import TYPES
from matcher.ui.parts.live import show_groups
from matcher.ui.parts.messages import show_notes
from matcher.ui.parts.repair import show_problems
from matcher.ui.state import say, try_change
from matcher.work.found import Found
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan


USED, MET, AHEAD = "Past rounds", "Who met whom", "Plan ahead"
"""What the page can show."""


def choose_view() -> str:
    """Ask what is shown."""
    views = [USED, MET, AHEAD]
    if st.session_state.get("rounds_view") not in views:
        st.session_state["rounds_view"] = USED
    return (
        st.segmented_control(
            "Show",
            views,
            required=True,
            key="rounds_view",
            persist_state="session",
            label_visibility="collapsed",
        )
        or USED
    )


def offer_history_files(now: Workspace) -> None:
    """Show the field for files of past rounds."""
    key = f"history_files_{len(now.rounds)}_{now.version}"
    st.file_uploader(
        "History file",
        TYPES,
        accept_multiple_files=True,
        key=key,
        on_change=_uploaded,
        args=(key,),
        help="A plan as this tool writes it, or any CSV with a member and a group, team or duo in each row; "
        "a column `round` tells several rounds apart. Several files: the oldest first.",
    )


def _uploaded(key: str) -> None:
    files, problems = st.session_state[key], list[Problem]()

    def change(now: Workspace) -> Workspace:
        for file in files:
            try:
                now = now.with_history_file(file.getvalue(), file.name)
            except InputError as error:
                problems.extend(error.problems)
        return replace(now, version=now.version + 1)

    if files:
        try_change(change, f"{' and '.join(file.name for file in files)} is read.")
        if problems:
            say(InputError.of(problems))


def offer_to_use(plan: Plan, now: Workspace) -> None:
    """Show the button that adds the present plan to the rounds."""
    sheet = _sheet(plan)
    if any(sheet.rows == before.rows for before in now.rounds):
        st.caption(":material/check: The present plan is among the rounds.")
        return
    what = counted(len(plan.groups), str(plan.kind).removesuffix("s"))
    st.button(
        "Mark the present plan as used",
        icon=":material/event_available:",
        on_click=_use,
        args=(sheet,),
        help=f"Adds the {what} of the page Plan as the latest round.",
    )


def _sheet(plan: Plan) -> Sheet:
    by_key = {m.key: m for m in plan.brief.roster.members}
    today = date.today()
    rows = tuple(
        (by_key[key].id, by_key[key].email, by_key[key].name, group.name)
        for group in plan.groups
        for key in group.members
    )
    header = ("id", "email", "name", "group")
    name = f"{str(plan.kind).capitalize()} used on {today.day} {today:%B %Y}"
    return Sheet(name, header, rows)


def _use(sheet: Sheet) -> None:
    try_change(
        lambda now: replace(now, rounds=(*now.rounds, sheet)), "The present plan is the latest round now."
    )


def show_rounds(now: Workspace) -> None:
    """List the rounds, the latest first, each with what is wrong in it."""
    last = len(now.rounds) - 1
    for place in range(last, -1, -1):
        sheet, read = now.rounds[place], now.found_rounds[place]
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                latest = " :small[the latest]" if place == last else ""
                st.markdown(f"**{plain(sheet.name)}**{latest}  \n{_amount(read)}", width="stretch")
                key = f"{now.version}_{len(now.rounds)}_{place}"
                if place:
                    st.button("Move back", key=f"back_{key}", on_click=_swap, args=(place,), type="tertiary")
                st.button(
                    "Remove", key=f"remove_{key}", icon=":material/delete:", on_click=_remove, args=(place,)
                )
            show_problems(read.problems, sheet.name, now, f"rounds.{place}")
            show_notes(read.notes)
            for one in reversed(read.value):
                number = f": {plain(one.name)}" if len(read.value) > 1 else ""
                with st.expander(f"Who was together{number}"):
                    show_groups(_names(one, now))


def _amount(read: Found[tuple[Round, ...]]) -> str:
    groups = [keys for one in read.value for keys in one.groups.values()]
    people = len({key for keys in groups for key in keys})
    rounds = f"{counted(len(read.value), 'round')}, " if len(read.value) > 1 else ""
    return f"{rounds}{counted(len(groups), 'group')}, {counted(people, 'person', 'people')} on the roster"


def _names(one: Round, now: Workspace) -> list[list[str]]:
    return [[now.names.get(key, key) for key in keys] for keys in one.groups.values()]


def _swap(place: int) -> None:
    def change(now: Workspace) -> Workspace:
        rounds = list(now.rounds)
        rounds[place - 1 : place + 1] = rounds[place], rounds[place - 1]
        return replace(now, rounds=tuple(rounds))

    try_change(change)


def _remove(place: int) -> None:
    try_change(lambda now: replace(now, rounds=(*now.rounds[:place], *now.rounds[place + 1 :])))
