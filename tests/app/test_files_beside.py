"""Files beside the roster: how they were read, and reading them otherwise."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import streamlit as st

from tests.app.conftest import seen
from tests.app.test_bring_in import choose, workbook

FRICTIONS = [["member a", "member b", "severity"], ["Anna", "Bo", "never"]]
OTHERS = [["member a", "member b", "severity"], ["Bo", "Cy", "avoid"], ["Anna", "Cy", "never"]]


@pytest.fixture
def people(app):
    return app.upload(
        "Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Calm\nCy,Grit\nJürgen,Calm\n"
    )


def pairs(app) -> list[tuple[str, str]]:
    return [(friction.a, friction.b) for friction in app.work.found_frictions.value]


def sections(app) -> list[str]:
    return [label for expander in app.at.expander if (label := seen(expander.label)).startswith("How ")]


def test_a_workbook_with_several_sheets_offers_them_at_once(people):
    people.upload("Frictions file", "f.xlsx", workbook(New=FRICTIONS, Old=OTHERS))
    assert "sheet “New” of 2 · header in row 1 · 1 row" in people.said
    choose(people, "Sheet", "Old")
    assert pairs(people) == [("Bo", "Cy"), ("Anna", "Cy")]
    assert "sheet “Old” of 2 · header in row 1 · 2 rows" in people.said
    people.press("Undo")
    assert pairs(people) == [("Anna", "Bo")]


def test_an_encoding_that_was_guessed_is_one_choice(people):
    rules = "rule,who,value\ntogether,Anna; J\xfcrgen,\n".encode("cp1252")
    people.go("rules").upload("Rules file", "r.csv", rules)
    assert "Western European (Windows-1252)" in people.said
    choose(people, "Encoding", "cp1251")
    assert "Jьrgen" in people.work.rules.rows[0][1]
    choose(people, "Encoding", "cp1252")
    assert people.work.found_rules.problems == ()


def test_what_is_certain_is_shown_only_on_request(people):
    people.upload("Network file", "n.csv", "from,to\nAnna,Bo\n")
    assert "header in row 1 · 1 row" not in people.said
    people.at.session_state["how_network"] = True
    people.at.run()
    assert "Unicode (UTF-8) · columns separated by comma · header in row 1 · 1 row" in people.said


def test_a_file_of_which_nothing_could_be_made_is_read_as_chosen(people):
    people.upload("Frictions file", "f.xlsx", workbook(Notes=[["member a"], ["see below"]], Mine=FRICTIONS))
    choose(people, "Sheet", "Notes")
    assert "Nothing could be made of it as it is read now." in people.said
    assert pairs(people) == [("Anna", "Bo")]
    choose(people, "Sheet", "Mine")
    assert pairs(people) == [("Anna", "Bo")]
    assert "Nothing could be made of it" not in people.said


def test_projects_have_the_same_choices(people):
    people.go("form").choose("kind", "projects")
    projects = [["project", "size"], ["Apollo", 2], ["Gemini", 2]]
    people.upload(
        "Projects file", "p.xlsx", workbook(Plan=projects, Draft=[["project", "size"], ["Zeus", 4]])
    )
    choose(people, "Sheet", "Draft")
    assert [project.name for project in people.work.found_projects.value] == ["Zeus"]


def test_no_other_reading_is_offered_once_the_table_is_edited_or_another(people):
    people.go("rules").upload("Rules file", "r.csv", "rule,who,value\napart,Anna; Bo,\n")
    assert sections(people) == ["How r.csv was read"]
    people.edit("rules", edited_rows={0: {"who": ["Anna", "Cy"]}})
    assert sections(people) == []
    people.go("people").press("Use the sample roster")
    assert sections(people) == []


def test_without_a_roster_there_is_nothing_to_choose(app):
    app.upload("Frictions file", "f.xlsx", workbook(New=FRICTIONS, Old=OTHERS))
    assert "Bring in the roster first" in app.said
    assert sections(app) == []


@pytest.mark.parametrize(
    ("label", "content"),
    [
        ("Roster file", "name,superpowers\nAnna,Vision\nBo,Calm\n"),
        ("Frictions file", "member a,member b\nAnna,Bo\n"),
    ],
)
def test_while_a_file_is_read_the_page_says_so(people, monkeypatch, label, content):
    told = []

    @contextmanager
    def spinner(text, **_):
        told.append(f"{text}, {len(people.work.frictions.rows)} frictions")
        yield
        told.append(f"done, {len(people.work.frictions.rows)} frictions")

    monkeypatch.setattr(st, "spinner", spinner)
    people.upload(label, "*big*.csv", content)

    more = int(label == "Frictions file")
    assert [seen(text) for text in told] == [
        "Reading *big*.csv …, 0 frictions",
        f"done, {more} frictions",
    ]


def test_with_a_deleted_member_go_the_files_that_may_name_them(people):
    people.upload("Frictions file", "f.xlsx", workbook(New=FRICTIONS, Old=OTHERS))
    assert "frictions" in people.work.beside
    choose(people, "Whom", "Cy")
    people.press("Delete Cy everywhere")

    assert "All that was kept of Cy is deleted." in people.said
    assert not people.work.beside
