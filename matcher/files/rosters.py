"""Rosters: one row a member."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from matcher.files.catalogues import default_catalogue
from matcher.files.columns import Columns, Named, missing_columns, pieces, plain, titles, yes_or_no
from matcher.files.nearest import CONFIDENT, find_member, nearest_superpowers
from matcher.files.source import Source, read_table
from matcher.files.table import Findings, Reading, Row, Table
from matcher.people.catalogue import Catalogue
from matcher.people.errors import InputError, Problem
from matcher.people.member import Member
from matcher.people.names import fold, listed
from matcher.people.roster import Roster, UnknownMember

COLUMNS: Named = {
    "name": (
        "name",
        "full name",
        "employee",
        "employee name",
        "member",
        "member name",
        "person",
        "display name",
    ),
    "first name": ("first name", "given name", "forename"),
    "last name": ("last name", "surname", "family name"),
    "id": ("id", "employee id", "employee number", "employee no", "member id", "person id", "staff id"),
    "email": ("email", "e mail", "email address", "e mail address", "mail"),
    "superpowers": ("superpowers", "superpower", "strengths", "top strengths", "strength"),
    "turns to": ("turns to", "whom do you turn to"),
    "prefers": ("prefers", "preferred people", "works well with"),
    "wants": ("wants", "wanted projects", "project wishes"),
    "hours": ("hours", "free hours", "free times", "availability"),
    "time zone": ("time zone", "timezone", "tz"),
    "absent": ("absent", "away", "on leave"),
}
PRIVATE = ("turns to", "prefers", "wants")
"""What members say in confidence: a plan's copy for the team does not have it."""

PLAN_COLUMNS = ("group", "why", "talk about")
"""What we write behind a roster's own columns; a plan that is brought as a roster does not keep them."""

RANKED_COLUMN = re.compile(r"(?:superpower|strength) ?(\d{1,2})")


@dataclass(frozen=True)
class Unknown:
    """A superpower that the catalogue does not have, kept aside.

    Parameters
    ----------
    member
        Key of the member.
    row, column, text
        Where it stands, and what it says.
    nearest
        Names of superpowers that may be meant, the nearest first.
    """

    member: str
    row: int
    column: str
    text: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class RosterReading(Reading[Roster]):
    """What could be made of a roster.

    Parameters
    ----------
    unknown
        Superpowers that were kept aside; each is among the problems too.
    """

    unknown: tuple[Unknown, ...] = ()

    @property
    def roster(self) -> Roster:
        """Everybody who is clear, with the superpowers that are."""
        return self.value


def read_roster(
    source: Source,
    *,
    catalogue: Catalogue | None = None,
    ranked: bool = True,
    name: str | None = None,
    encoding: str | None = None,
) -> Roster:
    """Return the members that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, or text with line breaks.
    catalogue
        Where the superpowers come from; ours when not given.
    ranked
        Whether a member's first superpower is the strongest.
    name
        What to call the file in messages.
    encoding
        Python's name of the encoding; found out when not given.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_roster(source, catalogue=catalogue, ranked=ranked, name=name, encoding=encoding).checked()


def load_roster(
    source: Source,
    *,
    catalogue: Catalogue | None = None,
    ranked: bool = True,
    name: str | None = None,
    encoding: str | None = None,
    accept: bool = False,
) -> RosterReading:
    """Return what is clear on a roster, and list the rest; see :func:`read_roster`.

    Parameters
    ----------
    accept
        Whether an unknown superpower is taken for the one that is spelled nearly the same.

    Raises
    ------
    InputError
        When nothing can be made of it: no column for names, or nobody in it.
    """
    table = read_table(source, name, encoding)
    return _Reader(table, catalogue or default_catalogue(), ranked, accept).read()


class _Reader:
    """Turns the rows of one table into members."""

    def __init__(self, table: Table, catalogue: Catalogue, ranked: bool, accept: bool) -> None:
        self.table, self.catalogue, self.ranked, self.accept = table, catalogue, ranked, accept
        self.found = Findings(table)
        self.unknown: list[Unknown] = []
        self.keys: dict[str, tuple[int, Member]] = {}
        self.names: dict[str, tuple[int, Member]] = {}
        parts = {"first name", "last name"}
        self.columns = Columns(table, COLUMNS)
        if "name" in self.columns:  # parts of a name that is there in full are attributes
            self.columns = Columns(table, {k: v for k, v in COLUMNS.items() if k not in parts})
        elif not parts <= self.columns.where.keys():
            raise InputError(
                Problem(missing_columns("for the names", "name", table), table.file, table.header_row)
            )
        ranks = [(RANKED_COLUMN.fullmatch(plain(header)), i) for i, header in enumerate(table.header)]
        self.ranks = [i for _, i in sorted((int(match[1]), i) for match, i in ranks if match)]
        width = len(table.header)
        ours = range(width - 3, width) if tuple(map(plain, table.header[-3:])) == PLAN_COLUMNS else ()
        self.own = {title: i for i, title in enumerate(titles(table)) if i not in ours}
        taken = {*self.columns.where.values(), *self.ranks}
        private = {self.columns.where.get(meaning) for meaning in PRIVATE}
        self.private = frozenset(title for title, i in self.own.items() if i in private)
        self.attributes = {title: i for title, i in self.own.items() if i not in taken}

    def read(self) -> RosterReading:
        if not self.table.rows:
            raise InputError(Problem("There is nobody in it; add a row for each member.", self.table.file))
        if "superpowers" not in self.columns and not self.ranks:
            header = Row(self.table.header_row, self.table.header)
            self.found.problem(missing_columns("for the superpowers", "superpowers", self.table), header)
        read = [(row, self._member(row)) for row in self.table.rows]
        kept = [(row, member) for row, member in read if member is not None]
        if not kept:
            raise InputError.of(self.found.problems)
        roster = Roster(tuple(member for _, member in kept), self.catalogue, self.ranked)
        for row, member in kept:
            self._check_references(row, member, roster)
        return RosterReading(
            roster, self.found.in_order(), tuple(self.found.notes), self.table, tuple(self.unknown)
        )

    def _member(self, row: Row) -> Member | None:
        cell = self.columns.cell
        name = cell(row, "name")
        if "name" not in self.columns:
            name = f"{cell(row, 'first name')} {cell(row, 'last name')}".strip()
        if not name:
            self.found.problem(
                "The row has no name and is left out; add the name.", row, self.columns.title("name")
            )
            return None
        absent = yes_or_no(cell(row, "absent"))
        if absent is None:
            self.found.problem(
                f"“{cell(row, 'absent')}” is neither yes nor no; {name} counts as there. Write yes or no.",
                row,
                self.columns.title("absent"),
            )
        member = Member(
            name=name,
            id=cell(row, "id"),
            email=cell(row, "email"),
            attributes={title: row.cells[index] for title, index in self.attributes.items()},
            turns_to=tuple(pieces(cell(row, "turns to"))),
            prefers=tuple(pieces(cell(row, "prefers"))),
            wants=tuple(pieces(cell(row, "wants"))),
            hours=cell(row, "hours"),
            time_zone=cell(row, "time zone"),
            absent=bool(absent),
            cells={title: row.cells[index] for title, index in self.own.items()},
            private=self.private,
        )
        return (
            replace(member, superpowers=self._superpowers(row, member)) if self._is_new(row, member) else None
        )

    def _is_new(self, row: Row, member: Member) -> bool:
        """Return whether a member can be told apart from those before."""
        number, other = self.keys.get(fold(member.key), (0, None))
        if other is not None and member.id:
            self.found.problem(
                f"The id “{member.id}” is {other.name}’s already (row {number}); {member.name} is left out. "
                "Remove the row, or give it an id of its own.",
                row,
                self.columns.title("id"),
            )
            return False
        number, other = self.names.get(fold(member.name), (number, other))
        if other is not None and not (member.id and other.id):
            self.found.problem(
                f"“{member.name}” is on the roster already (row {number}) and is left out. "
                "Remove the row, or give each of the two an id of their own.",
                row,
                self.columns.title("name"),
            )
            return False
        self.keys[fold(member.key)] = row.number, member
        self.names.setdefault(fold(member.name), (row.number, member))
        return True

    def _superpowers(self, row: Row, member: Member) -> tuple[str, ...]:
        entries = [
            (self.columns.title("superpowers"), text)
            for text in self._listed(self.columns.cell(row, "superpowers"))
        ] or [(self.table.header[i], row.cells[i]) for i in self.ranks if row.cells[i]]
        has_column = "superpowers" in self.columns or bool(self.ranks)
        if not entries and has_column and not member.absent:
            self.found.problem(
                f"{member.name} has no superpowers; name one to five, the strongest first, separated by “;”.",
                row,
                self.columns.title("superpowers") if not self.ranks else self.table.header[self.ranks[0]],
            )
        kept: list[str] = []
        for column, text in entries:
            superpower = self.catalogue.recognise(text) or self._unknown(row, column, text, member)
            if superpower in kept:
                name = self.catalogue.by_id[superpower].name
                self.found.problem(f"{member.name} has “{name}” twice; remove one of the two.", row, column)
            elif superpower:
                kept.append(superpower)
        return tuple(kept)

    def _unknown(self, row: Row, column: str, text: str, member: Member) -> str | None:
        """Report a superpower that the catalogue does not have; return the one it is taken for."""
        sure = nearest_superpowers(text, self.catalogue, CONFIDENT) if self.accept else []
        if len(sure) == 1:
            self.found.note(f"“{text}” is taken for “{sure[0]}”.", row, column)
            return self.catalogue.recognise(sure[0])
        near = nearest_superpowers(text, self.catalogue)
        question = (
            f"did you mean {listed((f'“{name}”' for name in near), 'or')}?"
            if near
            else "use one from the catalogue, or add it there."
        )
        self.found.problem(f"“{text}” is not a superpower of the catalogue; {question}", row, column)
        self.unknown.append(Unknown(member.key, row.number, column, text, tuple(near)))
        return None

    def _listed(self, cell: str) -> list[str]:
        """Return the entries of a superpowers cell: ``;`` separates, others where that gives known ones."""
        if ";" in cell or self.catalogue.recognise(cell):
            return pieces(cell, ";")
        for separator in "\n|,":
            parts = pieces(cell, separator)
            if len(parts) > 1 and any(self.catalogue.recognise(part) for part in parts):
                return parts
        return pieces(cell, ";")

    def _check_references(self, row: Row, member: Member, roster: Roster) -> None:
        """Note who is named but not there; a roster may well mention people who are not on it."""
        for meaning, references in (("turns to", member.turns_to), ("prefers", member.prefers)):
            for reference in references:
                try:
                    find_member(reference, roster)
                except UnknownMember as error:
                    self.found.note(
                        f"{error} Until then it counts for nothing.", row, self.columns.title(meaning)
                    )
