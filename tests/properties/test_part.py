"""A part of any plan: what it allows and what it is worth, against the whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.instance import Instance
from matcher.solve.part import part
from tests.strategies import every_plan, instances


@given(instances(most_groups=4), st.data())
@settings(max_examples=150, deadline=None)
def test_a_part_is_the_whole_with_the_other_groups_fixed(instance: Instance, data: st.DataObject) -> None:
    plans = list(every_plan(instance))
    if not plans:
        return
    plan = data.draw(st.sampled_from(plans))
    names = st.integers(0, instance.groups - 1)
    groups = np.array(data.draw(st.lists(names, min_size=1, unique=True)), dtype=np.int64)
    smaller, members = part(instance, plan, groups)
    outside = ~np.isin(plan, groups)
    expected = {
        tuple(other.tolist()): instance.objective(other) - instance.objective(plan)
        for other in plans
        if np.array_equal(other[outside], plan[outside])
    }
    now = np.argsort(groups)[np.searchsorted(np.sort(groups), plan[members])]
    found = {}
    for other in every_plan(smaller):
        whole = plan.copy()
        whole[members] = groups[other]
        found[tuple(whole.tolist())] = smaller.objective(other) - smaller.objective(now)
    assert found == expected
