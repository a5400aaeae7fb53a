"""A plan as tables and plain values, for files that other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from matcher.people.history import PLAN_TITLES
from matcher.people.member import Member
from matcher.plan.report import ABSENT, columns_told, rules_told

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Group, Plan

PUBLIC_GOALS = ("complement", "coverage")
"""Goals whose value for the whole plan tells the team nothing about frictions."""


@dataclass(frozen=True)
class Cells:
    """Titles, of which two may be equal, and rows with a cell for each."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def member_table(plan: Plan, audience: Audience) -> Cells:
    """Return one row a member: the roster's own columns, then :data:`PLAN_TITLES`; the absent come last.

    A column of the roster that is called like one of ours stays too: of two equal ones, the last is ours.
    """
    by_key = {member.key: member for member in plan.brief.roster.members}
    names = {s.id: s.name for s in plan.brief.roster.catalogue.superpowers}
    rows: list[tuple[dict[str, str], tuple[str, ...]]] = []

    def add(member: Member, *ours: str) -> None:
        rows.append((columns_told(member, (names[s] for s in member.superpowers), audience), ours))

    for group in plan.groups:
        told = _lines(group.told_why(audience)), _lines(group.told_talk(audience))
        for key in group.members:
            add(by_key[key], group.name, *told)
    for member in plan.absent:
        add(member, "", ABSENT, "")
    titles = tuple(dict.fromkeys(title for own, _ in rows for title in own))
    return Cells(
        (*titles, *PLAN_TITLES),
        tuple((*(own.get(title, "") for title in titles), *ours) for own, ours in rows),
    )


def duo_table(plan: Plan, audience: Audience) -> Cells:
    """Return one row a duo: ``duo, member 1, member 2, member 3, fit, why, talk about``.

    The fit of a trio is the mean of its three pairs; the team's copy has no fit.
    """
    whole = audience == "manager"
    rows: list[tuple[Any, ...]] = []
    for group in plan.groups:
        names = [plan.brief.name(plan.brief.indices[key]) for key in group.members]
        fits = [plan.fit(a, b) for a, b in combinations(group.members, 2)]
        fit = (round(sum(fits) / len(fits)) if fits else 0,) if whole else ()
        told = _lines(group.told_why(audience)), _lines(group.told_talk(audience))
        rows.append((group.name, *[*names, "", "", ""][:3], *fit, *told))
    titles = ("duo", "member 1", "member 2", "member 3", *(("fit",) if whole else ()), "why", "talk about")
    return Cells(titles, tuple(rows))


def plain_values(plan: Plan, audience: Audience) -> dict[str, Any]:
    """Return the plan as plain values, for ``plan.json``.

    The team's copy has every key. Of figures it has the whole plan's alone, and of goals those that tell
    nothing about frictions; a plan of one group has none at all, since they would be that group's.
    """
    whole = audience == "manager"
    rated = whole or len(plan.groups) > 1
    goals = {name: value for name, value in plan.goals.items() if whole or (rated and name in PUBLIC_GOALS)}

    def figure(value: float | None) -> float | None:
        return None if value is None or not rated else round(value, 6)

    return {
        "kind": str(plan.kind),
        "status": plan.status,
        "score": figure(plan.score),
        "bound": figure(plan.bound),
        "gap_percent": figure(plan.gap_percent),
        "bound_by": plan.bound_by,
        "seconds": round(plan.seconds, 3),
        "seed": plan.seed,
        "goals": {name: figure(value) for name, value in goals.items()},
        "asides": dict(plan.asides) if whole else {},
        "groups": [_group(group, audience) for group in plan.groups],
        "absent": [member.key for member in plan.absent],
        "rules": [{"rule": r.rule, "kept": r.kept} for r in rules_told(plan, audience)],
        "baseline": {
            "random_mean": figure(plan.baseline.random_mean),
            "better_than_percent": figure(plan.baseline.better_than_percent),
            "draws": plan.baseline.draws,
        },
        "settings": dict(plan.settings) if whole else {"kind": str(plan.kind)},
    }


def _group(group: Group, audience: Audience) -> dict[str, Any]:
    told: dict[str, Any] = {"name": group.name, "members": list(group.members)}
    if audience == "manager":
        told["score"] = round(group.score, 6)
        told["goals"] = {name: round(value, 6) for name, value in group.goals.items()}
    if group.buddies:
        told["buddies"] = [list(pair) for pair in group.buddies]
    told["why"] = group.told_why(audience)
    told["talk_about"] = group.told_talk(audience)
    return told


def _lines(sentences: Iterable[str]) -> str:
    return "\n".join(sentences)
