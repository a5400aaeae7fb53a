"""Rosters that benchmarks share: superpowers from the catalogue and every goal on, drawn from a seed."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from matcher.files.catalogues import default_catalogue
from matcher.people.brief import PlanKind, Slot
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.formulation import Formulation
from matcher.plan.task import Task
from matcher.rules import Rule
from matcher.rules.sizes import team_sizes

PLACES, LEVELS = ("Lima", "Lodz", "Pune", "Osaka"), ("junior", "senior", "lead")
HOURS = ("Mon 9-12; Tue 9-12", "Tue 9-12; Wed 14-17", "Mon 9-12; Wed 14-17", "")


def roster(members: int, seed: int) -> Roster:
    """People with five ranked superpowers, attributes, free hours, and others whom they name."""
    rng = np.random.default_rng(seed)
    catalogue = default_catalogue()
    powers = [power.id for power in catalogue.superpowers]
    names = [f"Member {i:05d}" for i in range(members)]

    def others(i: int, most: int) -> tuple[str, ...]:
        drawn = rng.choice(members, size=int(rng.integers(most + 1)), replace=False)
        return tuple(names[j] for j in drawn if j != i)

    people = tuple(
        Member(
            name,
            tuple(rng.choice(powers, size=5, replace=False).tolist()),
            attributes={"place": str(rng.choice(PLACES)), "level": str(rng.choice(LEVELS))},
            prefers=others(i, 2),
            turns_to=others(i, 2),
            hours=str(rng.choice(HOURS)),
        )
        for i, name in enumerate(names)
    )
    return Roster(people, catalogue)


def frictions(people: Roster, count: int, seed: int, *, soft: bool = True) -> list[tuple[str, str, str]]:
    """So many different pairs: every second one only to be avoided, unless ``soft`` is false."""
    rng = np.random.default_rng(seed)
    keys = [member.key for member in people.members]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < count:
        a, b = sorted(rng.choice(len(keys), size=2, replace=False).tolist())
        pairs.add((a, b))
    return [
        (keys[a], keys[b], "avoid" if soft and x % 2 else "never") for x, (a, b) in enumerate(sorted(pairs))
    ]


def usual_frictions(members: int) -> int:
    """5 % of the pairs, but no more than one for each member: large rosters are not full of enemies."""
    return min(members * (members - 1) // 40, members)


def task(
    people: Roster,
    size: int,
    pairs: list[tuple[str, str, str]],
    seed: int,
    rules: Iterable[Rule] = (),
) -> Task:
    """Teams of about ``size`` with every goal on, a past round included."""
    sizes = team_sizes(len(people.members), size=size)
    keys = np.random.default_rng(seed).permutation([m.key for m in people.members])
    ends = np.cumsum(sizes)[:-1]
    past = Round({f"Team {g + 1}": tuple(part.tolist()) for g, part in enumerate(np.split(keys, ends))})
    slots = [Slot(f"Team {g + 1}", s) for g, s in enumerate(sizes)]
    options = {
        "frictions": pairs, "rules": tuple(rules), "history": (past,), "mix": ("place",),
        "not_alone": ("level",), "lift_hard_clash": True,
    }  # fmt: skip
    return Task.of(PlanKind.TEAMS, people, slots, options)  # type: ignore[arg-type]


def formulation(members: int, size: int, seed: int, *, never: int | None = None) -> Formulation:
    """The numbers of a roster in teams; ``never`` pairs apart instead of the usual frictions."""
    people = roster(members, seed)
    if never is None:
        pairs = frictions(people, usual_frictions(members), seed + 1)
    else:
        pairs = frictions(people, never, seed + 1, soft=False)
    return task(people, size, pairs, seed + 2).formulation


def machine() -> str:
    """The processor and the versions that matter."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    libraries = ", ".join(
        f"{library} {version(library)}" for library in ("numpy", "scipy", "ortools", "numba")
    )
    return f"{name}; Python {platform.python_version()}; {libraries}"
