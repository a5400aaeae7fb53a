from __future__ import annotations

import pytest

from matcher.files import chat_text

FILES = [
    "Download the plan (CSV)",
    "Download the plan (Excel)",
    "Download the plan (PDF)",
    "Download the plan (HTML)",
    "Download the plan (JSON)",
]
MEETINGS = ["Meeting of this group (ICS)", "Meetings of all groups (ICS)"]


@pytest.fixture
def board(sample):
    return sample.go("form").form().go("plan")


def open_messages(app):
    app.at.session_state["messages"] = True
    app.at.run()


def offered(app) -> list[str]:
    labels = [button.proto.label for button in app.at.get("download_button")]
    return [label for label in labels if label in {*FILES, *MEETINGS, "Download the duos (CSV)"}]


def test_a_plan_of_duos_is_handed_out_in_every_form(board):
    assert offered(board) == [FILES[0], "Download the duos (CSV)", *FILES[1:]]
    open_messages(board)
    assert offered(board) == [FILES[0], "Download the duos (CSV)", *FILES[1:], *MEETINGS]
    assert not board.at.exception


def test_a_plan_of_teams_has_no_table_of_duos(sample):
    sample.go("form")
    sample.choose("kind", "teams").form("teams").go("plan")

    assert offered(sample) == FILES


def test_the_message_is_for_the_group_that_is_chosen(board):
    open_messages(board)
    names = [group.name for group in board.plan.groups]
    choose = next(box for box in board.at.selectbox if box.label == "For")
    assert choose.options == names
    assert [code.value for code in board.at.code] == [chat_text(board.plan, names[0])]

    choose.set_value(names[2]).run()
    assert [code.value for code in board.at.code] == [chat_text(board.plan, names[2])]


def test_the_teams_copy_is_offered_in_every_form_too(board):
    board.at.session_state["plan_copy"] = "team"
    open_messages(board)

    assert offered(board) == [FILES[0], "Download the duos (CSV)", *FILES[1:], *MEETINGS]
    assert not board.at.exception
