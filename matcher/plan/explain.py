"""Why a group is as it is, and what it should talk about, in sentences that can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.goals import Goal, Reason
from matcher.people.brief import Brief
from matcher.people.names import listed

MOST_REASONS = 5
"""More than this many reasons are not read."""


def reasons_why(
    brief: Brief, goals: Sequence[Goal], group: Sequence[int], slot: int | None = None
) -> tuple[Reason, ...]:
    """Return the weightiest reasons for the group that fills a slot; never none, whoever reads them."""
    found = [reason for goal in goals for reason in goal.why(brief, group, slot)]
    if slot is not None and slot in brief.leads:
        found.append(Reason(f"{brief.name(brief.leads[slot])} leads {brief.slots[slot].name}.", 9.0))
    weightiest = _weightiest(found)
    if all(reason.private for reason in weightiest):  # the team's copy would say nothing
        weightiest = (*weightiest[: MOST_REASONS - 1], Reason(what_they_bring(brief, group)))
    return weightiest


def talking_points(brief: Brief, goals: Sequence[Goal], group: Sequence[int]) -> tuple[Reason, ...]:
    """Return what may stand between members of a group, the weightiest first."""
    return _weightiest([reason for goal in goals for reason in goal.talk_about(brief, group)])


def what_they_bring(brief: Brief, group: Sequence[int]) -> str:
    """Return one sentence that says what each member brings."""
    by_id = brief.roster.catalogue.by_id
    brings = []
    for i in group:
        first = brief.members[i].superpowers[:1]
        brings.append(
            f"{brief.name(i)} {by_id[first[0]].name.lower() if first else 'no known superpower yet'}"
        )
    return f"They bring: {listed(brings)}."


def buddy_reason(brief: Brief, pairs: Sequence[Sequence[int]]) -> tuple[Reason, ...]:
    """Return who is whose buddy inside a group, as one sentence; nothing when nobody is."""
    if not pairs:
        return ()
    named = (listed(brief.name(i) for i in pair) for pair in pairs)
    return (Reason(f"Buddies: {'; '.join(named)}."),)


def first_exercise(group: Sequence[int]) -> str:
    """Return what a group can begin with; harmless to read for everybody."""
    if len(group) < 4:
        return (
            "Tell each other when your superpower last helped; "
            "then swap superpowers for a day and talk about what it showed."
        )
    return (
        "Put everybody's superpowers on the wall; each finds the person whose superpower completes theirs, "
        "and names one piece of work that the two could do together."
    )


def _weightiest(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -reason.weight)[:MOST_REASONS])
