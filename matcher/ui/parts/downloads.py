"""A plan to hand out: files for two readers, and what a group is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from matcher.files import (
    chat_text,
    duos_csv,
    meeting_ics,
    plan_csv,
    plan_html,
    plan_json,
    plan_pdf,
    plan_xlsx,
)
from matcher.people.brief import PlanKind
from matcher.ui.markup import plain

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Plan

COPIES: dict[Audience, str] = {"manager": "My copy", "team": "The team's copy"}
FRIDAY = 4
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose_copy(key: str) -> Audience:
    """Ask for whom the copy is."""
    return st.segmented_control(
        "Copy",
        list(COPIES),
        format_func=lambda audience: COPIES[audience],
        default="manager",
        required=True,
        key=key,
        help="The team's copy says what each person brings, why the group works and what to begin with: "
        "no friction, no note, no score, no other column of the roster.",
    )


def offer_downloads(plan: Plan, audience: Audience) -> None:
    """Show the buttons that hand out a plan: a file each, and the messages for the groups."""
    copy = "" if audience == "manager" else "-for-the-team"
    files: list[tuple[str, Callable[[Plan, Audience], bytes], str, str]] = [
        ("Download the plan (CSV)", plan_csv, f"plan{copy}.csv", "text/csv"),
        ("Download the plan (Excel)", plan_xlsx, f"plan{copy}.xlsx", EXCEL),
        ("Download the plan (PDF)", plan_pdf, f"plan{copy}.pdf", "application/pdf"),
        ("Download the plan (HTML)", plan_html, f"plan{copy}.html", "text/html"),
        ("Download the plan (JSON)", plan_json, f"plan{copy}.json", "application/json"),
    ]
    if plan.kind is PlanKind.DUOS:
        files.insert(1, ("Download the duos (CSV)", duos_csv, f"duos{copy}.csv", "text/csv"))
    with st.container(horizontal=True, gap="small"):
        for label, write, file_name, mime in files:
            st.download_button(
                label,
                data=partial(write, plan, audience),
                file_name=file_name,
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                help=f"For the {audience}: {file_name}",
            )
        messages = st.popover("Chat and calendar", icon=":material/send:", key="messages", on_change="rerun")
        if messages.open:  # a browser need not load calendars before the board
            with messages:
                _offer_messages(plan)


@st.fragment
def _offer_messages(plan: Plan) -> None:
    """Show what a group is sent; it says what the team's copy says, whoever looks at it."""
    names = [group.name for group in plan.groups]
    name = st.selectbox("For", names, key="message_for")
    if name not in names:  # the plan is another one by now
        name = names[0]
    st.caption("A message for the group, to copy")
    st.code(chat_text(plan, name), language=None, wrap_lines=True, height=240)
    left, right = st.columns(2)
    day = left.date_input("First meeting on", value=_next_working_day(date.today()), key="meeting_day")
    hour = right.time_input("at", value=time(10), key="meeting_hour")
    starts = datetime.combine(day, hour, _zone())
    where = st.context.timezone if starts.tzinfo else "everybody's own time"
    st.caption(f"30 minutes, {plain(str(where))}; nobody's address is in the file.")
    with st.container(horizontal=True, gap="small"):
        for label, groups, file_name in (
            ("Meeting of this group (ICS)", [name], "first-meeting.ics"),
            ("Meetings of all groups (ICS)", names, "first-meetings.ics"),
        ):
            st.download_button(
                label,
                data=partial(meeting_ics, plan, starts, groups),
                file_name=file_name,
                mime="text/calendar",
                on_click="ignore",
                icon=":material/event:",
            )


def _zone() -> ZoneInfo | None:
    """Return the time zone of the browser, if it tells one that is known here."""
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ValueError, ZoneInfoNotFoundError, TypeError):
        return None


def _next_working_day(day: date) -> date:
    return day + timedelta(days=1 if day.weekday() < FRIDAY else 7 - day.weekday())
