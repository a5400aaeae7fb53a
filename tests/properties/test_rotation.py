"""Rounds planned at once, against counting and against trying everything."""

from __future__ import annotations

from itertools import combinations, count

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import form_rounds
from matcher.instance import Draft, Instance, Ints
from matcher.people.errors import RulesConflict
from matcher.people.history import Round
from matcher.rules import Apart, Pin, Rule, Together
from matcher.solve.result import Status
from matcher.solve.schedule import schedule
from matcher.solve.schedule_limit import forced_pairs, most_rounds
from matcher.solve.schedule_search import fewer_repeats, repeats_cost, times_together
from tests.strategies import every_plan
from tests.strategies_people import rosters

SIZES = ([2, 2], [3, 2], [2, 2, 2], [3, 3])


@st.composite
def tiny(draw: st.DrawFn) -> tuple[Instance, Ints]:
    """A handful of members in groups, some of them apart or in a block, and who has met before."""
    draft = Draft(draw(st.sampled_from(SIZES)))
    pairs = list(combinations(range(draft.members), 2))
    for i, j in draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)):
        draft.apart(i, j)
    if draw(st.integers(0, 3)) == 0:
        draft.together(draw(st.sampled_from(pairs)))
    met = np.zeros((draft.members, draft.members), dtype=np.int64)
    for i, j in draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)):
        met[i, j] = met[j, i] = draw(st.integers(1, 2))
    return draft.build([], np.ones(draft.groups, dtype=np.int64), 0), met


def most_by_trying(instance: Instance, met: Ints) -> tuple[int, list[Ints]]:
    """The most rounds without a repeat, by trying every one; and all plans."""
    counting = ~forced_pairs(instance)
    plans = list(every_plan(instance))
    inside = {
        frozenset(map(tuple, np.argwhere(np.triu(times_together(plan[None], counting))).tolist()))
        for plan in plans
    }
    old = set(map(tuple, np.argwhere(np.triu(np.where(counting, met, 0))).tolist()))
    clean = [pairs for pairs in inside if not pairs & old]

    def longest(open_: list[frozenset[tuple[int, int]]]) -> int:
        return max(
            (1 + longest([b for b in open_[x + 1 :] if not a & b]) for x, a in enumerate(open_)), default=0
        )

    return longest(clean), plans


@settings(max_examples=60, deadline=None)
@given(tiny())
def test_the_limit_is_never_below_what_trying_everything_finds(case: tuple[Instance, Ints]):
    instance, met = case
    most, plans = most_by_trying(instance, met)
    limit = most_rounds(instance, met)

    if plans and limit is not None:
        assert most <= limit.rounds


@settings(max_examples=40, deadline=None)
@given(tiny())
def test_the_search_reaches_what_trying_everything_finds(case: tuple[Instance, Ints]):
    instance, met = case
    most, plans = most_by_trying(instance, met)
    if not most or instance.together:  # blocks stay where they are during the search
        return
    counting = ~forced_pairs(instance)
    np.fill_diagonal(counting, False)
    begun = np.array([plans[(7 * r) % len(plans)] for r in range(most)])
    steps = count()
    found, cost = fewer_repeats(instance, begun, met, counting, stop=lambda: next(steps) > 4000)

    assert cost == 0
    assert cost == repeats_cost(times_together(found, counting), np.where(counting, met, 0))
    assert all(instance.keeps(row) for row in found)


@settings(max_examples=25, deadline=None)
@given(tiny(), st.integers(1, 4))
def test_a_schedule_is_legal_and_promises_no_more_than_is_possible(case: tuple[Instance, Ints], rounds: int):
    instance, met = case
    most, plans = most_by_trying(instance, met)
    found = schedule(instance, rounds, met=met, seconds=0.3)

    if not plans:
        assert found.status is Status.INFEASIBLE
        return
    assert found.labels is not None
    assert found.labels.shape == (rounds, instance.members)
    assert all(instance.keeps(row) for row in found.labels)
    if found.limit is not None:
        assert found.free <= min(rounds, most)


@st.composite
def some_rules(draw: st.DrawFn, keys: list[str]) -> list[Rule]:
    several = st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True).map(tuple)
    one = st.one_of(
        st.builds(Apart, several),
        st.builds(Together, several),
        st.builds(Pin, st.sampled_from(keys).map(lambda key: (key,)), st.just("Team 1")),
    )
    return draw(st.lists(one, max_size=2))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_every_round_keeps_the_rules_and_repeats_are_counted_right(data: st.DataObject):
    roster = data.draw(rosters(4, 9))
    keys = [m.key for m in roster.present]
    rules = data.draw(some_rules(keys))
    history = data.draw(
        st.lists(st.permutations(keys).map(lambda order: Round({"a": tuple(order[:2])})), max_size=2)
    )
    rounds = data.draw(st.integers(1, 4))
    try:
        rotation = form_rounds(roster, rounds=rounds, count=2, rules=rules, history=history, seconds=0.4)
    except RulesConflict:
        return

    seen: dict[frozenset[str], int] = {}
    for one in history:
        pair = frozenset(one.groups["a"])
        seen[pair] = seen.get(pair, 0) + 1
    always = {frozenset(pair) for pair in rotation.always}
    free, again = None, 0
    for number, plan in enumerate(rotation.plans):
        assert all(rule.kept for rule in plan.rules)
        assert plan.score <= plan.bound + 1e-9
        repeats = 0
        for group in plan.groups:
            for pair in map(frozenset, combinations(group.members, 2)):
                repeats += bool(seen.get(pair)) and pair not in always
                seen[pair] = seen.get(pair, 0) + 1
        again += repeats
        free = number if repeats and free is None else free
    assert rotation.free == (rounds if free is None else free)
    assert sum(repeat.again for repeat in rotation.repeats) == again
    assert all(seen[frozenset(repeat.members)] == repeat.times for repeat in rotation.repeats)
    assert rotation.most is None or rotation.free <= rotation.most
