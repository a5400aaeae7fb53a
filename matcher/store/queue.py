"""Long work in a queue that several processes, on one machine or many, take from.

A job is a row. Whoever claims it has a lease on it, which a heartbeat renews; who lost the lease writes
nothing any more. All times are the database's own, so that machines with different clocks agree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Update,
    bindparam,
    case,
    func,
    literal_column,
    select,
)
from sqlalchemy import delete as deleting
from sqlalchemy import insert as inserting
from sqlalchemy import update as updating

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.job import INTERRUPTED, MANAGER, UNDER_WAY, JobRow, JobState
from matcher.store.nodes import Texts, keep
from matcher.store.tables import jobs

LEASE = 10.0
"""Seconds after which a job whose process says nothing any more is taken for interrupted."""

_CLOCKS = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
}
"""The time in milliseconds since the epoch."""

_CLAIMING = 0x6A6F6273
"""With a host's name, the number under which PostgreSQL lets one claim of a host wait for another."""


class Queue:
    """The jobs of a database.

    Parameters
    ----------
    database
        Where they are.
    lease
        Seconds after which a claim ends by itself unless it is renewed.
    """

    def __init__(self, database: Database, *, lease: float = LEASE) -> None:
        self.database = database
        self._lease = round(1000 * lease)
        self._now: ColumnElement[int] = literal_column(_CLOCKS[database.engine.dialect.name], BigInteger)
        self._find = self._rows()

    # --- for those who ask ------------------------------------------------------------------------

    def put(self, id_: str, workspace: str, *, kind: str, task: str, asked: str, documents: Texts) -> None:
        """Put a job at the end of the queue, and keep what it refers to.

        Raises
        ------
        StoreError
            When there is no such workspace.
        """
        self._insert(documents, id=id_, workspace_id=workspace, kind=kind, task=task, asked=asked)

    def add(self, id_: str, workspace: str, *, kind: str, asked: str, result: str, documents: Texts) -> None:
        """Keep what is finished already as if it were a job's.

        Raises
        ------
        StoreError
            When there is no such workspace.
        """
        ended = {"state": JobState.FINISHED, "ended": self._now}
        self._insert(
            documents, id=id_, workspace_id=workspace, kind=kind, asked=asked, result=result, **ended
        )

    def _insert(self, documents: Texts, **values: Any) -> None:
        new = {"state": JobState.QUEUED, "reason": "", "created": self._now, **values}
        with self.database.writing() as connection:
            if not keep(connection, values["workspace_id"], documents):
                raise StoreError("The workspace is not there any more; it was deleted in the meantime.")
            connection.execute(inserting(jobs).values(new))

    def find(self, id_: str) -> JobRow | None:
        """Return a job as it is now, or ``None`` when there is none of this id."""
        with self.database.reading() as connection:
            row = connection.execute(self._find, {"job": id_}).one_or_none()
        return None if row is None else _row(row)

    def of(self, workspace: str) -> list[JobRow]:
        """Return all jobs of a workspace, oldest first."""
        query = self._rows(jobs.c.workspace_id == workspace).order_by(jobs.c.number)
        with self.database.reading() as connection:
            return [_row(row) for row in connection.execute(query)]

    def stop(self, id_: str) -> JobState | None:
        """Ask for the end of a job; one that is queued never begins.

        Returns
        -------
        What it is now, or ``None`` when there was nothing to stop.
        """
        queued = jobs.c.state == JobState.QUEUED
        query = (
            updating(jobs)
            .where(jobs.c.id == id_, jobs.c.state.in_((JobState.QUEUED, JobState.RUNNING)))
            .values(
                stop_asked=self._now,
                state=case((queued, JobState.STOPPED), else_=JobState.STOPPING),
                reason=case((queued, MANAGER), else_=jobs.c.reason),
                ended=case((queued, self._now), else_=jobs.c.ended),
            )
            .returning(jobs.c.state)
        )
        with self.database.writing() as connection:
            state = connection.execute(query).scalar()
        return None if state is None else JobState(state)

    def tidy(self, workspace: str, wanted: Collection[str], seconds: float) -> int:
        """Delete the jobs of a workspace that nobody wants any more, and stop those that are not done.

        Parameters
        ----------
        workspace, wanted
            Whose jobs, and the ids of those that stay.
        seconds
            Younger ones stay too: what refers to them may be about to be saved.

        Returns
        -------
        How many were deleted.
        """
        old = self._now - round(1000 * seconds)
        mine = jobs.c.workspace_id == workspace, jobs.c.id.not_in(tuple(wanted))
        with self.database.reading() as connection:
            ids = connection.execute(select(jobs.c.id).where(*mine, jobs.c.created < old)).scalars().all()
        for id_ in ids:
            self.stop(id_)
        if not ids:
            return 0
        with self.database.writing() as connection:
            return connection.execute(
                deleting(jobs).where(*mine, jobs.c.id.in_(ids), jobs.c.ended < old)
            ).rowcount

    def rewrite(
        self, workspace: str, digests: Mapping[str, Mapping[str, str | None]], documents: Texts
    ) -> None:
        """Let the jobs of a workspace refer to other documents, and delete all others of its jobs.

        Parameters
        ----------
        workspace
            Whose jobs.
        digests
            ``asked``, ``result`` and ``error`` of each job that stays, by its id; nothing else of it does.
        nodes
            The documents.
        """
        with self.database.writing() as connection:
            if not keep(connection, workspace, documents):
                return
            mine = jobs.c.workspace_id == workspace
            connection.execute(deleting(jobs).where(mine, jobs.c.id.not_in(tuple(digests))))
            for id_, changed in digests.items():
                values = {"task": None, "progress": None, "best": None, **changed}
                connection.execute(updating(jobs).where(mine, jobs.c.id == id_).values(**values))

    # --- for those who work -----------------------------------------------------------------------

    def claim(self, owner: str, host: str, most: int) -> JobRow | None:
        """Take the first job of the queue, if there is one.

        Parameters
        ----------
        owner
            Who takes it; nobody else is called so.
        host, most
            The machine, and how many jobs may be under way on it, whoever has claimed them.
        """
        query = select(jobs.c.number).where(jobs.c.state == JobState.QUEUED).order_by(jobs.c.number).limit(1)
        with self.database.reading() as connection:  # most of the time there is none, and nobody has to wait
            if connection.execute(query).first() is None:
                return None
        here = select(func.count()).where(jobs.c.host == host, jobs.c.state.in_(UNDER_WAY))
        claim = (
            updating(jobs)
            .where(
                jobs.c.number == query.with_for_update(skip_locked=True).scalar_subquery(),
                here.scalar_subquery() < most,
            )
            .values(
                state=JobState.RUNNING,
                owner=owner,
                host=host,
                began=self._now,
                heartbeat=self._now,
                lease_until=self._now + self._lease,
            )
            .returning(jobs.c.id, jobs.c.workspace_id, jobs.c.task, jobs.c.asked, jobs.c.best)
        )
        with self.database.writing() as connection:
            if connection.dialect.name == "postgresql":  # two who count at once would both find room
                connection.execute(select(func.pg_advisory_xact_lock(_CLAIMING, func.hashtext(host))))
            row = connection.execute(claim).one_or_none()
        if row is None:
            return None
        id_, workspace, task, asked, best = row
        return JobRow(id_, workspace, JobState.RUNNING, task=task, asked=asked, best=best)

    def beat(
        self, id_: str, owner: str, *, progress: str | None = None, best: str | None = None
    ) -> JobState | None:
        """Renew the lease on a job and tell how far it is.

        Returns
        -------
        What it is now, with ``STOPPING`` when its end is asked for; ``None`` when the lease is lost.
        """
        told = {name: said for name, said in (("progress", progress), ("best", best)) if said is not None}
        query = (
            self._held(id_, owner)
            .values(heartbeat=self._now, lease_until=self._now + self._lease, **told)
            .returning(jobs.c.state)
        )
        with self.database.writing() as connection:
            state = connection.execute(query).scalar()
        return None if state is None else JobState(state)

    def held(self, owner: str) -> dict[str, JobState]:
        """Return the jobs on which somebody has a lease, by id."""
        query = select(jobs.c.id, jobs.c.state).where(jobs.c.owner == owner, jobs.c.state.in_(UNDER_WAY))
        with self.database.reading() as connection:
            return {id_: JobState(state) for id_, state in connection.execute(query)}

    def end(
        self,
        job: JobRow,
        owner: str,
        state: JobState,
        *,
        reason: str = "",
        result: str | None = None,
        error: str | None = None,
        documents: Texts,
    ) -> bool:
        """Say how a job ended; return whether the lease was still there: nothing is written without it."""
        values = {"reason": reason, "result": result, "error": error, "ended": self._now}
        return self._close(self._held(job.id, owner).values(state=state, **values), job, documents)

    def _close(self, query: Update, job: JobRow, documents: Texts) -> bool:
        with self.database.writing() as connection:
            if not keep(connection, job.workspace, documents):
                return False
            written = connection.execute(query.values(**_NO_MORE)).rowcount
            if not written:
                connection.rollback()  # the documents go too
        return bool(written)

    def give_back(self, id_: str, owner: str, best: str | None = None) -> bool:
        """Put a job back to where it was in the queue, with the best found so far, for others to go on with.

        Returns
        -------
        Whether it is; not without a lease, and not when its end is asked for.
        """
        told = {} if best is None else {"best": best}
        query = (
            self._held(id_, owner)
            .where(jobs.c.state == JobState.RUNNING)
            .values(state=JobState.QUEUED, owner=None, host=None, lease_until=None, progress=None, **told)
        )
        with self.database.writing() as connection:
            return bool(connection.execute(query).rowcount)

    def interrupt(self) -> int:
        """Stop the jobs whose lease has ended; return how many. What was told of them stays."""
        over = jobs.c.state.in_(UNDER_WAY) & (jobs.c.lease_until < self._now)
        with self.database.reading() as connection:
            if connection.execute(select(jobs.c.id).where(over).limit(1)).first() is None:
                return 0
        stopping = jobs.c.state == JobState.STOPPING
        query = (
            updating(jobs)
            .where(over)
            .values(
                state=JobState.STOPPED,
                reason=case((stopping, MANAGER), else_=INTERRUPTED),
                ended=self._now,
                owner=None,
            )
        )
        with self.database.writing() as connection:
            return connection.execute(query).rowcount

    def settle(self, job: JobRow, result: str | None, documents: Texts) -> None:
        """Say what a job that was cut off has come to, once the best found so far was looked at."""
        cut_off = jobs.c.id == job.id, jobs.c.state == JobState.STOPPED, jobs.c.result.is_(None)
        self._close(updating(jobs).where(*cut_off).values(result=result), job, documents)

    # --- queries ----------------------------------------------------------------------------------

    def _held(self, id_: str, owner: str) -> Update:
        return updating(jobs).where(jobs.c.id == id_, jobs.c.owner == owner, jobs.c.state.in_(UNDER_WAY))

    def _rows(self, *which: ColumnElement[bool]) -> Select[Any]:
        other = jobs.alias()
        before = (other.c.state == JobState.QUEUED) & (other.c.number < jobs.c.number)
        ahead = select(func.count()).where(other.c.state.in_(UNDER_WAY) | before).scalar_subquery()
        until = func.coalesce(jobs.c.ended, self._now)
        return select(
            jobs.c.id,
            jobs.c.workspace_id,
            jobs.c.state,
            jobs.c.reason,
            jobs.c.task,
            jobs.c.asked,
            jobs.c.result,
            jobs.c.error,
            case((jobs.c.state == JobState.QUEUED, ahead), else_=0),
            case((jobs.c.began.is_not(None), until - jobs.c.began), else_=0),
            jobs.c.progress,
            jobs.c.best,
        ).where(*(which or (jobs.c.id == bindparam("job"),)))


_NO_MORE = {"task": None, "progress": None, "best": None, "owner": None, "lease_until": None}
"""What nobody asks of a job that has ended."""


def _row(found: Sequence[Any]) -> JobRow:
    id_, workspace, state, reason, task, asked, result, error, ahead, milliseconds, progress, best = found
    seconds = milliseconds / 1000
    return JobRow(
        id_, workspace, JobState(state), reason, task, asked, result, error, ahead, seconds, progress, best
    )
