"""The command line: reads files, calls the engine, prints. No logic of its own.

Whatever takes time to load is imported where it is used, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from matcher.people.errors import InputError, RulesConflict

if TYPE_CHECKING:
    from matcher.files.bundle import Bundle
    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan

OK, BAD_INPUT, CONFLICT, INTERRUPTED = 0, 2, 3, 130
"""Exit statuses."""

KEPT = frozenset("\n\u200c\u200d")
"""Unprintable characters that are harmless: line breaks, and the joiners that some scripts need."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter must not end the run
            stream.reconfigure(errors="replace")
    try:
        args = _parser().parse_args(argv)
        status: int = args.run(args)
        sys.stdout.flush()
    except InputError as error:
        for problem in error.problems:
            _say(str(problem))
        return BAD_INPUT
    except RulesConflict as conflict:
        _say("These rules cannot all hold together:")
        for sentence in conflict.sentences:
            _say(f"- {sentence}")
        for advice in conflict.advice:
            _say(advice)
        return CONFLICT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has stopped, which is their right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status


def _say(text: str) -> None:
    """Print to the error stream what is not a result."""
    print(printable(text), file=sys.stderr)


def printable(text: str) -> str:
    """Return a text without the characters with which a name could steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in KEPT else "\N{REPLACEMENT CHARACTER}" for c in text)


# --- what can be asked --------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}; see “{self.prog} --help”.")


def _parser() -> _Parser:
    parser = _Parser("python -m matcher", description="Form complementary duos and balanced teams.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    options = _options()

    def command(name: str, about: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about, parents=[options], allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    duos = command("duos", "form complementary duos", _duos)
    teams = command("teams", "form balanced teams", _teams)
    staff = command("staff", "staff projects", _staff)
    check = command("check", "say what is wrong with these files, row by row", _check)
    score = command("score", "score a plan that somebody made by hand", _score)
    for each in (duos, teams, staff, check):
        each.add_argument("roster", metavar="ROSTER", help="one row a member: name, superpowers, …")
    size = teams.add_mutually_exclusive_group(required=True)
    size.add_argument("--size", metavar="N|N-M", help="members in a team: 5, or 4-6")
    size.add_argument("--count", metavar="N", type=_whole(1), help="number of teams")
    staff.add_argument(
        "--projects", metavar="FILE", required=True, help="project, size, needs, lead, members"
    )
    for each in (check, score):
        each.add_argument("--projects", metavar="FILE", help="project, size, needs, lead, members")
    check.add_argument("--accept", action="store_true", help="take the confident suggestions")
    check.add_argument("--sheet", metavar="NAME", help="the sheet of an Excel workbook")
    score.add_argument("plan", metavar="PLAN", help="one row a member with its group")
    score.add_argument("--roster", metavar="ROSTER", required=True, help="one row a member")
    return parser


def _options() -> _Parser:
    options = _Parser(add_help=False, allow_abbrev=False)
    known = options.add_argument_group("what is known")
    known.add_argument("--frictions", metavar="FILE", help="member a, member b, severity, note")
    known.add_argument("--rules", metavar="FILE", help="rule, who, value")
    known.add_argument(
        "--history",
        metavar="FILE",
        action="append",
        default=[],
        help="a past round (repeatable, oldest first)",
    )
    known.add_argument("--catalogue", metavar="DIR", help="superpowers and relations instead of ours")
    known.add_argument("--unranked", action="store_true", help="all superpowers of a member weigh the same")
    known.add_argument("--absent", metavar="NAME", action="append", default=[], help="leave out (repeatable)")
    wanted = options.add_argument_group("what matters")
    wanted.add_argument(
        "--goal",
        metavar="NAME=off|low|normal|high",
        action="append",
        default=[],
        type=_goal,
        help="how much a goal matters (repeatable)",
    )
    wanted.add_argument("--preset", metavar="NAME", help="the goals for a purpose")
    wanted.add_argument(
        "--mix", metavar="COLUMN", action="append", default=[], help="spread evenly (repeatable)"
    )
    wanted.add_argument(
        "--not-alone", metavar="COLUMN", action="append", default=[], help="nobody alone (repeatable)"
    )
    wanted.add_argument("--keep", action="store_true", help="people of past rounds together again, not apart")
    wanted.add_argument(
        "--meeting-hours", metavar="N", type=_whole(1), default=2, help="shared free hours a week (2)"
    )
    wanted.add_argument("--buddies", action="store_true", help="a buddy for everybody inside their team")
    wanted.add_argument(
        "--lift-hard-clash", action="store_true", help="let duos have the clashes that are ruled out"
    )
    solving = options.add_argument_group("how it is formed")
    solving.add_argument("--start", metavar="PLAN", help="begin from this plan")
    solving.add_argument("--move-at-most", metavar="N", type=_whole(0), help="people moved from --start")
    solving.add_argument("--seconds", metavar="S", type=_seconds, default=10.0, help="time limit (10)")
    solving.add_argument("--seed", metavar="N", type=_whole(0), default=0, help="for the same plan again (0)")
    solving.add_argument("--workers", metavar="N", type=_whole(1), help="solver threads")
    given = options.add_argument_group("what comes out")
    given.add_argument(
        "--out",
        metavar="FILE",
        action="append",
        default=[],
        help=".csv, .xlsx, .html, .pdf, .json (repeatable)",
    )
    given.add_argument("--audience", choices=("manager", "team"), default="manager", help="whose copy")
    given.add_argument("--quiet", action="store_true", help="no progress and no notes")
    return options


def _whole(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) < 2**31):
            raise argparse.ArgumentTypeError(f"“{text}” has to be a whole number of {least} or more")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” has to be a number of seconds above 0")
    return seconds


def _goal(text: str) -> tuple[str, str]:
    name, equals, importance = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"“{text}” has to look like complement=high")
    return name.strip().lower().replace("-", " ").replace("_", " "), importance.strip().lower()


# --- what is done ---------------------------------------------------------------------------------


def _duos(args: argparse.Namespace) -> int:
    from matcher.forming import form_duos

    return _form(args, lambda files, options: form_duos(files.roster, **options))


def _teams(args: argparse.Namespace) -> int:
    from matcher.forming import form_teams

    return _form(
        args, lambda files, options: form_teams(files.roster, size=args.size, count=args.count, **options)
    )


def _staff(args: argparse.Namespace) -> int:
    from matcher.forming import staff_projects

    return _form(args, lambda files, options: staff_projects(files.roster, files.projects, **options))


def _score(args: argparse.Namespace) -> int:
    from matcher.files import read_plan
    from matcher.forming import score_plan

    def score(files: Bundle, options: dict[str, Any]) -> Plan:
        plan = read_plan(Path(args.plan), files.roster)
        return score_plan(plan, files.roster, projects=files.projects, **options)

    return _form(args, score)


def _form(args: argparse.Namespace, form: Callable[[Bundle, dict[str, Any]], Plan]) -> int:
    from matcher.files.printed import plan_text
    from matcher.files.writing import save, writer_for

    writers = [(path, writer_for(path)) for path in args.out]
    files = _read(args)
    if files.problems:
        raise InputError.of(files.problems)
    options = _forming_options(args, files)
    if not args.quiet:
        for note in files.notes:
            _say(note)
    watch = _Watch(args.seconds, shown=not args.quiet and sys.stderr.isatty())
    told = {"on_progress": watch.progress, "stop": watch.stopping.is_set}
    plan = watch.run(lambda: form(files, options | told))
    for path, write in writers:
        save(write(plan, args.audience), path)
        if not args.quiet:
            _say(f"Written: {path}")
    print(printable(plan_text(plan, args.audience)))
    return OK


def _check(args: argparse.Namespace) -> int:
    from matcher.files.writing import check_target, save, write_roster

    for path in args.out:
        if Path(path).suffix.lower() != ".csv":
            raise InputError(f"“{path}” cannot be written: a repaired roster is a .csv file.")
        check_target(path)
    files = _read(args)
    print(printable(files.summary()))
    if not args.quiet:
        for note in files.notes:
            _say(note)
    for problem in files.problems:
        _say(str(problem))
    for path in args.out:
        save(write_roster(files.roster), path)
        if not args.quiet:
            _say(f"Written: {path}")
    return BAD_INPUT if files.problems else OK


def _read(args: argparse.Namespace) -> Bundle:
    from matcher.files.bundle import load_bundle
    from matcher.files.tables.choices import Choices

    accept = getattr(args, "accept", False)
    return load_bundle(
        Path(args.roster),
        frictions=_path(args.frictions),
        rules=_path(args.rules),
        history=[Path(file) for file in args.history],
        projects=_path(getattr(args, "projects", None)),
        start=_path(args.start),
        absent=args.absent,
        catalogue=args.catalogue,
        ranked=not args.unranked,
        choices=Choices(sheet=getattr(args, "sheet", None) or "", mend=True if accept else None),
        accept=accept,
    )


def _path(file: str | None) -> Path | None:
    return None if file is None else Path(file)


def _forming_options(args: argparse.Namespace, files: Bundle) -> dict[str, Any]:
    from matcher.files.nearest import did_you_mean
    from matcher.goals import GOALS

    goals = [goal.name for goal in GOALS]
    for name, _ in args.goal:
        if name not in goals:
            hint = did_you_mean(name, goals) or f"; the goals are {', '.join(goals)}."
            raise InputError(f"There is no goal “{name}”{hint}")
    if args.move_at_most is not None and files.start is None:
        raise InputError("--move-at-most needs a plan to begin from; name it with --start.")
    return {
        "frictions": files.frictions,
        "rules": files.rules,
        "history": files.rounds,
        "goals": dict(args.goal),
        "preset": args.preset,
        "mix": args.mix,
        "not_alone": args.not_alone,
        "keep": args.keep,
        "buddies": args.buddies,
        "meeting_hours": args.meeting_hours,
        "absent": files.absent,
        "lift_hard_clash": args.lift_hard_clash,
        "start": files.start,
        "move_at_most": args.move_at_most,
        "seconds": args.seconds,
        "seed": args.seed,
        "workers": args.workers,
    }


# --- while it is formed ---------------------------------------------------------------------------


class _Watch:
    """Forms in a thread, so that Ctrl-C and the progress bar are attended to at once.

    The first Ctrl-C ends the solve, which then gives its best plan so far; the second ends the program.

    Parameters
    ----------
    seconds
        Time limit, the length of the bar.
    shown
        Whether there is a bar.
    """

    def __init__(self, seconds: float, *, shown: bool) -> None:
        self.seconds, self.shown = seconds, shown
        self.stopping = threading.Event()
        self.latest = ""

    def progress(self, progress: FormingProgress) -> None:
        self.latest = f"score {progress.score:.1f}, at most {progress.bound:.1f}"

    def run(self, form: Callable[[], Plan]) -> Plan:
        with ThreadPoolExecutor(1) as pool:
            forming = pool.submit(form)
            while True:
                try:
                    with self._bar() as bar:
                        began = time.monotonic()
                        while not wait([forming], timeout=0.1).done:
                            bar.n = min(time.monotonic() - began, self.seconds)
                            bar.set_postfix_str(self.latest, refresh=False)
                            bar.refresh()
                    return forming.result()
                except KeyboardInterrupt:
                    if self.stopping.is_set():
                        os._exit(INTERRUPTED)  # the solver's threads would hold up an orderly end
                    self.stopping.set()
                    _say("Stopping; the best plan so far follows.")

    def _bar(self) -> Any:
        from tqdm import tqdm  # type: ignore[import-untyped]

        return tqdm(
            total=self.seconds,
            disable=not self.shown,
            file=sys.stderr,
            leave=False,
            bar_format="{bar:30} {n:.0f} of {total:.0f} s{postfix}",
        )
