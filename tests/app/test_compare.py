"""Plans by name, side by side."""

from __future__ import annotations

import pytest

from matcher.ui.parts.board import COMPARE
from matcher.work.runs import change
from matcher.work.server import server


@pytest.fixture
def board(sample):
    return compare(sample.go("form").form())


def compare(board):
    board.go("plan").at.session_state["plan_view"] = COMPARE
    board.at.run()
    return board


def keep_as(board, name):
    field = next(field for field in board.at.text_input if field.label == "Name of this plan")
    field.set_value(name)
    return board.press("Keep this plan")


def test_a_plan_is_kept_by_name_and_stands_beside_the_next_one(board):
    first = board.plan
    keep_as(board, "Pairs of *May*")
    assert "This plan is kept as “Pairs of *May*”." in board.said
    assert "There is nothing to compare with yet" in board.said

    board.go("form").choose("goal_coverage", "off")
    compare(board.form())
    assert board.work.kept[0].plan is first
    table = board.at.table[0].value
    assert [str(title).replace("\\", "") for title in table.columns[1:]] == ["This plan", "Pairs of *May*"]
    assert f"{first.score:.1f}" in str(table.iloc[0].tolist())
    assert "was made with other goals" in board.said
    assert "What to know before choosing" in board.said


def test_a_kept_plan_can_be_taken_and_removed_again(board):
    first = board.plan
    keep_as(board, "First")
    duo, other = first.groups[:2]
    changed = change(board.work, lambda draft: draft.swap(duo.members[0], other.members[0]))
    server().workspaces.put(board.at.session_state["workspace_id"], changed)
    board.at.run()
    assert board.plan is not first
    assert "2 people sit elsewhere in “First” than in “This plan”, of 12." in board.said

    board.press("Take “First”")
    assert board.plan is first
    compare(board)
    assert "This plan is kept as “First”." in board.said
    compare(board.press("Go back to the plan before"))
    board.press("Remove “First”")
    assert board.work.kept == ()


def test_a_name_is_needed_and_given_once(board):
    keep_as(board, "  ")
    assert "Give the plan a name." in board.said
    keep_as(board, "this plan")
    assert "A plan is called “this plan” already" in board.said
    assert board.work.kept == ()
