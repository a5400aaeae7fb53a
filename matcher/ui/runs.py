"""Runs: plans that are formed, taken over, or gone back to, and questions about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.ui.jobs import Look, Work
from matcher.ui.settings import Again, Settings, lacking
from matcher.ui.state import server
from matcher.ui.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan


@dataclass(frozen=True)
class Question:
    """What is asked about a plan.

    Parameters
    ----------
    kind
        Which of the questions it is.
    text
        The question in words.
    seconds
        How long the answer may take.
    rule
        The rule that it is about, if any.
    """

    kind: str
    text: str
    seconds: float
    rule: object = None


def start_run(
    now: Workspace, settings: Settings, again: Again | None = None, given_up: str = ""
) -> Workspace:
    """Begin to form what the settings say, in the background; return the workspace with the run.

    Parameters
    ----------
    now
        Whom and what it is about.
    settings, again
        What is asked for, and the plan to begin from, if any.
    given_up
        What was given up for it, as a sentence.

    Raises
    ------
    InputError
        When there is no roster.
    """
    roster = now.roster
    if roster is None:
        raise InputError("Bring in a roster on the page People first.")
    projects, rounds = now.found_projects.value, now.history
    options = settings.options(without=lacking(roster, settings.kind, projects, rounds)) | {
        "frictions": now.found_frictions.value,
        "rules": now.found_rules.value,
        "history": rounds,
        "workers": server().workers,
        **(again.options if again else {}),
    }

    def work(tell: Callable[[FormingProgress], None], stop: Callable[[], bool]) -> Plan:
        from matcher.forming import form_duos, form_teams, staff_projects

        if settings.kind is PlanKind.DUOS:
            return form_duos(roster, **options, on_progress=tell, stop=stop)
        if settings.kind is PlanKind.PROJECTS:
            return staff_projects(roster, projects, **options, on_progress=tell, stop=stop)
        return form_teams(roster, **settings.sizing, **options, on_progress=tell, stop=stop)

    asked = replace(now, settings=settings, again=again, given_up=given_up)
    return _follows(asked, server().jobs.submit(work, asked))


def take(now: Workspace, plan: Plan, asked: Workspace) -> Workspace:
    """Return the workspace with another plan as its plan.

    Parameters
    ----------
    now, plan
        The workspace, and what becomes its plan.
    asked
        The workspace as it was when the plan was asked for.
    """
    return _follows(now, server().jobs.add(plan, asked))


def _follows(now: Workspace, run: str) -> Workspace:
    jobs = server().jobs
    before = jobs.look(now.run) if now.run else None
    if before is not None and not before.done:
        jobs.stop(now.run)
    past = (*now.past, now.run) if before is not None and before.plan is not None else now.past
    return replace(now, run=run, past=past, question=_dropped(now))


def plan_before(now: Workspace) -> Look | None:
    """Return the run before the last, if it is still there."""
    return server().jobs.look(now.past[-1]) if now.past else None


def go_back(now: Workspace) -> Workspace:
    """Return the workspace with the plan before as its plan, and what was asked for then."""
    former = plan_before(now)
    if former is None:
        return replace(now, past=())
    then: Workspace = former.asked
    *past, run = now.past
    question = _dropped(now)
    return replace(
        now, run=run, past=tuple(past), settings=then.settings, again=then.again, question=question
    )


def ask_about(now: Workspace, question: Question, work: Work) -> Workspace:
    """Begin to answer a question in the background; one that is still being answered is dropped."""
    _dropped(now)
    return replace(now, question=server().jobs.submit(work, question))


def _dropped(now: Workspace) -> str:
    if now.question:
        server().jobs.stop(now.question)
    return ""
