"""Rules that conflict in one place: how long until the right smallest set is named.

    python tests/benchmarks/conflicts.py --members 60 --rules 30

Each roster gets pairs apart and pairs together that hold, and, somewhere among them, a few
rules that cannot: three people together of whom two are apart, or more people apart from one
another than there are teams. ``minimal`` says whether the named rules have no plan and each
one fewer has one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import machine, roster, task

from matcher.plan.formulation import Formulation
from matcher.rules import Apart, Rule, Together
from matcher.solve.conflict import possible, smallest_conflict


def rules_with_conflict(
    keys: list[str], count: int, teams: int, kind: str, seed: int
) -> tuple[list[Rule], set[Rule]]:
    """So many rules in any order, and those of them that conflict."""
    rng = np.random.default_rng(seed)
    names = rng.permutation(keys).tolist()
    if kind == "chain":
        a, b, c = (names.pop() for _ in range(3))
        wrong: list[Rule] = [Together((a, b)), Together((b, c)), Apart((a, c))]
    else:
        wrong = [Apart(tuple(names.pop() for _ in range(teams + 1)))]
    joined = (count - len(wrong)) // 4
    harmless: list[Rule] = [Together((names.pop(), names.pop())) for _ in range(joined)]
    while len(harmless) + len(wrong) < count:
        harmless.append(Apart(tuple(rng.choice(names, size=2, replace=False).tolist())))
    both = harmless + wrong
    return [both[i] for i in rng.permutation(len(both))], set(wrong)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, nargs="+", default=[60])
    parser.add_argument("--rules", type=int, default=30)
    parser.add_argument("--team", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    print(machine())
    print(f"{'n':>6} {'rules':>6} {'kind':6} {'seed':>5} {'s':>7} {'named':>6} {'right':>6} {'minimal':>8}")
    for n in options.members:
        for kind in ("chain", "crowd"):
            for seed in options.seeds:
                people = roster(n, seed)
                keys = [member.key for member in people.members]
                rules, wrong = rules_with_conflict(keys, options.rules, n // options.team, kind, seed)
                numbers = task(people, options.team, [], seed, rules).formulation
                line = measured(numbers, rules, wrong)
                print(f"{n:>6} {len(rules):>6} {kind:6} {seed:>5} {line}", flush=True)


def measured(numbers: Formulation, rules: list[Rule], wrong: set[Rule]) -> str:
    """Name the conflict and check it, rule by rule."""

    def hold(kept: Sequence[Rule]) -> bool | None:
        return possible(numbers.instance_with(kept))

    began = time.perf_counter()
    named = smallest_conflict(rules, hold, seconds=5.0)
    took = time.perf_counter() - began
    fewer = all(hold([r for r in named if r is not rule]) for rule in named)
    minimal = hold(named) is False and fewer
    return f"{took:7.2f} {len(named):>6} {set(named) == wrong!s:>6} {minimal!s:>8}"


if __name__ == "__main__":
    main()
