from __future__ import annotations

import pytest

from tests.app.conftest import seen

ROSTER = "name,superpowers,location\nAnna,Vision; Empathy,Oslo\nBo,Finishing,Oslo\nCé,Calm; Grit,Lima\n"


def people(app):
    return app.at.session_state["people_base"][1]


def test_the_first_page_says_what_the_tool_does_and_what_to_do_first(app):
    assert "complementary duos or balanced teams" in app.said
    assert "Begin with the sample roster" in app.said
    assert [field.label for field in app.at.file_uploader] == ["Roster file", "Frictions file"]
    assert not app.at.exception


def test_the_sample_brings_twelve_people_with_frictions(sample):
    assert [metric.value for metric in sample.at.metric][:2] == ["12", "12"]
    assert "frictions, to see and edit" in sample.said


def test_the_larger_sample_brings_forty_people(app):
    app.press("Use the sample of 40")
    assert app.at.metric[0].value == "40"


def test_an_uploaded_roster_is_shown_in_the_table(app):
    app.upload("Roster file", "my people.csv", ROSTER)
    assert "my people.csv is read." in app.said
    assert list(people(app)["name"]) == ["Anna", "Bo", "Cé"]
    assert people(app)["superpowers"].iloc[0] == ["Vision", "Empathy"]
    assert list(people(app).index) == [2, 3, 4]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", "", "empty.csv: The file is empty"),
        ("book.csv", b"PK\x03\x04 and so on", "book.csv: "),
        ("face.csv", b"\x89PNG\r\n", "face.csv: This is a picture"),
    ],
)
def test_a_file_without_a_table_is_refused_in_a_sentence_and_the_roster_stays(
    sample, name, content, sentence
):
    sample.upload("Roster file", name, content)
    assert seen(sample.at.error[0].value).startswith(sentence)
    assert sample.at.metric[0].value == "12"
    assert not sample.at.exception


def test_what_is_wrong_in_a_roster_is_listed_by_row_and_column_and_the_rest_is_used(app):
    app.upload("Roster file", "team.csv", "name,superpowers\nAnna,Gardening\nAnna,Calm\nBo,Finishing\n")
    assert "2 things to put right in the roster" in app.said
    assert (
        "team.csv, row 2, column “superpowers”: “Gardening” is not a superpower of the catalogue" in app.said
    )
    assert "team.csv, row 3, column “name”: “Anna” is on the roster already" in app.said
    assert app.at.metric[0].value == "2"


def test_frictions_without_a_roster_are_refused(app):
    app.upload("Frictions file", "f.csv", "member a,member b\nAnna,Bo\n")
    assert "Bring in the roster first" in app.said


def test_a_friction_with_somebody_unknown_is_said_and_the_rest_is_used(app):
    app.upload("Roster file", "team.csv", ROSTER)
    app.upload("Frictions file", "f.csv", "member a,member b,severity\nAnna,Zoe,never\nAnna,Bo,avoid\n")
    assert "f.csv, row 2, column “member b”: “Zoe” is nobody on the roster" in app.said
    assert "1 friction, to see and edit" in app.said


def test_editing_adding_and_deleting_people(sample):
    sample.edit(
        "people",
        edited_rows={0: {"name": "Łucja Nowa"}},
        added_rows=[{"name": "Zoë", "superpowers": ["Grit", "Vision"]}],
        deleted_rows=[1],
    )
    sample.go("superpowers")
    assert "Łucja Nowa" in sample.said
    assert "Tendai Moyana" not in sample.said
    assert "**Zoë**" in sample.said  # the only one with grit


def test_edits_are_kept_over_a_change_of_page_and_a_second_edit(sample):
    sample.edit("people", edited_rows={0: {"name": "Erste"}})
    sample.go("form").go("people")
    assert people(sample)["name"].iloc[0] == "Erste"
    sample.edit("people", edited_rows={2: {"name": "Dritte"}})
    sample.go("form").go("people")
    assert list(people(sample)["name"][:3]) == ["Erste", "Tendai Moyana", "Dritte"]


def test_edits_are_checked_on_the_server(sample):
    sample.edit("people", edited_rows={0: {"name": "Tendai Moyana"}, 2: {"name": None}})
    assert "“Tendai Moyana” is on the roster already" in sample.said
    assert "The row has no name" in sample.said
    assert sample.at.metric[0].value == "10"


def test_who_is_ticked_as_absent_is_not_placed(sample):
    sample.edit("people", edited_rows={0: {"absent": True}})
    assert [metric.value for metric in sample.at.metric][:2] == ["12", "11"]
    sample.go("form")
    assert "11 people to place; 1 person absent." in sample.said


def test_an_answer_that_is_unclear_can_be_put_right_in_the_table(app):
    app.upload("Roster file", "t.csv", "name,superpowers,absent\nAnna,Vision,maybe\nBo,Calm,yes\n")
    app.edit("people", edited_rows={0: {"absent": "no"}})
    app.edit("people", edited_rows={0: {"absent": "no", "name": "Ann"}})
    assert not app.at.exception
    assert app.work.found_people.problems == ()
    assert [(m.name, m.absent) for m in app.work.roster.members] == [("Ann", False), ("Bo", True)]


def test_an_empty_table_can_be_filled(app):
    app.press("Begin with an empty table")
    app.edit("people", added_rows=[{"name": "Anna", "superpowers": ["Vision"]}, {"name": "Bo"}])
    assert app.at.metric[0].value == "2"
    assert "Bo has no superpowers" in app.said


def test_hostile_names_are_shown_as_they_are(app):
    name = "![x](http://evil.example/a.png)"
    app.upload("Roster file", "team.csv", f"name,superpowers\n{name},Vision\nBo,Finishing\n{name},Calm\n")
    app.go("form").form().go("plan")
    for element in (*app.at.markdown, *app.at.warning, *app.at.success, *app.at.info):
        assert name not in element.value
    assert name in app.said


def test_an_edited_roster_keeps_its_own_columns(app):
    app.upload("Roster file", "team.csv", ROSTER).edit("people", edited_rows={0: {"name": "Ana"}})
    app.go("form").form()
    from matcher.work.server import server

    run = server().workspaces.get(app.at.session_state["workspace_id"]).run
    plan = server().jobs.look(run).plan
    assert list(plan.to_frame().columns) == ["name", "superpowers", "location", "group", "why", "talk about"]


def test_a_roster_can_be_declared_unranked(sample):
    sample.at.checkbox[0].uncheck().run()
    from matcher.work.server import server

    assert not server().workspaces.get(sample.at.session_state["workspace_id"]).roster.ranked
    assert not sample.at.exception


def test_a_file_that_has_no_order_says_what_to_do_about_it(app):
    app.upload("Roster file", "grid.csv", "name,Vision,Calm,Grit\nAnna,x,,x\nBo,,x,x\n")
    assert "does not say which of a person's superpowers is the strongest" in app.said
    app.at.checkbox[0].uncheck().run()
    assert "does not say which" not in app.said
    assert not app.work.roster.ranked
