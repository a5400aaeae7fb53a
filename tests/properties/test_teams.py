"""Any small instance: a plan that keeps the rules and is the best, or a proof that there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.instance import Instance
from matcher.solve import clique_bound
from matcher.solve.bounds import quick_bound, rough_bound
from matcher.solve.columns import all_teams
from matcher.solve.compiled import warm_up
from matcher.solve.legal import draw, legal_plan
from matcher.solve.model import Model
from matcher.solve.result import Status
from matcher.solve.teams import solve_teams
from tests.strategies import best_by_hand, every_plan, instances

quick = settings(max_examples=60, deadline=None)


@given(instances())
@quick
def test_a_legal_plan_is_found_exactly_when_there_is_one(instance: Instance) -> None:
    found = legal_plan(instance)
    possible = next(every_plan(instance), None) is not None
    assert found.status is (Status.FEASIBLE if possible else Status.INFEASIBLE)
    assert found.labels is None or instance.keeps(found.labels)


@given(instances(), st.integers(0, 100))
@quick
def test_a_drawn_plan_keeps_the_rules(instance: Instance, seed: int) -> None:
    labels = draw(instance, np.random.default_rng(seed))
    assert labels is None or instance.keeps(labels)


@given(instances())
@quick
def test_no_plan_passes_the_quick_bounds(instance: Instance) -> None:
    best = best_by_hand(instance)
    assert best is None or best <= quick_bound(instance) <= quick_bound(instance, lambda: True)
    assert best is None or best <= rough_bound(instance)


@given(instances(most_members=7), st.integers(0, 100))
@settings(max_examples=100, deadline=None)
def test_no_plan_passes_the_bound_by_best_teams(instance: Instance, which: int) -> None:
    plans = list(every_plan(instance))
    if not plans:
        return
    warm_up("best_teams", wait=True)
    for steps in (0, 1, 1000):
        found: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clique_bound, "_STEPS", steps)
            clique_bound.clique_bound(instance, plans[which % len(plans)], lambda: False, found.append)
        assert all(instance.objective(plan) <= bound for plan in plans for bound in found)


@given(instances())
@quick
def test_teams_are_solved_to_the_best_by_hand(instance: Instance) -> None:
    best = best_by_hand(instance)
    solved = solve_teams(instance, seconds=20)
    if best is None:
        assert solved.status is Status.INFEASIBLE
        assert solved.labels is None
    else:
        assert solved.status is Status.OPTIMAL
        assert solved.objective == solved.bound == best
        assert solved.labels is not None
        assert instance.keeps(solved.labels)
        assert instance.objective(solved.labels) == best


@given(instances())
@quick
def test_the_model_agrees_with_the_best_by_hand(instance: Instance) -> None:
    best = best_by_hand(instance)
    outcome = Model(instance).solve(seconds=20, workers=1)
    if best is None:
        assert outcome.status is Status.INFEASIBLE
    else:
        assert outcome.labels is not None
        assert instance.objective(outcome.labels) == best == outcome.bound


@given(instances(), st.integers(0, 10_000))
@quick
def test_the_model_values_a_fixed_plan_as_the_instance_does(instance: Instance, which: int) -> None:
    plans = list(every_plan(instance))
    if not plans:
        return
    plan = plans[which % len(plans)]
    model = Model(instance)
    labels = model.ordered(plan)
    for u, g, seat in model.variables.all():
        model.model.add(seat == int(labels[model.variables.units[u][0]] == g))
    outcome = model.solve(seconds=20, workers=1)
    assert outcome.bound == instance.objective(plan)


@given(instances())
@quick
def test_the_list_of_teams_is_every_team_of_every_plan_with_its_value(instance: Instance) -> None:
    columns = all_teams(instance, lambda: False)
    assert columns is not None
    listed = {
        (int(column.groups[0]), tuple(sorted(team.tolist()))): int(value)
        for column in columns
        for team, value in zip(column.teams, column.values, strict=True)
    }
    assert len(listed) == sum(len(column.values) for column in columns)
    first = {int(g): int(column.groups[0]) for column in columns for g in column.groups}
    for plan in every_plan(instance):
        for g, value in enumerate(instance.group_values(plan)):
            assert listed[first[g], tuple(np.flatnonzero(plan == g).tolist())] == value


@given(instances(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_members_does_not_change_the_score(instance: Instance, random: object) -> None:
    order = np.array(random.sample(range(instance.members), instance.members))  # type: ignore[attr-defined]
    assert (
        solve_teams(shuffled(instance, order), seconds=20).objective
        == solve_teams(instance, seconds=20).objective
    )


def shuffled(instance: Instance, order: np.ndarray) -> Instance:
    """The same instance with its members in another order."""
    place_of = np.argsort(order)
    return Instance(
        sizes=instance.sizes,
        allowed=instance.allowed[order],
        apart=place_of[instance.apart],
        together=tuple(tuple(int(place_of[i]) for i in block) for block in instance.together),
        bounds=tuple(type(b)(b.marked[order], b.least, b.most) for b in instance.bounds),
        terms=tuple(
            type(t)(
                t.importance, t.base,
                None if t.pair is None else t.pair[np.ix_(order, order)], t.factor,
                None if t.place is None else t.place[order],
                tuple(type(table)(table.marked[order], table.points) for table in t.tables), t.cap,
            )
            for t in instance.terms
        ),
        weights=instance.weights,
        weakest=instance.weakest,
        home=None if instance.home is None else instance.home[order],
        most_moves=instance.most_moves,
    )  # fmt: skip
