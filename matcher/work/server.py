"""What all sessions of a server share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from matcher.work.jobs import JobManager, cores_for_jobs
from matcher.work.workspaces import Workspaces


@dataclass(frozen=True)
class Server:
    """What all sessions share."""

    workspaces: Workspaces
    jobs: JobManager
    workers: int


@cache
def server() -> Server:
    """Return what all sessions share."""
    threads, workers = cores_for_jobs()
    return Server(Workspaces(), JobManager(threads), workers)
