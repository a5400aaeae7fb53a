"""Everything a manager brings at once: the roster and what refers to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from matcher import files
from matcher.files.catalogues import default_catalogue, read_catalogue
from matcher.files.references.finding import find_member
from matcher.files.rosters.reader import load_roster
from matcher.files.rosters.reading import RosterReading
from matcher.files.rosters.understood import understood
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.source import Source
from matcher.files.tables.table import Reading
from matcher.people.errors import InputError, Problem
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.names import counted
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember

if TYPE_CHECKING:
    from matcher.files.references.rules import FileRule

T = TypeVar("T")


@dataclass
class Bundle:
    """What several files say together.

    Parameters
    ----------
    reading
        The roster's.
    frictions, rules, rounds, projects, start
        What is clear in the other files.
    absent
        Keys of the members to leave out.
    problems, notes
        Of all files, in the order in which they were read.
    """

    reading: RosterReading
    frictions: tuple[Friction, ...] = ()
    rules: tuple[FileRule, ...] = ()
    rounds: tuple[Round, ...] = ()
    projects: tuple[Project, ...] = ()
    start: Round | None = None
    absent: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def roster(self) -> Roster:
        """Everybody who is clear."""
        return self.reading.roster

    def summary(self) -> str:
        """Return what was understood, how much was read, and whether everything is clear."""
        read = [counted(len(self.roster.members), "member")]
        for number, word in (
            (len(self.frictions), "friction"),
            (len(self.rules), "rule"),
            (len(self.rounds), "past round"),
            (len(self.projects), "project"),
        ):
            read += [counted(number, word)] if number else []
        verdict = f"{counted(len(self.problems), 'thing is', 'things are')} unclear."
        lines = [f"Read: {', '.join(read)}.", verdict if self.problems else "Everything is clear."]
        return "\n".join([understood(self.reading), *lines])


def load_bundle(
    roster: Source,
    *,
    frictions: Source | None = None,
    rules: Source | None = None,
    history: Sequence[Source] = (),
    projects: Source | None = None,
    start: Source | None = None,
    absent: Iterable[str] = (),
    catalogue: str | os.PathLike[str] | None = None,
    ranked: bool = True,
    choices: Choices = NOTHING_CHOSEN,
    accept: bool = False,
) -> Bundle:
    """Return what is clear in a roster and the files beside it, and list the rest.

    Parameters
    ----------
    roster, frictions, rules, history, projects, start
        See the reading functions of this package; ``history`` oldest first.
    absent
        Ids, emails or names of members to leave out.
    catalogue
        A folder, for another catalogue than ours.
    ranked, choices, accept
        Of the roster; see :func:`load_roster`.

    Raises
    ------
    InputError
        When nothing can be made of the roster or the catalogue.
    """
    relations = default_catalogue() if catalogue is None else read_catalogue(catalogue)
    reading = load_roster(roster, catalogue=relations, ranked=ranked, choices=choices, accept=accept)
    bundle = Bundle(reading, problems=list(reading.problems), notes=list(reading.notes))
    people = bundle.roster

    def take(reader: str, source: Source | None, **more: Any) -> Iterator[Any]:
        """Give what is clear in one file, if there is one and anything is; only then load its reader."""
        if source is None:
            return
        load: Callable[..., Reading[Any]] = getattr(files, reader)
        try:
            read = load(source, people, **more)
        except InputError as error:
            bundle.problems += error.problems
            return
        bundle.problems += read.problems
        bundle.notes += read.notes
        yield read.value

    bundle.frictions = next(take("load_frictions", frictions), ())
    bundle.rules = next(take("load_rules", rules, frictions=bundle.frictions), ())
    bundle.rounds = tuple(one for file in history for rounds in take("load_history", file) for one in rounds)
    bundle.projects = next(take("load_projects", projects), ())
    bundle.start = next(take("load_plan", start, leavers=True), None)
    keys = []
    for reference in absent:
        try:
            keys.append(find_member(reference, people).key)
        except UnknownMember as error:
            bundle.problems.append(Problem(f"absent: {error}"))
    bundle.absent = tuple(keys)
    return bundle
