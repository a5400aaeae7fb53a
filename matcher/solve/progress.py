"""One solve's record: best plan, bound and clock, told to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

from matcher.instance import Instance, Ints
from matcher.solve.result import OnProgress, Progress, Solution, Status, Stop

_TICK = 0.4  # seconds between two reports while nothing new is found


class Record:
    """What a solve has so far. Every part of a solve reports here, from any thread.

    Parameters
    ----------
    instance
        What is solved; every plan is checked against it.
    seconds
        Wall-clock limit of the whole solve.
    on_progress
        Told of every better plan, and about twice a second besides.
    stop
        Asked often; once true, :meth:`ended` is true.
    whole
        The record of a larger solve that is told of everything found here, while this one
        hears nothing of it.
    """

    def __init__(
        self,
        instance: Instance,
        seconds: float,
        on_progress: OnProgress | None = None,
        stop: Stop | None = None,
        whole: Record | None = None,
    ) -> None:
        self.instance = instance
        self.labels: Ints | None = None
        self.objective = 0
        self.bound: int | None = None
        self.bound_by = ""
        self._began = time.perf_counter()
        self._seconds = seconds
        self._on_progress = on_progress
        self._stop = stop
        self._whole = whole
        self._lock = Lock()
        self._telling = Lock()
        self._told: int | None = None
        self._failure: Exception | None = None

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        """Wall-clock seconds until the limit."""
        return self._seconds - self.elapsed

    @property
    def proven(self) -> bool:
        """Whether the best plan reaches the bound."""
        return self.labels is not None and self.bound is not None and self.objective >= self.bound

    def ended(self) -> bool:
        """Whether to go no further: stopped, out of time, proven, or the watcher failed."""
        if self._failure is not None or self.left <= 0 or self.proven:
            return True
        return self._stop is not None and bool(self._stop())

    def found(self, labels: Ints) -> None:
        """Take a plan, if it is better than the best so far."""
        if not self.instance.keeps(labels):
            raise AssertionError("A solver proposed a plan that breaks a rule.")
        value = self.instance.objective(labels)
        with self._lock:
            if self.labels is not None and value <= self.objective:
                return
            self.labels, self.objective = labels.copy(), value
        self._tell()
        if self._whole is not None:
            self._whole.found(labels)

    def bounded(self, bound: int, by: str) -> None:
        """Take an upper bound, if it is lower than the best so far."""
        with self._lock:
            if self.bound is None or bound < self.bound:
                self.bound, self.bound_by = bound, by
        if self._whole is not None:
            self._whole.bounded(bound, by)

    def settled(self, labels: Ints) -> None:
        """Prefer a plan to an equally good one, so that the same solve answers the same."""
        if self.instance.keeps(labels) and self.instance.objective(labels) >= self.objective:
            self.labels = labels.copy()

    def failed(self, failure: Exception) -> None:
        """End the solve because a part of it failed."""
        self._failure = failure

    def _tell(self, *, tick: bool = False) -> None:
        """Report, one thread at a time: the best plan when it has not been told yet."""
        if self._on_progress is None:
            return
        with self._telling:
            with self._lock:
                labels, objective, bound = self.labels, self.objective, self.bound
            if labels is None or bound is None:
                return
            new = self._told is None or objective > self._told
            if not new and not tick:
                return
            self._told = objective
            try:
                self._on_progress(Progress(objective, bound, self.elapsed, labels if new else None))
            except Exception as failure:
                self.failed(failure)

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """Report about twice a second while inside."""
        done = Event()

        def tick() -> None:
            while not done.wait(_TICK):
                self._tell(tick=True)

        thread = Thread(target=tick, name="solve-progress", daemon=False)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def solution(self, status: Status | None = None) -> Solution:
        """What the solve answers; raises what ``on_progress`` raised."""
        if self._failure is not None:
            raise self._failure
        if self.labels is None:
            return Solution(status or Status.UNKNOWN, None, 0, self.bound or 0, self.elapsed, self.bound_by)
        if self.bound is None or self.objective > self.bound:
            raise AssertionError(f"A plan is worth {self.objective}, more than its bound {self.bound}.")
        status = Status.OPTIMAL if self.proven else Status.FEASIBLE
        return Solution(status, self.labels, self.objective, self.bound, self.elapsed, self.bound_by)
