"""What all sessions of a server share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from matcher.work.jobs import JobManager, cores_for_jobs
from matcher.work.workspaces import Workspaces

if TYPE_CHECKING:
    from matcher.store.database import Database


_BEGINNING = Lock()  # two who come first at once would both start threads


@dataclass(frozen=True)
class Server:
    """What all sessions share."""

    database: Database
    workspaces: Workspaces
    jobs: JobManager
    workers: int


def server() -> Server:
    """Return what all sessions share; the database is opened with the first call.

    Raises
    ------
    StoreError
        When the database cannot be used; the next call tries again.
    """
    with _BEGINNING:
        return made()


@cache
def made() -> Server:
    """Return what all sessions share; for :func:`server`, which lets one begin at a time."""
    from matcher.store.database import Database

    threads, workers = cores_for_jobs()
    database = Database.open()
    jobs = JobManager(database, threads, workers)
    jobs.start()
    return Server(database, Workspaces(database), jobs, workers)
