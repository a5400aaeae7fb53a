"""A process that forms what is queued in the browser: on this machine, or another with the same database."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import TYPE_CHECKING

from matcher.cli.options import Parser, whole
from matcher.cli.saying import say
from matcher.cli.status import OK
from matcher.people.names import counted

if TYPE_CHECKING:
    from types import FrameType


def add_worker(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the command to those that can be asked for."""
    about = "form the plans that are queued in the browser, until this is ended"
    made = commands.add_parser("worker", help=about, description=about, allow_abbrev=False)
    made.add_argument("--threads", metavar="N", type=whole(1), help="plans that are formed at the same time")
    made.set_defaults(run=_work)


def _work(args: argparse.Namespace) -> int:
    """Do jobs until SIGTERM or Ctrl-C; those that are under way then go back to the queue."""
    from matcher.solve.compiled import warm_up
    from matcher.store.database import Database
    from matcher.work.jobs import JobManager, cores_for_jobs

    asked_to_end = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        asked_to_end.set()

    threads, workers = cores_for_jobs(args.threads)
    database = Database.open()
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        warm_up()
        jobs = JobManager(database, threads, workers)
        jobs.start()
        at_once = counted(min(threads, jobs.most), "plan")
        say(f"Waiting for plans to form in {database.shown}, {at_once} at a time; Ctrl-C ends this.")
        asked_to_end.wait()
        jobs.close()
    finally:
        database.close()
    return OK
