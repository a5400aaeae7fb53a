"""Forming groups on the normal form: exact where possible, bounded everywhere."""

from __future__ import annotations

import time

from matcher.instance import Instance, Ints
from matcher.solve.duos import solve_duos
from matcher.solve.duos_values import is_duos
from matcher.solve.legal import draw, legal_plan
from matcher.solve.matching import best_matching
from matcher.solve.partition import best_partition
from matcher.solve.result import OnProgress, Progress, Solution, Status, Stop
from matcher.solve.teams import solve_teams

__all__ = [
    "Progress",
    "Solution",
    "Status",
    "best_matching",
    "best_partition",
    "draw",
    "legal_plan",
    "solve",
]


def solve(
    instance: Instance,
    *,
    start: Ints | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Solution:
    """Form the groups of any instance.

    Duos whose points are a matching's are solved as one; everything else as teams. For the
    parameters and the answer see :func:`matcher.solve.teams.solve_teams`.
    """
    began = time.perf_counter()
    if is_duos(instance):
        answer = solve_duos(
            instance, start=start, seconds=seconds, seed=seed, on_progress=on_progress, stop=stop
        )
        if answer is not None and answer.status is not Status.UNKNOWN:
            return answer
    return solve_teams(
        instance,
        start=start,
        seconds=max(0.1, seconds - (time.perf_counter() - began)),
        seed=seed,
        workers=workers,
        on_progress=on_progress,
        stop=stop,
    )
