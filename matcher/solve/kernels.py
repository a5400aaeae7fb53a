"""The compiled loop of :mod:`matcher.solve.search_partition`.

It is there when :mod:`matcher.solve.compiled` says so. Every function here is plain arithmetic
on arrays, releases the interpreter's lock, and is compiled once a machine: the result is kept
on disk beside the sources.
"""

# compiled loops take their arrays one by one
# ruff: noqa: PLR0917
# mypy: disable-error-code="misc, untyped-decorator, no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

_BLOCK = 64  # swaps scored at once: long enough for vector instructions, short enough to redo

Array = NDArray[Any]


@njit(cache=True, nogil=True)
def _accepts(row: Array, labels: Array, own: Array, into: Array, fits: Array, threshold: Array) -> bool:
    """Whether any swap of a block reaches its threshold. One vectorised pass."""
    number = threshold.dtype.type
    best = number(-1)
    for b in range(labels.size):
        best = max(best, number(row[labels[b]] - own[b] + into[b] - 2 * fits[b] - threshold[b]))
    return best >= 0


@njit(cache=True, nogil=True)
def _swap(
    from_g: Array, from_h: Array, fits_a: Array, fits_b: Array, own: Array, labels: Array, g: int, h: int
) -> None:
    """Carry ``a`` from group g to h and ``b`` back, in the sums of every member."""
    for v in range(own.size):
        change = fits_b[v] - fits_a[v]
        from_g[v] += change
        from_h[v] -= change
        own[v] += change * (np.int32(labels[v] == g) - np.int32(labels[v] == h))


@njit(cache=True, nogil=True)
def sweep(
    fit: Array, sums: Array, own: Array, labels: Array, count: Array, least: Array, most: Array,
    threshold: Array, order: Array, offsets: Array, flexible: bool,
) -> None:  # fmt: skip
    """Try every swap (and every move, if sizes may change) of the members in ``order``.

    Parameters
    ----------
    fit
        ``(n, n)`` int32 or int64.
    sums
        ``(k, n)`` of the same type: ``sums[g, i]``, member i's fit with all of group g.
    own
        ``(n,)`` of the same type: each member's sum with their own group.
    labels
        ``(n,)`` uint32.
    count, least, most
        ``(k,)`` int64, sizes and their limits.
    threshold
        Falls that are accepted, in the type of ``fit``, at least ``max(offsets) + n + k``.
    order, offsets
        Members to go through, and where in ``threshold`` each one starts.
    """
    n, k = fit.shape[0], sums.shape[0]
    row = np.empty(k, fit.dtype)
    never = np.iinfo(fit.dtype).min // 8
    for x in range(order.size):
        a = order[x]
        r = offsets[x]
        g = labels[a]
        for q in range(k):
            row[q] = sums[q, a] - sums[g, a]
        row[g] = never
        if flexible:
            for h in range(k):
                if row[h] >= threshold[r + h] and count[g] > least[g] and count[h] < most[h]:
                    for v in range(n):
                        sums[g, v] -= fit[a, v]
                        sums[h, v] += fit[a, v]
                        own[v] += fit[a, v] * (np.int32(labels[v] == h) - np.int32(labels[v] == g))
                    labels[a] = h
                    own[a] = sums[h, a]
                    count[g] -= 1
                    count[h] += 1
                    g = labels[a]
                    for q in range(k):
                        row[q] = sums[q, a] - sums[g, a]
                    row[g] = never
            r += k
        for first in range(0, n, _BLOCK):
            end = min(n, first + _BLOCK)
            if not _accepts(
                row, labels[first:end], own[first:end], sums[g, first:end], fit[a, first:end],
                threshold[r + first : r + end],
            ):  # fmt: skip
                continue
            for b in range(first, end):
                h = labels[b]
                if row[h] - own[b] + sums[g, b] - 2 * fit[a, b] >= threshold[r + b]:
                    _swap(sums[g], sums[h], fit[a], fit[b], own, labels, g, h)
                    labels[a] = h
                    labels[b] = g
                    own[a] = sums[h, a]
                    own[b] = sums[g, b]
                    g = h
                    for q in range(k):
                        row[q] = sums[q, a] - sums[g, a]
                    row[g] = never
