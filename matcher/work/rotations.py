"""Rounds planned ahead: the work in the background, and a round of it as the present plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.work.jobs import Look
from matcher.work.runs import remembered, take, tidied
from matcher.work.server import server
from matcher.work.settings import Settings
from matcher.work.tasks import PlanningAhead, roster_of
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.rotation import Rotation


@dataclass(frozen=True)
class Ahead:
    """What is asked for.

    Parameters
    ----------
    kind, size
        Duos, or teams of so many.
    rounds
        How many.
    avoid_past
        Whether past rounds count.
    seconds
        Time limit for all of them.
    """

    kind: PlanKind = PlanKind.DUOS
    size: int = 4
    rounds: int = 4
    avoid_past: bool = True
    seconds: int = 20

    def settings(self, usual: Settings) -> Settings:
        """Return what one of the rounds is formed with: goals and all else as on the page Form."""
        return replace(
            usual,
            kind=self.kind,
            by_count=False,
            least=self.size,
            most=self.size,
            keep=False,
            seconds=self.seconds,
        )


@dataclass(frozen=True)
class Asked:
    """What a job of planning ahead remembers: the workspace as it was, and what was asked for."""

    then: Workspace
    ahead: Ahead


def start_ahead(now: Workspace, ahead: Ahead) -> Workspace:
    """Begin to plan rounds in the background; return the workspace with the job.

    Raises
    ------
    InputError
        When there is no roster.
    """
    roster_of(now)
    jobs = server().jobs
    if now.ahead:
        jobs.stop(now.ahead)
    then = replace(remembered(now), settings=ahead.settings(now.settings), again=None, given_up="")
    job = jobs.submit(PlanningAhead(), Asked(then, ahead), workspace=now.id)
    return tidied(replace(now, ahead=job))


def rotation_of(look: Look) -> Rotation | None:
    """Return the rounds with which a job has ended."""
    rotation: Rotation | None = look.value
    return rotation


def take_round(now: Workspace, number: int) -> Workspace:
    """Return the workspace with one of the planned rounds as its plan.

    Raises
    ------
    InputError
        When the rounds are no longer there.
    """
    look = server().jobs.look(now.ahead)
    rotation = rotation_of(look) if look is not None else None
    if look is None or rotation is None or number > len(rotation.plans):
        raise InputError("The planned rounds are no longer there. Plan them again.")
    asked: Asked = look.asked
    taken = take(now, rotation.plans[number - 1], asked.then)
    return replace(taken, settings=asked.then.settings, again=None, given_up="")
