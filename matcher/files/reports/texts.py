"""What a group is sent: a message for a chat, and a first meeting for a calendar.

Both are for the group itself, so they say what the team's copy says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from matcher.files.reports.text import tame
from matcher.people.names import listed
from matcher.plan.report import Card, Report

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

MEETING_MINUTES = 30


def chat_text(plan: Plan, group: str) -> str:
    """Return a message for a group: who they are, what each brings, why, and what to begin with.

    Parameters
    ----------
    plan
        The plan.
    group
        The group's name.

    Raises
    ------
    KeyError
        When the plan has no such group.
    """
    return _message(_card(plan, group))


def chat_texts(plan: Plan) -> dict[str, str]:
    """Return the message of every group, by its name."""
    return {card.name: _message(card) for card in Report(plan, "team").cards}


def meeting_ics(
    plan: Plan, starts: datetime, groups: Iterable[str] | None = None, *, minutes: int = MEETING_MINUTES
) -> bytes:
    """Return a calendar file with a first meeting of each group; nobody's address is in it.

    Parameters
    ----------
    plan
        The plan.
    starts
        When; a time with a zone is one moment for everybody, one without is that hour wherever it is read.
    groups
        Names of groups; all of them by default.
    minutes
        How long it takes.

    Raises
    ------
    KeyError
        When the plan has no such group.
    """
    from icalendar import Calendar, Event  # late: only this needs it

    moment = starts.astimezone(UTC) if starts.tzinfo else starts
    calendar = Calendar()
    calendar.add("prodid", "-//matcher//plan//EN")
    calendar.add("version", "2.0")
    for card in _cards(plan, groups):
        event = Event()
        group, names = tame(card.name), tame(listed(person.name for person in card.people))
        # the same meeting gets the same id, so that bringing it in twice changes it instead of doubling it
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'{group}|{names}|{moment.isoformat()}')}@matcher")
        event.add("dtstamp", moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        event.add("dtstart", moment)
        event.add("dtend", moment + timedelta(minutes=minutes))
        event.add("summary", f"{group}: {names}")
        event.add("description", _message(card))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _cards(plan: Plan, groups: Iterable[str] | None) -> list[Card]:
    cards = {card.name: card for card in Report(plan, "team").cards}
    return list(cards.values()) if groups is None else [cards[name] for name in groups]


def _card(plan: Plan, group: str) -> Card:
    return _cards(plan, [group])[0]


def _message(card: Card) -> str:
    lines = [
        f"{card.name}: {listed(person.name for person in card.people)}",
        "",
        *(f"- {person.name} brings {person.listed.lower()}." for person in card.people if person.superpowers),
        "",
        *card.why,
        "",
        f"To begin with: {card.begin[:1].lower()}{card.begin[1:]}",
    ]
    return tame("\n".join(lines)).replace("\n\n\n", "\n\n")
