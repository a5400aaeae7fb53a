from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture
def board(sample):
    return sample.go("form").form().go("plan")


def test_without_a_plan_the_page_says_where_to_get_one(app):
    app.go("plan")
    assert "There is no plan yet." in app.said


def test_each_duo_says_who_why_and_how_good(board):
    assert board.said.count("#### Duo") == 6
    assert board.said.count("**Why**") == 6
    assert "Tendai Moyana" in board.said
    assert ":violet-badge[Experimentation]" in board.said
    assert [metric.label for metric in board.at.metric][:3] == [
        "Score",
        "At most",
        "Names from a hat",
    ]
    assert not board.at.exception


def test_the_worst_group_is_first_unless_names_decide(board):
    def order():
        return [m.value.split()[2] for m in board.at.markdown if m.value.startswith("#### Duo")]

    def scores():
        lines = [m.value for m in board.at.markdown if m.value.startswith("#### Duo")]
        return [int(line.split("score ")[1].split("]")[0]) for line in lines]

    assert scores() == sorted(scores())
    board.at.session_state["board_order"] = "By name"
    board.at.run()
    assert order() == ["1", "2", "3", "4", "5", "6"]


def test_the_teams_copy_has_no_score_no_friction_and_no_clash(board):
    assert "never work together" in board.said
    board.at.session_state["plan_copy"] = "team"
    board.at.run()
    for word in ("never work together", "score ", "fit ", "friction", "To talk about"):
        assert word not in board.said.split("Names from a hat")[-1].split("#### ", 1)[1], word
    assert board.said.count("**To begin with**") == 6


def test_it_says_when_people_have_changed_since(board):
    assert "were changed since" not in board.said
    board.go("people").edit("people", edited_rows={0: {"name": "Somebody"}})
    board.go("plan")
    assert "were changed since this plan was formed" in board.said


def test_rules_and_settings_are_listed(board):
    labels = [expander.label for expander in board.at.expander]
    assert any("rules kept" in label for label in labels)
    assert "Settings that made this plan" in labels


def test_a_new_session_finds_the_plan_by_its_address(board):
    other = AppTest.from_file(board.at._script_path, default_timeout=20)
    for name in ("workspace", "run"):
        other.query_params[name] = board.at.query_params[name]
    other.run()
    assert other.metric[0].value == "12"
    other.switch_page("matcher/ui/pages/plan.py").run()
    assert sum(m.value.startswith("#### Duo") for m in other.markdown) == 6
