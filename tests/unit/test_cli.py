"""The command line: options, exit statuses, what goes where."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.cli import main, printable

ROOT = Path(__file__).parents[2]
TWELVE = ROOT / "data" / "samples" / "twelve.csv"
FRICTIONS = ROOT / "data" / "samples" / "twelve_frictions.csv"

SMALL = "name,superpowers,location\nAnn,vision,Rome\nBo,grit,Rome\nCy,calm,Oslo\nDee,energy,Oslo\n"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with a small roster; ``files`` are written there first."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.csv").write_text(SMALL, encoding="utf-8")

    def command(*words: object, **files: str) -> Answer:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return command


# --- results ------------------------------------------------------------------------------------


def test_duos_are_printed_and_written(run: Run, tmp_path: Path):
    answer = run("duos", TWELVE, "--frictions", FRICTIONS, "--out", "p.csv", "--out", "p.json")

    assert answer.status == 0
    assert answer.out.startswith("6 duos, score ")
    assert answer.out.count("\nDuo ") == 6
    assert "  why  " in answer.out
    assert answer.err == "Written: p.csv\nWritten: p.json\n"
    told = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert (told["kind"], told["status"], told["seed"]) == ("duos", "optimal", 0)
    assert sorted(len(group["members"]) for group in told["groups"]) == [2] * 6
    with (tmp_path / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"]: row["group"] for row in rows} == {
        name: group["name"] for group in told["groups"] for name in group["members"]
    }


@pytest.mark.parametrize(
    ("option", "sizes"), [(("--size", "4-6"), {4}), (("--count", 2), {6}), (("--size", 5), {6})]
)
def test_teams_have_their_sizes(run: Run, tmp_path: Path, option: Sequence[object], sizes: set[int]):
    answer = run("teams", TWELVE, *option, "--seconds", 2, "--out", "p.json")

    assert answer.status == 0
    told = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert {len(group["members"]) for group in told["groups"]} == sizes


def test_projects_are_staffed(run: Run):
    answer = run("staff", "r.csv", "--projects", "p.csv", p="project,size,lead\nApollo,2,Ann\nGemini,2,Dee\n")

    assert answer.status == 0
    assert "\nApollo   score" in answer.out
    assert "\nGemini   score" in answer.out


def test_a_plan_made_by_hand_is_scored_and_told_what_it_breaks(run: Run):
    files = {"p": "name,group\nAnn,A\nBo,A\nCy,B\nDee,B\n", "rules": "rule,who,value\napart,Ann;Bo,\n"}
    answer = run("score", "p.csv", "--roster", "r.csv", "--rules", "rules.csv", "--out", "s.json", **files)

    assert answer.status == 0
    assert "Broken: Ann and Bo are apart.\n  Ann and Bo are both in A." in answer.out


def test_a_plan_scores_the_same_when_it_is_read_back(run: Run, tmp_path: Path):
    run("duos", TWELVE, "--frictions", FRICTIONS, "--out", "p.csv", "--out", "p.json")
    run("score", "p.csv", "--roster", TWELVE, "--frictions", FRICTIONS, "--out", "s.json")
    made, scored = (
        json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("p.json", "s.json")
    )

    assert made["score"] == scored["score"]
    assert made["goals"] == scored["goals"]


def test_options_reach_the_plan(run: Run, tmp_path: Path):
    words = (
        "teams r.csv --count 1 --unranked --goal complement=off --goal calm=HIGH --mix location --absent Dee "
        "--seed 7 --workers 1 --seconds 2 --history h.csv --goal not-alone=off --out p.json"
    )
    answer = run(*words.split(), h="name,group\nAnn,1\nBo,1\n")
    told = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))

    assert answer.status == 0
    assert "Absent: Dee" in answer.out
    assert told["seed"] == 7
    assert {"coverage", "calm", "mix", "fresh"} <= told["goals"].keys()
    assert not {"complement", "not alone"} & told["goals"].keys()


def test_a_plan_is_changed_as_little_as_asked(run: Run, tmp_path: Path):
    start = "name,group\nAnn,Duo 1\nBo,Duo 1\nCy,Duo 2\nDee,Duo 2\n"
    answer = run("duos", "r.csv", "--start", "p.csv", "--move-at-most", 0, "--out", "p.json", p=start)

    assert answer.status == 0
    told = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert {frozenset(group["members"]) for group in told["groups"]} == {
        frozenset({"Ann", "Bo"}),
        frozenset({"Cy", "Dee"}),
    }


def test_the_teams_copy_is_for_the_team_on_paper_and_on_screen(run: Run, tmp_path: Path):
    answer = run("duos", TWELVE, "--frictions", FRICTIONS, "--audience", "team", "--out", "p.json")
    text = answer.out + (tmp_path / "p.json").read_text(encoding="utf-8")

    assert answer.status == 0
    assert "never" not in text.lower()
    assert "friction" not in text.lower()


def test_quiet_says_nothing_beside_the_result(run: Run):
    answer = run("duos", "r.csv", "--frictions", "f.csv", "--quiet", "--out", "p.csv", f="a,b\nAnn,Bo\n")

    assert (answer.status, answer.err) == (0, "")


def test_what_was_guessed_is_said_beside_the_result(run: Run):
    answer = run("duos", "r.csv", "--frictions", "f.csv", f="a,b\nAnn,Bo\n")

    assert answer.err == "f.csv, row 2, column “severity”: No severity is given; “never” is assumed.\n"


def test_names_cannot_steer_the_terminal(run: Run):
    bad = "name,superpowers\nA\x1b[31mnn,grit\nB\x07o,calm\n"

    assert "\x1b" not in run("duos", "bad.csv", bad=bad).out
    assert "\x1b" not in run("duos", "bad.csv", bad=bad.replace("grit", "gr\x1bxx")).err
    assert printable("a\x1b[0m\nb\u202ec") == "a�[0m\nb�c"


def test_people_read_a_minus_sign_and_programs_a_hyphen(run: Run, tmp_path: Path):
    everybody = "Ann,Bo\nAnn,Cy\nAnn,Dee\nBo,Cy\nBo,Dee\nCy,Dee\n".replace("\n", ",avoid\n")
    files = [f"--out=p.{ending}" for ending in ("html", "xlsx", "json", "csv")]
    words = "teams r.csv --frictions f.csv --count 1 --goal complement=off --goal coverage=off"
    answer = run(*words.split(), *files, f=f"a,b,severity\n{everybody}")

    assert answer.status == 0
    assert "1 team, score −200.0 of 100." in answer.out
    assert "calm −200.0" in answer.out
    assert "-200" not in answer.out + (tmp_path / "p.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["score"] == -200.0


def test_a_file_is_named_with_its_sheet(run: Run, tmp_path: Path):
    book = Workbook()
    for title, rows in {
        "Frictions": [("member a", "member b"), ("Ann", "Bo")],
        "Old frictions": [("member a", "member b"), ("Ann", "Cy"), ("Ann", "Dee")],
        "Plan": [("name", "group"), ("Ann", "1"), ("Bo", "1"), ("Cy", "2"), ("Dee", "2")],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "all.xlsx")

    answer = run("check", "r.csv", "--frictions", "all.xlsx#old frictions", "--start", "all.xlsx#Plan")
    assert answer.out.endswith("Read: 4 members, 2 frictions.\nEverything is clear.\n")
    answer = run("check", "r.csv", "--frictions", "all.xlsx#New")
    assert answer.err == (
        "all.xlsx: There is no sheet “New”; choose “Sheet”, “Frictions”, “Old frictions” or “Plan”.\n"
    )
    answer = run("check", "r.csv", "--frictions", "none.xlsx#New")
    assert answer.err.startswith("There is no file “none.xlsx”")
    (tmp_path / "all.xlsx#New").write_bytes((tmp_path / "all.xlsx").read_bytes())
    assert "1 friction." in run("check", "r.csv", "--frictions", "all.xlsx#New").out


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("duos none.csv", "There is no file “none.csv”; check its name and folder."),
        ("duos .", "“.” is a folder; name the file in it."),
        ("duos r.csv --out x.ods", "“x.ods” cannot be written: the name has to end in .csv, .xlsx, "),
        ("duos r.csv --out no/x.csv", "“no/x.csv” cannot be written: there is no folder “no”."),
        ("check r.csv --out x.json", "“x.json” cannot be written: a repaired roster is a .csv file."),
        ("duos r.csv --goal complemnt=high", "There is no goal “complemnt”; did you mean “complement”?"),
        ("duos r.csv --goal calm=huge", "The importance of calm is “huge”; it has to be off, low, normal"),
        ("duos r.csv --goal calm", "Argument --goal: “calm” has to look like complement=high; see"),
        ("duos r.csv --preset fun", "There is no preset “fun”; choose one of"),
        ("duos r.csv --mix age", "The roster has no column “age”"),
        ("duos r.csv --absent An", "absent: “An” is nobody on the roster; did you mean “Ann”?"),
        ("duos r.csv --seconds soon", "Argument --seconds: “soon” has to be a number of seconds above 0"),
        ("duos r.csv --seconds -1", "Argument --seconds: “-1” has to be a number of seconds above 0"),
        ("duos r.csv --seconds nan", "Argument --seconds: “nan” has to be a number of seconds above 0"),
        ("duos r.csv --workers 0", "Argument --workers: “0” has to be a whole number of 1 or more; see"),
        ("duos r.csv --seed 1.5", "Argument --seed: “1.5” has to be a whole number of 0 or more; see"),
        ("duos r.csv --move-at-most 2", "--move-at-most needs a plan to begin from; name it with --start."),
        ("duos r.csv --audience boss", "Argument --audience: invalid choice: 'boss'"),
        ("duos r.csv --catalogue .", "There is no file “families.csv”; check its name and folder."),
        ("teams r.csv", "One of the arguments --size --count is required; see"),
        ("teams r.csv --size 3 --count 2", "Argument --count: not allowed with argument --size; see"),
        ("teams r.csv --size 9", "A team of 9 is larger than the roster of 4 people present."),
        ("teams r.csv --size big", "“big” is not a size; write it like 5 or 4-6."),
        ("teams r.csv --count 0", "Argument --count: “0” has to be a whole number of 1 or more; see"),
        ("staff r.csv", "The following arguments are required: --projects; see “python -m matcher staff"),
        ("score r.csv --roster r.csv", "r.csv, row 1: There is no column for the groups;"),
        ("score r.csv", "The following arguments are required: --roster; see"),
        ("dance r.csv", "Argument COMMAND: invalid choice: 'dance'"),
        ("", "The following arguments are required: COMMAND; see “python -m matcher --help”."),
    ],
)  # fmt: skip
def test_a_mistake_is_status_2_and_one_sentence_on_the_error_stream(run: Run, words: str, sentence: str):
    answer = run(*words.split())

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        ("", "bad.csv: The file is empty; the first row has to name the columns."),
        ("who,what\nAnn,grit\n", "bad.csv, row 1: There is no column for the names;"),
        (
            "name,superpowers\nAnn,grit\nBo,calm\nann,calm\n",
            "bad.csv, row 4, column “name”: “ann” is on the roster already",
        ),
        (
            "name,superpowers\nAnn,empthy\n",
            "bad.csv, row 2, column “superpowers”: “empthy” is not a superpower",
        ),
        ("name,superpowers\nAnn,grit\n", "A plan needs two people or more, but 1 person is present."),
    ],
)
def test_a_bad_roster_is_status_2_with_the_place(run: Run, roster: str, sentence: str):
    answer = run("duos", "bad.csv", bad=roster)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(sentence)


def test_every_problem_of_every_file_is_told_at_once(run: Run):
    answer = run(
        *("duos", "r.csv", "--frictions", "f.csv", "--rules", "rules.csv", "--history", "h.csv"),
        f="member a,member b,severity\nAnn,Zed,never\nBo,Bo,avoid\n",
        rules="rule,who,value\ntogether,Ann;Bo,\napart,Bo;Ann,\n",
        h="a,b\n1,2\n",
    )

    assert (answer.status, answer.out) == (2, "")
    assert [line.split(":")[0] for line in answer.err.splitlines()] == [
        "f.csv, row 2, column “member b”",
        "f.csv, row 3, column “member b”",
        "rules.csv, row 2, column “who”",
        "h.csv, row 1",
    ]


def test_rules_that_cannot_all_hold_are_status_3_one_a_line(run: Run):
    answer = run(
        "teams", "r.csv", "--count", 2, "--rules", "rules.csv", rules="rule,who,value\napart,Ann;Bo;Cy,\n"
    )

    assert (answer.status, answer.out) == (3, "")
    lines = answer.err.splitlines()
    assert lines[0] == "These rules cannot all hold together:"
    assert "- Ann, Bo and Cy are apart." in lines
    assert not lines[-1].startswith("- ")


# --- what nobody foresaw --------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Let the forming of duos fail with an error."""

    def fail(error: Exception) -> None:
        def form(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("matcher.forming.form_duos", form)

    return fail


def test_a_fault_of_the_program_is_a_sentence_and_status_1(run: Run, failing: Callable[[Exception], None]):
    failing(AssertionError("The checker does not confirm\nthe plan."))
    answer = run("duos", "r.csv", "--out", "p.csv")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "The program failed (AssertionError: The checker does not confirm the plan). Nothing was written. "
        "This is a fault of the program, not of your files; MATCHER_DEBUG=1 in the environment shows where "
        "it is.\n"
    )
    assert not Path("p.csv").exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyError(), "The program failed (KeyError). Nothing was written."),
        (OSError(28, "No space left on device"), "The computer refused something: [Errno 28] No space left"),
        (ModuleNotFoundError("No module named 'typst'"), "No module named 'typst'; install what is needed"),
    ],
)
def test_what_went_wrong_is_told_by_its_kind(
    run: Run, failing: Callable[[Exception], None], error: Exception, sentence: str
):
    failing(error)
    answer = run("duos", "r.csv")

    assert answer.status == 1
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1


def test_a_file_that_fails_leaves_no_other_behind(run: Run, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> bytes:
        raise RuntimeError("no ink")

    monkeypatch.setattr("matcher.files.reports.pdf.plan_pdf", fail)
    answer = run("duos", "r.csv", "--out", "p.csv", "--out", "p.pdf")

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("The program failed (RuntimeError: no ink). Nothing was written.")
    assert not Path("p.csv").exists()


def test_the_details_of_a_fault_are_there_when_asked_for(
    run: Run, failing: Callable[[Exception], None], monkeypatch: pytest.MonkeyPatch
):
    failing(KeyError("label"))
    monkeypatch.setenv("MATCHER_DEBUG", "0")
    assert run("duos", "r.csv").status == 1
    monkeypatch.setenv("MATCHER_DEBUG", "1")
    with pytest.raises(KeyError, match="label"):
        run("duos", "r.csv")
