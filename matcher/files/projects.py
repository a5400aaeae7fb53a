"""Projects: one row for each piece of work that wants people."""

from __future__ import annotations

import re

from matcher.files.columns import Columns, Named, pieces
from matcher.files.nearest import find_member
from matcher.files.rules import checked_need
from matcher.files.source import Source, read_table
from matcher.files.table import Findings, Reading, Row
from matcher.people.names import fold
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember

COLUMNS: Named = {
    "project": ("project", "project name", "name", "title"),
    "size": ("size", "people", "team size"),
    "needs": ("needs", "need"),
    "lead": ("lead", "leader", "project lead"),
    "members": ("members", "fixed members"),
}
SIZE = re.compile(r"(\d{1,6})\s*(?:[-–—]\s*(\d{1,6}))?")


def read_projects(source: Source, roster: Roster, *, name: str | None = None) -> tuple[Project, ...]:
    """Return the projects that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, or text with line breaks, with the columns ``project``,
        ``size`` (5 or 4-6), ``needs`` (family=people:1; …), ``lead`` and ``members``.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_projects(source, roster, name=name).checked()


def load_projects(source: Source, roster: Roster, *, name: str | None = None) -> Reading[tuple[Project, ...]]:
    """Return the projects that are clear, and list the rest; see :func:`read_projects`."""
    table = read_table(source, name)
    columns, found = Columns(table, COLUMNS), Findings(table)
    columns.need("project", "size")
    projects: dict[str, Project] = {}
    fixed: dict[str, str] = {}
    for row in table.rows:
        project = _project(columns, row, roster, found)
        if project is None:
            continue
        if fold(project.name) in projects:
            found.problem(
                f"The project “{project.name}” is there twice; rename one.", row, columns.title("project")
            )
            continue
        for key in dict.fromkeys((project.lead, *project.members)):
            if key and fixed.setdefault(key, project.name) != project.name:
                found.problem(
                    f"{roster.find(key).name} is on “{fixed[key]}” already; nobody can be on two projects.",
                    row,
                )
        projects[fold(project.name)] = project
    return found.reading(tuple(projects.values()))


def _project(columns: Columns, row: Row, roster: Roster, found: Findings) -> Project | None:
    before = len(found.problems)
    name = columns.cell(row, "project")
    if not name:
        found.problem("The project needs a name; fill in the cell.", row, columns.title("project"))
    size = SIZE.fullmatch(columns.cell(row, "size"))
    if size is None:
        found.problem(
            f"“{columns.cell(row, 'size')}” is not a size; write a number or a range: 5 or 4-6.",
            row,
            columns.title("size"),
        )
    needs = pieces(columns.cell(row, "needs"))
    for need in needs:
        try:
            checked_need(need, roster)
        except ValueError as error:
            found.problem(str(error), row, columns.title("needs"))
    keys: dict[str, list[str]] = {"lead": [], "members": []}
    for meaning, list_of_keys in keys.items():
        for reference in pieces(columns.cell(row, meaning)):
            try:
                list_of_keys.append(find_member(reference, roster).key)
            except UnknownMember as error:
                found.problem(str(error), row, columns.title(meaning))
    if len(keys["lead"]) > 1:
        found.problem("A project has one lead; put the others under members.", row, columns.title("lead"))
    if len(found.problems) > before or size is None:
        return None
    least, most = int(size[1]), int(size[2] or size[1])
    try:
        return Project(
            name, least, most, tuple(needs), "".join(keys["lead"]), tuple(dict.fromkeys(keys["members"]))
        )
    except ValueError as error:
        found.problem(str(error), row, columns.title("size"))
        return None
