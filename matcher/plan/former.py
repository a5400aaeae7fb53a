"""A former plan to begin from: which of its groups each new group carries on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from matcher.instance import Ints
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.history import Round
from matcher.people.names import fold
from matcher.people.roster import Roster, UnknownMember
from matcher.plan.plan import Plan

OURS = ("duo", "trio", "team")
"""First words of the names that groups have until they are renamed."""


@dataclass(frozen=True)
class FormerGroup:
    """A group of a former plan, with the keys of those of its members who are still present."""

    name: str
    members: frozenset[str]


def former_groups(begun: Plan | Round, roster: Roster) -> list[FormerGroup]:
    """Return the groups of a former plan; who has left since, or is absent, is in none."""
    named = {g.name: g.members for g in begun.groups} if isinstance(begun, Plan) else begun.groups
    present = {member.key for member in roster.present}
    found = []
    for name, references in named.items():
        keys = set[str]()
        for reference in references:
            with suppress(UnknownMember):
                keys.add(roster.find(reference).key)
        found.append(FormerGroup(name, frozenset(keys & present)))
    return found


def carried_on(slots: Sequence[Slot], begun: Plan | Round, roster: Roster) -> list[Slot]:
    """Return the slots with the names of the former groups that they carry on, in the former order.

    As many people as possible can stay: a team that somebody left becomes the smaller one.
    A group that is new, or no duo any more but a trio, has a name of ours that is free.
    """
    former = former_groups(begun, roster)
    after = _follow([slot.size for slot in slots], former, [slot.name for slot in slots])
    taken = {fold(former[g].name) for s, g in after.items() if _fits(former[g].name, slots[s])}
    named: list[tuple[int, Slot]] = []
    for s, slot in enumerate(slots):
        g = after.get(s, len(former))
        if s in after and _fits(former[g].name, slot):
            named.append((g, replace(slot, name=former[g].name)))
            continue
        word = slot.name.split()[0]
        numbers = (f"{word} {number}" for number in range(1, len(slots) + len(taken) + 2))
        free = next(name for name in (slot.name, *numbers) if fold(name) not in taken)
        taken.add(fold(free))
        named.append((g, replace(slot, name=free)))
    return [slot for _, slot in sorted(named, key=lambda pair: pair[0])]


def homes(brief: Brief, begun: Plan | Round) -> dict[str, int]:
    """Return the slot of each member of a former plan who is present, −1 where their group is no more.

    A group lives on under its name; a duo that becomes a trio lives on in that.
    """
    former = former_groups(begun, brief.roster)
    place = {g: brief.slot_numbers.get(fold(group.name), -1) for g, group in enumerate(former)}
    if brief.kind is not PlanKind.PROJECTS:
        orphans = [g for g in place if place[g] < 0]
        free = [s for s in range(len(brief.slots)) if s not in place.values()]
        sizes, names = [brief.sizes[s] for s in free], [brief.slots[s].name for s in free]
        for s, g in _follow(sizes, [former[g] for g in orphans], names).items():
            place[orphans[g]] = free[s]
    return {key: place[g] for g, group in enumerate(former) for key in sorted(group.members)}


def settled(groups: Sequence[tuple[int, ...]], home: Ints, classes: Ints) -> list[tuple[int, ...]]:
    """Return the groups, interchangeable ones where most of their members come from."""
    ordered = list(groups)
    for c in np.unique(classes):
        places = np.flatnonzero(classes == c).tolist()
        stay = np.array([[int((home[list(groups[q])] == p).sum()) for q in places] for p in places])
        _, best = _best(stay * (len(places) + 1) + np.eye(len(places), dtype=np.int64))
        for p, q in zip(places, best.tolist(), strict=True):
            ordered[p] = groups[places[q]]
    return ordered


def _follow(sizes: Sequence[int], former: Sequence[FormerGroup], names: Sequence[str]) -> dict[int, int]:
    """Return which former group each slot carries on: as many people as possible stay, then names."""
    if not sizes or not former:
        return {}
    stay = np.array([[min(size, len(group.members)) for group in former] for size in sizes])
    same = np.array([[fold(name) == fold(group.name) for group in former] for name in names])
    rows, columns = _best(stay * (len(sizes) + 1) + same)
    return {int(s): int(g) for s, g in zip(rows, columns, strict=True) if former[g].members}


def _best(worth: Ints) -> tuple[Ints, Ints]:
    from scipy.optimize import linear_sum_assignment  # late: few plans begin from another one

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return rows, columns


def _fits(name: str, slot: Slot) -> bool:
    """Whether a slot may have a former group's name: a trio is not called Duo 3."""
    word, _, number = fold(name).partition(" ")
    return word not in OURS or not number.isdigit() or word == fold(slot.name.split()[0])
