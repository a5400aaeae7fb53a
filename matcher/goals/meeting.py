"""Every group shares enough free hours."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief
from matcher.people.errors import InputError, Problem
from matcher.people.hours import HALF_HOURS, FreeTimes, spans_text
from matcher.people.names import listed


@dataclass(frozen=True, eq=False)
class _Week:
    """Who is free when.

    Parameters
    ----------
    free
        ``(n, 336)`` bool, half hours of universal time; who gives no hours is always free.
    problems
        Cells that cannot be read.
    readable
        How many members give hours that can be read.
    """

    free: NDArray[np.bool_]
    problems: tuple[Problem, ...]
    readable: int


def _week(brief: Brief) -> _Week:
    free = np.ones((len(brief.members), HALF_HOURS), dtype=bool)
    problems, readable = [], 0
    zones = {m.time_zone.strip() for m in brief.members if m.hours.strip()}
    for i, member in enumerate(brief.members):
        if not member.hours.strip():
            continue
        try:
            times = FreeTimes(member.hours, member.time_zone)
        except ValueError as error:
            problems.append(Problem(f"Free hours of {brief.name(i)}: {error}"))
            continue
        free[i] = times.half_hours(brief.as_of)
        readable += 1
        if not member.time_zone.strip() and len(zones) > 1:
            problems.append(
                Problem(f"{brief.name(i)} gives free hours but no time zone, while others do; add it.")
            )
    return _Week(free, tuple(problems), readable)


class Meeting(Quiet):
    """``100 · min(H, hours a week in which everybody in the group is free) / H``, with ``H`` enough hours.

    Counted in whole half hours of universal time, with the clocks as they stand in the brief's
    week. Who gives no hours is taken to be always free; without any time zone on the roster all
    are taken to live in one.
    """

    name = "meeting"
    label = "Meeting"
    sentence = "Every group shares enough free hours."
    default = "off"

    def lacks(self, brief: Brief) -> str:
        week = self._week(brief)
        if week.readable:
            return ""
        if week.problems:
            return f"nobody's free hours can be read. {week.problems[0]}"
        return "Say in the column “hours” when members are free, like Mon 9-12; Tue 14-17."

    def contribute(self, brief: Brief) -> Points:
        """Return the goal's numbers.

        Raises
        ------
        InputError
            When some members' free hours cannot be read.
        """
        week = self._week(brief)
        if week.problems:
            raise InputError(*week.problems)
        busy, times = np.unique(~week.free.T, axis=0, return_counts=True)
        groups, hours = len(brief.sizes), brief.meeting_hours
        base, tables = np.zeros(groups, dtype=np.int64), []
        for marked, halves in zip(busy, times, strict=True):
            if not marked.any():
                base += 50 * int(halves)
            elif not marked.all():
                points = np.zeros((groups, max(brief.sizes) + 1), dtype=np.int64)
                points[:, 0] = 50 * int(halves)
                tables.append(Table(marked, points))
        denominator = np.full(groups, hours, dtype=np.int64)
        return Points(denominator, base=base, tables=tuple(tables), cap=100 * denominator)

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        return min(Fraction(100), Fraction(50 * int(self._shared(brief, group).sum()), brief.meeting_hours))

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        told = [i for i in group if brief.members[i].hours.strip()]
        shared = self._shared(brief, group)
        if len(group) < 2 or not told or not shared.any():
            return []
        zones = {brief.members[i].time_zone.strip() for i in told}
        zone = zones.pop() if len(zones) == 1 else "UTC"
        spans = spans_text(shared, zone, brief.as_of).split(", ")
        when = ", ".join(spans[:3]) + (" …" if len(spans) > 3 else "") + (f" ({zone})" if zone else "")
        silent = [brief.name(i) for i in group if i not in told]
        who = listed(silent) if 0 < len(silent) < 4 else f"{len(silent)} of them"
        text = (
            f"Free together {_hours_text(shared)} a week: {when}{f'; {who} gave no hours' if silent else ''}."
        )
        return [Reason(text, 0.6)]

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        shared = self._shared(brief, group)
        if len(group) < 2 or shared.sum() >= 2 * brief.meeting_hours:
            return []
        found = f"only {_hours_text(shared, 'free ')} a week" if shared.any() else "no free hour in the week"
        text = f"They share {found}: agree on when to meet."
        return [Reason(text, 1.0)]

    def _shared(self, brief: Brief, group: Group) -> NDArray[np.bool_]:
        shared: NDArray[np.bool_] = np.logical_and.reduce(self._week(brief).free[list(group)], axis=0)
        return shared

    def _week(self, brief: Brief) -> _Week:
        return brief.memo(self.name, _week)


def _hours_text(halves: NDArray[np.bool_], free: str = "") -> str:
    hours = int(halves.sum()) / 2
    return f"{hours:g} {free}{'hour' if hours == 1 else 'hours'}"
