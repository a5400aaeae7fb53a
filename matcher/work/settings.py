"""What a manager asks for on the page Form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.goals import GOALS, SCORED, importances
from matcher.people.brief import MEETING_HOURS, Brief, PlanKind, Slot
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.people.roster import Roster
from matcher.rules import Pin

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

SECONDS = 10
"""How long forming may take unless the manager says otherwise."""

COLUMN_GOALS = {"mix": "mix", "not alone": "not_alone"}
"""Goals that need columns of the roster, and the option that takes them."""


def lacking(
    roster: Roster, kind: PlanKind, projects: Sequence[Project] = (), rounds: Sequence[Round] = ()
) -> dict[str, str]:
    """Return, for each goal that cannot be scored yet, what to give; columns can still be chosen."""
    names = [project.name for project in projects] if kind is PlanKind.PROJECTS else []
    slots = tuple(Slot(name, 1) for name in names) or (Slot("everybody", len(roster.present)),)
    attributes = roster.attributes
    brief = Brief(roster, kind, slots, rounds=tuple(rounds), mix=attributes, not_alone=attributes)
    return {goal.name: lack for goal in SCORED if (lack := goal.lacks(brief))}


def usual(preset: str) -> dict[str, str]:
    """Return the importance of each goal that lacks nothing, unless the manager says otherwise."""
    return importances(preset=preset or None, ready=[goal.name for goal in GOALS])


@dataclass(frozen=True)
class Again:
    """A plan to begin from, and how much of it stays.

    Parameters
    ----------
    start
        The plan.
    lock
        Names of its groups that keep their members.
    most
        How many people may move to another group; ``None`` when as many as it takes.
    members
        Keys of those who stay in their group, wherever the others go.
    """

    start: Plan
    lock: tuple[str, ...] = ()
    most: int | None = None
    members: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, Any]:
        """The options of forming that this stands for."""
        return {"start": self.start, "lock": self.lock, "move_at_most": self.most}

    def stays(self, roster: Roster) -> list[Pin]:
        """Return the rules that keep single members where they are, as far as they are present."""
        home = {key: group.name for group in self.start.groups for key in group.members}
        present = {member.key for member in roster.present}
        return [Pin((key,), home[key]) for key in self.members if key in home and key in present]


@dataclass(frozen=True)
class Settings:
    """What a manager asks for.

    Parameters
    ----------
    kind
        Duos, teams or projects.
    by_count
        Whether teams are given by how many there are, not by their size.
    least, most, count
        People in a team, and how many teams.
    goals
        Importances, as far as they are not the usual ones.
    preset
        The purpose that the importances were taken from, or empty.
    columns
        For each goal that needs them, the chosen columns of the roster.
    keep
        Whether people who were together in past rounds are wanted together again.
    meeting_hours
        Shared free hours a week that are enough.
    buddies
        Whether everybody in a team also gets a buddy inside it.
    absent
        Keys of members to leave out.
    seconds
        Time limit.
    lift_hard_clash
        Whether a duo may have a clash that duos usually may not have.
    """

    kind: PlanKind = PlanKind.DUOS
    by_count: bool = False
    least: int = 4
    most: int = 6
    count: int = 3
    goals: Mapping[str, str] = field(default_factory=dict)
    preset: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: bool = False
    meeting_hours: int = MEETING_HOURS
    buddies: bool = False
    absent: tuple[str, ...] = ()
    seconds: int = SECONDS
    lift_hard_clash: bool = False

    def options(self, without: Iterable[str] = ()) -> dict[str, Any]:
        """Return the options of forming that these settings stand for.

        Parameters
        ----------
        without
            Goals that cannot be scored: nothing is said of them.
        """
        chosen = {goal: self.columns.get(goal, ()) for goal in COLUMN_GOALS}
        unsaid = {*without, *(goal for goal, columns in chosen.items() if not columns)}
        return {
            "goals": {name: importance for name, importance in self.goals.items() if name not in unsaid},
            "preset": self.preset or None,
            **{COLUMN_GOALS[goal]: columns for goal, columns in chosen.items()},
            "keep": self.keep,
            "meeting_hours": self.meeting_hours,
            "buddies": self.buddies,
            "absent": self.absent,
            "seconds": float(self.seconds),
            "lift_hard_clash": self.lift_hard_clash,
        }

    @property
    def sizing(self) -> dict[str, Any]:
        """Size or count, when teams are formed."""
        if self.kind is not PlanKind.TEAMS:
            return {}
        if self.by_count:
            return {"count": self.count}
        return {"size": self.least if self.least == self.most else (self.least, self.most)}
