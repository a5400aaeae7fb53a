"""The one trio of an odd round: what trios are worth, and finding those worth a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.instance import Bools, Ints
from matcher.solve.matching_bound import Duals, Numbers

PARTS = 6
"""``TrioChoice.bound`` is in sixths, so that halves and thirds of points stay integers."""

NEVER = -(2**62)
"""What a forbidden trio is worth."""


@dataclass(frozen=True, eq=False)
class TrioChoice:
    """What the trios are worth.

    Parameters
    ----------
    value
        From ``(m, 3)`` members to ``(m,)`` int values, :data:`NEVER` for a forbidden trio.
    bound
        ``(n, n)`` symmetric int: ``PARTS`` times a trio's value is at most the sum of its three
        entries.
    allowed
        ``(n, n)`` symmetric bool, who may be in the trio together; the diagonal is ``False``.
    required
        Members who can only be in the trio.
    """

    value: Callable[[Ints], Ints]
    bound: Ints
    allowed: Bools
    required: tuple[int, ...] = ()


def first_trios(choice: TrioChoice, u: Numbers, most: int) -> Ints:
    """``(m, 3)`` promising trios: for the best pairs, the best third member."""
    n = len(u)
    score = np.where(choice.allowed, choice.bound / PARTS - (u[:, None] + u[None, :]) / 2, -np.inf)
    finite = score[np.isfinite(score)]
    for member in choice.required:
        favour = 4 * (finite.max() - finite.min()) + 1 if len(finite) else 0
        score[member] += favour
        score[:, member] += favour
    a, b = np.nonzero(np.triu(score > -np.inf, 1))
    best = np.argsort(-score[a, b], kind="stable")[:most]
    a, b = a[best], b[best]
    third = score[a] + score[b]
    c = third.argmax(axis=1) if n > 2 else np.zeros(0, dtype=np.int64)
    found = np.isfinite(third[np.arange(len(a)), c])
    trios = np.sort(np.stack([a[found], b[found], c[found]], axis=1), axis=1)
    trios = np.unique(trios, axis=0)
    return trios[choice.value(trios) > NEVER]


def cheap_trios(
    choice: TrioChoice, duals: Duals, limit: float | int, most: int, over: Callable[[], bool]
) -> tuple[Ints, Numbers, bool]:
    """Trios with a slack of at most ``limit``, and their slacks, cheapest first.

    At most ``most`` are kept; the third answer says whether they are all there are (``False``
    too when ``over()`` ended the search).

    A trio's slack is at least its price minus the sum, over its three pairs, of
    ``bound/PARTS - (u[a] + u[b])/2``; so only pairs that reach the threshold with the best third
    member are looked at, one member's pairs at a time.
    """
    q = choice.bound * duals.scale - (PARTS // 2) * (duals.u[:, None] + duals.u[None, :])
    never = np.iinfo(np.int64).min // 8 if q.dtype.kind == "i" else -np.inf
    q[~choice.allowed] = never
    alive = np.arange(len(q))
    trios = np.zeros((0, 3), dtype=np.int64)
    slacks = np.zeros(0, dtype=duals.u.dtype)
    complete = True
    floor = PARTS * (duals.trio - limit)
    shrink = 0  # members to look at before pairs are thinned out again
    while not (ended := over()):
        if shrink == 0:
            q, alive = _thinned(q, alive, floor, never)
            shrink = 1 + len(alive) // 8
        if len(alive) < 3:
            break
        # The last member: what comes before it is left for the others to look at.
        shrink -= 1
        row, q = q[-1, :-1], q[:-1, :-1]
        a, alive = alive[-1], alive[:-1]
        near = np.flatnonzero(row > never)
        b, c = np.nonzero(q[np.ix_(near, near)] + row[near] >= (floor - row[near])[:, None])
        half = b < c
        b, c = alive[near[b[half]]], alive[near[c[half]]]
        if not len(b):
            continue
        fresh = np.sort(np.stack([np.full(len(b), a), b, c], axis=1), axis=1)
        values = choice.value(fresh)
        fresh, values = fresh[values > NEVER], values[values > NEVER]
        slack = duals.trio_slacks(fresh, values)
        cheap = slack <= limit
        trios, slacks = np.concatenate([trios, fresh[cheap]]), np.concatenate([slacks, slack[cheap]])
        if len(trios) > most:
            order = np.argsort(slacks, kind="stable")[:most]
            trios, slacks, complete = trios[order], slacks[order], False
            limit = slacks[-1].item()
            floor = PARTS * (duals.trio - limit)
    order = np.argsort(slacks, kind="stable")
    return trios[order], slacks[order], complete and not ended


def _thinned(q: Numbers, alive: Ints, floor: float | int, never: float | int) -> tuple[Numbers, Ints]:
    """Drop pairs that no third member can lift to the floor; the most promising members come last."""
    pairs = q.size + 1
    while True:
        best = q.max(axis=1, initial=never)
        q = np.where(q + best[:, None] + best[None, :] >= floor, q, never)
        before, pairs = pairs, int((q > never).sum())
        keep = np.flatnonzero(best > never)
        keep = keep[np.argsort(best[keep], kind="stable")]
        q, alive = q[np.ix_(keep, keep)], alive[keep]
        if pairs > 0.9 * before or pairs == 0:
            return q, alive
