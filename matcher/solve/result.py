"""What a solve answers, and what it says on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from matcher.instance import Ints


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    """Proven: no plan is better."""
    FEASIBLE = "feasible"
    """A plan that keeps every rule; the bound says how much better one could be."""
    INFEASIBLE = "infeasible"
    """Proven: no plan keeps every rule."""
    UNKNOWN = "unknown"
    """No plan was found in the time given, and none was ruled out."""


@dataclass(frozen=True)
class Progress:
    """Where a solve stands: best objective so far, upper bound, seconds since its start."""

    objective: int
    bound: int
    seconds: float
    labels: Ints | None = None


OnProgress = Callable[[Progress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Solution:
    """The best plan found.

    Parameters
    ----------
    status
        How the solve ended.
    labels
        ``(n,)`` int, the group of each member; ``None`` unless a plan was found.
    objective
        The plan's value, as :meth:`matcher.instance.Instance.objective` gives it.
    bound
        No plan has a higher value.
    seconds
        Wall-clock seconds used.
    bound_by
        How the bound was obtained, in a few words.
    """

    status: Status
    labels: Ints | None
    objective: int
    bound: int
    seconds: float
    bound_by: str = ""
