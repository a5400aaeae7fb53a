"""Rounds that were used: what they are called, when they were, and which is the latest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from secrets import token_hex
from typing import TYPE_CHECKING

from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.work.sheets import Sheet

if TYPE_CHECKING:
    from matcher.plan.plan import Plan
    from matcher.work.workspace import Workspace

Pair = tuple[str, str]
"""Keys of two members, the smaller first."""

BEST = 5
"""The highest rating; 1 is the lowest, 0 none."""


@dataclass(frozen=True)
class GroupNote:
    """What a manager noted about one group of a round. Private.

    Parameters
    ----------
    group
        Its name in the round.
    rating
        How it went: 1 (badly) to 5 (well), 0 when that was not said.
    remark, goals, actions
        The manager's own words.
    done
        Whether the actions are done.
    led_by
        Key of the member who led it, or empty.
    pairs_badly, pairs_well
        Pairs that worked badly, or well, together.
    members
        Keys of its members when it was noted: who leaves later does not turn a trio into a duo.

    Raises
    ------
    ValueError
        When the rating is none.
    """

    group: str
    rating: int = 0
    remark: str = ""
    goals: str = ""
    actions: str = ""
    done: bool = False
    led_by: str = ""
    pairs_badly: tuple[Pair, ...] = ()
    pairs_well: tuple[Pair, ...] = ()
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.rating <= BEST:
            raise ValueError(f"A group is rated 1 to {BEST}, not {self.rating}.")

    @property
    def open_actions(self) -> str:
        """The actions, unless they are done."""
        return "" if self.done else self.actions

    @property
    def empty(self) -> bool:
        """Whether nothing was noted."""
        return self == GroupNote(self.group, members=self.members)


@dataclass(frozen=True)
class UsedRound:
    """A plan that was really used.

    Parameters
    ----------
    sheet
        Who was in which group.
    begins, ends
        The first and the last day; ``None`` when it is not known, or not over.
    notes
        What was noted about its groups, each at most once.
    name
        What the manager calls it; no other round of the workspace is called so.
    id
        What it is found by, whatever its name and its place.

    Raises
    ------
    InputError
        When it ends before it begins.
    """

    sheet: Sheet
    begins: date | None = None
    ends: date | None = None
    notes: tuple[GroupNote, ...] = ()
    name: str = ""
    id: str = field(default_factory=lambda: token_hex(4))

    def __post_init__(self) -> None:
        if self.begins and self.ends and self.ends < self.begins:
            raise InputError(
                f"{self.name or 'A round'} cannot end on {day(self.ends)}, before it begins on "
                f"{day(self.begins)}: choose a later last day, or an earlier first day."
            )

    @property
    def when(self) -> str:
        """The time in words; empty when it has no date."""
        if self.begins and self.ends:
            return day(self.begins) if self.begins == self.ends else f"{day(self.begins)} to {day(self.ends)}"
        if self.begins:
            return f"since {day(self.begins)}"
        return f"until {day(self.ends)}" if self.ends else ""

    def note(self, group: str) -> GroupNote:
        """Return what was noted about a group; an empty note when nothing was."""
        return next((note for note in self.notes if note.group == group), GroupNote(group))


def day(when: date) -> str:
    """Return a date in words: ``3 March 2026``."""
    return f"{when.day} {when:%B %Y}"


def in_order(rounds: Iterable[UsedRound]) -> tuple[UsedRound, ...]:
    """Return rounds in the order of their dates, oldest first; one without a date stays at its place."""
    ordered = list(rounds)
    places = [place for place, used in enumerate(ordered) if used.when]
    dated = sorted((ordered[place] for place in places), key=_dates)
    for place, used in zip(places, dated, strict=True):
        ordered[place] = used
    return tuple(ordered)


def _dates(used: UsedRound) -> tuple[date, date]:
    return used.begins or used.ends or date.max, used.ends or date.max


def free_name(name: str, rounds: Iterable[UsedRound]) -> str:
    """Return a name that none of these rounds has: this one, or this one with a number."""
    taken = {fold(used.name) for used in rounds}
    number, free = 1, name
    while fold(free) in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def with_rounds(now: Workspace, what: str, more: Iterable[UsedRound]) -> Workspace:
    """Return the workspace with more rounds, after those that it has as far as dates do not say otherwise."""
    rounds = now.rounds
    for used in more:
        rounds = (*rounds, replace(used, name=free_name(used.name, rounds)))
    return now.changed(what, rounds=in_order(rounds))


def sheet_of_plan(plan: Plan) -> Sheet:
    """Return who is in which group of a plan, so that it can be read whatever happens to the roster."""
    by_key = {m.key: m for m in plan.brief.roster.members}
    rows = tuple(
        (by_key[key].id, by_key[key].email, by_key[key].name, group.name)
        for group in plan.groups
        for key in group.members
    )
    return Sheet(f"the {plan.kind}", ("id", "email", "name", "group"), rows)


def round_of(now: Workspace, plan: Plan) -> UsedRound | None:
    """Return the latest round in which this very plan was used, if there is one."""
    rows = sheet_of_plan(plan).rows if now.rounds else ()
    return next((used for used in reversed(now.rounds) if used.sheet.rows == rows), None)


def use(
    now: Workspace, plan: Plan, begins: date | None = None, ends: date | None = None, name: str = ""
) -> Workspace:
    """Return the workspace with a plan as one of its rounds.

    Parameters
    ----------
    now, plan
        The workspace, and what was used.
    begins, ends
        From when to when; ``None`` when that is not known, or not over.
    name
        What it is called; by its kind and its first day when that is empty.

    Raises
    ------
    InputError
        When it would end before it begins.
    """
    kind = str(plan.kind).capitalize()
    name = name or (f"{kind} used on {day(begins)}" if begins else f"{kind} used")
    return with_rounds(now, "mark a plan as used", [UsedRound(sheet_of_plan(plan), begins, ends, name=name)])


def place_of(now: Workspace, id_: str) -> int:
    """Return at which place a round stands.

    Raises
    ------
    InputError
        When it is gone.
    """
    found = next((place for place, used in enumerate(now.rounds) if used.id == id_), None)
    if found is None:
        raise InputError("This round is no longer among the past rounds; it was removed meanwhile.")
    return found


def with_round(now: Workspace, what: str, used: UsedRound) -> Workspace:
    """Return the workspace in which a round has become another, at its place by date."""
    rounds = tuple(used if other.id == used.id else other for other in now.rounds)
    return now.changed(what, rounds=in_order(rounds))


def rename(now: Workspace, id_: str, name: str) -> Workspace:
    """Return the workspace with a round that is called otherwise.

    Raises
    ------
    InputError
        When the name is empty or another round's, or the round is gone.
    """
    used, name = now.rounds[place_of(now, id_)], " ".join(name.split())
    if name == used.name:
        return now
    if not name:
        raise InputError(f"Give the round a name; it is still called “{used.name}”.")
    if any(fold(other.name) == fold(name) for other in now.rounds if other is not used):
        raise InputError(f"A round is called “{name}” already; choose another name.")
    return with_round(now, f"rename {used.name}", replace(used, name=name))


def set_dates(now: Workspace, id_: str, begins: date | None, ends: date | None) -> Workspace:
    """Return the workspace with other dates of a round, and the rounds in the order of their dates.

    Raises
    ------
    InputError
        When it would end before it begins, or the round is gone.
    """
    used = now.rounds[place_of(now, id_)]
    if (begins, ends) == (used.begins, used.ends):
        return now
    return with_round(now, f"the dates of {used.name}", replace(used, begins=begins, ends=ends))


def remove(now: Workspace, id_: str) -> Workspace:
    """Return the workspace without a round."""
    used = now.rounds[place_of(now, id_)]
    return now.changed(f"remove {used.name}", rounds=tuple(one for one in now.rounds if one is not used))


def can_move_back(now: Workspace, place: int) -> bool:
    """Return whether a round and the one before it may change places: dates do not say which was first."""
    return place > 0 and not (now.rounds[place].when and now.rounds[place - 1].when)


def move_back(now: Workspace, id_: str) -> Workspace:
    """Return the workspace with a round and the one before it in the other order."""
    place, rounds = place_of(now, id_), list(now.rounds)
    if not can_move_back(now, place):
        return now
    rounds[place - 1 : place + 1] = rounds[place], rounds[place - 1]
    return now.changed(f"move {rounds[place - 1].name} back", rounds=tuple(rounds))


def groups_of(now: Workspace, id_: str) -> dict[str, tuple[str, ...]]:
    """Return the groups of a round by their names: keys of those who are still on the roster."""
    place = place_of(now, id_)
    found = now.found_rounds[place].value if now.roster is not None else ()
    return {name: keys for one in found for name, keys in one.groups.items()}
