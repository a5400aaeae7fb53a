from __future__ import annotations

import pytest

from matcher.files import default_catalogue
from matcher.files.catalogue_writing import catalogue_workbook
from matcher.people.errors import InputError
from matcher.work.own_catalogue import (
    RELATIONS,
    add_superpower,
    new_id,
    relations_sheet,
    superpowers_sheet,
    with_relations,
    with_superpowers,
)
from matcher.work.sheets import Sheet

OURS = default_catalogue()
TITLES = superpowers_sheet(OURS).header


def own(app):
    """Open the manager's own catalogue."""
    app.go("superpowers").at.session_state["superpowers_tab"] = "Your own catalogue"
    app.at.run()
    return app


def changed(sheet: Sheet, row: int, title: str, text: str) -> Sheet:
    return sheet.with_cells({(sheet.numbers[row], title): text})


def with_row(sheet: Sheet, *cells: str) -> Sheet:
    return Sheet(sheet.name, sheet.header, (*sheet.rows, cells))


def test_a_copy_that_nobody_changed_is_the_same_catalogue():
    assert with_superpowers(OURS, superpowers_sheet(OURS)) == OURS
    assert with_relations(OURS, relations_sheet(OURS)) == OURS


def test_a_superpower_is_added_with_its_family_and_other_names():
    catalogue = add_superpower(OURS, "Green fingers", "action", ("gardening",))
    assert catalogue.recognise("GARDENING") == "green_fingers"
    assert catalogue.family_of("green_fingers") == "action"


@pytest.mark.parametrize(
    ("name", "sentence"), [(" ", "needs a name"), ("visionary", "in the catalogue already: Vision")]
)
def test_a_superpower_that_is_there_is_not_added(name, sentence):
    with pytest.raises(InputError, match=sentence):
        add_superpower(OURS, name, "action")


def test_an_id_is_made_from_the_name_and_is_not_taken_twice():
    assert new_id("Green  fingers!", ()) == "green_fingers"
    assert new_id("Vision", OURS.by_id) == "vision_2"
    assert new_id("東", ()) == "東"


def test_a_renamed_superpower_keeps_its_relations():
    catalogue = with_superpowers(OURS, changed(superpowers_sheet(OURS), 0, "name", "Far sight"))
    assert catalogue.superpowers[0].name == "Far sight"
    assert catalogue.relations == OURS.relations


def test_relations_of_a_superpower_that_is_gone_go_too():
    sheet = superpowers_sheet(OURS)
    catalogue = with_superpowers(OURS, sheet.with_cells({}, [sheet.numbers[0]]))
    gone = OURS.superpowers[0].id
    assert gone not in catalogue.by_id
    assert not any(gone in (r.a, r.b, r.softened_by) for r in catalogue.relations)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("", "", "Action", "", "", ""), "needs a name"),
        (("", "Gardening", "", "", "", ""), "“Gardening” needs a family"),
        (("", "Gardening", "Garden", "", "", ""), "“Gardening” needs a family"),
        (("", "VISION", "Action", "", "", ""), "“VISION” is in row 2 already"),
    ],
)
def test_a_superpower_that_is_not_complete_is_said_by_row(cells, sentence):
    with pytest.raises(InputError, match=f"row {len(OURS.superpowers) + 2}, .*{sentence}"):
        with_superpowers(OURS, with_row(superpowers_sheet(OURS), *cells))


def test_a_relation_that_is_changed_or_added_is_the_managers_own():
    sheet = changed(relations_sheet(OURS), 0, "strength", "1")
    sheet = with_row(sheet, "Calm", "Energy", "clash", "2", "One hums, one buzzes.", "yes", "Empathy")
    catalogue = with_relations(OURS, sheet)
    assert (catalogue.relations[0].strength, catalogue.relations[0].basis) == (1, "yours")
    assert catalogue.relations[1] == OURS.relations[1]
    added = catalogue.relations[-1]
    assert (added.a, added.b, added.kind, added.strength) == ("calm", "energy", "clash", 2)
    assert (added.hard_in_duo, added.softened_by, added.basis) == (True, "empathy", "yours")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("Calm", "", "clash", "2", "", "", ""), "needs two superpowers"),
        (("Calm", "Calm", "clash", "2", "", "", ""), "no relation to itself"),
        (("Calm", "Energy", "love", "2", "", "", ""), "complement or clash"),
        (("Calm", "Energy", "clash", "9", "", "", ""), "strength from 1 to 3"),
        (
            ("Experimentation", "Systems thinking", "complement", "2", "", "", ""),
            "have this relation in row 2",
        ),
    ],
)
def test_a_relation_that_makes_no_sense_is_said_by_row(cells, sentence):
    assert len(cells) == len(RELATIONS)
    with pytest.raises(InputError, match=f"row {len(OURS.relations) + 2}, .*{sentence}"):
        with_relations(OURS, with_row(relations_sheet(OURS), *cells))


def test_the_page_edits_a_copy_and_goes_back_to_ours(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Gardening\nBo,Calm\n")
    own(app).press("Make my own copy")
    row = {"name": "Gardening", "family": "Action"}
    app.edit("own_superpowers", added_rows=[row])
    assert app.work.roster.find("Anna").superpowers == ("gardening",)
    relation = {"superpower": "Gardening", "and": "Calm", "relation": "complement", "strength": "3"}
    app.edit("own_relations", added_rows=[relation])
    assert app.work.catalogue.relations[-1].basis == "yours"
    app.go("form").form()
    assert app.plan.groups[0].score is not None
    own(app).press("Go back to ours")
    assert app.work.own is None
    assert app.work.roster.find("Anna").superpowers == ()
    app.press("Undo: go back to our catalogue")
    assert app.work.roster.find("Anna").superpowers == ("gardening",)


def test_a_row_that_is_not_complete_yet_is_said_and_changes_nothing(app):
    own(app).press("Make my own copy").edit("own_superpowers", added_rows=[{"name": "Gardening"}])
    assert "“Gardening” needs a family; choose one." in app.said
    assert app.work.own == OURS


def test_the_download_comes_back_in_as_the_same_catalogue(app):
    catalogue = add_superpower(OURS, "=Gardening", "action", ("green; fingers",))
    own(app).upload("Catalogue file", "mine.xlsx", catalogue_workbook(OURS))
    assert app.work.own == OURS
    app.upload("Catalogue file", "mine.xlsx", catalogue_workbook(catalogue))
    assert app.work.own is not None
    assert app.work.own.by_id[catalogue.superpowers[-1].id].name == "=Gardening"


def test_a_catalogue_file_that_cannot_be_used_is_refused_by_its_own_name(app):
    own(app).upload("Catalogue file", "mine.xlsx", b"PK\x03\x04 and so on")
    assert "mine.xlsx" in app.said
    assert app.work.own is None


def test_a_plan_that_was_formed_with_another_catalogue_says_so(sample):
    sample.go("form").form()
    own(sample).press("Make my own copy")
    assert "were changed since" not in sample.go("plan").said
    own(sample).edit("own_superpowers", added_rows=[{"name": "Gardening", "family": "Action"}])
    assert "were changed since this plan was formed" in sample.go("plan").said
