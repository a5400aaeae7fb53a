"""The search for better plans, on any instance: annealing over swaps, and assignment steps.

What the measurements decided (rosters like the app's, teams of five, every goal on, 5 % of
the pairs kept apart):

- Compiled annealing does most of the work. A swap's worth is worked out from two members'
  pair points, the marks in which they differ and running sums, some ten million a second.
  It was level with or ahead of the assignment neighbourhood at every size that was tried.
- Until the compiled loops are loaded, assignment steps in plain NumPy improve the plan.
- How hot to start is taken from the plan itself (what the gentlest swaps cost at a local
  optimum) and from how many tries a member gets: with few, a hot start only scatters.
- The lowest group value makes the landscape flat: most swaps do not touch the weakest
  group. While it is hot the lowest value is smoothed (a soft minimum, as wide as a few
  temperatures); best plans are chosen by the true objective alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.compiled import kernel, warm_up
from matcher.solve.result import Stop
from matcher.solve.search_assignment import reassign, swap_gains
from matcher.solve.search_form import Form, State, form, objective, state

OnImprove = Callable[[Ints, int], None]

_SLICE = 0.02  # seconds between two looks at the clock
_FIRST, _LONGER = 0.3, 3.0  # seconds of the first round of annealing; how much longer each next one is
_HOT, _COLD = 1.5, 0.05  # temperatures in the scale of a local optimum's gentlest falls
_PLENTY = 50_000  # tries a member with which the hottest start pays
_SMOOTH = 2.0  # temperatures over which the lowest group value is smoothed
_COMPOUND = 0.02  # share of the tries that move two or three members at once
_DESCENT = 100  # tries a member before the first round, none of them downhill
_GROUPS = 300  # groups in one assignment step
_SMALL = 40  # members up to which plain NumPy is good enough to start with …
_PATIENCE = 1.0  # … for so many seconds


def search(
    instance: Instance,
    start: Ints,
    *,
    seconds: float,
    seed: int = 0,
    stop: Stop | None = None,
    on_improve: OnImprove | None = None,
    max_iterations: int | None = None,
) -> Ints:
    """Improve a legal plan as far as time allows; every plan on the way keeps every rule.

    Parameters
    ----------
    instance
        What is to be filled.
    start
        ``(n,)`` int labels that keep every rule.
    seconds
        Wall-clock limit.
    seed
        Source of chance.
    stop
        Asked at least ten times a second; once true, the search ends.
    on_improve
        Told of better plans and their objectives, each better than all before.
    max_iterations
        Rounds of one try for each member. When the search ends by it rather than by time
        or ``stop``, the same seed gives the same plan; it then waits for the compiled loops.

    Returns
    -------
    (n,) int labels of the best plan found; those of ``start`` when nothing is better.

    Raises
    ------
    ValueError
        When ``start`` breaks a rule.
    """
    if not instance.keeps(start):
        raise ValueError("The plan to start from breaks a rule; repair it with legal_plan first.")
    if instance.groups < 2 or seconds <= 0:
        return start.astype(np.int64)
    return _Search(instance, start, seconds, seed, stop, on_improve, max_iterations).run()


class _Search:
    """One search: the plan it is at, the best so far, and what ends it."""

    def __init__(  # noqa: PLR0917 - `search` says what they are
        self, instance: Instance, start: Ints, seconds: float, seed: int, stop: Stop | None,
        on_improve: OnImprove | None, limit: int | None,
    ) -> None:  # fmt: skip
        self.began = time.perf_counter()
        self.seconds, self.stop, self.on_improve = seconds, stop, on_improve
        self.members = instance.members
        self.rng = np.random.default_rng(seed)
        self.form: Form = form(instance)
        self.kind: type = self.form.pair.dtype.type
        if limit is None and self.members > _SMALL:
            warm_up("anneal", kind=self.kind)
        self.now: State = state(self.form, start)
        self.value = self.record = objective(self.form, self.now.value)
        self.best = self.now.labels.copy()
        self.limit = None if limit is None else limit * self.members  # in tries, as `done`
        self.done = 0
        self.pace = 1e-6  # seconds a try

    def run(self) -> Ints:
        """Search until the end."""
        if self.limit is None:
            self._plainly()
        else:
            warm_up("anneal", kind=self.kind, wait=True)
        if not self.ended():
            self._spend(_DESCENT * self.members)
            self._rounds(self._scale())
        return self.best

    def left(self) -> float:
        """Seconds until the limit."""
        return self.seconds - (time.perf_counter() - self.began)

    def ended(self) -> bool:
        """Whether to go no further."""
        if self.limit is not None and self.done >= self.limit:
            return True
        return self.left() <= 0 or bool(self.stop is not None and self.stop())

    def _tell(self) -> None:
        if self.on_improve is not None:
            self.on_improve(self.best.copy(), self.record)

    def _plainly(self) -> None:
        """Assignment steps until the compiled loops are ready."""
        sizes = np.unique(np.diff(self.form.unit_start))
        wanted = np.concatenate([np.ones(8 * len(sizes), dtype=np.int64), [2, 3], sizes])
        most = _GROUPS if self.form.most_moves >= self.members else 3
        while kernel("anneal", self.kind) is None and not self.ended():
            if self.left() < self.seconds - _PATIENCE:
                warm_up("anneal", kind=self.kind)
            reassign(
                self.form, self.now, self.rng,
                heat=0.0, smooth=_SMOOTH, most=most, wanted=int(self.rng.choice(wanted)),
            )  # fmt: skip
            self.value = objective(self.form, self.now.value)
            if self.value > self.record:
                self.record = self.value
                self.best[:] = self.now.labels
                self._tell()
        self.now = state(self.form, self.now.labels)

    def _scale(self) -> float:
        """What the gentlest hundredth of all swaps would cost at a local optimum."""
        falls: list[float] = []
        for _ in range(100):
            gains = swap_gains(self.form, self.now, self.rng, _GROUPS)
            falls += (-gains[gains < 0]).tolist()
            if len(falls) > 10_000 or self.ended():
                break
        return float(np.quantile(falls, 0.01)) if falls else 1.0

    def _rounds(self, scale: float) -> None:
        """Anneal in rounds that become longer, each from the best plan so far."""
        span = _FIRST
        while not self.ended():
            begun, left = self.done, self.left()
            if left < (1 + _LONGER) * span:
                span = left
            if self.limit is None:
                tries = max(64, int(span / self.pace))
            else:
                tries = min(int(_PLENTY * self.members), max(64, self.limit - self.done))
            hot = scale * float(np.clip(_HOT * (tries / self.members / _PLENTY) ** 0.6, _COLD, _HOT))
            cold, started = scale * _COLD, time.perf_counter()
            while not self.ended():
                by_time = (time.perf_counter() - started) / span if self.limit is None else 0.0
                part = max(by_time, (self.done - begun) / tries if self.limit is not None else 0.0)
                if part >= 1:
                    break
                self._anneal(hot * (cold / hot) ** part)
            self._spend(10 * self.members)
            self.now = state(self.form, self.best)
            self.value = self.record
            span *= _LONGER

    def _spend(self, tries: int) -> None:
        """Climb for so many tries, going nowhere downhill."""
        end = self.done + tries
        while self.done < end and not self.ended():
            self._anneal(0.0)

    def _anneal(self, heat: float) -> None:
        """One slice of annealing at one temperature."""
        anneal = kernel("anneal", self.kind)
        assert anneal is not None
        tries = 16 * self.members if self.limit is not None else int(_SLICE / self.pace)
        tries = int(np.clip(tries, 64, 1 << 20))
        before, began = self.record, time.perf_counter()
        self.value, self.record = anneal(
            self.form, self.now, self.best, self.value, self.record,
            heat, heat, _SMOOTH, tries, _COMPOUND, int(self.rng.integers(1 << 31)),
        )  # fmt: skip
        self.done += tries
        self.pace = 0.5 * self.pace + 0.5 * (time.perf_counter() - began) / tries
        if self.record > before:
            self._tell()
