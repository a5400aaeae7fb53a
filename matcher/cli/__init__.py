"""The command line: reads files, calls the engine, prints. No logic of its own.

Whatever takes time to load is imported where it is used, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.cli.keeping import add_keeping
from matcher.cli.options import Parser, shared_options, whole
from matcher.cli.saying import printable, say
from matcher.cli.status import BAD_INPUT, CONFLICT, FAULT, INTERRUPTED, OK
from matcher.cli.watch import Watch
from matcher.cli.worker import add_worker
from matcher.people.errors import InputError, RulesConflict

if TYPE_CHECKING:
    from matcher.files.bundle import Bundle
    from matcher.plan.plan import Plan

DEBUG = "MATCHER_DEBUG"
"""The environment variable with which a fault of the program is shown with all its details."""


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
            say(str(problem))
        return BAD_INPUT
    except RulesConflict as conflict:
        say("These rules cannot all hold together:")
        for sentence in conflict.sentences:
            say(f"- {sentence}")
        for advice in conflict.advice:
            say(advice)
        return CONFLICT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has stopped, which is their right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # whatever nobody foresaw: a sentence for a person, not a traceback
        if os.environ.get(DEBUG, "0") not in ("", "0"):
            raise
        say(_fault(error))
        return FAULT
    return status


def _fault(error: Exception) -> str:
    """Return what is said of an error that nobody foresaw."""
    said = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, OSError):
        return f"The computer refused something: {said}."
    if isinstance(error, ModuleNotFoundError):
        return f"{said}; install what is needed with “pip install -r requirements.txt”."
    return (
        f"The program failed ({type(error).__name__}{': ' if said else ''}{said}). Nothing was written. "
        f"This is a fault of the program, not of your files; {DEBUG}=1 in the environment shows where it is."
    )


# --- what can be asked --------------------------------------------------------------------------


def _parser() -> Parser:
    parser = Parser("python -m matcher", description="Form complementary duos and balanced teams.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    options = shared_options()

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
    size.add_argument("--count", metavar="N", type=whole(1), help="number of teams")
    staff.add_argument(
        "--projects", metavar="FILE", required=True, help="project, size, needs, lead, members"
    )
    for each in (check, score):
        each.add_argument("--projects", metavar="FILE", help="project, size, needs, lead, members")
    check.add_argument("--accept", action="store_true", help="take the confident suggestions")
    check.add_argument("--sheet", metavar="NAME", help="the sheet of an Excel workbook")
    score.add_argument("plan", metavar="PLAN", help="one row a member with its group")
    score.add_argument("--roster", metavar="ROSTER", required=True, help="one row a member")
    add_worker(commands)
    add_keeping(commands)
    return parser


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
            say(note)
    watch = Watch(args.seconds, shown=not args.quiet and sys.stderr.isatty())
    told = {"on_progress": watch.progress, "stop": watch.stopping.is_set}
    plan = watch.run(lambda: form(files, options | told))
    # all is made before any of it is written, so that a fault leaves no part of it behind
    text = plan_text(plan, args.audience)
    for path, data in [(path, write(plan, args.audience)) for path, write in writers]:
        save(data, path)
        if not args.quiet:
            say(f"Written: {path}")
    print(printable(text))
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
            say(note)
    for problem in files.problems:
        say(str(problem))
    for path in args.out:
        save(write_roster(files.roster), path)
        if not args.quiet:
            say(f"Written: {path}")
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
