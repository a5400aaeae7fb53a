from __future__ import annotations

from matcher.people.errors import Problem
from matcher.ui.parts.repair import kinds_of
from matcher.work.sheets import Sheet


def names(app) -> list[str]:
    return [member.name for member in app.work.roster.members]


def test_a_duplicate_is_merged_with_one_press_and_undo_brings_it_back(app):
    app.upload("Roster file", "t.csv", "name,superpowers,site\nAnna,Vision,\nBo,Calm,Rom\nAnna,Grit,Oslo\n")
    assert "1 thing to put right in the roster" in app.said
    app.press("Merge the two rows")
    assert "Done: Merge the two rows." in app.said
    anna = app.work.roster.find("Anna")
    assert anna.superpowers == ("vision", "grit")
    assert anna.attributes["site"] == "Oslo"
    assert "to put right" not in app.said
    app.press("Undo: merge the two rows")
    assert "1 thing to put right in the roster" in app.said
    app.press("Redo: merge the two rows")
    assert app.work.found_people.problems == ()


def test_text_that_was_broken_once_is_mended_with_one_press(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nJosÃ© PÃ©rez,Vision\nBjÃ¶rn,Calm\n")
    app.press("Mend the text")
    assert names(app) == ["José Pérez", "Björn"]
    assert app.work.found_people.problems == ()


def test_a_problem_of_the_file_itself_can_be_left_at_that(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Calm,and,more,cells\n")
    assert len(app.work.found_people.problems) == 1
    app.press("Leave it at that")
    assert app.work.found_people.problems == ()
    app.press("Undo: leave a problem at that")
    assert len(app.work.found_people.problems) == 1


def test_a_row_keeps_its_number_after_a_row_above_it_is_gone(app):
    app.upload("Roster file", "t.csv", "name,superpowers\n,Vision\nBo,Calm\nCy,Gardening\n")
    app.press("Remove the row")
    assert names(app) == ["Bo", "Cy"]
    assert [problem.row for problem in app.work.found_people.problems] == [4]


def test_the_rest_of_the_roster_is_used_meanwhile(app):
    app.upload("Roster file", "t.csv", "name,superpowers\n,Vision\nBo,Calm\nCy,Gardening\nDi,Grit\n")
    app.go("form").form()
    assert sum(len(group.members) for group in app.plan.groups) == 3


def test_equal_problems_are_one_with_one_press_for_all(app):
    rows = "".join(f"Person {i},Calm,maybe\n" for i in range(40))
    app.upload("Roster file", "t.csv", f"name,superpowers,absent\n{rows}")
    assert "40 things to put right in the roster" in app.said
    assert "39 more like it" in app.said
    buttons = [label for label in app.labels() if label.startswith(("Person", "All"))]
    assert len(buttons) == 2
    app.press("All 40")
    assert app.work.found_people.problems == ()
    assert "(40 times)" in app.said
    assert app.work.steps[-1].fields.keys() == {"people"}


def test_they_can_be_answered_one_by_one(app):
    rows = "".join(f"Person {i},Calm,maybe\n" for i in range(20))
    app.upload("Roster file", "t.csv", f"name,superpowers,absent\n{rows}")
    next(toggle for toggle in app.at.toggle if toggle.label == "One by one").set_value(True).run()
    assert len([label for label in app.labels() if label.startswith("Person")]) == 16
    app.press("Person 3 is absent")
    assert app.work.roster.find("Person 3").absent
    assert len(app.work.found_people.problems) == 19


def test_many_kinds_of_problem_do_not_become_many_buttons(app):
    powers = "".join(f"P{i},Xq{'z' * i} {chr(97 + i % 26) * 3}\n" for i in range(300))
    app.upload("Roster file", "t.csv", f"name,superpowers\n{powers}")
    assert len(app.work.found_people.problems) >= 100
    assert len(app.at.button) < 40


def test_a_friction_with_a_name_nearly_right_is_repaired_with_one_press(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna Berg,Vision\nBo Ek,Calm\n")
    app.upload("Frictions file", "f.csv", "member a,member b\nAnna Bergg,Bo Ek\n")
    assert "1 thing to put right in the frictions" in app.said
    app.go("rules").press("Choose Anna Berg")
    assert len(app.work.found_frictions.value) == 1
    assert "to put right" not in app.said
    app.press("Undo")
    assert len(app.work.found_frictions.value) == 0


def test_a_name_in_a_past_round_that_two_people_have_is_chosen_with_one_press(app):
    people = "name,id,superpowers\nAnna Berg,1,Vision\nAnna Berg,2,Calm\nCy Lund,3,Grit\n"
    app.upload("Roster file", "t.csv", people).go("rounds")
    for name in ("one.csv", "two.csv"):
        app.upload("History file", name, "name,team\nAnna Berg,1\nCy Lund,1\n")
    app.press("Choose Anna Berg (2)")
    first, second = app.work.found_rounds
    assert [len(first.problems), len(second.problems)] == [1, 0]
    assert second.value[0].groups == {"1": ("2", "3")}
    app.press("Undo: choose Anna Berg (2)")
    assert len(app.work.found_rounds[1].problems) == 1


def test_every_change_is_undone_in_turn_and_done_again(sample):
    before = sample.work.people
    sample.edit("people", edited_rows={0: {"name": "Erste"}})
    sample.edit("people", edited_rows={0: {"name": "Erste"}, 1: {"name": "Zweite"}})
    sample.at.checkbox[0].uncheck().run()
    assert len(sample.work.steps) == 4
    sample.press("Undo: weigh all superpowers alike").press("Undo: the edit of the table")
    assert names(sample)[:2] == ["Erste", "Tendai Moyana"]
    assert sample.work.ranked
    sample.press("Undo: the edit of the table")
    assert sample.work.people == before
    sample.press("Undo: use the sample")
    assert sample.work.people is None
    for _ in range(4):
        sample.press("Redo")
    assert names(sample)[:2] == ["Erste", "Zweite"]
    assert not sample.work.ranked


def test_a_new_change_leaves_nothing_to_redo(sample):
    sample.edit("people", edited_rows={0: {"name": "Erste"}}).press("Undo")
    sample.edit("people", edited_rows={0: {"name": "Andere"}})
    assert not any(label.startswith("Redo") for label in sample.labels())


def test_what_happens_elsewhere_is_not_undone_with_the_roster(sample):
    sample.edit("people", edited_rows={0: {"name": "Erste"}})
    sample.go("form").form()
    run = sample.work.run
    sample.go("people").press("Undo: the edit of the table")
    assert sample.work.run == run


def test_problems_that_say_the_same_of_different_rows_are_of_one_kind():
    sheet = Sheet("t", ("name", "absent"), (("Anna", "maybe"), ("Bo", "perhaps"), ("Cy", "")))
    problems = [
        Problem("“maybe” is neither yes nor no; Anna counts as there.", "t", 2, "absent"),
        Problem("“perhaps” is neither yes nor no; Bo counts as there.", "t", 3, "absent"),
        Problem("Cy has no superpowers.", "t", 4, "superpowers"),
    ]
    assert [[p.row for p in kind.problems] for kind in kinds_of(problems, sheet)] == [[2, 3], [4]]
