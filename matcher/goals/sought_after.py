"""The people whom others turn to are spread over the groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.instance import Table
from matcher.people.brief import Brief
from matcher.people.member import Member
from matcher.people.names import counted, listed
from matcher.people.roster import Roster, UnknownMember

OUTSTANDING = 2
"""Who has at least so many times an equal share of the ballots is sought after."""


@dataclass(frozen=True)
class Ballots:
    """Whom the members turn to.

    Parameters
    ----------
    members, cast
        How many are on the roster, absent ones included, and how many of them turn to anybody there.
    load
        Ballots that each present member has; each ballot is divided by how many it names.
    voters
        How many members turn to each present member.
    sought
        Indices of those who are sought after.
    """

    members: int
    cast: int
    load: tuple[Fraction, ...]
    voters: tuple[int, ...]
    sought: tuple[int, ...]

    @property
    def equal(self) -> Fraction:
        """An equal share of the ballots, were everybody on the roster turned to alike."""
        return Fraction(self.cast, self.members)


def named(roster: Roster, voter: Member) -> list[str]:
    """Return the keys of those on the roster whom a member turns to, each once, never the member."""
    found: dict[str, None] = {}
    for reference in voter.turns_to:
        try:
            found[roster.find(reference).key] = None
        except UnknownMember:  # people outside the roster are turned to as well
            continue
    return [key for key in found if key != voter.key]


def ballots(brief: Brief) -> Ballots:
    """Return whom the members turn to."""
    return brief.memo(SoughtAfter.name, _counted)


def _counted(brief: Brief) -> Ballots:
    load = {member.key: Fraction(0) for member in brief.roster.members}
    cast, voters = 0, Counter[str]()
    for voter in brief.roster.members:
        ballot = named(brief.roster, voter)
        cast += bool(ballot)
        voters.update(ballot)
        for key in ballot:
            load[key] += Fraction(1, len(ballot))
    equal = Fraction(cast, len(load))
    sought = tuple(
        i
        for i, member in enumerate(brief.members)
        if voters[member.key] > 1 and load[member.key] >= OUTSTANDING * equal
    )
    return Ballots(
        len(load),
        cast,
        tuple(load[member.key] for member in brief.members),
        tuple(voters[member.key] for member in brief.members),
        sought,
    )


class SoughtAfter(Quiet):
    """100 when the sought-after have their fair number in the group, rounded down or up.

    A member's load is the ballots that name them, each divided by how many it names; sought after
    is who is named by two others or more and has at least twice an equal share of the ballots
    (ballots cast / members of the roster). With
    ``S`` of them among ``n`` members, a group of ``m`` has its fair number between ``⌊S·m/n⌋`` and
    ``⌈S·m/n⌉``: one or two a team when there are between one and two for each. The value is
    ``100 · (1 − too many or too few / the most that could be)``.
    """

    name = "sought after"
    label = "Sought after"
    sentence = "The people whom others turn to are spread evenly, one or two a team."
    default = "off"

    def lacks(self, brief: Brief) -> str:
        cast = ballots(brief).cast
        return "" if cast else "Say in the column “turns to” whom members turn to."

    def contribute(self, brief: Brief) -> Points:
        sizes, sought = brief.sizes, ballots(brief).sought
        marked = np.zeros(len(brief.members), dtype=bool)
        marked[list(sought)] = True
        fair = [self._fair(brief, size) for size in sizes]
        worst = np.array([most for _, _, most in fair], dtype=np.int64)
        counts = np.arange(max(sizes) + 1)
        off = np.array([_off(counts, low, high) for low, high, _ in fair], dtype=np.int64)
        tables = (Table(marked, -100 * off),) if sought else ()
        return Points(worst, base=100 * worst, tables=tables)

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        low, high, worst = self._fair(brief, len(group))
        count = len(set(group).intersection(ballots(brief).sought))
        return 100 - Fraction(100 * (max(count - high, 0) + max(low - count, 0)), worst)

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        found = ballots(brief)
        here = [i for i in group if i in found.sought]
        if not here:
            return []
        loads = listed(f"{brief.name(i)} ({load_text(found.load[i], found.cast)})" for i in here)
        return [Reason(f"Sought after here: {loads}.", 0.5, private=True)]

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        _, high, _ = self._fair(brief, len(group))
        here = [i for i in group if i in ballots(brief).sought]
        if len(here) <= high:
            return []
        names = listed(brief.name(i) for i in here)
        every = "both" if len(here) == 2 else "all"
        text = f"{names} are {every} sought after: leave them time for their own work."
        return [Reason(text, 0.5, private=True)]

    def _fair(self, brief: Brief, size: int) -> tuple[int, int, int]:
        """Return the fewest and most that are fair in a group, and how far off it could be."""
        sought = len(ballots(brief).sought)
        low, high = fair(size, sought, len(brief.members))
        return low, high, max(1, low, min(size, sought) - high)


def fair(size: int, sought: int, members: int) -> tuple[int, int]:
    """Return the fewest and the most of the sought-after that are fair in a group of a size."""
    share = Fraction(size * sought, members)
    return int(share), -int(-share // 1)


def _off(counts: np.ndarray[tuple[int], np.dtype[np.int64]], low: int, high: int) -> list[int]:
    return [max(int(count) - high, 0) + max(low - int(count), 0) for count in counts]


def load_text(load: Fraction, cast: int) -> str:
    """Return ``2.5 of 9 ballots``."""
    return f"{round(float(load), 1):g} of {counted(cast, 'ballot')}"
