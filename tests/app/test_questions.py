from __future__ import annotations

import time

import pytest

from matcher.plan.questions import elsewhere
from matcher.ui.parts.board import ASK, CHANGE
from matcher.ui.parts.change import AGAIN
from matcher.ui.parts.questions import APART, COST, IN, OTHERS, PAIR, PRICE, _labels
from matcher.ui.parts.why import WHY


@pytest.fixture
def board(sample):
    return sample.go("form").form().go("plan")


def ask(board, kind):
    board.at.session_state["plan_view"] = CHANGE if kind == AGAIN else ASK
    board.at.session_state["change_kind" if kind == AGAIN else "question_kind"] = kind
    board.at.run()
    return board


def homes(plan):
    return {key: group.name for group in plan.groups for key in group.members}


def test_what_a_rule_costs_is_said_and_it_can_be_given_up(sample):
    both = {"rule": "together", "who": ["Bilal Qasmieh", "Mireia Fontrodó"]}
    board = sample.go("rules").edit("rules", added_rows=[both]).go("form").form().go("plan")
    before, run = board.plan, board.work.run
    ask(board, PRICE)
    rules = [check.rule for check in before.rules[1:]]  # the first is the sizes
    board.at.session_state["price_of"] = rules.index("Bilal Qasmieh and Mireia Fontrodó are together.")
    board.press("What does it cost?").ended()
    assert "This rule costs" in board.said
    assert board.plan is before
    board.press("Give the rule up and take this plan")
    assert board.plan.score > before.score
    assert board.work.past == (run,)
    assert not any(any(row) for row in board.work.rules.rows)
    assert "were changed since" not in board.said
    board.press("Go back to the plan before")
    assert board.plan is before


def test_why_two_are_not_together_is_answered_by_the_best_plan_in_which_they_are(board):
    before = board.plan
    ask(board, PAIR)
    a, b = before.groups[0].members[0], before.groups[1].members[0]
    choose_two(board, a, b)
    board.press("Find the best plan in which they are").ended()
    assert f"Why is {a} not with {b}?" in board.said
    assert "points" in board.said or "without losing anything" in board.said
    board.press("Take this plan")
    home = homes(board.plan)
    assert home[a] == home[b]
    assert board.plan.score <= before.score


def choose_two(board, a, b):
    board.at.selectbox(key="pair_0").set_value(a)
    board.at.selectbox(key="pair_1").set_value(b).run()


def test_two_whom_a_rule_keeps_apart_are_told_which(board):
    ask(board, PAIR)
    choose_two(board, "Bilal Qasmieh", "Søren Kjærbo")
    board.press("Find the best plan in which they are").ended()
    assert "The rules do not let them share a group" in board.said
    assert "Bilal Qasmieh and Søren Kjærbo never work together (friction)." in board.said


def test_two_who_are_together_are_told_so(board):
    ask(board, PAIR)
    a, b = board.plan.groups[0].members
    choose_two(board, a, b)
    assert f"are together in {board.plan.groups[0].name}." in board.said
    choose_two(board, a, a)
    assert "Choose two different people." in board.said


def test_a_group_says_why_with_where_each_reason_comes_from(board):
    ask(board, WHY)
    worst = min(board.plan.groups, key=lambda g: g.score)
    assert all(reason in board.said for reason in worst.why)
    a, b = worst.members
    complement = board.plan.brief.fit.complement_points
    i, j = board.plan.brief.indices[a], board.plan.brief.indices[b]
    assert f"fit {board.plan.fit(a, b)}" in board.said
    assert f"complement] **{complement[i, j]}**" in board.said
    assert any(f"-badge[{basis}]" in board.said for basis in ("stated", "inferred", "judgement"))


def test_a_member_says_what_they_bring_and_who_would_fit_elsewhere(board):
    ask(board, WHY)
    board.at.session_state["why_group"] = home = homes(board.plan)["Tendai Moyana"]
    board.at.run()
    board.at.session_state["why_who"] = ("Tendai Moyana",)
    board.at.run()
    mate = next(k for k, name in homes(board.plan).items() if name == home and k != "Tendai Moyana")
    assert "#### Tendai Moyana" in board.said
    assert "Rules about" not in board.said
    assert mate in board.said
    away = [k for k, name in homes(board.plan).items() if name != home]
    best = max(board.plan.fit("Tendai Moyana", k) for k in away)
    said = board.said.split("The highest fits in other groups: ")[1]
    assert said.split(") ")[1].startswith(f"{best}")


def test_a_member_says_which_rules_are_about_them(board):
    ask(board, WHY)
    board.at.session_state["why_group"] = homes(board.plan)["Bilal Qasmieh"]
    board.at.run()
    board.at.session_state["why_who"] = ("Bilal Qasmieh",)
    board.at.run()
    rules = board.said.split("**Rules about Bilal Qasmieh**")[1]
    assert "Bilal Qasmieh and Søren Kjærbo never work together (friction)." in rules.split("####")[0]


def test_what_it_would_cost_is_found_by_the_best_plan_in_which_it_holds(board):
    before = board.plan
    ask(board, COST)
    a, b = before.groups[0].members
    board.at.session_state["cost_wish"] = APART
    board.at.session_state["cost_who"], board.at.session_state["cost_whom"] = a, b
    board.at.run()
    board.press("Find out").ended()
    assert "costs" in board.said
    board.press("Take this plan")
    home = homes(board.plan)
    assert home[a] != home[b]
    assert board.plan.score <= before.score


def test_what_holds_already_costs_nothing(board):
    ask(board, COST)
    group = board.plan.groups[2]
    board.at.session_state["cost_wish"] = IN
    board.at.session_state["cost_who"], board.at.session_state["cost_where"] = group.members[0], group.name
    board.at.run()
    assert "It is so already, and costs nothing." in board.said


def test_other_good_plans_differ_and_one_can_be_taken(board):
    before = board.plan
    ask(board, OTHERS)
    board.at.session_state["others_count"] = 2
    board.at.session_state["others_far"] = 4
    board.at.session_state["others_worse"] = 20.0
    board.press("Find other plans").ended()
    assert "in other company" in board.said
    board.press("Take this plan")
    assert board.plan.score >= before.score - 20
    assert elsewhere(_labels(before), _labels(board.plan)) >= 4


def test_a_question_can_be_stopped(board, monkeypatch):
    from matcher.plan import questions

    def endless(plan, count, *, stop, **options):
        while not stop():
            time.sleep(0.01)
        return []

    monkeypatch.setattr(questions, "alternatives", endless)
    ask(board, OTHERS).press("Find other plans")
    assert any(button.label == "Stop" for button in board.at.button)
    board.press("Stop").ended()
    assert "None was found" in board.said


def test_locked_groups_keep_their_members(board):
    before = board.plan
    names = [group.name for group in before.groups[:3]]
    ask(board, AGAIN)
    for name in names:
        board.at.checkbox(key=f"again_lock_{board.work.run}_{name}").check()
    board.press("Form the rest again").ended()
    assert board.plan is not before
    after = {group.name: set(group.members) for group in board.plan.groups}
    assert all(after[group.name] == set(group.members) for group in before.groups[:3])
    board.press("Go back to the plan before")
    assert board.plan is before


def test_only_so_many_people_move_when_somebody_leaves_and_somebody_comes(board):
    home = homes(board.plan)
    gone = board.plan.groups[2].members[0]
    row = next(i for i, row in enumerate(board.work.people.rows) if row[0] == gone)
    added = [{"name": "Nora New", "superpowers": ["Vision"]}]
    board.go("people").edit("people", edited_rows={row: {"absent": True}}, added_rows=added).go("plan")
    ask(board, AGAIN)
    board.at.session_state[f"again_most_{board.work.run}"] = 2
    board.press("Form the rest again").ended()
    now = homes(board.plan)
    assert "Nora New" in now
    assert gone not in now
    moved = [key for key in now if key in home and now[key] != home[key]]
    assert len(moved) <= 2
    assert "in another group than in the plan before" in board.said


def test_people_who_are_absent_this_time_stay_out_and_the_page_form_knows(board):
    ask(board, AGAIN)
    board.at.session_state[f"again_absent_{board.work.run}"] = ["Tendai Moyana"]
    board.press("Form the rest again").ended()
    assert "Absent from this plan: Tendai Moyana." in board.said
    board.go("form")
    assert board.at.session_state["ask_absent"] == ["Tendai Moyana"]
