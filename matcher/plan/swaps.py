"""The best changes by hand for one group: whom to swap or move so that it rises and no rule breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.goals import WEAKEST, Points
from matcher.instance import Bools, Ints
from matcher.instance import Draft as Forbidden
from matcher.people.brief import Brief
from matcher.plan.draft import PlanDraft
from matcher.plan.effect import Effect
from matcher.plan.standing import goals_on, weights

NOBODY = -1
TRIES = 25
"""So many changes are looked at closely for each that is asked for."""

NOTICEABLE = 1e-9
"""Less than this is rounding of what is only estimated."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Offer:
    """A change that lifts a group.

    Parameters
    ----------
    draft
        The draft after it.
    effect
        What it does, by the checker.
    """

    draft: PlanDraft
    effect: Effect

    @property
    def words(self) -> str:
        """The change as a sentence."""
        return self.draft.step.words if self.draft.step else ""


@dataclass(frozen=True)
class _Changes:
    """Who leaves the group, who comes, and the other group, for many changes at once; −1 is nobody."""

    out: Ints
    into: Ints
    other: Ints

    def where(self, chosen: Bools) -> _Changes:
        return _Changes(self.out[chosen], self.into[chosen], self.other[chosen])

    def __len__(self) -> int:
        return len(self.out)


def best_swaps(draft: PlanDraft, group: str, n: int = 3) -> tuple[Offer, ...]:
    """Return the changes that lift a group, break no rule, and leave the whole plan with the highest scores.

    Each swaps a member of the group with somebody elsewhere or, where sizes allow it, moves one
    person into or out of it. All of them are estimated at once from the goals' numbers; the best
    are then scored by the checker, and what is returned are its figures. Locked groups and members
    are left alone.

    Parameters
    ----------
    draft
        What would be changed.
    group
        Which group shall rise.
    n
        How many are wanted; fewer come back when there are no more.

    Raises
    ------
    InputError
        When there is no group of this name.
    """
    slot = draft.slot(group)
    if draft.brief.slots[slot].name in draft.locked_groups or not draft.indices[slot]:
        return ()
    found: list[Offer] = []
    for after in islice(_promising(draft, slot), TRIES * n):
        if after.totals.scores[slot] > draft.totals.scores[slot]:
            effect = draft.effect(after)
            if effect.legal:
                found.append(Offer(after, effect))
        if len(found) == n:
            break
    return tuple(sorted(found, key=lambda offer: -offer.draft.totals.score))


def _promising(draft: PlanDraft, slot: int) -> Iterator[PlanDraft]:
    """Yield the draft after each change that seems to lift the group, the best by estimate first."""
    estimate, members = _Estimate(draft), draft.brief.members
    changes = _candidates(draft, slot, estimate.labels)
    changes = changes.where(_keep(draft, slot, changes, estimate.labels))
    here, score = estimate.after(slot, changes)
    rises = here > estimate.scores[slot] + NOTICEABLE
    changes, score = changes.where(rises), score[rises]
    for x in np.argsort(-np.round(score, 9), kind="stable").tolist():
        out, into, other = int(changes.out[x]), int(changes.into[x]), int(changes.other[x])
        if out == NOBODY:
            yield draft.move(members[into].key, draft.brief.slots[slot].name)
        elif into == NOBODY:
            yield draft.move(members[out].key, draft.brief.slots[other].name)
        else:
            yield draft.swap(members[out].key, members[into].key)


def _candidates(draft: PlanDraft, slot: int, labels: Ints) -> _Changes:
    """Return every swap, and every move that the sizes allow, of those who are not locked."""
    brief = draft.brief
    closed = np.array([s.name in draft.locked_groups for s in brief.slots])
    free = ~closed[labels] & ~np.array([m.key in draft.locked_members for m in brief.members])
    ours, others = np.flatnonzero(free & (labels == slot)), np.flatnonzero(free & (labels != slot))
    into = np.tile(others, len(ours))
    parts = [(np.repeat(ours, len(others)), into, labels[into])]
    sizes = np.array([len(group) for group in draft.indices])
    least, most = np.array([draft.room(g) for g in range(len(sizes))]).T
    if sizes[slot] > least[slot]:
        open_ = np.flatnonzero(~closed & (sizes < most) & (np.arange(len(sizes)) != slot))
        leaving = np.repeat(ours, len(open_))
        parts.append((leaving, np.full_like(leaving, NOBODY), np.tile(open_, len(ours))))
    if sizes[slot] < most[slot]:
        coming = others[sizes[labels[others]] > least[labels[others]]]
        parts.append((np.full_like(coming, NOBODY), coming, labels[coming]))
    return _Changes(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _keep(draft: PlanDraft, slot: int, changes: _Changes, labels: Ints) -> Bools:
    """Return which changes break no rule newly, as far as the rules' numbers tell."""
    out, into, other = changes.out, changes.into, changes.other
    n, k = len(labels), len(draft.brief.slots)
    forbidden = Forbidden([len(group) for group in draft.indices])
    for rule in draft.sources:
        rule.forbid(forbidden, draft.brief)
    instance = forbidden.build([], np.ones(k, dtype=np.int64), 0)
    one, two = instance.apart.T
    foes = np.zeros((n + 1, n + 1), dtype=bool)  # the last row is nobody's
    foes[one, two] = foes[two, one] = True
    met = np.zeros((n + 1, k), dtype=np.int64)
    np.add.at(met, (one, labels[two]), 1)
    np.add.at(met, (two, labels[one]), 1)
    allowed = np.vstack([instance.allowed, np.ones(k, dtype=bool)])
    both = foes[out, into]
    fine: Bools = allowed[out, other] & allowed[into, slot]
    fine &= (met[out, other] <= both) & (met[into, slot] <= both)
    tied = np.zeros(n + 1, dtype=bool)
    for block in instance.together:
        places = labels[list(block)]
        tied[list(block)] = (places[:, None] == places[None, :]).sum(axis=1) > 1
    fine &= ~tied[out] & ~tied[into]
    for bound in instance.bounds:
        count = np.bincount(labels[bound.marked], minlength=k)
        marked = np.append(bound.marked, False).astype(np.int64)
        for g, less, more in ((np.full_like(other, slot), out, into), (other, into, out)):
            after = count[g] - marked[less] + marked[more]
            fine &= after >= np.minimum(bound.least[g], count[g])
            fine &= after <= np.maximum(bound.most[g], count[g])
    return fine


class _Estimate:
    """The goals' numbers for a draft, from which a change's figures follow for many changes at once.

    Only what is looked at closely is chosen by it: the figures that are shown are the checker's.
    """

    def __init__(self, draft: PlanDraft) -> None:
        self.importances = weights(draft.plan)
        brief, self.goals = draft.brief, goals_on(draft.plan)
        self.sizes = np.array([len(group) for group in draft.indices])
        self.labels = np.empty(len(brief.members), dtype=np.int64)
        for g, group in enumerate(draft.indices):
            self.labels[list(group)] = g
        self.scores = np.array([float(score) for score in draft.totals.scores])
        self._brief = brief
        self._numbers: dict[int, list[_Numbers]] = {}

    def after(self, slot: int, changes: _Changes) -> tuple[Floats, Floats]:
        """Return the score of the group in ``slot`` and the plan's score after each change."""
        out, into, other = changes.out, changes.into, changes.other
        here, there = np.empty(len(out)), np.empty(len(out))
        grows = (into != NOBODY).astype(np.int64) - (out != NOBODY)
        for change in np.unique(grows).tolist():
            some = grows == change
            at = np.full(int(some.sum()), slot)
            here[some] = self._group(change, at, out[some], into[some])
            there[some] = self._group(-change, other[some], into[some], out[some])
        others = np.delete(np.where(self.sizes > 0, self.scores, np.inf), slot)
        lowest, second = np.append(np.sort(others), [np.inf, np.inf])[:2]
        emptied = self.sizes[other] + (out != NOBODY) - (into != NOBODY) == 0
        rest = np.where(self.scores[other] == lowest, second, lowest)
        weakest = np.minimum(rest, np.minimum(here, np.where(emptied, np.inf, there)))
        total = float(self.sizes @ self.scores)
        total_after = (
            total
            + (self.sizes[slot] + grows) * here
            - self.sizes[slot] * self.scores[slot]
            + (self.sizes[other] - grows) * there
            - self.sizes[other] * self.scores[other]
        )
        mean, weight = total_after / len(self.labels), self.importances.get(WEAKEST, 0)
        others_weight = sum(self.importances[goal.name] for goal in self.goals)
        return here, (others_weight * mean + weight * weakest) / (others_weight + weight)

    def _group(self, change: int, group: Ints, out: Ints, into: Ints) -> Floats:
        """Return groups' scores after somebody left and somebody came, their size changed by ``change``."""
        if change not in self._numbers:
            self._numbers[change] = self._for_size(change)
        weight = sum(self.importances[goal.name] for goal in self.goals)
        score = np.zeros(len(group))
        for goal, numbers in zip(self.goals, self._numbers[change], strict=True):
            score += self.importances[goal.name] / weight * numbers.after(group, out, into)
        return score

    def _for_size(self, change: int) -> list[_Numbers]:
        brief: Brief = self._brief
        sizes = np.maximum(1, self.sizes + change).tolist()
        slots = zip(brief.slots, sizes, strict=True)
        resized = brief.with_slots(tuple(replace(slot, size=size) for slot, size in slots))
        return [_Numbers(goal.contribute(resized), self.labels, len(sizes)) for goal in self.goals]


class _Numbers:
    """One goal's numbers for the groups as they are filled."""

    def __init__(self, points: Points, labels: Ints, groups: int) -> None:
        self.points, self.labels = points, labels
        n = len(labels)
        self.base = np.zeros(groups) if points.base is None else points.base.astype(np.float64)
        if points.pair is not None:
            order = np.argsort(labels, kind="stable")
            filled, starts = np.unique(labels[order], return_index=True)
            self.with_group = np.zeros((n + 1, groups), dtype=np.int64)  # the last row is nobody's
            self.with_group[:n, filled] = np.add.reduceat(
                points.pair[:, order], starts, axis=1, dtype=np.int64
            )
            inside = self.with_group[np.arange(n), labels]
            self.inside = np.bincount(labels, weights=inside, minlength=groups) / 2
        if points.place is not None:
            self.place = np.vstack([points.place, np.zeros(groups, dtype=np.int64)])
            self.placed = np.bincount(labels, weights=points.place[np.arange(n), labels], minlength=groups)
        self.tables = [
            (
                np.append(table.marked, False).astype(np.int64),
                table.points,
                np.bincount(labels[table.marked], minlength=groups),
            )
            for table in points.tables
        ]

    def after(self, group: Ints, out: Ints, into: Ints) -> Floats:
        """Return the goal's value in each group after one member left and one came; −1 is nobody."""
        points = self.points
        value = self.base[group]
        if points.pair is not None and points.factor is not None:
            both = np.where((out == NOBODY) | (into == NOBODY), 0, points.pair[out, into])
            inside = self.inside[group] - self.with_group[out, group] + self.with_group[into, group] - both
            value = value + points.factor[group] * inside
        if points.place is not None:
            value = value + self.placed[group] - self.place[out, group] + self.place[into, group]
        for marked, table, count in self.tables:
            value = value + table[group, count[group] - marked[out] + marked[into]]
        if points.cap is not None:
            value = np.minimum(value, points.cap[group])
        result: Floats = value / points.denominator[group]
        return result
