"""What a change by hand does to a plan: every figure before and after, every rule broken and mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.goals import GOALS
from matcher.people.figures import figure, signed
from matcher.people.names import listed


@dataclass(frozen=True)
class Fault:
    """A rule that is broken, in the manager's words, who breaks it, and whether that stays private."""

    rule: str
    who: str
    private: bool = False


@dataclass(frozen=True)
class Shift:
    """A figure 0…100 before and after a change; ``None`` where there is nobody to score."""

    before: float | None
    after: float | None

    @property
    def change(self) -> float:
        """How much it rises; 0 when there is nothing to compare."""
        return 0.0 if self.before is None or self.after is None else self.after - self.before

    def told(self, nobody: str = "nobody") -> tuple[str, str]:
        """Return both figures as they are shown."""
        before, after = (nobody if value is None else figure(value) for value in (self.before, self.after))
        return before, after

    def __str__(self) -> str:
        before, after = self.told()
        return f"{before} → {after}{in_brackets(self)}"


@dataclass(frozen=True)
class GroupShift:
    """What a change does to one group.

    Parameters
    ----------
    name
        What the group is called.
    members
        Keys of its members after the change.
    score, goals
        The group's score, and each of its goals.
    """

    name: str
    members: tuple[str, ...]
    score: Shift
    goals: Mapping[str, Shift]


@dataclass(frozen=True)
class Effect:
    """What a change does to a plan.

    Parameters
    ----------
    score, goals
        The plan's score, and each goal's value for the plan, the lowest group included.
    groups
        Those whose members change.
    broken, mended
        What breaks a rule after the change but not before, and the other way round.
    """

    score: Shift
    goals: Mapping[str, Shift]
    groups: tuple[GroupShift, ...]
    broken: tuple[Fault, ...]
    mended: tuple[Fault, ...]

    @property
    def legal(self) -> bool:
        """Whether no rule is newly broken."""
        return not self.broken

    @property
    def sentence(self) -> str:
        """The figures in one line: the plan, its goals that change, the groups that change."""
        labels = {goal.name: goal.label.lower() for goal in GOALS}
        goals = [f"{labels[name]} {shift}" for name, shift in self.goals.items() if in_brackets(shift)]
        parts = [f"Score {self.score}", *goals, *(f"{group.name} {group.score}" for group in self.groups)]
        return f"{listed(parts)}."


def in_brackets(shift: Shift) -> str:
    """Return by how much a figure changes, like ``(+0.8)``; empty when it does not show."""
    if shift.before is None or shift.after is None or f"{abs(shift.change):.1f}" == "0.0":
        return ""
    return f" ({signed(shift.change)})"
