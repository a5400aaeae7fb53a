"""``python -m matcher check``: what was understood, what is unclear, and the repaired file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from matcher.cli import main
from matcher.files import read_roster

ROOT = Path(__file__).parents[2]
TWELVE = ROOT / "data" / "samples" / "twelve.csv"
FRICTIONS = ROOT / "data" / "samples" / "twelve_frictions.csv"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str
    repaired: str


Check = Callable[..., Answer]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check a roster that is written as ``r.csv`` first, and give back what was repaired too."""
    monkeypatch.chdir(tmp_path)

    def command(roster: str | Path, *options: object) -> Answer:
        if isinstance(roster, str):
            (tmp_path / "r.csv").write_text(roster, encoding="utf-8")
            roster = Path("r.csv")
        status = main(["check", str(roster), "--out", "repaired.csv", *map(str, options)])
        out, err = capsys.readouterr()
        repaired = tmp_path / "repaired.csv"
        text = repaired.read_text(encoding="utf-8-sig") if repaired.exists() else ""
        return Answer(status, out, err.replace("Written: repaired.csv\n", ""), text)

    return command


def test_a_good_roster_is_clear_and_says_how_it_was_read(check: Check):
    answer = check(TWELVE, "--frictions", FRICTIONS)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "twelve.csv: UTF-8, columns separated by commas, row 1 names the columns.",
        "Columns:",
        "  “name”         name",
        "  “superpowers”  superpowers",
        "  “location”, “seniority” and “department”: attributes",
        "Superpowers: one column that lists them.",
        "Read: 12 members, 4 frictions.",
        "Everything is clear.",
    ]


EXPORT = (
    "Team Report,,,\nWorker,Status,Place,Superpowers\n"
    '"Lee, Ann (1)",Active,Rome,Grit; Empthy\n"Chen, Bo (2)",Terminated,Oslo,Calm\n'
    '"Diaz, Cy (3)",Active,Oslo,Xyzzy\n'
    "Total,3,,\n"
)


def test_the_summary_goes_to_the_output_and_notes_and_problems_a_line_each_to_the_error_stream(check: Check):
    answer = check(EXPORT)

    assert answer.status == 2
    assert "row 2 names the columns." in answer.out
    assert "Left out: row 4. They left: “Status” is “Terminated”." in answer.out
    assert "  “Worker”       name\n" in answer.out
    assert "Spellings:\n  “Empthy”  Empathy (confidence high, 1 row, not taken yet)\n" in answer.out
    assert answer.out.endswith("Read: 2 members.\n2 things are unclear.\n")
    lines = answer.err.splitlines()
    assert all(line.startswith("r.csv") for line in lines)
    assert (
        "r.csv, column “Worker”: “Lee, Ann (1)” is read as “Ann Lee”, id “1”, and 1 other likewise." in lines
    )
    assert lines[-2:] == [
        "r.csv, row 3, column “Superpowers”: “Empthy” is not a superpower of the catalogue; "
        "did you mean “Empathy”?",
        "r.csv, row 5, column “Superpowers”: “Xyzzy” is not a superpower of the catalogue; "
        "use one from the catalogue, or add it there.",
    ]


def test_what_is_clear_is_written_in_our_own_form_whatever_is_not(check: Check):
    assert check(EXPORT).repaired.splitlines() == [
        "name,id,email,superpowers,Status,Place",
        "Ann Lee,1,,Grit,Active,Rome",
        "Cy Diaz,3,,,Active,Oslo",
    ]


def test_accept_takes_the_confident_suggestions_and_says_so(check: Check):
    answer = check("name,superpowers\nAnn,grit; calm\nBo,calm;empthy\n", "--accept")

    assert answer.status == 0
    assert "Empathy (confidence high, 1 row, taken)" in answer.out
    assert answer.err == "r.csv, row 3, column “superpowers”: “empthy” is taken for “Empathy”.\n"
    assert answer.repaired.splitlines()[2] == "Bo,,,Calm; Empathy"


def test_a_frameworks_mapping_is_shown_and_one_problem_until_it_is_accepted(check: Check):
    themes = "name,Theme 1,Theme 2\nAnn,Input,Relator\nBo,Intellection,Input\n"
    asked, taken = check(themes), check(themes, "--accept")

    assert (asked.status, taken.status) == (2, 0)
    assert "Mapping of CliftonStrengths:" in asked.out
    assert "“Input”         Curiosity (confidence high, 2 rows, not taken yet)" in asked.out
    assert "accept the mapping" in asked.err.splitlines()[-1]
    assert "“Input”         Curiosity (confidence high, 2 rows, taken)" in taken.out
    assert taken.repaired.splitlines()[1:] == ["Ann,,,Curiosity; Empathy", "Bo,,,Deep focus; Curiosity"]


@pytest.mark.parametrize("options", [(), ("--accept",)])
def test_the_repaired_file_reads_without_a_question_and_gives_the_same(check: Check, options: tuple[str]):
    first = check(EXPORT.replace("Xyzzy", "Calm"), "--accept")
    (Path("again.csv")).write_text(first.repaired, encoding="utf-8")
    again = check(Path("again.csv"), *options)

    assert (first.status, again.status, again.err) == (0, 0, "")
    assert again.repaired == first.repaired
    assert [m.key for m in read_roster(Path("again.csv")).members] == ["1", "3"]


def test_hours_absence_and_wishes_are_written_too(check: Check):
    answer = check(
        "Name,Strengths,Verfügbarkeit,time zone,away,turns to,prefers,wants\n"
        "Ann,grit|calm,Mon 9-12,Europe/Rome,,Bo,Bo,Apollo\nBo,calm,,,yes,,,\n"
    )

    assert answer.status == 0
    assert answer.repaired.splitlines() == [
        "name,id,email,superpowers,turns to,prefers,wants,hours,time zone,absent",
        "Ann,,,Grit; Calm,Bo,Bo,Apollo,Mon 9-12,Europe/Rome,",
        "Bo,,,Calm,,,,,,yes",
    ]


def test_a_sheet_of_a_workbook_can_be_chosen(check: Check, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Nothing here", "at all"])
    people = book.create_sheet("People")
    people.append(["Name", "Superpowers"])
    people.append(["Ann", "Grit; Calm"])
    book.save(tmp_path / "r.xlsx")

    answer = check(tmp_path / "r.xlsx", "--sheet", "People")

    assert answer.status == 0
    assert "sheet “People” (beside “Cover”)" in answer.out
    assert answer.repaired.splitlines()[1] == "Ann,,,Grit; Calm"


def test_a_sheet_that_a_text_file_cannot_have_is_a_note(check: Check):
    answer = check(TWELVE, "--sheet", "People")

    assert answer.status == 0
    assert answer.err == "twelve.csv: It is no workbook, so there is no sheet “People” to choose.\n"


def test_quiet_leaves_out_the_notes_and_keeps_the_problems(check: Check):
    assert [line[:13] for line in check(EXPORT, "--quiet").err.splitlines()] == [
        "r.csv, row 3,",
        "r.csv, row 5,",
    ]


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"\x00\x01\x02\x03" * 200, ""),
        (b"name,superpowers\n", "There is nobody in it"),
        (b"color,size\nred,12\nblue,14\n", "There is no column for the names"),
        (b"PK\x03\x04 not really", ""),
    ],
)
def test_what_is_no_roster_is_one_sentence_and_status_2(
    check: Check, tmp_path: Path, contents: bytes, sentence: str
):
    (tmp_path / "x.csv").write_bytes(contents)
    answer = check(tmp_path / "x.csv")

    assert (answer.status, answer.out, answer.repaired) == (2, "", "")
    assert sentence in answer.err
    assert answer.err.startswith("x.csv")
    assert answer.err.count("\n") == 1


def test_a_check_needs_neither_the_solver_nor_a_data_frame():
    code = (
        "import sys; from matcher.cli import main; main(sys.argv[1:]); "
        "print([m for m in ('ortools', 'numba', 'pandas', 'scipy', 'streamlit') if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "check", str(TWELVE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.splitlines()[-1] == "[]"


def test_a_grids_columns_are_one_line(check: Check):
    answer = check("name,Vision,Grit,Calm\nAnn,x,,x\nBo,,x,\n")

    assert "  “name”              name\n  “Vision” to “Calm”  superpowers" in answer.out


def test_a_long_list_is_cut_and_counted(check: Check):
    header = ",".join(["name", "superpowers", *(f"a{i}" for i in range(300))])
    answer = check(f"{header}\nAnn,grit; calm{',' * 300}\n")

    assert "260 more: attributes" in answer.out
    assert max(map(len, answer.out.splitlines())) < 1000


def test_people_on_no_roster_are_not_searched_one_by_one(check: Check):
    rows = "".join(f"Person {i},grit; calm,Stranger {i}; Somebody {i}\n" for i in range(2000))
    answer = check(f"name,superpowers,prefers\n{rows}")

    assert answer.status == 0
    assert answer.err.splitlines()[-1] == (
        "r.csv: 3980 more references to nobody on the roster; they count for nothing."
    )
