"""Forming duos and teams from people, and scoring plans made by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import networkx as nx
import pytest

from matcher.forming import FormingProgress, form_duos, form_teams, score_plan
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan
from matcher.rules import Apart, Needs, Pin, Together
from tests.strategies_people import CATALOGUE, roster_of

POWERS = [superpower.id for superpower in CATALOGUE.superpowers]
QUICK = {"seconds": 0.5}


def crowd(members: int, seed: int = 1) -> Roster:
    rng = random.Random(seed)
    people = {f"M{i:02}": " ".join(rng.sample(POWERS, 3)) for i in range(members)}
    places = {name: {"place": rng.choice(["Kraków", "Osaka"])} for name in people}
    return roster_of(people, attributes=places)


def frictions_in(roster: Roster, count: int, seed: int = 2) -> list[tuple[str, str, str, str]]:
    rng = random.Random(seed)
    pairs = rng.sample(list(combinations([m.key for m in roster.members], 2)), count)
    return [(a, b, "never" if n % 2 else "avoid", "") for n, (a, b) in enumerate(pairs)]


def together(plan: Plan) -> set[frozenset[str]]:
    return {frozenset(pair) for group in plan.groups for pair in combinations(group.members, 2)}


def placed(plan: Plan) -> list[str]:
    return sorted(key for group in plan.groups for key in group.members)


@pytest.mark.parametrize(("members", "sizes"), [(2, [2]), (3, [3]), (12, [2] * 6), (13, [2] * 5 + [3])])
def test_duos_place_everybody_once_and_one_trio_when_odd(members: int, sizes: list[int]):
    roster = crowd(members)
    plan = form_duos(roster, lift_hard_clash=True, **QUICK)

    assert [len(group.members) for group in plan.groups] == sizes
    assert placed(plan) == [m.key for m in roster.members]
    assert [g.name for g in plan.groups] == [
        *(f"Duo {i + 1}" for i in range(sizes.count(2))),
        *["Trio 1"] * sizes.count(3),
    ]


@pytest.mark.parametrize("members", [12, 13])
def test_rules_hold_in_duos(members: int):
    roster = crowd(members)
    frictions = frictions_in(roster, 12)
    plan = form_duos(roster, frictions=frictions, **QUICK)

    never = {frozenset((a, b)) for a, b, severity, _ in frictions if severity == "never"}
    powers = {m.key: m.superpowers[:3] for m in roster.members}
    clashing = {
        frozenset((a, b))
        for a, b in combinations(powers, 2)
        if ("peacemaking" in powers[a] and "provocation" in powers[b])
        or ("provocation" in powers[a] and "peacemaking" in powers[b])
    }
    assert together(plan).isdisjoint(never | clashing)
    assert all(rule.kept for rule in plan.rules)


def test_a_hard_clash_can_be_lifted():
    pair = roster_of({"Ada": "peacemaking", "Bo": "provocation"})

    assert form_duos(pair, lift_hard_clash=True).groups[0].members == ("Ada", "Bo")
    assert form_teams(pair, size=2).groups[0].members == ("Ada", "Bo")


@pytest.mark.parametrize(("members", "frictions"), [(10, 0), (12, 8), (14, 12)])
def test_duos_with_complement_alone_are_a_maximum_weight_matching(members: int, frictions: int):
    roster = crowd(members, seed=members)
    never = [(a, b, "never", "") for a, b, *_ in frictions_in(roster, frictions)] if frictions else []
    plan = form_duos(
        roster,
        frictions=never,
        goals={"complement": "normal", "coverage": "off", "calm": "off", "weakest": "off"},
        lift_hard_clash=True,
    )

    graph = nx.Graph()
    forbidden = {frozenset((a, b)) for a, b, *_ in never}
    for a, b in combinations([m.key for m in roster.members], 2):
        if frozenset((a, b)) not in forbidden:
            points = int(plan.brief.fit.complement_points[plan.brief.indices[a], plan.brief.indices[b]])
            graph.add_edge(a, b, weight=points)
    best = nx.max_weight_matching(graph, maxcardinality=True)

    reached = sum(graph.edges[group.members]["weight"] for group in plan.groups)
    assert reached == sum(graph.edges[pair]["weight"] for pair in best)
    assert plan.status == "optimal"
    assert plan.goals == {"complement": pytest.approx(reached / len(plan.groups))}
    assert plan.score == plan.bound == plan.goals["complement"]


@pytest.mark.parametrize("form", [form_duos, lambda roster, **o: form_teams(roster, size="4-5", **o)])
def test_the_order_of_the_rows_does_not_change_the_plan(form):
    roster = crowd(9)
    frictions = frictions_in(roster, 5)
    members = list(roster.members)
    random.Random(3).shuffle(members)
    shuffled = replace(roster, members=tuple(members))

    first, second = form(roster, frictions=frictions), form(shuffled, frictions=frictions[::-1])

    assert first.score == second.score
    assert first.status == second.status == "optimal"


@pytest.mark.parametrize(
    ("given", "sizes"),
    [({"size": "4-6"}, [5, 4, 4]), ({"size": 4}, [5, 4, 4]), ({"count": 2}, [7, 6]), ({}, [5, 4, 4])],
)
def test_teams_have_the_sizes_asked_for(given, sizes):
    roster = crowd(13)
    plan = form_teams(roster, **given, **QUICK)

    assert [len(group.members) for group in plan.groups] == sizes
    assert placed(plan) == [m.key for m in roster.members]
    assert plan.baseline.random_mean < plan.score <= plan.bound + 1e-9


def test_every_rule_holds_in_teams():
    roster = crowd(12)
    rules = [
        Apart(("M00", "M01", "M02")),
        Together(("M03", "M04")),
        Pin(("M05",), "team 3"),
        Needs("every group", "at least", "place", "Osaka", 1),
        Needs("Team 1", "at most", "superpower", "calm", 1),
    ]
    plan = form_teams(roster, size=4, rules=rules, **QUICK)

    pairs = together(plan)
    assert pairs.isdisjoint(map(frozenset, combinations(("M00", "M01", "M02"), 2)))
    assert frozenset(("M03", "M04")) in pairs
    assert "M05" in plan.groups[2].members
    osaka = {m.key for m in roster.members if m.attributes["place"] == "Osaka"}
    assert all(osaka & set(group.members) for group in plan.groups)
    calm = {m.key for m in roster.members if "calm" in m.superpowers}
    assert len(calm & set(plan.groups[0].members)) <= 1
    assert [rule.kept for rule in plan.rules] == [True] * 6


def test_absent_members_are_shown_and_not_placed():
    roster = crowd(9)
    plan = form_duos(roster, absent=["m00"], **QUICK)

    assert [m.key for m in plan.absent] == ["M00"]
    assert placed(plan) == [m.key for m in roster.members[1:]]
    assert plan.to_dict()["absent"] == plan.settings["absent"] == ["M00"]


def test_a_preset_and_a_goal_reach_the_plan():
    plan = form_duos(crowd(6), preset="onboarding", goals={"weakest": "off"}, mix=["place"], **QUICK)

    assert plan.goals.keys() == {"complement", "coverage", "calm", "mix"}
    assert plan.settings["preset"] == "onboarding"
    assert plan.settings["goals"]["calm"] == "high"
    values, weights = plan.goals, {"complement": 2, "coverage": 1, "calm": 4, "mix": 2}
    assert plan.score == pytest.approx(sum(weights[n] * values[n] for n in weights) / sum(weights.values()))


def test_unranked_superpowers_reach_the_plan():
    people = {"Ada": "calm vision evidence systems_thinking", "Bo": "calm vision empathy experimentation"}

    ranked, unranked = (form_duos(roster_of(people, ranked=r)) for r in (True, False))

    assert ranked.goals["complement"] == 6  # 0.3 · 0.6 · 1/3: weighing evidence × vision
    assert unranked.goals["complement"] == 100


def test_progress_is_told_and_ends_at_the_plan():
    told: list[FormingProgress] = []
    plan = form_teams(crowd(12), size=4, on_progress=told.append, **QUICK)

    assert told
    assert all(p.score <= p.bound + 1e-9 for p in told)
    assert [p.score for p in told] == sorted(p.score for p in told)
    assert told[-1].score == pytest.approx(plan.score)
    shown = [p.groups for p in told if p.groups]
    assert sorted(sum(shown[-1], ())) == placed(plan)


def test_stop_gives_the_best_plan_so_far():
    told: list[FormingProgress] = []
    plan = form_teams(crowd(40), size=5, seconds=60, on_progress=told.append, stop=lambda: bool(told))

    assert len(placed(plan)) == 40
    assert plan.seconds < 5
    assert plan.score <= plan.bound


def test_a_plan_can_begin_from_another_one():
    roster = crowd(12)
    first = form_teams(roster, size=4, **QUICK)

    again = form_teams(roster, size=4, start=first, seconds=0.1)
    from_round = form_teams(
        roster, size=4, start=Round({g.name.upper(): g.members for g in first.groups}), seconds=0.1
    )

    assert again.score >= first.score - 1e-9
    assert from_round.score >= first.score - 1e-9


def test_a_start_with_people_who_left_and_groups_of_other_names_still_helps():
    former = Round(
        {"Red": ("M00", "M01", "Gone"), "Team 1": ("M02",), "Blue": ("M03",), "Too many": ("M04",)}
    )

    assert placed(form_teams(crowd(12), size=4, start=former, **QUICK)) == [m.key for m in crowd(12).members]


@pytest.mark.parametrize("kind", ["duos", "teams"])
def test_scoring_our_own_plan_gives_its_score_again(kind: str):
    roster = crowd(9)
    options = {"frictions": frictions_in(roster, 5), "rules": [Apart(("M00", "M01"))]}
    plan = form_duos(roster, **options) if kind == "duos" else form_teams(roster, size="4-5", **options)

    scored = score_plan(Round({g.name: g.members for g in plan.groups}), roster, **options)

    assert scored.kind == kind
    assert scored.score == plan.score
    assert scored.goals == plan.goals
    assert scored.bound == pytest.approx(plan.bound)
    assert all(rule.kept for rule in scored.rules)


def test_scoring_a_plan_names_the_rules_it_breaks():
    roster = roster_of({"Ada": "peacemaking", "Bo": "provocation", "Chi": "calm", "Dov": "vision"})
    plan = score_plan(
        Round({"Red": ("Ada", "bo"), "Blue": ("Chi", "Dov")}),
        roster,
        frictions=[("Chi", "Dov", "never")],
        rules=[Together(("Ada", "Chi"))],
    )

    broken = {rule.rule: rule.faults for rule in plan.rules if not rule.kept}
    assert broken == {
        "Chi and Dov never work together (friction).": ("Chi and Dov are both in Blue.",),
        "Ada and Chi are together.": ("Ada is in Red, Chi in Blue.",),
        "No duo pairs peacemaking with provocation.": ("Ada and Bo are both in Red.",),
    }
    assert plan.status == "feasible"
    assert [g.name for g in plan.groups] == ["Red", "Blue"]


def test_scoring_a_plan_that_leaves_somebody_out_says_so():
    roster = roster_of({"Ada": "calm", "Bo": "vision", "Chi": "evidence", "Dov": ""}, absent=["Dov"])
    plan = score_plan(Round({"A": ("Ada", "Bo")}), roster)

    assert [r.faults for r in plan.rules if not r.kept] == [("Chi is present but in no group.",)]
    assert plan.status == "feasible"


def test_two_members_of_one_name_are_both_placed():
    twins = Roster(tuple(Member("Ada", (p,), id=str(i)) for i, p in enumerate(POWERS[:4])), CATALOGUE)
    plan = form_duos(twins, frictions=[("0", "1", "never")], lift_hard_clash=True)

    assert placed(plan) == ["0", "1", "2", "3"]
    assert frozenset(("0", "1")) not in together(plan)
    assert "Ada (0)" in " ".join(sentence for group in plan.groups for sentence in group.why)
