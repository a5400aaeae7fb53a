"""Search for a best perfect matching and its proof: relax, cut, then solve what is left exactly.

A perfect matching of value ``L`` and a bound ``U`` leave little to look at: whatever is better
uses only pairs whose slack is at most ``U - L - 1``. The LP of :mod:`.matching_bound` brings
``U`` down until so few pairs remain that the exact method decides among them at once. The last
step is in integers: the LP's floating-point duals are rounded and repaired first, so any error
in them costs time, never the proof.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matcher.instance import Bools, Ints
from matcher.solve.matching_bound import Duals, Floats, Relaxation, shared_sets
from matcher.solve.matching_columns import candidates, few_each, guess_prices, strangers
from matcher.solve.matching_exact import blockers, exact_matching
from matcher.solve.matching_trio import PARTS, TrioChoice, cheap_trios, first_trios
from matcher.solve.result import Status

LARGEST_SUM = 2**50
"""A weight times the number of members stays below this, or scaled sums would overflow."""

_SMALL = 200  # up to here all pairs at once are faster than any pruning
_LARGEST = 2**40  # beyond this the LP's floating point says nothing; all pairs are taken
_TRIOS = 200  # trio columns added in one round
_DENSE = 12  # pairs for each member that the exact method takes in its stride
_CROWD = 32  # pairs of one member beyond which the exact method can be slow,
_CROWDED = 500  # with so many members or more
_TRIALS = 32  # trios solved one by one while more cuts might rule them out
_MANY = 20_000  # trios kept at most
_ANY = 2**61
_EPS = 1e-6

Report = Callable[["Found"], None]


@dataclass
class Found:
    """Where a search stands; ``pairs`` is ``None`` until there is a plan."""

    pairs: Ints | None = None
    trio: Ints | None = None
    objective: int = 0
    bound: int = 2**62
    status: Status = Status.UNKNOWN
    prices: Floats | None = None
    """``(n,)`` the members' last prices, a good guess for a search like this one."""


@dataclass
class Control:
    """When to end a search early, and whom to tell how it goes."""

    deadline: float = float("inf")
    stop: Callable[[], bool] | None = None
    report: Report | None = None
    target: int | None = None
    """A bound of at most this much ends the search: nobody cares for what is below."""
    prices: Floats | None = None
    """``(n,)`` what the members cost in a search like this one, if known."""
    _stopped: bool = field(default=False, repr=False)

    def over(self) -> bool:
        """Whether time is up or somebody asked to stop."""
        self._stopped = self._stopped or (self.stop is not None and self.stop())
        return self._stopped or time.perf_counter() >= self.deadline


def search(weight: Ints, allowed: Bools, trio: TrioChoice | None, control: Control, seed: int = 0) -> Found:
    """Best perfect matching, with one trio when ``trio`` is given.

    Parameters
    ----------
    weight
        ``(n, n)`` symmetric int.
    allowed
        ``(n, n)`` symmetric bool, the pairs that may be formed; the diagonal is ``False``.
    trio
        What trios are worth; given exactly when ``n`` is odd.
    control
        Time, stop and progress.
    seed
        Breaks ties among columns; the objective does not depend on it.
    """
    return _Search(weight, allowed, trio, control, np.random.default_rng(seed)).run()


class _Search:
    def __init__(
        self,
        weight: Ints,
        allowed: Bools,
        trio: TrioChoice | None,
        control: Control,
        random: np.random.Generator,
    ) -> None:
        self.n = len(weight)
        self.weight, self.allowed, self.trio, self.control = weight, allowed, trio, control
        self.random = random
        self.found = Found()
        self.stalled, self.lowest, self.refused = 0, np.inf, np.inf

    def run(self) -> Found:
        """The answer."""
        n, found = self.n, self.found
        if n == 0:
            return Found(np.zeros((0, 2), dtype=np.int64), None, 0, 0, Status.OPTIMAL)
        lonely = ~self.allowed.any(axis=1)
        if self.trio is not None:
            lonely &= ~self.trio.allowed.any(axis=1)
        if n == 1 or lonely.any():
            found.status = Status.INFEASIBLE
            return found
        values = self.weight[self.allowed]
        largest = max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0
        if self.trio is None and (n <= _SMALL or largest > _LARGEST):
            return self._all_pairs()
        self.largest = largest
        self.spread = int(values.max() - values.min()) + 1 if len(values) else 1
        return self._relaxed()

    # -- plans ---------------------------------------------------------------------------------

    def _offer(self, pairs: Ints, trio: Ints | None) -> None:
        """Take a plan if it is better."""
        value = int(self.weight[pairs[:, 0], pairs[:, 1]].sum())
        if trio is not None and self.trio is not None:
            value += int(self.trio.value(trio[None, :])[0])
        if self.found.pairs is None or value > self.found.objective:
            self.found.pairs, self.found.trio, self.found.objective = pairs, trio, value
            self._tell()

    def _limit(self, bound: int) -> bool:
        """Take a bound if it is better; whether the search is over by it."""
        if bound < self.found.bound:
            self.found.bound = bound
            self._tell()
        return (self.found.pairs is not None and self.found.bound <= self.found.objective) or (
            self.control.target is not None and self.found.bound <= self.control.target
        )

    def _tell(self) -> None:
        if self.control.report is not None:
            self.control.report(self.found)

    def _exact(self, i: Ints, j: Ints, trio: Ints | None = None, *, anyhow: bool = False) -> bool:
        """Solve over these pairs, or match ``anyhow``; whether everybody is matched."""
        if trio is not None:
            rest = ~(np.isin(i, trio) | np.isin(j, trio))
            i, j = i[rest], j[rest]
        pairs = exact_matching(i, j, self.weight[i, j] * (not anyhow))
        perfect = 2 * len(pairs) + (0 if trio is None else 3) == self.n
        if perfect:
            self._offer(pairs, trio)
        return perfect

    def _close(self) -> Found:
        """Nothing beats the value to beat: what was found is best, unless the target was higher."""
        found, wanted = self.found, self._wanted()
        if wanted is None:
            found.status = Status.INFEASIBLE
            return found
        found.bound = min(found.bound, wanted)
        return self._open()

    def _open(self) -> Found:
        """What is known by now."""
        proven = self.found.pairs is not None and self.found.bound <= self.found.objective
        if self.found.pairs is not None:
            self.found.status = Status.OPTIMAL if proven else Status.FEASIBLE
        return self.found

    def _all_pairs(self) -> Found:
        self.control.target = None  # all plans are looked at anyway
        self._exact(*np.nonzero(np.triu(self.allowed, 1)))
        return self._close()

    # -- relax, price, cut ---------------------------------------------------------------------

    def _relaxed(self) -> Found:
        n, control = self.n, self.control
        self.worst = np.where(self.allowed, self.weight, -np.inf)
        u = guess_prices(self.worst, control.prices)
        known = np.eye(n, dtype=bool)
        lp = Relaxation(n, 4.0 * self.spread + 2.0 * self.largest, trio=self.trio is not None)
        i, j = candidates(self.worst - u, self.allowed, self.random)
        known[i, j] = known[j, i] = True
        if self.trio is not None:
            trios = first_trios(self.trio, u, _TRIOS)
            trios = trios[np.argsort(u[trios].sum(axis=1) - self.trio.value(trios), kind="stable")]
            lp.add_trios(trios, self.trio.value(trios).astype(float))
        if control.target is None:  # a first plan at once; with a target there is one already
            more_i, more_j = self._first_plan(i, j, known, lp.trios)
            i, j = np.concatenate([i, more_i]), np.concatenate([j, more_j])
        lp.add_pairs(i, j, self.weight[i, j].astype(float))
        self.lp, self.known, self.tried = lp, known, len(i)
        while not control.over():
            duals = lp.solve(max(0.001, min(control.deadline - time.perf_counter(), 1e6)))
            if duals is None:
                # Out of time, or the LP's arithmetic gave out: then all pairs are taken.
                return self._open() if control.over() or self.trio is not None else self._all_pairs()
            base = duals.base(self.worst)
            if self._price_pairs(duals, base) > n // 20:
                continue
            # The few pairs just added hardly move the duals, and the proof repairs those anyway.
            done = self._settle(duals, base)
            if done is not None:
                return done
            if lp.cut_odd_sets() or lp.grown or self._price_trios(duals):
                continue
            done = self._finish(duals, last=True)
            return self._open() if done is None else done
        return self._open()

    def _first_plan(self, i: Ints, j: Ints, known: Bools, trios: Ints) -> tuple[Ints, Ints]:
        """Look for a plan among the candidates; the pairs added to them on the way."""
        none = np.zeros(0, dtype=np.int64)
        if self.trio is not None and not len(trios):
            return none, none
        trio = None if self.trio is None else trios[0]
        crowded = self._crowded(i, j)  # then any plan will do
        if not crowded and self._exact(i, j, trio):
            return none, none
        more_i, more_j = strangers(self.allowed & ~known, self.random)
        known[more_i, more_j] = known[more_j, more_i] = True
        self._exact(np.concatenate([i, more_i]), np.concatenate([j, more_j]), trio, anyhow=crowded)
        return more_i, more_j

    def _crowded(self, i: Ints, j: Ints) -> bool:
        """Whether many want the same few members: then the exact method can take minutes."""
        ends = np.concatenate([i, j])
        return self.n > _CROWDED and bool(np.bincount(ends, minlength=1).max() > _CROWD)

    def _settle(self, duals: Duals, base: Floats) -> Found | None:
        """Improve the plan, and decide if little enough is left to look at."""
        lp, n = self.lp, self.n
        self.found.prices = duals.u
        plan = lp.integral()
        if plan is not None:
            self._offer(*plan)
        gap = self._gap(duals)
        self.stalled = self.stalled + 1 if duals.total > self.lowest - 0.02 * max(gap, 1) else 0
        self.lowest = min(self.lowest, float(duals.total))
        if plan is None and gap >= 0:
            fresh = len(lp.x) - self.tried
            if fresh > 0.05 * self.tried or (self.stalled == 3 and fresh):
                self.tried = len(lp.x)
                self._exact_on(duals)
                gap = self._gap(duals)
        near = int((base <= gap).sum()) // 2
        few = gap < 0 or near <= 8 * n or (self.stalled > 3 and near <= 30 * n)
        if not few or gap > 0.7 * self.refused:
            return None
        done = self._finish(duals, last=False)
        if done is None:
            self.refused = max(gap, 0.0)
        return done

    def _gap(self, duals: Duals) -> float:
        """How much a better plan's slacks may sum to."""
        wanted = self._wanted()
        return np.inf if wanted is None else float(duals.total) - wanted - 1

    def _exact_on(self, duals: Duals) -> None:
        """Solve exactly over the LP's cheapest columns, with the trios it likes best."""
        i, j, t = self.lp.i, self.lp.j, self.lp.t
        slack = duals.u[i] + duals.u[j] - self.weight[i, j] + shared_sets(duals.sets, duals.worth, i, j)
        cheap = np.sort(np.argsort(slack, kind="stable")[: _DENSE * self.n])
        if self.trio is None:
            self._exact(i[cheap], j[cheap])
            return
        for best in np.argsort(-t, kind="stable")[:3]:
            if t[best] > _EPS:
                self._exact(i[cheap], j[cheap], self.lp.trios[best])

    def _wanted(self) -> int | None:
        """The value to beat, if any."""
        known = [self.control.target, None if self.found.pairs is None else self.found.objective]
        return max((value for value in known if value is not None), default=None)

    def _price_pairs(self, duals: Duals, base: Floats) -> int:
        """Add pairs whose slack is negative; how many."""
        i, j, slack = duals.cheap_pairs(base, -_EPS * self.spread)
        fresh = ~self.known[i, j]
        if not fresh.any():
            return 0
        i, j = few_each(self.n, i[fresh], j[fresh], slack[fresh])
        self.known[i, j] = self.known[j, i] = True
        self.lp.add_pairs(i, j, self.weight[i, j].astype(float))
        return len(i)

    def _price_trios(self, duals: Duals) -> bool:
        """Add trios whose slack is negative; whether there were any."""
        if self.trio is None:
            return False
        trios, _, _ = cheap_trios(self.trio, duals, -_EPS * self.spread, _TRIOS, self.control.over)
        self._add_trios(trios)
        return self.lp.grown

    def _add_trios(self, trios: Ints) -> None:
        """Add those trios that are not columns yet."""
        assert self.trio is not None
        old = {tuple(trio) for trio in self.lp.trios.tolist()}
        trios = trios[[tuple(trio) not in old for trio in trios.tolist()]]
        self.lp.add_trios(trios, self.trio.value(trios).astype(float))

    # -- proof ---------------------------------------------------------------------------------

    def _finish(self, duals: Duals, *, last: bool) -> Found | None:
        """Decide exactly among all that could still be better.

        ``None`` when that is too much work while there are more cuts to try (not ``last``).
        """
        # Everything below stays under 2**61: u, worth and sums of n of them, in sixths for trios.
        scale = 2 ** max(0, min(20, 57 - int(np.log2((self.largest + 1) * 8 * PARTS * self.n))))
        scaled = np.where(self.allowed, self.weight * scale, -_ANY)
        exact = duals.exact(scaled, scale)
        if self.trio is not None:
            return self._finish_trio(exact, scaled, last=last)
        if self._limit(exact.total // scale):
            return self._close()
        i, j, _ = exact.cheap_pairs(exact.base(scaled), self._room(exact.total, scale))
        if not last and self._crowded(i, j):
            return None
        if self.found.pairs is None and blockers(self.allowed) is not None:
            return self._close()
        self._exact(i, j)
        return self._close()

    def _trial(self, trio: Ints) -> bool:
        """Search for the best plan with this trio; whether that was decided."""
        assert self.trio is not None
        rest = np.setdiff1d(np.arange(self.n), trio)
        inner = np.ix_(rest, rest)
        worth, wanted = int(self.trio.value(trio[None, :])[0]), self._wanted()
        control = Control(
            self.control.deadline,
            self.control.stop,
            target=None if wanted is None else wanted - worth,
            prices=None if self.found.prices is None else self.found.prices[rest],
        )
        found = _Search(self.weight[inner], self.allowed[inner], None, control, self.random).run()
        if found.pairs is not None:
            self._offer(rest[found.pairs], trio)
        beaten = control.target is not None and found.bound <= control.target
        return beaten or found.status in (Status.OPTIMAL, Status.INFEASIBLE)

    def _room(self, bound: int, scale: int) -> int:
        """The slack that a plan better than the value to beat has at most."""
        wanted = self._wanted()
        return _ANY // 2 if wanted is None else bound - (wanted + 1) * scale

    def _finish_trio(self, exact: Duals, scaled: Ints, *, last: bool) -> Found | None:
        assert self.trio is not None
        scale, lp = exact.scale, self.lp
        if len(lp.trios):
            # Any price gives a bound for each trio; the dearest known trio's gives a good one for all.
            slacks = exact.trio_slacks(lp.trios, self.trio.value(lp.trios))
            exact = Duals(exact.u, exact.sets, exact.worth, -int(slacks.min()), scale)
        room = self._room(exact.total, scale)
        trios, slacks, complete = cheap_trios(self.trio, exact, room, _MANY, self.control.over)
        highest = exact.total - (int(slacks[0]) if len(slacks) else room + 1)
        if (complete or len(trios) == _MANY) and self._limit(highest // scale):
            return self._close()
        if not last and (not complete or len(trios) > _TRIALS):
            self._add_trios(trios[slacks < 0][:_TRIOS])
            return None
        i, j, slack = exact.cheap_pairs(exact.base(scaled), room - int(slacks.min(initial=0)))
        for trio, paid in zip(trios, slacks.tolist(), strict=True):
            room = self._room(exact.total - paid, scale)
            if room < 0:
                break
            if self.control.over():
                return None
            self._limit((exact.total - paid) // scale)
            near = slack <= room
            if not self._crowded(i[near], j[near]):
                self._exact(i[near], j[near], trio)
            elif not self._trial(trio):
                return None
        else:
            if not complete:
                return None
        return self._close()
