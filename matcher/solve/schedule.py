"""Several rounds at once: no two members together twice while that is possible, then as good as can be."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matcher.instance import Bools, Instance, Ints
from matcher.solve.duos_values import is_duos
from matcher.solve.legal import legal_plan
from matcher.solve.result import Status, Stop
from matcher.solve.schedule_designs import known_rounds
from matcher.solve.schedule_exchange import exchanged, relabelled, total
from matcher.solve.schedule_limit import Limit, forced_pairs, least_cost, most_rounds
from matcher.solve.schedule_search import fewer_repeats, repeats_cost, times_together

_FIRST, _FREE, _REST = (
    0.1,
    0.5,
    0.4,
)  # shares of what is left: a first plan, rounds without a repeat, the rest
_EACH, _LEAST = 0.5, 0.2  # of the share for a number of rounds before one fewer is tried, and seconds for it
_DRAWN = 4  # times at least that it begins from other rounds: where blocks are, they stay in the search
_GREEDY = 0.5  # share of what is left for the best plans one after the other
_LOOSE = 2  # times as many rounds as are asked for, and the best plans one after the other will do
_REPLACED = 0.1  # share of what is left for a search behind so many of the best plans
_EXCHANGED = 0.3  # share of what is left for exchanges until none helps
_RELABELLED = 0.3  # … and for more of them after chance ones
_KNOWN_UP_TO = 400  # members up to which known schedules are looked at; larger rosters need none
_SEARCHED_UP_TO = 8_000_000  # rounds × pairs up to which swaps are valued whole
_DRAWS = 200  # ways to put members into a known schedule that are tried against the rules


@dataclass(frozen=True)
class ScheduleProgress:
    """Where a schedule stands: leading rounds without a repeat, repeats in all, seconds since the start."""

    free: int
    repeats: int
    seconds: float


@dataclass(frozen=True, eq=False)
class Schedule:
    """Rounds for the same members.

    Parameters
    ----------
    status
        ``INFEASIBLE`` when the rules allow no round at all, ``UNKNOWN`` when none was found.
    labels
        ``(rounds, n)`` int, the group of each member in each round; ``None`` without a plan.
    free
        So many of the first rounds bring nobody together who was together before.
    limit
        No more rounds than this allows can; ``None`` where the rules decide every group.
    searched
        Seconds for which rounds without a repeat were sought.
    seconds
        Wall-clock seconds used in all.
    """

    status: Status
    labels: Ints | None
    free: int
    limit: Limit | None
    searched: float
    seconds: float


def schedule(
    instance: Instance,
    rounds: int,
    *,
    met: Ints | None = None,
    seconds: float = 20.0,
    seed: int = 0,
    workers: int | None = None,
    on_progress: Callable[[ScheduleProgress], None] | None = None,
    stop: Stop | None = None,
) -> Schedule:
    """Fill the groups of an instance in several rounds.

    First come as many rounds without a repeat as are found, then rounds with few repeats, spread over
    the pairs. Pairs that the rules put together in every round are no repeats. Among schedules with the
    same repeats, the sum of the rounds' objectives is made as large as time allows.

    Parameters
    ----------
    instance
        What every round has to keep, and what it is worth; nobody has a home in it.
    rounds
        How many, 1 or more.
    met
        ``(n, n)`` symmetric int, in how many earlier rounds two members were together; none without it.
    seconds, seed, workers
        Wall-clock limit in seconds, seed, and threads of each solve.
    on_progress
        Told whenever the schedule has become better.
    stop
        Asked often; once true, the schedule ends with what it has.
    """
    if met is None:
        met = np.zeros((instance.members, instance.members), dtype=np.int64)
    scheduler = _Scheduler(
        instance, rounds, met, seconds=seconds, seed=seed, workers=workers, on_progress=on_progress, stop=stop
    )
    return scheduler.run()


class _Scheduler:
    def __init__(
        self,
        instance: Instance,
        rounds: int,
        met: Ints,
        *,
        seconds: float,
        seed: int,
        workers: int | None,
        on_progress: Callable[[ScheduleProgress], None] | None,
        stop: Stop | None,
    ) -> None:
        self.instance, self.rounds, self.seed, self.workers = instance, rounds, seed, workers
        self.counting: Bools = ~forced_pairs(instance)
        np.fill_diagonal(self.counting, False)
        self.met = np.where(self.counting, met, 0)
        self.began = time.perf_counter()
        self.end = self.began + seconds
        self.stop = stop
        self.on_progress = on_progress
        self.limit = most_rounds(instance, met)

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.perf_counter())

    @property
    def _searchable(self) -> bool:
        return self.rounds * self.instance.members**2 <= _SEARCHED_UP_TO

    def ended(self) -> bool:
        return self.left == 0 or (self.stop is not None and self.stop())

    def run(self) -> Schedule:
        first = self._first()
        if isinstance(first, Status):
            return self._schedule(first, None, 0, 0.0)
        target = self.rounds if self.limit is None else min(self.rounds, self.limit.rounds)
        sought = time.perf_counter()
        loose = self.limit is None or _LOOSE * self.rounds <= self.limit.rounds
        greedy = self._greedy(target if loose or not self._searchable else 0, self._tell)
        found = self._free(target, first, greedy) if self._searchable else greedy
        searched = time.perf_counter() - sought
        labels = self._filled(found, first)
        self._tell(labels)
        if len(greedy) < len(found) == self.rounds:
            labels = self._best_begun(labels)
        labels = self._better(labels)
        free = self._leading(labels)
        best_first = sorted(range(free), key=lambda r: -self.instance.objective(labels[r]))
        labels = labels[[*best_first, *range(free, self.rounds)]]
        return self._schedule(Status.FEASIBLE, labels, free, searched)

    def _first(self) -> Ints | Status:
        """A round that keeps every rule; duos are decided best by a matching."""
        if is_duos(self.instance):
            return self._solved(self.instance, None, _FIRST * self.left)
        found = legal_plan(self.instance, seed=self.seed, seconds=self.left, stop=self.stop)
        return found.status if found.labels is None else found.labels

    def _schedule(self, status: Status, labels: Ints | None, free: int, searched: float) -> Schedule:
        return Schedule(status, labels, free, self.limit, searched, time.perf_counter() - self.began)

    # -- repeats -------------------------------------------------------------------------------

    def _free(self, target: int, first: Ints, begun: Ints) -> Ints:
        """Rounds without a repeat: ``target`` of them, or as many as are found, these or others."""
        best = begun if len(begun) == target else max(begun, self._known(target), key=len)
        end = time.perf_counter() + _FREE * self.left
        while target > len(best) and not self.ended():
            slice_ = max(_LEAST, _EACH * (end - time.perf_counter()))
            until = min(self.end, time.perf_counter() + slice_)
            drawn = 0
            while target > len(best) and time.perf_counter() < until and not self.ended():
                drawn += 1
                best = self._sought(
                    best, target, first, drawn, min(until, time.perf_counter() + slice_ / _DRAWN)
                )
            target -= 1
        return best

    def _sought(self, best: Ints, target: int, first: Ints, drawn: int, until: float) -> Ints:
        """The longer of the best rounds without a repeat so far and what one search finds."""
        seed = 1000 * drawn + self.seed
        found, _ = fewer_repeats(
            self.instance, self._begun(best if drawn == 1 else best[:0], target, first, seed), self.met,
            self.counting, seed=seed, stop=self._stopping(until),
        )  # fmt: skip
        alone = self._without_repeats(found)
        return alone if len(alone) > len(best) else best

    def _known(self, target: int) -> Ints:
        """Rounds of a known schedule that keep every rule and avoid who has met; none when there are none."""
        n = self.instance.members
        none = np.zeros((0, n), dtype=np.int64)
        if n > _KNOWN_UP_TO or target == 0:
            return none
        known = known_rounds(self.instance.sizes)
        rng = np.random.default_rng(self.seed)
        best = none
        for _ in range(_DRAWS if len(known) else 0):
            drawn = known[:, rng.permutation(n)]
            kept = np.array([row for row in drawn if self._clean(row)], dtype=np.int64).reshape(-1, n)
            best = kept if len(kept) > len(best) else best
            if len(best) >= target or self.ended():
                break
        return best[:target]

    def _clean(self, labels: Ints) -> bool:
        """Whether a round keeps every rule and brings nobody together who was before."""
        return (
            self.instance.keeps(labels) and not (times_together(labels[None], self.counting) * self.met).any()
        )

    def _begun(self, free: Ints, count: int, first: Ints, seed: int) -> Ints:
        """So many legal rounds to begin from, these first."""
        rows = [*free[:count]]
        while len(rows) < count:
            drawn = legal_plan(self.instance, seed=seed + len(rows), seconds=_LEAST, stop=self.ended)
            rows.append(first if drawn.labels is None else drawn.labels)
        return np.array(rows, dtype=np.int64)

    def _without_repeats(self, labels: Ints) -> Ints:
        """As many of the rounds as can go by without a repeat, by leaving out those with the most."""
        rows = [row for row in labels if self._clean(row)]
        pairs = [times_together(row[None], self.counting) > 0 for row in rows]
        clash = np.array([[a is not b and bool((a & b).any()) for b in pairs] for a in pairs], dtype=bool)
        keep = list(range(len(rows)))
        while keep and clash[np.ix_(keep, keep)].any():
            worst = int(np.argmax(clash[np.ix_(keep, keep)].sum(axis=1)))
            keep.pop(worst)
        return np.array([rows[r] for r in keep], dtype=np.int64).reshape(-1, labels.shape[1])

    def _filled(self, free: Ints, first: Ints) -> Ints:
        """All the rounds: those without a repeat, and behind them others with few."""
        source = free if len(free) else first[None]
        more = self.rounds - len(free)
        labels = np.concatenate([free, source[np.arange(more) % len(source)]])
        if not more or not self._searchable:
            return labels
        until = time.perf_counter() + _REST * self.left
        together = times_together(free, self.counting)
        already = repeats_cost(together, self.met)
        self._tell(labels)
        found, _ = fewer_repeats(
            self.instance, labels, self.met, self.counting, seed=self.seed, fixed=len(free),
            enough=already + least_cost(self.instance, self.met + together, more),
            stop=self._stopping(until),
            on_better=lambda better, _: self._tell(better),
        )  # fmt: skip
        return self._fewest_first(found, len(free))

    def _fewest_first(self, labels: Ints, free: int) -> Ints:
        """The rounds with repeats in an order that brings the fewest first."""
        order, rest = list(range(free)), list(range(free, len(labels)))
        while rest:
            before = self.met + times_together(labels[order], self.counting)
            again = [
                int(((before > 0) & (times_together(labels[[r]], self.counting) > 0)).sum()) for r in rest
            ]
            order.append(rest.pop(int(np.argmin(again))))
        return labels[order]

    def _repeats(self, labels: Ints) -> list[int]:
        """In each round, how many pairs were together before."""
        seen, found = self.met > 0, []
        for row in labels:
            now = times_together(row[None], self.counting) > 0
            found.append(int((now & seen).sum()) // 2)
            seen = seen | now
        return found

    def _leading(self, labels: Ints) -> int:
        repeats = self._repeats(labels)
        return next((r for r, count in enumerate(repeats) if count), len(repeats))

    # -- goals ---------------------------------------------------------------------------------

    def _best_begun(self, labels: Ints) -> Ints:
        """Rounds without a repeat, these or better ones: with other people in them, or begun otherwise."""
        labels = self._relabelled(labels)
        self._tell(labels)
        begun = self._greedy(self.rounds)
        for best in range(len(begun), 0, -1):
            if self.ended():
                break
            until = time.perf_counter() + _REPLACED * self.left
            found, cost = fewer_repeats(
                self.instance,
                np.concatenate([begun[:best], labels[best:]]),
                self.met,
                self.counting,
                seed=self.seed,
                fixed=best,
                stop=self._stopping(until),
            )
            if cost == 0:
                return found if self._total(found) > self._total(labels) else labels
        return labels

    def _greedy(self, target: int, tell: Callable[[Ints], None] | None = None) -> Ints:
        """The best plan, then the best one without a repeat, and so on, as far as that goes."""
        rows = list[Ints]()
        for r in range(target):
            if self.ended():
                break
            before = self.met + times_together(np.array(rows).reshape(r, len(self.met)), self.counting)
            share = _GREEDY * self.left / (target - r)
            found = self._solved(self._without(before > 0), None, share)
            if isinstance(found, Status):
                break
            rows.append(found)
            if tell is not None:
                tell(np.array(rows))
        return np.array(rows, dtype=np.int64).reshape(-1, len(self.met))

    def _better(self, labels: Ints) -> Ints:
        """Raise what the rounds are worth without a repeat more, until nothing helps or time is over."""
        improved = True
        while improved and not self.ended():
            improved = False
            for change in (self._improved, self._exchanged):
                changed = change(labels)
                improved |= self._total(changed) > self._total(labels)
                labels = changed
                self._tell(labels)
        return labels

    def _improved(self, labels: Ints) -> Ints:
        """Form each round anew, from where it is, with nobody together who is in another round."""
        labels = labels.copy()
        for r in range(len(labels)):
            if self.ended():
                break
            own = times_together(labels[[r]], self.counting) > 0
            others = self.met + times_together(np.delete(labels, r, axis=0), self.counting)
            share = (1 - _EXCHANGED) * self.left / (len(labels) - r)
            found = self._solved(self._without((others > 0) & ~own), labels[r], share)
            if not isinstance(found, Status) and self.instance.objective(found) > self.instance.objective(
                labels[r]
            ):
                labels[r] = found
        return labels

    def _exchanged(self, labels: Ints) -> Ints:
        """Exchanges of two members in all rounds until none helps; not where people meet again anyway."""
        if (times_together(labels, self.counting) * self.met).any():
            return labels
        until = time.perf_counter() + _EXCHANGED * self.left
        return exchanged(self.instance, labels, self._possible, seed=self.seed, stop=self._stopping(until))

    def _relabelled(self, labels: Ints) -> Ints:
        until = time.perf_counter() + _RELABELLED * self.left
        return relabelled(self.instance, labels, self._possible, seed=self.seed, stop=self._stopping(until))

    def _stopping(self, until: float) -> Stop:
        return lambda: time.perf_counter() > until or self.ended()

    def _possible(self, labels: Ints) -> bool:
        """Whether the rounds keep every rule and bring nobody together who met in an earlier round."""
        kept = all(map(self.instance.keeps, labels))
        return kept and not (self.met.any() and (times_together(labels, self.counting) * self.met).any())

    def _without(self, pairs: Bools) -> Instance:
        """The instance with these pairs apart as well."""
        more = np.argwhere(np.triu(pairs, 1))
        return replace(self.instance, apart=np.unique(np.concatenate([self.instance.apart, more]), axis=0))

    def _solved(self, instance: Instance, start: Ints | None, seconds: float) -> Ints | Status:
        from matcher.solve import solve  # late: it is what imports all of this

        answer = solve(
            instance, start=start, seconds=seconds, seed=self.seed, workers=self.workers, stop=self.ended
        )
        return answer.status if answer.labels is None else answer.labels

    def _total(self, labels: Ints) -> int:
        return total(self.instance, labels)

    def _tell(self, labels: Ints) -> None:
        if self.on_progress is not None:
            seconds = time.perf_counter() - self.began
            self.on_progress(ScheduleProgress(self._leading(labels), sum(self._repeats(labels)), seconds))
