"""Plans that were made by hand or by another tool: read, scored like our own, and gone on from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.files import load_plan
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, Problem
from matcher.work.runs import follow_job
from matcher.work.tasks import Scoring, projects_of
from matcher.work.workspace import Workspace


@dataclass(frozen=True)
class PlanFile:
    """Where a plan was read from, and what in it does not match the roster.

    Parameters
    ----------
    name
        The file's name.
    problems, notes
        What is wrong in it, and what was passed over, such as people who are nobody on the roster.
    absent
        Names of those whom it places although they are marked absent.
    unplaced
        Names of those who are present and in none of its groups.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def bring_back(now: Workspace, data: bytes, name: str) -> Workspace:
    """Begin to score the plan in a file, in the background; return the workspace with the run.

    Who is nobody on the roster is passed over, and who is present and in no group breaks the rule that
    everybody is placed: both are told by name.

    Parameters
    ----------
    now
        Whom and what it is about.
    data, name
        The file.

    Raises
    ------
    InputError
        When there is no roster, or nothing can be made of the file.
    """
    roster = now.roster
    if roster is None:
        raise InputError("Bring in the roster first, on the page People: the plan is about its members.")
    reading = load_plan(data, roster, name=name, leavers=True)
    groups = reading.value.groups
    placed = {key for keys in groups.values() for key in keys}
    away = tuple(key for key in now.settings.absent if key not in placed)
    projects = projects_of(reading.value, now.found_projects.value)
    present = {member.key for member in roster.present}
    sizes = [len(present.intersection(keys)) for keys in groups.values()]
    kind = PlanKind.PROJECTS if projects else PlanKind.of_sizes(sizes)
    settings = replace(now.settings, kind=kind, by_count=True, count=len(groups), absent=away)
    told = PlanFile(
        name,
        reading.problems,
        reading.notes,
        absent=tuple(m.name for m in roster.absent if m.key in placed),
        unplaced=tuple(m.name for m in roster.present if m.key not in placed and m.key not in away),
    )
    asked = replace(now, settings=settings, again=None, given_up="", plan_file=told)
    return follow_job(asked, Scoring(reading.value))
