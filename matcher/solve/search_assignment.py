"""The assignment neighbourhood: one seat of every group at once, put back exactly.

From each group one unit, or a few that hold as many members, is taken out; what each would
be worth in every group is one matrix, and a linear assignment puts them back as well as can
be. It moves a member of every team in one step and needs no compiler.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matcher.instance import Ints
from matcher.solve.search_form import Form, State

_NEVER = -1e30  # worth of a seat that a rule forbids

Array = NDArray[Any]


def reassign(
    form: Form,
    now: State,
    rng: np.random.Generator,
    *,
    heat: float,
    smooth: float,
    most: int,
    wanted: int = 1,
) -> None:
    """Take out ``wanted`` members of up to ``most`` groups and put them back, best or nearly so.

    Parameters
    ----------
    form, now
        The instance and a plan that keeps its rules, which is changed; ``now.own``,
        ``up`` and ``down`` are not kept up to date.
    rng
        Source of chance.
    heat
        Temperature in points of the objective: chance added to every worth, as in annealing.
    smooth
        How many temperatures wide the lowest group value is smoothed.
    most
        Groups in one step.
    wanted
        Members taken out of each group, whole units only.
    """
    groups = np.flatnonzero(form.sizes >= wanted)
    groups = rng.permutation(groups)[:most] if len(groups) > most else groups
    drawn = [_draw(form, now, int(g), wanted, rng) for g in groups]
    keep = np.array([d is not None for d in drawn], dtype=bool)
    groups = groups[keep]
    if len(groups) < 2:
        return
    out = np.array([d for d in drawn if d is not None], dtype=np.int64)
    raw, more = _parts(form, now, groups, out)
    worth = np.minimum(raw, form.cap[groups]) @ form.importance
    score = form.weights[groups] * worth.astype(float)
    if form.weakest:
        low = int(now.value.min())
        if heat > 0 and smooth > 0:
            rate = form.weakest / (smooth * heat)
            total = np.exp(-rate * (now.value - low)).sum()
            score -= smooth * heat / total * np.exp(np.minimum(-rate * (worth - low), 60.0))
        else:
            score += form.weakest * np.minimum(worth - low, 0)
    if heat > 0:
        score += heat * rng.gumbel(size=score.shape)
    score[_forbidden(form, now, groups, out, more)] = _NEVER
    rows, columns = linear_sum_assignment(score, maximize=True)
    if score[rows, columns].min() <= _NEVER / 2:
        return
    if heat <= 0 and score[rows, columns].sum() < np.trace(score):
        return
    place = groups[columns]
    if form.most_moves < len(form.home):
        labels = now.labels.copy()
        labels[out] = place[:, None]
        if ((form.home >= 0) & (labels != form.home)).sum() > form.most_moves:
            return
    seats = now.seat[out]
    now.count[groups] -= more
    now.count[place] += more
    held = form.held[out].sum(axis=1, dtype=np.int64)
    now.inside[groups] -= held
    now.inside[place] += held
    now.seats[place[:, None], seats[columns]] = out
    now.seat[out] = seats[columns]
    now.labels[out] = place[:, None]
    now.raw[place] = raw[rows, columns]
    now.value[place] = worth[rows, columns]


def swap_gains(form: Form, now: State, rng: np.random.Generator, most: int) -> Array:
    """Gains of legal swaps between random members of up to ``most`` groups, the weakest group aside."""
    groups = rng.permutation(len(form.sizes))[:most]
    drawn = [(int(g), _draw(form, now, int(g), 1, rng)) for g in groups]
    groups = np.array([g for g, d in drawn if d is not None], dtype=np.int64)
    if len(groups) < 2:
        return np.zeros(0)
    out = np.array([d for _, d in drawn if d is not None], dtype=np.int64)
    raw, more = _parts(form, now, groups, out)
    worth = np.minimum(raw, form.cap[groups]) @ form.importance
    score = form.weights[groups] * worth.astype(float)
    score[_forbidden(form, now, groups, out, more)] = np.nan
    stay = np.diagonal(score)
    gains = (score + score.T - stay[:, None] - stay)[np.triu_indices(len(groups), 1)]
    return np.asarray(gains[np.isfinite(gains)])


def _draw(form: Form, now: State, g: int, wanted: int, rng: np.random.Generator) -> list[int] | None:
    """Units of one group, by chance, that hold exactly so many members."""
    chosen: list[int] = []
    for i in rng.permutation(now.seats[g, : form.sizes[g]]).tolist():
        u = form.unit[i]
        members = form.unit_member[form.unit_start[u] : form.unit_start[u + 1]].tolist()
        if i not in chosen and len(chosen) + len(members) <= wanted:
            chosen += members
        if len(chosen) == wanted:
            return chosen
    return None


def _parts(form: Form, now: State, groups: Ints, out: Array) -> tuple[Array, Ints]:
    """Each part's value of every group with every draw in place of its own; marks in each draw."""
    many, wanted = out.shape
    each = np.arange(many)
    raw = np.repeat(form.base[None, groups], many, axis=0)
    rest = _rest(form, now, groups, out)
    for c, p in enumerate(form.channel_part):
        inside = np.zeros(many, dtype=np.int64)
        for g in range(rest.shape[1]):
            a = rest[:, g]
            for h in range(g):
                b = rest[:, h]
                inside += np.where((a >= 0) & (b >= 0), form.pair[a, b, c].astype(np.int64), 0)
        total = np.repeat(inside[None, :], many, axis=0)
        for x in range(wanted):
            total += _with(form, rest, out[:, x], c)
            for y in range(x):
                total += form.pair[out[:, x], out[:, y], c].astype(np.int64)[:, None]
        raw[:, :, p] += form.factor[groups, c] * total
    for q, p in enumerate(form.place_part):
        there = form.place[q][:, groups]
        stays = sum((np.where(r >= 0, there[r, each], 0) for r in rest.T), np.zeros(many, dtype=np.int64))
        raw[:, :, p] += stays + there[out].sum(axis=1)
    more = form.marks[out].sum(axis=1, dtype=np.int64)
    without = now.count[groups] - more
    for size in range(wanted + 1 if more.shape[1] else 0):
        marked = (more == size).astype(float)
        reached = np.minimum(without + size, form.points.shape[2] - 1)
        points = np.take_along_axis(form.points[groups], reached[:, :, None], axis=2)[:, :, 0].astype(float)
        for p in np.unique(form.table_part):
            mine = form.table_part == p
            raw[:, :, p] += (marked[:, mine] @ points[:, mine].T).astype(np.int64)
    return raw, more


def _rest(form: Form, now: State, groups: Ints, out: Array) -> Ints:
    """Who stays in each group; -1 for a seat that is empty or was taken out."""
    rest = now.seats[groups].copy()
    rest[np.arange(len(groups))[:, None], now.seat[out]] = -1
    rest[np.arange(rest.shape[1]) >= form.sizes[groups][:, None]] = -1
    return rest


def _with(form: Form, rest: Ints, who: Ints, channel: int) -> Ints:
    """Pair points of every member with who stays in each group."""
    total = np.zeros((len(who), len(rest)), dtype=np.int64)
    for seat in rest.T:
        here = np.flatnonzero(seat >= 0)
        total[:, here] += form.pair[who[:, None], seat[here], channel]
    return total


def _forbidden(form: Form, now: State, groups: Ints, out: Array, more: Ints) -> Array:
    """Which draw may not go into which group."""
    bad = ~form.allowed[out][:, :, groups].all(axis=1)
    if form.pair.shape[2]:
        rest = _rest(form, now, groups, out)
        for x in range(out.shape[1]):
            bad |= _with(form, rest, out[:, x], 0) < form.floor
        for x in range(out.shape[1]):
            for y in range(x):
                bad |= (form.pair[out[:, x], out[:, y], 0] < form.floor)[:, None]
    held = form.held[out].sum(axis=1, dtype=np.int64)
    for b in range(form.held.shape[1]):
        after = now.inside[groups, b] - held[:, b] + held[:, b][:, None]
        bad |= (after < form.least[groups, b]) | (after > form.most[groups, b])
    return np.asarray(bad)
