"""Past rounds: bring in, mark a plan as used, name, date, put in order, remove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from matcher.people.errors import InputError, Problem
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.file_field import TYPES, all_given
from matcher.ui.parts.kept_fields import catch_up, kept_field
from matcher.ui.parts.live import show_groups
from matcher.ui.parts.messages import show_notes
from matcher.ui.parts.repair import show_problems
from matcher.ui.parts.view import ask_for_view
from matcher.ui.state import say, try_change
from matcher.work.rounds import (
    UsedRound,
    can_move_back,
    move_back,
    place_of,
    remove,
    rename,
    round_of,
    set_dates,
    use,
)
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.people.history import Round
    from matcher.plan.plan import Plan
    from matcher.work.found import Found


USED, LOOK_BACK, MET, LEADS, AHEAD = (
    "Past rounds",
    "Look back",
    "Who met whom",
    "Who leads",
    "Plan ahead",
)
"""What the page can show."""

VIEW, LOOKED_AT = "rounds_view", "look_back_round"
"""Where the session keeps what is shown, and the round that is looked back on."""


def choose_view() -> str:
    """Ask what is shown."""
    return ask_for_view(VIEW, (USED, LOOK_BACK, MET, LEADS, AHEAD))


def shows(key: str, kept: Any) -> str:
    """Let a field show what is kept, unless it does; return its key.

    A field whose text is still being typed is not touched, and one that another tab changed begins anew.
    """
    if key not in st.session_state or st.session_state[key] != kept:
        st.session_state[key] = kept
    return key


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
    files, problems = all_given(key), list[Problem]()

    def change(now: Workspace) -> Workspace:
        problems.clear()
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
    """Show the button that adds the present plan to the rounds, with its dates."""
    before = round_of(now, plan)
    if before is not None:
        st.caption(":material/check: The present plan is among the rounds.", help=plain(before.name))
        return
    what = counted(len(plan.groups), str(plan.kind).removesuffix("s"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _dates("present")
        st.button(
            "Mark the present plan as used",
            icon=":material/event_available:",
            on_click=_use,
            args=(plan, "present"),
            help=f"Adds the {what} of the page Plan to the rounds.",
        )


def offer_planned(number: int, plan: Plan, now: Workspace) -> None:
    """Show, for a round that was planned ahead, what marks it as used."""
    before = round_of(now, plan)
    if before is not None:
        st.caption(f":material/check: Used: {plain(before.name)}")
        return
    with st.popover("Mark as used", icon=":material/event_available:", key=f"use_{number}"):
        _dates(f"round_{number}")
        st.button(
            f"Mark round {number} as used",
            type="primary",
            on_click=_use,
            args=(plan, f"round_{number}", f"{str(plan.kind).capitalize()}, planned round {number}"),
        )


def _dates(prefix: str) -> None:
    """Ask from when to when a plan is used."""
    st.session_state.setdefault(f"{prefix}_begins", date.today())
    st.date_input("From", None, key=f"{prefix}_begins", format="YYYY-MM-DD", width=168)
    st.date_input(
        "To, if it is known", None, key=f"{prefix}_ends", format="YYYY-MM-DD", width=168,
        help="The last day. Leave it empty while the round goes on.",
    )  # fmt: skip


def _use(plan: Plan, prefix: str, name: str = "") -> None:
    begins, ends = (st.session_state.get(f"{prefix}_{end}") for end in ("begins", "ends"))
    done = "It is among the past rounds now. Look back on it when it is over."
    try_change(lambda now: use(now, plan, begins, ends, name), done)


def show_rounds(now: Workspace) -> None:
    """List the rounds, the latest first, each with what is wrong in it."""
    now = catch_up(now)
    last = len(now.rounds) - 1
    for place in range(last, -1, -1):
        used, read = now.rounds[place], now.found_rounds[place]
        with st.container(border=True, gap="small"):
            latest = " :small[the latest]" if place == last else ""
            told = " · ".join(filter(None, (used.when, _amount(read), _noted(used))))
            st.markdown(f"**{plain(used.name)}**{latest}  \n{plain(told)}")
            with st.container(horizontal=True, gap="small"):
                _offer_moves(used, now, place)
            show_problems(read.problems, used.sheet.name, now, f"rounds.{place}")
            show_notes(read.notes)
            with st.expander("Who was together"):
                show_groups(_names(read.value, now))


def _offer_moves(used: UsedRound, now: Workspace, place: int) -> None:
    key = f"{now.version}_{used.id}"
    st.button(
        "Look back",
        key=f"look_back_{key}",
        icon=":material/rate_review:",
        on_click=_look_back,
        args=(used.id,),
        help="How it went, what was agreed, who led: for your eyes only.",
    )
    with st.popover("Name and dates", icon=":material/edit_calendar:", key=f"edit_{used.id}"):
        st.text_input("Name", **kept_field(f"name_{used.id}", used.name, partial(_rename, used.id)))
        for label, end, day in (("From", "begins", used.begins), ("To", "ends", used.ends)):
            options = kept_field(f"{end}_{used.id}", day, partial(_date, used.id, end))
            st.date_input(label, None, format="YYYY-MM-DD", **options)
        st.caption("Rounds with dates stand in the order of their dates. No last day: it goes on.")
    if can_move_back(now, place):
        st.button(
            "Move back", key=f"back_{key}", icon=":material/arrow_downward:", on_click=_move, args=(used.id,),
            help="The order says which round is more recent: recent ones count more.",
        )  # fmt: skip
    st.button("Remove", key=f"remove_{key}", icon=":material/delete:", on_click=_remove, args=(used.id,))


def _amount(read: Found[tuple[Round, ...]]) -> str:
    groups = [keys for one in read.value for keys in one.groups.values()]
    people = len({key for keys in groups for key in keys})
    return f"{counted(len(groups), 'group')}, {counted(people, 'person', 'people')} on the roster"


def _noted(used: UsedRound) -> str:
    rated = sum(bool(note.rating) for note in used.notes)
    return f"{rated} rated" if rated else "looked back on" if used.notes else ""


def _names(rounds: tuple[Round, ...], now: Workspace) -> list[list[str]]:
    return [[now.names.get(key, key) for key in keys] for one in rounds for keys in one.groups.values()]


def _look_back(id_: str) -> None:
    st.session_state[VIEW], st.session_state[LOOKED_AT] = LOOK_BACK, id_


def _rename(id_: str, now: Workspace, _: str, name: str) -> Workspace:
    return rename(now, id_, name)


def _date(id_: str, end: str, now: Workspace, _: date | None, day: date | None) -> Workspace:
    used = now.rounds[place_of(now, id_)]
    return set_dates(now, id_, **{"begins": used.begins, "ends": used.ends, end: day})


def _move(id_: str) -> None:
    try_change(lambda now: move_back(now, id_))


def _remove(id_: str) -> None:
    try_change(lambda now: remove(now, id_), "The round is removed. Undo brings it back.")
