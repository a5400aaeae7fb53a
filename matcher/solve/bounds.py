"""Upper bounds that cost next to nothing, at any size. Never a guess.

Each part of the objective is bounded on its own as if the others did not matter, and the
sum of the bounds is a bound on the sum:

- pairs and places: nobody has more than with the best partners that their group's size and
  the rules leave them, each pair's points being shared by its two;
- tables: the counts of marked members are chosen freely, only their total being given;
- a capped term: no more than its caps;
- the weakest group: no better than the weighted mean.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.instance import Instance, Ints, Table, Term
from matcher.solve.result import Stop

_CHUNK = 2_000_000  # pair points looked at together, to bound memory
_ASSIGNED = 1200  # members up to which the groups' sizes are kept by an exact assignment


def rough_bound(instance: Instance) -> int:
    """A value that no plan's objective exceeds, found at one glance: every part at its highest."""
    sizes, k = instance.sizes, instance.groups
    value = np.zeros(k, dtype=np.int64)
    for term in instance.terms:
        most = term.base.astype(np.int64)
        if term.pair is not None and term.factor is not None:
            ends = np.array([int(term.pair.min()), int(term.pair.max())])
            most = most + (term.factor[:, None] * ends).max(axis=1) * (sizes * (sizes - 1) // 2)
        if term.place is not None:
            most = most + term.place.max(axis=0) * sizes
        for table in term.tables:
            reached = np.arange(table.points.shape[1]) <= sizes[:, None]
            most = most + np.where(reached, table.points, table.points.min()).max(axis=1)
        value += term.importance * (most if term.cap is None else np.minimum(most, term.cap))
    return int(instance.weights @ value) + instance.weakest * int(value.min())


def quick_bound(instance: Instance, ended: Stop = lambda: False) -> int:
    """A value that no plan's objective exceeds, found in seconds at any size.

    Parameters
    ----------
    instance
        What is to be filled.
    ended
        Asked often; once true, what is not looked at yet is bounded at a glance.
    """
    plain = [term for term in instance.terms if term.cap is None]
    total = sum_bound(instance, plain, ended)
    for term in instance.terms:
        if term.cap is not None:
            most = term.importance * int(instance.weights @ term.cap)
            total += min(most, sum_bound(instance, [term], ended))
    if instance.weakest:
        total += weakest_bound(instance, total, ended)
    return total


def weakest_bound(instance: Instance, total: int, ended: Stop) -> int:
    """The lowest value is at most the mean: ``min V ≤ Σ weights·V / Σ weights``."""
    weights = int(instance.weights.sum())
    if weights > 0:
        return instance.weakest * total // weights
    equal = Instance(
        instance.sizes, instance.allowed, instance.apart, instance.together, instance.bounds,
        instance.terms, np.ones_like(instance.weights),
    )  # fmt: skip
    return instance.weakest * quick_bound(equal, ended) // instance.groups


def sum_bound(instance: Instance, terms: list[Term], ended: Stop) -> int:
    """Bound of the terms' weighted sum, caps aside."""
    weighted = [(term, term.importance * instance.weights) for term in terms]
    return _members(instance, weighted, ended) + sum(counts_bound(instance, *each) for each in weighted)


def counts_bound(instance: Instance, term: Term, weights: Ints) -> int:
    """Bound of a term's points that are not between or of members: its base and tables."""
    return int(weights @ term.base) + sum(_table(instance, table, weights) for table in term.tables)


def _members(instance: Instance, weighted: list[tuple[Term, Ints]], ended: Stop) -> int:
    """Bound of all pair and place points, member by member."""
    n, k = instance.members, instance.groups
    pairs = [(t.pair, w * t.factor) for t, w in weighted if t.pair is not None and t.factor is not None]
    places = [w * t.place for t, w in weighted if t.place is not None]
    if not pairs and not places:
        return 0
    kinds, kind = np.unique(
        np.stack([instance.sizes, *(factor for _, factor in pairs)]), axis=1, return_inverse=True
    )
    best = np.stack([_partners(instance, pairs, kinds[:, c], ended) for c in range(kinds.shape[1])], axis=1)
    if n > _ASSIGNED and not places:  # a column for each kind of group is enough, and far smaller
        possible = [instance.allowed[:, kind == c].any(axis=1) for c in range(kinds.shape[1])]
        return int(np.where(np.stack(possible, axis=1), best, best.min()).max(axis=1).sum()) // 2
    doubled = best[:, kind]  # every pair is counted at both its members
    for place in places:
        doubled = doubled + 2 * place
    if n <= _ASSIGNED and (doubled != doubled[:, :1]).any():
        forbidden = int(doubled.min()) - 1 - 2 * n * (int(doubled.max()) - int(doubled.min()) + 1)
        seats = np.repeat(np.arange(k), instance.sizes)
        value = np.where(instance.allowed, doubled, forbidden)[:, seats]
        rows, columns = linear_sum_assignment(value, maximize=True)
        return int(value[rows, columns].sum()) // 2
    lowest = int(doubled.min())
    return int(np.where(instance.allowed, doubled, lowest).max(axis=1).sum()) // 2


def _partners(instance: Instance, pairs: list[tuple[np.ndarray, Ints]], kind: Ints, ended: Stop) -> Ints:
    """``(n,)`` int: the most that a member's pairs can give in a group of one kind.

    ``kind`` is the group's size, then each pair matrix's factor.
    """
    n, partners = instance.members, int(kind[0]) - 1
    if not pairs or partners < 1:
        return np.zeros(n, dtype=np.int64)
    apart: list[list[int]] = [[] for _ in range(n)]
    for a, b in instance.apart.tolist():
        apart[a].append(b)
        apart[b].append(a)
    ends = [(f * int(p.min()), f * int(p.max())) for (p, _), f in zip(pairs, kind[1:].tolist(), strict=True)]
    best = np.full(n, partners * sum(map(max, ends)), dtype=np.int64)
    rows = max(1, _CHUNK // n)
    for first in range(0, n, rows):
        if ended():
            break
        some = range(first, min(n, first + rows))
        points = np.zeros((len(some), n), dtype=np.int64)
        for (pair, _), factor in zip(pairs, kind[1:], strict=True):
            points += factor * pair[some.start : some.stop].astype(np.int64)
        never = int(points.min()) - 1
        for row, i in zip(points, some, strict=True):
            row[[i, *apart[i]]] = never
        best[some.start : some.stop] = np.partition(points, n - partners, axis=1)[:, n - partners :].sum(
            axis=1
        )
    return best


def _table(instance: Instance, table: Table, weights: Ints) -> int:
    """Bound of one table's points: the best further heads first, on a concave hull."""
    rows, copies = np.unique(
        np.column_stack([instance.sizes, weights[:, None] * table.points]), axis=0, return_counts=True
    )
    hulls = [_steps(row[1 : 2 + row[0]]) for row in rows]
    steps = np.concatenate(hulls)
    groups = np.repeat(copies, [len(hull) for hull in hulls])
    order = np.argsort(-steps, kind="stable")
    reached = np.minimum(np.cumsum(groups[order]), int(table.marked.sum()))
    return int(copies @ rows[:, 1] + steps[order] @ np.diff(reached, prepend=0))


def _steps(points: Ints) -> Ints:
    """Falling steps of a concave function that is nowhere below the points, and starts with them."""
    steps: list[int] = []
    at, last = 0, len(points) - 1
    while at < last:
        slopes = -((points[at] - points[at + 1 :]) // np.arange(1, last - at + 1))
        ahead = int(np.flatnonzero(slopes == slopes.max())[-1]) + 1
        steps += [int(slopes.max())] * ahead
        at += ahead
    return np.array(steps, dtype=np.int64)
