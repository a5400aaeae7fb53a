"""The command line: options, exit statuses, what goes where."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

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
