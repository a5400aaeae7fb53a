"""A finished assignment, with its scores, reasons, bound and the settings that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from matcher.goals import Reason
from matcher.people.brief import Brief, PlanKind
from matcher.people.member import Member
from matcher.people.names import counted
from matcher.plan.baseline import Baseline
from matcher.plan.tables import Cells, duo_table, member_table, plain_values
from matcher.rules import Rule

if TYPE_CHECKING:
    import pandas as pd

Audience = Literal["manager", "team"]
"""For whom a copy is: the manager sees everything, the team nothing that would hurt to read."""


@dataclass(frozen=True)
class Group:
    """One duo, trio, team or project's team.

    Parameters
    ----------
    name
        ``Duo 1``, ``Team 1``, or what it was renamed to.
    members
        Keys of its members.
    score, goals
        0…100, and the value of each goal.
    reasons, points
        Why it is as it is, and what it should talk about.
    exercise
        What it can begin with; for everybody's eyes.
    buddies
        Keys of those who are each other's buddies inside the group; empty unless they were asked for.
    """

    name: str
    members: tuple[str, ...]
    score: float
    goals: Mapping[str, float]
    reasons: tuple[Reason, ...]
    points: tuple[Reason, ...]
    exercise: str
    buddies: tuple[tuple[str, ...], ...] = ()

    @property
    def why(self) -> list[str]:
        """Sentences: why this group."""
        return self.told_why("manager")

    @property
    def talk_about(self) -> list[str]:
        """Sentences: what may stand between the members."""
        return self.told_talk("manager")

    def told_why(self, audience: Audience) -> list[str]:
        """Return the reasons that an audience may read."""
        return [r.text for r in self.reasons if audience == "manager" or not r.private]

    def told_talk(self, audience: Audience) -> list[str]:
        """Return what an audience is asked to talk about: the team gets an exercise instead."""
        return [r.text for r in self.points] if audience == "manager" else [self.exercise]


@dataclass(frozen=True)
class RuleCheck:
    """A rule in the manager's words, whether it is kept, who breaks it, and the rule itself."""

    rule: str
    kept: bool
    private: bool = False
    faults: tuple[str, ...] = ()
    source: Rule | None = None


@dataclass(frozen=True)
class Plan:
    """A finished assignment.

    Parameters
    ----------
    brief
        What was to be formed: roster, groups, frictions, history.
    groups
        In the order of the brief's slots.
    status
        ``optimal`` only when proven, otherwise ``feasible``.
    score, bound
        0…100; no plan that keeps the rules scores more than the bound.
    goals
        Value of each goal that is on.
    rules
        Every rule, and whether it is kept.
    baseline
        How the score compares with random plans.
    seconds, seed
        Time used and the seed.
    settings
        What made the plan.
    bound_by
        How the bound was obtained.
    asides
        What should be known beside a goal's value, by its name.
    """

    brief: Brief
    groups: tuple[Group, ...]
    status: Literal["optimal", "feasible"]
    score: float
    bound: float
    goals: Mapping[str, float]
    rules: tuple[RuleCheck, ...]
    baseline: Baseline
    seconds: float
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    bound_by: str = ""
    asides: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> PlanKind:
        """What people are placed in."""
        return self.brief.kind

    @property
    def absent(self) -> tuple[Member, ...]:
        """Members who were left out on purpose."""
        return self.brief.roster.absent

    @property
    def gap_percent(self) -> float:
        """How far the score may lie below the best possible, in percent of the bound."""
        if self.bound <= self.score:
            return 0.0
        return 100 * (self.bound - self.score) / abs(self.bound)

    @property
    def verdict(self) -> str:
        """How good the plan is against the best possible, never better than proven."""
        broken = sum(not rule.kept for rule in self.rules)
        if broken:
            return f"Breaks {counted(broken, 'rule')}, so it is no match for plans that keep them all."
        if self.status == "optimal":
            return f"Proven best possible{self._for_sizes}."
        return f"Within {ceil(self.gap_percent * 10) / 10:g} % of the best possible{self._for_sizes}."

    @property
    def _for_sizes(self) -> str:
        """What proof and bound are about, where projects left a choice of sizes."""
        return " for these sizes" if any(p.least < p.most for p in self.brief.projects) else ""

    @property
    def against_chance(self) -> str:
        """How good the plan is against drawing names from a hat."""
        percent = self.baseline.better_than_percent
        if percent is None:
            return "The rules are too tight to draw random plans for comparison."
        return f"Better than {int(percent)} in 100 random plans that keep the rules."

    def fit(self, a: str, b: str) -> int:
        """Return the fit of two present members, given by their keys: −100…100."""
        return self.brief.fit.of(self.brief.indices[a], self.brief.indices[b])

    def to_frame(self, audience: Audience = "manager") -> pd.DataFrame:
        """Return one row a member: the roster's own columns, then ``group``, ``why``, ``talk about``.

        Absent members come last, without a group. A column of the roster that is itself called ``group``
        stays where it is; ours are the last three. The team's copy has, of the roster's columns, only who
        somebody is and what they bring.
        """
        return _frame(member_table(self, audience))

    def duos_frame(self, audience: Audience = "manager") -> pd.DataFrame:
        """Return one row a duo: ``duo, member 1, member 2, member 3, fit, why, talk about``.

        The fit of a trio is the mean of its three pairs; the team's copy has no fit.
        """
        return _frame(duo_table(self, audience))

    def to_dict(self, audience: Audience = "manager") -> dict[str, Any]:
        """Return the plan as plain values, for ``plan.json``."""
        return plain_values(self, audience)


def _frame(cells: Cells) -> pd.DataFrame:
    import pandas as pd  # late: it takes long to load, and most of what a plan is asked does without

    return pd.DataFrame(list(cells.rows), columns=list(cells.titles))
