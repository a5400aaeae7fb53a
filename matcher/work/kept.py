"""Plans that are kept by name, to be compared with the present one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.work.runs import plan_before, take
from matcher.work.server import server
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

MOST = 12
"""More plans than these nobody keeps apart."""

PRESENT, BEFORE = "This plan", "The plan before"
"""What plans without a name of their own are called."""


@dataclass(frozen=True)
class Kept:
    """A plan that was given a name.

    Parameters
    ----------
    name, plan
        What the manager calls it, and the plan.
    then
        The workspace when it was asked for.
    """

    name: str
    plan: Plan
    then: Workspace


def keep_plan(now: Workspace, name: str) -> Workspace:
    """Return the workspace with its present plan kept under a name.

    Raises
    ------
    InputError
        When there is no plan, no name, the name is taken, or too many are kept already.
    """
    look = server().jobs.look(now.run)
    if look is None or look.plan is None:
        raise InputError("There is no plan to keep. Form one first.")
    if not (name := " ".join(name.split())):
        raise InputError("Give the plan a name.")
    if fold(name) in {fold(taken) for taken in (PRESENT, BEFORE, *(kept.name for kept in now.kept))}:
        raise InputError(f"A plan is called “{name}” already; choose another name, or remove that plan.")
    if len(now.kept) >= MOST:
        raise InputError(f"{MOST} plans are kept already; remove one first.")
    return replace(now, kept=(*now.kept, Kept(name, look.plan, look.asked)))


def drop_plan(now: Workspace, name: str) -> Workspace:
    """Return the workspace without the plan that was kept under a name."""
    return replace(now, kept=tuple(kept for kept in now.kept if kept.name != name))


def take_kept(now: Workspace, name: str) -> Workspace:
    """Return the workspace with a kept plan as its plan; it stays kept."""
    found = next((kept for kept in now.kept if kept.name == name), None)
    if found is None:
        raise InputError(f"The plan “{name}” is no longer kept.")
    return replace(take(now, found.plan, found.then), settings=found.then.settings)


def named_plans(now: Workspace, plan: Plan) -> dict[str, Plan]:
    """Return what can be compared: the present plan first, then the kept ones and the plan before."""
    own = next((kept.name for kept in now.kept if kept.plan is plan), PRESENT)
    found = {own: plan} | {kept.name: kept.plan for kept in now.kept}
    before = plan_before(now)
    if before is not None and before.plan is not None and all(p is not before.plan for p in found.values()):
        found[BEFORE] = before.plan
    return found
