"""How many rounds can go by without a repeat at most, each limit for a reason that one can count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.instance import Bools, Instance, Ints


class Reason(StrEnum):
    """What limits the number of rounds without a repeat."""

    MEMBER = "member"
    """A member meets so many new people a round, of so many whom they can still meet."""
    PAIRS = "pairs"
    """So many new pairs come together a round, of so many that still can."""
    GROUPS = "groups"
    """Whoever was in one group has to go to as many different ones, and there are fewer."""
    MET = "met"
    """So many people may not meet, or have all met already, and there are fewer groups."""


@dataclass(frozen=True)
class Limit:
    """The most rounds without a repeat.

    Parameters
    ----------
    rounds
        No more rounds than these are without a repeat.
    reason
        Why.
    members
        Indices of those whom the reason is about; empty when it is about all.
    each, of
        What the reason counts: so many a round, of so many; or people, and groups.
    """

    rounds: int
    reason: Reason
    members: tuple[int, ...]
    each: int
    of: int


def places(instance: Instance) -> Bools:
    """``(n, k)`` bool: where each member may be, with everybody who goes with them."""
    allowed = instance.allowed.copy()
    for block in instance.together:
        allowed[list(block)] = allowed[list(block)].all(axis=0)
    return allowed


def forced_pairs(instance: Instance) -> Bools:
    """``(n, n)`` bool: pairs that the rules put into one group in every round; no repeats are theirs."""
    n = instance.members
    forced = np.zeros((n, n), dtype=bool)
    for block in instance.together:
        forced[np.ix_(block, block)] = True
    allowed = places(instance)
    for g in range(instance.groups):
        pinned = np.flatnonzero(allowed[:, g] & (allowed.sum(axis=1) == 1))
        forced[np.ix_(pinned, pinned)] = True
    np.fill_diagonal(forced, False)
    return forced


def new_pairs(instance: Instance, met: Ints) -> Bools:
    """``(n, n)`` bool: pairs that may share a group and have not yet."""
    allowed = places(instance).astype(np.int64)
    free: Bools = (allowed @ allowed.T > 0) & (met == 0) & ~forced_pairs(instance)
    free[instance.apart[:, 0], instance.apart[:, 1]] = False
    free[instance.apart[:, 1], instance.apart[:, 0]] = False
    np.fill_diagonal(free, False)
    return free


def most_rounds(instance: Instance, met: Ints) -> Limit | None:
    """Return the tightest of the limits; ``None`` when the rules decide everything.

    Parameters
    ----------
    instance
        Groups to fill in every round, and the rules.
    met
        ``(n, n)`` int, in how many rounds two members were together before.
    """
    free, forced = new_pairs(instance, met), forced_pairs(instance)
    sizes = instance.sizes
    limits = list[Limit]()
    inside = np.where(places(instance), sizes[None, :], sizes.max() + 1).min(axis=1) - 1
    each, of = inside - forced.sum(axis=1), free.sum(axis=1)
    meeting = np.flatnonzero(each > 0)
    if len(meeting):
        tightest = meeting[np.argmin(of[meeting] // each[meeting])]
        rounds = of // np.maximum(each, 1)
        alike = (each == each[tightest]) & (of == of[tightest])
        who = () if alike.all() else (int(tightest),)
        limits.append(
            Limit(int(rounds[tightest]), Reason.MEMBER, who, int(each[tightest]), int(of[tightest]))
        )
    a_round = int((sizes * (sizes - 1)).sum() - forced.sum()) // 2
    if a_round > 0:
        pairs = int(free.sum()) // 2
        limits.append(Limit(pairs // a_round, Reason.PAIRS, (), a_round, pairs))
    if not limits:
        return None
    largest, groups = int(sizes.max()), instance.groups
    if largest > groups and not forced.any():
        limits.append(Limit(1, Reason.GROUPS, (), largest, groups))
    known = _clique(~(free | forced))
    if len(known) > groups:
        limits.append(Limit(0, Reason.MET, known, len(known), groups))
    return min(limits, key=lambda limit: limit.rounds)


def least_cost(instance: Instance, before: Ints, rounds: int) -> int:
    """Return what repeats in more rounds cost at least, as if every pair could be chosen freely.

    Parameters
    ----------
    instance
        Groups to fill in every round, and the rules.
    before
        ``(n, n)`` int, how often two members were together; a pair's next time costs that much.
    rounds
        How many more rounds.
    """
    sizes, forced = instance.sizes, forced_pairs(instance)
    needed = rounds * int((sizes * (sizes - 1)).sum() - forced.sum()) // 2
    often = before[np.triu(new_pairs(instance, np.zeros_like(before)))]
    cost = level = 0
    while needed > 0 and len(often):
        taken = min(needed, int((often <= level).sum()))
        needed, cost, level = needed - taken, cost + level * taken, level + 1
    return cost


def _clique(linked: Bools) -> tuple[int, ...]:
    """Return members of whom each is linked with each, as many as are found by adding the most linked."""
    linked = linked.copy()
    np.fill_diagonal(linked, False)
    best = np.zeros(0, dtype=np.int64)
    degree = linked.sum(axis=1)
    for first in np.flatnonzero(degree):
        if degree[first] < len(best):
            continue
        clique, open_ = [first], linked[first].copy()
        while open_.any():
            candidates = np.flatnonzero(open_)
            inside = linked[np.ix_(candidates, candidates)].sum(axis=1)
            joining = candidates[np.argmax(inside)]
            clique.append(joining)
            open_ &= linked[joining]
        if len(clique) > len(best):
            best = np.array(sorted(clique))
    return tuple(best.tolist())
