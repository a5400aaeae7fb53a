"""Which pairs the matching LP starts from, and which it takes in next."""

from __future__ import annotations

import numpy as np

from matcher.instance import Bools, Ints
from matcher.solve.matching_bound import Floats, Numbers

_PARTNERS = 8  # columns for each member to start from
_STRANGERS = 2  # more of them when those do not match everybody
_ROUNDS = 8  # of guessing prices; fewer improve a good guess
_FEW = 3  # new columns for each member in one round


def guess_prices(worth: Floats, known: Floats | None) -> Floats:
    """``(n,)`` rough prices: each member's best surplus over the others' prices, smoothed.

    ``worth`` is ``(n, n)``, minus infinity where a pair is forbidden; ``known`` are the prices of
    a search like this one.
    """
    narrow = worth.astype(np.float32)
    if known is None:
        u = np.maximum(narrow.max(axis=1), narrow[np.isfinite(narrow)].min(initial=0)) / 2
    else:
        u = known.astype(np.float32)
    for _ in range(_ROUNDS if known is None else 2):
        best = (narrow - u).max(axis=1)
        u = np.where(np.isfinite(best), (u + best) / 2, u)
    prices: Floats = u.astype(np.float64)
    return prices


def candidates(surplus: Floats, allowed: Bools, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Each member's best partners by ``surplus`` over their price, as pairs ``i < j``.

    Ties are broken at random, or all would want the same few; weights are integers, so less than
    half a point changes no order.
    """
    n = len(surplus)
    jittered = surplus.astype(np.float32)
    jittered += random.random((n, n), dtype=np.float32) * np.float32(0.4)
    return _best_partners(jittered, allowed, _PARTNERS)


def strangers(allowed: Bools, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Some random partners for each member: the best ones can be too few for everybody."""
    n = len(allowed)
    draw = np.where(allowed, random.random((n, n), dtype=np.float32), np.float32(-1))
    return _best_partners(draw, allowed, _STRANGERS)


def _best_partners(score: Numbers, allowed: Bools, most: int) -> tuple[Ints, Ints]:
    n = len(score)
    most = min(most, n - 1)
    partner = np.argpartition(-score, most - 1, axis=1)[:, :most].ravel()
    member = np.repeat(np.arange(n), most)
    good = allowed[member, partner]
    low, high = np.minimum(member, partner)[good], np.maximum(member, partner)[good]
    chosen = np.unique(low * n + high)
    return chosen // n, chosen % n


def few_each(n: int, i: Ints, j: Ints, slack: Numbers) -> tuple[Ints, Ints]:
    """Those of least slack for each member; all that are priced out would drown the LP."""
    if len(i) <= n:
        return i, j
    order = np.argsort(slack, kind="stable")
    keep = np.zeros(len(i), dtype=bool)
    for ends in (i, j):
        by_member = order[np.argsort(ends[order], kind="stable")]
        starts = np.searchsorted(ends[by_member], ends[by_member])
        keep[by_member[np.arange(len(i)) - starts < _FEW]] = True
    return i[keep], j[keep]
