"""The options that every command which forms or checks has, and how their values are read."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import NoReturn

from matcher.people.errors import InputError


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are input errors, like those of files."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}; see “{self.prog} --help”.")


def shared_options() -> Parser:
    """Return a parser to inherit from: what is known, what matters, how it is formed, what comes out."""
    options = Parser(add_help=False, allow_abbrev=False)
    known = options.add_argument_group(
        "what is known", "A workbook may be named with a sheet: staff.xlsx#Teams"
    )
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
        type=goal,
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
        "--meeting-hours", metavar="N", type=whole(1), default=2, help="shared free hours a week (2)"
    )
    wanted.add_argument("--buddies", action="store_true", help="a buddy for everybody inside their team")
    wanted.add_argument(
        "--lift-hard-clash", action="store_true", help="let duos have the clashes that are ruled out"
    )
    solving = options.add_argument_group("how it is formed")
    solving.add_argument("--start", metavar="PLAN", help="begin from this plan")
    solving.add_argument("--move-at-most", metavar="N", type=whole(0), help="people moved from --start")
    solving.add_argument("--seconds", metavar="S", type=seconds, default=10.0, help="time limit (10)")
    solving.add_argument("--seed", metavar="N", type=whole(0), default=0, help="for the same plan again (0)")
    solving.add_argument("--workers", metavar="N", type=whole(1), help="solver threads")
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


def whole(least: int) -> Callable[[str], int]:
    """Return what reads a whole number of at least so much."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) < 2**31):
            raise argparse.ArgumentTypeError(f"“{text}” has to be a whole number of {least} or more")
        return int(text)

    return read


def seconds(text: str) -> float:
    """Read a time limit."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” has to be a number of seconds above 0")
    return number


def goal(text: str) -> tuple[str, str]:
    """Read a goal's name and its importance."""
    name, equals, importance = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"“{text}” has to look like complement=high")
    return name.strip().lower().replace("-", " ").replace("_", " "), importance.strip().lower()
