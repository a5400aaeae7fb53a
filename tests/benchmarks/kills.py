"""A server killed at random moments while it keeps edits and forms plans: is anything lost?

    python tests/benchmarks/kills.py --times 100
    python tests/benchmarks/kills.py --times 100 --database postgresql://user@host/empty

A process edits a roster of forty and begins to form teams, over and over; it tells what a page
would have shown as kept. It is killed (SIGKILL) after a random while, and the database is looked
at: whether it is whole, whether every edit that was told is there, and whether each plan that
was being formed is found again and keeps every rule. The next process goes on with the same
database. Exit status 1 when anything is not as it has to be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import machine

from tests.store.killing import Survived, begin, kill_and_look


def main() -> int:
    """Print what was found, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--database", help="an empty one; otherwise an SQLite file of its own")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(machine())
    began, survived = time.monotonic(), Survived()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/killed.sqlite3"
        id_ = begin(url)
        for seed in range(options.seed, options.seed + options.times):
            kill_and_look(url, id_, seed, survived)
    print(f"{survived.kills} kills in {time.monotonic() - began:.0f} s")
    print(f"{survived.edits} edits and {survived.runs} runs were acknowledged before them")
    print(
        f"{survived.under_way} runs were under way; {survived.found} of them had found a plan, "
        f"{survived.shown} had shown one"
    )
    print(f"{len(survived.faults)} faults")
    for fault in survived.faults:
        print(f"- {fault}")
    return 1 if survived.faults else 0


if __name__ == "__main__":
    sys.exit(main())
