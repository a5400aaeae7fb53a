"""A process that edits and forms until it is killed, and what has to be there afterwards."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import text, update

from matcher.people.friction import Severity
from matcher.plan.plan import Plan
from matcher.store.database import Database
from matcher.store.job import UNDER_WAY, JobState
from matcher.store.queue import Queue
from matcher.store.tables import jobs as rows
from matcher.work.jobs import JobManager, Look
from matcher.work.settings import Settings
from matcher.work.workspace import Workspace
from matcher.work.workspaces import Workspaces

SLOW = 60
"""Seconds that forming may take: it is under way at whatever moment the process is killed."""

EDITS_PER_RUN = 12
MOST_TOLD = 80
"""Acknowledgements after which the process is killed at the latest."""

PATIENCE = 60.0
PRELOADED = ("matcher.forming", "matcher.work.formats", "matcher.work.server", "tests.store.killing")


def edited(now: Workspace, number: int) -> Workspace:
    """Return the workspace with a number in the table of people."""
    assert now.people is not None
    return now.replaced("edit", people=now.people.with_cells({(2, "edit"): str(number)}))


def number_in(now: Workspace) -> int:
    """Return the number that an edit has left in the table of people."""
    assert now.people is not None
    row = dict(zip(now.people.header, now.people.rows[0], strict=True))
    return int(row.get("edit") or 0)


def live(url: str, id_: str, told: Connection) -> None:
    """Edit and form without end; tell of what is acknowledged: what a page would have shown."""
    os.environ["MATCHER_DATABASE"] = url
    from matcher.work.runs import start_run
    from matcher.work.server import server

    kept, begun = server(), ""
    now = kept.workspaces.get(id_)
    assert now is not None
    told.send(("ready", 0))
    for number in count(number_in(now) + 1):
        kept.workspaces.change(id_, partial(edited, number=number))
        told.send(("edit", number))
        if not begun or number % EDITS_PER_RUN == 0:
            now = kept.workspaces.change(id_, lambda now: start_run(now, now.settings))
            begun = now.run
            told.send(("run", begun))
        look = kept.jobs.look(begun) if begun else None
        if look is not None and look.groups and look.progress is not None:
            told.send(("shown", (begun, look.progress.score)))


@dataclass
class Survived:
    """What was found after kills.

    Parameters
    ----------
    kills, edits, runs, shown
        How often the process was killed, and what it had acknowledged: edits, runs, and runs of which a
        plan had been shown.
    under_way, found
        Runs that were under way when it was killed, and those of them that have a legal plan.
    faults
        Whatever is not as it has to be, a sentence each.
    """

    kills: int = 0
    edits: int = 0
    runs: int = 0
    shown: int = 0
    under_way: int = 0
    found: int = 0
    faults: list[str] = field(default_factory=list)


def begin(url: str) -> str:
    """Make a workspace of forty people who are to be placed in teams, and return its id."""
    from matcher.people.brief import PlanKind

    database = Database.open(url)
    settings = Settings(kind=PlanKind.TEAMS, least=4, most=6, seconds=SLOW)
    id_ = Workspaces(database).begin(Workspace(settings=settings).with_sample("forty"))
    database.close()
    return id_


def kill_and_look(url: str, id_: str, seed: int, survived: Survived, *, plan: bool = False) -> None:
    """Let a process live for a random while, kill it, and look at what is there.

    Parameters
    ----------
    url, id_
        The database, and the workspace in it.
    seed
        Of the moment: after so many acknowledgements, and a few milliseconds more.
    survived
        Where what is found is noted.
    plan
        Whether it lives at least until a plan that is being formed was shown.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=live, args=(url, id_, theirs))
    process.start()
    theirs.close()
    chance = random.Random(seed)
    told = chance.randint(1, MOST_TOLD)
    said: list[tuple[str, Any]] = []
    try:
        while len(said) < told or (plan and said[-1][0] != "shown"):
            if not ours.poll(PATIENCE):
                raise TimeoutError("The process says nothing more.")
            said.append(ours.recv())
        time.sleep(chance.uniform(0.0, 0.03))
        process.kill()
        process.join()
        while ours.poll():  # what it had acknowledged before
            said.append(ours.recv())
    except EOFError:
        process.kill()
        process.join()
    if process.exitcode != -signal.SIGKILL:
        survived.faults.append(f"The process ended by itself, with the status {process.exitcode}.")
    survived.kills += 1
    _look(url, id_, said, survived)


def _look(url: str, id_: str, said: list[tuple[str, Any]], survived: Survived) -> None:
    edits = [what for kind, what in said if kind == "edit"]
    runs = [what for kind, what in said if kind == "run"]
    shown = {run: score for kind, what in said if kind == "shown" for run, score in [what]}
    survived.edits += len(edits)
    survived.runs += len(runs)
    survived.shown += len(shown)
    faults = survived.faults

    database = Database.open(url)
    if database.engine.dialect.name == "sqlite":
        with database.reading() as connection:
            if (whole := connection.execute(text("PRAGMA integrity_check")).scalar()) != "ok":
                faults.append(f"The database is broken: {whole}")
    now = Workspaces(database).get(id_)
    assert now is not None
    if edits and number_in(now) not in (edits[-1], edits[-1] + 1):
        faults.append(f"Edit {edits[-1]} was acknowledged, and {number_in(now)} is there.")
    queue = Queue(database)
    under_way = {row.id for row in queue.of(id_) if row.state in UNDER_WAY}
    survived.under_way += len(under_way)
    lease_ends(database)
    manager = JobManager(database, threads=0)
    manager.start()  # finds whose lease has ended, as the next server does
    end = time.monotonic() + PATIENCE
    while any(row.state in UNDER_WAY for row in queue.of(id_)) and time.monotonic() < end:
        time.sleep(0.02)
    for row in queue.of(id_):
        look = manager.look(row.id)
        if row.state is JobState.QUEUED:
            continue
        if look is None or not look.done:
            faults.append(f"The run {row.id} is in the state {row.state}, and nobody does it.")
        elif row.id in shown or look.plan is not None:
            wrong = _faults(look, shown.get(row.id, 0.0))
            faults += wrong
            survived.found += row.id in under_way and not wrong
    for run in runs[-1:]:
        if manager.look(run) is None:
            faults.append(f"The run {run} was begun, and is not found.")
    manager.close()
    database.close()


def lease_ends(database: Database) -> None:
    """Let the seconds pass after which a process that says nothing is taken for dead."""
    with database.writing() as connection:
        connection.execute(update(rows).where(rows.c.state.in_(UNDER_WAY)).values(lease_until=0))


def _faults(look: Look, shown: float) -> list[str]:
    """Return what is wrong with a run's plan, looked at without the code that has brought it back."""
    plan: Plan | None = look.plan
    if plan is None:
        return [f"A plan with the score {shown:.1f} was shown, and none is found."]
    brief, found = plan.brief, []
    members = sorted(key for group in plan.groups for key in group.members)
    if members != sorted(member.key for member in brief.roster.present):
        found.append("Not everybody is placed once.")
    if not all(4 <= len(group.members) <= 6 for group in plan.groups):
        found.append("A team has another size than was asked for.")
    never = [{f.a, f.b} for f in brief.frictions if f.severity is Severity.NEVER]
    if not never or any(pair <= set(group.members) for pair in never for group in plan.groups):
        found.append("Two who may never be together are.")
    if not all(check.kept for check in plan.rules):
        found.append("A rule is broken.")
    if not shown - 1e-6 <= plan.score <= plan.bound:
        found.append(f"The score {plan.score} is none between {shown} and {plan.bound}.")
    return found
