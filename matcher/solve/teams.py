"""Teams: a legal plan at once, better ones by search, a proof or a bound by exact methods."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np

from matcher.instance import Instance, Ints
from matcher.solve.bounds import quick_bound, rough_bound
from matcher.solve.columns import LARGEST_TEAM, all_teams, team_count
from matcher.solve.legal import legal_plan
from matcher.solve.master import Master
from matcher.solve.model import Model, products
from matcher.solve.progress import Record
from matcher.solve.result import OnProgress, Solution, Stop
from matcher.solve.search import search
from matcher.solve.search_assignment import reassign
from matcher.solve.search_form import form, objective, state

_SETTLING, _SETTLED = 200, 300  # assignment steps at the start, and members up to which they are cheap
_QUICK = 1000  # members up to which the bound by best partners is a matter of a quarter of a second
_STEP, _CAREFUL = 300, 3  # groups in such a step; the fewer, the fewer members move
_ALONE = 0.7  # share of the time in which the exact methods are left alone; two at once slow each other
_LISTED = 6_000_000  # possible teams up to which all are listed: 2 s and 0.5 GiB
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

    def look() -> None:
        over.wait(_ALONE * record.left if _provable(record.instance) else 0)
        if record.labels is not None and not record.ended():
            search(
                record.instance, record.labels, seconds=record.left, seed=seed, stop=record.ended,
                on_improve=lambda labels, _: record.found(labels),
            )  # fmt: skip

    assert record.labels is not None
    exact.found(record.labels)
    with ThreadPoolExecutor(1, thread_name_prefix="solve-search") as pool:
        searching = pool.submit(look)
        try:
            _prove(exact, seed, workers, record.ended)
        except Exception as failure:
            record.failed(failure)
            raise
        finally:
            over.set()
        searching.result()
    if exact.proven and exact.labels is not None:
        record.settled(exact.labels)


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
    small = instance.sizes.min() > 0 and instance.sizes.max() <= LARGEST_TEAM
    free = instance.most_moves is None  # who may move is no matter of one team alone
    return free and bool(small) and team_count(instance) <= _LISTED


def _modelled(instance: Instance) -> bool:
    return instance.members * instance.groups + products(instance) <= _MODELLED


def _provable(instance: Instance) -> bool:
    return _listable(instance) or _modelled(instance)


def _prove(record: Record, seed: int, workers: int, ended: Stop) -> None:
    """The exact methods, where they have a chance."""
    instance = record.instance
    if instance.members > _QUICK:
        record.bounded(quick_bound(instance, ended), "best partners")
    if _listable(instance):
        columns = all_teams(instance, ended)
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
