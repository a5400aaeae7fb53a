"""What a manager asks for on the page Form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.goals import GOALS, SCORED
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.roster import Roster

SECONDS = 10
"""How long forming may take unless the manager says otherwise."""

COLUMN_GOALS = {"mix": "mix", "not alone": "not_alone"}
"""Goals that need columns of the roster, and the option that takes them."""


def offered_goals(roster: Roster, kind: PlanKind) -> list[str]:
    """Return the names of the goals that the roster has what is needed for."""
    everybody = Slot("everybody", len(roster.present))
    brief = Brief(roster, kind, (everybody,), mix=roster.attributes, not_alone=roster.attributes)
    lacking = {goal.name for goal in SCORED if goal.lacks(brief)}
    return [goal.name for goal in GOALS if goal.name not in lacking]


@dataclass(frozen=True)
class Settings:
    """What a manager asks for.

    Parameters
    ----------
    kind
        Duos or teams.
    by_count
        Whether teams are given by how many there are, not by their size.
    least, most, count
        People in a team, and how many teams.
    goals
        Importance of each goal that was offered.
    preset
        The purpose that the importances were taken from, or empty.
    columns
        For each goal that needs them, the chosen columns of the roster.
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
    goals: Mapping[str, str] = field(default_factory=lambda: {goal.name: goal.default for goal in GOALS})
    preset: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    seconds: int = SECONDS
    lift_hard_clash: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """The options of forming that these settings stand for."""
        chosen = {goal: self.columns.get(goal, ()) for goal in COLUMN_GOALS}
        return {
            # a goal without the columns that it needs is left unsaid, and so off
            "goals": {name: importance for name, importance in self.goals.items() if chosen.get(name, True)},
            "preset": self.preset or None,
            **{COLUMN_GOALS[goal]: columns for goal, columns in chosen.items()},
            "absent": self.absent,
            "seconds": float(self.seconds),
            "lift_hard_clash": self.lift_hard_clash,
        }

    @property
    def sizing(self) -> dict[str, Any]:
        """Size or count, when teams are formed."""
        if self.kind is PlanKind.DUOS:
            return {}
        if self.by_count:
            return {"count": self.count}
        return {"size": self.least if self.least == self.most else (self.least, self.most)}
