"""A plan as plain text, to be read in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.files.alignment import aligned
from matcher.people.figures import figure
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
    told, whole = plan.to_dict(audience), audience == "manager"
    members = {member.key: member for member in plan.brief.roster.members}
    formed = counted(len(plan.groups), plan.kind.word)
    sections = [f"{formed}, {_how_good(plan, told)}" if whole else f"{formed}."]
    for group, shown in zip(plan.groups, told["groups"], strict=True):
        sections.append(_group(group, shown, members, plan))
    if plan.absent:
        sections.append(f"Absent: {', '.join(member.name for member in plan.absent)}")
    if whole:
        sections.append(_rules(plan))
    return "\n\n".join(sections)


def _rules(plan: Plan) -> str:
    broken = [rule for rule in plan.rules if not rule.kept]
    lines = [f"{len(plan.rules) - len(broken)} of {counted(len(plan.rules), 'rule')} kept."]
    for rule in broken:
        lines += [f"Broken: {rule.rule}", *(f"  {fault}" for fault in rule.faults)]
    return "\n".join(lines)


def _how_good(plan: Plan, told: Mapping[str, Any]) -> str:
    asides = "".join(f"\n  {name}: {aside}" for name, aside in told["asides"].items())
    values = f"{plan.against_chance}\n{_values(told['goals'])}{asides}"
    return f"score {figure(plan.score)} of 100. {plan.verdict}\n{values}"


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
        head += f"   score {figure(group.score)}   ({_values(group.goals)})"
    return "\n".join([head, *aligned(rows)])


def _values(goals: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {figure(value)}" for name, value in goals.items())
