"""What could be made of a roster's file, and where each fact stood in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from matcher.files.strengths import Proposal
from matcher.files.tables.columns import ColumnMeaning
from matcher.files.tables.table import Reading, Table
from matcher.people.roster import Roster


class Fact(NamedTuple):
    """One thing that a roster says about a member, and where it stood.

    Parameters
    ----------
    what
        A meaning from :data:`matcher.files.tables.columns.MEANINGS`, or an attribute's title.
    text
        What the file says there, before anything was cleaned.
    file, row, column
        Where it stood; rows count from 1 with the header, as a spreadsheet shows them.
    """

    what: str
    text: str
    file: str
    row: int
    column: str


P = TypeVar("P")


class Facts(Mapping[str, tuple[Fact, ...]], Generic[P]):
    """What each member is made of, looked up when it is asked for: a large roster has very many facts.

    Parameters
    ----------
    people
        Who a member's row is about, by the member's key.
    facts
        Gives the facts of one of them.
    """

    def __init__(self, people: Mapping[str, P], facts: Callable[[P], tuple[Fact, ...]]) -> None:
        self._people, self._facts = people, facts

    def __getitem__(self, key: str) -> tuple[Fact, ...]:
        return self._facts(self._people[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


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
class Suggestion(Proposal):
    """What a text may stand for, in how many rows; shown, and taken only when asked.

    Parameters
    ----------
    rows
        Numbers of the rows in which it stands, each once.
    taken
        Whether it counts already, since suggestions were accepted.
    """

    rows: tuple[int, ...] = ()
    taken: bool = False


@dataclass(frozen=True)
class RosterReading(Reading[Roster]):
    """What could be made of a roster.

    ``table`` is what the file said; problems and notes refer to the rows and titles of ``standard``.

    Parameters
    ----------
    unknown
        Superpowers that were kept aside; each is among the problems too.
    columns
        What each column of ``table`` was taken for, and why.
    shape
        How the superpowers stand in the file, in words for a page; empty when there are none.
    framework
        What the strengths come from: a framework's name, ``superpowers``, or empty when there are none.
    proposals
        What other spellings and other frameworks' words may stand for, each once.
    facts
        What each member's name, email, superpowers and other fields are taken from, by the member's key.
    standard
        The roster as a table with one row a member, to be edited: the file's own columns, except that
        strengths spread over a grid or over several rows are one column ``superpowers``. Reading it
        again gives the same roster, problems and proposals.
    ordered
        Whether the file tells which of a member's superpowers is the strongest.
    """

    unknown: tuple[Unknown, ...] = ()
    columns: tuple[ColumnMeaning, ...] = ()
    shape: str = ""
    framework: str = ""
    proposals: tuple[Suggestion, ...] = ()
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    standard: Table = field(default_factory=lambda: Table("", (), ()))
    ordered: bool = True

    @property
    def roster(self) -> Roster:
        """Everybody who is clear, with the superpowers that are."""
        return self.value


@dataclass(frozen=True)
class RosterRead(Roster):
    """A roster that knows what was said about the file that it comes from.

    Parameters
    ----------
    report
        Notes, the columns' meanings, where each fact stood, and the table in our own form.
    """

    report: RosterReading | None = field(default=None, compare=False, repr=False)
