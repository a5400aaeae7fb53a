"""Teams: a legal plan at once, better ones by search, a proof or a bound by exact methods."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.bounds import quick_bound, rough_bound
from matcher.solve.clique_bound import clique_bound
from matcher.solve.columns import LARGEST_TEAM, all_teams, team_count
from matcher.solve.legal import legal_plan
from matcher.solve.master import Master
from matcher.solve.model import Model, products
from matcher.solve.progress import Record
from matcher.solve.regroup import regroup, stuck
from matcher.solve.result import OnProgress, Solution, Stop
from matcher.solve.search import search
from matcher.solve.search_assignment import reassign
from matcher.solve.search_form import form, objective, state

_SETTLING, _SETTLED = 200, 300  # assignment steps at the start, and members up to which they are cheap
_QUICK = 1000  # members up to which the bound by best partners is a matter of a quarter of a second
_STEP, _CAREFUL = 300, 3  # groups in such a step; the fewer, the fewer members move
_ALONE, _HALF_ALONE = 0.7, 0.2  # shares of the time that the search leaves to quick proofs, and to CP-SAT
_TELLING = 20  # times as long as a plan takes to tell, nothing is told of better ones
_BOUNDED, _LONGER = 0.1, 0.3  # shares of the time for a bound by best teams; it slows the search
_LISTED = 6_000_000  # teams up to which all are listed: 2 s and 0.5 GiB
_MODELLED = 8_000  # booleans up to which CP-SAT has a chance of a proof

WORKERS = 4
"""CP-SAT's threads when the caller does not say; fewer than four prove far less, whatever the cores."""


def solve_teams(
    instance: Instance,
    *,
    start: Ints | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Solution:
    """Form teams: the best plan of any instance, as far as time allows.

    Parameters
    ----------
    instance
        What is to be filled.
    start
        ``(n,)`` int labels to improve on; repaired when they break a rule. Entries
        outside ``0 … k-1`` are members not placed yet.
    seconds
        Wall-clock limit.
    seed, workers
        The same of both give the same plan when the exact methods end with a proof, by
        columns at least: CP-SAT's threads may end with another plan of the same score,
        and so may a search that reaches the proven bound first.
    on_progress
        Told of each better plan, and about twice a second besides.
    stop
        Asked often; the solve ends within half a second after it is true, with the best
        plan so far.

    Returns
    -------
    Solution
        Its labels are ``None`` only when the rules were proven impossible
        (``INFEASIBLE``) or no legal plan was found in time (``UNKNOWN``).
    """
    record = Record(instance, seconds, on_progress, stop)
    first = legal_plan(instance, start=start, seed=seed, seconds=seconds, stop=record.ended)
    if first.labels is None:
        return record.solution(first.status)
    with record.ticking():
        record.bounded(rough_bound(instance), "every part at its highest")
        record.found(first.labels)
        if instance.members <= _QUICK:
            record.bounded(quick_bound(instance, record.ended), "best partners")
        if not record.ended():
            _settle(record, seed)
        if not record.ended():
            _work(record, seed, workers or WORKERS)
    return record.solution()


def _work(record: Record, seed: int, workers: int) -> None:
    """Exact methods and the search side by side, until the plan is proven or the record ends.

    The exact methods hear nothing of what the search finds and look at no clock, so what
    they prove is repeatable; the search leaves them alone at first.
    """
    over = Event()
    exact = Record(record.instance, record.left, whole=record)

    quiet = 0.0

    def tell(labels: Ints, _: int) -> None:
        """Checking and valuing a large plan takes longer than improving it: not every one is told."""
        nonlocal quiet
        began = record.elapsed
        if began >= quiet:
            record.found(labels)
            quiet = record.elapsed + _TELLING * (record.elapsed - began)

    def look() -> None:
        over.wait(_alone(record.instance) * record.left)
        if record.labels is not None and not record.ended():
            best = search(
                record.instance, record.labels, seconds=record.left, seed=seed, stop=record.ended,
                on_improve=tell,
            )  # fmt: skip
            record.found(best)

    assert record.labels is not None
    exact.found(record.labels)
    with ThreadPoolExecutor(1, thread_name_prefix="solve-search") as pool:
        searching = pool.submit(look)
        try:
            if not _quick(record.instance):
                _bound(record)
            _prove(exact, seed, workers, record.ended)
            if stuck(record.instance):
                regroup(record, seed, record.ended)
        except Exception as failure:
            record.failed(failure)
            raise
        finally:
            over.set()
        searching.result()
    if exact.proven and exact.labels is not None:
        record.settled(exact.labels)


def _bound(record: Record) -> None:
    """A bound by best teams: longer when nothing else waits for its turn; most of it comes soon."""
    instance, labels = record.instance, record.labels
    assert labels is not None
    if instance.members > _QUICK:
        record.bounded(quick_bound(instance, record.ended), "best partners")
    share = _BOUNDED if _provable(instance) or stuck(instance) else _LONGER
    end = time.perf_counter() + share * record.left
    clique_bound(
        instance,
        labels,
        lambda: record.ended() or time.perf_counter() > end,
        lambda bound: record.bounded(bound, "best teams"),
    )


def _settle(record: Record, seed: int) -> None:
    """A few assignment steps: soon much better, and always the same for a seed."""
    assert record.labels is not None
    form_, rng = form(record.instance), np.random.default_rng(seed)
    now = state(form_, record.labels)
    sizes = np.diff(form_.unit_start)
    wanted = np.concatenate([np.ones(8 * len(sizes), dtype=np.int64), sizes])
    most = _STEP if record.instance.most_moves is None else _CAREFUL
    for _ in range(_SETTLING if record.instance.members <= _SETTLED else 0):
        if record.ended():
            return
        reassign(form_, now, rng, heat=0.0, smooth=0.0, most=most, wanted=int(rng.choice(wanted)))
        if objective(form_, now.value) > record.objective:
            record.found(now.labels)


def _listable(instance: Instance) -> bool:
    return int(instance.sizes.max()) <= LARGEST_TEAM and team_count(instance) <= _LISTED


def _alone(instance: Instance) -> float:
    """Share of the time in which the search leaves the exact methods alone."""
    if _quick(instance):
        return _ALONE
    return 0.0 if _listable(instance) or not _modelled(instance) else _HALF_ALONE


def _quick(instance: Instance) -> bool:
    """Whether a proof takes hardly longer than a bound."""
    return _listable(instance) and team_count(instance) <= _LISTED // 20


def _modelled(instance: Instance) -> bool:
    return instance.members * instance.groups + products(instance) <= _MODELLED


def _provable(instance: Instance) -> bool:
    return _listable(instance) or _modelled(instance)


def _prove(record: Record, seed: int, workers: int, ended: Stop) -> None:
    """The exact methods, where they have a chance."""
    instance = record.instance
    if _listable(instance):
        columns = all_teams(instance, ended, 2 * _LISTED)
        if columns is not None:
            Master(instance, columns, record, ended).prove()
    elif _modelled(instance):
        assert record.labels is not None
        model = Model(instance)
        model.hint(record.labels)
        outcome = model.solve(
            seconds=record.left, seed=seed, workers=workers, ended=ended,
            on_labels=record.found, on_bound=lambda bound: record.bounded(bound, "CP-SAT"),
        )  # fmt: skip
        if outcome.bound is not None:
            record.bounded(outcome.bound, "CP-SAT")
