"""Who leads from behind, on the page Rounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan.leading import leading
from matcher.ui.parts.leading_picture import leading_picture, places, shown
from matcher.work.looking_back import noted
from matcher.work.rounds import use
from matcher.work.server import server
from matcher.work.sheets import Sheet
from tests.strategies_people import CATALOGUE

PEOPLE = """name,superpowers,role,turns to
Anna,Vision; Grit,Analyst,Bo
Bo,Vision; Calm,Engineer,Dee
Chi,Grit; Calm,Team lead,Bo
Dee,Empathy,Team lead,Bo; Chi
Eve,Evidence; Grit,Analyst,Dee
Fay,Vision; Grit,Analyst,
"""
"""Bo 1 + 1 + ½ = 2½, Dee 1 + 1 = 2, Chi ½; five ballots for six: an equal share is ⅚."""


@pytest.fixture
def people(app):
    return app.upload("Roster file", "people.csv", PEOPLE)


def leads(app):
    """Open the page Rounds at who leads."""
    app.go("rounds").at.session_state["rounds_view"] = "Who leads"
    app.at.run()
    return app


def change(app, function):
    """Change what the server keeps of this manager."""
    id_ = app.at.session_state["workspace_id"]
    server().workspaces.change(id_, function)


def test_where_nobody_said_whom_they_turn_to_it_says_how_to_get_it(sample):
    leads(sample)
    assert "Nobody has said yet whom they turn to" in sample.said
    assert "a column `turns to` in the roster" in sample.said
    assert not sample.at.get("vega_lite_chart")


def test_quiet_leaders_are_named_and_drawn_with_words_that_stand_for_the_picture(people):
    leads(people)
    assert "5 of 6 people say whom they turn to. 2 people have 90 % of the ballots." in people.said
    assert "A quiet leader, sought after without a title of leading: **Bo**." in people.said
    (chart,) = people.at.get("vega_lite_chart")
    assert "Bo (2.5 of 5 ballots, 3.0 times an equal share)" in chart.proto.alt
    assert "Quiet leaders: Bo." in chart.proto.alt
    table = people.at.dataframe[0]
    assert table.value["name"].tolist() == ["Bo", "Dee", "Chi", "Anna", "Eve", "Fay"]
    assert table.value["stands as"].tolist()[:3] == ["quiet leader", "sought after", "turned to"]
    assert "Bo with 2.5 of 5 ballots" in table.proto.alt
    assert "Fay has no line so far" in people.said
    assert "**not a measure of worth**" in people.said


def test_titles_are_guessed_shown_and_changed_by_the_manager(people):
    leads(people)
    assert people.at.selectbox(key="leading_column").value == "role"
    assert people.at.multiselect(key="leading_values").value == ["Team lead"]

    people.at.multiselect(key="leading_values").set_value(["Engineer"]).run()
    assert "without a title of leading: **Dee**." in people.said
    people.at.selectbox(key="leading_column").set_value("").run()
    assert (
        "Sought after: **Bo and Dee**. No title is known, so all of the sought-after are listed."
        in people.said
    )
    people.go("form")
    leads(people)
    assert people.at.selectbox(key="leading_column").value == ""


def test_one_person_can_be_found_with_their_lines(people):
    leads(people).at.selectbox(key="leading_find").set_value("Chi").run()
    assert "1 member turns to Chi: 0.5 of 5 ballots" in people.said
    assert "To Chi turn: Dee. Chi turns to: Bo." in people.said


def led_by_bo(now, group):
    return noted(now, now.rounds[-1].id, group, led_by="Bo")


def many(number):
    """A roster of many, of whom each turns to the first and to the next."""
    members = [Member(f"Member {n:03}", turns_to=("Member 000", f"Member {n + 1:03}")) for n in range(number)]
    return Roster(tuple(members), CATALOGUE)


def test_of_many_people_the_most_sought_and_their_neighbours_are_drawn():
    picture = leading_picture(leading(many(300)))

    assert "Who turns to whom, 48 people." in picture.alt
    assert picture.short.startswith("48 of 300 people: the one most sought after")
    assert leading_picture(leading(many(40))).short == ""


def test_the_picture_is_the_same_whatever_the_order_of_the_rows():
    roster = many(40)
    people, middle = shown(leading(roster), None)
    turned = replace(roster, members=roster.members[::-1])

    assert places(people, middle) == places(*shown(leading(turned), None))


def test_nobody_stands_where_somebody_else_stands_nor_outside_the_picture():
    for number in (1, 2, 3, 12, 40, 300):
        people, middle = shown(leading(many(number)), None)
        at = places(people, middle)
        assert len({(round(x, 3), round(y, 3)) for x, y in at.values()}) == len(people)
        assert all(abs(x) <= 1.001 and abs(y) <= 1.001 for x, y in at.values())


def test_whom_to_let_lead_next_has_reasons_and_leading_rotates(people):
    leads(people)
    first = people.said.index("**Bo**: Turned to by 3 members: 2.5 of 5 ballots, 3.0 times an equal share.")
    assert first < people.said.index("**Dee**: Turned to by 2 members: 2 of 5 ballots")
    assert "No past round says who led" in people.said

    people.go("form").form()
    group = next(group.name for group in people.plan.groups if "Bo" in group.members)
    change(people, lambda now: led_by_bo(use(now, people.plan), group))
    leads(people)
    assert people.said.index("1. **Dee**") < people.said.index("2. **Bo**")
    assert "Led in the latest round." in people.said


def test_the_present_plan_says_who_is_where_and_the_goal_is_turned_on_for_the_next(people):
    both = Sheet("rules", ("rule", "who", "value"), (("together", "Bo; Dee", ""),))
    change(people, lambda now: replace(now, rules=both))
    people.go("form").choose("kind", "teams").choose("least", 3).choose("most", 3).form("teams")
    leads(people)
    assert people.said.count("Could lead next: ") == 2
    assert "Each group has 0 to 2 of the sought-after. Not even: " in people.said
    assert "has 2, 1 would be fair" in people.said

    people.press("Let it count more: high")
    assert "The goal “Sought after” is high for the next forming." in people.said
    assert "The goal **Sought after** is on (high)" in people.said
    assert not any(label.startswith("Let it count more") for label in people.labels())
    people.go("form")
    assert people.at.session_state["ask_goal_sought after"] == "high"


def test_a_goal_that_is_off_is_turned_on_by_a_press(people):
    people.go("form").choose("goal_sought after", "off").form()
    leads(people).press("Spread them in the next forming")
    assert people.work.settings.goals["sought after"] == "normal"
    assert "The goal **Sought after** is on (normal)" in people.said


def test_names_with_markdown_are_shown_as_they_are(app):
    hostile = "![x](http://h/)"
    people = (
        f"name,superpowers,role,turns to\n{hostile},Vision,**Head**,Bo\nBo,Grit,[l](http://h/),{hostile}\n"
    )
    app.upload("Roster file", "t.csv", people + f"Cy,Grit,,{hostile}\nDi,Grit,,{hostile}\nEd,Grit,,\n")
    leads(app)
    assert hostile in app.said
    assert not any("![x](http" in element.value for element in (*app.at.markdown, *app.at.caption))
