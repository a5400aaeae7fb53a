"""The goals that need something from the manager: their numbers and a naive recount agree, for any plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, islice, permutations
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import score_plan
from matcher.goals import IMPORTANCES
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.formulation import Formulation
from tests.strategies_people import CATALOGUE, NAMES, plans

PROJECTS = ("Hera", "Iris", "Juno")
SPANS = {
    "Mon 9-11": range(18, 22),
    "Mon 10-12": range(20, 24),
    "Tue 8-9:30": range(64, 67),
    "Tue 8-12": range(64, 72),
}


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """Rosters in which everybody may wish, vote, be free and belong, formed into teams or projects."""
    names = NAMES[: draw(st.integers(2, 8))]
    some = st.lists(st.sampled_from(names), unique=True, max_size=4)
    members = tuple(
        Member(
            name,
            attributes={
                "site": draw(st.sampled_from(["", "Kraków", "Osaka"])),
                "team": draw(st.sampled_from("ab")),
            },
            prefers=tuple(n for n in draw(some) if n != name),
            turns_to=tuple(draw(some)),
            wants=tuple(draw(st.lists(st.sampled_from((*PROJECTS, "Kore")), unique=True))),
            hours="; ".join(draw(st.lists(st.sampled_from(sorted(SPANS)), unique=True, max_size=2))),
        )
        for name in names
    )
    sizes: list[int] = []
    while (left := len(names) - sum(sizes)) > 0:
        sizes.append(left if len(sizes) == 2 else draw(st.integers(1, left)))
    cuts = st.tuples(st.permutations(names), st.integers(0, len(names)))
    former = draw(st.lists(cuts, min_size=1, max_size=10))
    return Brief(
        Roster(members, CATALOGUE),
        draw(st.sampled_from([PlanKind.TEAMS, PlanKind.PROJECTS])),
        tuple(Slot(name, size) for name, size in zip(PROJECTS, sizes, strict=False)),
        rounds=tuple(Round({"One": tuple(order[:cut]), "Two": tuple(order[cut:])}) for order, cut in former),
        not_alone=draw(st.sampled_from([("site",), ("team", "site")])),
        keep_pairs=draw(st.booleans()),
        meeting_hours=draw(st.integers(1, 3)),
    )


def naive_fresh(brief: Brief, group: Sequence[Member], slot: Slot) -> float:
    recent = brief.rounds[::-1][:8]
    weights = [2.0**-age for age in range(len(recent))]
    points = []
    for a, b in combinations(group, 2):
        shared = [
            weight
            for weight, former in zip(weights, recent, strict=True)
            if any({a.name, b.name} <= set(people) for people in former.groups.values())
        ]
        points.append(round(100 * sum(shared) / sum(weights)))
    mean = sum(points) / len(points) if points else 0
    return mean if brief.keep_pairs else 100 - mean


def naive_not_alone(brief: Brief, group: Sequence[Member], slot: Slot) -> float:
    shares = []
    for attribute in brief.not_alone:
        kinds = [member.attributes[attribute] for member in group]
        fine = [kind for kind in kinds if not kind or kinds.count(kind) > 1 or len(kinds) == 1]
        shares.append(100 * len(fine) / len(kinds))
    return sum(shares) / len(shares)


def naive_wishes(brief: Brief, group: Sequence[Member], slot: Slot) -> float:
    usual = max(2, floor(len(brief.members) / len(brief.slots)))
    offered = [slot.name for slot in brief.slots]
    total = 0.0
    for member in group:
        halves = []
        if member.prefers:
            here = len(set(member.prefers) & {other.name for other in group})
            halves.append(here * round(100 / min(len(member.prefers), usual - 1)))
        wanted = [name for name in member.wants if name in offered]
        if wanted and brief.kind is PlanKind.PROJECTS:
            rank = wanted.index(slot.name) if slot.name in wanted else 4
            halves.append((100, 60, 30, 10, 0)[rank])
        total += sum(halves) / len(halves) if halves else 100
    return min(100, total / len(group))


def naive_meeting(brief: Brief, group: Sequence[Member], slot: Slot) -> float:
    shared = set(range(336))
    for member in group:
        if member.hours:
            shared &= {half for span in member.hours.split("; ") for half in SPANS[span]}
    return 100 * min(1, len(shared) / 2 / brief.meeting_hours)


def naive_sought_after(brief: Brief, group: Sequence[Member], slot: Slot) -> float:
    ballots = [set(member.turns_to) - {member.name} for member in brief.members]
    cast = sum(1 for ballot in ballots if ballot)

    def sought(member: Member) -> bool:
        naming = [ballot for ballot in ballots if member.name in ballot]
        load = sum(1 / len(ballot) for ballot in naming)
        return len(naming) > 1 and load * len(brief.members) >= 2 * cast - 1e-9

    stars = [member for member in brief.members if sought(member)]
    share = len(group) * len(stars) / len(brief.members)
    low, high = floor(share + 1e-9), ceil(share - 1e-9)
    count = sum(1 for member in group if member in stars)
    worst = max(1, low, min(len(group), len(stars)) - high)
    return 100 * (1 - (max(0, count - high) + max(0, low - count)) / worst)


NAIVE = {
    "fresh": naive_fresh,
    "not alone": naive_not_alone,
    "wishes": naive_wishes,
    "meeting": naive_meeting,
    "sought after": naive_sought_after,
}


@pytest.mark.parametrize("name", NAIVE)
@settings(max_examples=80)
@given(data=st.data())
def test_a_goals_numbers_agree_with_a_naive_recount(name: str, data: st.DataObject):
    brief = data.draw(briefs())
    plan = data.draw(plans(brief))

    formulation = Formulation(brief, (), {name: 1})
    (values,) = formulation.instance.term_values(formulation.labels(plan)) / formulation._unit
    (goal,) = formulation.goals

    naive = [
        NAIVE[name](brief, [brief.members[i] for i in group], slot)
        for group, slot in zip(plan, brief.slots, strict=True)
    ]
    assert values == pytest.approx(naive, abs=1e-9)
    assert [float(goal.value(brief, group, g)) for g, group in enumerate(plan)] == pytest.approx(
        naive, abs=1e-9
    )
    assert max(naive) <= 100


@settings(max_examples=6)
@given(briefs().filter(lambda brief: len(brief.members) <= 6))
def test_with_every_goal_on_the_bound_is_the_best_there_is(brief: Brief):
    keys = iter(member.key for member in brief.members)
    by_hand = Round({slot.name: tuple(islice(keys, slot.size)) for slot in brief.slots})

    scored = score_plan(
        by_hand,
        brief.roster,
        kind=brief.kind,
        history=brief.rounds,
        not_alone=brief.not_alone,
        keep=brief.keep_pairs,
        meeting_hours=brief.meeting_hours,
        seconds=30,
    )

    on = {name: IMPORTANCES[importance] for name, importance in scored.settings["goals"].items()}
    formulation = Formulation(scored.brief, (), on)
    labels = np.repeat(np.arange(len(brief.sizes)), brief.sizes)
    best = max(
        formulation.instance.objective(np.array(order)) for order in set(permutations(labels.tolist()))
    )
    assert {"not alone", "fresh"} <= {name for name, weight in on.items() if weight}
    assert scored.bound == pytest.approx(float(formulation.score(best)))


@settings(max_examples=40)
@given(briefs(), st.randoms())
def test_the_order_of_rows_does_not_matter(brief: Brief, random):
    rows = list(brief.roster.members)
    random.shuffle(rows)
    other = replace(brief, roster=replace(brief.roster, members=tuple(rows)))
    one, two = (Formulation(b, (), dict.fromkeys(NAIVE, 1)).instance for b in (brief, other))
    labels = np.repeat(np.arange(len(brief.sizes)), brief.sizes)

    assert one.objective(labels) == two.objective(labels)
