"""What every duo and every trio of an instance is worth, and which are allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.instance import Bools, Instance, Ints, Term
from matcher.solve.matching_trio import NEVER, PARTS, TrioChoice

_EXACT_FLOAT = 2**52


def is_duos(instance: Instance) -> bool:
    """Whether an instance is duos, and a trio at most, whose labels do not matter.

    All groups have two members, but for one that may have three; the duos are interchangeable
    except for members pinned to one group; no weight is negative, and anybody may move.
    """
    if instance.most_moves is not None:
        return False
    sizes = instance.sizes
    trios = sizes == 3
    if not len(sizes) or not (trios | (sizes == 2)).all() or trios.sum() > 1:
        return False
    places = instance.allowed.sum(axis=1)
    if not ((places == instance.groups) | (places <= 1)).all():
        return False
    if (instance.weights < 0).any() or instance.weakest < 0:
        return False
    unpinned = replace(instance, allowed=np.ones_like(instance.allowed))
    return len(set(unpinned.classes[~trios].tolist())) <= 1


@dataclass(frozen=True, eq=False)
class Blocks:
    """Who has to be together, and who is fixed to a group.

    Parameters
    ----------
    pin
        ``(n,)`` int, the group a member is pinned to, or -1.
    block
        ``(n,)`` int, the same for members who have to be together.
    size
        ``(n,)`` int, members in one's block.
    trio
        The trio's group, or -1.
    """

    pin: Ints
    block: Ints
    size: Ints
    trio: int

    @classmethod
    def of(cls, instance: Instance) -> Blocks:
        """The blocks of an instance: ``together``, and members pinned to one group."""
        n = instance.members
        fixed = (instance.allowed.sum(axis=1) == 1) & (instance.groups > 1)
        pin = np.where(fixed, instance.allowed.argmax(axis=1), -1)
        links = [(block[0], other) for block in instance.together for other in block[1:]]
        for group in np.unique(pin[pin >= 0]):
            members = np.flatnonzero(pin == group).tolist()
            links += [(members[0], other) for other in members[1:]]
        ends = np.array(links, dtype=np.int64).reshape(-1, 2)
        graph = coo_array((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(n, n))
        _, block = connected_components(graph, directed=False)
        trio = int(np.flatnonzero(instance.sizes == 3)[0]) if (instance.sizes == 3).any() else -1
        return cls(pin, block.astype(np.int64), np.bincount(block)[block], trio)

    @property
    def in_trio(self) -> Bools:
        """Members who can only be in the trio."""
        only: Bools = (self.size >= 3) | ((self.pin == self.trio) & (self.pin >= 0))
        return only

    @property
    def in_duo(self) -> Bools:
        """Members who can only be in a duo."""
        only: Bools = (self.pin >= 0) & (self.pin != self.trio)
        return only


def _may_meet(instance: Instance, blocks: Blocks) -> Bools:
    """``(n, n)``: who may share a group at all."""
    n = instance.members
    meet = ~np.eye(n, dtype=bool)
    a, b = instance.apart.T
    meet[a, b] = meet[b, a] = False
    pinned = blocks.pin >= 0
    meet &= ~(pinned[:, None] & pinned[None, :] & (blocks.pin[:, None] != blocks.pin[None, :]))
    return meet


def duos_allowed(instance: Instance, blocks: Blocks) -> Bools:
    """``(n, n)`` symmetric bool: who may be a duo."""
    may = _may_meet(instance, blocks)
    bound_in = blocks.size > 1
    same = blocks.block[:, None] == blocks.block[None, :]
    may &= same | ~(bound_in[:, None] | bound_in[None, :])
    may &= ~(blocks.in_trio[:, None] | blocks.in_trio[None, :])
    duos = np.flatnonzero(instance.sizes == 2)
    for bound in instance.bounds:
        if len(duos):
            count = bound.marked[:, None].astype(np.int8) + bound.marked[None, :]
            may &= (count >= bound.least[duos[0]]) & (count <= bound.most[duos[0]])
    return may


def duo_values(instance: Instance) -> Ints:
    """``(n, n)`` symmetric int: ``V`` of a duo of two members; the diagonal says nothing."""
    n = instance.members
    total = np.zeros((n, n), dtype=np.int64)
    duos = np.flatnonzero(instance.sizes == 2)
    if not len(duos):
        return total
    for term in instance.terms:
        const, unary, pairs, _ = _polynomial(term, int(duos[0]), n)
        value = pairs + unary[:, None] + unary[None, :] + const
        if term.cap is not None:
            value = np.minimum(value, term.cap[duos[0]])
        total += term.importance * value
    return total


@dataclass(frozen=True, eq=False)
class _Cubic:
    """A term in the trio: points as a polynomial in who is there, and its cap."""

    importance: int
    const: int
    unary: Ints
    pairs: Ints
    marks: Bools
    triple: Ints
    cap: int | None

    def value(self, trios: Ints) -> Ints:
        a, b, c = trios.T
        value: Ints = self.const + self.unary[a] + self.unary[b] + self.unary[c]
        value = value + self.pairs[a, b] + self.pairs[a, c] + self.pairs[b, c]
        if len(self.triple):
            value = value + (self.marks[a] & self.marks[b] & self.marks[c]) @ self.triple
        value = value if self.cap is None else np.minimum(value, self.cap)
        return self.importance * value

    def bound(self) -> Ints:
        """``(n, n)``: ``PARTS`` times the value is at most the sum over the three pairs.

        All three marked (``c = 3``) is at most ``C(c,2)/3``, and at least ``2·C(c,2)/3 - c/3``.
        """
        up, down = np.maximum(self.triple, 0), np.minimum(self.triple, 0)
        unary = 3 * self.unary - self.marks @ down
        result = PARTS * self.pairs + 2 * self.const + unary[:, None] + unary[None, :]
        if len(self.triple):
            result += _products(self.marks, 2 * up + 4 * down)
        if self.cap is not None:
            flat = 2 * self.cap
            result = np.full_like(result, flat) if flat <= result.mean() else result
        return self.importance * result


class TrioValues:
    """``V`` of every trio, in the group of three."""

    def __init__(self, instance: Instance, blocks: Blocks) -> None:
        group = blocks.trio
        self._instance, self._blocks, self._group = instance, blocks, group
        self._parts = []
        for term in instance.terms:
            const, unary, pairs, (marks, triple) = _polynomial(term, group, instance.members)
            cap = None if term.cap is None else int(term.cap[group])
            self._parts.append(_Cubic(term.importance, const, unary, pairs, marks, triple, cap))
        self.allowed = self._pairs_allowed()

    def _pairs_allowed(self) -> Bools:
        blocks = self._blocks
        may = _may_meet(self._instance, blocks)
        may &= ~(blocks.in_duo[:, None] | blocks.in_duo[None, :])
        whole = blocks.size >= 3
        same = blocks.block[:, None] == blocks.block[None, :]
        may &= same | ~(whole[:, None] | whole[None, :])
        outside = (~blocks.in_trio).astype(np.int64)
        spare = 3 - int(blocks.in_trio.sum())
        may &= outside[:, None] + outside[None, :] <= spare
        for bound in self._instance.bounds:
            count = bound.marked[:, None].astype(np.int8) + bound.marked[None, :]
            may &= (count <= bound.most[self._group]) & (count + 1 >= bound.least[self._group])
        return may

    def values(self, trios: Ints) -> Ints:
        """``(m,)``: ``V`` of each trio, whether allowed or not."""
        total = np.zeros(len(trios), dtype=np.int64)
        for part in self._parts:
            total += part.value(trios)
        return total

    def keeps(self, trios: Ints) -> Bools:
        """``(m,)``: which trios keep every rule."""
        blocks = self._blocks
        a, b, c = trios.T
        good: Bools = self.allowed[a, b] & self.allowed[a, c] & self.allowed[b, c]
        inside = (blocks.block[trios][:, :, None] == blocks.block[trios][:, None, :]).sum(axis=2)
        good &= (inside == blocks.size[trios]).all(axis=1)
        good &= blocks.in_trio[trios].sum(axis=1) == blocks.in_trio.sum()
        for bound in self._instance.bounds:
            count = bound.marked[trios].sum(axis=1)
            good &= (count >= bound.least[self._group]) & (count <= bound.most[self._group])
        return good

    def choice(self, least: int | None = None) -> TrioChoice:
        """The trios, weighted as in the objective; only those with ``V`` of ``least`` or more."""
        weight = int(self._instance.weights[self._group])

        def value(trios: Ints) -> Ints:
            values = self.values(trios)
            good = self.keeps(trios)
            if least is not None:
                good &= values >= least
            return np.where(good, weight * values, NEVER)

        required = tuple(np.flatnonzero(self._blocks.in_trio).tolist())
        return TrioChoice(value, weight * self._bound, self.allowed, required)

    @property
    def highest(self) -> int:
        """No trio is worth more."""
        return int(3 * self._bound[self.allowed].max(initial=NEVER // 4)) // PARTS

    @cached_property
    def _bound(self) -> Ints:
        n = self._instance.members
        return sum((part.bound() for part in self._parts), np.zeros((n, n), dtype=np.int64))


def _polynomial(term: Term, group: int, n: int) -> tuple[int, Ints, Ints, tuple[Bools, Ints]]:
    """A term's sum in a group of up to three, as constant, unary, pair and triple parts.

    Points ``p`` for a count ``c`` are ``p0 + a·c + b·C(c,2) + d·[c=3]`` with
    ``a = p1-p0``, ``b = p2-2·p1+p0`` and ``d = p3-3·p2+3·p1-p0``.
    """
    const = int(term.base[group])
    unary = np.zeros(n, dtype=np.int64)
    marks = np.zeros((n, 0), dtype=bool)
    second = triple = np.zeros(0, dtype=np.int64)
    if term.place is not None:
        unary = unary + term.place[:, group]
    if term.tables:
        marks = np.stack([table.marked for table in term.tables], axis=1)
        p = np.zeros((len(term.tables), 4), dtype=np.int64)
        for row, table in zip(p, term.tables, strict=True):
            known = table.points[group, :4]
            row[: len(known)] = known
        const += int(p[:, 0].sum())
        unary = unary + marks @ (p[:, 1] - p[:, 0])
        second = p[:, 2] - 2 * p[:, 1] + p[:, 0]
        triple = p[:, 3] - 3 * p[:, 2] + 3 * p[:, 1] - p[:, 0]
        pairs = _products(marks, second)
    else:
        pairs = np.zeros((n, n), dtype=np.int64)
    if term.pair is not None and term.factor is not None:
        pairs += int(term.factor[group]) * term.pair.astype(np.int64)
    used = triple != 0
    return const, unary, pairs, (marks[:, used], triple[used])


def _products(marks: Bools, worth: Ints) -> Ints:
    """``(n, n)``: summed worth of the marks that two members share."""
    if int(np.abs(worth).sum()) < _EXACT_FLOAT:
        # Whole numbers this small are exact in floating point, whose products are far faster.
        shared = (marks * worth.astype(float)) @ marks.T.astype(float)
        exact: Ints = np.rint(shared).astype(np.int64)
        return exact
    products: Ints = (marks * worth) @ marks.T.astype(np.int64)
    return products
