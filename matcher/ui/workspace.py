"""What a manager is working on: a roster, frictions and rules, with all that is wrong in them."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from matcher.files import (
    Reading,
    default_catalogue,
    load_frictions,
    load_history,
    load_projects,
    load_roster,
    load_rules,
    read_table,
)
from matcher.files.columns import Columns
from matcher.files.frictions import COLUMNS as FRICTION_COLUMNS
from matcher.files.nearest import find_member
from matcher.files.projects import COLUMNS as PROJECT_COLUMNS
from matcher.files.rules import COLUMNS as RULE_COLUMNS
from matcher.files.rules import FileRule
from matcher.people.catalogue import Catalogue
from matcher.people.errors import InputError, Problem
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.names import fold
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember
from matcher.ui.settings import Again, Settings
from matcher.ui.sheets import Sheet

T = TypeVar("T")
U = TypeVar("U")

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
PEOPLE_TABLE, FRICTIONS_TABLE, RULES_TABLE, PROJECTS_TABLE = (
    "the table of people",
    "the table of frictions",
    "the table of rules",
    "the table of projects",
)
NO_PEOPLE = Sheet(PEOPLE_TABLE, ("name", "superpowers"))
NO_FRICTIONS = Sheet(FRICTIONS_TABLE, ("member a", "member b", "severity", "note"))
NO_RULES = Sheet(RULES_TABLE, ("rule", "who", "value"))
NO_PROJECTS = Sheet(PROJECTS_TABLE, ("project", "size", "needs", "lead", "members"))


@dataclass(frozen=True)
class Found(Generic[T]):
    """What could be made of a sheet: what is clear, what is wrong, and what was guessed."""

    value: T
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def found(load: Callable[[], Reading[T]], otherwise: U) -> Found[T | U]:
    """Return what a reader makes of a sheet, or something else with the reason why it makes nothing."""
    try:
        reading = load()
    except InputError as error:
        return Found(otherwise, error.problems)
    return Found(reading.value, reading.problems, reading.notes)


@dataclass(frozen=True)
class Workspace:
    """Everything that a manager has brought in; a change makes a new one.

    Parameters
    ----------
    people, frictions, rules, projects
        The tables as they stand, mistakes included: nothing that was entered gets lost.
    rounds
        Plans that were really used, oldest first.
    ranked
        Whether a member's first superpower is the strongest.
    settings, again, given_up
        What was last asked for, the plan that it was to begin from, if any, and what was given up for it.
    run, past
        Id of the last run, and of the runs before it that ended with a plan, oldest first.
    question
        Id of the job that answers the last question about the plan, or empty.
    version
        Counts the times that tables were replaced from outside their editors.
    """

    people: Sheet | None = None
    frictions: Sheet = NO_FRICTIONS
    rules: Sheet = NO_RULES
    projects: Sheet = NO_PROJECTS
    rounds: tuple[Sheet, ...] = ()
    ranked: bool = True
    settings: Settings = field(default_factory=Settings)
    again: Again | None = None
    given_up: str = ""
    run: str = ""
    past: tuple[str, ...] = ()
    question: str = ""
    version: int = 0

    @property
    def catalogue(self) -> Catalogue:
        """Superpowers and how they relate."""
        return default_catalogue()

    @cached_property
    def found_people(self) -> Found[Roster | None]:
        """The roster, and what is wrong with it."""
        sheet = self.people
        if sheet is None:
            return Found(None)
        return found(lambda: load_roster(sheet.data, ranked=self.ranked, name=sheet.name), None)

    @property
    def roster(self) -> Roster | None:
        """Everybody who is clear."""
        return self.found_people.value

    @cached_property
    def found_frictions(self) -> Found[tuple[Friction, ...]]:
        """The frictions, and what is wrong with them."""
        roster, sheet = self.roster, self.frictions
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        return found(lambda: load_frictions(sheet.data, roster, name=sheet.name), ())

    @cached_property
    def found_rules(self) -> Found[tuple[FileRule, ...]]:
        """The rules, and what is wrong with them; contradictions included."""
        roster, sheet = self.roster, self.rules
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        frictions = self.found_frictions.value
        return found(lambda: load_rules(sheet.data, roster, frictions=frictions, name=sheet.name), ())

    @cached_property
    def found_projects(self) -> Found[tuple[Project, ...]]:
        """The projects, and what is wrong with them."""
        roster, sheet = self.roster, self.projects
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        return found(lambda: load_projects(sheet.data, roster, name=sheet.name), ())

    @cached_property
    def found_rounds(self) -> tuple[Found[tuple[Round, ...]], ...]:
        """For each file of past rounds, its rounds, and what is wrong with them."""
        roster = self.roster
        if roster is None:
            return ()

        def read(sheet: Sheet) -> Found[tuple[Round, ...]]:
            return found(lambda: load_history(sheet.data, roster, name=sheet.name), ())

        return tuple(read(sheet) for sheet in self.rounds)

    @property
    def history(self) -> tuple[Round, ...]:
        """All past rounds that are clear, oldest first."""
        return tuple(one for read in self.found_rounds for one in read.value)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each member is called in choices, by key; the id stands in where a name is not unique."""
        members = self.roster.members if self.roster else ()
        folded = [fold(m.name) for m in members]
        return {m.key: m.name if folded.count(fold(m.name)) == 1 else m.key for m in members}

    def called(self, reference: str) -> str:
        """Return what a member is called in choices; a reference that is unclear stays as it is."""
        if self.roster is None:
            return reference
        try:
            return self.names[find_member(reference, self.roster).key]
        except UnknownMember:
            return reference

    @property
    def plain_frictions(self) -> Sheet:
        """The frictions in our own columns."""
        return self.frictions.standard(FRICTION_COLUMNS, NO_FRICTIONS.header)

    @property
    def plain_rules(self) -> Sheet:
        """The rules in our own columns, however they were written."""
        where = Columns(self.rules.table, RULE_COLUMNS)
        if "rule" in where and "who" in where:
            return self.rules.standard(RULE_COLUMNS, NO_RULES.header)
        # one row a member, with those it is kept apart from
        rows = [
            ("apart", f"{cells[0]}; {other}", "") for cells in self.rules.rows for other in cells[1:] if other
        ]
        return Sheet(self.rules.name, NO_RULES.header, tuple(rows))

    @property
    def plain_projects(self) -> Sheet:
        """The projects in our own columns."""
        return self.projects.standard(PROJECT_COLUMNS, NO_PROJECTS.header)

    def with_people(self, people: Sheet) -> Workspace:
        """Return this workspace with another roster; frictions and rules stay."""
        return replace(self, people=people, version=self.version + 1)

    def with_roster_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the roster from a file; frictions and rules stay.

        Raises
        ------
        InputError
            When nothing can be made of the file.
        """
        reading = load_roster(data, ranked=self.ranked, name=name)
        return self.with_people(Sheet.of(reading.table, data))

    def _roster_for(self, why: str) -> Roster:
        """Return the roster that a file refers to; without one the file cannot be read."""
        if self.roster is None:
            raise InputError(f"Bring in the roster first: {why}.")
        return self.roster

    def with_frictions_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the frictions from a file.

        Raises
        ------
        InputError
            When nothing can be made of the file, or there is no roster yet.
        """
        reading = load_frictions(data, self._roster_for("frictions are between its members"), name=name)
        return replace(self, frictions=Sheet.of(reading.table, data), version=self.version + 1)

    def with_rules_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the rules from a file.

        Raises
        ------
        InputError
            When nothing can be made of the file, or there is no roster yet.
        """
        reading = load_rules(data, self._roster_for("rules are about its members"), name=name)
        return replace(self, rules=Sheet.of(reading.table, data), version=self.version + 1)

    def with_projects_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the projects from a file.

        Raises
        ------
        InputError
            When nothing can be made of the file, or there is no roster yet.
        """
        reading = load_projects(data, self._roster_for("its members staff the projects"), name=name)
        return replace(self, projects=Sheet.of(reading.table, data), version=self.version + 1)

    def with_history_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the rounds of a file after those that it has.

        Raises
        ------
        InputError
            When nothing can be made of the file, or there is no roster yet.
        """
        reading = load_history(data, self._roster_for("past rounds are about its members"), name=name)
        return replace(self, rounds=(*self.rounds, Sheet.of(reading.table, data)))

    def with_sample(self, sample: str) -> Workspace:
        """Return this workspace with a sample roster and its frictions; what was about others goes."""
        people, frictions = (SAMPLES / f"{sample}{kind}.csv" for kind in ("", "_frictions"))
        sheets = [Sheet.of(read_table(path), path.read_bytes()) for path in (people, frictions)]
        return replace(
            self,
            people=sheets[0],
            frictions=sheets[1],
            rules=NO_RULES,
            projects=NO_PROJECTS,
            rounds=(),
            version=self.version + 1,
        )


class Workspaces:
    """The workspaces of everybody who uses this server, by an id that cannot be guessed.

    Kept in memory: they outlive a reload and are found from a second tab, not after a restart.

    Parameters
    ----------
    most
        How many are kept; the one that was not used for the longest time goes first.
    """

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, Workspace] = OrderedDict()

    def open(self) -> str:
        """Return the id of a new, empty workspace."""
        id_ = secrets.token_urlsafe(16)
        self.put(id_, Workspace())
        return id_

    def get(self, id_: str) -> Workspace | None:
        """Return a workspace, or ``None`` when there is none of this id."""
        with self._lock:
            if id_ in self._kept:
                self._kept.move_to_end(id_)
            return self._kept.get(id_)

    def put(self, id_: str, workspace: Workspace) -> None:
        """Keep a workspace."""
        with self._lock:
            self._kept[id_] = workspace
            self._kept.move_to_end(id_)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
