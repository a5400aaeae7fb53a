from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest

import matcher
from matcher.files.rotations import rounds_csv
from matcher.instance import Draft
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.met import Met
from matcher.plan.rotation import Rotation, RotationProgress
from matcher.rules import Apart, Pin, Together
from matcher.solve.schedule import schedule
from matcher.solve.schedule_designs import field, known_rounds
from matcher.solve.schedule_limit import Reason, most_rounds
from tests.strategies_people import CATALOGUE

POWERS = ("systems_thinking", "experimentation", "evidence", "empathy", "calm", "vision")


def people(count: int, *absent: str) -> Roster:
    """People called A1, A2, … of whom nobody may not be with somebody."""
    names = [f"A{i + 1:02d}" for i in range(count)]
    members = [Member(name, (POWERS[i % 6],), absent=name in absent) for i, name in enumerate(names)]
    return Roster(tuple(members), CATALOGUE)


def times_together(rotation: Rotation) -> Counter[tuple[str, str]]:
    return Counter(
        pair
        for plan in rotation.plans
        for group in plan.groups
        for pair in combinations(sorted(group.members), 2)
    )


def assert_legal(rotation: Rotation, roster: Roster) -> None:
    for plan in rotation.plans:
        assert all(rule.kept for rule in plan.rules)
        placed = sorted(key for group in plan.groups for key in group.members)
        assert placed == sorted(m.key for m in roster.present)


@pytest.mark.parametrize(
    ("sizes", "rounds"),
    [
        ([2] * 6, 11),
        ([2], 1),
        ([4] * 5, 5),
        ([5, 5, 4, 4, 4], 5),
        ([3] * 3, 4),
        ([4] * 4, 5),
        ([8] * 8, 9),
        ([4] * 16, 21),
        ([3] * 12, 12 + 4),
        ([3, 2, 2, 2, 2], 5),
        ([6] * 6, 0),
        ([3] * 6, 0),
        ([6, 4], 0),
    ],
)
def test_known_schedules_have_their_sizes_and_no_pair_twice(sizes: list[int], rounds: int):
    known = known_rounds(np.array(sizes))

    assert known.shape == (rounds, sum(sizes))
    together = sum((row[:, None] == row[None, :]).astype(int) for row in known) - rounds * np.eye(sum(sizes))
    assert together.max(initial=0) <= 1
    for row in known:
        assert np.bincount(row).tolist() == sizes


@pytest.mark.parametrize(("p", "m"), [(2, 1), (5, 1), (2, 2), (2, 3), (3, 2), (2, 4), (5, 2)])
def test_the_tables_are_those_of_a_field(p: int, m: int):
    add, times = field(p, m)
    q = p**m
    everything = list(range(q))

    for table, neutral in ((add, 0), (times, 1)):
        assert (table == table.T).all()
        assert table[neutral].tolist() == everything
        left = table[table]  # [a, b, c] is (a b) c
        assert (left == left.transpose(2, 0, 1)).all()
    assert all(sorted(row) == everything for row in add.tolist())
    assert all(sorted(row) == everything for row in times[1:].tolist())
    for a, b, c in product(everything[:9], repeat=3):
        assert times[a, add[b, c]] == add[times[a, b], times[a, c]]


def test_twelve_people_in_duos_meet_everybody_once_in_eleven_rounds():
    roster = people(12)
    rotation = matcher.form_rounds(roster, rounds=11, seconds=4, lift_hard_clash=True)

    assert_legal(rotation, roster)
    assert set(times_together(rotation).values()) == {1}
    assert len(times_together(rotation)) == 66
    assert (rotation.free, rotation.most, rotation.repeats) == (11, 11, ())
    assert rotation.verdict == (
        "No two people are together twice in these 11 rounds. At most 11 rounds can be without a repeat: "
        "everybody meets 1 new person a round, and can meet 11 for the first time."
    )


def test_twenty_people_in_fours_meet_nobody_twice_in_five_rounds():
    roster = people(20)
    rotation = matcher.form_rounds(roster, rounds=5, size=4, seconds=3)

    assert_legal(rotation, roster)
    assert set(times_together(rotation).values()) == {1}
    assert (rotation.free, rotation.most) == (5, 6)


def test_where_the_limit_allows_what_is_not_found_exactly_that_is_said():
    # twenty in fours: six rounds would be a design that is known not to exist
    rotation = matcher.form_rounds(people(20), rounds=6, size=4, seconds=3)

    assert rotation.free == 5
    assert rotation.verdict.startswith("No schedule of 6 rounds without a repeat was found in ")
    assert "Rounds 1 to 5 have no repeat. At most 6 rounds can be without a repeat:" in rotation.verdict
    assert "everybody meets 3 new people or more a round, and can meet 19" in rotation.verdict
    assert "From round 6 on" in rotation.verdict


def test_when_more_rounds_are_asked_for_than_possible_repeats_come_last_and_are_spread():
    rotation = matcher.form_rounds(people(6), rounds=8, seconds=3, lift_hard_clash=True)

    assert (rotation.free, rotation.most) == (5, 5)
    assert set(times_together(rotation).values()) == {1, 2}
    assert len(rotation.repeats) == 9
    assert all(repeat.times == 2 and repeat.again == 1 for repeat in rotation.repeats)
    assert "From round 6 on 9 pairs are together again, 9 times in all; no pair more than 2 times." in (
        rotation.verdict
    )


def test_an_odd_number_of_people_has_one_trio_in_each_round():
    roster = people(9)
    rotation = matcher.form_rounds(roster, rounds=6, seconds=20, lift_hard_clash=True)

    assert_legal(rotation, roster)
    assert [sorted(len(g.members) for g in plan.groups) for plan in rotation.plans] == [[2, 2, 2, 3]] * 6
    assert rotation.because == "each round takes 6 new pairs, and 36 can be together for the first time"
    assert (rotation.free, rotation.most) == (6, 6)


def test_a_team_that_is_larger_than_there_are_teams_cannot_be_split():
    rotation = matcher.form_rounds(people(6), rounds=2, size=3, seconds=1)

    assert (rotation.free, rotation.most) == (1, 1)
    assert rotation.because == (
        "the 3 of one team have to go to 3 different teams in the next round, and there are 2"
    )


def test_past_rounds_count_only_when_asked():
    roster = people(4)
    history = [Round({"1": ("A01", "A02"), "2": ("A03", "A04")}, "spring")]
    counting = matcher.form_rounds(roster, rounds=3, history=history, seconds=2, lift_hard_clash=True)
    forgetting = matcher.form_rounds(
        roster, rounds=3, history=history, avoid_past=False, seconds=2, lift_hard_clash=True
    )

    assert (counting.free, counting.most, counting.past) == (2, 2, 1)
    assert len(counting.repeats) == 2
    assert all((repeat.rounds[-1], repeat.times, repeat.again) == (3, 2, 1) for repeat in counting.repeats)
    assert (forgetting.free, forgetting.most, forgetting.past) == (3, 3, 0)
    assert "past" not in forgetting.verdict


def test_people_who_have_all_met_leave_no_round_without_a_repeat():
    roster = people(6)
    history = [Round({"all": ("A01", "A02", "A03", "A04")})]
    rotation = matcher.form_rounds(roster, rounds=1, history=history, seconds=1, lift_hard_clash=True)

    assert (rotation.free, rotation.most) == (0, 0)
    assert rotation.verdict.startswith("No round can be without a repeat: of A01, A02, A03, A04 each two")
    assert "so they need 4 different duos, and there are 3" in rotation.verdict


def test_whoever_may_be_with_fewer_limits_the_rounds_and_is_named():
    roster = people(8)
    frictions = [("A01", "A02"), ("A01", "A03")]
    rotation = matcher.form_rounds(roster, rounds=6, frictions=frictions, seconds=20, lift_hard_clash=True)

    assert_legal(rotation, roster)
    assert rotation.most == 5
    assert rotation.because == "A01 meets 1 new person a round, and can meet 5 for the first time"
    assert rotation.free == 5


def test_whom_a_rule_puts_together_in_every_round_is_no_repeat():
    roster = people(12)
    rules = [Together(("A01", "A02")), Apart(("A03", "A04"))]
    rotation = matcher.form_rounds(roster, rounds=2, size=3, rules=rules, seconds=20)

    assert_legal(rotation, roster)
    assert rotation.always == (("A01", "A02"),)
    assert rotation.free == 2
    assert "The rules put A01 with A02 in every round; these are no repeats." in rotation.verdict


def test_when_the_rules_decide_everything_there_is_no_limit_and_no_repeat():
    rules = [Pin((f"A{i:02d}",), f"Team {1 + (i > 2)}") for i in range(1, 5)]
    rotation = matcher.form_rounds(people(4), rounds=3, count=2, rules=rules, seconds=1)

    assert (rotation.free, rotation.most) == (3, None)
    assert rotation.always == (("A01", "A02"), ("A03", "A04"))


def test_absent_people_are_in_no_round():
    roster = people(8, "A03")
    rotation = matcher.form_rounds(roster, rounds=2, absent=["A05"], seconds=1, lift_hard_clash=True)

    placed = {key for plan in rotation.plans for group in plan.groups for key in group.members}
    assert placed == {m.key for m in roster.members} - {"A03", "A05"}


def test_each_round_is_a_plan_whose_freshness_knows_the_rounds_before():
    history = [Round({"1": ("A01", "A02")}, "spring")]
    rotation = matcher.form_rounds(people(8), rounds=3, history=history, seconds=2, lift_hard_clash=True)

    assert [len(plan.brief.rounds) for plan in rotation.plans] == [1, 2, 3]
    assert [plan.goals["fresh"] for plan in rotation.plans] == [100, 100, 100]
    assert [one.name for one in rotation.rounds] == ["Round 1", "Round 2", "Round 3"]
    for plan in rotation.plans:
        assert plan.score <= plan.bound
        assert any("have not been together in a past round" in why for g in plan.groups for why in g.why)


def test_rounds_are_as_good_as_single_plans_where_nothing_stands_against_it():
    roster = people(12)
    single = matcher.form_duos(roster, lift_hard_clash=True)
    rotation = matcher.form_rounds(roster, rounds=2, seconds=30, lift_hard_clash=True)

    assert rotation.plans[0].score == pytest.approx(single.score)


def test_rules_that_cannot_hold_are_told_as_for_one_plan():
    rules = [Together(("A01", "A02")), Apart(("A01", "A02"))]
    with pytest.raises(RulesConflict) as told:
        matcher.form_rounds(people(6), rounds=2, size=3, rules=rules)
    assert len(told.value.sentences) == 2


@pytest.mark.parametrize("rounds", [0, 101])
def test_a_number_of_rounds_that_makes_no_sense_is_refused(rounds: int):
    with pytest.raises(InputError, match=f"Plan 1 to 100 rounds at once; {rounds} were asked for"):
        matcher.form_rounds(people(4), rounds=rounds)


def test_what_speaks_of_one_plan_is_refused():
    with pytest.raises(InputError, match="leave out move_at_most and keep"):
        matcher.form_rounds(people(4), rounds=2, move_at_most=2, keep=True)


def test_stopped_at_once_there_are_still_legal_rounds():
    roster = people(21)
    rotation = matcher.form_rounds(roster, rounds=4, size=4, stop=lambda: True)

    assert len(rotation.plans) == 4
    assert_legal(rotation, roster)


def test_progress_tells_of_the_rounds_and_never_fewer_without_a_repeat_at_the_end():
    told: list[RotationProgress] = []
    rotation = matcher.form_rounds(people(12), rounds=5, seconds=2, on_progress=told.append)

    assert told
    assert all(one.rounds == 5 for one in told)
    assert told[-1].free == rotation.free
    assert told[-1].repeats == sum(repeat.again for repeat in rotation.repeats)


def test_a_known_schedule_is_not_needed_where_rosters_are_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matcher.solve.schedule._SEARCHED_UP_TO", 0)
    rotation = matcher.form_rounds(people(20), rounds=3, seconds=3, lift_hard_clash=True)

    assert rotation.free == 3


def test_rounds_as_a_file_read_back_in_as_history():
    members = (
        Member("Sam Ode", ("calm",), id="7"),
        Member("Sam Ode", ("vision",), id="8"),
        Member("=Ida", ("empathy",), id="9"),
        Member("Bo", ("evidence",), id="10"),
    )
    roster = Roster(members, CATALOGUE)
    rotation = matcher.form_rounds(roster, rounds=3, seconds=1, lift_hard_clash=True)
    data = rounds_csv(rotation.plans)
    read = matcher.read_history(data, roster, name="rounds.csv")

    assert data.decode("utf-8-sig").splitlines()[0] == "round,group,id,name"
    assert [{k: set(v) for k, v in one.groups.items()} for one in read] == [
        {k: set(v) for k, v in one.groups.items()} for one in rotation.rounds
    ]
    again = matcher.form_rounds(roster, rounds=1, history=read, seconds=1, lift_hard_clash=True)
    assert again.most == 0


def test_bounds_and_blocks_are_kept_by_the_search_for_fewer_repeats():
    draft = Draft([4, 4, 4])
    draft.together((0, 1))
    draft.bound((2, 3, 4), range(3), least=1, most=1)
    draft.only(5, [0, 1])
    draft.apart(6, 7)
    instance = draft.build([], np.ones(3, dtype=np.int64), 0)
    found = schedule(instance, 3, seconds=1.5)

    assert found.labels is not None
    assert all(instance.keeps(row) for row in found.labels)
    assert found.limit is not None
    assert found.free <= found.limit.rounds


@pytest.mark.parametrize(
    ("sizes", "apart", "rounds", "reason"),
    [
        ([2] * 4, [], 7, Reason.MEMBER),
        ([2] * 4, [(0, 1), (0, 2)], 5, Reason.MEMBER),
        ([3, 2, 2], [], 4, Reason.PAIRS),
        ([4] * 3, [], 1, Reason.GROUPS),
        ([4] * 5, [], 6, Reason.MEMBER),
    ],
)
def test_limits_are_those_counted_by_hand(
    sizes: list[int], apart: list[tuple[int, int]], rounds: int, reason: Reason
):
    draft = Draft(sizes)
    for i, j in apart:
        draft.apart(i, j)
    instance = draft.build([], np.ones(len(sizes), dtype=np.int64), 0)
    limit = most_rounds(instance, np.zeros((sum(sizes), sum(sizes)), dtype=np.int64))

    assert limit is not None
    assert (limit.rounds, limit.reason) == (rounds, reason)


def test_who_has_met_whom_is_counted_over_rounds_and_without_the_absent():
    roster = people(5, "A05")
    rounds = [Round({"x": ("A01", "A02", "A05"), "y": ("A03",)}), Round({"x": ("A01", "A02")})]
    met = Met.of(roster, rounds)

    assert met.names == ["A01", "A02", "A03", "A04"]
    assert met.times.tolist() == [[0, 2, 0, 0], [2, 0, 0, 0], [0] * 4, [0] * 4]
    assert (met.pairs, met.new_pairs, met.most) == (6, 5, 2)
    assert met.never(0) == [2, 3]
    assert met.most_often() == [(0, 1)]
    assert Met.of(roster, rounds[1:]).most_often() == []
