"""What is known of a job."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self not in (JobState.QUEUED, *UNDER_WAY)


UNDER_WAY = (JobState.RUNNING, JobState.STOPPING)
"""States of a job that somebody has claimed."""

MANAGER, INTERRUPTED = "manager", "interrupted"
"""Why a job was stopped: somebody asked for it, or the process that did it is gone."""


@dataclass(frozen=True)
class JobRow:
    """A job at one moment.

    Parameters
    ----------
    id, workspace
        Its own id, and the workspace's that it belongs to.
    state, reason
        How far it is, and why it was stopped, if it was.
    task, asked, result, error
        Digests of what it does, of what it was given to remember, and of how it ended.
    ahead
        While it is queued: how many jobs are before it, those under way included.
    seconds
        For how long it has been under way, or was.
    progress, best
        The last that was told of it while it is under way, and of the best found so far.
    """

    id: str
    workspace: str
    state: JobState
    reason: str = ""
    task: str | None = None
    asked: str | None = None
    result: str | None = None
    error: str | None = None
    ahead: int = 0
    seconds: float = 0.0
    progress: str | None = None
    best: str | None = None
