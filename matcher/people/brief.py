"""What is to be formed: who is there, which groups, and what is known about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast

from matcher.people.fit import Fit
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember

T = TypeVar("T")

MEETING_HOURS = 2
"""Shared free hours a week that are enough unless the manager says otherwise."""


class PlanKind(StrEnum):
    """What people are placed in."""

    DUOS = "duos"
    TEAMS = "teams"
    PROJECTS = "projects"

    @property
    def word(self) -> str:
        """Return what one of them is called."""
        return self.value.removesuffix("s")

    @classmethod
    def of_sizes(cls, sizes: Iterable[int]) -> PlanKind:
        """Return what groups are: duos when all have two members but for one trio, else teams."""
        ordered = sorted(size for size in sizes if size)
        return cls.DUOS if set(ordered[:-1]) <= {2} and ordered[-1:] in ([2], [3]) else cls.TEAMS


@dataclass(frozen=True)
class Slot:
    """A group to be filled: its name and how many members it takes."""

    name: str
    size: int


@dataclass(frozen=True)
class Brief:
    """What is to be formed, in the manager's terms; rules and goals read from it.

    Members are numbered by their folded key, so that the order of the roster's rows has no
    say in what is formed.

    Parameters
    ----------
    roster
        Everybody; the absent are not placed.
    kind, slots
        What to form, and the groups with their sizes, which sum to the members present.
    frictions, rounds, projects
        What the manager knows; rounds oldest first.
    mix, not_alone
        Attributes that the manager chose for these goals.
    keep_pairs
        Whether people who were together before are wanted together again.
    meeting_hours
        How many shared free hours a week are enough; 1 or more.
    as_of
        A day of the week that free times are compared in: clocks are put forward and back.
    """

    roster: Roster
    kind: PlanKind
    slots: tuple[Slot, ...]
    frictions: tuple[Friction, ...] = ()
    rounds: tuple[Round, ...] = ()
    projects: tuple[Project, ...] = ()
    mix: tuple[str, ...] = ()
    not_alone: tuple[str, ...] = ()
    keep_pairs: bool = False
    meeting_hours: int = MEETING_HOURS
    as_of: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        if self.meeting_hours < 1:
            raise ValueError(
                f"{self.meeting_hours} shared hours a week are no goal; ask for 1 or more, "
                "or turn the goal meeting off."
            )

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Present members, in the order of their indices."""
        return tuple(sorted(self.roster.present, key=lambda m: fold(m.key)))

    @cached_property
    def indices(self) -> Mapping[str, int]:
        """Index of each present member, by key."""
        return {m.key: i for i, m in enumerate(self.members)}

    @cached_property
    def fit(self) -> Fit:
        """Relations between all pairs of present members."""
        return Fit(self.roster, self.members)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Size of each group."""
        return tuple(slot.size for slot in self.slots)

    @cached_property
    def slot_numbers(self) -> Mapping[str, int]:
        """Number of each group, by its folded name."""
        return {fold(slot.name): g for g, slot in enumerate(self.slots)}

    @cached_property
    def leads(self) -> Mapping[int, int]:
        """Index of the member who leads a project, by the number of its slot."""
        found = ((self.slot_numbers.get(fold(p.name)), self.indices.get(p.lead)) for p in self.projects)
        return {slot: lead for slot, lead in found if slot is not None and lead is not None}

    def present(self, keys: tuple[str, ...]) -> tuple[int, ...]:
        """Return the indices of those among these members who are present."""
        return tuple(self.indices[key] for key in keys if key in self.indices)

    def meant(self, references: Iterable[str]) -> tuple[int, ...]:
        """Return the indices of those present whom ids, emails or names refer to, each once.

        A roster may well mention people who are absent or not on it; they are passed over.
        """
        found: dict[int, None] = {}
        for reference in references:
            try:
                key = self.roster.find(reference).key
            except UnknownMember:
                continue
            if key in self.indices:
                found[self.indices[key]] = None
        return tuple(found)

    def name(self, index: int) -> str:
        """Return what a member is called in sentences; the id is added where the name is not unique."""
        member = self.members[index]
        same = self._names[fold(member.name)]
        return member.name if same == 1 else f"{member.name} ({member.key})"

    def with_slots(self, slots: tuple[Slot, ...]) -> Brief:
        """Return this brief with other groups to fill; what is known of the people is kept."""
        other = replace(self, slots=slots)
        about_people = ("members", "indices", "fit", "_names")
        other.__dict__.update({name: self.__dict__[name] for name in about_people if name in self.__dict__})
        return other

    def memo(self, name: str, make: Callable[[Brief], T]) -> T:
        """Return what ``make`` gives for this brief, made once under a name."""
        if name not in self._made:
            self._made[name] = make(self)
        return cast("T", self._made[name])

    @cached_property
    def _made(self) -> dict[str, object]:
        return {}

    @cached_property
    def _names(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for member in self.members:
            counts[fold(member.name)] = counts.get(fold(member.name), 0) + 1
        return counts
