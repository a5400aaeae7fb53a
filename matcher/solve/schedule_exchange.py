"""The same rounds with other people in them: whoever meets twice is as many as before, the goals are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.result import Stop

_CHANCE, _VAIN = 4, 12  # chance exchanges before the next search, and searches in vain until that is all


def exchanged(
    instance: Instance, labels: Ints, possible: Callable[[Ints], bool], *, seed: int, stop: Stop
) -> Ints:
    """Let two members exchange their groups of all rounds, until no exchange is worth anything.

    Parameters
    ----------
    instance
        What the rounds are worth.
    labels
        ``(rounds, n)`` int, the group of each member in each round.
    possible
        Whether rounds may be as they are after an exchange.
    seed
        The order in which exchanges are tried.
    stop
        Asked before each of them.
    """
    worth = total(instance, labels)
    pairs = np.stack(np.triu_indices(labels.shape[1], 1), axis=1)
    since = 0  # pairs tried since the last exchange
    while True:
        for i, j in np.random.default_rng(seed).permutation(pairs).tolist():
            if since == len(pairs) or stop():
                return labels
            since += 1
            changed = _with_exchange(labels, i, j)
            if possible(changed) and (value := total(instance, changed)) > worth:
                labels, worth, since = changed, value, 0


def relabelled(
    instance: Instance, labels: Ints, possible: Callable[[Ints], bool], *, seed: int, stop: Stop
) -> Ints:
    """Exchange until none helps, then make a few exchanges by chance, and again from there.

    For the parameters see :func:`exchanged`.
    """
    rng = np.random.default_rng(seed)
    best, vain = exchanged(instance, labels, possible, seed=seed, stop=stop), 0
    while vain < _VAIN and not stop():
        shaken = best
        for i, j in rng.integers(labels.shape[1], size=(_CHANCE, 2)).tolist():
            changed = _with_exchange(shaken, i, j)
            shaken = changed if possible(changed) else shaken
        found = exchanged(instance, shaken, possible, seed=seed, stop=stop)
        better = total(instance, found) > total(instance, best)
        best, vain = (found, 0) if better else (best, vain + 1)
    return best


def total(instance: Instance, labels: Ints) -> int:
    """Return what the rounds are worth together."""
    return sum(map(instance.objective, labels))


def _with_exchange(labels: Ints, i: int, j: int) -> Ints:
    changed = labels.copy()
    changed[:, [i, j]] = labels[:, [j, i]]
    return changed
