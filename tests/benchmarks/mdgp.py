"""How far `best_partition` is from the best values published for MDGPLIB.

    python tests/benchmarks/mdgp.py --seconds 1 10 --only n120

Prints one line an instance and time limit, then the mean gap for each number of elements.
Further instances of the library are read from ``--instances`` when named; a
``best_known.csv`` with the columns ``instance, best`` lies beside them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.metadata
import os
import platform
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))

from matcher.solve.partition import best_partition

DATA = Path(__file__).parent / "data" / "mdgplib"


def read(path: Path) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """``(n, n)`` fits and each group's (least, most) of one file of the library."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        head = lines.readline().split()
        limits = np.array(head[3:], dtype=int).reshape(-1, 2)
        rows = np.loadtxt(lines)
    fit = np.zeros((int(head[0]), int(head[0])))
    i, j = rows[:, 0].astype(int), rows[:, 1].astype(int)
    fit[i, j] = fit[j, i] = rows[:, 2]
    return fit, [(int(least), int(most)) for least, most in limits]


def best_known(folder: Path) -> dict[str, float]:
    """Best value published of each instance."""
    with (folder / "best_known.csv").open(newline="") as lines:
        return {row["instance"]: float(row["best"]) for row in csv.DictReader(lines)}


def forbidden(n: int, share: float, seed: int) -> list[tuple[int, int]]:
    """A seeded draw of pairs that may not share a group."""
    i, j = np.triu_indices(n, 1)
    drawn = np.random.default_rng(seed).choice(len(i), size=round(share * len(i)), replace=False)
    return [(int(i[d]), int(j[d])) for d in drawn]


def processor() -> str:
    """What the machine calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, nargs="+", default=[1.0])
    parser.add_argument("--only", default="", help="part of the names of the instances to run")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--apart", type=float, default=0.0, help="share of the pairs to forbid")
    parser.add_argument("--instances", type=Path, default=DATA)
    options = parser.parse_args()
    best = best_known(options.instances)
    print(
        f"{processor()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        + ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "numba"))
    )
    print(f"{'instance':<20} {'limit':>6} {'best known':>14} {'ours':>14} {'gap %':>8} {'seconds':>8}")
    gaps: dict[tuple[int, float], list[float]] = defaultdict(list)
    for path in sorted(options.instances.glob("*.txt*")):
        name = path.name.split(".")[0]
        if options.only not in name:
            continue
        fit, limits = read(path)
        scale = 1 if (fit == np.rint(fit)).all() else 1000
        apart = forbidden(len(fit), options.apart, options.seed) if options.apart else []
        for seconds in options.seconds:
            found = best_partition(
                np.rint(fit * scale).astype(int), limits, apart, seconds, options.seed, options.workers
            )
            ours = found.objective / scale
            gap = 100 * (best[name] - ours) / best[name]
            gaps[len(fit), seconds].append(gap)
            print(
                f"{name:<20} {seconds:>6g} {best[name]:>14.3f} {ours:>14.3f}",
                f"{gap:>8.3f} {found.seconds:>8.2f}",
                flush=True,
            )
    for (n, seconds), each in sorted(gaps.items()):
        print(f"n = {n:<4} {seconds:>5g} s: mean gap {np.mean(each):.4f} %, largest {max(each):.4f} %")


if __name__ == "__main__":
    main()
