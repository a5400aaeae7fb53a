"""A plan that keeps every rule, whatever it is worth: the first thing that a solve needs.

A random plan with the right sizes is repaired by swaps, each chosen to break the fewest
rules (min-conflicts with a short memory). What repair cannot do, CP-SAT decides.
"""

from __future__ import annotations

import time
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.result import Solution, Status, Stop

_MODEL_LIMIT = 1_500_000  # members × groups beyond which CP-SAT no longer builds its model in seconds
_MODEL_PACE = 50_000  # … and of which it builds so many a second, nobody being able to stop it
_MODEL_QUICK = 20_000  # … up to which it decides about as fast as repair that does not succeed at once
_RESTS = 7  # repair steps for which a member that was just moved stays


def units(instance: Instance) -> list[Ints]:
    """What moves as one: every block of ``together``, and every other member alone.

    Returns
    -------
    list of (m,) int arrays
        Members of each unit, ordered by their first member.
    """
    blocks = {min(block): np.array(sorted(block), dtype=np.int64) for block in instance.together}
    inside = {int(i) for block in blocks.values() for i in block}
    alone = {i: np.array([i], dtype=np.int64) for i in range(instance.members) if i not in inside}
    together = blocks | alone
    return [together[first] for first in sorted(together)]


class Seating:
    """An instance's rules, laid out for quick repair. Holds no plan."""

    def __init__(self, instance: Instance) -> None:
        n, k = instance.members, instance.groups
        self.apart = np.unique(np.sort(instance.apart.astype(np.int64), axis=1), axis=0)
        both = np.concatenate([self.apart, self.apart[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        ends = np.cumsum(np.bincount(both[:, 0], minlength=n))[:-1]
        self.sizes = instance.sizes
        self.allowed = instance.allowed
        self.neighbours: list[Ints] = np.split(both[:, 1], ends)
        self.blocks: list[Ints] = [unit for unit in units(instance) if len(unit) > 1]
        self.block_of: dict[int, Ints] = {int(i): block for block in self.blocks for i in block}
        self.alone = np.ones(n, dtype=bool)
        self.alone[list(self.block_of)] = False
        free = instance.allowed.sum(axis=1)
        self.anywhere = np.flatnonzero(self.alone & (free == k))
        restricted = np.flatnonzero(self.alone & (free < k))
        self.restricted = restricted[np.argsort(free[restricted], kind="stable")]
        self.marked = np.array([b.marked for b in instance.bounds], dtype=bool).reshape(-1, n)
        self.home, self.most_moves = instance.home, instance.most_moves
        self.least = np.array([b.least for b in instance.bounds], dtype=np.int64).reshape(-1, k)
        self.most = np.array([b.most for b in instance.bounds], dtype=np.int64).reshape(-1, k)

    @cached_property
    def hopeless(self) -> bool:
        """Whether a glance shows that no plan keeps the rules."""
        n = len(self.allowed)
        for i in range(n):
            unit = self.block_of.get(i, np.array([i]))
            if not (self.allowed[unit].all(axis=0) & (self.sizes >= len(unit))).any():
                return True
            if len(unit) > 1 and np.isin(self.neighbours[i], unit).any():
                return True
        if (np.minimum(self.most, self.sizes) < self.least).any() or (self.most < 0).any():
            return True
        total = self.marked.sum(axis=1)
        spare = np.minimum(self.most, self.sizes).sum(axis=1)
        return bool((self.least.clip(0).sum(axis=1) > total).any() or (spare < total).any())

    def fill(self, rng: np.random.Generator, start: Ints | None = None) -> Ints | None:
        """Labels that keep the sizes and the blocks, the rest being left to chance.

        With ``start``, members stay where it has them as far as there is room; an entry
        outside ``0 … k-1`` is a member not placed yet. ``None`` when the blocks did not fit.
        """
        k = len(self.sizes)
        labels = np.full(len(self.allowed), -1, dtype=np.int64)
        room = self.sizes.copy()
        first = labels if start is None else np.where((start >= 0) & (start < k), start, -1)
        order = rng.permutation(len(self.blocks))
        for b in sorted(order, key=lambda b: -len(self.blocks[b])):
            block = self.blocks[b]
            fits = room >= len(block)
            allowed = fits & self.allowed[block].all(axis=0)
            wished = first[block][first[block] >= 0]
            wished = wished[allowed[wished]]
            choices = wished if len(wished) else np.flatnonzero(allowed if allowed.any() else fits)
            if not len(choices):
                return None
            labels[block] = g = choices[rng.integers(len(choices))]
            room[g] -= len(block)
        if start is not None:
            staying = np.flatnonzero((first >= 0) & self.alone)
            staying = staying[np.argsort(~self.allowed[staying, first[staying]], kind="stable")]
            for g in range(k):
                keep = staying[first[staying] == g][: room[g]]
                labels[keep] = g
                room[g] -= len(keep)
        for i in self.restricted:
            seats = np.cumsum(room * self.allowed[i])
            if labels[i] < 0 and seats[-1] > 0:
                labels[i] = g = np.searchsorted(seats, rng.integers(seats[-1]), side="right")
                room[g] -= 1
        labels[labels < 0] = rng.permutation(np.repeat(np.arange(k), room))
        return labels

    def repair(self, labels: Ints, rng: np.random.Generator, steps: int, stop: Stop) -> Ints | None:
        """Swap until every rule is kept; ``None`` when that takes more than so many steps."""
        seats = _Repair(self, labels)
        for step in range(steps):
            if seats.broken() == 0:
                break
            if step % 64 == 63 and stop():
                return None
            i = seats.offender(rng)
            if self.alone[i]:
                seats.swap(i, step, rng)
            else:
                seats.shift(self.block_of[i], step, rng)
        return seats.labels if seats.broken() == 0 and self._stays(seats.labels) else None

    def _stays(self, labels: Ints) -> bool:
        """Whether no more members are away from home than may be."""
        if self.home is None or self.most_moves is None:
            return True
        return int(np.count_nonzero((self.home >= 0) & (labels != self.home))) <= self.most_moves

    def leaving(self, rng: np.random.Generator) -> Ints | None:
        """Everybody at home but as many, by chance, as may move; ``None`` when all may."""
        if self.home is None or self.most_moves is None:
            return None
        start = self.home.copy()
        start[rng.permutation(np.flatnonzero(start >= 0))[: self.most_moves]] = -1
        return start


class _Repair:
    """A plan under repair: labels, and which rules they break where."""

    def __init__(self, seating: Seating, labels: Ints) -> None:
        self.seating = seating
        self.labels = labels
        n, k = seating.allowed.shape
        self.rest = np.zeros(n, dtype=np.int64)  # the step until which a member stays
        self.misplaced = ~seating.allowed[np.arange(n), labels]
        a, b = seating.apart.T
        self.clashes = np.bincount(seating.apart[labels[a] == labels[b]].ravel(), minlength=n)
        self.count = np.array(
            [np.bincount(labels[marked], minlength=k) for marked in seating.marked], dtype=np.int64
        ).reshape(-1, k)

    def broken(self) -> int:
        """How many rules are broken, a bound as often as members are missing or too many."""
        return int(self.clashes.sum() // 2 + np.count_nonzero(self.misplaced) + self._excess().sum())

    def _excess(self, change: int = 0) -> Ints:
        count = self.count + change
        missing, surplus = self.seating.least - count, count - self.seating.most
        return np.asarray(np.maximum(missing, 0) + np.maximum(surplus, 0))

    def offender(self, rng: np.random.Generator) -> int:
        """A member whose leaving would mend something."""
        culprits = np.flatnonzero((self.clashes > 0) | self.misplaced)
        bounds = np.argwhere(self._excess()) if len(self.count) else ()
        chosen = int(rng.integers(len(culprits) + len(bounds)))
        if chosen < len(culprits):
            return int(culprits[chosen])
        b, g = bounds[chosen - len(culprits)]
        lacking = self.count[b, g] < self.seating.least[b, g]
        inside = self.labels == g
        leaving = np.flatnonzero(inside & (self.seating.marked[b] != lacking))
        movable = leaving[self.seating.alone[leaving]]
        choices = next(c for c in (movable, leaving, np.flatnonzero(inside)) if len(c))
        return int(choices[rng.integers(len(choices))])

    def swap(self, i: int, step: int, rng: np.random.Generator) -> None:
        """Swap ``i`` with the member for whom the fewest rules are broken, ties at random."""
        s, labels, g = self.seating, self.labels, self.labels[i]
        near = s.neighbours[i]
        theirs = np.concatenate([s.neighbours[j] for j in np.flatnonzero(labels == g)])
        cost = np.bincount(labels[near], minlength=len(s.sizes))[labels]
        cost += np.bincount(theirs, minlength=len(labels)) - self.clashes
        cost[near] -= 2  # the two change places, so they do not meet
        cost += ~s.allowed[i, labels]
        cost += ~s.allowed[:, g]
        cost -= self.misplaced
        if len(self.count):
            now = self._excess()
            up, down = self._excess(1) - now, self._excess(-1) - now
            for b, marked in enumerate(s.marked):
                if marked[i]:
                    cost += np.where(marked, 0, down[b, g] + up[b, labels])
                else:
                    cost += np.where(marked, up[b, g] + down[b, labels], 0)
        partners = s.alone & (labels != g)
        rested = partners & (self.rest <= step)
        choices = np.flatnonzero(rested if rested.any() else partners)
        if not len(choices):
            self.rest[i] = step + _RESTS
            return
        value = cost[choices]
        best = choices[value == value.min()]
        j = int(best[rng.integers(len(best))])
        self._move(np.array([i, j]), np.array([labels[j], g]), step)

    def shift(self, block: Ints, step: int, rng: np.random.Generator) -> None:
        """Swap a block with as many members of another group, the best of a few draws."""
        s, g, size = self.seating, int(self.labels[block[0]]), len(block)
        open_groups = np.bincount(self.labels[s.alone], minlength=len(s.sizes)) >= size
        open_groups[g] = False
        allowed = open_groups & s.allowed[block].all(axis=0)
        choices = np.flatnonzero(allowed if allowed.any() else open_groups)
        trials = []
        for h in rng.permutation(choices)[:8]:
            out = rng.permutation(np.flatnonzero((self.labels == h) & s.alone))[:size]
            who, back = np.concatenate([block, out]), np.repeat([g, h], size)
            self._move(who, np.repeat([h, g], size), step)
            trials.append((self.broken(), int(h), out))
            self._move(who, back, step)
        for b in rng.permutation(len(s.blocks))[:8]:
            other, h = s.blocks[b], int(self.labels[s.blocks[b][0]])
            if len(other) == size and h != g:
                who, back = np.concatenate([block, other]), np.repeat([g, h], size)
                self._move(who, np.repeat([h, g], size), step)
                trials.append((self.broken(), h, other))
                self._move(who, back, step)
        if trials:
            _, h, out = min(trials, key=lambda trial: trial[0])
            self._move(np.concatenate([block, out]), np.repeat([h, g], size), step)

    def _move(self, who: Ints, where: Ints, step: int) -> None:
        s = self.seating
        for i, new in zip(who, where, strict=True):
            old, near = self.labels[i], s.neighbours[i]
            beside = self.labels[near]
            self.clashes[near[beside == old]] -= 1
            self.clashes[near[beside == new]] += 1
            self.clashes[i] = np.count_nonzero(beside == new)
            self.count[s.marked[:, i], old] -= 1
            self.count[s.marked[:, i], new] += 1
            self.labels[i] = new
            self.misplaced[i] = not s.allowed[i, new]
        self.rest[who] = step + _RESTS


_seatings: WeakKeyDictionary[Instance, Seating] = WeakKeyDictionary()


def _seating(instance: Instance) -> Seating:
    found = _seatings.get(instance)
    if found is None:
        found = _seatings[instance] = Seating(instance)
    return found


def draw(instance: Instance, rng: np.random.Generator, *, steps: int | None = None) -> Ints | None:
    """Draw a plan from the hat: random, then as few swaps as make it keep every rule.

    No goal is looked at. Plans are not drawn with exactly equal chances, which would take
    counting them all; what repair does not touch is uniform.

    Parameters
    ----------
    instance
        What is to be filled.
    rng
        Source of chance.
    steps
        Swaps tried at most; by default enough for a roster that is not nearly impossible.

    Returns
    -------
    (n,) int labels, or ``None`` when repair did not get there.
    """
    seating = _seating(instance)
    for _ in range(0 if seating.hopeless else 4):
        labels = seating.fill(rng, seating.leaving(rng))
        if labels is not None:
            labels = seating.repair(labels, rng, steps or 200 + instance.members, _never)
        if labels is not None:
            return labels
    return None


def legal_plan(
    instance: Instance,
    *,
    start: Ints | None = None,
    seed: int = 0,
    seconds: float = 5.0,
    stop: Stop | None = None,
) -> Solution:
    """Find a plan that keeps every rule, or prove that there is none.

    Parameters
    ----------
    instance
        What is to be filled.
    start
        ``(n,)`` int labels to stay near to; entries outside ``0 … k-1`` are members not
        placed yet. It is returned unchanged when it keeps every rule; otherwise, members whose
        home counts are sought there first.
    seed
        The same seed gives the same plan.
    seconds
        Wall-clock limit.
    stop
        Asked now and then, after one short attempt; once true, the search ends.

    Returns
    -------
    Solution
        ``FEASIBLE`` with labels, ``INFEASIBLE`` (proven) or ``UNKNOWN``. Its bound is no
        bound: it equals the objective.
    """
    began = time.perf_counter()
    if start is not None and instance.keeps(start):
        return _answer(instance, start.copy(), began)
    seating = _seating(instance)
    if seating.hopeless:
        return _answer(instance, None, began, Status.INFEASIBLE)

    def ended() -> bool:
        return (stop is not None and stop()) or time.perf_counter() - began > seconds

    if instance.home is not None:
        start = np.where(instance.home >= 0, instance.home, -1 if start is None else start)
    rng = np.random.default_rng(seed)
    variables = instance.members * instance.groups
    modelled = variables <= min(_MODEL_LIMIT, _MODEL_PACE * seconds)
    steps = 40 + instance.members // 4
    left = steps if variables <= _MODEL_QUICK else 16 * steps
    ask = _never  # the first attempt is short, and whoever stops wants a plan if there is one
    while not ask() and (left > 0 or not modelled):
        labels = seating.fill(rng, start)
        if labels is not None:
            labels = seating.repair(labels, rng, steps, ask)
        if labels is not None:
            return _answer(instance, labels, began)
        left -= steps
        steps *= 2
        ask = ended
    if ended():
        return _answer(instance, None, began)
    from matcher.solve.model import decide

    status, labels = decide(instance, seed=seed, seconds=seconds - (time.perf_counter() - began), stop=stop)
    return _answer(instance, labels, began, status)


def _never() -> bool:
    return False


def _answer(
    instance: Instance, labels: Ints | None, began: float, status: Status = Status.UNKNOWN
) -> Solution:
    seconds = time.perf_counter() - began
    if labels is None:
        return Solution(status, None, 0, 0, seconds)
    if not instance.keeps(labels):
        raise AssertionError("A plan that was taken for legal breaks a rule.")
    value = instance.objective(labels)
    return Solution(Status.FEASIBLE, labels, value, value, seconds)
