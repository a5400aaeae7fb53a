"""Which few rules cannot hold together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from matcher.instance import Instance
from matcher.solve.legal import legal_plan
from matcher.solve.result import Status

T = TypeVar("T")


def possible(instance: Instance, *, seed: int = 0, seconds: float = 5.0) -> bool | None:
    """Whether any plan keeps the rules of an instance; ``None`` when time ran out undecided."""
    status = legal_plan(instance, seed=seed, seconds=seconds).status
    return None if status is Status.UNKNOWN else status is not Status.INFEASIBLE


def smallest_conflict(
    parts: Sequence[T], possible: Callable[[Sequence[T]], bool | None], *, seconds: float = 5.0
) -> list[T]:
    """Find a set of parts that cannot hold together, though all but any one of them can.

    QuickXplain (Junker, "QUICKXPLAIN: preferred explanations and relaxations for
    over-constrained problems", AAAI 2004): about ``2·c·log(p/c)`` questions for a conflict
    of ``c`` among ``p`` parts. Later parts are given up first, so put first what should
    rather be kept.

    Parameters
    ----------
    parts
        Rules, in any form.
    possible
        Says of some of the parts, in their order, whether they can hold together. An
        undecided ``None`` counts as possible, so a part is never left out without proof.
    seconds
        Wall-clock limit. Once it has passed, nothing more is asked and what is left
        unexamined stays in the answer, which then cannot hold together either but may
        be larger than needed.

    Returns
    -------
    list
        The conflict, in the order of ``parts``.

    Raises
    ------
    ValueError
        When all parts can hold together, or that was left undecided.
    """
    end = time.perf_counter() + seconds

    def holds(kept: list[int]) -> bool:
        if time.perf_counter() > end:
            return True
        return possible([parts[p] for p in sorted(kept)]) is not False

    def needed(background: list[int], fresh: bool, candidates: list[int]) -> list[int]:
        """The fewest candidates that conflict with the background; ``fresh``: it has grown."""
        if fresh and not holds(background):
            return []
        if len(candidates) == 1:
            return candidates
        half = len(candidates) // 2
        front, back = candidates[:half], candidates[half:]
        later = needed(background + front, True, back)
        earlier = needed(background + later, bool(later), front)
        return earlier + later

    if possible(parts) is not False:
        raise ValueError("These parts can hold together, so there is no conflict to find.")
    if possible([]) is False:
        return []
    return [parts[p] for p in sorted(needed([], False, list(range(len(parts)))))]
