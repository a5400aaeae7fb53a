"""Maximum-weight perfect matching on plain arrays, proven optimal."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matcher.instance import Bools, Ints
from matcher.solve.matching_exact import Blockers, blockers
from matcher.solve.matching_search import LARGEST_SUM, Control, Found, search
from matcher.solve.matching_trio import NEVER, PARTS, TrioChoice
from matcher.solve.result import Status

__all__ = ["Blockers", "Matching", "best_matching", "blockers"]


@dataclass(frozen=True, eq=False)
class Matching:
    """A best matching, and what is known about it.

    Parameters
    ----------
    pairs
        ``(n // 2, 2)`` int; with a trio ``((n - 3) // 2, 2)``. Each row ascending, rows in
        order. Empty when there is no plan.
    objective
        Sum of ``fit`` over everybody who is together; a trio counts its three pairs.
    bound
        No matching is worth more.
    status
        How the search ended; ``OPTIMAL`` is proven.
    seconds
        Wall-clock seconds used.
    trio
        ``(3,)`` int when ``n`` is odd.
    """

    pairs: Ints
    objective: int
    bound: int
    status: Status
    seconds: float
    trio: Ints | None = None


def best_matching(
    fit: ArrayLike, allowed: ArrayLike | None = None, seconds: float | None = None, seed: int = 0
) -> Matching:
    """Put everybody in a pair (and three in one trio when the number is odd), at the best total fit.

    Parameters
    ----------
    fit
        ``(n, n)`` symmetric, whole numbers of any sign. The diagonal is ignored.
    allowed
        ``(n, n)`` symmetric bool, who may be together; everybody when left out. All three pairs
        of a trio must be allowed. The diagonal is ignored.
    seconds
        Wall-clock limit; none when left out. A plan in hand when time is up is returned as
        ``FEASIBLE`` with an honest bound. One step on a large instance may overrun it a little.
    seed
        Chooses among equally good matchings; the objective does not depend on it.

    Returns
    -------
    Matching
        ``INFEASIBLE`` when there is no such matching; :func:`blockers` says who stands in the way.

    Raises
    ------
    ValueError
        When the arrays are not as described.
    """
    start = time.perf_counter()
    weight = _whole_numbers(fit)
    may = _pairs_allowed(allowed, len(weight))
    control = Control(deadline=float("inf") if seconds is None else start + seconds)
    trio = _fit_trio(weight, may) if len(weight) % 2 else None
    found = search(weight, may, trio, control, seed)
    return _answer(found, time.perf_counter() - start)


def _answer(found: Found, seconds: float) -> Matching:
    if found.pairs is None:
        none = np.zeros((0, 2), dtype=np.int64)
        return Matching(
            none, 0, 0 if found.status is Status.INFEASIBLE else found.bound, found.status, seconds
        )
    return Matching(found.pairs, found.objective, found.bound, found.status, seconds, found.trio)


def _fit_trio(weight: Ints, may: Bools) -> TrioChoice:
    """A trio is worth the fits of its three pairs."""

    def value(trios: Ints) -> Ints:
        a, b, c = trios.T
        together = may[a, b] & may[a, c] & may[b, c]
        return np.where(together, weight[a, b] + weight[a, c] + weight[b, c], NEVER)

    return TrioChoice(value, PARTS * weight, may)


def _square(values: ArrayLike, name: str) -> np.ndarray:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} needs rows of equal length.") from error
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"{name} needs as many rows as columns, but has the shape {array.shape}.")
    return array


def _whole_numbers(fit: ArrayLike) -> Ints:
    """``fit`` as int64 with a zero diagonal, or a sentence saying what is wrong with it."""
    array = _square(fit, "fit")
    n = len(array)
    if array.dtype.kind == "f":
        off = ~np.eye(n, dtype=bool)
        if not np.isfinite(array[off]).all():
            raise ValueError("fit needs a number for every pair, but some are missing or infinite.")
        if (array[off] != np.rint(array[off])).any():
            raise ValueError(
                "fit needs whole numbers; multiply and round them first, for example to hundredths."
            )
        array = np.where(off, array, 0)
    elif array.dtype.kind not in "iub":
        raise ValueError(f"fit needs whole numbers, but holds {array.dtype} values.")
    limit = LARGEST_SUM // max(n, 1)
    if n and max(abs(int(array.max())), abs(int(array.min()))) > limit:
        raise ValueError(
            f"fit needs numbers between -{limit} and {limit} for {n} members, or sums would overflow."
        )
    weight: Ints = array.astype(np.int64)
    np.fill_diagonal(weight, 0)
    wrong = np.argwhere(weight != weight.T)
    if len(wrong):
        i, j = wrong[0].tolist()
        raise ValueError(
            f"fit needs to be symmetric, but row {i}, column {j} is {weight[i, j]} "
            f"and row {j}, column {i} is {weight[j, i]}."
        )
    return weight


def _pairs_allowed(allowed: ArrayLike | None, n: int) -> Bools:
    """``allowed`` as bool with a ``False`` diagonal, or a sentence saying what is wrong with it."""
    if allowed is None:
        return ~np.eye(n, dtype=bool)
    array = _square(allowed, "allowed")
    if array.shape != (n, n):
        raise ValueError(f"allowed needs the shape of fit, {(n, n)}, but has {array.shape}.")
    if array.dtype != bool:
        raise ValueError(f"allowed needs true and false, but holds {array.dtype} values.")
    may: Bools = array & ~np.eye(n, dtype=bool)
    wrong = np.argwhere(may != may.T)
    if len(wrong):
        i, j = wrong[0].tolist()
        raise ValueError(f"allowed needs to be symmetric, but differs between ({i}, {j}) and ({j}, {i}).")
    return may
