"""What the cards of the board show, as plain values; knows no page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from matcher.goals import GOALS
from matcher.people.brief import Brief, PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.plan.familiarity import familiar_pairs
from matcher.plan.open_points import Kind, open_points
from matcher.ui.parts.families import family_colours, family_signs

if TYPE_CHECKING:
    from matcher.people.catalogue import Catalogue
    from matcher.plan.effect import Fault
    from matcher.plan.plan import Audience, Group, Plan

GOOD, FAIR = 70, 45
"""A score from which on a group counts as strong, and as fair."""

GRADES = {"good": "strong", "fair": "fair", "weak": "weak"}
"""What a grade is called."""

SIGNS = {Kind.FRICTION: "⚡", Kind.CLASH: "⚡", Kind.FAMILY: "○", Kind.ALONE: "◌", Kind.PARTNER: "◌"}
SEVERE = (Kind.FRICTION, Kind.CLASH)


def grade(value: float) -> str:
    """Return ``good``, ``fair`` or ``weak`` for a value of 0…100."""
    return "good" if value >= GOOD else "fair" if value >= FAIR else "weak"


def cards_of(
    plan: Plan,
    groups: Sequence[Group],
    audience: Audience,
    *,
    locked: Collection[str] = (),
    faults: Mapping[str, Sequence[Fault]] | None = None,
    hits: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Return the cards of some groups of a plan.

    Parameters
    ----------
    plan, groups
        The plan, and which of its groups, in the order of the cards.
    audience
        For whom: the team's cards have no score, no mark and nothing private.
    locked
        Names of groups and keys of members that are locked.
    faults
        For each group's name, the rules that are broken in it.
    hits
        Keys of members that a search has found.
    """
    numbers = {group.name: number for number, group in enumerate(plan.groups)}
    make = _Cards(plan, audience, frozenset(locked), faults or {}, frozenset(hits))
    return [make.card(numbers[group.name], group) for group in groups]


class _Cards:
    def __init__(
        self,
        plan: Plan,
        audience: Audience,
        locked: frozenset[str],
        faults: Mapping[str, Sequence[Fault]],
        hits: frozenset[str],
    ) -> None:
        self.plan, self.brief, self.whole = plan, plan.brief, audience == "manager"
        self.audience, self.locked, self.faults, self.hits = audience, locked, faults, hits
        self.powers = cache(lambda superpower: _power(plan.brief.roster.catalogue, superpower))
        scored = [group for group in plan.groups if group.members]
        self.lowest = min(scored, key=lambda group: group.score) if len(scored) > 1 else None
        self.labels = {goal.name: goal.label for goal in GOALS}

    def card(self, number: int, group: Group) -> dict[str, Any]:
        blocks = group.buddies or ((group.members,) if group.members else ())
        return {
            "number": number,
            "name": group.name,
            "score": round(group.score) if self.whole else None,
            "grade": grade(group.score) if self.whole else "",
            "word": GRADES[grade(group.score)] if self.whole else "",
            "locked": self.whole and group.name in self.locked,
            "marks": self.marks(group),
            "blocks": [[self.brief.indices[key] for key in block] for block in blocks],
            "members": [self.member(key, number) for key in group.members],
            "goals": self.goals(group) if self.whole else [],
            "said": self.said(group),
        }

    def member(self, key: str, number: int) -> dict[str, Any]:
        index = self.brief.indices[key]
        member = self.brief.members[index]
        leads = self.brief.leads.get(number) == index
        return {
            "index": index,
            "name": self.brief.name(index),
            "initials": initials(member.name),
            "powers": [self.powers(superpower) for superpower in member.superpowers],
            "notes": ["leads"] if leads else [],
            "locked": self.whole and key in self.locked,
            "hit": key in self.hits,
        }

    def marks(self, group: Group) -> list[dict[str, str]]:
        marks = []
        if self.whole:
            if group is self.lowest:
                marks.append(_mark("", "▾", "weakest"))
            broken = self.faults.get(group.name, ())
            if broken:
                rules = {fault.rule for fault in broken}
                marks.append(_mark("open", "✕", f"breaks {counted(len(rules), 'rule')}"))
            counts: dict[tuple[Kind, str], int] = {}
            for point in open_points(self.plan, group):
                counts[point.kind, point.short] = counts.get((point.kind, point.short), 0) + 1
            for (kind, short), times in counts.items():
                sign = SIGNS.get(kind, "?")
                text = short if times == 1 else f"{short} ×{times}"
                marks.append(_mark("open" if kind in SEVERE else "risk", sign, text))
            if group.name in self.locked:
                marks.append(_mark("", "🔒", "locked"))
            if len(group.members) == 2:
                marks.append(_mark("", "⇄", f"fit {figure(self.plan.fit(*group.members), 0)}"))
        if group.buddies:
            marks.append(_mark("", "∞", "buddies share a box"))
        if told := told_familiar(self.brief, group.members):
            marks.append(_mark("", "✧" if told.startswith("new") else "⟲", told))
        return marks

    def goals(self, group: Group) -> list[dict[str, Any]]:
        return [
            {
                "label": self.labels[name],
                "value": round(value),
                "mean": round(self.plan.goals[name]),
                "told": f"{self.labels[name]}: {round(value)}; the whole plan {round(self.plan.goals[name])}",
            }
            for name, value in group.goals.items()
        ]

    def said(self, group: Group) -> list[dict[str, Any]]:
        parts = []
        duo = len(group.members) < 4
        if broken := self.faults.get(group.name, ()) if self.whole else ():
            lines = [f"{fault.rule} {fault.who}" for fault in broken]
            parts.append(_part("What breaks a rule", lines, folded=False))
        parts.append(_part("Why", group.told_why(self.audience), folded=self.whole and not duo))
        talk = group.told_talk(self.audience)
        if talk:
            title = "To talk about 🔒 only in your copy" if self.whole else "To begin with"
            parts.append(_part(title, talk, folded=self.whole))
        if self.whole and len(group.members) > 2:
            parts.append(_part("Fit of each pair", self.pairs(group)))
        return parts

    def pairs(self, group: Group) -> list[str]:
        pairs = sorted(((self.plan.fit(a, b), a, b) for a, b in combinations(group.members, 2)), reverse=True)
        known = set(familiar_pairs(self.brief, [self.brief.indices[key] for key in group.members]))
        lines = []
        for fit, a, b in pairs:
            i, j = sorted((self.brief.indices[a], self.brief.indices[b]))
            before = " · together before" if (i, j) in known else ""
            lines.append(f"{figure(fit, 0)} · {listed((self.name(a), self.name(b)))}{before}")
        return lines

    def name(self, key: str) -> str:
        return self.brief.name(self.brief.indices[key])


def told_familiar(brief: Brief, members: Sequence[str]) -> str:
    """Return whether a group is new together; nothing when no past round is known."""
    pairs = len(members) * (len(members) - 1) // 2
    if not brief.rounds or not pairs:
        return ""
    known = len(familiar_pairs(brief, [brief.indices[key] for key in members]))
    if not known:
        return "new together"
    if known == pairs:
        return "together before"
    return f"{known} of {pairs} pairs together before"


def initials(name: str) -> str:
    """Return what stands for a name in a small badge: the first letters of its first and last word."""
    words = [word for word in name.split() if any(map(str.isalnum, word))] or name.split()
    letters = [next(filter(str.isalnum, word), word[0]) for word in words]
    return "".join([*letters[:1], *letters[1:][-1:]]).upper()


def words_of(kind: PlanKind) -> dict[str, str]:
    """Return what the board itself says."""
    group = "team" if kind is PlanKind.PROJECTS else kind.word
    return {
        "board": f"The {group}s. Arrow keys go from person to person, Enter picks one up.",
        "buddies": "Buddies",
        "none": "no superpower yet",
        "locked": "locked",
        "here": "Move here",
        "why": "Why?",
        "swaps": "Better swaps",
        "lock": "Lock",
        "unlock": "Unlock",
        "picked": f"choose whom to swap with, or “Move here” on another {group}.",
        "isLocked": "is locked; unlock to move.",
        "whyHere": "Why here?",
        "lockMember": "Lock",
        "unlockMember": "Unlock",
        "down": "Put down",
    }


def _power(catalogue: Catalogue, superpower: str) -> dict[str, str]:
    found = catalogue.by_id[superpower]
    return {
        "name": found.name,
        "family": catalogue.family_by_id[found.family].name,
        "sign": family_signs(catalogue)[found.family],
        "hue": family_colours(catalogue)[found.family],
    }


def _mark(kind: str, sign: str, text: str) -> dict[str, str]:
    return {"kind": kind, "sign": sign, "text": text}


def _part(title: str, lines: Sequence[str], *, folded: bool = True) -> dict[str, Any]:
    return {"title": title, "lines": list(lines), "folded": folded}
