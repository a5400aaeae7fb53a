"""The compiled loop of :mod:`matcher.solve.search`; :mod:`matcher.solve.compiled` says when it is there.

Helpers take their arrays one by one: a record of arrays handed down costs more than they do.
"""

# compiled loops take their arrays one by one, are long, and know only Numba's own generator
# ruff: noqa: PLR0917, PLR0915, NPY002, PLR1714
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, assignment"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

NEVER = np.iinfo(np.int64).min  # change of a sum that a rule forbids
Array = NDArray[Any]

ONE, SHIFT = np.uint64(1), np.uint64(58)
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)  # times a power of two, its highest six bits tell which
BIT = np.zeros(64, dtype=np.int64)
BIT[[((int(DE_BRUIJN) << i) & (2**64 - 1)) >> 58 for i in range(64)]] = np.arange(64)


@njit(cache=True, nogil=True, forceinline=True)
def _keeps(
    allowed: Array,
    held: Array,
    inside: Array,
    least: Array,
    most: Array,
    g: int,
    out: Array,
    into: Array,
    members: int,
) -> bool:
    """Whether group g may have ``into`` in place of ``out``, as far as seats and bounds go."""
    for x in range(members):
        if not allowed[into[x], g]:
            return False
    for t in range(held.shape[1]):
        more = 0
        for x in range(members):
            more += held[into[x], t] - held[out[x], t]
        if more != 0 and (inside[g, t] + more < least[g, t] or inside[g, t] + more > most[g, t]):
            return False
    return True


@njit(cache=True, nogil=True, forceinline=True)
def _moves(home: int, old: int, new: int) -> int:
    """How many more are away from home when somebody goes from one group to another."""
    return int(home == old) - int(home == new)


@njit(cache=True, nogil=True, forceinline=True)
def _with(pair: Array, seats: Array, g: int, size: int, i: int, c: int) -> int:
    """Pair points of a member with everybody in group g."""
    total = 0
    for s in range(size):
        total += pair[i, seats[g, s], c]
    return total


@njit(cache=True, nogil=True)
def _exchanged(
    pair: Array, seats: Array, own: Array, g: int, size: int, c: int, out: Array, into: Array, members: int,
    floor: int,
) -> int:  # fmt: skip
    """Change of group g's pair points with ``into`` in place of ``out``; `NEVER` if two may not meet."""
    total = 0
    for x in range(members):
        b = into[x]
        gained = _with(pair, seats, g, size, b, c)
        for y in range(members):
            gained -= pair[b, out[y], c]
        for y in range(x):
            gained += pair[b, into[y], c]
            total += pair[out[x], out[y], c]
        if c == 0 and gained < floor:
            return NEVER
        total += gained - own[out[x], c]
    return total


@njit(cache=True, nogil=True, forceinline=True)
def _stepped(
    bits: Array, table_part: Array, up: Array, down: Array, g: int, h: int, a: int, b: int, raw_g: Array,
    raw_h: Array,
) -> None:  # fmt: skip
    """Change both groups' tables when a of g and b of h change places; only marks that differ cost."""
    for w in range(bits.shape[1]):
        for x in range(2):
            left = bits[b, w] & ~bits[a, w] if x else bits[a, w] & ~bits[b, w]
            while left:
                lowest = left & (~left + ONE)
                t = 64 * w + BIT[(lowest * DE_BRUIJN) >> SHIFT]
                p = table_part[t]
                raw_g[p] += up[g, t] if x else down[g, t]
                raw_h[p] += down[h, t] if x else up[h, t]
                left ^= lowest


@njit(cache=True, nogil=True)
def _counted(
    marks: Array, points: Array, table_part: Array, count: Array, g: int, out: Array, into: Array,
    members: int, raw: Array,
) -> None:  # fmt: skip
    """Change group g's tables when several members take others' places."""
    for t in range(table_part.size):
        more = 0
        for x in range(members):
            more += marks[into[x], t] - marks[out[x], t]
        raw[table_part[t]] += points[g, t, count[g, t] + more] - points[g, t, count[g, t]]


@njit(cache=True, nogil=True)
def _settle(
    pair: Array, own: Array, seats: Array, seat: Array, labels: Array, g: int, size: int, out: Array,
    into: Array, places: Array, members: int,
) -> None:  # fmt: skip
    """Put ``into`` on the places of ``out`` in group g, and bring pair sums up to date there."""
    for x in range(members):
        seats[g, places[x]] = into[x]
        seat[into[x]] = places[x]
        labels[into[x]] = g
    for c in range(pair.shape[2]):
        for s in range(size):
            v = seats[g, s]
            for x in range(members):
                own[v, c] += pair[v, into[x], c] - pair[v, out[x], c]
        for x in range(members):
            own[into[x], c] = _with(pair, seats, g, size, into[x], c)


@njit(cache=True, nogil=True)
def _recount(
    marks: Array, points: Array, count: Array, up: Array, down: Array, held: Array, inside: Array, g: int,
    out: Array, into: Array, members: int,
) -> None:  # fmt: skip
    """Bring group g's counts up to date after ``into`` took the place of ``out``."""
    last = points.shape[2] - 1
    for x in range(members):
        for t in range(held.shape[1]):
            inside[g, t] += held[into[x], t] - held[out[x], t]
        for t in range(marks.shape[1]):
            count[g, t] += marks[into[x], t] - marks[out[x], t]
    for t in range(marks.shape[1]):
        here = points[g, t, count[g, t]]
        up[g, t] = points[g, t, min(count[g, t] + 1, last)] - here
        down[g, t] = points[g, t, max(count[g, t] - 1, 0)] - here


@njit(cache=True, nogil=True)
def _divides(step: int, size: int) -> bool:
    """Whether steps of this length would miss some of the seats."""
    while step:
        step, size = size % step, step
    return size > 1


@njit(cache=True, nogil=True)
def _gather(
    unit: Array, unit_start: Array, unit_member: Array, seats: Array, g: int, size: int, wanted: int,
    chosen: Array,
) -> bool:  # fmt: skip
    """Choose units of group g, by chance, that hold exactly so many members."""
    have = 0
    start = np.random.randint(size)
    step = 1 + np.random.randint(max(1, size - 1))
    while _divides(step, size):
        step = 1 + np.random.randint(max(1, size - 1))
    for x in range(size):
        u = unit[seats[g, (start + x * step) % size]]
        first, end = unit_start[u], unit_start[u + 1]
        if have + end - first > wanted:
            continue
        seen = False
        for y in range(have):
            seen = seen or chosen[y] == unit_member[first]
        if not seen:
            for y in range(first, end):
                chosen[have] = unit_member[y]
                have += 1
        if have == wanted:
            return True
    return False


@njit(cache=True, nogil=True)
def _lows(value: Array, lows: Array) -> None:
    """Find the three groups with the lowest values."""
    lows[:] = -1
    for g in range(value.size):
        if lows[0] < 0 or value[g] < value[lows[0]]:
            lows[2], lows[1], lows[0] = lows[1], lows[0], g
        elif lows[1] < 0 or value[g] < value[lows[1]]:
            lows[2], lows[1] = lows[1], g
        elif lows[2] < 0 or value[g] < value[lows[2]]:
            lows[2] = g


@njit(cache=True, nogil=True)
def anneal(
    form: Any, now: Any, best: Array, value: int, record: int, hot: float, cold: float, smooth: float,
    tries: int, compound: float, seed: int,
) -> tuple[int, int]:  # fmt: skip
    """Swap members, single or several, at a temperature that falls from ``hot`` to ``cold``.

    Parameters
    ----------
    form, now
        :class:`matcher.solve.search_form.Form` and ``State``; ``now`` is changed.
    best
        ``(n,)`` labels; overwritten by every plan worth more than ``record``.
    value, record
        Objectives of ``now`` and ``best``.
    hot, cold
        Temperatures in points of the objective; 0 accepts no fall.
    smooth
        How many temperatures wide the lowest group value is smoothed; see
        :mod:`matcher.solve.search`.
    tries
        Members to try, each against everybody in one other group.
    compound
        Share of the tries in which two or three members change places at once.
    seed
        Source of chance.

    Returns
    -------
    Objectives of ``now`` and ``best``.
    """
    np.random.seed(seed)
    sizes, weights, weakest, allowed, floor = form.sizes, form.weights, form.weakest, form.allowed, form.floor
    pair, factor, channel_part = form.pair, form.factor, form.channel_part
    place, place_part = form.place, form.place_part
    marks, bits, points, table_part = form.marks, form.bits, form.points, form.table_part
    held, least, most = form.held, form.least, form.most
    cap, importance = form.cap, form.importance
    home, most_moves = form.home, form.most_moves
    unit, unit_start, unit_member, alone = form.unit, form.unit_start, form.unit_member, form.alone
    labels, seat, seats, own = now.labels, now.seat, now.seats, now.own
    raw, values, count, inside, up, down = now.raw, now.value, now.count, now.inside, now.up, now.down
    n, k = allowed.shape
    parts, channels, places = importance.size, channel_part.size, place_part.size
    raw_g, raw_h = np.empty(parts, np.int64), np.empty(parts, np.int64)
    a_with_h = np.empty(channels, np.int64)
    widest = max(3, sizes.max())
    some, others = np.empty(widest, np.int64), np.empty(widest, np.int64)
    from_seat, to_seat = np.empty(widest, np.int64), np.empty(widest, np.int64)
    lows = np.empty(3, np.int64)
    _lows(values, lows)
    soft = np.zeros(k)
    total = 1.0
    heat = rate = breadth = 0.0
    lowest = values[lows[0]]
    refresh = max(64, k)
    moved = 0
    for v in range(n):
        moved += home[v] >= 0 and labels[v] != home[v]
    limited = most_moves < n
    for x in range(tries):
        if x % refresh == 0:
            heat = hot * (cold / hot) ** (x / tries) if cold > 0 else 0.0
            if weakest > 0 and smooth > 0 and heat > 0:
                breadth = smooth * heat
                rate = weakest / breadth
                lowest = values[lows[0]]
                total = 0.0
                for q in range(k):
                    soft[q] = np.exp(-rate * (values[q] - lowest))
                    total += soft[q]
        a = np.random.randint(n)
        g = labels[a]
        h = np.random.randint(k - 1)
        h += h >= g
        first, end = unit_start[unit[a]], unit_start[unit[a] + 1]
        wanted = end - first
        if np.random.random() < compound:
            wanted = min(wanted + 1 + np.random.randint(2), sizes[g])
            if not _gather(unit, unit_start, unit_member, seats, g, sizes[g], wanted, some):
                continue
        else:
            for y in range(wanted):
                some[y] = unit_member[first + y]
        if wanted > sizes[h]:
            continue
        threshold = heat * np.log(np.random.random())
        relief = 0.0
        if rate > 0:
            relief = -breadth * np.log(max(total - soft[g] - soft[h], 1e-9 * total) / total)
        if wanted == 1:
            for c in range(channels):
                a_with_h[c] = _with(pair, seats, h, sizes[h], some[0], c)
        for s in range(sizes[h] if wanted == 1 else 1):
            if wanted > 1:
                if not _gather(unit, unit_start, unit_member, seats, h, sizes[h], wanted, others):
                    break
            else:
                others[0] = seats[h, s]
                if not alone[others[0]]:
                    continue
            more_moved = 0
            for y in range(wanted if limited else 0):
                more_moved += _moves(home[some[y]], g, h) + _moves(home[others[y]], h, g)
            if more_moved > 0 and moved + more_moved > most_moves:
                continue
            if not _keeps(allowed, held, inside, least, most, g, some, others, wanted):
                continue
            if not _keeps(allowed, held, inside, least, most, h, others, some, wanted):
                continue
            for p in range(parts):
                raw_g[p], raw_h[p] = raw[g, p], raw[h, p]
            legal = True
            for c in range(channels):
                p = channel_part[c]
                if wanted == 1:
                    between = np.int64(pair[some[0], others[0], c])
                    to_g = _with(pair, seats, g, sizes[g], others[0], c) - between
                    to_h = a_with_h[c] - between
                    legal = legal and (c > 0 or (to_g >= floor and to_h >= floor))
                    to_g -= own[some[0], c]
                    to_h -= own[others[0], c]
                else:
                    to_g = _exchanged(pair, seats, own, g, sizes[g], c, some, others, wanted, floor)
                    to_h = _exchanged(pair, seats, own, h, sizes[h], c, others, some, wanted, floor)
                    legal = legal and to_g != NEVER and to_h != NEVER
                if not legal:
                    break
                raw_g[p] += factor[g, c] * to_g
                raw_h[p] += factor[h, c] * to_h
            if not legal:
                continue
            for q in range(places):
                p = place_part[q]
                for y in range(wanted):
                    raw_g[p] += place[q, others[y], g] - place[q, some[y], g]
                    raw_h[p] += place[q, some[y], h] - place[q, others[y], h]
            if wanted == 1:
                _stepped(bits, table_part, up, down, g, h, some[0], others[0], raw_g, raw_h)
            else:
                _counted(marks, points, table_part, count, g, some, others, wanted, raw_g)
                _counted(marks, points, table_part, count, h, others, some, wanted, raw_h)
            value_g = value_h = 0
            for p in range(parts):
                value_g += importance[p] * min(cap[g, p], raw_g[p])
                value_h += importance[p] * min(cap[h, p], raw_h[p])
            gain = weights[g] * (value_g - values[g]) + weights[h] * (value_h - values[h])
            if gain + relief < threshold and (rate > 0 or weakest == 0):
                continue
            soft_g = soft_h = 0.0
            if rate > 0:
                soft_g = np.exp(min(-rate * (value_g - lowest), 500.0))
                soft_h = np.exp(min(-rate * (value_h - lowest), 500.0))
                after = max(total - soft[g] - soft[h], 1e-9 * total) + soft_g + soft_h
                if gain - breadth * np.log(after / total) < threshold:
                    continue
            if weakest > 0:
                low = min(value_g, value_h)
                for y in range(3):
                    if lows[y] >= 0 and lows[y] != g and lows[y] != h:
                        low = min(low, values[lows[y]])
                        break
                gain += weakest * (low - values[lows[0]])
                if rate == 0 and gain < threshold:
                    continue
            for y in range(wanted):
                from_seat[y], to_seat[y] = seat[some[y]], seat[others[y]]
            _settle(pair, own, seats, seat, labels, g, sizes[g], some, others, from_seat, wanted)
            _settle(pair, own, seats, seat, labels, h, sizes[h], others, some, to_seat, wanted)
            _recount(marks, points, count, up, down, held, inside, g, some, others, wanted)
            _recount(marks, points, count, up, down, held, inside, h, others, some, wanted)
            for p in range(parts):
                raw[g, p], raw[h, p] = raw_g[p], raw_h[p]
            values[g], values[h] = value_g, value_h
            if rate > 0:
                total = max(total - soft[g] - soft[h], 1e-9 * total) + soft_g + soft_h
                soft[g], soft[h] = soft_g, soft_h
            if weakest > 0:
                _lows(values, lows)
            moved += more_moved
            value += gain
            if value > record:
                record = value
                best[:] = labels
            break
    return value, record
