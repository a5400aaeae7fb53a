"""An instance laid out for search: like terms added up, rules as look-ups, a plan's running sums."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.instance import Instance, Ints, Term
from matcher.solve.legal import units

NO_CAP = np.iinfo(np.int64).max // 4
"""A cap that is none."""

_WIDE = 3000  # members from which the pair points take two bytes each if they can

Array = NDArray[Any]


class Form(NamedTuple):
    """What an instance says, without the terms that need not be told apart.

    Terms without a cap are one *part*, their importances multiplied in; every capped term is
    another. ``C`` channels of pair points have a factor a group; ``M`` tables, ``B`` bounds,
    ``P`` places, ``T`` parts.

    Parameters
    ----------
    sizes, weights, weakest, allowed
        As in the instance.
    pair, factor, channel_part
        ``(n, n, C)`` int, ``(k, C)``, ``(C,)``. A pair that may not share a group has points
        so low in channel 0 that no sum with them reaches ``floor``.
    floor
        What a member's sum in channel 0 cannot fall below while the rules are kept.
    place, place_part
        ``(P, n, k)``, ``(P,)``.
    marks, bits, points, table_part
        ``(n, M)`` int8, the same as ``(n, M/64)`` uint64, ``(k, M, s+1)``, ``(M,)``.
    held, least, most
        ``(n, B)`` int8, ``(k, B)``, ``(k, B)``: members that a bound counts, and its limits.
    base, cap, importance
        ``(k, T)``, ``(k, T)``, ``(T,)``.
    home, most_moves
        ``(n,)`` the group that each member comes from, −1 for none; how many may be elsewhere.
    unit, unit_start, unit_member, alone
        ``(n,)`` unit of each member; the members of unit ``u`` are
        ``unit_member[unit_start[u]:unit_start[u + 1]]``; ``(n,)`` whether it is one.
    """

    sizes: Ints
    weights: Ints
    weakest: int
    allowed: Array
    pair: Array
    factor: Ints
    channel_part: Ints
    floor: int
    place: Ints
    place_part: Ints
    marks: Array
    bits: Array
    points: Ints
    table_part: Ints
    held: Array
    least: Ints
    most: Ints
    base: Ints
    cap: Ints
    importance: Ints
    home: Ints
    most_moves: int
    unit: Ints
    unit_start: Ints
    unit_member: Ints
    alone: Array


class State(NamedTuple):
    """A plan's running sums; the compiled loops change them in place.

    Parameters
    ----------
    labels, seat, seats
        ``(n,)``, ``(n,)``, ``(k, s)``: ``seats[labels[i], seat[i]] == i``.
    own
        ``(n, C)``: a member's pair points with their own group.
    raw, value
        ``(k, T)`` parts before cap and importance; ``(k,)`` group values.
    count, inside
        ``(k, M)`` and ``(k, B)``: marked members of each table and bound in each group.
    up, down
        ``(k, M)``: what one marked member more or fewer would change in each table.
    """

    labels: Ints
    seat: Ints
    seats: Ints
    own: Ints
    raw: Ints
    value: Ints
    count: Ints  # type: ignore[assignment]  # a tuple's method of that name is not needed here
    inside: Ints
    up: Ints
    down: Ints


def form(instance: Instance) -> Form:
    """Lay an instance out for search."""
    n, k = instance.members, instance.groups
    capped = [t for t in instance.terms if t.cap is not None]
    plain = [t for t in instance.terms if t.cap is None]
    parts: list[tuple[list[Term], bool]] = [(plain, True), *(([t], False) for t in capped)]
    base = np.zeros((k, len(parts)), dtype=np.int64)
    cap = np.full((k, len(parts)), NO_CAP, dtype=np.int64)
    importance = np.ones(len(parts), dtype=np.int64)
    channels: dict[tuple[int, tuple[int, ...]], list[tuple[int, Array]]] = {}
    places, tables = [], []
    for p, (terms, merged) in enumerate(parts):
        here = np.zeros((n, k), dtype=np.int64) if any(t.place is not None for t in terms) else None
        for term in terms:
            times = term.importance if merged else 1
            base[:, p] += times * term.base
            if term.cap is not None:
                cap[:, p], importance[p] = term.cap, term.importance
            if term.pair is not None and term.factor is not None and term.factor.any():
                sign = int(np.sign(term.factor[np.flatnonzero(term.factor)[0]]))
                common = sign * int(np.gcd.reduce(term.factor))  # what costs and what earns share a channel
                key = (p, tuple((term.factor // common).tolist()))
                channels.setdefault(key, []).append((times * common, term.pair))
            if term.place is not None and here is not None:
                here += times * term.place
            tables += [(t.marked, times * t.points, p) for t in term.tables]
        if here is not None:
            places.append((here, p))
    pair, floor = _pairs(instance, list(channels.values()))
    many = pair.shape[2]
    keys = [*channels, *([(0, (0,) * k)] * (many - len(channels)))]
    marks = np.array([m for m, _, _ in tables], dtype=np.int8).reshape(-1, n).T.copy()
    blocks = units(instance)
    ends = np.cumsum([0, *(len(block) for block in blocks)])
    member = np.concatenate(blocks)
    unit = np.empty(n, dtype=np.int64)
    unit[member] = np.repeat(np.arange(len(blocks)), np.diff(ends))
    return Form(
        sizes=instance.sizes.astype(np.int64),
        weights=instance.weights.astype(np.int64),
        weakest=int(instance.weakest),
        allowed=instance.allowed.copy(),
        pair=pair,
        factor=np.array([key[1] for key in keys], dtype=np.int64).reshape(many, k).T.copy(),
        channel_part=np.array([key[0] for key in keys], dtype=np.int64),
        floor=floor,
        place=np.array([place for place, _ in places], dtype=np.int64).reshape(-1, n, k),
        place_part=np.array([p for _, p in places], dtype=np.int64),
        marks=marks,
        bits=_bits(marks),
        points=_points([x for _, x, _ in tables], k, int(instance.sizes.max()) + 1),
        table_part=np.array([p for _, _, p in tables], dtype=np.int64),
        held=np.array([b.marked for b in instance.bounds], dtype=np.int8).reshape(-1, n).T.copy(),
        least=np.array([b.least for b in instance.bounds], dtype=np.int64).reshape(-1, k).T.copy(),
        most=np.array([b.most for b in instance.bounds], dtype=np.int64).reshape(-1, k).T.copy(),
        base=base,
        cap=cap,
        importance=importance,
        home=np.full(n, -1, dtype=np.int64) if instance.home is None else instance.home.astype(np.int64),
        most_moves=n if instance.most_moves is None else int(instance.most_moves),
        unit=unit,
        unit_start=ends.astype(np.int64),
        unit_member=member.astype(np.int64),
        alone=np.diff(ends)[unit] == 1,
    )


def _bits(marks: Array) -> Array:
    """Pack each member's marks, the first mark into the lowest bit."""
    n, many = marks.shape
    padded = np.zeros((n, -(-many // 64) * 64), dtype=np.uint8)
    padded[:, :many] = marks
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _points(tables: list[Array], k: int, counts: int) -> Ints:
    """Every table's points, a group's tables side by side."""
    points = np.zeros((k, len(tables), counts), dtype=np.int64)
    for t, table in enumerate(tables):
        points[:, t] = table[:, :counts]
    return points


def _pairs(instance: Instance, channels: list[list[tuple[int, Array]]]) -> tuple[Array, int]:
    """Add up like pair points, a channel for each kind, and forbid what may not be together."""
    n = instance.members
    many = max(len(channels), int(len(instance.apart) > 0))
    if not many:
        return np.zeros((0, 0, 0), dtype=np.int32), -NO_CAP
    reach = [sum(abs(times) * _largest(pair) for times, pair in channel) for channel in channels]
    floor = -int(instance.sizes.max()) * max([*reach, 1])
    lowest = 2 * floor - 1
    kind = next(
        kind for kind in (np.int16, np.int32, np.int64)
        if (kind is not np.int16 or n >= _WIDE) and lowest > np.iinfo(kind).min
    )  # fmt: skip
    points = np.zeros((n, n, many), dtype=kind)
    for c, channel in enumerate(channels):
        for times, pair in channel:
            for i in range(n if _largest(pair) else 0):  # a row at a time: no second matrix in a wider type
                points[i, :, c] += times * pair[i].astype(kind)
    a, b = instance.apart.T
    points[a, b, 0] = points[b, a, 0] = lowest
    return points, floor


def _largest(pair: Array) -> int:
    return max(abs(int(pair.min(initial=0))), abs(int(pair.max(initial=0))))


def state(form: Form, labels: Ints) -> State:
    """Work out a plan's running sums from nothing."""
    n, k = form.allowed.shape
    many = form.pair.shape[2]
    seats = np.full((k, int(form.sizes.max())), -1, dtype=np.int64)
    seat = np.zeros(n, dtype=np.int64)
    own = np.zeros((n, many), dtype=np.int64)
    raw = form.base.copy()
    for g in range(k):
        people = np.flatnonzero(labels == g)
        seats[g, : len(people)] = people
        seat[people] = np.arange(len(people))
        if many:
            own[people] = form.pair[np.ix_(people, people)].sum(axis=1, dtype=np.int64)
            np.add.at(raw[g], form.channel_part, form.factor[g] * (own[people].sum(axis=0) // 2))
    for place, p in zip(form.place, form.place_part, strict=True):
        np.add.at(raw[:, p], labels, place[np.arange(n), labels])
    count = np.zeros((k, form.marks.shape[1]), dtype=np.int64)
    np.add.at(count, labels, form.marks)
    points = np.take_along_axis(form.points, count[:, :, None], axis=2)[:, :, 0]
    np.add.at(raw.T, form.table_part, points.T)
    inside = np.zeros((k, form.held.shape[1]), dtype=np.int64)
    np.add.at(inside, labels, form.held)
    value = np.minimum(raw, form.cap) @ form.importance
    up, down = steps(form, count)
    return State(labels.astype(np.int64), seat, seats, own, raw, value, count, inside, up, down)


def steps(form: Form, count: Ints) -> tuple[Ints, Ints]:
    """What one marked member more or fewer would change in each table: two ``(k, M)``."""
    last = form.points.shape[2] - 1
    here, more, fewer = (
        np.take_along_axis(form.points, np.clip(count + step, 0, last)[:, :, None], axis=2)[:, :, 0]
        for step in (0, 1, -1)
    )
    return more - here, fewer - here


def objective(form: Form, value: Ints) -> int:
    """Value of a plan from its groups' values."""
    return int(form.weights @ value) + form.weakest * int(value.min())
