"""Projects: one row for each piece of work that wants people."""

from __future__ import annotations

from dataclasses import replace

from matcher.files.references.finding import Finder
from matcher.files.references.needs import UnclearNeed, checked_need, split_needs
from matcher.files.references.pairs import chosen, header_words
from matcher.files.references.sizes import Size, as_date, as_size
from matcher.files.references.unclear import References
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named
from matcher.files.tables.source import Source, read_table
from matcher.files.tables.table import Findings, Reading, Row, Table
from matcher.people.errors import Fix
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.people.project import Project
from matcher.people.roster import Roster

COLUMNS: Named = {
    "project": (
        "project",
        "project name",
        "name",
        "title",
        "projekt",
        "projektname",
        "projet",
        "nom du projet",
    ),
    "size": (
        *("size", "people", "team size", "headcount", "number of people", "how many", "seats", "places"),
        *(
            "größe",
            "teamgröße",
            "anzahl",
            "personen",
            "taille",
            "effectif",
            "nombre de personnes",
            "personnes",
        ),
    ),
    "needs": ("needs", "need", "requires", "requirements", "braucht", "bedarf", "besoins", "besoin"),
    "lead": (
        *("lead", "leader", "project lead", "project leader", "project manager", "manager", "owner"),
        *("leitung", "projektleitung", "projektleiter", "chef de projet", "responsable"),
    ),
    "members": (
        *("members", "fixed members", "team members", "fixed", "team", "mitglieder", "feste mitglieder"),
        *("membres", "membres fixes", "équipe"),
    ),
}
ENDS: Named = {
    "least": ("min", "minimum", "min size", "minimum size", "size min", "at least", "mindestens", "au moins"),
    "most": ("max", "maximum", "max size", "maximum size", "size max", "at most", "höchstens", "au plus"),
}
"""A range in two columns."""


def read_projects(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> tuple[Project, ...]:
    """Return the projects that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table, with the columns ``project``,
        ``size`` (5 or 4-6; or ``min`` and ``max``), ``needs`` (family=people:1; …), ``lead`` and
        ``members``.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.
    choices
        What somebody chose instead of what is guessed; a column's meaning is one of those above.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_projects(source, roster, name=name, choices=choices).checked()


def load_projects(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Reading[tuple[Project, ...]]:
    """Return the projects that are clear, and list the rest; see :func:`read_projects`."""
    table = read_table(source, name, choices, words=header_words(COLUMNS, ENDS))
    return _Reader(table, roster, choices).read()


def standard_projects(table: Table, choices: Choices = NOTHING_CHOSEN) -> Table:
    """Return a file's projects in our own columns, a range in two columns as one.

    Raises
    ------
    InputError
        When the column for the projects' names is missing.
    """
    columns = Columns(table, chosen({**COLUMNS, **ENDS}, choices))
    columns.need("project")

    def ours(row: Row) -> Row:
        ends = dict.fromkeys(end for end in (columns.cell(row, meaning) for meaning in ENDS) if end)
        size = columns.cell(row, "size") or " to ".join(ends)
        cells = (size if meaning == "size" else columns.cell(row, meaning) for meaning in COLUMNS)
        return Row(row.number, tuple(cells))

    return replace(table, header=tuple(COLUMNS), rows=tuple(ours(row) for row in table.rows))


class _Reader:
    """Turns the rows of one table into projects."""

    def __init__(self, table: Table, roster: Roster, choices: Choices) -> None:
        self.table, self.roster = table, roster
        self.columns = Columns(table, chosen({**COLUMNS, **ENDS}, choices))
        self.found = Findings(table)
        self.references = References(self.found, Finder(roster))
        self.columns.need("project")
        if not {"least", "most"} & self.columns.where.keys():
            self.columns.need("size")

    def read(self) -> Reading[tuple[Project, ...]]:
        projects: dict[str, tuple[int, Project]] = {}
        fixed: dict[str, str] = {}
        for row in self.table.rows:
            project = self._project(row)
            if project is None:
                continue
            number, _ = projects.setdefault(fold(project.name), (row.number, project))
            if number != row.number:
                self.found.problem(
                    f"The project “{project.name}” is there twice (row {number} too); rename one.",
                    row,
                    self.columns.title("project"),
                    [Fix(f"Remove row {row.number}", drop=(row.number,))],
                )
                continue
            for key in dict.fromkeys((project.lead, *project.members)):
                if key and fixed.setdefault(key, project.name) != project.name:
                    self.found.problem(
                        f"{self.roster.find(key).name} is on “{fixed[key]}” already; "
                        "nobody can be on two projects.",
                        row,
                    )
        self.references.close()
        return self.found.reading(tuple(project for _, project in projects.values()))

    def _project(self, row: Row) -> Project | None:
        before = len(self.found.problems)
        name = self.columns.cell(row, "project")
        if not name:
            self._problem("The project needs a name; fill in the cell.", row, "project")
        size = self._size(row)
        needs = split_needs(self.columns.cell(row, "needs"))
        for need in needs:
            self._check(need, needs, row)
        lead, members = self._members(row, "lead"), self._members(row, "members")
        if len(lead) > 1:
            self._problem("A project has one lead; put the others under members.", row, "lead")
        if len(self.found.problems) > before or size is None:
            return None
        try:
            return Project(
                name,
                *size,
                needs=tuple(needs),
                lead="".join(member.key for member in lead),
                members=tuple(member.key for member in members),
            )
        except ValueError as error:
            self._problem(str(error), row, "size" if "size" in self.columns else "least")
            return None

    def _size(self, row: Row) -> Size | None:
        """Return least and most, from one column or from two."""
        text = self.columns.cell(row, "size")
        if text or ("size" in self.columns and not self._ends(row)):
            size = as_size(text)
            if size is None:
                self._no_size(text, row, "size")
            return size
        ends = []
        for meaning in ("least", "most"):
            cell = self.columns.cell(row, meaning)
            end = as_size(cell) if cell else None
            if end is not None and end[0] == end[1]:
                ends.append(end[0])
            elif cell:
                self._problem(f"“{cell}” is not a number; write one, such as 5.", row, meaning)
                return None
        if not ends:
            self._problem("The project needs a size; write how many people.", row, "least")
            return None
        return ends[0], ends[-1]

    def _ends(self, row: Row) -> bool:
        return any(self.columns.cell(row, meaning) for meaning in ENDS)

    def _no_size(self, text: str, row: Row, meaning: str) -> None:
        if not text:
            self._problem("The project needs a size; write a number or a range: 5 or 4-6.", row, meaning)
        elif date := as_date(text):
            range_ = f"{date[0]} to {date[1]}"
            self._problem(
                f"“{text}” is not a size; a spreadsheet may have made a date of {date[0]}-{date[1]}. "
                f"Write {range_}, which it leaves alone.",
                row,
                meaning,
                {f"Write {range_}": range_},
            )
        else:
            self._problem(f"“{text}” is not a size; write a number or a range: 5 or 4-6.", row, meaning)

    def _check(self, need: str, needs: list[str], row: Row) -> None:
        try:
            checked_need(need, self.roster)
        except UnclearNeed as error:
            fixes = {
                f"Write {other}": "; ".join(other if one == need else one for one in needs)
                for other in error.instead
            }
            self._problem(str(error), row, "needs", fixes)

    def _members(self, row: Row, meaning: str) -> list[Member]:
        if meaning not in self.columns:
            return []
        return self.references.several(row, self.columns.where[meaning])[0]

    def _problem(self, message: str, row: Row, meaning: str, fixes: dict[str, str] | None = None) -> None:
        self.references.problem_at(self.columns, meaning, message, row, fixes)
