"""Who the rows of a roster are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from matcher.files.rosters.leavers import Leavers
from matcher.files.rosters.meanings import ANONYMOUS
from matcher.files.rosters.person_names import NameCells, last_first, status_beside
from matcher.files.rosters.repeats import Person
from matcher.files.tables.columns import ColumnMeaning, missing_columns
from matcher.files.tables.table import Findings, LeftOut, Row, Table
from matcher.people.errors import Fix, InputError, Problem
from matcher.people.names import counted, fold, listed

MOST_NAMED = 10
"""So many people or rows are named in a note."""


class Whose:
    """Tells who rows are about: by a name in full, by its parts, or else by an email.

    Parameters
    ----------
    table
        What the file says.
    columns
        What its columns mean.
    found
        Where problems and notes go.

    Raises
    ------
    InputError
        When no column tells.
    """

    def __init__(self, table: Table, columns: Sequence[ColumnMeaning], found: Findings) -> None:
        self.table, self.columns, self.found = table, columns, found
        self.where: Mapping[str, ColumnMeaning] = {c.meaning: c for c in reversed(columns)}
        self.names: NameCells | None = None
        if (
            "name" not in self.where
            and not {"first name", "last name"} <= self.where.keys()
            and "email" not in self.where
        ):
            sentence = missing_columns("for the names", "name", table)
            raise InputError(Problem(sentence, table.file, table.header_row or None))

    def cell(self, row: Row, meaning: str) -> str:
        """Return what a row says in the column with a meaning; nothing when there is none."""
        column = self.where.get(meaning)
        return row.cells[column.index] if column else ""

    def people(self, kept: Collection[int] = ()) -> tuple[list[Person], list[LeftOut]]:
        """Return who each row is about, and the rows of leavers; a row without a name is reported.

        Parameters
        ----------
        kept
            Numbers of rows that are read although somebody has left.
        """
        leavers = Leavers(self.columns, self.table.rows, date.today())
        people: list[Person] = []
        gone: dict[int, LeftOut] = {}
        away: list[str] = []
        back: list[str] = []
        for row in self.table.rows:
            if row.number not in kept and (why := leavers.why(row, status_beside(self.cell(row, "name")))):
                gone[row.number] = LeftOut(row.number, row.cells, why)
        there = [row for row in self.table.rows if row.number not in gone]
        self._read_names(there)
        for row in there:
            person, status = self._person(row)
            if person is None:
                self._nameless(row)
            else:
                people.append(person)
                if leavers.away(row, status):
                    away.append(person.name)
                if leavers.back(row, status):
                    back.append(person.name)
        if back:
            self.found.note(
                f"Counted as there by their status, though their last day has passed: {_some(back)}."
            )
        if gone:
            rows = "row" if len(gone) == 1 else "rows"
            numbers = _some([str(number) for number in gone])
            self.found.note(f"{counted(len(gone), 'leaver')} left out: {rows} {numbers}.")
        if away:
            advice = "Write yes in a column “absent” for who is not."
            self.found.note(f"On leave, but counted as there: {_some(away)}. {advice}")
        return people, list(gone.values())

    def check_order(self, person: Person) -> None:
        """Say which name may be written the other way round than the others of its column.

        It stays as it is, and nothing waits for an answer: a name may well have a comma in it.
        """
        if turned := last_first(person.name):
            title = self.where["name"].title if "name" in self.where else ""
            self.found.note(
                f"“{person.name}” is kept as it is; if the last name stands first there, unlike in the "
                f"others, write “{turned}”.",
                person.row,
                title,
            )

    def _read_names(self, rows: Sequence[Row]) -> None:
        """Find out how the column of names is written."""
        if "name" in self.where:
            self.names = NameCells(self.cell(row, "name") for row in rows)
            for sentence in self.names.notes:
                self.found.note(sentence, column=self.where["name"].title)

    def _person(self, row: Row) -> tuple[Person | None, str]:
        """Return who a row is about, if it says, and a status that stood beside the name."""
        email = self.cell(row, "email").strip().removeprefix("mailto:")
        email = "" if fold(email) in ANONYMOUS else email
        identity, status = self.cell(row, "id").strip(), ""
        if self.names is not None:
            read = self.names.read(self.cell(row, "name"))
            name, status = read.text, read.status
            identity, email = identity or read.id, email or read.email
        elif "first name" in self.where:
            name = " ".join(f"{self.cell(row, 'first name')} {self.cell(row, 'last name')}".split())
        else:
            name = email
        nameless = not name or fold(name) in ANONYMOUS
        return None if nameless else Person(row, name, identity, email), status

    def _nameless(self, row: Row) -> None:
        """Report a row without a name; an address tells what it may be."""
        told = [meaning for meaning in ("name", "first name", "email") if meaning in self.where]
        title, address = self.where[told[0]].title, self.cell(row, "email")
        fixes = [Fix("Remove the row", drop=(row.number,))]
        if "@" in address:
            words = address.partition("@")[0].replace("_", ".").split(".")
            made = " ".join(word.capitalize() for word in words)
            fixes.insert(0, Fix(f"Call them “{made}”", {(row.number, title): made}))
        anonymous = any(fold(self.cell(row, meaning)) in ANONYMOUS for meaning in told)
        sentence = (
            "The answer is anonymous and is left out; write the name of who gave it."
            if anonymous
            else "The row has no name and is left out; add the name."
        )
        self.found.problem(sentence, row, title, fixes)


def _some(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, the first ones of very many."""
    return listed(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
