"""How long a manager waits for what a change by hand does, and for the best swaps of a weak team.

    python tests/benchmarks/edits.py --members 1000 --size 5

Teams at random under every goal, a friction for each member, and needs in every team; the median
of several swaps and of the weakest teams' best swaps, in seconds.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from statistics import median
from time import perf_counter

import made
import numpy as np

from matcher.plan.draft import PlanDraft
from matcher.plan.drafted import finished
from matcher.plan.plan import Plan
from matcher.plan.swaps import best_swaps
from matcher.rules import Needs
from matcher.solve import Solution, Status


def plan(members: int, size: int, seed: int) -> Plan:
    """Members in teams by chance."""
    people = made.roster(members, seed)
    pairs = made.frictions(people, made.usual_frictions(members), seed + 1)
    needs = (
        Needs("every group", "at least", "family", "people", 1),
        Needs("every group", "at most", "level", "lead", size - 1),
    )
    task = made.task(people, size, pairs, seed + 2, needs)
    labels = np.random.default_rng(seed).permutation(
        np.repeat(np.arange(len(task.brief.sizes)), task.brief.sizes)
    )
    groups = task.formulation.groups(labels)
    checked = task.check(groups)
    return task.plan(groups, checked, Solution(Status.FEASIBLE, labels, 0, 0, 0.0), 100.0)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--members", type=int, default=1000)
    asked.add_argument("--size", type=int, default=5)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--repeats", type=int, default=5)
    given = asked.parse_args()
    print(made.machine())
    begun = plan(given.members, given.size, given.seed)
    seconds: dict[str, list[float]] = {
        name: [] for name in ("begin", "swap and effect", "best swaps", "take")
    }

    def timed(name: str, since: float) -> None:
        seconds[name].append(perf_counter() - since)

    rng = np.random.default_rng(given.seed)
    for _ in range(given.repeats):
        now = perf_counter()
        draft = PlanDraft.of(begun)
        assert draft.groups
        timed("begin", now)
        a, b = rng.choice(len(begun.groups), size=2, replace=False)
        now = perf_counter()
        after = draft.swap(begun.groups[a].members[0], begun.groups[b].members[0])
        effect = draft.effect(after)
        timed("swap and effect", now)
        now = perf_counter()
        offers = best_swaps(replace(draft), draft.weakest.name)
        timed("best swaps", now)
        now = perf_counter()
        finished(after)
        timed("take", now)
    sizes = f"{given.members} members, {len(begun.groups)} teams, {len(draft.rules)} rules"
    print(f"{sizes}; median of {given.repeats}")
    for name, times in seconds.items():
        print(f"{name:>16}  {median(times):.3f} s, slowest {max(times):.3f} s")
    print(effect.sentence)
    for offer in offers:
        print(offer.words, offer.effect.sentence)


if __name__ == "__main__":
    main()
