"""The members whom a table's cells refer to, and what one press does about a reference that is unclear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.files.references.finding import MOST_SEARCHES, Finder, Unclear
from matcher.files.tables.columns import Columns, titles
from matcher.files.tables.table import Findings, Row
from matcher.people.errors import Fix, Problem
from matcher.people.member import Member

MOST_NAMES = 100
"""Names in one cell; of more none is put right by a press, since each press holds the whole cell."""


class References:
    """Looks up the members whom cells name; what is unclear becomes a problem with its fixes.

    Parameters
    ----------
    found
        Where the problems go.
    finder
        Finds the members that are referred to.
    """

    def __init__(self, found: Findings, finder: Finder) -> None:
        self.found, self.finder = found, finder
        self.titles = titles(found.table)

    def place(self, row: Row, index: int) -> tuple[int, str]:
        """Return the row's number and the column's title of a cell as the file has them."""
        if index in row.origins:
            return row.origins[index]
        return row.number, self.titles[index]

    def problem(
        self,
        message: str,
        row: Row,
        index: int,
        fixes: Mapping[str, str] | None = None,
        more: Iterable[Fix] = (),
    ) -> None:
        """Add what is wrong with a cell.

        Parameters
        ----------
        fixes
            What buttons say, and the text that each writes into the cell.
        more
            What else one press can do.
        """
        number, title = self.place(row, index)
        presses = (Fix(label, {(number, title): text}) for label, text in (fixes or {}).items())
        self.found.problems.append(Problem(message, self.found.table.file, number, title, (*presses, *more)))

    def problem_at(
        self, columns: Columns, meaning: str, message: str, row: Row, fixes: Mapping[str, str] | None = None
    ) -> None:
        """Add what is wrong with the cell of a meaning; a file may have no such column."""
        if meaning in columns:
            self.problem(message, row, columns.where[meaning], fixes)
        else:
            self.found.problem(message, row, meaning)

    def note(self, message: str, row: Row, index: int) -> None:
        """Add what the reader should know about a cell."""
        number, title = self.place(row, index)
        self.found.notes.append(str(Problem(message, self.found.table.file, number, title)))

    def one(self, row: Row, index: int) -> Member | None:
        """Return the member whom a cell names; one that names nobody clearly is a problem."""
        members = self._found(row, index, [row.cells[index]])
        return members[0] if members else None

    def several(self, row: Row, index: int) -> tuple[list[Member], bool]:
        """Return the members whom a cell names, each once, and whether all that it says is clear."""
        names = self.finder.split(row.cells[index])
        members = self._found(row, index, names)
        return list({member.key: member for member in members}.values()), len(members) == len(names)

    def _found(self, row: Row, index: int, names: list[str]) -> list[Member]:
        members = []
        for name in names:
            try:
                members.append(self.finder.find(name))
            except Unclear as error:
                self.unclear(error, name, names, row, index)
        return members

    def unclear(self, error: Unclear, name: str, names: list[str], row: Row, index: int) -> None:
        """Add the problem of a reference, with a fix for everybody who may be meant.

        Parameters
        ----------
        name, names
            The reference, and all that the cell names.
        """
        fixes = {}
        for member in error.offered if len(names) <= MOST_NAMES else ():
            written = self.finder.called(member)
            text = "; ".join(written if other == name else other for other in names)
            fixes[f"Choose {self.finder.shown(member)}"] = text
        self.problem(str(error), row, index, fixes)

    def close(self) -> None:
        """Note that not everybody was looked for, where the file names very many who are not there."""
        if self.finder.searches > MOST_SEARCHES:
            self.found.note(
                f"More than {MOST_SEARCHES:,} names are not on the roster; for the rest no similar "
                "names were looked for. Check that this is the right roster."
            )
