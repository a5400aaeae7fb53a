"""Schedules that are known: rounds in which no two members share a group twice, by construction.

Two of them are enough here. *Everybody against everybody*: an even number ``n`` in pairs has ``n − 1``
rounds by the circle method. *Transversal designs*: ``g`` groups of at most ``s`` are the lines of a grid
of ``s`` rows and ``g`` columns; the round of slope ``b`` has, for each ``a``, the points
``(r, a + e(r)·b)``. Two lines meet twice only when ``(e(r) − e(r'))·(b − b')`` can be 0 for different
slopes, which never happens when all differences of the ``e(r)`` can be divided by. In the ring of ``g``
elements that is the product of the finite fields of the prime powers of ``g``, there are as many such
``e`` as the smallest of these prime powers (MacNeish 1922), so that gives ``g`` rounds for groups up to
that size: five for twenty members in fours.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from matcher.instance import Ints


def known_rounds(sizes: Ints) -> Ints:
    """Return rounds without a repeat for groups of one size, or of two sizes next to each other.

    Parameters
    ----------
    sizes
        ``(k,)`` int, members in each group.

    Returns
    -------
    ``(rounds, n)`` int, the group of each member in each round; no rounds when nothing is known.
    """
    k, s = len(sizes), int(sizes.max())
    n = int(sizes.sum())
    if sizes.min() < s - 1 or s < 2:
        return np.zeros((0, n), dtype=np.int64)
    if k == 1:
        return np.zeros((1, n), dtype=np.int64)
    full = _circle(n) if s == 2 and n == 2 * k else _grid(k, s)
    # whoever is missing to full groups is missing in the last row: one in each of the smaller groups, but
    # for rounds inside the rows
    rounds = [_settled(labels, sizes) for labels in full[:, :n]]
    kept = [labels for labels in rounds if np.array_equal(np.bincount(labels, minlength=k), sizes)]
    return np.array(kept, dtype=np.int64).reshape(-1, n)


def _settled(labels: Ints, sizes: Ints) -> Ints:
    """Number the groups so that each has its size."""
    counts = np.bincount(labels, minlength=len(sizes))
    number = np.empty(len(sizes), dtype=np.int64)
    number[np.argsort(counts, kind="stable")] = np.argsort(sizes, kind="stable")
    return number[labels]


def _circle(n: int) -> Ints:
    """``n − 1`` rounds of pairs: one member stays, the others go round."""
    i = np.arange(n - 1)
    rounds = np.empty((n - 1, n), dtype=np.int64)
    for r in range(n - 1):
        # i and j meet in the round r = i + j; whoever would meet themselves meets the last one
        other = (r - i) % (n - 1)
        pair = np.minimum(i, other)
        _, rounds[r, :-1] = np.unique(pair, return_inverse=True)
        rounds[r, -1] = rounds[r, :-1][i == other][0]
    return rounds


def _grid(groups: int, size: int) -> Ints:
    """``groups`` rounds of ``groups`` groups of ``size``, and more when each row can be grouped in itself."""
    fields = [field(p, m) for p, m in _prime_powers(groups)]
    none = np.zeros((0, groups * size), dtype=np.int64)
    if not fields or size > min(len(add) for add, _ in fields):
        return none
    add, times = _product(fields)
    minus = np.argmin(add, axis=1)  # what adds up to 0
    # the element t in every field at once
    spread = _mixed([np.arange(size) for _ in fields], [len(a) for a, _ in fields])
    columns = np.arange(groups)
    rounds = [
        np.concatenate([add[columns, minus[times[spread[r], b]]] for r in range(size)]) for b in range(groups)
    ]
    if groups % size == 0:
        inside = known_rounds(np.full(groups // size, size))
        rounds += [np.concatenate([labels + r * (groups // size) for r in range(size)]) for labels in inside]
    return np.array(rounds, dtype=np.int64)


def _prime_powers(number: int) -> list[tuple[int, int]]:
    found, p = [], 2
    while number > 1:
        m = 0
        while number % p == 0:
            number, m = number // p, m + 1
        if m:
            found.append((p, m))
        p += 1
    return found


def field(p: int, m: int) -> tuple[Ints, Ints]:
    """Return the tables of addition and multiplication of the field of ``p**m`` elements.

    Parameters
    ----------
    p, m
        A prime number, and a power of 1 or more.

    Returns
    -------
    Two ``(p**m, p**m)`` int; 0 and 1 are the neutral elements.
    """
    q = p**m
    weights = p ** np.arange(m)
    digits = np.arange(q)[:, None] // weights % p
    add = (digits[:, None, :] + digits[None, :, :]) % p @ weights
    for tail in product(range(p), repeat=m):  # x^m = −tail, until nothing but 0 divides 0
        powers = [digits]
        for _ in range(m - 1):
            shifted = np.roll(powers[-1], 1, axis=1)
            over = shifted[:, 0].copy()
            shifted[:, 0] = 0
            powers.append((shifted - over[:, None] * np.array(tail)) % p)
        times = np.einsum("ai,ibd->abd", digits, np.array(powers)) % p @ weights
        if (times[1:, 1:] > 0).all():
            return add, times
    raise AssertionError("There is a field for every power of a prime.")


def _product(fields: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Return the tables of the ring whose elements have a part in each field."""
    orders = [len(add) for add, _ in fields]
    size = int(np.prod(orders))
    parts = np.array(np.unravel_index(np.arange(size), orders))
    tables = []
    for which in (0, 1):
        mixed = [f[which][part[:, None], part[None, :]] for f, part in zip(fields, parts, strict=True)]
        tables.append(_mixed(mixed, orders))
    return tables[0], tables[1]


def _mixed(parts: list[Ints], orders: list[int]) -> Ints:
    """Return the numbers of ring elements from their parts."""
    numbers: Ints = np.ravel_multi_index(parts, orders).astype(np.int64)
    return numbers
