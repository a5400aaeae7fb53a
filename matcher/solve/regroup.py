"""Improving a plan by filling a few groups anew, exactly, again and again.

Annealing by swaps, compiled, is hard to beat: where members may sit nearly anywhere, plans it
leaves are already the best that any six groups allow (none of 130 tries at 60, 120 and 240
members found better). Where rules stop most swaps it gets stuck, and this does not: a few
groups with all their rules have few possible teams, and the best choice of them is exact.
"""

from __future__ import annotations

import time

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.columns import LARGEST_TEAM, all_teams, team_count
from matcher.solve.master import Master
from matcher.solve.part import part
from matcher.solve.progress import Record
from matcher.solve.result import Stop

_DENSE = 0.15  # share of the pairs kept apart from which most swaps are forbidden
_FEWEST, _MOST = 2, 10  # groups filled anew at once
_TEAMS = 200_000  # possible teams in a part at most
_LONG = 0.4  # seconds after which a part was too large
_WEAKEST = 0.5  # share of the parts that hold the weakest group


def stuck(instance: Instance) -> bool:
    """Whether rules forbid most swaps, so that a search by swaps is likely to be stuck."""
    pairs = instance.members * (instance.members - 1) / 2
    return instance.groups > _FEWEST and (
        instance.most_moves is not None or len(instance.apart) > _DENSE * pairs
    )


def regroup(record: Record, seed: int, ended: Stop) -> None:
    """Fill a few groups of the best plan anew until the end; more of them while that is quick.

    Parameters
    ----------
    record
        The solve's record, which holds a plan. Better plans go there.
    seed
        Source of chance.
    ended
        Asked often; once true, the work ends.
    """
    instance, rng = record.instance, np.random.default_rng(seed)
    count = _FEWEST + 1
    while not ended():
        labels = record.labels
        assert labels is not None
        groups = _chosen(instance, labels, count, rng)
        smaller, members = part(instance, labels, groups)
        if int(smaller.sizes.max()) > LARGEST_TEAM or team_count(smaller) > _TEAMS:
            if count == _FEWEST:
                return
            count -= 1
            continue
        began = time.perf_counter()
        found = _filled(smaller, np.argsort(groups)[np.searchsorted(np.sort(groups), labels[members])], ended)
        if found is not None:
            labels = labels.copy()
            labels[members] = groups[found]
            record.found(labels)
        elif time.perf_counter() - began > _LONG:
            count = max(count - 1, _FEWEST)
        else:
            count = min(count + 1, _MOST, instance.groups)


def _chosen(instance: Instance, labels: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Groups by chance, the weakest often among them."""
    order = rng.permutation(instance.groups)
    if instance.weakest and rng.random() < _WEAKEST:
        weakest = int(instance.group_values(labels).argmin())
        order = np.concatenate([[weakest], order[order != weakest]])
    return order[:count]


def _filled(instance: Instance, labels: Ints, ended: Stop) -> Ints | None:
    """A better plan of a part, the best unless it took too long; ``None`` when there is none."""
    record = Record(instance, 2 * _LONG, stop=ended)
    record.found(labels)
    before = record.objective
    columns = all_teams(instance, record.ended, 2 * _TEAMS)
    if columns is None:
        return None
    Master(instance, columns, record, record.ended).prove()
    return record.labels if record.objective > before else None
