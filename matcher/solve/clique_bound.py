"""A bound from whole teams: what the best team with each member is worth, at prices for members.

Bounding members by their best partners counts everybody's favourites at once, though these
hardly go well with one another. Here each member is given the best *team* instead: for any
prices ``π``, a plan's pair points are at most ``Σ π_i + Σ_i max (points(T) - π(T)) / |T|``, the
maximum being over the teams ``T`` that hold ``i``. It is found by branch and bound, and holds
as well when that is cut short. The prices that make the bound low are approached by
subgradients (Held, Wolfe and Crowder, "Validation of subgradient optimization", 1974).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

import numpy as np

from matcher.instance import Bools, Instance, Ints, Term
from matcher.solve.bounds import counts_bound, sum_bound, weakest_bound
from matcher.solve.compiled import kernel, warm_up
from matcher.solve.result import Stop

_TEAM, _KINDS = 7, 4  # largest teams, and kinds of groups, for which it is worth the time
_MEMBERS = 2_000  # … and members: a round takes seconds, and nothing came of it at 5000
_LARGEST = 2**30  # points of a pair stay below
_SLICE = 0.05  # seconds between two looks at `ended`
_WAIT = 0.05  # the same, while the compiled loop is loaded
_STEPS = 3_000  # branches for one member in a round …
_FEW, _CROWDED = 10, 400  # … but few at first, and twice as many each round, from so many members
_ROUNDS, _PATIENCE = 200, 4  # rounds at most, and without progress before steps are halved
_SMALLEST = 0.02  # of the steps


def clique_bound(instance: Instance, labels: Ints, ended: Stop, found: Callable[[int], None]) -> None:
    """Lower a bound on the objective until the end, or until no more comes of it.

    Parameters
    ----------
    instance
        What is to be filled; nothing is done for one with large teams, many kinds of groups,
        or without pair points.
    labels
        ``(n,)`` a plan, the better the faster the bound falls.
    ended
        Asked often; once true, the work ends.
    found
        Told of each bound that is lower than all before.
    """
    linear = [t for t in instance.terms if t.cap is None or t.pair is not None]
    weighted = [(t, t.importance * instance.weights) for t in linear]
    total = sum(counts_bound(instance, *each) for each in weighted)
    for term in instance.terms:
        if not any(term is t for t in linear) and term.cap is not None:
            most = term.importance * int(instance.weights @ term.cap)
            total += min(most, sum_bound(instance, [term], ended))
    kinds = _kinds(instance, weighted, labels)
    if not kinds:
        return
    warm_up("best_teams")
    while kernel("best_teams") is None:
        if ended():
            return
        time.sleep(_WAIT)
    for pairs in _falling(instance, kinds, labels, ended):
        found(total + pairs + (weakest_bound(instance, total + pairs, ended) if instance.weakest else 0))


class _Kind:
    """Groups alike in size and in what a pair is worth there."""

    def __init__(self, size: int, pair: Ints, place: Ints, apart: Bools, teams: Ints) -> None:
        n = len(pair)
        self.size, self.place, self.apart, self.teams = size, place, apart, teams
        self.pair = pair.astype(np.int32)
        self.most = np.zeros(n, dtype=np.int64)
        never = np.iinfo(np.int32).min
        partners = np.where(apart | np.eye(n, dtype=bool), never, self.pair)
        top = np.partition(partners, n - size, axis=1)[:, n - size :]
        top = np.maximum(-np.sort(-top, axis=1), self.pair.min()).astype(np.int64)
        self.ahead = np.zeros((size, n), dtype=np.int64)
        self.ahead[1:] = np.cumsum(top, axis=1).T[: size - 1]

    def price(self, prices: Ints, steps: int, ended: Stop) -> bool:
        """Bound every member's teams at these prices; whether that came to its end."""
        n, first, rows = len(self.pair), 0, 1
        run = kernel("best_teams")
        assert run is not None
        while first < n:
            if ended():
                return False
            began, end = time.perf_counter(), min(n, first + rows)
            run(
                self.pair, prices - self.place, self.ahead, self.apart, self.size, first, end, steps,
                self.most, self.teams,
            )  # fmt: skip
            took = max(time.perf_counter() - began, 1e-6)
            rows = max(1, min(2 * rows, int(rows * _SLICE / took)))
            first = end
        return True


def _kinds(instance: Instance, weighted: list[tuple[Term, Ints]], labels: Ints) -> list[_Kind]:
    """The kinds of groups; none when they are not for this bound."""
    n, k = instance.members, instance.groups
    pairs = [(t.pair, w * t.factor) for t, w in weighted if t.pair is not None and t.factor is not None]
    alike = np.stack([instance.sizes, *(factor for _, factor in pairs)])
    _, first, kind = np.unique(alike, axis=1, return_index=True, return_inverse=True)
    sizes = instance.sizes[first]
    if not pairs or len(first) > _KINDS or sizes.min() < 2 or sizes.max() > min(_TEAM, n - 1) or n > _MEMBERS:
        return []
    place = sum((w * t.place for t, w in weighted if t.place is not None), np.zeros((n, k), dtype=np.int64))
    apart = np.zeros((n, n), dtype=bool)
    a, b = instance.apart.T
    apart[a, b] = apart[b, a] = True
    kinds = []
    for c, g in enumerate(first):
        points = np.zeros((n, n), dtype=np.int64)
        for pair, factor in pairs:
            points += int(factor[g]) * pair.astype(np.int64)
        if np.abs(points).max() >= _LARGEST:
            return []
        teams = np.full((n, int(sizes[c])), -1, dtype=np.int64)
        for h in np.flatnonzero(kind == c):
            members = np.flatnonzero(labels == h)
            teams[members] = members
        kinds.append(_Kind(int(sizes[c]), points, place[:, kind == c].max(axis=1), apart, teams))
    return kinds


def _falling(instance: Instance, kinds: list[_Kind], labels: Ints, ended: Stop) -> Iterator[int]:
    """Bounds of all pair and place points, each lower than the one before."""
    n = instance.members
    unit = 2 * math.lcm(*(kind.size for kind in kinds))
    own, owns = np.zeros(n), np.zeros(n, dtype=bool)
    for kind in kinds:  # everybody's share of their team's points is a good price to begin with
        here = (kind.teams[:, 0] >= 0) & ~owns
        rows = kind.teams[here]
        own[here] = kind.pair[np.flatnonzero(here)[:, None], rows].sum(axis=1) / 2 + kind.place[here]
        owns |= here
    target, exact, best = float(own.sum()), own.copy(), None
    length, waited, steps = 1.0, 0, _STEPS if n < _CROWDED else _FEW
    for _ in range(_ROUNDS):
        steps = min(_STEPS, 2 * steps)
        prices = np.rint(exact).astype(np.int64)
        if not all(kind.price(prices, steps, ended) for kind in kinds):
            return
        worth = np.stack([kind.most * (unit // (2 * kind.size)) for kind in kinds])
        chosen = worth.argmax(axis=0)
        if worth.max(axis=0).min() < -(2**60):
            return
        bound = int(prices.sum()) + int(worth.max(axis=0).sum()) // unit
        if best is None or bound < best:
            best, waited = bound, 0
            at = exact.copy()
            yield bound
        elif (waited := waited + 1) >= _PATIENCE:
            length, waited, exact = length / 2, 0, at.copy()
        if length < _SMALLEST:
            return
        slope = np.ones(n)
        for c, kind in enumerate(kinds):
            mine = kind.teams[(chosen == c) & (kind.teams[:, 0] >= 0)]
            slope -= np.bincount(mine.ravel(), minlength=n) / kind.size
        norm = float(slope @ slope)
        if norm == 0 and steps == _STEPS:
            return
        exact = exact - length * max(bound - target, 0) / max(norm, 1.0) * slope
