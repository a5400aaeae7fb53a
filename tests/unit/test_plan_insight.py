"""What a roster has and lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import score_plan
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.checker import check
from matcher.plan.insight import Gap, insight, lifts
from matcher.plan.plan import Plan
from matcher.plan.standing import goals_on, weights
from tests.strategies_people import CATALOGUE, roster_of, rosters

PEOPLE = {
    "Ada": "systems_thinking evidence",
    "Bo": "experimentation vision",
    "Chi": "evidence calm",
    "Dov": "provocation",
    "Eun": "peacemaking",
    "Fay": "empathy evidence",
    "Gil": "vision",
    "Hal": "empathy",
}
TEAMS: dict[str, tuple[str, ...]] = {"Red": ("Ada", "Chi", "Fay", "Hal"), "Blue": ("Bo", "Dov", "Eun", "Gil")}


def plan_of(roster: Roster, groups: dict[str, tuple[str, ...]] | None = None, **options: Any) -> Plan:
    return score_plan(Round(groups or TEAMS), roster, seconds=0, **options)


def test_every_superpower_says_who_brings_it_first_and_who_later() -> None:
    found = {held.id: held for held in insight(roster_of(PEOPLE)).superpowers}

    assert (found["evidence"].first, found["evidence"].later) == (("Chi",), ("Ada", "Fay"))
    assert found["vision"].holders == ("Gil", "Bo")


def test_what_nobody_and_what_only_one_brings_is_told() -> None:
    few = {name: powers for name, powers in PEOPLE.items() if name not in {"Dov", "Eun"}}
    found = insight(roster_of(few))

    assert [held.name for held in found.missing] == ["Provocation", "Peacemaking"]
    assert [held.name for held in found.rare] == ["Experimentation", "Systems thinking", "Calm"]


def test_an_absence_that_leaves_a_gap_is_told_with_all_that_would_be_missing_families_first() -> None:
    found = insight(roster_of(PEOPLE)).gaps

    assert found[0] == Gap("Dov", ("Influence",), ("Provocation",))
    assert found[1].sentence == "Only Chi brings the family Steadiness, and the superpower calm."
    assert [gap.member for gap in found] == ["Dov", "Chi", "Bo", "Ada", "Eun"]


def test_a_superpower_that_is_not_scored_and_somebody_absent_do_not_count() -> None:
    people = {"Ada": "vision evidence empathy calm", "Bo": "calm", "Chi": "vision"}
    found = insight(roster_of(people, absent=["Bo"]))

    assert found.people == 2
    assert "Calm" in [held.name for held in found.missing]


def test_a_group_leans_on_who_alone_brings_most_families_there_and_a_duo_on_nobody() -> None:
    plan = plan_of(roster_of(PEOPLE))
    assert [gap.sentence for gap in insight(plan.brief.roster, plan).leaning] == [
        "Only Chi brings the family Steadiness to Red.",
        "Only Dov brings the family Influence to Blue.",
    ]
    duos = plan_of(
        roster_of(PEOPLE), {f"Duo {i}": pair for i, pair in enumerate([("Ada", "Bo"), ("Chi", "Dov")])}
    )
    assert insight(duos.brief.roster, duos).leaning == ()


def test_one_more_member_lifts_the_weakest_group_by_what_scoring_them_gives() -> None:
    plan = plan_of(roster_of(PEOPLE))
    found = lifts(plan)
    weakest = min(plan.groups, key=lambda group: group.score)

    assert found
    assert all(lift.group == weakest.name and lift.score.before == weakest.score for lift in found)
    assert [lift.score.change for lift in found] == sorted((x.score.change for x in found), reverse=True)
    best = found[0]
    assert best.sentence == (
        f"One more member with {best.superpower.lower()} first lifts {weakest.name}, the weakest, "
        f"from {best.score.before:.1f} to {best.score.after:.1f}."
    )


@settings(max_examples=20)
@given(st.data())
def test_a_lift_is_the_best_of_its_family_that_really_scoring_every_superpower_gives(
    data: st.DataObject,
) -> None:
    roster = data.draw(rosters(least=5))
    keys = data.draw(st.permutations([m.key for m in roster.present]))
    groups = {"Red": tuple(keys[:3]), "Blue": tuple(keys[3:])}
    options: dict[str, Any] = {"history": [Round(groups)]}
    if any(m.attributes["location"] for m in roster.present):
        options |= {"mix": ["location"], "not_alone": ["location"]}
    plan = plan_of(roster, groups, **options)
    weakest = min(plan.groups, key=lambda group: group.score)

    slots = tuple(replace(s, size=s.size + (s.name == weakest.name)) for s in plan.brief.slots)

    def with_one_more(superpower: str) -> float:
        larger = replace(roster, members=(*roster.members, Member("One more", (superpower,))))
        brief = replace(plan.brief, roster=larger, slots=slots)
        filled = [(*g.members, "One more") if g is weakest else g.members for g in plan.groups]
        placed = [tuple(sorted(brief.indices[key] for key in group)) for group in filled]
        found = check(brief, (), goals_on(plan), weights(plan), placed)
        return float(found.scores[plan.groups.index(weakest)])

    really = {power.name: with_one_more(power.id) for power in CATALOGUE.superpowers}
    family = {power.name: CATALOGUE.family_by_id[power.family].name for power in CATALOGUE.superpowers}
    found = lifts(plan)
    for lift in found:
        assert lift.score.after == pytest.approx(really[lift.superpower], abs=1e-12)
        assert lift.score.after == max(s for name, s in really.items() if family[name] == lift.family)
    silent = {name for name in really if family[name] not in {lift.family for lift in found}}
    assert all(really[name] - weakest.score < 0.05 for name in silent)


def test_a_lift_says_who_is_absent_and_has_it_and_that_the_group_becomes_large() -> None:
    people = dict.fromkeys("ABCDEF", "vision") | {"Zoe": "calm"} | {"Y": "evidence", "X": "empathy"}
    plan = plan_of(roster_of(people), {"Red": tuple("ABCDEF"), "Blue": ("Y", "X")}, absent=["Zoe"])
    calm = next(lift for lift in lifts(plan) if lift.superpower == "Calm")

    assert calm.sentence.endswith(
        "It would have 7 members; 4 to 6 are easier to hold together. Zoe, absent now, has it."
    )


def test_who_is_sought_after_is_told_with_ballots_that_can_be_counted() -> None:
    roster = roster_of(PEOPLE)
    turns = {"Ada": ("Bo",), "Chi": ("Bo", "Dov"), "Eun": ("Bo",), "Gil": ("Hal",)}
    members = tuple(replace(m, turns_to=turns.get(m.name, ())) for m in roster.members)
    found = insight(replace(roster, members=members))

    # Bo has 1 + 1/2 + 1 of 4 ballots; an equal share is 4/8
    assert [who.sentence for who in found.sought] == [
        "3 members turn to Bo: 2.5 of 4 ballots, 5.0 times an equal share."
    ]
    assert found.load_sentence == "1 of 8 people has 62 % of the ballots."
    assert insight(roster).sought == ()


def test_a_roster_without_anybody_present_has_nothing_to_tell() -> None:
    with pytest.raises(ValueError, match="Nobody is present"):
        insight(roster_of({"Ada": "vision"}, absent=["Ada"]))
