"""The threads of a process that do the jobs of the queue."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError, RulesConflict
from matcher.store.errors import StoreError
from matcher.store.job import MANAGER, JobRow, JobState
from matcher.store.queue import LEASE, Queue
from matcher.work.documents import Documents, progress_of, progress_text, reached

if TYPE_CHECKING:
    from matcher.store.nodes import Texts
    from matcher.work.documents import Progress

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two looks for a job that another process has queued, or whose end it has asked for."""

BEAT = LEASE / 5
"""Seconds between two heartbeats."""

BROKEN = "Something went wrong inside the program; the details are in the server's log."


class Running:
    """A job that this process does.

    Parameters
    ----------
    row
        The job as it was when it was claimed.
    over
        Says whether the process is about to end.
    """

    def __init__(self, row: JobRow, over: Callable[[], bool]) -> None:
        self.row, self._over = row, over
        self.stop = threading.Event()  # somebody has asked for its end
        self.cut = False  # it was told to end
        self.lost = False  # somebody else decides about it now
        self.progress: Progress | None = None
        self.best: Progress | None = None
        self.kept: tuple[Progress | None, Progress | None] = None, None  # of these two, what was written
        self.beaten = time.monotonic()

    def tell(self, progress: Progress) -> None:
        """Take what has been reached."""
        if getattr(progress, "placed", None):
            self.best = progress
        self.progress = progress

    def stopping(self) -> bool:
        """Return whether it has to end; from then on what it returns is no more than the best so far."""
        # a process that ends must not wait for the time limit: threads that are no daemons are joined
        if self.stop.is_set() or self.lost or self._over():
            self.cut = True
        return self.cut

    @property
    def reached(self) -> Any:
        """The best so far, with the lowest bound."""
        return reached(self.best, self.progress)

    @property
    def best_text(self) -> str | None:
        """The best so far, as it is kept."""
        return None if self.best is None else progress_text(self.reached, whole=True)


class Solvers:
    """Threads that claim jobs and do them, and one that says that they are alive.

    They are no daemons: a solver that is killed with its thread aborts the process. They end by themselves
    with the main thread, and give their jobs back.

    Parameters
    ----------
    queue, documents
        The jobs, and what they refer to.
    threads
        Jobs that are done at the same time; with none of them, others' jobs are still looked after.
    workers
        Solver threads of each.
    most
        Jobs that may be under way on this machine, whoever does them.
    shown, ended
        Called with a job's id when it has something to show, and when it has ended.
    """

    def __init__(
        self,
        queue: Queue,
        documents: Documents,
        *,
        threads: int,
        workers: int,
        most: int,
        shown: Callable[[str], None],
        ended: Callable[[str], None],
    ) -> None:
        self._queue, self._documents = queue, documents
        self._workers, self._most = workers, most
        self._shown, self._ended = shown, ended
        self._host = socket.gethostname()
        self._owner = f"{self._host} {os.getpid()} {secrets.token_hex(4)}"
        self._closed = threading.Event()
        self._queued, self._told = threading.Condition(), threading.Event()
        self._running: dict[str, Running] = {}
        self._errands: list[Callable[[], object]] = []
        # threads of a page are daemons, and theirs would be too
        self._threads = [
            threading.Thread(target=self._solve, name="forming", daemon=False) for _ in range(threads)
        ]
        self._threads.append(threading.Thread(target=self._keep, name="heartbeat", daemon=False))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that a job was queued."""
        with self._queued:
            self._queued.notify_all()

    def stop(self, id_: str) -> None:
        """End a job at once, if it is done here."""
        if (job := self._running.get(id_)) is not None:
            job.stop.set()

    def doing(self, id_: str) -> bool:
        """Return whether a job is done here."""
        return id_ in self._running

    def later(self, errand: Callable[[], object]) -> None:
        """Do something soon, that no page waits for."""
        self._errands.append(errand)

    def close(self) -> None:
        """Give all jobs back, and wait until the threads have ended."""
        self._closed.set()
        self._told.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def _over(self) -> bool:
        return self._closed.is_set() or not threading.main_thread().is_alive()

    # --- doing jobs -------------------------------------------------------------------------------

    def _solve(self) -> None:
        while not self._over():
            try:
                row = self._queue.claim(self._owner, self._host, self._most)
                if row is not None:
                    self._do(row)
                    continue
            except StoreError as error:
                log.warning("No job can be claimed: %s", error)
            except Exception:  # the thread has to live on, for the next job
                log.exception("A job cannot be done.")
            with self._queued:
                self._queued.wait(PAUSE)

    def _do(self, row: JobRow) -> None:
        job = self._running[row.id] = Running(row, self._over)
        try:
            value, error = self._outcome(job)
            self._persist(lambda: self._end(job, value, error))
        finally:
            del self._running[row.id]
            self._ended(row.id)

    def _outcome(self, job: Running) -> tuple[Any, InputError | RulesConflict | None]:
        """Do a job; return what has come of it, or what stood against it."""
        row = job.row

        def tell(progress: Progress) -> None:
            first = job.best is None
            job.tell(progress)
            if first and job.best is not None:
                self._told.set()  # the first plan is written at once, and shown

        try:
            task, asked = (self._documents.read(row.workspace, digest) for digest in (row.task, row.asked))
            before = progress_of(row.best)
            work = task if before is None else task.resumed(before)
            try:
                value = work.run(asked, tell=tell, stop=job.stopping, workers=self._workers)
            except InputError:
                if not job.cut:
                    raise
                best = job.reached or before  # without one it was too early for a plan
                value = None if best is None else task.found(asked, best)
            self._documents.apart(value)  # what cannot be kept is a fault like any other
        except (InputError, RulesConflict) as error:
            return None, error
        except Exception:
            log.exception("A job failed.")
            return None, InputError(BROKEN)
        return value, None

    def _end(self, job: Running, value: Any, error: InputError | RulesConflict | None) -> None:
        queue, row, owner = self._queue, job.row, self._owner
        if job.lost:
            return
        asked_for = job.stop.is_set()
        if job.cut and not asked_for and queue.give_back(row.id, owner, job.best_text):
            return
        state, reason = JobState.FINISHED, ""
        if error is not None:
            state = JobState.FAILED
        elif job.cut:
            state, reason = JobState.STOPPED, MANAGER
        result, failure, texts = self._apart(value, error)
        if not queue.end(row, owner, state, reason=reason, result=result, error=failure, documents=texts):
            log.warning("What a job has come to is not kept: somebody else has decided about it meanwhile.")

    def _apart(
        self, value: Any, error: InputError | RulesConflict | None
    ) -> tuple[str | None, str | None, Texts]:
        if error is None and value is None:
            return None, None, {}
        (digest,), texts = self._documents.apart(value if error is None else error)
        return (digest, None, texts) if error is None else (None, digest, texts)

    def _persist(self, write: Callable[[], None]) -> None:
        """Write, and try again as long as the lease may last while the database cannot be used."""
        until = time.monotonic() + 2 * LEASE
        while True:
            try:
                return write()
            except StoreError as error:
                log.warning("What a job has come to cannot be kept yet: %s", error)
                if time.monotonic() > until:
                    return None
                time.sleep(PAUSE)

    # --- saying that they are done ----------------------------------------------------------------

    def _keep(self) -> None:
        checked = 0.0
        while not self._over() or self._running:
            self._told.wait(PAUSE)
            self._told.clear()
            try:
                self._heed()
                for job in list(self._running.values()):
                    self._beat(job)
                if time.monotonic() - checked > BEAT:  # after the beats: a machine may have been asleep
                    checked = time.monotonic()
                    self._queue.interrupt()
                while self._errands and not self._over():
                    self._errands.pop(0)()
            except StoreError as error:
                log.warning("The jobs under way cannot be looked after: %s", error)
            except Exception:  # without its heartbeat the process would lose all it does
                log.exception("The jobs under way cannot be looked after.")

    def _heed(self) -> None:
        """Find out which jobs are to end, and which have been taken away."""
        running = list(self._running.values())
        if not running:
            return
        held = self._queue.held(self._owner)
        for job in running:
            if job.row.id not in held:
                job.lost = True
            elif held[job.row.id] is JobState.STOPPING:
                job.stop.set()

    def _beat(self, job: Running) -> None:
        now, (progress, best) = time.monotonic(), job.kept
        new = {}
        if job.best is not best and job.best is not None:
            best = job.best
            new["best"] = progress_text(best, whole=True)
        if job.progress is not progress and job.progress is not None:
            progress = job.progress
            new["progress"] = progress_text(progress, whole=False)
        if not new and now - job.beaten < BEAT:
            return
        self._queue.beat(job.row.id, self._owner, **new)
        job.kept, job.beaten = (progress, best), now
        if "best" in new:
            self._shown(job.row.id)
