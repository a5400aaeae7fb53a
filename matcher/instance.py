"""The normal form: every rule and goal as the same few numbers.

An :class:`Instance` is all that a solver or a scorer ever sees. Members are the
indices ``0 … n-1``, groups the indices ``0 … k-1``; a plan is a vector of labels,
the group of each member. Everything is an integer, so that a proof is a proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Table:
    """Points by how many marked members a group holds.

    Parameters
    ----------
    marked
        ``(n,)`` bool, the members that are counted.
    points
        ``(k, s+1)`` int, ``points[g, c]`` for a count of ``c`` in group ``g``; ``s`` is
        the largest size.
    """

    marked: Bools
    points: Ints


@dataclass(frozen=True, eq=False)
class Bound:
    """How many marked members each group holds at least and at most.

    Parameters
    ----------
    marked
        ``(n,)`` bool, the members that are counted.
    least, most
        ``(k,)`` int, limits for each group, both included.
    """

    marked: Bools
    least: Ints
    most: Ints


@dataclass(frozen=True, eq=False)
class Term:
    """What one goal gives to each group, as integers.

    The term's value for group ``g`` is
    ``min(cap[g], base[g] + factor[g]·Σ pair[i,j] + Σ place[i,g] + Σ tables)``
    over the members ``i`` and the pairs ``i < j`` in the group.

    Parameters
    ----------
    importance
        Positive weight of the term in a group's value.
    base
        ``(k,)`` int, what a group has before anybody is in it.
    pair, factor
        ``(n, n)`` symmetric int with a zero diagonal (any integer type, to save memory),
        and ``(k,)`` int; both or neither.
    place
        ``(n, k)`` int, points for a member in a group.
    tables
        Points by count.
    cap
        ``(k,)`` int, the most that the sum may reach in a group.
    """

    importance: int
    base: Ints
    pair: NDArray[np.integer] | None = None
    factor: Ints | None = None
    place: Ints | None = None
    tables: tuple[Table, ...] = ()
    cap: Ints | None = None


@dataclass(frozen=True, eq=False)
class Instance:
    """Groups to fill, what is allowed, and what is worth how much.

    A plan's objective is ``Σ weights[g]·V[g] + weakest·min V``, where ``V[g]`` is the
    importance-weighted sum of the terms' values in group ``g``.

    Parameters
    ----------
    sizes
        ``(k,)`` int, exactly this many members in each group; they sum to ``n``.
    allowed
        ``(n, k)`` bool, whether a member may be placed in a group.
    apart
        ``(p, 2)`` int, pairs that may not share a group.
    together
        Blocks of two or more members that share a group; no member is in two blocks.
    bounds
        Counts of marked members in the groups.
    terms
        What the goals give.
    weights
        ``(k,)`` int, the weight of each group's value in the objective.
    weakest
        The weight of the lowest group value in the objective; 0 when it does not count.
    home
        ``(n,)`` int, the group that each member comes from; −1 for somebody new, who never counts as moved.
    most_moves
        How many members may be in another group than their home; ``None`` for any number.
    """

    sizes: Ints
    allowed: Bools
    apart: Ints
    together: tuple[tuple[int, ...], ...]
    bounds: tuple[Bound, ...]
    terms: tuple[Term, ...]
    weights: Ints
    weakest: int = 0
    home: Ints | None = None
    most_moves: int | None = None

    def __post_init__(self) -> None:
        n, k = self.allowed.shape
        if self.sizes.shape != (k,) or self.weights.shape != (k,):
            raise ValueError("sizes and weights need one entry for each group.")
        if int(self.sizes.sum()) != n:
            raise ValueError(f"The sizes sum to {int(self.sizes.sum())}, but there are {n} members.")
        if self.apart.shape != (len(self.apart), 2):
            raise ValueError("apart needs two columns.")
        placed = [i for block in self.together for i in block]
        if len(placed) != len(set(placed)):
            raise ValueError("A member is in two blocks of together.")
        if (self.home is None) != (self.most_moves is None):
            raise ValueError("home and most_moves belong together.")

    @property
    def members(self) -> int:
        """Number of members, ``n``."""
        return int(self.allowed.shape[0])

    @property
    def groups(self) -> int:
        """Number of groups, ``k``."""
        return int(self.allowed.shape[1])

    @cached_property
    def classes(self) -> Ints:
        """``(k,)`` int: groups with the same number are interchangeable.

        Two groups are interchangeable when swapping their labels in any plan changes
        neither what is allowed nor the objective.
        """
        columns = [self.sizes[:, None], self.weights[:, None], self.allowed.T]
        if self.home is not None:
            columns.append(self.home[None, :] == np.arange(self.groups)[:, None])
        for bound in self.bounds:
            columns += [bound.least[:, None], bound.most[:, None]]
        for term in self.terms:
            columns.append(term.base[:, None])
            if term.factor is not None:
                columns.append(term.factor[:, None])
            if term.place is not None:
                columns.append(term.place.T)
            columns += [table.points for table in term.tables]
            if term.cap is not None:
                columns.append(term.cap[:, None])
        seen: dict[bytes, int] = {}
        keys = (b"".join(np.ascontiguousarray(c[g]).tobytes() for c in columns) for g in range(self.groups))
        return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)

    def term_values(self, labels: Ints) -> Ints:
        """``(t, k)`` int: each term's value in each group, before its importance."""
        k = self.groups
        order = np.argsort(labels, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(labels, minlength=k))])
        sizes = np.diff(starts)
        # groups of one size at once: which they are, and who is in each
        alike = [(np.flatnonzero(sizes == m), m) for m in np.unique(sizes)]
        people = [(groups, order[starts[groups][:, None] + np.arange(m)]) for groups, m in alike]
        values = np.zeros((len(self.terms), k), dtype=np.int64)
        for t, term in enumerate(self.terms):
            value = term.base.astype(np.int64).copy()
            if term.pair is not None and term.factor is not None:
                for groups, p in people:
                    twice = term.pair[p[:, :, None], p[:, None, :]].sum(axis=(1, 2), dtype=np.int64)
                    value[groups] += term.factor[groups] * (twice // 2)
            if term.place is not None:
                value += np.bincount(
                    labels, weights=term.place[np.arange(len(labels)), labels], minlength=k
                ).astype(np.int64)
            for table in term.tables:
                count = np.bincount(labels[table.marked], minlength=k)
                value += table.points[np.arange(k), count]
            values[t] = value if term.cap is None else np.minimum(value, term.cap)
        return values

    def group_values(self, labels: Ints) -> Ints:
        """``(k,)`` int: ``V[g]``, the importance-weighted sum of the terms."""
        importances = np.array([term.importance for term in self.terms], dtype=np.int64)
        values: Ints = importances @ self.term_values(labels)
        return values

    def objective(self, labels: Ints) -> int:
        """Value of a plan; higher is better."""
        values = self.group_values(labels)
        return int(self.weights @ values) + self.weakest * int(values.min())

    def keeps(self, labels: Ints) -> bool:
        """Whether a plan keeps every rule."""
        n, k = self.allowed.shape
        if labels.shape != (n,) or labels.min() < 0 or labels.max() >= k:
            return False
        if not np.array_equal(np.bincount(labels, minlength=k), self.sizes):
            return False
        if not self.allowed[np.arange(n), labels].all():
            return False
        if (labels[self.apart[:, 0]] == labels[self.apart[:, 1]]).any():
            return False
        if any(len({int(labels[i]) for i in block}) > 1 for block in self.together):
            return False
        for bound in self.bounds:
            count = np.bincount(labels[bound.marked], minlength=k)
            if (count < bound.least).any() or (count > bound.most).any():
                return False
        return self.most_moves is None or self.moved(labels) <= self.most_moves

    def moved(self, labels: Ints) -> int:
        """Return how many members are in another group than their home."""
        if self.home is None:
            return 0
        return int(((self.home >= 0) & (labels != self.home)).sum())


class Draft:
    """An instance being drawn up: each rule forbids something, each goal adds a term.

    Parameters
    ----------
    sizes
        Members in each group.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = np.array(sizes, dtype=np.int64)
        self.members, self.groups = int(self.sizes.sum()), len(self.sizes)
        self.allowed = np.ones((self.members, self.groups), dtype=bool)
        self._apart: set[tuple[int, int]] = set()
        self._together: list[tuple[int, ...]] = []
        self._bounds: list[Bound] = []
        self._home: Ints | None = None
        self._most_moves: int | None = None

    def apart(self, i: int, j: int) -> None:
        """Keep two members out of one group."""
        self._apart.add((min(i, j), max(i, j)))

    def together(self, members: Iterable[int]) -> None:
        """Keep members in one group."""
        self._together.append(tuple(members))

    def only(self, member: int, groups: Iterable[int]) -> None:
        """Allow a member in these groups and in no other."""
        chosen = np.zeros(self.groups, dtype=bool)
        chosen[list(groups)] = True
        self.allowed[member] &= chosen

    def bound(
        self, marked: Iterable[int], groups: Iterable[int], *, least: int = 0, most: int | None = None
    ) -> None:
        """Limit how many of the marked members these groups hold."""
        mask = np.zeros(self.members, dtype=bool)
        mask[list(marked)] = True
        chosen = list(groups)
        low, high = np.zeros(self.groups, dtype=np.int64), self.sizes.copy()
        low[chosen] = least
        if most is not None:
            high[chosen] = np.minimum(high[chosen], most)
        self._bounds.append(Bound(mask, low, high))

    def stay(self, home: Ints, most_moves: int) -> None:
        """Allow so many members in another group than their home (−1 for somebody new)."""
        self._home, self._most_moves = home, most_moves

    def build(self, terms: Iterable[Term], weights: Ints, weakest: int) -> Instance:
        """Return the instance."""
        return Instance(
            sizes=self.sizes,
            allowed=self.allowed,
            apart=np.array(sorted(self._apart), dtype=np.int64).reshape(-1, 2),
            together=self._blocks(),
            bounds=tuple(self._bounds),
            terms=tuple(terms),
            weights=weights,
            weakest=weakest,
            home=self._home,
            most_moves=self._most_moves,
        )

    def _blocks(self) -> tuple[tuple[int, ...], ...]:
        """Join blocks that share a member: who is together with both is together with all."""
        from scipy.sparse import coo_array  # late: a page that solves nothing does not wait for it
        from scipy.sparse.csgraph import connected_components

        edges = [(block[0], other) for block in self._together for other in block[1:]]
        if not edges:
            return ()
        ends = np.array(edges)
        graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(self.members, self.members))
        _, labels = connected_components(graph, directed=False)
        return tuple(tuple(np.flatnonzero(labels == c).tolist()) for c in np.unique(labels[ends[:, 0]]))
