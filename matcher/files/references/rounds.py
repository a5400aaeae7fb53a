"""Plans and past rounds: one row a member with its group, or one row a group with its members."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from matcher.files.references.finding import Finder, Nobody, Unclear
from matcher.files.references.json_plans import read_plan_table
from matcher.files.references.pairs import chosen, header_words
from matcher.files.references.unclear import References
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named, missing_columns, plain
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.source import Source
from matcher.files.tables.table import Findings, Reading, Row, Table
from matcher.people.errors import Fix, InputError, Problem
from matcher.people.history import PLAN_TITLES, Round
from matcher.people.member import Member
from matcher.people.names import counted
from matcher.people.roster import Roster

GROUP: Named = {
    "group": (
        *("group", "team", "duo", "project", "squad", "table", "pair", "trio", "pod", "crew", "cohort"),
        *("group name", "team name", "group number", "team number", "group id", "team id", "table number"),
        *("breakout room", "breakout", "room", "groupe", "équipe", "equipe", "gruppe", "mannschaft", "tisch"),
        *("nom de l équipe", "nom du groupe", "gruppenname", "teamname", "binôme", "projet", "projekt"),
    ),
}
"""What a group's column is called, the surest first."""

SEVERAL: Named = {
    "members": (
        *("members", "names", "people", "team members", "group members", "who", "participants", "students"),
        *("mitglieder", "teilnehmer", "namen", "personen", "membres", "participants", "noms", "personnes"),
    )
}
"""A column whose cells name everybody in a group."""

PERSON = ("id", "email", "name", "first name", "last name")
ROUND: Named = {
    "section": ("section", "sektion", "abschnitt", "class", "course"),
    "round": ("round", "session", "sprint", "wave", "runde", "tour", "manche", "séance"),
}
NUMBERED = re.compile(
    r"(?:(?:team |group )?(?:member|person|name|participant|student|employee|people|members)"
    r"|mitglied|person|teilnehmer|membre|personne|nom|participant) ?\d+"
)
MOST_TOLD = 20
"""Of more who are nobody on the roster the rest is counted."""


def read_history(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> tuple[Round, ...]:
    """Return the rounds that a file tells of, oldest first; who has left the roster is passed over.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table: a plan as we write it (CSV,
        workbook or JSON), any table with a member and a group, team or duo in each row
        (``Section, Team, Name, Email`` too), or one with a group and its members in each row.
        A column ``round`` tells several rounds apart, otherwise the file is one.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.
    choices
        What somebody chose instead of what is guessed; a column's meaning is ``group``, ``members``,
        ``round``, ``section``, ``id``, ``email``, ``name``, ``first name`` or ``last name``.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_history(source, roster, name=name, choices=choices).checked()


def load_history(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Reading[tuple[Round, ...]]:
    """Return the rounds as far as they are clear, and list the rest; see :func:`read_history`.

    Whoever is nobody on the roster is passed over with a note; a name that is a member's but for
    accents, signs or order is a problem with its fix.
    """
    reader = _Reader(_table(source, name, choices), roster, choices, leavers=True)
    rounds = reader.rounds()
    return reader.found.reading(rounds)


def rounds_apart(table: Table, roster: Roster) -> tuple[Table, ...]:
    """Return a table of past rounds as one table a round, in the order of :func:`load_history`.

    Rows keep their numbers; what was said of the file as a whole stays with the first.
    """
    reader = _Reader(table, roster, NOTHING_CHOSEN, leavers=True)
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.cells[reader.group]:
            rows.setdefault(reader.columns.cell(row, "round"), []).append(row)
    if len(rows) < 2:
        return (table,)
    first, *later = (replace(table, rows=tuple(some)) for some in rows.values())
    return first, *(replace(one, problems=(), notes=()) for one in later)


def read_plan(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Round:
    """Return the groups of one plan; see :func:`read_history` for its forms.

    Raises
    ------
    InputError
        With everything that is wrong, also with members who are not on the roster.
    """
    return load_plan(source, roster, name=name, choices=choices).checked()


def load_plan(
    source: Source,
    roster: Roster,
    *,
    name: str | None = None,
    leavers: bool = False,
    choices: Choices = NOTHING_CHOSEN,
) -> Reading[Round]:
    """Return the groups of one plan as far as they are clear; see :func:`read_plan`.

    With ``leavers``, as in a plan to begin from, who has left the roster is passed over.
    """
    reader = _Reader(_table(source, name, choices), roster, choices, leavers=leavers)
    rounds = reader.rounds()
    if len(rounds) > 1:
        message = f"There are {len(rounds)} rounds in the file; keep the rows of one."
        raise InputError(Problem(message, reader.table.file, column=reader.columns.title("round")))
    return reader.found.reading(rounds[0])


def _table(source: Source, name: str | None, choices: Choices) -> Table:
    people = {meaning: ROSTER_HEADERS[meaning] for meaning in PERSON}
    words = header_words(GROUP, SEVERAL, ROUND, people).union(PLAN_TITLES)
    return read_plan_table(source, name, choices, words)


class _Reader:
    """Turns the rows of one table into rounds."""

    def __init__(self, table: Table, roster: Roster, choices: Choices, *, leavers: bool) -> None:
        self.table, self.roster, self.leavers = table, roster, leavers
        self.found = Findings(table)
        self.gone: dict[str, None] = {}
        self.references = References(self.found, Finder(roster))
        self.group, self.columns = self._columns(choices)
        self.many = self._many()
        self._check_ids()
        if not self.many and not set(PERSON[:-1]) & self.columns.where.keys():
            raise InputError(
                Problem(missing_columns("for the members", "name", table), table.file, table.header_row)
            )

    def _columns(self, choices: Choices) -> tuple[int, Columns]:
        """Return the column of the groups, and the others by their meaning."""
        headers = [plain(header) for header in self.table.header]
        named = chosen({**ROUND, **SEVERAL, **{m: ROSTER_HEADERS[m] for m in PERSON}}, choices)
        if tuple(headers[-len(PLAN_TITLES) :]) == PLAN_TITLES:
            ours = {meaning: spelled for meaning, spelled in named.items() if meaning in PERSON}
            return len(headers) - len(PLAN_TITLES), Columns(self.table, ours)
        spelled = next((word for word in chosen(GROUP, choices)["group"] if word in headers), None)
        columns = Columns(self.table, named)
        if spelled is not None:
            # of two such columns the last one counts: a plan is put behind what was there before
            group = len(headers) - 1 - headers[::-1].index(spelled)
            return group, Columns(
                self.table, {m: s for m, s in named.items() if columns.where.get(m) != group}
            )
        if "members" in columns and "name" in columns:  # then the name is the group's
            return columns.where["name"], Columns(self.table, {m: s for m, s in named.items() if m != "name"})
        message = missing_columns("for the groups", "group", self.table)
        raise InputError(Problem(message, self.table.file, self.table.header_row))

    def _many(self) -> list[int]:
        """Return the columns with the members of a group, when there is one row a group."""
        headers = [plain(header) for header in self.table.header]
        numbered = [i for i, header in enumerate(headers) if NUMBERED.fullmatch(header)]
        if "members" in self.columns:
            return self._like(self.columns.where["members"])
        if len(numbered) > 1 or (numbered and not set(PERSON) & self.columns.where.keys()):
            return numbered
        same = self._like(self.columns.where["name"]) if "name" in self.columns else []
        return same if len(same) > 1 else []

    def _like(self, first: int) -> list[int]:
        """Return a column, and those behind it of the same title, or of none, that name members too."""
        headers = [plain(header) for header in self.table.header]
        meant = self.references.finder.meant
        more = [
            i
            for i in range(first + 1, len(headers))
            if headers[i] in (headers[first], "") and any(meant(row.cells[i]) for row in self.table.rows)
        ]
        return [first, *more]

    def _check_ids(self) -> None:
        """Do without a column of ids that says somebody else than the names: it may count answers."""
        if not {"id", "name"} <= self.columns.where.keys():
            return
        meant = self.references.finder.meant
        both = [
            (ids[0], names)
            for row in self.table.rows
            if (ids := meant(self.columns.cell(row, "id")))
            and (names := meant(self.columns.cell(row, "name")))
        ]
        if sum(member in names for member, names in both) * 2 < len(both):
            title = self.columns.title("id")
            self.found.note(f"The column “{title}” is not taken for ids: the names are other members’.")
            del self.columns.where["id"]

    def rounds(self) -> tuple[Round, ...]:
        sections = {self.columns.cell(row, "section") for row in self.table.rows}
        groups: dict[str, dict[str, list[str]]] = {}
        placed: dict[tuple[str, str], Row] = {}
        for row in self.table.rows:
            group = row.cells[self.group]
            if not group:
                continue  # absent when the plan was made
            if len(sections) > 1:
                group = f"{self.columns.cell(row, 'section')} {group}".strip()
            number = self.columns.cell(row, "round")
            members = groups.setdefault(number, {}).setdefault(group, [])
            for member, index in self._members(row):
                before = placed.setdefault((number, member.key), row)
                if before is row and member.key not in members:
                    members.append(member.key)
                else:
                    self.references.problem(
                        f"{member.name} is in {before.cells[self.group]} already (row {before.number}); "
                        "keep one of the two.",
                        row,
                        index,
                    )
        if not any(any(members for members in names.values()) for names in groups.values()):
            raise InputError.of(
                self.found.problems or [Problem("Nobody on the roster is in a group here.", self.table.file)]
            )
        if len(self.gone) > MOST_TOLD:
            more = counted(len(self.gone) - MOST_TOLD, "more name")
            self.found.note(f"{more} are nobody's on the roster; the rows count without them.")
        self.references.close()
        stem = Path(self.table.file).stem
        return tuple(
            Round({name: tuple(keys) for name, keys in names.items() if keys}, f"{stem} {number}".strip())
            for number, names in groups.items()
        )

    def _members(self, row: Row) -> list[tuple[Member, int]]:
        """Return the members of a row, each with the column in which they stand."""
        if self.many and any(row.cells[index] for index in self.many):
            return [one for index in self.many for one in self._named(row, index)]
        return [] if self.many else self._one(row)

    def _named(self, row: Row, index: int) -> list[tuple[Member, int]]:
        names = self.references.finder.split(row.cells[index])
        found = [(self._find(name, names, row, index), index) for name in names]
        return [(member, at) for member, at in found if member is not None]

    def _one(self, row: Row) -> list[tuple[Member, int]]:
        """Return the member whom an id, an email or a name means; several where a cell names several."""
        where, cell = self.columns.where, self.columns.cell
        clear = {
            meaning: found[0]
            for meaning in ("id", "email")
            if cell(row, meaning) and len(found := self.references.finder.meant(cell(row, meaning))) == 1
        }
        full = f"{cell(row, 'first name')} {cell(row, 'last name')}".strip()
        name = cell(row, "name") or full
        place = next(where[m] for m in ("name", "first name", "last name", "email", "id") if m in where)
        if not clear:
            for meaning in ("name", "first name", "email", "id"):
                if meaning == "first name" and full and not cell(row, "name"):
                    return self._in_parts(full, row)
                if cell(row, meaning):
                    return self._named(row, where[meaning])
            self.references.problem("The row names nobody; fill in the name.", row, place)
            return []
        meaning, member = next(iter(clear.items()))
        by_name = self.references.finder.meant(name) if name else ()
        others = {m: other for m, other in clear.items() if other is not member}
        if by_name and member not in by_name:
            others["name"] = by_name[0]
        for told, other in others.items():
            self._two(row, meaning, member, told, other)
            return []
        return [(member, where[meaning])]

    def _in_parts(self, full: str, row: Row) -> list[tuple[Member, int]]:
        """Return the member whose name is in two columns."""
        first, last = (self.columns.where.get(meaning, -1) for meaning in ("first name", "last name"))
        index = first if first >= 0 else last
        try:
            return [(self.references.finder.find(full), index)]
        except Unclear as error:
            if self._passes_over(error, full, row, index):
                return []
            fixes = []
            for member in error.offered:
                called = self.references.finder.called(member)
                parts = called.rsplit(maxsplit=1) if called == member.name else [called]
                texts = {i: text for i, text in zip((first, last), [*parts, ""], strict=False) if i >= 0}
                cells = {self.references.place(row, i): text for i, text in texts.items()}
                fixes.append(Fix(f"Choose {self.references.finder.shown(member)}", cells))
            self.references.problem(str(error), row, index, more=fixes if first >= 0 <= last else ())
            return []

    def _two(self, row: Row, meaning: str, member: Member, told: str, other: Member) -> None:
        """Report a row whose cells are about two members."""
        shown, where = self.references.finder.shown, self.columns.where
        more = []
        if told in where:
            text = member.email if told == "email" else self.references.finder.called(member)
            more = [Fix(f"Choose {shown(member)}", {self.references.place(row, where[told]): text})]
        self.references.problem(
            f"The {meaning} is {shown(member)}’s, but the {told} {shown(other)}’s; correct one of the two.",
            row,
            where[meaning],
            {f"Choose {shown(other)}": other.email if meaning == "email" else other.id},
            more,
        )

    def _passes_over(self, error: Unclear, name: str, row: Row, index: int) -> bool:
        """Note who has left, each once; return whether that is allowed, and is what a name tells."""
        if not self.leavers or not isinstance(error, Nobody) or error.same:
            return False
        if name not in self.gone and len(self.gone) < MOST_TOLD:
            self.references.note(f"{error} The row counts without them.", row, index)
        self.gone[name] = None
        return True

    def _find(self, name: str, names: list[str], row: Row, index: int) -> Member | None:
        """Return whom a name means; ``names`` are all that its cell names."""
        try:
            return self.references.finder.find(name)
        except Unclear as error:
            if not self._passes_over(error, name, row, index):
                self.references.unclear(error, name, names, row, index)
            return None
