"""A finished assignment, with its scores, reasons, bound and the settings that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil
from typing import Any, Literal

import pandas as pd

from matcher.goals import Reason
from matcher.people.brief import Brief, PlanKind
from matcher.people.member import Member
from matcher.people.names import counted
from matcher.plan.baseline import Baseline
from matcher.rules import Rule

Audience = Literal["manager", "team"]
"""For whom a copy is: the manager sees everything, the team nothing that would hurt to read."""

PUBLIC_GOALS = ("complement", "coverage")
"""Goals whose value tells the team nothing about frictions."""


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

        Absent members come last, without a group. The team's copy has no column that tells whom
        somebody prefers or turns to.
        """
        rows = []
        by_key = {m.key: m for m in self.brief.roster.members}
        for group in self.groups:
            told = _lines(group.told_why(audience)), _lines(group.told_talk(audience))
            rows += [self._row(audience, by_key[key], group.name, *told) for key in group.members]
        rows += [self._row(audience, member, "", "Absent from this plan.", "") for member in self.absent]
        return pd.DataFrame(rows).fillna("")

    def duos_frame(self, audience: Audience = "manager") -> pd.DataFrame:
        """Return one row a duo: ``duo, member 1, member 2, member 3, fit, why, talk about``.

        The fit of a trio is the mean of its three pairs; the team's copy has no fit.
        """
        rows = []
        for group in self.groups:
            names = [self.brief.name(self.brief.indices[key]) for key in group.members]
            fits = [self.fit(a, b) for a, b in combinations(group.members, 2)]
            row: dict[str, Any] = {"duo": group.name}
            row |= {f"member {i + 1}": name for i, name in enumerate([*names, "", "", ""][:3])}
            if audience == "manager":
                row["fit"] = round(sum(fits) / len(fits)) if fits else 0
            row["why"] = _lines(group.told_why(audience))
            row["talk about"] = _lines(group.told_talk(audience))
            rows.append(row)
        return pd.DataFrame(rows)

    def to_dict(self, audience: Audience = "manager") -> dict[str, Any]:
        """Return the plan as plain values, for ``plan.json``."""
        whole = audience == "manager"
        goals = {k: _round(v) for k, v in self.goals.items() if whole or k in PUBLIC_GOALS}
        return {
            "kind": str(self.kind),
            "status": self.status,
            "score": _round(self.score),
            "bound": _round(self.bound),
            "gap_percent": _round(self.gap_percent),
            "bound_by": self.bound_by,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            "goals": goals,
            "asides": dict(self.asides) if whole else {},
            "groups": [self._group(group, audience) for group in self.groups],
            "absent": [member.key for member in self.absent],
            "rules": [{"rule": r.rule, "kept": r.kept} for r in self.rules if whole or not r.private],
            "baseline": {
                "random_mean": _round(self.baseline.random_mean),
                "better_than_percent": _round(self.baseline.better_than_percent),
                "draws": self.baseline.draws,
            },
            "settings": dict(self.settings) if whole else {"kind": str(self.kind)},
        }

    def _group(self, group: Group, audience: Audience) -> dict[str, Any]:
        told: dict[str, Any] = {"name": group.name, "members": list(group.members)}
        if audience == "manager":
            told["score"] = _round(group.score)
            told["goals"] = {name: _round(value) for name, value in group.goals.items()}
        if group.buddies:
            told["buddies"] = [list(pair) for pair in group.buddies]
        told["why"] = group.told_why(audience)
        told["talk_about"] = group.told_talk(audience)
        return told

    def _row(self, audience: Audience, member: Member, group: str, why: str, talk: str) -> dict[str, str]:
        hidden = ("group", "why", "talk about", *(member.private if audience == "team" else ()))
        cells = {title: cell for title, cell in self._cells(member).items() if title not in hidden}
        return {**cells, "group": group, "why": why, "talk about": talk}

    def _cells(self, member: Member) -> dict[str, str]:
        if member.cells:
            return dict(member.cells)
        by_id = self.brief.roster.catalogue.by_id
        cells = {"name": member.name}
        cells |= {k: v for k, v in (("id", member.id), ("email", member.email)) if v}
        cells["superpowers"] = "; ".join(by_id[s].name for s in member.superpowers)
        return cells | dict(member.attributes)


def _lines(sentences: list[str]) -> str:
    return "\n".join(sentences)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
