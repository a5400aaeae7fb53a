"""A plan that was made by hand or by another tool comes back."""

from __future__ import annotations

from matcher.files import plan_csv
from matcher.ui.parts.board import COMPARE
from matcher.work.runs import start_run
from matcher.work.server import server
from matcher.work.settings import Again

FIELD = "Plan made elsewhere"


def names(app):
    return [member.name for member in app.work.roster.present]


def csv(groups):
    return "name,group\n" + "".join(
        f"{name},{group}\n" for group, people in groups.items() for name in people
    )


def test_without_a_plan_one_can_be_brought_in_and_is_scored_like_ours(sample):
    people = names(sample)
    sample.go("plan").upload(FIELD, "mine.csv", csv({"Red": people[:6], "Blue": people[6:]})).ended()

    assert [group.name for group in sample.plan.groups] == ["Red", "Blue"]
    assert "Read from mine.csv" in sample.said
    assert "does not match" not in sample.said
    assert sample.work.settings.count == 2


def test_our_own_plan_comes_back_with_the_same_score(sample):
    board = sample.go("form").form().go("plan")
    before, run = board.plan, board.work.run
    board.at.session_state["plan_view"] = COMPARE
    board.at.run()
    board.upload(FIELD, "plan.csv", plan_csv(before, "manager")).ended()

    assert board.work.run != run
    assert board.plan.score == before.score
    assert board.plan.kind == before.kind
    board.press("Go back to the plan before")
    assert board.plan is before


def test_who_does_not_match_is_said_by_name_and_the_rest_is_scored(sample):
    *most, last = names(sample)
    brought = csv({"Red": [*most[:5], "Zoë Nobody"], "Blue": [*most[5:], most[0]]})
    sample.go("plan").upload(FIELD, "old.csv", brought).ended()

    assert "Zoë Nobody" in sample.said
    assert f"{last} is present but in no group of the file." in sample.said
    assert f"{most[0]} is in Red already" in sample.said
    assert sum(len(group.members) for group in sample.plan.groups) == len(most)
    assert "Breaks 1 rule" in sample.said


def test_whoever_is_marked_absent_is_left_out_and_named(sample):
    people = names(sample)
    first = next(i for i, row in enumerate(sample.work.people.rows) if people[0] in row)
    sample.edit("people", edited_rows={first: {"absent": True}})
    sample.go("plan").upload(FIELD, "mine.csv", csv({"Red": people[:6], "Blue": people[6:]})).ended()

    assert f"{people[0]} is marked absent on the roster" in sample.said
    assert people[0] not in [key for group in sample.plan.groups for key in group.members]


def test_a_file_that_is_no_plan_says_why_and_the_plan_stays(sample):
    board = sample.go("form").form().go("plan")
    before = board.plan
    board.at.session_state["plan_view"] = COMPARE
    board.at.run()
    board.upload(FIELD, "shopping.csv", "fruit,price\napple,1\npear,2\n")

    assert "shopping.csv" in board.said
    assert board.plan is before


def test_a_plan_that_was_brought_in_is_improved_and_whoever_was_left_out_gets_a_place(sample):
    *most, last = names(sample)
    sample.go("plan").upload(FIELD, "mine.csv", csv({"Red": most[:6], "Blue": most[6:]})).ended()
    mine = sample.plan
    begun = start_run(sample.work, sample.work.settings, Again(mine))
    server().workspaces.put(sample.at.session_state["workspace_id"], begun)
    sample.go("plan").ended()

    assert [group.name for group in sample.plan.groups] == ["Red", "Blue"]
    assert last in [key for group in sample.plan.groups for key in group.members]
    assert all(rule.kept for rule in sample.plan.rules)
    assert "Read from mine.csv" not in sample.said
