"""Runs: plans that are formed, taken over, or gone back to, and questions about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.people.errors import InputError
from matcher.work.jobs import Look
from matcher.work.server import server
from matcher.work.settings import Again, Settings
from matcher.work.tasks import Forming, Work, roster_of, round_of
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft
    from matcher.plan.plan import Plan

REMEMBERED = (
    *("people", "frictions", "rules", "projects", "network", "rounds", "brought", "own", "ranked"),
    *("settings", "again", "given_up", "plan_file"),
)
"""The fields of a workspace that a plan depends on, and what is said of it."""

MOST_PAST = 40
"""Plans before the present one that can be gone back to."""


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
    roster_of(now)
    return follow_job(replace(now, settings=settings, again=again, given_up=given_up), Forming())


def follow_job(asked: Workspace, work: Work) -> Workspace:
    """Begin work that ends with a plan; return the workspace with it as its run.

    Parameters
    ----------
    asked
        The workspace with what is asked for; the run remembers it.
    work
        What returns the plan.
    """
    run = server().jobs.submit(work, remembered(asked), workspace=asked.id)
    return _follows(replace(asked, plan_file=None), run)


def go_on(now: Workspace) -> Workspace:
    """Return the workspace with a run that goes on where its last one was cut off.

    Raises
    ------
    InputError
        When the run is no longer there, or there is no roster.
    """
    look = server().jobs.look(now.run)
    if look is None:
        raise InputError("What was being formed is no longer there. Form again.")
    roster_of(now)
    then: Workspace = look.asked
    asked = replace(now, settings=then.settings, again=then.again, given_up=then.given_up)
    if look.plan is None:
        return follow_job(asked, Forming())
    # a bound holds for what was asked then, and for nothing else
    same = all(getattr(asked, name) == getattr(then, name) for name in REMEMBERED)
    return follow_job(asked, Forming(round_of(look.plan), look.plan.bound if same else None))


def remembered(now: Workspace, draft: PlanDraft | None = None) -> Workspace:
    """Return what a run remembers of a workspace: all that a plan depends on, and nothing else.

    Neither what can be undone nor other runs and plans: they would be kept with each run once more.
    """
    kept = {name: getattr(now, name) for name in REMEMBERED}
    return Workspace(**kept, draft=draft)


def take(now: Workspace, plan: Plan, asked: Workspace) -> Workspace:
    """Return the workspace with another plan as its plan.

    Parameters
    ----------
    now, plan
        The workspace, and what becomes its plan.
    asked
        The workspace as it was when the plan was asked for.
    """
    return _follows(now, _added(now, plan, asked))


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
    look = server().jobs.look(now.run)
    assert look is not None
    asked: Workspace = look.asked
    formed, past = now.run, now.past
    if by_hand(now):
        formed = past[-1] if past else _added(now, draft.plan, asked)
        past = past[:-1]
    if not draft.changed:
        return tidied(replace(now, run=formed, past=past, draft=draft, question=_dropped(now)))
    run = _added(now, finished(draft), asked, draft)
    past = (*past, formed)[-MOST_PAST:]
    return tidied(replace(now, run=run, past=past, draft=draft, question=_dropped(now)))


def _added(now: Workspace, plan: Plan, asked: Workspace, draft: PlanDraft | None = None) -> str:
    return server().jobs.add(plan, remembered(asked, draft), workspace=now.id)


def _follows(now: Workspace, run: str) -> Workspace:
    jobs = server().jobs
    before = jobs.look(now.run) if now.run else None
    if before is not None and not before.done:
        jobs.stop(now.run)
    past = (*now.past, now.run) if before is not None and before.plan is not None else now.past
    return tidied(replace(now, run=run, past=past[-MOST_PAST:], question=_dropped(now), draft=None))


def tidied(now: Workspace) -> Workspace:
    """Return a workspace, and have the jobs dropped to which nothing in it refers any more."""
    fields = [vars(now), *(step.fields for step in (*now.steps, *now.taken_back))]
    ids = {each.get(name, "") for each in fields for name in ("run", "question", "ahead")}
    server().jobs.tidy(now.id, ids.union(*(each.get("past", ()) for each in fields)))
    return now


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
    return tidied(replace(now, question=server().jobs.submit(work, question, workspace=now.id)))


def _dropped(now: Workspace) -> str:
    if now.question:
        server().jobs.stop(now.question)
    return ""
