"""Rounds planned at once, against forming one plan after the other with the goal fresh on high.

    python tests/benchmarks/rotations.py --seconds 10

For each: how many of the first rounds have no repeat, how many pairs come together again in all, the mean of
the rounds' goals without fresh, and the seconds. The limit is what no schedule can pass; where the rounds
without a repeat stay below it, more may or may not be possible.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import frictions, machine, roster

from matcher.forming import form_duos, form_rounds, form_teams
from matcher.people.history import Round
from matcher.plan.plan import Plan
from matcher.solve.compiled import warm_up

CASES = [
    (12, 2, 11, 0),
    (12, 2, 8, 0),
    (13, 2, 9, 0),
    (24, 2, 23, 0),
    (24, 2, 20, 12),
    (20, 4, 5, 0),
    (20, 4, 6, 0),
    (16, 4, 5, 0),
    (18, 3, 7, 0),
    (24, 4, 5, 10),
    (22, 5, 5, 0),
    (40, 5, 6, 20),
    (200, 5, 8, 100),
    (400, 2, 6, 200),
]
"""Members, group size, rounds, pairs that are never together."""


def repeats(plans: Sequence[Plan]) -> tuple[int, int]:
    """How many of the first rounds have no repeat, and how many pairs come together again in all."""
    seen: set[frozenset[str]] = set()
    again = []
    for plan in plans:
        pairs = {frozenset(p) for group in plan.groups for p in combinations(group.members, 2)}
        again.append(len(pairs & seen))
        seen |= pairs
    return next((r for r, number in enumerate(again) if number), len(again)), sum(again)


def worth(plans: Sequence[Plan]) -> float:
    """The mean of the rounds' goals without fresh."""
    return fmean(fmean(value for name, value in plan.goals.items() if name != "fresh") for plan in plans)


def one_by_one(people: Any, size: int, rounds: int, seconds: float, **options: Any) -> list[Plan]:
    """Form a plan, count it as used, form the next."""
    plans = list[Plan]()
    for _ in range(rounds):
        history = [Round({g.name: g.members for g in plan.groups}) for plan in plans]
        goals = {"fresh": "high"} if history else {}
        options |= {"history": history, "goals": goals, "seconds": seconds / rounds}
        plans.append(form_duos(people, **options) if size == 2 else form_teams(people, size=size, **options))
    return plans


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="for all rounds together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=10_000, help="members up to which cases are run")
    options = parser.parse_args()
    print(machine())
    print(f"{options.seconds:g} s for all rounds; free of repeats, repeats, goals, seconds.")
    print(f"{'members':>8} {'in':>3} {'rounds':>7} {'never':>6} {'limit':>6}   at once{'':22} one by one")
    warm_up(wait=True)
    for members, size, rounds, never in CASES:
        if members > options.most:
            continue
        people = roster(members, options.seed)
        given = {
            "frictions": frictions(people, never, options.seed + 1, soft=False),
            "lift_hard_clash": True,
            "workers": 2,
        }
        sizes = {} if size == 2 else {"size": size}
        began = time.perf_counter()
        rotation = form_rounds(people, rounds=rounds, seconds=options.seconds, **sizes, **given)
        took = time.perf_counter() - began
        began = time.perf_counter()
        single = one_by_one(people, size, rounds, options.seconds, **given)
        after = time.perf_counter() - began
        cells = [
            f"{free:>4} {again:>6} {worth(plans):7.2f} {seconds:6.1f} s"
            for plans, seconds in ((rotation.plans, took), (single, after))
            for free, again in [repeats(plans)]
        ]
        print(
            f"{members:>8} {size:>3} {rounds:>7} {never:>6} {rotation.most:>6} {'  '.join(cells)}", flush=True
        )


if __name__ == "__main__":
    main()
