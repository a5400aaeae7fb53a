from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

THEMES = "Name,Theme 1,Theme 2,Theme 3\nAnna,Relator,Learner,Command\nBo,Achiever,Relator,Harmony\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def names(app) -> list[str]:
    return [member.name for member in app.work.roster.members]


def superpowers(app, name: str) -> tuple[str, ...]:
    return app.work.roster.find(name).superpowers


def change(app):
    """Open the choices of how the file is read."""
    app.at.session_state["reading"] = True
    app.at.run()
    return app


def choose(app, label: str, value: object) -> None:
    next(box for box in app.at.selectbox if box.label == label).set_value(value).run()


def test_a_workbook_is_brought_in_and_what_was_understood_is_said(app):
    staff = [
        ["Our people"],
        [],
        ["Worker", "Superpowers", "Site"],
        ["Anna", "Vision; Calm", "Oslo"],
        ["Total", 1],
    ]
    app.upload("Roster file", "staff.xlsx", workbook(Staff=staff, Old=[["name"], ["Zoe"]]))
    assert "staff.xlsx is read." in app.said
    assert names(app) == ["Anna"]
    assert "staff.xlsx · sheet “Staff” of 2 · header in row 3 · 1 person" in app.said
    assert "2 rows left out" in app.said


def test_another_sheet_is_one_choice(app):
    app.upload("Roster file", "staff.xlsx", workbook(A=[["name"], ["Anna"]], B=[["name"], ["Bo"], ["Cy"]]))
    choose(change(app), "Sheet", "B")
    assert names(app) == ["Bo", "Cy"]
    assert "sheet “B” of 2" in app.said


def test_an_empty_sheet_that_was_chosen_is_not_the_end_of_it(app):
    app.upload("Roster file", "staff.xlsx", workbook(A=[["name"], ["Anna"]], Empty=[]))
    choose(change(app), "Sheet", "Empty")
    assert "there is no table in it as it is read now" in app.said
    choose(app, "Sheet", "A")
    assert names(app) == ["Anna"]
    assert app.work.pending is None


def test_a_pasted_list_becomes_a_roster(app):
    app.at.text_area[0].set_value("name\tsuperpowers\nAnna\tVision\nBo\tCalm; Grit")
    app.press("Bring it in")
    assert names(app) == ["Anna", "Bo"]
    assert superpowers(app, "Bo") == ("calm", "grit")
    assert "the pasted text · columns separated by tab" in app.said


def test_another_encoding_is_one_choice_and_undo_takes_it_back(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nJos\xe9,Vision\nBj\xf6rn,Calm\n".encode("cp1252"))
    assert names(app) == ["José", "Björn"]
    choose(change(app), "Encoding", "cp1251")
    assert names(app)[0] == "Josй"
    app.press("Undo: read t.csv otherwise")
    assert names(app) == ["José", "Björn"]
    app.press("Redo: read t.csv otherwise")
    assert names(app)[0] == "Josй"


def test_a_columns_meaning_is_one_choice(app):
    app.upload("Roster file", "t.csv", "name,nickname,superpowers\nAnna Berg,Ann,Vision\nBo Ek,Bobo,Calm\n")
    change(app).enter("meanings", {0: {"means": "ignore"}, 1: {"means": "name"}}).at.run()
    assert names(app) == ["Ann", "Bobo"]
    assert app.work.roster.attributes == ()


def test_a_row_that_was_left_out_is_taken_in_with_a_tick(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Calm\nTotal,\n")
    assert names(app) == ["Anna", "Bo"]
    change(app).enter("left_out", {0: {"take in": True}}).at.run()
    assert names(app) == ["Anna", "Bo", "Total"]
    app.press("Leave out again")
    assert names(app) == ["Anna", "Bo"]


def test_a_choice_is_remembered_for_the_next_file_of_the_shape_until_it_is_forgotten(app):
    header = "name,nickname,superpowers\n"
    app.upload("Roster file", "spring.csv", f"{header}Anna Berg,Ann,Vision\nBo Ek,Bobo,Calm\n")
    change(app).enter("meanings", {0: {"means": "attribute"}, 1: {"means": "name"}}).at.run()
    app.upload("Roster file", "autumn.csv", f"{header}Cy Lund,Cylo,Vision\nDi Holm,Dido,Calm\n")
    assert "Read as the last file with these columns" in app.said
    app.press("Replace the roster")
    assert names(app) == ["Cylo", "Dido"]
    app.press("Forget")
    assert names(app) == ["Cy Lund", "Di Holm"]
    app.upload("Roster file", "winter.csv", f"{header}Eve Moe,Evo,Vision\n")
    assert "Read as the last file" not in app.said


def test_a_choice_says_that_edits_to_the_table_are_replaced(app):
    app.upload("Roster file", "t.csv", "name,nickname,superpowers\nAnna Berg,Ann,Vision\n")
    app.edit("people", edited_rows={0: {"superpowers": ["Calm"]}})
    change(app).enter("meanings", {1: {"means": "ignore"}}).at.run()
    assert "Your edits to the table are replaced" in app.said
    assert superpowers(app, "Anna Berg") == ("vision",)
    app.press("Undo")
    assert superpowers(app, "Anna Berg") == ("calm",)


def test_a_file_that_is_not_understood_waits_until_it_is_read_otherwise(app):
    app.upload("Roster file", "t.csv", "x1,superpowers\n7,Vision\n8,Calm\n")
    assert app.work.roster is None
    assert app.at.error
    change(app).enter("meanings", {0: {"means": "name"}}).at.run()
    assert names(app) == ["7", "8"]


def test_a_file_can_be_left(sample):
    before = sample.work.people
    sample.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\n").press("Leave the file")
    assert sample.work.pending is None
    assert sample.work.people is before


def test_another_file_can_be_brought_in_instead_of_the_one_that_waits(app):
    app.upload("Roster file", "nobody.csv", "name,superpowers\n").upload(
        "Roster file", "t.csv", "name\nAnna\n"
    )
    assert names(app) == ["Anna"]
    assert app.work.pending is None


def test_a_frameworks_mapping_is_shown_the_doubtful_first_and_taken_with_one_press(app):
    app.upload("Roster file", "t.csv", THEMES)
    assert "The strengths are those of CliftonStrengths." in app.said
    shown = next(f.value for f in app.at.dataframe if "confidence" in f.value.columns)
    assert shown["confidence"].iloc[0] == "⚠ low"
    assert "relator" not in superpowers(app, "Anna")
    mapping = dict(zip(shown["the file says"], shown["superpower"], strict=True))
    app.press("Take these")
    expected = app.work.catalogue.recognise(mapping["Relator"])
    assert superpowers(app, "Anna")[0] == expected
    assert "as you chose" in " ".join(e.label for e in app.at.expander)


def test_a_mapping_is_changed_before_it_is_taken_and_taken_back(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vishion; Grit\nBo,Gritt\n")
    shown = next(f.value for f in app.at.dataframe if "confidence" in f.value.columns)
    place = list(shown["the file says"]).index("Vishion")
    app.enter("mapping", {place: {"superpower": "Calm"}}).press("Take these 2")
    assert superpowers(app, "Anna") == ("calm", "grit")
    assert superpowers(app, "Bo") == ("grit",)
    app.press("Take the whole mapping back")
    assert superpowers(app, "Anna") == ("grit",)
    app.press("Undo")
    assert superpowers(app, "Anna") == ("calm", "grit")


def test_a_spelling_can_be_left_aside(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vishion; Grit\n")
    app.enter("mapping", {0: {"superpower": "(leave aside)"}}).press("Take this one")
    assert superpowers(app, "Anna") == ("grit",)
    assert app.work.found_people.problems == ()


def test_what_the_catalogue_lacks_is_added_to_it_and_counts_from_then_on(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Gardening\nBo,Gardening; Calm\n")
    assert superpowers(app, "Anna") == ()
    next(b for b in app.at.selectbox if b.label == "Family").set_value("action")
    app.press("Add to the catalogue")
    assert "“Gardening” is in your catalogue now." in app.said
    assert superpowers(app, "Anna") == ("gardening",)
    assert app.work.catalogue.family_of("gardening") == "action"
    app.go("form").form()
    assert len(app.plan.groups) == 1
    app.go("people").press("Undo: add Gardening")
    assert superpowers(app, "Anna") == ()


def test_each_fact_says_its_file_row_and_column_and_what_was_edited_says_so(app):
    app.upload(
        "Roster file", "t.csv", "Our team\nname;superpowers;site\nAnna;Vision; Calm;Oslo\nBo;Calm;Rom\n"
    )
    app.upload("Roster file", "t.csv", "Our team\nname,superpowers,site\nAnna,Vision,Oslo\nBo,Calm,Rom\n")
    app.press("Replace the roster")
    app.edit("people", edited_rows={1: {"site": "Lima"}})
    app.at.session_state["facts"] = True
    app.at.run()
    choose(app, "Whose facts", "Bo")
    facts = next(f.value for f in app.at.dataframe if "file" in f.value.columns)
    told = {
        row["what"]: (row["it says"], row["file"], row["row"], row["column"]) for _, row in facts.iterrows()
    }
    assert told["name"] == ("Bo", "t.csv", 4, "name")
    assert told["site"] == ("Lima", "edited on this page", 4, "site")


@pytest.mark.parametrize(
    ("content", "tie"),
    [
        ("from,to\nAnna,Bo\nAnna,Cy\n", ("Bo", "Cy")),
        (",Anna,Bo,Cy\nAnna,,1,1\nBo,,,\nCy,,,\n", ("Bo", "Cy")),
    ],
)
def test_who_turns_to_whom_comes_from_a_file_of_its_own(app, content, tie):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Calm\nCy,Grit\n")
    app.upload("Network file", "network.csv", content)
    assert app.work.roster.find("Anna").turns_to == tie
    assert "network.csv: 1 person turns to somebody, 2 ties." in app.said
    app.press("Remove it")
    assert app.work.roster.find("Anna").turns_to == ()


def test_frictions_and_rules_come_from_workbooks_too(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Calm\nCy,Grit\nDi,Grit\n")
    app.upload("Frictions file", "f.xlsx", workbook(F=[["member a", "member b"], ["Anna", "Bo"]]))
    assert len(app.work.found_frictions.value) == 1
    app.go("rules")
    app.upload("Rules file", "r.xlsx", workbook(R=[["rule", "who", "value"], ["apart", "Cy; Di", ""]]))
    assert len(app.work.found_rules.value) == 1


def test_a_hostile_file_name_is_shown_as_it_is(sample):
    name = "![x](http://evil.example/a.png).csv"
    sample.upload("Roster file", name, "name,superpowers\nAnna,Gardening; Vishion\n")
    titles = [element.proto.title for element in sample.at.warning]
    assert titles
    assert not any(name in title for title in titles)
    sample.press("Replace the roster")
    shown = [*sample.at.markdown, *sample.at.caption, *sample.at.warning, *sample.at.success, *sample.at.info]
    assert all(name not in element.value for element in shown)
    assert all(name not in button.label for button in sample.at.button)
    assert name in sample.said
