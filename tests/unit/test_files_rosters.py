"""Rosters: what is clear, and what is said about the rest."""

from __future__ import annotations

import pytest

from matcher.files import Choices, default_catalogue, load_roster, read_roster
from matcher.files.rosters.standard import with_fix
from matcher.people.errors import InputError, Problem


def problems(text: str, **more: object) -> list[tuple[int | None, str, str]]:
    return [(p.row, p.column, p.message) for p in load_roster(text, **more).problems]


def test_a_complete_roster_is_read_as_it_stands():
    roster = read_roster(
        "id,name,email,superpowers,turns to,prefers,wants,hours,time zone,absent,location\n"
        "7,Ann Lee,ann@x.org,Systems thinking; visionary;GRIT,Bo,8; Cy,Apollo;Mercury,Mon 9-12,"
        "Europe/Rome,,Rome\n"
        "8,Bo Chen,bo@x.org,empathy,,,,,,yes,Oslo\n"
        "9,Cy Diaz,,calm,,,,,,,\n"
    )

    ann, bo, cy = roster.members
    assert (ann.id, ann.name, ann.email, ann.key) == ("7", "Ann Lee", "ann@x.org", "7")
    assert ann.superpowers == ("systems_thinking", "vision", "grit")
    assert (ann.turns_to, ann.prefers, ann.wants) == (("Bo",), ("8", "Cy"), ("Apollo", "Mercury"))
    assert (ann.hours, ann.time_zone, ann.absent) == ("Mon 9-12", "Europe/Rome", False)
    assert (ann.attributes, bo.attributes, cy.attributes) == (
        {"location": "Rome"},
        {"location": "Oslo"},
        {"location": ""},
    )
    assert [m.name for m in roster.absent] == ["Bo Chen"]
    assert list(cy.cells.items())[1:4] == [("name", "Cy Diaz"), ("email", ""), ("superpowers", "calm")]
    assert roster.ranked
    assert roster.catalogue is default_catalogue()


def test_a_roster_can_be_unranked():
    assert not read_roster("name,superpowers\nAnn,grit\n", ranked=False).ranked


@pytest.mark.parametrize(
    "header",
    ["Full Name,Strengths", "EMPLOYEE,Top_Strengths", " member , superpowers ", "Name:,Superpowers*"],
)
def test_headers_match_whatever_their_case_and_punctuation(header: str):
    (member,) = read_roster(f"{header}\nAnn,grit\n").members

    assert (member.name, member.superpowers, dict(member.attributes)) == ("Ann", ("grit",), {})


def test_our_own_header_goes_before_a_synonym():
    (member,) = read_roster("employee,name,superpowers\nstaff,Ann,grit\n").members

    assert (member.name, member.attributes) == ("Ann", {"employee": "staff"})


def test_first_and_last_name_make_a_name():
    (member,) = read_roster("Last name,First name,superpowers\nLee,Ann,grit\n").members

    assert (member.name, dict(member.attributes)) == ("Ann Lee", {})


def test_parts_of_a_name_that_is_there_in_full_are_attributes():
    (member,) = read_roster("name,first name,last name,superpowers\nAnn Lee,Ann,Lee,grit\n").members

    assert member.attributes == {"first name": "Ann", "last name": "Lee"}


def test_superpowers_may_stand_in_numbered_columns():
    text = (
        "name,superpower 2,Superpower 1,SUPERPOWER #3,location\nAnn,grit,vision,,Rome\nBo,,calm,energy,Oslo\n"
    )
    ann, bo = read_roster(text).members

    assert (ann.superpowers, bo.superpowers) == (("vision", "grit"), ("calm", "energy"))
    assert list(ann.attributes) == ["location"]


@pytest.mark.parametrize(
    "cell",
    ["vision;grit;calm", "vision; grit ;calm;", "vision,grit,calm", "vision|grit|calm", "vision\ngrit\ncalm"],
)
def test_superpowers_in_one_cell_are_separated_by_what_gives_known_ones(cell: str):
    assert read_roster(f'name,superpowers\nAnn,"{cell}"\n').members[0].superpowers == (
        "vision",
        "grit",
        "calm",
    )


@pytest.mark.parametrize(
    ("cell", "absent"),
    [("yes", True), ("X", True), ("1", True), ("TRUE", True), ("no", False), ("", False), ("0", False)],
)
def test_absent_is_a_tick(cell: str, absent: bool):
    assert read_roster(f"name,superpowers,absent\nAnn,grit,\nBo,calm,{cell}\n").members[1].absent is absent


def test_columns_of_one_name_and_of_none_are_all_kept():
    (member,) = read_roster("name,superpowers,note,note,\nAnn,grit,a,b,c\n").members

    assert member.attributes == {"note": "a", "note (4)": "b", "column 5": "c"}


def test_a_plan_brought_as_a_roster_leaves_its_groups_behind():
    text = "name,superpowers,group,location,group,why,talk about\nAnn,grit,Sales,Rome,Team 1,x,y\n"
    (member,) = read_roster(text).members

    assert member.attributes == {"group": "Sales", "location": "Rome"}
    assert list(member.cells) == ["name", "superpowers", "group", "location"]


def test_people_may_be_called_none_na_and_null():
    roster = read_roster("name,superpowers\nNone,grit\nNA,calm\nnull,vision\n")

    assert [m.name for m in roster.members] == ["None", "NA", "null"]


# --- what cannot be used at all --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "who,what\nAnn,grit\n",
            "r.csv, row 1: There is no column for the names; the columns are “who” and “what”. "
            "Name it “name” in the header.",
        ),
        ("name,superpowers\n", "r.csv: There is nobody in it; add a row for each member."),
        ("\n", "r.csv: The file is empty; the first row has to name the columns."),
    ],
)
def test_a_roster_without_names_or_people_is_refused(text: str, sentence: str):
    with pytest.raises(InputError) as caught:
        load_roster(text, name="r.csv")

    assert str(caught.value) == sentence


def test_a_missing_superpowers_column_is_one_problem_not_one_a_row():
    assert problems("name,location\nAnn,Rome\nBo,Oslo\n") == [
        (
            1,
            "",
            "There is no column for the superpowers; the columns are “name” and “location”. "
            "Name it “superpowers” in the header.",
        )
    ]


# --- what is wrong in a row ------------------------------------------------------------------------


def test_a_member_twice_is_kept_once_and_reported():
    text = "name,superpowers\nAnn Lee,grit\nBo,calm\nann  lee,vision\n"

    assert [m.superpowers for m in load_roster(text).roster.members] == [("grit",), ("calm",)]
    assert problems(text) == [
        (
            4,
            "name",
            "“ann lee” is on the roster already (row 2) and is left out. "
            "Remove the row, or give each of the two an id of their own.",
        )
    ]


def test_an_id_twice_is_kept_once_and_reported():
    text = "id,name,superpowers\n7,Ann,grit\n7,Bo,calm\n8,Cy,vision; grit\n"

    assert [m.name for m in load_roster(text).roster.members] == ["Ann", "Cy"]
    assert problems(text) == [
        (
            3,
            "id",
            "The id “7” is Ann’s already (row 2); Bo is left out. "
            "Remove the row, or give it an id of its own.",
        )
    ]


def test_two_members_of_one_name_with_ids_are_two():
    assert len(read_roster("id,name,superpowers\n7,Ann,grit\n8,Ann,calm\n").members) == 2


@pytest.mark.parametrize("ids", [("7", ""), ("", "8")])
def test_of_two_members_of_one_name_both_need_an_id(ids: tuple[str, str]):
    ((row, column, message),) = problems(f"id,name,superpowers\n{ids[0]},Ann,grit\n{ids[1]},Ann,calm\n")

    assert (row, column) == (3, "name")
    assert "give each of the two an id" in message


def test_an_id_that_is_somebody_elses_name_is_reported():
    ((row, column, message),) = problems("id,name,superpowers\n,Ann,grit\nann,Bo,calm\n")

    assert (row, column) == (3, "id")
    assert "Ann" in message


def test_an_unknown_superpower_is_kept_aside_with_the_nearest_ones():
    reading = load_roster("name,superpowers\nAnn,grit;sistems thinkng;xyzzy\n", name="r.csv")

    assert reading.roster.members[0].superpowers == ("grit",)
    assert [str(p) for p in reading.problems] == [
        "r.csv, row 2, column “superpowers”: “sistems thinkng” is not a superpower of the catalogue; "
        "did you mean “Systems thinking”?",
        "r.csv, row 2, column “superpowers”: “xyzzy” is not a superpower of the catalogue; "
        "use one from the catalogue, or add it there.",
    ]
    assert [(u.member, u.row, u.column, u.text, u.nearest) for u in reading.unknown] == [
        ("Ann", 2, "superpowers", "sistems thinkng", ("Systems thinking",)),
        ("Ann", 2, "superpowers", "xyzzy", ()),
    ]


def test_a_confident_suggestion_is_taken_when_asked_and_said():
    reading = load_roster("name,superpowers\nAnn,grit;empthy;xyzzy\n", name="r.csv", accept=True)

    assert reading.roster.members[0].superpowers == ("grit", "empathy")
    assert reading.notes == ("r.csv, row 2, column “superpowers”: “empthy” is taken for “Empathy”.",)
    assert [p.message[:7] for p in reading.problems] == ["“xyzzy”"]


def test_missing_superpowers_are_reported_unless_the_member_is_absent():
    text = "name,superpowers,absent\nAnn,,\nBo,,yes\nCy,grit,\n"

    assert problems(text) == [
        (2, "superpowers", "Ann has no superpowers; name one to five, the strongest first, separated by “;”.")
    ]
    assert len(load_roster(text).roster.members) == 3


def test_a_superpower_twice_is_kept_once_and_reported():
    text = "name,superpowers\nAnn,vision;grit;Visionary\n"

    assert load_roster(text).roster.members[0].superpowers == ("vision", "grit")
    assert problems(text) == [(2, "superpowers", "Ann has “Vision” twice; remove one of the two.")]


def test_a_row_without_a_name_is_left_out_and_reported():
    assert problems("name,superpowers\n,grit\nAnn,calm\n") == [
        (2, "name", "The row has no name and is left out; add the name.")
    ]


def test_an_unclear_tick_is_reported_and_the_member_stays():
    text = "name,superpowers,absent\nAnn,grit,maybe\n"

    assert not load_roster(text).roster.members[0].absent
    assert problems(text) == [
        (2, "absent", "“maybe” is neither yes nor no; Ann counts as there. Write yes or no.")
    ]


def test_a_reference_to_nobody_is_a_note_with_the_nearest_names():
    reading = load_roster("name,superpowers,prefers\nAnn Lee,grit,Bo Chem\nBo Chen,calm,Zz\n", name="r.csv")

    assert reading.problems == ()
    assert reading.notes == (
        "r.csv, row 2, column “prefers”: “Bo Chem” is nobody on the roster; did you mean “Bo Chen”? "
        "Until then it counts for nothing.",
        "r.csv, row 3, column “prefers”: “Zz” is nobody on the roster. Correct the name, or add them to the "
        "roster. Until then it counts for nothing.",
    )


def test_reading_strictly_tells_every_problem_from_the_top_down_and_no_note():
    text = "name,superpowers,prefers\nAnn,\nBo,xyzzy,Zz\nBo,calm\nCy,grit,a,b\n"
    with pytest.raises(InputError) as caught:
        read_roster(text, name="r.csv")

    assert [p.row for p in caught.value.problems] == [2, 3, 4, 5]
    assert all(isinstance(p, Problem) and p.file == "r.csv" for p in caught.value.problems)


def test_of_ten_thousand_members_none_is_lost():
    text = "name,superpowers\n" + "".join(f"Person {i},grit;vision;calm\n" for i in range(10_000))

    assert [m.name for m in read_roster(text).members] == [f"Person {i}" for i in range(10_000)]


# --- the table to edit, and where facts stood --------------------------------------------------------

GRID = "name,Vision,Grit,Calm,site\nAnn,x,,x,Rome\nBo,,x,,Oslo\n"
LONG = (
    "site,user,strength,rank\nRome,Ann,Vision,2\nRome,Ann,Grit,1\nOslo,Bo,Calm,1\nOslo,Bo,Empthy,2\n"
    "Rome,Cy,Calm,1\nRome,Cy,Grit,2\n"
)


def test_a_grid_becomes_one_column_in_the_table_to_edit():
    standard = load_roster(GRID).standard

    assert standard.header == ("name", "superpowers", "site")
    assert [(row.number, row.cells) for row in standard.rows] == [
        (2, ("Ann", "Vision; Calm", "Rome")),
        (3, ("Bo", "Grit", "Oslo")),
    ]


def test_several_rows_of_a_member_become_one_and_unclear_words_stay_in_it():
    reading = load_roster(LONG)

    assert reading.standard.header == ("site", "user", "superpowers")
    assert [row.cells for row in reading.standard.rows] == [
        ("Rome", "Ann", "Grit; Vision"),
        ("Oslo", "Bo", "Calm; Empthy"),
        ("Rome", "Cy", "Calm; Grit"),
    ]
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (4, "superpowers")


def test_a_fact_is_traced_to_the_row_in_which_it_stood():
    ann = {fact.what: fact for fact in load_roster(LONG, name="l.csv").facts["Ann"]}

    assert ann["superpower 1"] == ("superpower 1", "Grit", "l.csv", 3, "strength")
    assert ann["superpower 2"] == ("superpower 2", "Vision", "l.csv", 2, "strength")


def test_one_column_a_strength_or_a_list_stays_as_the_file_has_it():
    text = "superpower 2,name,superpower 1\nGrit,Ann,Vision\n"

    assert load_roster(text).standard.header == ("superpower 2", "name", "superpower 1")


def test_one_question_is_asked_for_a_word_that_stands_in_many_rows():
    rows = "".join(f"Person {i},grit; empthy\n" for i in range(5))
    reading = load_roster(f"name,superpowers\n{rows}")

    assert [(p.row, p.message) for p in reading.problems] == [
        (2, "“empthy” is not a superpower of the catalogue; did you mean “Empathy”? (and in 4 other rows)")
    ]
    (suggestion,) = reading.proposals
    assert (suggestion.text, suggestion.superpower, suggestion.rows) == ("empthy", "empathy", (2, 3, 4, 5, 6))
    assert not suggestion.taken


def test_what_was_accepted_or_left_aside_is_not_asked_again():
    text = "name,superpowers\nAnn,grit; empthy; xyzzy\n"
    take, aside = (problem.fixes[n] for problem, n in zip(load_roster(text).problems, (0, -1), strict=True))
    reading = load_roster(text, choices=Choices(accepted={**take.accept, **aside.accept}))

    assert (take.accept, aside.accept) == ({"empthy": "empathy"}, {"xyzzy": ""})
    assert reading.roster.members[0].superpowers == ("grit", "empathy")
    assert (reading.problems, reading.unknown, reading.proposals) == ((), (), ())


def test_a_theme_twice_and_two_themes_of_one_superpower_are_told_apart():
    text = "name,Theme 1,Theme 2,Theme 3\nAnn,Input,Learner,Intellection\nBo,Relator,Input,Input\n"
    reading = load_roster(text, accept=True)

    assert [m.superpowers for m in reading.roster.members] == [
        ("curiosity", "deep_focus"),  # two themes of one superpower: the stronger counts
        ("empathy", "curiosity"),
    ]
    assert reading.problems == ()
    assert [note for note in reading.notes if "twice" in note] == [
        "the pasted text, row 3, column “Theme 3”: Bo has “Curiosity” twice; the first counts."
    ]


def test_a_fix_may_add_a_column():
    reading = load_roster("name,superpowers\nAnn,grit; calm\nBo,calm\nann,vision\n")
    two = reading.problems[0].fixes[-1]
    after = load_roster(with_fix(reading.standard, two))

    assert with_fix(reading.standard, two).header == ("name", "superpowers", "id")
    assert [m.key for m in after.roster.members] == ["Ann 2", "Bo", "ann 4"]
    assert after.problems == ()


def test_a_superpower_named_twice_counts_once_when_suggestions_are_taken():
    data = b"name,superpowers\nAda,Vision; Calm; Vision\n"

    asked, taken = load_roster(data, name="a.csv"), load_roster(data, name="a.csv", accept=True)

    assert [p.message for p in asked.problems] == ["Ada has “Vision” twice; remove one of the two."]
    assert taken.problems == ()
    assert taken.roster.members[0].superpowers == ("vision", "calm")
    assert "Ada has “Vision” twice; the first counts." in " ".join(taken.notes)
