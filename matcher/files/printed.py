"""A plan as plain text, to be read in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from matcher.people.member import Member
from matcher.people.names import counted
from matcher.plan.plan import Audience, Group, Plan


def plan_text(plan: Plan, audience: Audience = "manager") -> str:
    """Return what a plan is, how good it is, and each group with its reasons.

    Parameters
    ----------
    plan
        What to print.
    audience
        ``team`` leaves out everything that would hurt to read.
    """
    told = plan.to_dict(audience)
    members = {member.key: member for member in plan.brief.roster.members}
    sections = [
        f"{counted(len(plan.groups), plan.kind.word)}, score {plan.score:.1f} of 100. {plan.verdict}\n"
        f"{plan.against_chance}\n{_values(told['goals'])}"
        + "".join(f"\n  {name}: {aside}" for name, aside in told["asides"].items())
    ]
    for group, shown in zip(plan.groups, told["groups"], strict=True):
        sections.append(_group(group, shown, members, plan))
    if plan.absent:
        sections.append(f"Absent: {', '.join(member.name for member in plan.absent)}")
    shown_rules = [rule for rule in plan.rules if audience == "manager" or not rule.private]
    broken = [rule for rule in shown_rules if not rule.kept]
    lines = [f"{len(shown_rules) - len(broken)} of {counted(len(shown_rules), 'rule')} kept."]
    for rule in broken:
        lines += [f"Broken: {rule.rule}", *(f"  {fault}" for fault in rule.faults)]
    sections.append("\n".join(lines))
    return "\n\n".join(sections)


def _group(group: Group, shown: Mapping[str, Any], members: dict[str, Member], plan: Plan) -> str:
    by_id = plan.brief.roster.catalogue.by_id
    rows = [
        (plan.brief.name(plan.brief.indices[key]), ", ".join(by_id[s].name for s in members[key].superpowers))
        for key in group.members
    ]
    for title, sentences in (("why", shown["why"]), ("talk about", shown["talk_about"])):
        rows += [(title if number == 0 else "", text) for number, text in enumerate(sentences)]
    head = group.name
    if "score" in shown:  # the team's copy has none
        head += f"   score {group.score:.1f}   ({_values(group.goals)})"
    return "\n".join([head, *_aligned(rows)])


def _values(goals: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in goals.items())


def _aligned(rows: Iterable[tuple[str, str]]) -> list[str]:
    cells = list(rows)
    wide = max(_width(left) for left, _ in cells)
    return [f"  {left}{' ' * (wide - _width(left))}  {right}".rstrip() for left, right in cells]


def _width(text: str) -> int:
    """Return how many columns a terminal needs: two for a character of East Asian width, none for a mark."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )
