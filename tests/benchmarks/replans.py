"""Changing a plan as little as possible: some people leave, others join, few may move.

    python tests/benchmarks/replans.py --sizes 24 60 240 --moves 0 4 12

A plan is formed; then so many members of it lose their place, as if they were new, and two
people of one team turn out to be enemies. The table gives the score with so many moves, how
many were made, and, for comparison, the score when everybody may move.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import formulation, machine

from matcher.solve import Status, solve
from matcher.solve.compiled import warm_up


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[24, 60, 240, 1000])
    parser.add_argument("--moves", type=int, nargs="+", default=[0, 2, 4, 12])
    parser.add_argument("--new", type=int, default=3, help="members who have no place yet")
    parser.add_argument("--team", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(machine())
    print(f"{options.seconds:g} s, {options.new} new, one pair newly apart; scores of 100.")
    print(f"{'n':>6} {'may move':>9} {'moved':>6} {'score':>8} {'bound':>8} {'s':>6} status")
    warm_up(wait=True)
    for n in options.sizes:
        numbers = formulation(n, options.team, options.seed)
        before = solve(numbers.instance, seconds=options.seconds, seed=options.seed).labels
        assert before is not None
        rng = np.random.default_rng(options.seed)
        home = before.copy()
        home[rng.choice(n, size=options.new, replace=False)] = -1
        pair = np.flatnonzero(home == int(np.bincount(home[home >= 0]).argmax()))[:2]
        instance = replace(numbers.instance, apart=np.vstack([numbers.instance.apart, pair]))
        for most in (*options.moves, None):
            limited = instance if most is None else replace(instance, home=home, most_moves=most)
            began = time.perf_counter()
            answer = solve(limited, start=before, seconds=options.seconds, seed=options.seed)
            took = time.perf_counter() - began
            limit = "any" if most is None else str(most)
            if answer.labels is None:
                possible = "no plan exists" if answer.status is Status.INFEASIBLE else "none found"
                print(f"{n:>6} {limit:>9} {'':>6} {'':>8} {'':>8} {took:6.1f} {possible}", flush=True)
                continue
            moved = int(((home >= 0) & (answer.labels != home)).sum())
            score, bound = (float(numbers.score(x)) for x in (answer.objective, answer.bound))
            print(
                f"{n:>6} {limit:>9} {moved:>6} {score:8.3f} {bound:8.3f} {took:6.1f} "
                f"{answer.status}, {answer.bound_by}",
                flush=True,
            )


if __name__ == "__main__":
    main()
