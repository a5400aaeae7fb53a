"""The compiled loop behind :mod:`matcher.solve.clique_bound`; :mod:`matcher.solve.compiled` loads it."""

# a compiled loop takes its arrays one by one, and is long
# ruff: noqa: PLR0917, PLR0915
# mypy: disable-error-code="misc, untyped-decorator"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

NONE = np.int64(2**62)  # the worth of no team, with its sign changed

Array = NDArray[Any]


@njit(cache=True, nogil=True)
def _promising(order: Array, worth: Array, score: Array, m: int, r: int, lacking: int) -> int:
    """Sort whoever could still join, the best first; leave out who cannot make up what is lacking.

    With ``r - 1`` others at their best, a member has to reach ``lacking`` and more.
    """
    others = np.int64(0)
    top = np.full(r, -NONE // r)
    for x in range(m):
        value = score[x]
        for y in range(r - 1):
            if value > top[y]:
                top[y], value = value, top[y]
    for y in range(r - 1):
        others += top[y]
    kept = 0
    for x in range(m):
        if score[x] + others > lacking:
            order[kept], worth[kept], score[kept] = order[x], worth[x], score[x]
            kept += 1
    sort = np.argsort(-score[:kept])
    order[:kept] = order[:kept][sort]
    worth[:kept] = worth[:kept][sort]
    score[:kept] = score[:kept][sort]
    return kept


@njit(cache=True, nogil=True)
def best_teams(
    pair: Array, price: Array, ahead: Array, apart: Array, size: int, first: int, end: int, steps: int,
    most: Array, teams: Array,
) -> None:  # fmt: skip
    """Bound the worth of every team that holds a member, for members ``first … end-1``.

    A team is worth its pairs' points less its members' prices. Depth first: a member joins
    only behind the one who joined last, the most promising first, and a branch is left when
    even the best points of whoever could still join do not reach the best team so far.

    Parameters
    ----------
    pair
        ``(n, n)`` int32, symmetric, points of two members.
    price
        ``(n,)`` int64.
    ahead
        ``(size, n)`` int64: ``ahead[r, j]`` bounds twice what ``j`` shares with ``r`` others.
    apart
        ``(n, n)`` bool, who may not be in one team.
    size
        Members in a team, two or more.
    steps
        Branches looked into for one member; what is left then is bounded from above.
    most
        ``(n,)`` int64, written: no team with this member is worth more, in halves of points.
    teams
        ``(n, size)`` int64, changed: a team with each member to begin with, or -1; then the
        best team found.
    """
    n = pair.shape[0]
    depth = size - 1
    worth = np.empty((depth + 1, n), np.int64)  # twice: what each could add at each depth
    score = np.empty((depth + 1, n), np.int64)
    order = np.empty((depth + 1, n), np.int64)
    count = np.empty(depth + 1, np.int64)
    at = np.empty(depth + 1, np.int64)
    base = np.empty(depth + 1, np.int64)
    team = np.empty(size, np.int64)
    for i in range(first, end):
        team[0] = i
        base[0] = -2 * price[i]
        m = 0
        for j in range(n):
            if j != i and not apart[i, j]:
                order[0, m] = j
                worth[0, m] = 2 * (np.int64(pair[i, j]) - price[j])
                score[0, m] = worth[0, m] + ahead[depth - 1, j]
                m += 1
        at[0] = 0
        best = np.int64(0) if teams[i, 0] >= 0 else -NONE
        for x in range(size if teams[i, 0] >= 0 else 0):
            best -= 2 * price[teams[i, x]]
            for y in range(x):
                best += 2 * np.int64(pair[teams[i, x], teams[i, y]])
        left = steps
        count[0] = _promising(order[0], worth[0], score[0], m, depth, best - base[0])
        d = 0
        while d >= 0:
            r = depth - d  # who is still to join
            a = at[d]
            if a + r > count[d]:
                d -= 1
                continue
            reach = base[d]
            for x in range(a, a + r):
                reach += score[d, x]
            if reach <= best:
                d -= 1
                continue
            if left <= 0:
                best = reach  # a bound, no team; what follows here is worth no more
                d -= 1
                continue
            if r == 1:
                best = reach
                for x in range(d + 1):
                    teams[i, x] = team[x]
                teams[i, d + 1] = order[d, a]
                d -= 1
                continue
            left -= 1
            j = order[d, a]
            at[d] = a + 1
            team[d + 1] = j
            base[d + 1] = base[d] + worth[d, a]
            m = 0
            if r == 2:  # of one more only the best matters
                m = 1
                top = -NONE
                for x in range(a + 1, count[d]):
                    if base[d + 1] + score[d, x] + ahead[1, j] <= best:
                        break
                    q = order[d, x]
                    if not apart[j, q]:
                        value = worth[d, x] + 2 * np.int64(pair[j, q])
                        if value > top:
                            top = value
                            order[d + 1, 0] = q
                if top == -NONE:
                    m = 0
                worth[d + 1, 0] = top
                score[d + 1, 0] = top
            else:
                for x in range(a + 1, count[d]):
                    q = order[d, x]
                    if not apart[j, q]:
                        order[d + 1, m] = q
                        worth[d + 1, m] = worth[d, x] + 2 * np.int64(pair[j, q])
                        score[d + 1, m] = worth[d + 1, m] + ahead[r - 2, q]
                        m += 1
                m = _promising(order[d + 1], worth[d + 1], score[d + 1], m, r - 1, best - base[d + 1])
            count[d + 1] = m
            at[d + 1] = 0
            d += 1
        most[i] = best
