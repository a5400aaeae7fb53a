"""What a group is sent: a message and a first meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from matcher.files import chat_text, chat_texts, meeting_ics
from matcher.plan import Plan
from tests.told import told_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return told_plan()


def test_a_message_says_who_what_why_and_how_to_begin(plan: Plan):
    assert chat_text(plan, "Team 1").splitlines()[:5] == [
        "Team 1: Ada, Bo and Fay",
        "",
        "- Ada brings systems thinking, calm.",
        "- Bo brings experimentation.",
        "- Fay brings provocation.",
    ]
    assert "Ada's systems thinking × Bo's experimentation" in chat_text(plan, "Team 1")
    assert "To begin with: " in chat_text(plan, "Team 1")


def test_every_group_has_its_message(plan: Plan):
    assert chat_texts(plan) == {name: chat_text(plan, name) for name in ("Team 1", "Team 2")}


def test_no_message_tells_what_is_private(plan: Plan):
    for text in chat_texts(plan).values():
        assert "secretnote" not in text
        assert "rating" not in text
        assert "@" not in text


def test_a_group_that_the_plan_does_not_have_is_a_key_error(plan: Plan):
    with pytest.raises(KeyError):
        chat_text(plan, "Team 9")


def test_a_meeting_is_half_an_hour_at_one_moment_for_everybody(plan: Plan):
    starts = datetime(2026, 3, 9, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    (event,) = Calendar.from_ical(meeting_ics(plan, starts, ["Team 1"])).walk("VEVENT")

    assert event["SUMMARY"] == "Team 1: Ada, Bo and Fay"
    assert event.start == datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
    assert (event.end - event.start).total_seconds() == 30 * 60
    assert event["DESCRIPTION"] == chat_text(plan, "Team 1")
    assert "ATTENDEE" not in event
    assert b"example.org" not in meeting_ics(plan, starts)


def test_a_time_without_a_zone_is_that_hour_wherever_it_is_read(plan: Plan):
    data = meeting_ics(plan, datetime(2026, 3, 9, 10, 30), ["Team 1"])

    assert b"DTSTART:20260309T103000\r\n" in data


def test_every_group_has_a_meeting_of_its_own_and_the_same_one_when_it_is_asked_for_again(plan: Plan):
    starts = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
    events = Calendar.from_ical(meeting_ics(plan, starts)).walk("VEVENT")

    assert [str(event["SUMMARY"]).split(":")[0] for event in events] == ["Team 1", "Team 2"]
    assert len({event["UID"] for event in events}) == 2
    assert meeting_ics(plan, starts) == meeting_ics(plan, starts)


def test_a_group_may_be_called_by_what_no_file_can_hold(plan: Plan):
    groups = (replace(plan.groups[0], name="Team \ud800"), *plan.groups[1:])
    data = meeting_ics(replace(plan, groups=groups), datetime(2026, 3, 9, 10))

    assert [str(e["summary"]).split(":")[0] for e in Calendar.from_ical(data).walk("VEVENT")] == [
        "Team �",
        "Team 2",
    ]
