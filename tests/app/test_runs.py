"""Runs as a manager sees them: from any tab, in the queue, and after the server had stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from matcher.people.brief import PlanKind
from matcher.plan.options import FormingProgress
from matcher.store.queue import Queue
from matcher.work import runs
from matcher.work.documents import progress_text
from matcher.work.rotations import Ahead, start_ahead
from matcher.work.runs import Question, ask_about, round_of, start_run
from matcher.work.server import server
from matcher.work.tasks import Forming, Others
from matcher.work.workspace import Workspace
from tests.app.conftest import App

SLOW = 300
"""Seconds that nobody waits for: such a run is under way until it is stopped."""


def changed(app: App, change: Callable[[Workspace], Workspace]) -> Workspace:
    return server().workspaces.change(app.work.id, change)


def forty() -> App:
    """A manager of forty people who are to be placed in teams, which takes long."""

    def brought(now: Workspace) -> Workspace:
        now = now.with_sample("forty")
        return replace(now, settings=replace(now.settings, kind=PlanKind.TEAMS, seconds=SLOW))

    app = App().press("Use the sample roster")
    changed(app, brought)
    return app


def begin(app: App) -> str:
    return changed(app, lambda now: start_run(now, now.settings)).run


@pytest.fixture
def asleep() -> Iterator[None]:
    """A server that does no jobs until it is told to."""
    server().jobs.close()
    yield
    server().jobs.start()


def killed(best: FormingProgress | None = None) -> None:
    """Let a server claim the next job, get so far, and die; then let another one start."""
    dead = Queue(server().database, lease=-1.0)
    row = dead.claim("a server that is killed", "here", 1000)
    assert row is not None
    if best is not None:
        dead.beat(row.id, "a server that is killed", best=progress_text(best, whole=True))
    server().jobs.start()


def first_plan(asked: Workspace) -> FormingProgress:
    told: list[FormingProgress] = []
    Forming().run(asked, tell=told.append, stop=lambda: bool(told), workers=1)
    return next(progress for progress in told if progress.placed)


def test_a_run_is_seen_from_a_second_tab_and_stopped_there():
    first = forty()
    begin(first)
    first.go("form")
    second = first.tab().go("form")
    assert "Stop" in first.labels()
    second.until(lambda: "The best plan so far" in second.said)

    second.press("Stop").ended()
    first.ended()
    assert "Stopped early: this is the best plan so far." in first.said
    assert "Stopped early: this is the best plan so far." in second.said


@pytest.mark.usefixtures("asleep")
def test_each_sees_how_many_plans_are_before_theirs():
    apps = [forty() for _ in range(3)]
    for app in apps:
        begin(app)
        app.go("form")

    assert "Next." in apps[0].said
    assert "Waiting in the queue: 1 plan before this one." in apps[1].said
    assert "Waiting in the queue: 2 plans before this one." in apps[2].said
    apps[1].press("Stop")
    assert "Stopped before there was a plan." in apps[1].said
    apps[2].at.run()
    assert "Waiting in the queue: 1 plan before this one." in apps[2].said
    for app in (apps[0], apps[2]):
        app.press("Stop")


@pytest.mark.parametrize("page", ["form", "plan"])
@pytest.mark.usefixtures("asleep")
def test_a_plan_that_was_being_formed_when_the_server_stopped_is_gone_on_with(page: str):
    app = forty()
    begin(app)
    killed(first_plan(app.work))
    app.go(page)
    app.until(lambda: "This is the best plan it had found." in app.said)
    before = app.plan

    assert "The server stopped while this plan was being formed." in app.said
    assert all(check.kept for check in before.rules)
    app.press("Go on from this plan")
    app.until(lambda: "The best plan so far" in app.said)
    app.press("Stop").ended()
    assert app.plan.score >= before.score
    assert app.plan.bound <= before.bound
    assert app.work.past[-1:] != ()
    assert "The server stopped" not in app.said


@pytest.mark.usefixtures("asleep")
def test_a_bound_is_gone_on_with_only_when_the_same_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    app = forty()
    begin(app)
    killed(first_plan(app.work))
    app.go("form")
    app.until(lambda: "This is the best plan it had found." in app.said)
    works: list[Forming] = []
    monkeypatch.setattr(runs, "follow_job", lambda asked, work: works.append(work) or asked)
    for now in (app.work, replace(app.work, ranked=not app.work.ranked)):
        runs.go_on(now)

    assert [work.bound for work in works] == [app.plan.bound, None]
    assert works[0].begun == works[1].begun == round_of(app.plan)


@pytest.mark.parametrize("page", ["form", "plan"])
@pytest.mark.usefixtures("asleep")
def test_a_server_that_stopped_before_a_first_plan_says_so(page: str):
    app = forty()
    begin(app)
    killed()
    app.go(page)
    app.until(lambda: "before it had found a first one" in app.said)

    app.press("Form again")
    app.until(lambda: "The best plan so far" in app.said)
    app.press("Stop").ended()
    assert app.plan is not None


@pytest.mark.parametrize(
    ("page", "said"), [("form", "Say what to form and what matters"), ("plan", "There is no plan yet.")]
)
@pytest.mark.usefixtures("asleep")
def test_a_run_that_was_dropped_leaves_a_page_that_says_how_to_get_a_plan(page: str, said: str):
    app = forty()
    begin(app)
    server().jobs.rewrite(app.work.id, lambda value: value)  # as when a member is deleted meanwhile

    assert said in app.go(page).said


@pytest.mark.usefixtures("asleep")
def test_rounds_whose_planning_was_cut_off_are_to_be_planned_again(sample: App):
    changed(sample, lambda now: start_ahead(now, Ahead(seconds=SLOW)))
    killed()
    sample.go("rounds")
    sample.at.session_state["rounds_view"] = "Plan ahead"
    sample.until(lambda: "The server stopped while these rounds were being planned." in sample.said)

    changed(sample, lambda now: start_ahead(now, Ahead(seconds=2)))
    server().jobs.wait(sample.work.ahead, 30.0, 30.0)
    sample.at.run()
    assert "No two people are together twice in these 4 rounds" in sample.said


def test_a_question_about_a_plan_is_a_job_like_any_other(sample: App):
    sample.go("form").form()
    plan = sample.plan
    question = Question("Other good plans", "Other good plans", 2.0)
    job = changed(sample, lambda now: ask_about(now, question, Others(plan, 1, 2, 50.0))).question
    server().jobs.wait(job, 30.0, 30.0)

    look = server().jobs.look(job)
    assert look is not None
    assert look.asked == question
    assert len(look.value) == 1
