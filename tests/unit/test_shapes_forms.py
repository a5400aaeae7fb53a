"""Rosters as forms give them: answers that are anonymous, or given twice."""

from __future__ import annotations

import pytest

from matcher.files import Choices, load_roster

MICROSOFT = "ID,Start time,Completion time,Email,Name,Your strengths,Where do you work?\n"


def microsoft(*answers: str) -> str:
    lines = [f"{number},1/15/26 9:00:00,{answer}\n" for number, answer in enumerate(answers, 1)]
    return MICROSOFT + "".join(lines)


def members(text: str, **more: object) -> list[tuple[str, str]]:
    return [(m.name, " ".join(m.superpowers)) for m in load_roster(text, **more).roster.members]


def test_the_columns_of_a_microsoft_form_are_known():
    reading = load_roster(microsoft("1/15/26 9:03:00,ann@x.org,Ann Lee,Grit;Calm;,Rome"))

    assert [column.meaning for column in reading.columns] == [
        "ignore",  # the number of an answer is nobody's id
        "ignore",
        "answered at",
        "email",
        "name",
        "superpowers",
        "attribute",
    ]
    (ann,) = reading.roster.members
    assert (ann.id, ann.superpowers, ann.attributes) == ("", ("grit", "calm"), {"Where do you work?": "Rome"})
    assert list(ann.cells) == ["Completion time", "Email", "Name", "Your strengths", "Where do you work?"]


def test_a_survey_may_write_a_question_above_its_options():
    reading = load_roster(
        "Respondent ID,End Date,Your name,Which are yours?,,,\n"
        ",,Open-Ended Response,Vision,Grit,Calm,Other (please specify)\n"
        "118,01/02/2026,Ann Lee,Vision,,Calm,\n119,01/02/2026,Bo Ek,,Grit,,Juggling\n"
    )

    assert [(m.name, m.superpowers) for m in reading.roster.members] == [
        ("Ann Lee", ("vision", "calm")),
        ("Bo Ek", ("grit",)),
    ]
    assert reading.roster.members[1].attributes["Which are yours? - Other (please specify)"] == "Juggling"


def test_a_survey_may_write_for_itself_above_and_below_the_questions():
    reading = load_roster(
        "StartDate,Q1,Q2\nStart Date,What is your name?,Your superpowers\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        '2026-01-02,Ann Lee,"Vision,Grit"\n'
    )

    assert [(m.name, m.superpowers) for m in reading.roster.members] == [("Ann Lee", ("vision", "grit"))]
    assert [row.number for row in reading.table.left_out] == [1, 3]


def test_a_ranking_that_says_which_end_is_up_is_one_column():
    reading = load_roster("Name,Rank your superpowers (strongest first)\nAnn,Grit;Vision;\nBo,Calm;Grit;\n")

    assert reading.shape == "one column that lists them"
    assert reading.roster.members[0].superpowers == ("grit", "vision")


def test_a_line_break_in_a_question_does_not_matter():
    text = 'Timestamp,Name,"Your superpowers\n(up to five)"\n2026/01/15 9:03:22 AM GMT+1,Ann,"Grit, Calm"\n'

    assert members(text) == [("Ann", "grit calm")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1/15/26 9:03:00", "1/16/26 8:00:00"),
        ("15.01.2026 09:03", "16.01.2026 08:00"),
        ("2026-01-15T09:03:00", "2026-01-16T08:00:00"),
        ("2/1/26 9:00", "3/1/26 9:00"),
    ],
)
def test_of_two_answers_the_latest_counts_and_the_other_is_listed(first: str, second: str):
    text = microsoft(
        f"{first},ann@x.org,Ann Lee,Grit;Calm;,Rome",
        f"{first},bo@x.org,Bo Chen,Calm;,Oslo",
        f"{second},ann@x.org,Ann Lee,Vision;Calm;,Oslo",
    )
    reading = load_roster(text, name="f.csv")

    assert members(text) == [("Bo Chen", "calm"), ("Ann Lee", "vision calm")]
    assert [(row.number, row.why) for row in reading.table.left_out] == [
        (2, "Ann Lee answered again in row 4; the latest answer counts.")
    ]
    assert "f.csv, row 2: Ann Lee answered again in row 4; the latest answer counts." in reading.notes
    assert reading.problems == ()


def test_the_latest_answer_is_told_by_the_clock_and_not_by_the_row():
    text = microsoft(
        "1/17/26 9:03:00,ann@x.org,Ann Lee,Grit;Calm;,Rome", "1/16/26 9:03:00,ann@x.org,Ann Lee,Vision;,Rome"
    )

    assert members(text) == [("Ann Lee", "grit calm")]


def test_days_that_cannot_be_months_tell_the_order_of_a_date():
    text = (
        "Timestamp,Name,Superpowers\n05/02/2026 10:00:00,Ann,Grit;Calm\n01/03/2026 10:00:00,Ann,Vision;Calm\n"
        "13/03/2026 10:00:00,Bo,Calm;Grit\n"
    )

    assert members(text) == [("Ann", "vision calm"), ("Bo", "calm grit")]


def test_an_answer_by_another_name_from_the_same_address_replaces_the_first_and_that_is_said():
    text = microsoft(
        "1/15/26 9:03:00,ann@x.org,Annie,Grit;Calm;,Rome", "1/16/26 9:03:00,ann@x.org,Ann Lee,Calm;,Rome"
    )
    reading = load_roster(text)

    assert members(text) == [("Ann Lee", "calm")]
    assert "Annie answered again as Ann Lee in row 3" in reading.table.left_out[0].why


def test_an_earlier_answer_can_be_kept():
    text = microsoft(
        "1/15/26 9:03:00,ann@x.org,Annie,Grit;Calm;,Rome", "1/16/26 9:03:00,ann@x.org,Ann Lee,Calm;,Rome"
    )

    assert members(text, choices=Choices(kept=frozenset({2}))) == [
        ("Annie", "grit calm"),
        ("Ann Lee", "calm"),
    ]


def test_two_people_of_one_name_with_different_addresses_are_asked_about():
    text = microsoft(
        "1/15/26 9:03:00,ann@x.org,Ann Lee,Grit;Calm;,Rome", "1/16/26 9:03:00,al@x.org,Ann Lee,Calm;,Rome"
    )
    (problem,) = load_roster(text).problems

    assert "“Ann Lee” is on the roster already (row 2)" in problem.message
    assert [fix.label for fix in problem.fixes] == [
        "Merge the two rows",
        "Keep row 2, remove row 3",
        "Keep row 3, remove row 2",
        "They are two people: give each an id",
    ]


def test_without_times_a_second_answer_is_asked_about():
    (problem,) = load_roster("Name,Superpowers\nAnn,Grit;Calm\nBo,Calm;Grit\nAnn,Vision;Calm\n").problems

    assert (problem.row, problem.column) == (4, "Name")
    assert problem.fixes[0].cells == {(2, "Superpowers"): "Grit; Calm; Vision"}


def test_an_anonymous_answer_is_left_out_and_reported():
    text = microsoft(
        "1/15/26 9:03:00,anonymous,anonymous,Grit;Calm;,Rome", "1/16/26 9:03:00,bo@x.org,Bo,Calm;,Rome"
    )
    reading = load_roster(text, name="f.csv")

    assert members(text) == [("Bo", "calm")]
    assert [str(p) for p in reading.problems] == [
        "f.csv, row 2, column “Name”: The answer is anonymous and is left out; write the name of who gave it."
    ]
    assert [fix.drop for fix in reading.problems[0].fixes] == [(2,)]


def test_an_anonymous_form_that_asks_for_the_name_gives_it():
    text = (
        "ID,Start time,Completion time,Email,Name,Your full name,Superpowers\n"
        "1,1/15/26 9:01:00,1/15/26 9:03:00,anonymous,,Ann Lee,Grit;Calm;\n"
        "2,1/15/26 9:05:00,1/15/26 9:06:00,anonymous,,Bo Chen,Calm;\n"
    )

    assert members(text) == [("Ann Lee", "grit calm"), ("Bo Chen", "calm")]
    assert {m.email for m in load_roster(text).roster.members} == {""}
    assert load_roster(text).problems == ()


def test_a_name_that_is_missing_can_be_made_from_the_address():
    reading = load_roster("name,email,superpowers\n,ann.lee@x.org,grit; calm\nBo,bo@x.org,calm\n")

    (problem,) = reading.problems
    assert problem.fixes[0].label == "Call them “Ann Lee”"
    assert problem.fixes[0].cells == {(2, "name"): "Ann Lee"}
