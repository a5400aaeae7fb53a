"""A few groups of a plan as an instance of their own, the others staying as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.instance import Bound, Instance, Ints, Table, Term

T = TypeVar("T", np.int64, np.bool_)


def part(instance: Instance, labels: Ints, groups: Ints) -> tuple[Instance, Ints]:
    """Let the members of some groups change places among these groups only.

    Any plan of the part, put in place of what these groups have, keeps every rule of the whole
    when it keeps the part's, and changes the whole's objective by as much as the part's.

    Parameters
    ----------
    instance, labels
        The whole, and ``(n,)`` a plan of it that keeps every rule.
    groups
        ``(q,)`` int, the groups that are filled anew, none twice.

    Returns
    -------
    Instance, (m,) int
        The part, and who its members are in the whole. Its group ``x`` is ``groups[x]``. When the
        weakest group counts, one group without seats follows, worth as much as the weakest of
        the others.
    """
    members = np.flatnonzero(np.isin(labels, groups))
    place = np.full(instance.members, -1, dtype=np.int64)
    place[members] = np.arange(len(members))
    others = np.setdiff1d(np.arange(instance.groups), groups)
    inside = (place[instance.apart] >= 0).all(axis=1)
    home, most_moves = None, None
    if instance.home is not None and instance.most_moves is not None:
        name = np.full(instance.groups + 1, len(groups) + 1)  # of a group that is not in the part: none
        name[groups] = np.arange(len(groups))
        came = instance.home[members]
        home = np.where(came >= 0, name[came], -1)
        here = (came >= 0) & (labels[members] != came)
        most_moves = instance.most_moves - instance.moved(labels) + int(here.sum())
    smaller = Instance(
        sizes=instance.sizes[groups],
        allowed=instance.allowed[np.ix_(members, groups)],
        apart=place[instance.apart[inside]],
        together=tuple(tuple(place[list(b)].tolist()) for b in instance.together if place[b[0]] >= 0),
        bounds=tuple(Bound(b.marked[members], b.least[groups], b.most[groups]) for b in instance.bounds),
        terms=tuple(_term(term, members, groups) for term in instance.terms),
        weights=instance.weights[groups],
        weakest=instance.weakest,
        home=home,
        most_moves=most_moves,
    )
    if not instance.weakest or not len(others):
        return smaller, members
    return _with_fixed(smaller, int(instance.group_values(labels)[others].min())), members


def _term(term: Term, members: Ints, groups: Ints) -> Term:
    return Term(
        term.importance,
        term.base[groups],
        None if term.pair is None else term.pair[np.ix_(members, members)],
        None if term.factor is None else term.factor[groups],
        None if term.place is None else term.place[np.ix_(members, groups)],
        tuple(Table(table.marked[members], table.points[groups]) for table in term.tables),
        None if term.cap is None else term.cap[groups],
    )


def _with_fixed(instance: Instance, value: int) -> Instance:
    """Add a group without seats that has this value and no weight."""

    def longer(numbers: NDArray[T]) -> NDArray[T]:
        return np.concatenate([numbers, np.zeros((1, *numbers.shape[1:]), dtype=numbers.dtype)])

    terms = tuple(
        Term(
            term.importance,
            longer(term.base),
            term.pair,
            None if term.factor is None else longer(term.factor),
            None if term.place is None else longer(term.place.T).T,
            tuple(Table(table.marked, longer(table.points)) for table in term.tables),
            None if term.cap is None else longer(term.cap),
        )
        for term in instance.terms
    )
    fixed = Term(1, np.append(np.zeros(instance.groups, dtype=np.int64), value))
    return replace(
        instance,
        sizes=longer(instance.sizes),
        allowed=longer(instance.allowed.T).T,
        bounds=tuple(Bound(b.marked, longer(b.least), longer(b.most)) for b in instance.bounds),
        terms=(*terms, fixed),
        weights=longer(instance.weights),
    )
