from __future__ import annotations

import pytest

A, B, C = "Łucja Brzozek", "Tendai Moyana", "Chloë Verhaag"


def names(app):
    return [row[0] for row in app.work.people.rows if any(row)]


def told(app):
    """The differences of an edit that was set aside, as the page shows them."""
    return [] if not app.at.table else app.at.table[0].value.astype(str).values.tolist()


@pytest.fixture
def two(sample):
    """Two tabs on the table of people."""
    return sample, sample.tab()


def test_what_one_tab_does_the_other_shows(two):
    here, there = two
    here.edit("people", edited_rows={0: {"name": "Erste"}})
    there.at.run()
    assert there.at.session_state["people_base"][1]["name"].iloc[0] == "Erste"
    there.edit("people", edited_rows={1: {"name": "Zweite"}})
    assert names(here)[:2] == ["Erste", "Zweite"]
    assert here.work.asides == ()


def test_an_edit_of_a_table_that_was_changed_meanwhile_is_set_aside_and_shown(two):
    here, there = two
    here.edit("people", edited_rows={0: {"name": "Erste"}, 1: {"location": "Oslo"}})
    there.edit(
        "people",
        edited_rows={0: {"name": "Andere"}},
        added_rows=[{"name": "Neu", "superpowers": ["Calm"]}],
        deleted_rows=[2],
    )
    assert names(here)[0] == "Erste"  # nothing is overwritten
    assert "The table was changed elsewhere" in there.said
    rows = [[cell.replace("\\", "") for cell in row[-4:]] for row in told(there)]
    assert ["name", A, "Erste", "Andere"] in rows
    assert any(row[0] == "(the whole row)" and row[3] == "(deleted)" for row in rows)
    assert any(row[0] == "(a new row)" and row[3] == "Neu · Calm" for row in rows)
    there.press("Put my changes into theirs")
    assert "Your changes are in the table now." in there.said
    assert names(here)[0] == "Andere"
    assert names(here)[-1] == "Neu"
    assert C not in names(here)
    assert here.work.people.rows[1][2] == "Oslo"  # what they changed elsewhere stays
    assert here.work.asides == ()
    there.press("Undo: put my changes")
    assert names(here)[:2] == ["Erste", B]


def test_an_edit_that_was_set_aside_outlives_the_session_and_can_be_dropped(two):
    here, there = two
    here.edit("people", edited_rows={0: {"name": "Erste"}})
    there.edit("people", edited_rows={0: {"name": "Andere"}})
    later = here.tab()
    assert "The table was changed elsewhere" in later.said
    later.press("Drop my changes")
    assert "The table was changed elsewhere" not in later.said
    assert names(here)[0] == "Erste"
    there.at.run()
    assert "The table was changed elsewhere" not in there.said


def test_an_edit_while_another_file_takes_the_place_of_the_table_is_not_lost(two):
    here, there = two
    here.upload("Roster file", "new.csv", f"name,superpowers,location\n{C},Grit,Lima\n{A},Vision,Oslo\n")
    here.press("Replace the roster")
    there.edit("people", edited_rows={0: {"location": "Kyiv"}})
    assert names(here) == [C, A]
    assert "Your changes of" in there.said


def test_the_same_edit_in_both_tabs_is_no_conflict(two):
    here, there = two
    here.edit("people", edited_rows={0: {"name": "Erste"}})
    there.edit("people", edited_rows={0: {"name": "Erste"}})
    assert there.work.asides == ()


@pytest.mark.parametrize(
    ("table", "mine", "theirs"),
    [
        ("frictions", {"member a": A, "member b": B}, {"member a": A, "member b": C}),
        ("rules", {"rule": "apart", "who": [A, B]}, {"rule": "apart", "who": [A, C]}),
    ],
)
def test_rows_that_two_tabs_add_are_both_there_in_the_end(sample, table, mine, theirs):
    here, there = sample.go("rules"), sample.tab().go("rules")
    before = len(getattr(sample.work, f"plain_{table}").rows)
    there.edit(table, added_rows=[theirs])
    here.edit(table, added_rows=[mine])
    assert "The table was changed elsewhere" in here.said
    here.press("Put my changes into theirs")
    assert len([row for row in getattr(sample.work, f"plain_{table}").rows if any(row)]) == before + 2


def test_edits_of_the_catalogue_are_set_aside_too(sample):
    here, there = sample, sample.tab()
    for tab in (here, there):
        tab.go("superpowers").at.session_state["superpowers_tab"] = "Your own catalogue"
        tab.at.run()
    here.press("Make my own copy")
    there.at.run()
    here.edit("own_superpowers", edited_rows={0: {"name": "Ours"}})
    there.edit("own_superpowers", edited_rows={0: {"name": "Mine"}})
    assert here.work.own.superpowers[0].name == "Ours"
    there.press("Put my changes into theirs")
    assert here.work.own.superpowers[0].name == "Mine"


def test_a_superpower_that_is_half_typed_is_there_again_after_a_reload(sample):
    def own(app):
        app.go("superpowers").at.session_state["superpowers_tab"] = "Your own catalogue"
        app.at.run()
        return app

    own(sample).press("Make my own copy")
    sample.edit("own_superpowers", added_rows=[{"name": "Juggling"}])
    again = own(sample.tab())
    assert again.at.session_state["own_superpowers_base"][1]["name"].iloc[-1] == "Juggling"
    assert "“Juggling” needs a family; choose one." in again.said
    assert "What you entered is kept as it is" in again.said
    last = len(again.work.own.superpowers)
    again.edit("own_superpowers", edited_rows={last: {"family": "People"}})
    assert again.work.own.superpowers[-1].name == "Juggling"
    assert "What you entered is kept as it is" not in own(sample).said


def test_undo_takes_back_only_what_its_button_says(two):
    here, there = two
    here.edit("people", edited_rows={0: {"name": "Erste"}})
    there.at.run()
    here.edit("people", edited_rows={0: {"name": "Erste"}, 1: {"name": "Zweite"}})
    there.press("Undo")
    assert "Something else was done meanwhile" in there.said
    assert names(here)[:2] == ["Erste", "Zweite"]
    there.press("Undo")
    assert names(here)[:2] == ["Erste", B]


def test_settings_of_both_tabs_are_kept(sample):
    here, there = sample.go("form"), sample.tab().go("form")
    here.choose("goal_calm", "high")
    there.choose("seconds", 3)
    here.at.multiselect(key="ask_absent").set_value([A]).run()
    assert there.work.settings.goals == {"calm": "high"}
    assert (there.work.settings.seconds, there.work.settings.absent) == (3, (A,))
    there.at.run()
    assert there.at.session_state["ask_goal_calm"] == "high"
    assert there.at.multiselect(key="ask_absent").value == [A]


def test_settings_are_there_again_in_a_new_session_before_anything_is_formed(sample):
    sample.go("form").choose("kind", "teams").choose("given_by", "Number of teams").choose("count", 2)
    sample.at.selectbox(key="ask_preset").set_value("onboarding").run()
    sample.choose("goal_calm", "off")
    again = sample.tab().go("form")
    state = again.at.session_state
    assert (state["ask_kind"], state["ask_count"], state["ask_preset"]) == ("teams", 2, "onboarding")
    assert (state["ask_goal_calm"], state["ask_goal_coverage"]) == ("off", "low")
    sample.at.selectbox(key="ask_preset").set_value("").run()
    assert sample.work.settings.goals["coverage"] == "low"  # who leaves a purpose keeps its importances
    assert again.form("teams").plan.settings["goals"]["calm"] == "off"


def test_a_workspace_that_was_deleted_elsewhere_takes_no_more_edits(two):
    from matcher.work.server import server

    here, there = two
    server().workspaces.delete(here.work.id)
    there.edit("people", edited_rows={0: {"name": "Andere"}})
    assert "This workspace is not here" in there.said
    assert not there.at.exception
    assert server().workspaces.get(here.work.id) is None
