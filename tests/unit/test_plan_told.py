"""What a plan tells, and to whom: sentences, frames, plan.json."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from matcher.forming import form_duos, form_teams
from matcher.goals import Reason
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Baseline, Plan
from matcher.plan.explain import MOST_REASONS, first_exercise, reasons_why, talking_points
from matcher.rules import Apart
from tests.strategies_people import CATALOGUE, brief_of, roster_of

PEOPLE = {
    "Ada": "systems_thinking calm",
    "Bo": "experimentation",
    "Chi": "evidence",
    "Dov": "vision",
    "Eun": "peacemaking",
    "Fay": "provocation",
    "Gil": "empathy",
}
ONLY_MIX = {"mix": "normal", "complement": "off", "coverage": "off", "calm": "off", "weakest": "off"}
PRIVATE = ("friction", "rather not", "never work", "apart", "secretnote", "clash", "avoid")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return form_duos(
        roster_of(PEOPLE, absent=["Gil"]),
        frictions=[("Ada", "Dov", "never", "secretnote one"), ("Chi", "Dov", "avoid", "secretnote two")],
        rules=[Apart(("Bo", "Dov"))],
    )


@pytest.fixture(scope="module")
def with_avoided() -> Plan:
    return form_teams(roster_of(PEOPLE), count=1, frictions=[("Chi", "Dov", "avoid", "secretnote two")])


def test_plan_json_has_the_documented_keys(plan: Plan):
    told = plan.to_dict()

    documented = {
        *("kind", "status", "score", "bound", "gap_percent", "seconds", "seed"),
        *("goals", "groups", "rules", "baseline", "settings"),
    }
    assert documented <= told.keys()
    assert {"name", "members", "score", "goals", "why", "talk_about"} <= told["groups"][0].keys()
    assert all(rule.keys() == {"rule", "kept"} for rule in told["rules"])
    assert told["baseline"].keys() == {"random_mean", "better_than_percent", "draws"}
    assert told["goals"].keys() == {"complement", "coverage", "calm", "weakest"}
    assert told["kind"] == "duos"
    assert told["absent"] == ["Gil"]
    assert json.loads(json.dumps(told)) == told


def test_plan_json_gives_the_plans_numbers(plan: Plan):
    told = plan.to_dict()

    assert told["status"] == plan.status == "optimal"
    assert told["score"] == told["bound"] == pytest.approx(plan.score, abs=1e-6)
    assert told["gap_percent"] == 0
    assert [group["members"] for group in told["groups"]] == [list(g.members) for g in plan.groups]
    assert sorted(key for group in told["groups"] for key in group["members"]) == sorted(
        PEOPLE.keys() - {"Gil"}
    )


def test_every_group_says_why(plan: Plan, with_avoided: Plan):
    for group in (*plan.groups, *with_avoided.groups):
        assert group.why
        assert any(name in sentence for sentence in group.why for name in group.members)


def test_the_reason_names_members_and_superpowers(plan: Plan):
    duo = next(group for group in plan.groups if "Ada" in group.members)

    assert duo.members == ("Ada", "Bo")
    assert duo.why[0] == "Ada's systems thinking × Bo's experimentation: one maps, one tests (stated)."


def test_a_group_without_a_complement_still_says_what_each_brings():
    brief = brief_of({"Ada": "calm", "Bo": "vision", "Chi": ""}, [3])

    assert [r.text for r in reasons_why(brief, [], (0, 1, 2))] == [
        "They bring: Ada calm, Bo vision and Chi no known superpower yet."
    ]


def test_the_team_reads_why_even_where_all_reasons_are_private():
    members = tuple(Member(n, ("calm",), attributes={"site": n[0]}) for n in ("A1", "A2", "B1", "B2"))
    made = form_teams(Roster(members, CATALOGUE), count=1, mix=["site"], goals=ONLY_MIX)

    assert made.groups[0].told_why("manager")[0] == "site: 2 A and 2 B."
    assert made.groups[0].told_why("team") == ["They bring: A1 calm, A2 calm, B1 calm and B2 calm."]


class Talkative:
    """A goal with more to say than anybody reads."""

    def talk_about(self, brief, group):
        return [Reason(str(n), weight=n % 7) for n in range(9)]


def test_the_weightiest_come_first_and_no_more_than_are_read():
    points = talking_points(brief_of(PEOPLE, [7]), [Talkative()], (0, 1))

    assert [p.text for p in points] == ["6", "5", "4", "3", "2"]
    assert len(points) == MOST_REASONS


def test_the_manager_reads_the_friction_that_remains(with_avoided: Plan):
    assert "Chi and Dov would rather not work together: secretnote two." in with_avoided.groups[0].talk_about


@pytest.mark.parametrize("fixture", ["plan", "with_avoided"])
def test_the_team_reads_nothing_that_would_hurt(fixture: str, request: pytest.FixtureRequest):
    made: Plan = request.getfixturevalue(fixture)
    told = made.to_dict("team")
    everything = " ".join(
        [json.dumps(told), made.to_frame("team").to_csv(), made.duos_frame("team").to_csv()]
    ).lower()

    assert [word for word in PRIVATE if word in everything] == []
    assert "calm" not in told["goals"]
    assert "weakest" not in told["goals"]
    assert all(group.keys() == {"name", "members", "why", "talk_about"} for group in told["groups"])
    assert "fit" not in made.duos_frame("team").columns


def test_the_manager_reads_all_rules_and_the_team_none_that_is_private(plan: Plan):
    mine = [rule["rule"] for rule in plan.to_dict()["rules"]]
    theirs = [rule["rule"] for rule in plan.to_dict("team")["rules"]]

    assert mine == [
        "Everybody present is in exactly one duo.",
        "Ada and Dov never work together (friction).",
        "Bo and Dov are apart.",
        "No duo pairs peacemaking with provocation.",
    ]
    assert theirs == [mine[0], mine[3]]
    assert all(rule["kept"] for rule in plan.to_dict()["rules"])


def test_the_team_is_given_something_to_begin_with(plan: Plan, with_avoided: Plan):
    assert all(group.told_talk("team") == [group.exercise] for group in plan.groups)
    assert "swap superpowers for a day" in first_exercise((0, 1))
    assert "on the wall" in with_avoided.groups[0].exercise


def test_the_frame_has_a_row_for_everybody_the_absent_last(plan: Plan):
    frame = plan.to_frame()

    assert list(frame.columns) == ["name", "superpowers", "group", "why", "talk about"]
    assert sorted(frame["name"]) == sorted(PEOPLE)
    assert frame.iloc[-1].tolist() == ["Gil", "Empathy", "", "Absent from this plan.", ""]
    assert list(frame["group"][:2]) == ["Duo 1", "Duo 1"]


def test_the_frame_keeps_the_rosters_own_columns_in_their_order():
    cells = [
        {"Ort": "Köln", "Wer": name, "group": "old", "Stärken": "calm", "": "x"} for name in ("Ada", "Bo")
    ]
    members = tuple(Member(c["Wer"], ("calm",), attributes={"Ort": "Köln"}, cells=c) for c in cells)
    frame = form_duos(Roster(members, CATALOGUE)).to_frame()

    assert list(frame.columns) == ["Ort", "Wer", "group", "Stärken", "", "group", "why", "talk about"]
    assert frame.iloc[:, 2].tolist() == ["old", "old"]
    assert frame.iloc[:, -3].tolist() == ["Duo 1", "Duo 1"]


def test_duos_come_one_a_row_with_a_third_member_where_there_is_one():
    made = form_duos(roster_of(PEOPLE))
    frame = made.duos_frame()

    assert list(frame.columns) == ["duo", "member 1", "member 2", "member 3", "fit", "why", "talk about"]
    assert (frame["member 3"] != "").sum() == 1
    assert frame["duo"].tolist() == [group.name for group in made.groups]
    duo = frame[frame["member 3"] == ""].iloc[0]
    assert duo["fit"] == made.fit(duo["member 1"], duo["member 2"])


@pytest.mark.parametrize(
    ("status", "score", "bound", "sentence"),
    [
        ("optimal", 70.0, 70.0, "Proven best possible."),
        ("feasible", 90.0, 100.0, "Within 10 % of the best possible."),
        ("feasible", 99.99, 100.0, "Within 0.1 % of the best possible."),  # never rounded down to 0
        ("feasible", 89.94, 100.0, "Within 10.1 % of the best possible."),
    ],
)
def test_how_good_against_the_best_possible(plan: Plan, status, score, bound, sentence):
    assert replace(plan, status=status, score=score, bound=bound).verdict == sentence


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ((10.0, 20.0, 30.0), "Better than 66 in 100 random plans that keep the rules."),
        ((10.0, 30.0), "Better than 50 in 100 random plans that keep the rules."),  # as good is not better
        ((), "The rules are too tight to draw random plans for comparison."),
    ],
)
def test_how_good_against_chance(plan: Plan, scores, sentence):
    assert replace(plan, baseline=Baseline(scores, 30.0)).against_chance == sentence


def test_no_random_plan_says_nothing_in_numbers():
    empty = Baseline((), 50.0)

    assert (empty.draws, empty.random_mean, empty.better_than_percent) == (0, None, None)


def test_random_plans_keep_the_rules_and_are_no_better_than_the_best(plan: Plan):
    assert plan.baseline.draws > 0
    assert max(plan.baseline.scores) <= plan.score + 1e-9
    # Ada may not be with Dov, Bo not with Dov, Eun not with Fay: far fewer than all fifteen plans remain
    assert len(set(plan.baseline.scores)) < 15


def test_random_plans_are_the_same_for_one_seed():
    first, second, other = (form_duos(roster_of(PEOPLE), seed=seed).baseline for seed in (1, 1, 2))

    assert first == second
    assert first.scores != other.scores
