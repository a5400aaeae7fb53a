"""Rosters as managers have them, every goal on: ours beside CP-SAT alone and search alone.

    python tests/benchmarks/rosters.py --seconds 10 --sizes 12 24 60 120 240 1000

Superpowers are drawn from the catalogue; 5 % of the pairs, at most one for each member, are
frictions, every second one hard. ``--never 900 --sizes 1000 --seconds 60`` gives 1000 members
with 900 hard frictions. Every cell is a process of its own, which gives its peak memory.

``cp-sat`` is our model given to CP-SAT with the first legal plan as a hint. Where its pair
products are more than ``--products`` it could not even be built in the time and gets the
model without pair points (marked ``*``); what it finds is valued with them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import formulation, machine

from matcher.instance import Instance, Ints
from matcher.solve import legal_plan, solve
from matcher.solve.compiled import warm_up
from matcher.solve.model import Model, products
from matcher.solve.result import Progress
from matcher.solve.search import search

METHODS = ("ours", "cp-sat", "search")


@dataclass(frozen=True)
class Case:
    """One cell of the table."""

    method: str
    members: int
    size: int
    seed: int
    never: int | None
    seconds: float
    workers: int
    products: int


@dataclass(frozen=True)
class Cell:
    """What one method did: seconds to the first plan, score and bound of 100, seconds, MiB at the peak."""

    first: float
    score: float
    bound: float | None
    by: str
    seconds: float
    memory: float
    mark: str = ""


def measured(case: Case) -> Cell:
    """Run one method on one roster, in this process."""
    numbers = formulation(case.members, case.size, case.seed, never=case.never)
    instance = numbers.instance
    warm_up("anneal", "best_teams", wait=True)  # a server has done so long before
    began = time.perf_counter()
    first, bound, by, mark = 0.0, None, "", ""
    if case.method == "ours":
        told: list[Progress] = []
        answer = solve(
            instance, seconds=case.seconds, seed=case.seed, workers=case.workers, on_progress=told.append
        )
        labels, by = answer.labels, f"{answer.status}, {answer.bound_by}"
        first, bound = told[0].seconds, float(numbers.score(answer.bound))
    else:
        labels = legal_plan(instance, seed=case.seed, seconds=case.seconds).labels
        first = time.perf_counter() - began
        if labels is not None and case.method == "search":
            labels = search(instance, labels, seconds=case.seconds - first, seed=case.seed)
        elif labels is not None:
            labels, mark = by_cpsat(instance, labels, case, began)
    took = time.perf_counter() - began
    if labels is None or not instance.keeps(labels):
        raise AssertionError(f"{case.method} found no plan that keeps every rule.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cell(first, float(numbers.score(instance.objective(labels))), bound, by, took, memory, mark)


def by_cpsat(instance: Instance, labels: Ints, case: Case, began: float) -> tuple[Ints, str]:
    """The best plan of our model alone, and a mark when it had to go without pair points."""
    best, mark, given = labels, "", instance
    if products(instance) > case.products:
        mark = "*"
        given = replace(instance, terms=tuple(replace(t, pair=None, factor=None) for t in instance.terms))
    model = Model(given)
    model.hint(labels)
    left = case.seconds - (time.perf_counter() - began)

    def found(plan: Ints) -> None:
        nonlocal best
        if instance.objective(plan) > instance.objective(best):
            best = plan

    if left > 0:
        model.solve(seconds=left, seed=case.seed, workers=case.workers, on_labels=found)
    return best, mark


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[12, 24, 60, 120, 240, 1000, 5000, 10000])
    parser.add_argument("--team", type=int, default=5, help="members in a team")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--never", type=int, help="so many hard frictions instead of the usual ones")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--workers", type=int, default=4, help="CP-SAT's threads")
    parser.add_argument("--products", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(machine())
    print(f"Teams of {options.team}, {options.seconds:g} s, seed {options.seed}; all rules kept.")
    print(f"{'n':>6} {'method':8} {'first s':>8} {'score':>8} {'bound':>8} {'gap %':>6} {'s':>6} {'MiB':>6}")
    context = multiprocessing.get_context("spawn")
    for n in options.sizes:
        for method in options.methods:
            case = Case(
                method, n, options.team, options.seed, options.never, options.seconds, options.workers,
                options.products,
            )  # fmt: skip
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                cell = pool.submit(measured, case).result()
            gap = "" if cell.bound is None else f"{100 * (cell.bound - cell.score) / cell.bound:.2f}"
            bound = "" if cell.bound is None else f"{cell.bound:.3f}"
            print(
                f"{n:>6} {method + cell.mark:8} {cell.first:8.2f} {cell.score:8.3f} {bound:>8} {gap:>6} "
                f"{cell.seconds:6.1f} {cell.memory:6.0f} {cell.by}",
                flush=True,
            )


if __name__ == "__main__":
    main()
