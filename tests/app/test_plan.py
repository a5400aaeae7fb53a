from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import words_in


@pytest.fixture
def board(sample):
    return sample.go("form").form().go("plan")


def order(app, chosen):
    app.at.session_state["board_order"] = chosen
    app.at.run()
    return [card["name"] for card in app.cards]


def test_without_a_plan_the_page_says_where_to_get_one(app):
    app.go("plan")
    assert "There is no plan yet." in app.said


def test_each_duo_says_who_why_and_how_good(board):
    assert len(board.cards) == 6
    for card, group in zip(board.cards, sorted(board.plan.groups, key=lambda g: g.score), strict=True):
        assert card["name"] == group.name
        assert card["score"] == round(group.score)
        assert card["word"] in ("strong", "fair", "weak")
        assert {member["name"] for member in card["members"]} == set(group.members)
        assert card["said"][0] == {"title": "Why", "lines": group.why, "folded": False}
        assert [goal["value"] for goal in card["goals"]] == [round(v) for v in group.goals.values()]
        fit = str(board.plan.fit(*group.members)).replace("-", "−")
        assert {"kind": "", "sign": "⇄", "text": f"fit {fit}"} in card["marks"]
    tendai = next(m for card in board.cards for m in card["members"] if m["name"] == "Tendai Moyana")
    assert tendai["initials"] == "TM"
    assert tendai["powers"][0] == {
        "name": "Experimentation",
        "family": "Vision",
        "sign": "✦",
        "hue": "violet",
    }
    assert [metric.label for metric in board.at.metric][:3] == ["Score", "At most", "Names from a hat"]
    assert not board.at.exception


def test_the_worst_group_is_first_and_marked_unless_names_decide(board):
    scores = [card["score"] for card in board.cards]
    assert scores == sorted(scores)
    assert board.cards[0]["marks"][0]["text"] == "weakest"
    assert "weakest" not in words_in(board.cards[1:])
    assert order(board, "By name") == [f"Duo {number}" for number in range(1, 7)]


def test_the_largest_group_can_be_first(sample):
    sample.go("form").choose("kind", "teams").choose("given_by", "Number of teams").choose("count", 5)
    sample.form("teams").go("plan")
    order(sample, "By size")
    assert [len(card["members"]) for card in sample.cards] == [3, 3, 2, 2, 2]


def test_the_teams_copy_has_no_score_no_friction_and_no_clash(board):
    assert "never work together" in board.said
    board.at.session_state["plan_copy"] = "team"
    board.at.run()
    assert "never work together" not in board.said
    assert "friction" not in board.said
    for card in board.cards:
        assert card["score"] is None
        assert card["goals"] == []
        assert card["marks"] == []
        assert [part["title"] for part in card["said"]] == ["Why", "To begin with"]
    assert not board.at.expander or all("stays open" not in e.label for e in board.at.expander)
    labels = [button.label for button in board.at.button]
    assert not {"Undo", "Redo", "Go back to the plan before"} & {*labels}


def test_it_says_when_people_have_changed_since(board):
    assert "were changed since" not in board.said
    board.go("people").edit("people", edited_rows={0: {"name": "Somebody"}})
    board.go("plan")
    assert "were changed since this plan was formed" in board.said


def test_rules_and_settings_are_listed(board):
    labels = [expander.label for expander in board.at.expander]
    assert any("rules kept" in label for label in labels)
    assert "Settings that made this plan" in labels
    board.at.session_state["plan_settings"] = True
    board.at.run()
    assert "Importances" in str(board.at.table[-1].value)


def test_a_new_session_finds_the_plan_by_its_address(board):
    other = AppTest.from_file(board.at._script_path, default_timeout=20)
    for name in ("workspace", "run"):
        other.query_params[name] = board.at.query_params[name]
    other.run()
    assert other.metric[0].value == "12"
    board.at = other
    assert len(board.go("plan").cards) == 6
