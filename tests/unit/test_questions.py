"""What a manager asks of a finished plan."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.files import default_catalogue
from matcher.forming import form_duos, form_teams
from matcher.people.errors import InputError, RulesConflict
from matcher.people.friction import Friction, Severity
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.buddies import buddies
from matcher.plan.plan import Plan
from matcher.plan.questions import alternatives, cost_of, elsewhere, price_of, why_not
from matcher.rules import Apart, Rule, Sizes
from tests.strategies_people import brief_of

PEOPLE = {
    "M00": "systems_thinking calm",
    "M01": "experimentation energy",
    "M02": "organising grit",
    "M03": "vision storytelling",
    "M04": "evidence empathy",
    "M05": "creative_thinking calm",
    "M06": "momentum including",
    "M07": "finishing provocation",
}


def roster() -> Roster:
    members = tuple(Member(name, tuple(powers.split())) for name, powers in PEOPLE.items())
    return Roster(members, default_catalogue())


@pytest.fixture
def plan() -> Plan:
    return form_duos(roster(), rules=[Apart(("M00", "M01"))], seconds=5)


def rule_of(plan: Plan, kind: type) -> Rule:
    return next(check.source for check in plan.rules if isinstance(check.source, kind))


def test_a_rule_costs_what_the_score_gains_without_it(plan: Plan) -> None:
    answer = price_of(plan, rule_of(plan, Apart))
    free = form_duos(roster(), seconds=5)

    assert answer.plan.score == pytest.approx(free.score)
    assert answer.gain == pytest.approx(free.score - plan.score)
    assert answer.sentence == f"This rule costs {answer.gain:.1f} points."


def test_the_sizes_have_no_price(plan: Plan) -> None:
    with pytest.raises(InputError, match="no price"):
        price_of(plan, rule_of(plan, Sizes))


def test_the_best_plan_with_two_together_has_them_together_and_loses(plan: Plan) -> None:
    keys = [group.members for group in plan.groups]
    answer = why_not(plan, keys[0][1], keys[1][1])

    assert any(set(group.members) == {keys[0][1], keys[1][1]} for group in answer.plan.groups)
    assert answer.gain <= 0
    assert answer.most == pytest.approx(answer.gain)


def test_two_whom_a_rule_keeps_apart_cannot_be_together_and_the_rule_is_named(plan: Plan) -> None:
    with pytest.raises(RulesConflict, match="are apart"):
        why_not(plan, "M00", "M01")


def test_one_more_rule_holds_in_the_best_plan_and_costs_the_difference(plan: Plan) -> None:
    a, b = plan.groups[0].members[:2]
    answer = cost_of(plan, Apart((a, b)), seconds=5)
    home = {key: group.name for group in answer.plan.groups for key in group.members}
    assert home[a] != home[b]
    assert answer.gain == pytest.approx(answer.plan.score - plan.score)
    assert answer.sentence == f"It costs {plan.score - answer.plan.score:.1f} points."


def test_what_holds_already_costs_nothing(plan: Plan) -> None:
    answer = cost_of(plan, Apart((plan.groups[0].members[0], plan.groups[1].members[0])), seconds=5)
    assert answer.gain >= 0
    assert answer.sentence == "It costs nothing."


def test_alternatives_differ_from_the_plan_and_from_each_other(plan: Plan) -> None:
    found = alternatives(plan, 2, elsewhere=4, worse=50)

    assert len(found) == 2
    plans = [{group.members for group in p.groups} for p in (plan, *found)]
    assert all(len(a - b) >= 2 for i, a in enumerate(plans) for b in plans[:i])
    assert all(plan.score - 50 <= other.score <= plan.score for other in found)
    assert all(check.kept for other in found for check in other.rules)


def test_no_alternative_is_offered_that_loses_more_than_allowed(plan: Plan) -> None:
    assert all(other.score >= plan.score for other in alternatives(plan, 3, elsewhere=8, worse=0))


def test_members_elsewhere_are_counted_whatever_groups_are_called() -> None:
    one = np.array([0, 0, 1, 1, 2, 2])

    assert elsewhere(one, np.array([2, 2, 0, 0, 1, 1])) == 0
    assert elsewhere(one, np.array([0, 1, 1, 0, 2, 2])) == 2


def test_a_locked_team_keeps_its_members() -> None:
    people = roster()
    before = form_teams(people, count=2, seconds=5)
    again = form_teams(people, count=2, seconds=5, start=before, lock=["Team 2"], goals={"coverage": "off"})

    assert again.groups[1].members == before.groups[1].members


def test_locking_without_a_plan_to_begin_from_is_said() -> None:
    with pytest.raises(InputError, match="plan to begin from"):
        form_teams(roster(), count=2, lock=["Team 1"])


@pytest.mark.parametrize("most", [0, 2])
def test_at_most_so_many_people_move(most: int) -> None:
    people = roster()
    before = form_teams(people, count=2, seconds=5)
    worse = {
        "Team 1": ("M00", "M01", "M02", "M03"),
        "Team 2": ("M04", "M05", "M06", "M07"),
    }
    after = form_teams(people, count=2, seconds=5, start=Round(worse), move_at_most=most)

    moved = sum(len(set(g.members) - set(worse[g.name])) for g in after.groups)
    assert moved <= most
    assert after.score <= before.score
    assert after.status == "optimal"


def test_buddies_are_the_best_duos_inside_a_team() -> None:
    brief = brief_of(roster(), [8])
    pairs = buddies(brief, range(8))

    assert sorted(i for pair in pairs for i in pair) == list(range(8))
    assert (0, 1) in pairs


def test_those_who_would_rather_not_work_together_are_no_buddies_where_that_is_possible() -> None:
    def rather_not(*pairs: str) -> tuple[Friction, ...]:
        return tuple(Friction(*pair.split(), Severity.AVOID) for pair in pairs)

    def found(*pairs: str) -> list[tuple[int, ...]]:
        return sorted(buddies(brief_of(roster(), [8], frictions=rather_not(*pairs)), [0, 1, 2, 3]))

    assert found() == [(0, 1), (2, 3)]
    assert found("M00 M01") in ([(0, 2), (1, 3)], [(0, 3), (1, 2)])
    assert found("M01 M00", "M03 M01") == [(0, 3), (1, 2)]
    assert found("M00 M01", "M00 M02", "M00 M03") == [(0, 1), (2, 3)]  # there is nobody else for the first


def test_a_team_of_three_is_its_own_trio() -> None:
    assert buddies(brief_of(roster(), [8]), [1, 2, 5]) == [(1, 2, 5)]


def test_a_plan_with_buddies_names_them_in_words_and_in_its_file() -> None:
    plan = form_teams(roster(), count=2, seconds=5, buddies=True)

    for group, told in zip(plan.groups, plan.to_dict("team")["groups"], strict=True):
        assert sorted(key for pair in group.buddies for key in pair) == sorted(group.members)
        assert told["buddies"] == [list(pair) for pair in group.buddies]
        assert any(sentence.startswith("Buddies: ") for sentence in group.why)


def test_nobody_has_a_buddy_unless_it_was_asked_for() -> None:
    plan = form_teams(roster(), count=2, seconds=5)

    assert all(not group.buddies for group in plan.groups)
    assert "buddies" not in plan.to_dict()["groups"][0]
