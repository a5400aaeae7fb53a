"""Hypothesis strategies that several test modules share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from matcher.instance import Bound, Instance, Ints, Table, Term

SMALL = st.integers(-9, 9)


def every_plan(instance: Instance) -> Iterator[Ints]:
    """Every plan that keeps the rules, one after the other; for a handful of members only."""
    names = np.repeat(np.arange(instance.groups), instance.sizes)
    for labels in sorted(set(itertools.permutations(names.tolist()))):
        plan = np.array(labels, dtype=np.int64)
        if instance.keeps(plan):
            yield plan


def best_by_hand(instance: Instance) -> int | None:
    """The best objective by trying every plan; ``None`` when no plan keeps the rules."""
    return max((instance.objective(plan) for plan in every_plan(instance)), default=None)


def _ints(draw: st.DrawFn, *shape: int, values: st.SearchStrategy[int] = SMALL) -> Ints:
    count = int(np.prod(shape))
    return np.array(draw(st.lists(values, min_size=count, max_size=count)), dtype=np.int64).reshape(shape)


def _marks(draw: st.DrawFn, n: int) -> np.ndarray:
    return _ints(draw, n, values=st.integers(0, 1)).astype(bool)


@st.composite
def terms(draw: st.DrawFn, sizes: Ints, *, alike: bool) -> Term:
    """A goal with any of its parts; ``alike`` gives every group the same points."""
    n, k, longest = int(sizes.sum()), len(sizes), int(sizes.max()) + 1

    def groups(*shape: int, values: st.SearchStrategy[int] = SMALL) -> Ints:
        if alike:
            return np.repeat(_ints(draw, 1, *shape, values=values), k, axis=0)
        return _ints(draw, k, *shape, values=values)

    pair = factor = place = cap = None
    if draw(st.booleans()):
        pair = np.triu(_ints(draw, n, n), 1)
        pair += pair.T
        factor = groups(values=st.integers(1, 3))
    if draw(st.booleans()):
        place = groups(n).T.copy()
    tables = tuple(Table(_marks(draw, n), groups(longest)) for _ in range(draw(st.integers(0, 2))))
    if draw(st.booleans()):
        cap = groups()
    return Term(draw(st.integers(1, 3)), groups(), pair, factor, place, tables, cap)


@st.composite
def instances(
    draw: st.DrawFn, *, most_members: int = 6, most_groups: int = 3, rules: bool = True
) -> Instance:
    """Small instances with every feature of the normal form; not all of them can be filled."""
    k = draw(st.integers(1, most_groups))
    n = draw(st.integers(max(k, 2), most_members))
    cuts = sorted(draw(st.lists(st.integers(1, n - 1), min_size=k - 1, max_size=k - 1, unique=True)))
    sizes = np.diff([0, *cuts, n]).astype(np.int64)
    alike = draw(st.booleans())
    allowed = np.ones((n, k), dtype=bool)
    apart: list[tuple[int, int]] = []
    together: tuple[tuple[int, ...], ...] = ()
    bounds: tuple[Bound, ...] = ()
    home, most_moves = None, None
    if rules:
        for i in draw(st.lists(st.integers(0, n - 1), max_size=2)):
            allowed[i] = _marks(draw, k)
        pairs = list(itertools.combinations(range(n), 2))
        apart = draw(st.lists(st.sampled_from(pairs), max_size=4))
        order = draw(st.permutations(range(n)))
        together = tuple(
            tuple(order[a:b]) for a, b in draw(st.sampled_from([[], [(0, 2)], [(0, 3)], [(0, 2), (2, 4)]]))
            if b <= n
        )  # fmt: skip
        bounds = tuple(
            Bound(_marks(draw, n), least := _ints(draw, k, values=st.integers(0, 1)),
                  least + _ints(draw, k, values=st.integers(0, 3)))
            for _ in range(draw(st.integers(0, 2)))
        )  # fmt: skip
        if draw(st.integers(0, 3)) == 0:
            home = _ints(draw, n, values=st.integers(-1, k - 1))
            most_moves = draw(st.integers(0, n))
    return Instance(
        sizes=sizes,
        allowed=allowed,
        apart=np.array(apart, dtype=np.int64).reshape(-1, 2),
        together=together,
        bounds=bounds,
        terms=tuple(draw(st.lists(terms(sizes, alike=alike), max_size=3))),
        weights=sizes.copy() if alike else _ints(draw, k, values=st.integers(0, 4)),
        weakest=draw(st.sampled_from([0, 0, 1, 5])),
        home=home,
        most_moves=most_moves,
    )
