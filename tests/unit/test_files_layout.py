"""Which row is the header, and which rows are no member's."""

from __future__ import annotations

import pytest

from matcher.files import Table, read_table
from matcher.files.tables.choices import Choices
from matcher.people.errors import InputError

REPORT = """Workers Report
Company,Acme
Effective Date,01/02/2025

Worker,Employee ID,Location,Top 5 Strengths
Ann Lee (1001),1001,Rome,vision; grit
Worker,Employee ID,Location,Top 5 Strengths
Bo Ek (1002),1002,Oslo,calm
-,-,-,-
Total,2
Report generated 2025-01-02
"""


def names(table: Table) -> list[str]:
    return [row.cells[table.header.index("name") if "name" in table.header else 0] for row in table.rows]


def left_out(table: Table) -> dict[int, str]:
    return {row.number: row.why for row in table.left_out}


def test_a_report_is_read_without_its_titles_totals_and_repeated_headers():
    table = read_table(REPORT, "workers.csv")

    assert (table.header_row, table.header[0]) == (5, "Worker")
    assert [row.number for row in table.rows] == [6, 8]
    assert left_out(table) == {
        1: "Above the row that names the columns.",
        2: "Above the row that names the columns.",
        3: "Above the row that names the columns.",
        7: "The row that names the columns again.",
        9: "Nothing but a line.",
        10: "A total.",
        11: "A remark of the report.",
    }
    (note,) = table.notes
    assert note.startswith("workers.csv: 7 rows were left out: rows 1 (“Workers Report”), 2 (“Company Acme”)")


@pytest.mark.parametrize(
    "footer",
    [
        "Count: 3",
        "Total: 3",
        "Grand Total;;3",
        "3 rows returned",
        "Total number of employees: 3",
        "End of report",
        "Generated on 2025-01-02 by Workday",
        "Page 1 of 2",
        "Report Total;;3",
        "Summe;3",
        "Bericht erstellt am 2.1.2025",
        "Fin du rapport",
        "This list is for the offsite only, please do not share it.",
        "----;----",
    ],
)
def test_a_footer_is_left_out_and_can_be_brought_back(footer: str):
    text = f"name;superpowers;team\nAnn;grit;Red\nBo;calm;Blue\n{footer}\n"
    table = read_table(text)
    kept = read_table(text, choices=Choices(kept=frozenset({4})))

    assert list(left_out(table)) == [4]
    assert (names(table), names(kept)[:2]) == (["Ann", "Bo"], ["Ann", "Bo"])
    assert (len(kept.rows), kept.left_out, kept.notes) == (3, (), ())


@pytest.mark.parametrize(
    "name", ["Page Turner", "Count Basie", "Total Team", "Grant Total Smith", "Stand Ford"]
)
@pytest.mark.parametrize("rest", [";;", ";grit;Red"])
def test_names_that_begin_like_a_footer_are_people(name: str, rest: str):
    assert names(read_table(f"name;superpowers;team\nAnn;grit;Red\n{name}{rest}\n")) == ["Ann", name]


def test_a_total_that_has_superpowers_is_a_person():
    assert names(read_table("name,superpowers\nTotal,grit\n")) == ["Total"]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Team strengths 2025", "Wer;Kann gut;Wo"),
        ("Employees;;", "name;superpowers;team"),
        ("Strengths", "name;strength 1;strength 2"),
        ("Personal;;Strengths;;", "Name;Email;First;Second;Third"),
    ],
)
def test_a_title_is_narrower_than_the_header(title: str, header: str):
    width = header.count(";")
    table = read_table(f"{title}\n{header}\nAnn{';x' * width}\nBo{';y' * width}\n")

    assert (table.header_row, table.header) == (2, tuple(header.split(";")))


def test_a_title_above_a_repeated_header_is_nobody():
    table = read_table("Team A\nname,superpowers\nAnn,grit\n\nTeam B\nname,superpowers\nBo,calm\n")

    assert names(table) == ["Ann", "Bo"]
    assert left_out(table)[5] == "A title above the row that names the columns again."


def test_headers_that_nobody_knows_are_still_headers():
    assert read_table("Wer,Kann gut\nAnn,Sachen\nBo,Dinge\n").header == ("Wer", "Kann gut")
    assert read_table("from,to\nAnn,Bo\nBo,Cy\nAnn,Cy\n").header == ("from", "to")
    assert read_table(",Ann,Bo\nAnn,,1\nBo,1,\n").header == ("", "Ann", "Bo")


def test_a_header_with_line_breaks_is_one_line():
    table = read_table('"What is\nyour name?","Your\r\nsuperpowers"\nAnn,grit\n')

    assert table.header == ("What is your name?", "Your superpowers")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Ann Lee,ann@x.org,grit; calm\nBo Ek,bo@x.org,vision\n", ("name", "email", "superpowers")),
        ("Ann,grit\nBo,vision; calm\n", ("name", "superpowers")),
        ("Ann Lee,Grit,Vision\nBo Ek,Calm,Energy\n", ("name", "superpower 1", "superpower 2")),
        ("Ann Lee,Achiever,Focus\nBo Ek,Context,Input\n", ("name", "superpower 1", "superpower 2")),
        ("Ann Lee,Rome\nBo Ek,Oslo\n", ("name", "")),
        ("17,Ann Lee,Rome\n18,Bo Ek,Rome\n", ("", "name", "")),
        ("Ann\nBo\nCy\n", ("name",)),
    ],
)
def test_without_a_header_the_first_person_is_not_lost(text: str, header: tuple[str, ...]):
    table = read_table(text, "list.csv")

    assert (table.header, table.header_row, table.rows[0].number) == (header, 0, 1)
    (note,) = table.notes
    assert note.startswith("list.csv: No row names the columns, so row 1 was read like those below it.")


def test_somebody_may_choose_the_header():
    text = "Ann Lee,Rome\nBo Ek,Oslo\nCy Fox,Lima\n"

    assert read_table(text, choices=Choices(header_row=2)).header == ("Bo Ek", "Oslo")
    assert names(read_table("name,x\nAnn,1\n", choices=Choices(header_row=-1))) == ["name", "Ann"]
    with pytest.raises(InputError, match="Row 9 cannot name the columns, since it is blank or not there"):
        read_table(text, choices=Choices(header_row=9))


def test_somebody_may_leave_a_row_out():
    table = read_table("name,x\nAnn,1\nBo,2\n", choices=Choices(dropped=frozenset({3})))

    assert (names(table), left_out(table)) == (["Ann"], {3: "Left out by choice."})


def test_a_row_that_is_too_long_can_be_kept_with_all_its_cells():
    table = read_table("name,city\nAnn,Rome\nBo,Washington, DC\n", choices=Choices(kept=frozenset({3})))

    assert table.header == ("name", "city", "")
    assert [row.cells for row in table.rows] == [("Ann", "Rome", ""), ("Bo", "Washington", "DC")]


def test_superpowers_that_go_beyond_the_header_in_most_rows_are_its_last_columns():
    table = read_table("name,superpowers\nAnn,grit,calm\nBo,vision,Achiever,grit\nCy,calm\n", "p.csv")

    assert [row.cells for row in table.rows] == [
        ("Ann", "grit; calm"),
        ("Bo", "vision; Achiever; grit"),
        ("Cy", "calm"),
    ]
    assert table.notes == (
        "p.csv: In 2 rows the superpowers go beyond the header; all were read as column “superpowers”.",
    )


@pytest.mark.parametrize("rows", ["Ann,grit,Rome\nBo,calm,Oslo\n", "Ann,grit,calm\nBo,calm\nCy,grit\n"])
def test_other_cells_beyond_the_header_may_have_shifted_and_are_reported(rows: str):
    table = read_table(f"name,superpowers\n{rows}")

    assert {problem.row for problem in table.problems} == {row.number for row in table.left_out} != set()


def test_text_that_was_broken_once_is_offered_to_be_mended():
    text = "name,city\nJosÃ© NÃºÃ±ez,Rome\nZoë,LogroÃ±o\n"
    (problem,) = read_table(text, "p.csv").problems
    (fix,) = problem.fixes

    assert (problem.row, problem.column) == (2, "name")
    assert "“JosÃ© NÃºÃ±ez” for “José Núñez”" in problem.message
    assert fix.cells == {(2, "name"): "José Núñez", (3, "city"): "Logroño"}


def test_broken_text_is_mended_or_left_as_somebody_chose():
    text = "name,Ã‰quipe\nJosÃ©,x\n"
    mended = read_table(text, "p.csv", Choices(mend=True))
    left = read_table(text, "p.csv", Choices(mend=False))

    assert (mended.header, mended.rows[0].cells, mended.problems) == (("name", "Équipe"), ("José", "x"), ())
    assert mended.notes == (
        "p.csv: Text that was broken once already was mended in 2 cells: “Ã‰quipe” for “Équipe”.",
    )
    assert (left.rows[0].cells, left.problems, left.notes) == (("JosÃ©", "x"), (), ())


@pytest.mark.parametrize(
    "name", ["Zoë Müller", "José", "Ã", "Łukasz Żak", "Nguyễn Ánh", "Иван", "田中太郎", "“Bo”"]
)
def test_text_that_is_right_is_never_offered_to_be_mended(name: str):
    table = read_table(f"name,x\n{name},1\n")

    assert (table.rows[0].cells[0], table.problems) == (name, ())


def test_characters_that_cannot_be_seen_are_shown_as_they_are_and_said():
    table = read_table("name,x\nAn\u200bn,1\n\u202eBo,2\nCy,3\n\u200b,\u2060\n", "p.csv")

    assert [row.cells[0] for row in table.rows] == ["An\u200bn", "\u202eBo", "Cy"]
    (note,) = table.notes
    assert note.startswith("p.csv: Rows 2 and 3 hold characters that cannot be seen")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (",Superpowers,,,\nName,1,2,3,Site\n", ("Name", *(f"Superpowers {n}" for n in "123"), "Site")),
        (
            "Name,Superpower,Superpower,Superpower,Site\n,1,2,3,\n",
            ("Name", *(f"Superpower {n}" for n in "123"), "Site"),
        ),
        ("Name,Top 5,,,Site\n,#1,#2,#3,\n", ("Name", *(f"Top 5 #{n}" for n in "123"), "Site")),
    ],
)
def test_places_in_a_row_below_their_title_are_part_of_the_header(text: str, header: tuple[str, ...]):
    table = read_table(f"{text}Ann,vision,calm,grit,Rome\nBo,grit,vision,calm,Oslo\n")

    assert table.header == header
    assert [row.cells[0] for row in table.rows] == ["Ann", "Bo"]


def test_places_in_the_header_belong_to_the_title_above_them():
    text = ",,,,,,Superpowers,,\nName,Email,Department,Location,Level,Manager,1,2,3\n"
    table = read_table(f"{text}Ann,a@x.org,Ops,Rome,1,Zoe,vision,calm,grit\n")

    assert table.header[-3:] == ("Superpowers 1", "Superpowers 2", "Superpowers 3")
    assert [row.cells[0] for row in table.rows] == ["Ann"]


@pytest.mark.parametrize(
    "text",
    [
        "name,Scores,,\nAnn,1,2,3\nBo,3,2,1\n",  # somebody's row, as a name stands below a title
        "name,age,Scores,,\n,,1,2,3\nBo,30,3,2,1\n",  # scores below, not words
        "name,first,second,third\n,1,2,3\nBo,vision,calm,grit\n",  # each has a title of its own
        "name,Scores,,\n,1,3,2\nBo,vision,calm,grit\n",  # it does not count
    ],
)
def test_numbers_below_a_header_are_not_always_part_of_it(text: str):
    assert read_table(text).header[0] == "name"
    assert read_table(text).rows[0].number == 2
