"""People who stand in a file more than once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matcher.files.rosters.standard import NEW_ID, Standard
from matcher.files.tables.columns import ColumnMeaning
from matcher.files.tables.dates import day_first, moment
from matcher.files.tables.table import Findings, LeftOut, Row
from matcher.people.errors import Fix
from matcher.people.names import fold


@dataclass(frozen=True)
class Person:
    """Who a row is about.

    Parameters
    ----------
    row
        What the file says.
    name, id, email
        As people read them; id and email may be empty.
    """

    row: Row
    name: str
    id: str = ""
    email: str = ""

    @property
    def key(self) -> str:
        """What tells members apart: the id if there is one, otherwise the name; folded."""
        return fold(self.id or self.name)


_Groups = dict[str, list[Person]]


@dataclass
class Settled:
    """Who is left after the same person's rows were told apart.

    Parameters
    ----------
    people
        Those that count, in the file's order.
    left_out
        Rows that another row replaces, and why.
    notes
        The same as sentences, with the row.
    """

    people: list[Person]
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[tuple[Row, str]] = field(default_factory=list)

    def leave(self, person: Person, why: str) -> None:
        """Leave a row out."""
        self.left_out.append(LeftOut(person.row.number, person.row.cells, why))
        self.notes.append((person.row, why))


def latest_answers(people: Sequence[Person], answered: ColumnMeaning, kept: Collection[int] = ()) -> Settled:
    """Return the latest answer of everybody who filled in a form more than once.

    The same person has the same id, or without ids the same email, or the same name and no other email.

    Parameters
    ----------
    people
        One a row.
    answered
        The column with the time of the answer.
    kept
        Numbers of rows that stay whatever comes later.
    """
    groups: list[list[Person]] = []
    by_id: _Groups = {}
    by_email: _Groups = {}
    by_name: _Groups = {}
    for person in people:
        group = _group_of(person, by_id, by_email, by_name)
        if not group:
            groups.append(group)
        group.append(person)
    repeated = [group for group in groups if len(group) > 1]
    settled = Settled([])
    gone: set[int] = set()
    if repeated:
        first = day_first(person.row.cells[answered.index] for person in people)
        for group in repeated:
            times = [moment(person.row.cells[answered.index], first) for person in group]
            if all(times):
                gone |= _earlier(group, [time for time in times if time], kept, settled)
    settled.people = [person for person in people if person.row.number not in gone]
    return settled


def _group_of(person: Person, by_id: _Groups, by_email: _Groups, by_name: _Groups) -> list[Person]:
    """Return the rows of the same person so far; it is known by these groups from now on."""
    if person.id:
        return by_id.setdefault(fold(person.id), [])
    email, name = fold(person.email), fold(person.name)
    group = by_email.get(email) if email else None
    if group is None:
        group = by_name.get(name, [])
        if email and not {fold(other.email) for other in group} <= {email, ""}:
            group = []  # another email: perhaps another person
    by_name.setdefault(name, group)
    if email:
        by_email.setdefault(email, group)
    return group


def _earlier(group: list[Person], times: list[datetime], kept: Collection[int], settled: Settled) -> set[int]:
    """Leave out all answers of one person but the latest; of two at the same time the lower row is later."""
    last = max(range(len(group)), key=lambda i: (times[i], i))
    gone = set()
    for person in group:
        if person is not group[last] and person.row.number not in kept:
            who = "" if fold(person.name) == fold(group[last].name) else f" as {group[last].name}"
            number = group[last].row.number
            settled.leave(
                person, f"{person.name} answered again{who} in row {number}; the latest answer counts."
            )
            gone.add(person.row.number)
    return gone


def without_copies(people: Sequence[Person], ignored: Collection[int], kept: Collection[int] = ()) -> Settled:
    """Return people without rows that say the very same as one before.

    Parameters
    ----------
    people
        One a row.
    ignored
        Indices of columns that make no difference.
    kept
        Numbers of rows that stay.
    """
    settled = Settled([])
    seen: dict[str, Person] = {}
    for person in people:
        first = seen.setdefault(person.key, person)
        if (
            first is not person
            and person.row.number not in kept
            and _said(first.row, ignored) == _said(person.row, ignored)
        ):
            settled.leave(
                person, f"{person.name} is in row {first.row.number} already, and the two rows say the same."
            )
        else:
            settled.people.append(person)
    return settled


def _said(row: Row, ignored: Collection[int]) -> list[str]:
    return [fold(cell) for i, cell in enumerate(row.cells) if i not in ignored]


class Apart:
    """Keeps of several rows that cannot be told apart the first, and reports the others with what to do.

    Parameters
    ----------
    standard
        The table that the fixes change.
    found
        Where problems go.
    strengths
        Gives what a row lists.
    """

    def __init__(
        self, standard: Standard, found: Findings, strengths: Callable[[Row], Iterable[str]]
    ) -> None:
        self.standard, self.found, self.strengths = standard, found, strengths
        self.rows = {row.number: row for row in standard.table.rows}
        self.keys: dict[str, Person] = {}
        self.names: dict[str, Person] = {}
        self.emails: dict[str, Person] = {}

    def is_new(self, person: Person) -> bool:
        """Return whether somebody can be told apart from those before; report it when not."""
        other = self.keys.get(person.key)
        if other is not None and person.id:
            self._same_id(person, other)
            return False
        other = self.names.get(fold(person.name), other)
        if other is not None and not (person.id and other.id):
            self._same_name(person, other)
            return False
        self.keys[person.key] = person
        self.names.setdefault(fold(person.name), person)
        if person.email:
            before = self.emails.setdefault(fold(person.email), person)
            if before is not person and not (person.id and before.id):
                self._same_email(person, before)
        return True

    def _same_id(self, person: Person, other: Person) -> None:
        title = self.standard.title("id", "name")
        if fold(person.name) == fold(other.name):
            self.found.problem(
                f"{person.name} with the id “{person.id}” is on the roster already (row {other.row.number}), "
                "but the two rows differ; the first counts. Merge them, or remove one.",
                person.row,
                title,
                (self._merge(other, person), *self._either(other, person)),
            )
        else:
            cleared = {(person.row.number, self.standard.title("id")): ""}
            alone = [Fix(f"Take the id from {person.name}", cleared)] if self.standard.title("id") else []
            self.found.problem(
                f"The id “{person.id}” is {other.name}’s already (row {other.row.number}); {person.name} is "
                "left out. Remove the row, or give it an id of its own.",
                person.row,
                title,
                (*alone, *self._either(other, person)),
            )

    def _same_name(self, person: Person, other: Person) -> None:
        self.found.problem(
            f"“{person.name}” is on the roster already (row {other.row.number}) and is left out. "
            "Remove the row, or give each of the two an id of their own.",
            person.row,
            self.standard.title("name", "last name", "email"),
            (self._merge(other, person), *self._either(other, person), self._two(other, person)),
        )

    def _same_email(self, person: Person, other: Person) -> None:
        title = self.standard.title("email", "name")
        self.found.problem(
            f"{person.name} has the email of {other.name} (row {other.row.number}); both stay on the roster. "
            "Remove one of the two rows if they are one person, or correct the email.",
            person.row,
            title,
            (
                *self._either(other, person),
                Fix("They are two people: remove this email", {(person.row.number, title): ""}),
            ),
        )

    def _merge(self, first: Person, later: Person) -> Fix:
        a, b = self.rows[first.row.number], self.rows[later.row.number]
        return self.standard.merged(a, b, [*self.strengths(first.row), *self.strengths(later.row)])

    def _either(self, first: Person, later: Person) -> tuple[Fix, Fix]:
        rows = first.row.number, later.row.number
        return (
            Fix(f"Keep row {rows[0]}, remove row {rows[1]}", drop=(rows[1],)),
            Fix(f"Keep row {rows[1]}, remove row {rows[0]}", drop=(rows[0],)),
        )

    def _two(self, first: Person, later: Person) -> Fix:
        """Return what makes two people of one name: an id each, their emails where those differ."""
        title = self.standard.title("id") or NEW_ID
        emails = first.email, later.email
        differ = all(emails) and fold(emails[0]) != fold(emails[1])
        cells = {
            (person.row.number, title): person.email if differ else f"{person.name} {person.row.number}"
            for person in (first, later)
            if not person.id
        }
        return Fix("They are two people: give each an id", cells)
