"""Rounds with as few repeats as can be found: a search over swaps within rounds.

Tabu search on the best swap of all rounds, as in Dotú and Van Hentenryck's work on social golfers
(2005): its neighbourhood is valued whole, in a few products of matrices, so that it needs no compiler.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.instance import Bools, Instance, Ints
from matcher.solve.result import Stop

_APART = 1_000_000  # the worth of a pair that may not meet: never taken
_NEVER = 2**40
_REST = 4  # steps at least for which two who were swapped stay, and as many more at most by chance
_STUCK, _SHAKEN = 150, 4  # steps without anything better until so many chance swaps are made


def repeats_cost(together: Ints, met: Ints) -> int:
    """Return what repeats cost: a pair's second time together 1, its third 2 more, and so on.

    Parameters
    ----------
    together, met
        ``(n, n)`` int, in how many of these rounds and of earlier ones two members are together. Pairs
        that do not count have 0 in both.
    """
    often = together * met + together * (together - 1) // 2
    return int(often.sum()) // 2


def times_together(labels: Ints, counting: Bools) -> Ints:
    """``(n, n)`` int: in how many of the rounds two members are together, where their pair counts."""
    n = labels.shape[1]
    together = np.zeros((n, n), dtype=np.int64)
    for row in labels:
        together += row[:, None] == row[None, :]
    together[~counting] = 0
    np.fill_diagonal(together, 0)
    return together


def fewer_repeats(
    instance: Instance,
    labels: Ints,
    met: Ints,
    counting: Bools,
    *,
    seed: int = 0,
    stop: Stop,
    on_better: Callable[[Ints, int], None] | None = None,
    fixed: int = 0,
    enough: int = 0,
) -> tuple[Ints, int]:
    """Search for rounds with fewer repeats, by swaps that keep every rule.

    Parameters
    ----------
    instance
        What every round has to keep.
    labels
        ``(rounds, n)`` int, legal rounds to begin from.
    met, counting
        ``(n, n)``: in how many earlier rounds two members were together, and whether their pair counts.
    seed
        The same seed takes the same steps.
    stop
        Asked at every step.
    on_better
        Told of better rounds and what their repeats cost.
    fixed
        So many of the first rounds are left as they are.
    enough
        The search ends when repeats cost no more than this.

    Returns
    -------
    The best rounds, ``(rounds, n)`` int, and the cost of their repeats.
    """
    search = _Search(instance, labels, met, counting=counting, fixed=fixed, rng=np.random.default_rng(seed))
    best, lowest = search.labels.copy(), search.repeats
    quiet = 0
    while lowest > enough and search.can_move and not stop():
        search.step(lowest)
        quiet += 1
        if search.repeats < lowest:
            best, lowest, quiet = search.labels.copy(), search.repeats, 0
            if on_better:
                on_better(best, lowest)
        elif quiet % _STUCK == 0:
            search.shake(_SHAKEN)
    return best, lowest


class _Search:
    def __init__(
        self,
        instance: Instance,
        labels: Ints,
        met: Ints,
        *,
        counting: Bools,
        fixed: int,
        rng: np.random.Generator,
    ) -> None:
        self.instance, self.rng, self.fixed = instance, rng, fixed
        self.labels = labels.copy()
        self.counting = counting
        self.met = np.where(counting, met, 0)
        self.together = times_together(labels, counting)
        self.repeats = repeats_cost(self.together, self.met)
        self.apart = np.zeros(counting.shape)
        self.apart[instance.apart[:, 0], instance.apart[:, 1]] = _APART
        self.apart += self.apart.T
        alone = np.ones(instance.members, dtype=bool)
        for block in instance.together:
            alone[list(block)] = False  # blocks stay: where groups are alike, it is the others who move
        self.movable = alone[:, None] & alone[None, :]
        self.tabu = np.zeros((len(labels), *counting.shape), dtype=np.int64)
        self.steps = 0
        n, k = instance.allowed.shape
        self.inside = np.zeros((len(labels), n, k))  # products of floats are many times faster
        np.put_along_axis(self.inside, labels[:, :, None], 1, axis=2)
        self.possible = np.stack([self._possible(r) for r in range(len(labels))])
        self.can_move = bool(self.possible[fixed:].any())

    def step(self, lowest: int) -> None:
        """Make the best swap that is not resting, or one that gives the best rounds so far."""
        changes = self._changes()
        resting = self.tabu > self.steps
        blocked = ~self.possible | (resting & (self.repeats + changes >= lowest))
        changes = np.where(blocked, _NEVER, changes)
        least = changes.min()
        if least >= _APART // 2:
            self.shake(1)
            return
        choices = np.flatnonzero(changes == least)
        self._swap(*np.unravel_index(int(self.rng.choice(choices)), changes.shape))

    def shake(self, swaps: int) -> None:
        """Make swaps by chance."""
        for _ in range(swaps):
            changes = self._changes()
            open_ = np.flatnonzero(self.possible & (changes < _APART // 2))
            if not len(open_):
                return
            self._swap(*np.unravel_index(int(self.rng.choice(open_)), changes.shape))

    def _changes(self) -> NDArray[np.float64]:
        """``(rounds, n, n)``: what a swap of two members in a round changes in the cost."""
        labels = self.labels
        same = labels[:, :, None] == labels[:, None, :]
        others = (self.met + self.together)[None] - (same & self.counting) + self.apart[None]
        others[:, np.arange(labels.shape[1]), np.arange(labels.shape[1])] = 0
        within = others @ self.inside  # with everybody in each group
        moved = np.take_along_axis(within, np.repeat(labels[:, None, :], labels.shape[1], axis=1), axis=2)
        own = np.take_along_axis(within, labels[:, :, None], axis=2)[:, :, 0]
        changes: NDArray[np.float64] = (
            moved + moved.transpose(0, 2, 1) - own[:, :, None] - own[:, None, :] - 2 * others
        )
        return changes

    def _swap(self, r: np.intp, i: np.intp, j: np.intp) -> None:
        labels = self.labels[r]
        self.together -= self._pairs(r)
        labels[i], labels[j] = labels[j], labels[i]
        self.inside[r, [i, j]] = self.inside[r, [j, i]]
        self.together += self._pairs(r)
        self.repeats = repeats_cost(self.together, self.met)
        self.possible[r] = self._possible(r)
        self.steps += 1
        until = self.steps + _REST + int(self.rng.integers(_REST + 1))
        self.tabu[r, [i, j], [j, i]] = until

    def _pairs(self, r: np.intp) -> Ints:
        labels = self.labels[r]
        pairs: Bools = (labels[:, None] == labels[None, :]) & self.counting
        return pairs.astype(np.int64)

    def _possible(self, r: int | np.intp) -> Bools:
        """``(n, n)`` bool: swaps in a round that keep what the rules say about groups."""
        labels, instance = self.labels[r], self.instance
        if r < self.fixed:
            return np.zeros_like(self.movable)
        there = instance.allowed[:, labels]  # member i where member j is
        possible: Bools = self.movable & there & there.T & (labels[:, None] != labels[None, :])
        for bound in instance.bounds:
            count = np.bincount(labels[bound.marked], minlength=instance.groups)[labels]
            after = count[:, None] - bound.marked[:, None] + bound.marked[None, :].astype(np.int64)
            kept = (after >= bound.least[labels][:, None]) & (after <= bound.most[labels][:, None])
            changes = bound.marked[:, None] != bound.marked[None, :]
            possible &= ~changes | (kept & kept.T)
        return possible
