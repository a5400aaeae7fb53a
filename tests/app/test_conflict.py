from __future__ import annotations

import pytest

from matcher.ui.parts.board import CHANGE
from matcher.ui.parts.change import AGAIN
from tests.app.conftest import seen

A, B, C = "Łucja Brzozek", "Tendai Moyana", "Chloë Verhaag"
THREE = "name,superpowers\nAnna,Vision\nBo,Grit\nCy,Calm\nDi,Empathy\n"


def offers(app):
    return [words for button in app.at.button if (words := seen(button.label)).startswith("Give up: ")]


def teams_of_two(app):
    return app.go("form").choose("kind", "teams").choose("least", 2).choose("most", 2)


def test_a_friction_that_is_given_up_becomes_avoid_and_the_plan_is_there(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Grit\n")
    app.upload("Frictions file", "f.csv", "person 1,person 2\nBo,Anna\n").go("form").form()
    assert "These rules cannot all hold together" in app.said
    assert offers(app) == ["Give up: Bo and Anna never work together (friction)."]
    app.press("Give up: Bo and Anna").ended()
    assert "“Bo and Anna never work together (friction).” The friction is “avoid” now" in app.said
    assert len(app.plan.groups) == 1
    assert app.go("rules").at.session_state["frictions_base"][1]["severity"].iloc[0] == "avoid"


@pytest.mark.parametrize(
    ("rows", "given_up", "left"),
    [
        ([("pin", "Anna", "Team 1"), ("pin", "Bo; Cy", "Team 1")], "Anna is in Team 1", ["pin"]),
        (
            [("together", "Anna; Bo", ""), ("together", "Bo; Cy", "")],
            "Anna and Bo are together",
            ["together"],
        ),
        ([("apart", "Anna; Bo; Cy", ""), ("pin", "Di", "Team 1")], "Anna, Bo and Cy are apart", ["pin"]),
        (
            [("at least", "Team 1; Team 2", "superpower=vision:1")],
            "Team 2 has at least 1 member with vision",
            ["at least"],
        ),
        ([("at least", "Team 1", "superpower=vision:2")], "Team 1 has at least 2 members with vision", []),
    ],
)
def test_a_rule_that_is_given_up_leaves_the_table(app, rows, given_up, left):
    text = "rule,who,value\n" + "\n".join(",".join(row) for row in rows)
    app.upload("Roster file", "t.csv", THREE).go("rules").upload("Rules file", "r.csv", text)
    teams_of_two(app).form("teams")
    assert any(offer.startswith(f"Give up: {given_up}") for offer in offers(app)), app.said
    assert all("Everybody" not in offer for offer in offers(app))
    app.press(f"Give up: {given_up}").ended()
    assert app.plan is not None, app.said
    assert [row[0] for row in app.work.rules.rows] == left
    assert given_up not in [check.rule.rstrip(".") for check in app.plan.rules]


def test_pairs_kept_apart_in_the_form_of_other_tools_can_be_given_up(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Grit\n")
    app.go("rules").upload("Rules file", "r.csv", "name,other 1\nAnna,Bo\n").go("form").form()
    app.press("Give up: Anna and Bo are apart").ended()
    assert app.plan is not None
    assert not any(any(row) for row in app.work.rules.rows)


def test_hard_clashes_are_lifted(app):
    people = "name,superpowers\nAnna,Peacemaking\nBo,Provocation\n"
    app.upload("Roster file", "t.csv", people).go("form").form()
    app.press("Give up: No duo pairs").ended()
    assert app.plan is not None
    assert app.at.session_state["ask_lift_hard_clash"] is True
    assert app.form().plan is not None  # and stays so


@pytest.mark.parametrize(
    ("projects", "given_up", "cells"),
    [
        ("Atlas,2,,Anna,\nBoreal,2,,Bo,\n", "Anna leads Atlas", ("", "Bo")),
        ("Atlas,2,superpower=vision:2; superpower=calm:1,,\nBoreal,2,,,\n", "Atlas has at least 2", ("", "")),
    ],
)
def test_what_a_project_asks_for_can_be_given_up(app, projects, given_up, cells):
    app.upload("Roster file", "t.csv", THREE).go("rules")
    app.edit("rules", added_rows=[{"rule": "together", "who": ["Anna", "Bo"]}])
    app.go("form").choose("kind", "projects")
    app.upload("Projects file", "p.csv", "project,size,needs,lead,members\n" + projects).form("projects")
    app.press(f"Give up: {given_up}").ended()
    assert app.plan is not None, app.said
    assert "is taken out of the column" in app.said
    rows = app.work.plain_projects.rows
    assert tuple(row[3] for row in rows) == cells
    assert "vision" not in rows[0][2]


def again(app, most=None, lock=()):
    app.go("plan").at.session_state["plan_view"] = CHANGE
    app.at.session_state["change_kind"] = AGAIN
    app.at.run()
    app.at.session_state[f"again_most_{app.work.run}"] = most
    for name in lock:
        app.at.checkbox(key=f"again_lock_{app.work.run}_{name}").check()
    return app.press("Form the rest again").ended()


@pytest.fixture
def parted(app):
    """Two teams of two, and a new rule that parts the first one's members."""
    app.upload("Roster file", "t.csv", THREE)
    teams_of_two(app).form("teams")
    pair = [app.work.names[key] for key in app.plan.groups[0].members]
    return app.go("rules").edit("rules", added_rows=[{"rule": "apart", "who": pair}])


def test_a_limit_on_moves_can_be_given_up(parted):
    again(parted, most=0).press("Give up: At most 0 people move").ended()
    assert "As many people as it takes may now move." in parted.said
    assert "2 people are in another group than in the plan before" in parted.said


def test_a_lock_can_be_given_up(parted):
    again(parted, lock=["Team 1"])
    parted.press(next(offer for offer in offers(parted) if offer.endswith("are in Team 1."))).ended()
    assert "Team 1 is no longer locked." in parted.said
    assert len(parted.plan.groups) == 2


def test_a_rule_that_has_gone_meanwhile_is_a_sentence(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Grit\n")
    app.upload("Frictions file", "f.csv", "member a,member b\nAnna,Bo\n").go("form").form()
    app.go("rules").edit("frictions", deleted_rows=[0]).go("form").press("Give up: Anna")
    assert "This friction is no longer in the table; form again." in app.said
