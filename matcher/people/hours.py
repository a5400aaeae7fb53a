"""Free times of a week, as people write them, in half hours of universal time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from numpy.typing import NDArray

from matcher.people.names import fold

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HALF_HOURS = 7 * 24 * 2
"""Half hours in a week; number 0 begins on Monday at 0:00."""

_DAY_MINUTES, _WEEK_MINUTES = 24 * 60, 7 * 24 * 60
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"[^\W\d_]+\.?"
_TIME = r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?"
_ENTRY = re.compile(
    rf"(?P<days>{_DAY}(?:\s*[-–,]\s*{_DAY})*)\s*:?\s+(?P<times>{_TIME}\s*[-–].*)", re.IGNORECASE
)
_SPAN = re.compile(rf"(?P<start>{_TIME})\s*[-–]\s*(?P<end>{_TIME})", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


@dataclass(frozen=True)
class FreeTimes:
    """When somebody is free in an ordinary week.

    Parameters
    ----------
    hours
        As written: ``Mon 9-12; Tue 14-17``. Days by name or its first three letters, also
        ``Mon-Fri 9-17`` and ``Mon, Wed 9-12, 13:30-15``; the clock has 24 hours unless it says am or pm.
    time_zone
        A name such as ``Europe/Berlin`` or an offset such as ``UTC+2``; empty for universal time.

    Raises
    ------
    ValueError
        When a part cannot be read, with a sentence that says which and how to write it.
    """

    hours: str
    time_zone: str = ""

    def __post_init__(self) -> None:
        self.spans()
        read_zone(self.time_zone)

    def spans(self) -> list[tuple[int, int]]:
        """Return start and end of each free time, in local minutes since Monday 0:00."""
        return [span for entry in re.split(r"[;\n]", self.hours) if entry.strip() for span in _entry(entry)]

    def half_hours(self, week: date) -> NDArray[np.bool_]:
        """Return which half hours of a week in universal time are free from end to end.

        Parameters
        ----------
        week
            Any day of the week that is meant: clocks are put forward and back, so the offset of a
            zone depends on it.

        Returns
        -------
        numpy.ndarray
            ``(336,)`` bool; a time that reaches over the week's end goes on at its beginning.
        """
        monday = datetime.combine(week - timedelta(days=week.weekday()), datetime.min.time())
        zone, free = read_zone(self.time_zone), np.zeros(_WEEK_MINUTES, dtype=bool)
        for start, end in self.spans():
            offset = (monday + timedelta(minutes=start)).replace(tzinfo=zone).utcoffset() or timedelta()
            shift = round(offset.total_seconds() / 60)
            free[np.arange(start - shift, end - shift) % _WEEK_MINUTES] = True
        halves: NDArray[np.bool_] = np.logical_and.reduce(free.reshape(HALF_HOURS, 30), axis=1)
        return halves


@cache
def read_zone(text: str) -> tzinfo:
    """Return the time zone that a name such as ``Europe/Berlin`` or an offset such as ``UTC+2`` means.

    Raises
    ------
    ValueError
        When it is neither.
    """
    plain = text.strip()
    if fold(plain) in ("", "utc", "gmt", "z"):
        return UTC
    if found := _OFFSET.fullmatch(plain):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes <= 14 * 60 and int(found[3] or 0) < 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    elif name := _zone_names().get(fold(plain.replace(" ", "_"))):
        return ZoneInfo(name)
    raise ValueError(
        f"“{plain}” is not a time zone; write a name such as Europe/Berlin or an offset such as UTC+2."
    )


def spans_text(halves: NDArray[np.bool_], time_zone: str, week: date) -> str:
    """Return free half hours of universal time in words: ``Mon 9:00–12:00, Tue 14:00–15:30``.

    Parameters
    ----------
    halves
        ``(336,)`` bool.
    time_zone, week
        The zone to tell the times in, and a day of the week that is meant.
    """
    monday = datetime.combine(week - timedelta(days=week.weekday()), datetime.min.time(), UTC)
    zone, local = read_zone(time_zone), np.zeros(_WEEK_MINUTES, dtype=bool)
    for half in np.flatnonzero(halves):
        offset = (monday + timedelta(minutes=30 * int(half))).astimezone(zone).utcoffset() or timedelta()
        start = 30 * int(half) + round(offset.total_seconds() / 60)
        local[np.arange(start, start + 30) % _WEEK_MINUTES] = True
    spans = []
    for day, name in enumerate(DAYS):
        edges = np.diff(np.pad(local[day * _DAY_MINUTES : (day + 1) * _DAY_MINUTES], 1).astype(np.int8))
        pairs = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
        spans += [f"{name} {_clock_text(int(start))}–{_clock_text(int(end))}" for start, end in pairs]
    return ", ".join(spans)


def _entry(entry: str) -> list[tuple[int, int]]:
    found = _ENTRY.fullmatch(entry.strip())
    if not found:
        raise ValueError(f"“{entry.strip()}” is not a free time; write it like Mon 9-12.")
    spans = []
    for text in found["times"].split(","):
        span = _SPAN.fullmatch(text.strip())
        if not span:
            raise ValueError(f"“{text.strip()}” is not a time of day; write it like 9-12 or 13:30-15.")
        start, end = _minutes(span["start"]), _minutes(span["end"])
        if start >= end:
            raise ValueError(
                f"“{entry.strip()}” ends before it begins; write a night as two times: Mon 22-24; Tue 0-2."
            )
        spans.append((start, end))
    return [
        (day * _DAY_MINUTES + start, day * _DAY_MINUTES + end)
        for day in _days(found["days"])
        for start, end in spans
    ]


def _days(text: str) -> list[int]:
    days = []
    for part in text.split(","):
        first, *last = (_day(name) for name in re.split(r"[-–]", part))
        if len(last) > 1:
            raise ValueError(f"“{part.strip()}” names more than two days; write it like Mon-Fri.")
        days += [day % 7 for day in range(first, first + (last[0] - first) % 7 + 1)] if last else [first]
    return days


def _day(text: str) -> int:
    name = fold(text).rstrip(".")
    for day, full in enumerate(_FULL_DAYS):
        if len(name) >= 2 and full.startswith(name):
            return day
    raise ValueError(f"“{text.strip()}” is not a day of the week; write {', '.join(DAYS)}.")


def _minutes(text: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    assert found is not None  # the span has matched
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    if minute > 59 or hour * 60 + minute > _DAY_MINUTES:
        raise ValueError(f"“{text.strip()}” is not a time of day; use 0 to 24.")
    return hour * 60 + minute


def _clock_text(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


@cache
def _zone_names() -> dict[str, str]:
    return {fold(name): name for name in available_timezones()}
