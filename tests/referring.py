"""Files that refer to the members of one small roster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matcher.files import default_catalogue
from matcher.people.errors import Problem
from matcher.people.member import Member
from matcher.people.roster import Roster

JUNIOR, SENIOR = {"seniority": "Junior"}, {"seniority": "Senior"}
ROSTER = Roster(
    (
        Member("Ann Lee", ("vision",), id="1", email="ann@x.org", attributes=SENIOR),
        Member("Bo Chen", ("grit",), id="2", email="bo@x.org", attributes=JUNIOR),
        Member("Cy Diaz", ("calm",), email="cy@x.org", attributes=JUNIOR),
        Member("Dee Roy", ("energy",), id="4", attributes=SENIOR),
        Member("Dee Roy", ("empathy",), id="5", attributes=SENIOR),
        Member("José García", ("calm",), id="6", email="jose@x.org", attributes=JUNIOR),
    ),
    default_catalogue(),
)
CY = "Cy Diaz"
FRICTIONS = "member a,member b,severity,note\n"
RULES = "rule,who,value\n"
PROJECTS = "project,size,needs,lead,members\n"


def told(load: Callable[..., Any], text: str, **more: Any) -> list[str]:
    """The problems that a lenient reading lists."""
    return [str(problem) for problem in load(text, ROSTER, name="f.csv", **more).problems]


def presses(problem: Problem) -> list[tuple[str, dict[tuple[int, str], str], tuple[int, ...]]]:
    """What one press can do about a problem: what the button says, cells written, rows dropped."""
    return [(fix.label, dict(fix.cells), fix.drop) for fix in problem.fixes]


def mended(text: str, problem: Problem, which: int = 0) -> str:
    """The comma-separated text after one press; its first row is the header."""
    fix = problem.fixes[which]
    lines = [line.split(",") for line in text.splitlines()]
    for (row, title), cell in fix.cells.items():
        lines[row - 1][lines[0].index(title)] = cell
    return "".join(",".join(line) + "\n" for n, line in enumerate(lines, 1) if n not in fix.drop)
