"""Plans and past rounds: one row a member with its group, or one row a group with its members."""

from __future__ import annotations

import re
from pathlib import Path

from matcher.files.columns import Columns, Named, missing_columns, plain
from matcher.files.nearest import Nobody, find_member
from matcher.files.rosters import COLUMNS as ROSTER_COLUMNS
from matcher.files.source import Source, read_table
from matcher.files.table import Findings, Reading, Row, Table
from matcher.people.errors import InputError, Problem
from matcher.people.history import Round
from matcher.people.roster import Roster, UnknownMember

GROUPS = ("group", "team", "duo", "project", "group name", "team name")
MEMBERS = {meaning: ROSTER_COLUMNS[meaning] for meaning in ("id", "email", "name", "first name", "last name")}
ROUND: Named = {"section": ("section",), "round": ("round",)}
NUMBERED = re.compile(r"(?:member|person|name) ?\d+")


def read_history(source: Source, roster: Roster, *, name: str | None = None) -> tuple[Round, ...]:
    """Return the rounds that a file tells of, oldest first; who has left the roster is passed over.

    Parameters
    ----------
    source
        A path, bytes, an open file, or text with line breaks: a plan as we write it, or any table
        with a member and a group, team or duo in each row (``Section, Team, Name, Email`` too).
        A column ``round`` tells several rounds apart, otherwise the file is one.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_history(source, roster, name=name).checked()


def load_history(source: Source, roster: Roster, *, name: str | None = None) -> Reading[tuple[Round, ...]]:
    """Return the rounds as far as they are clear, and list the rest; see :func:`read_history`."""
    reader = _Reader(read_table(source, name), roster, leavers=True)
    return reader.found.reading(reader.rounds())


def read_plan(source: Source, roster: Roster, *, name: str | None = None) -> Round:
    """Return the groups of one plan; see :func:`read_history` for its forms.

    Raises
    ------
    InputError
        With everything that is wrong, also with members who are not on the roster.
    """
    return load_plan(source, roster, name=name).checked()


def load_plan(
    source: Source, roster: Roster, *, name: str | None = None, leavers: bool = False
) -> Reading[Round]:
    """Return the groups of one plan as far as they are clear; see :func:`read_plan`.

    With ``leavers``, as in a plan to begin from, who has left the roster is passed over.
    """
    reader = _Reader(read_table(source, name), roster, leavers=leavers)
    rounds = reader.rounds()
    if len(rounds) > 1:
        message = f"There are {len(rounds)} rounds in the file; keep the rows of one."
        raise InputError(Problem(message, reader.table.file, column=reader.columns.title("round")))
    return reader.found.reading(rounds[0])


class _Reader:
    def __init__(self, table: Table, roster: Roster, *, leavers: bool) -> None:
        self.table, self.roster, self.leavers = table, roster, leavers
        self.found = Findings(table)
        self.columns = Columns(table, {**MEMBERS, **ROUND})
        headers = [plain(header) for header in table.header]
        # our plans add their column behind the roster's own, so that of two the last one counts
        self.group = next((_last(headers, word) for word in GROUPS if word in headers), -1)
        self.wide = [i for i, header in enumerate(headers) if NUMBERED.fullmatch(header)]
        known = {"id", "email", "name"} & self.columns.where.keys() or "first name" in self.columns
        if self.group < 0:
            raise InputError(
                Problem(missing_columns("for the groups", "group", table), table.file, table.header_row)
            )
        if not known and not self.wide:
            raise InputError(
                Problem(missing_columns("for the members", "name", table), table.file, table.header_row)
            )

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
            for key, column in self._keys(row):
                before = placed.setdefault((number, key), row)
                if before is row and key not in members:
                    members.append(key)
                else:
                    name = self.roster.find(key).name
                    self.found.problem(
                        f"{name} is in {before.cells[self.group]} already (row {before.number}); "
                        "keep one of the two.",
                        row,
                        column,
                    )
        if not any(any(members for members in names.values()) for names in groups.values()):
            raise InputError.of(
                self.found.problems or [Problem("Nobody on the roster is in a group here.", self.table.file)]
            )
        stem = Path(self.table.file).stem
        return tuple(
            Round({name: tuple(keys) for name, keys in names.items() if keys}, f"{stem} {number}".strip())
            for number, names in groups.items()
        )

    def _keys(self, row: Row) -> list[tuple[str, str]]:
        """Return the members of a row, each with the column in which it stands."""
        if self.wide and not any(self.columns.cell(row, m) for m in ("id", "email", "name")):
            references = [([row.cells[i]], self.table.header[i]) for i in self.wide if row.cells[i]]
        else:
            references = [self._references(row)]
        found = []
        for candidates, column in references:
            try:
                found.append((self._find(candidates), column))
            except UnknownMember as error:
                if self.leavers and isinstance(error, Nobody):
                    self.found.note(f"{error} The row counts without them.", row, column)
                else:
                    self.found.problem(str(error), row, column)
        return found

    def _references(self, row: Row) -> tuple[list[str], str]:
        cell = self.columns.cell
        name = cell(row, "name") or f"{cell(row, 'first name')} {cell(row, 'last name')}".strip()
        column = next(m for m in ("name", "id", "email", "first name") if m in self.columns)
        return [text for text in (cell(row, "id"), cell(row, "email"), name) if text], self.columns.title(
            column
        )

    def _find(self, candidates: list[str]) -> str:
        """Return the member whom an id, or failing that an email or a name, refers to."""
        for text in candidates[:-1]:
            try:
                return self.roster.find(text).key
            except UnknownMember:
                continue
        if not candidates:
            raise UnknownMember("The row names nobody; fill in the name.")
        return find_member(candidates[-1], self.roster).key


def _last(headers: list[str], word: str) -> int:
    return len(headers) - 1 - headers[::-1].index(word)
