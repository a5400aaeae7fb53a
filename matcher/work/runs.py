"""Runs: plans that are formed, taken over, or gone back to, and questions about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.work.jobs import Look, Work
from matcher.work.server import server
from matcher.work.settings import Again, Settings, lacking
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft
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
    projects = now.found_projects.value
    options = options_of(now, settings, again)

    def work(tell: Callable[[FormingProgress], None], stop: Callable[[], bool]) -> Plan:
        from matcher.forming import form_duos, form_teams, staff_projects

        if settings.kind is PlanKind.DUOS:
            return form_duos(roster, **options, on_progress=tell, stop=stop)
        if settings.kind is PlanKind.PROJECTS:
            return staff_projects(roster, projects, **options, on_progress=tell, stop=stop)
        return form_teams(roster, **settings.sizing, **options, on_progress=tell, stop=stop)

    return follow_job(replace(now, settings=settings, again=again, given_up=given_up), work)


def options_of(now: Workspace, settings: Settings, again: Again | None = None) -> dict[str, Any]:
    """Return the options of forming, and of scoring, that tables and settings stand for."""
    roster, rounds = now.roster, now.history
    assert roster is not None
    without = lacking(roster, settings.kind, now.found_projects.value, rounds)
    return settings.options(without=without) | {
        "frictions": now.found_frictions.value,
        "rules": (*now.found_rules.value, *(again.stays(roster) if again else ())),
        "history": rounds,
        "workers": server().workers,
        **(again.options if again else {}),
    }


def follow_job(asked: Workspace, work: Work) -> Workspace:
    """Begin work that ends with a plan; return the workspace with it as its run.

    Parameters
    ----------
    asked
        The workspace with what is asked for; the run remembers it.
    work
        What returns the plan.
    """
    run = server().jobs.submit(work, replace(asked, draft=None))
    return _follows(replace(asked, plan_file=None), run)


def take(now: Workspace, plan: Plan, asked: Workspace) -> Workspace:
    """Return the workspace with another plan as its plan.

    Parameters
    ----------
    now, plan
        The workspace, and what becomes its plan.
    asked
        The workspace as it was when the plan was asked for.
    """
    return _follows(now, server().jobs.add(plan, replace(asked, draft=None)))


def draft_of(now: Workspace) -> PlanDraft:
    """Return the present plan as a draft, with what was changed by hand and what is locked.

    Raises
    ------
    InputError
        When there is no plan any more.
    """
    from matcher.plan.draft import PlanDraft

    look = server().jobs.look(now.run)
    if look is None or look.plan is None:
        raise InputError("The plan is no longer there. Form again.")
    then: Workspace = look.asked
    begun = then.draft.plan if then.draft else look.plan
    if now.draft is not None and now.draft.plan is begun:
        return now.draft
    return then.draft or _locked(PlanDraft.of(look.plan, then.settings.sizing.get("size")), then.again)


def _locked(draft: PlanDraft, again: Again | None) -> PlanDraft:
    """Return a draft in which all that stayed when its plan was formed again is still locked."""
    if again is None:
        return draft
    names = {group.name for group in draft.groups}
    for name in names.intersection(again.lock):
        draft = draft.lock_group(name)
    for key in again.members:
        if key in draft.brief.indices:
            draft = draft.lock_member(key)
    return draft


def by_hand(now: Workspace) -> bool:
    """Whether the present plan was changed by hand."""
    look = server().jobs.look(now.run)
    return look is not None and look.asked.draft is not None


def change(now: Workspace, edit: Callable[[PlanDraft], PlanDraft]) -> Workspace:
    """Return the workspace with its plan changed by hand.

    The plan that the changes began from stays the one to go back to: all of them together are one plan,
    and its draft knows the way between them.

    Parameters
    ----------
    now
        The workspace.
    edit
        Takes the draft of its plan and returns another: an edit, one taken back, or other locks.

    Raises
    ------
    InputError
        When there is no plan, or the edit cannot be done.
    """
    from matcher.plan.drafted import finished

    before = draft_of(now)
    draft = edit(before)
    if draft.indices == before.indices and draft.brief is before.brief:
        return replace(now, draft=draft)  # only locks are others
    jobs, look = server().jobs, server().jobs.look(now.run)
    assert look is not None
    asked: Workspace = look.asked
    formed, past = now.run, now.past
    if by_hand(now):
        formed = past[-1] if past else jobs.add(draft.plan, replace(asked, draft=None))
        past = past[:-1]
        jobs.forget(now.run)
    if not draft.changed:
        return replace(now, run=formed, past=past, draft=draft, question=_dropped(now))
    run = jobs.add(finished(draft), replace(asked, draft=draft))
    return replace(now, run=run, past=(*past, formed), draft=draft, question=_dropped(now))


def _follows(now: Workspace, run: str) -> Workspace:
    jobs = server().jobs
    before = jobs.look(now.run) if now.run else None
    if before is not None and not before.done:
        jobs.stop(now.run)
    past = (*now.past, now.run) if before is not None and before.plan is not None else now.past
    return replace(now, run=run, past=past, question=_dropped(now), draft=None)


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
    return replace(
        now,
        run=run,
        past=tuple(past),
        settings=then.settings,
        again=then.again,
        question=_dropped(now),
        draft=then.draft,
    )


def ask_about(now: Workspace, question: Question, work: Work) -> Workspace:
    """Begin to answer a question in the background; one that is still being answered is dropped."""
    _dropped(now)
    return replace(now, question=server().jobs.submit(work, question))


def _dropped(now: Workspace) -> str:
    if now.question:
        server().jobs.stop(now.question)
    return ""
