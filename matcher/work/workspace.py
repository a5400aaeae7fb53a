"""What a manager is working on: a roster, frictions and rules, with all that is wrong in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.files import (
    Reading,
    RosterReading,
    default_catalogue,
    load_frictions,
    load_history,
    load_projects,
    load_roster,
    load_rules,
    rounds_apart,
)
from matcher.files.references.finding import find_member
from matcher.files.references.frictions import standard_frictions
from matcher.files.references.networks import load_networks
from matcher.files.references.projects import standard_projects
from matcher.files.references.rules import FileRule, standard_rules
from matcher.files.tables.choices import Choices
from matcher.people.catalogue import Catalogue
from matcher.people.errors import InputError
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.names import fold
from matcher.people.network import Network, with_turns_to
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember
from matcher.work.brought import Beside, Brought, Shape
from matcher.work.found import Found, found
from matcher.work.rounds import UsedRound, with_rounds
from matcher.work.settings import Again, Settings
from matcher.work.sheets import Sheet
from matcher.work.steps import Step, trimmed

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft
    from matcher.plan.leading import Titles
    from matcher.work.asides import Aside
    from matcher.work.brought_back import PlanFile
    from matcher.work.kept import Kept
    from matcher.work.suggestions import Left

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
PEOPLE_TABLE, FRICTIONS_TABLE, RULES_TABLE, PROJECTS_TABLE = (
    "the table of people",
    "the table of frictions",
    "the table of rules",
    "the table of projects",
)
NO_PEOPLE = Sheet(PEOPLE_TABLE, ("name", "superpowers"), meant=("name", "superpowers"))
NO_FRICTIONS = Sheet(FRICTIONS_TABLE, ("member a", "member b", "severity", "note"))
NO_RULES = Sheet(RULES_TABLE, ("rule", "who", "value"))
NO_PROJECTS = Sheet(PROJECTS_TABLE, ("project", "size", "needs", "lead", "members"))


@dataclass(frozen=True)
class Workspace:
    """Everything that a manager has brought in; a change makes a new one.

    Parameters
    ----------
    people, frictions, rules, projects
        The tables as they stand, mistakes included: nothing that was entered gets lost.
    network
        Who turns to whom, from a file of its own.
    rounds
        Plans that were really used, oldest first, with what was noted about them.
    left
        What the rounds suggested and the manager left.
    brought
        The file that the roster was read from, and how.
    pending
        A file that is not taken over yet: it is compared with the roster on hand, or cannot be read yet.
    beside
        For each other table, the file that it came from, or of which nothing could be made yet.
    sources
        All files that the roster was put together from, oldest first.
    shapes
        How the last file of each shape was read.
    own
        The manager's own catalogue; ours when there is none.
    ranked
        Whether a member's first superpower is the strongest.
    settings, again, given_up
        What was last asked for, the plan that it was to begin from, if any, and what was given up for it.
    run, past
        Id of the last run, and of the runs before it that ended with a plan, oldest first.
    question
        Id of the job that answers the last question about the plan, or empty.
    ahead
        Id of the job that plans the next rounds, or empty.
    version
        Counts the times that tables were replaced from outside their editors.
    draft
        The present plan as it is being changed by hand, with what is locked; ``None`` until then.
    kept
        Plans that were given a name.
    plan_file
        Where the plan that was asked for last was read from, and what did not match; ``None`` when it
        was formed here.
    titles
        Where the roster has people's titles, and which are titles of leading; guessed when ``None``.
    steps, taken_back
        What can be undone and what can be done again, the latest last.
    id
        The id in the address, which cannot be guessed; empty for one that is kept nowhere.
    asides
        Edits of tables that somebody else had changed meanwhile, oldest first; no part of what is undone.
    """

    people: Sheet | None = None
    frictions: Sheet = NO_FRICTIONS
    rules: Sheet = NO_RULES
    projects: Sheet = NO_PROJECTS
    network: Sheet | None = None
    rounds: tuple[UsedRound, ...] = ()
    left: tuple[Left, ...] = ()
    brought: Brought = field(default_factory=Brought)
    pending: Brought | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)
    sources: tuple[Brought, ...] = ()
    shapes: Mapping[Shape, Choices] = field(default_factory=dict)
    own: Catalogue | None = None
    ranked: bool = True
    settings: Settings = field(default_factory=Settings)
    again: Again | None = None
    given_up: str = ""
    run: str = ""
    past: tuple[str, ...] = ()
    question: str = ""
    ahead: str = ""
    version: int = 0
    draft: PlanDraft | None = None
    kept: tuple[Kept, ...] = ()
    plan_file: PlanFile | None = None
    titles: Titles | None = None
    steps: tuple[Step, ...] = ()
    taken_back: tuple[Step, ...] = ()
    id: str = ""
    asides: tuple[Aside, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        """Superpowers and how they relate."""
        return self.own or default_catalogue()

    @property
    def found_people(self) -> Found[Roster | None]:
        """The roster, and what is wrong with it."""
        sheet, catalogue, ranked, choices = self.people, self.catalogue, self.ranked, self.brought.choices
        if sheet is None:
            return Found(None)

        def load() -> RosterReading:
            return load_roster(sheet.table, catalogue=catalogue, ranked=ranked, choices=choices)

        return sheet.once("roster", (catalogue, ranked, choices), lambda: found(load, None))

    @property
    def reading(self) -> RosterReading | None:
        """All that the table of people was taken for; ``None`` when there is nobody in it."""
        reading = self.found_people.reading
        return reading if isinstance(reading, RosterReading) else None

    @property
    def found_network(self) -> Found[Network | None]:
        """Who turns to whom as a file says, and what is wrong with it."""
        people, sheet = self.found_people.value, self.network
        if people is None or sheet is None:
            return Found(None)
        return sheet.once(
            "network", (people,), lambda: found(lambda: load_networks(sheet.table, people), None)
        )

    @property
    def roster(self) -> Roster | None:
        """Everybody who is clear, with those whom they turn to."""
        people, sheet, network = self.found_people.value, self.network, self.found_network.value
        if people is None or sheet is None or network is None:
            return people
        return sheet.once("roster", (people, network), lambda: with_turns_to(people, network))

    @property
    def found_frictions(self) -> Found[tuple[Friction, ...]]:
        """The frictions, and what is wrong with them."""
        roster, sheet = self.roster, self.frictions
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        return sheet.once(
            "frictions", (roster,), lambda: found(lambda: load_frictions(sheet.table, roster), ())
        )

    @property
    def found_rules(self) -> Found[tuple[FileRule, ...]]:
        """The rules, and what is wrong with them; contradictions included."""
        roster, sheet = self.roster, self.rules
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        frictions = self.found_frictions.value

        def load() -> Reading[tuple[FileRule, ...]]:
            return load_rules(sheet.table, roster, frictions=frictions)

        return sheet.once("rules", (roster, frictions), lambda: found(load, ()))

    @property
    def found_projects(self) -> Found[tuple[Project, ...]]:
        """The projects, and what is wrong with them."""
        roster, sheet = self.roster, self.projects
        if roster is None or not any(any(row) for row in sheet.rows):
            return Found(())
        return sheet.once(
            "projects", (roster,), lambda: found(lambda: load_projects(sheet.table, roster), ())
        )

    @property
    def found_rounds(self) -> tuple[Found[tuple[Round, ...]], ...]:
        """What could be made of each of the past rounds, and what is wrong in it; none without a roster."""
        roster = self.roster
        if roster is None:
            return ()

        def read(sheet: Sheet) -> Found[tuple[Round, ...]]:
            return sheet.once(
                "rounds", (roster,), lambda: found(lambda: load_history(sheet.table, roster), ())
            )

        return tuple(read(used.sheet) for used in self.rounds)

    @property
    def history(self) -> tuple[Round, ...]:
        """All past rounds that are clear, oldest first."""
        return tuple(
            replace(one, name=used.name)
            for used, read in zip(self.rounds, self.found_rounds, strict=False)  # none without a roster
            for one in read.value
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """What each member is called in choices, by key; the id stands in where a name is not unique."""
        members = self.roster.members if self.roster else ()
        folded = Counter(fold(m.name) for m in members)
        return {m.key: m.name if folded[fold(m.name)] == 1 else m.key for m in members}

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
        """The frictions in our own columns, one row a pair."""
        sheet = self.frictions
        return sheet.once("plain", (), lambda: Sheet.of(standard_frictions(sheet.table)))

    @property
    def plain_rules(self) -> Sheet:
        """The rules in our own columns, however they were written."""
        sheet = self.rules
        return sheet.once("plain", (), lambda: Sheet.of(standard_rules(sheet.table)))

    @property
    def plain_projects(self) -> Sheet:
        """The projects in our own columns."""
        sheet = self.projects
        return sheet.once("plain", (), lambda: Sheet.of(standard_projects(sheet.table)))

    def changed(self, what: str, **changes: Any) -> Workspace:
        """Return this workspace after a change that can be undone.

        Parameters
        ----------
        what
            What is done, as words for a button: ``bring in team.csv``.
        changes
            New values of fields.
        """
        steps = trimmed((*self.steps, Step(what, self._now(changes))))
        return replace(self, **changes, steps=steps, taken_back=())

    def replaced(self, what: str, **changes: Any) -> Workspace:
        """Return this workspace after a change to tables that does not come from their editors."""
        return replace(self.changed(what, **changes), version=self.version + 1)

    def undone(self) -> Workspace:
        """Return this workspace as it was before the last change."""
        if not self.steps:
            return self
        *steps, last = self.steps
        taken_back = (*self.taken_back, Step(last.what, self._now(last.fields)))
        return replace(
            self, **last.fields, steps=tuple(steps), taken_back=taken_back, version=self.version + 1
        )

    def done_again(self) -> Workspace:
        """Return this workspace with the change that was taken back last."""
        if not self.taken_back:
            return self
        *taken_back, last = self.taken_back
        steps = (*self.steps, Step(last.what, self._now(last.fields)))
        return replace(
            self, **last.fields, steps=steps, taken_back=tuple(taken_back), version=self.version + 1
        )

    def _now(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: getattr(self, name) for name in names}

    def with_people(self, people: Sheet) -> Workspace:
        """Return this workspace with a roster that was not brought in; frictions and rules stay."""
        return self.replaced("begin a table", people=people, brought=Brought(), sources=(), pending=None)

    def roster_for(self, why: str) -> Roster:
        """Return the roster that a file refers to; without one the file cannot be read."""
        if self.roster is None:
            raise InputError(f"Bring in the roster first: {why}.")
        return self.roster

    def with_history_file(self, data: bytes, name: str) -> Workspace:
        """Return this workspace with the rounds of a file after those that it has.

        Raises
        ------
        InputError
            When nothing can be made of the file, or there is no roster yet.
        """
        roster = self.roster_for("past rounds are about its members")
        reading = load_history(data, roster, name=name)
        tables = rounds_apart(reading.table, roster)
        more = [
            UsedRound(Sheet.of(table), name=one.name)
            for table, one in zip(tables, reading.value, strict=True)
        ]
        return with_rounds(self, f"bring in {name}", more)

    def with_sample(self, sample: str) -> Workspace:
        """Return this workspace with a sample roster and its frictions; what was about others goes."""
        people, frictions = (SAMPLES / f"{sample}{kind}.csv" for kind in ("", "_frictions"))
        brought = Brought(people.read_bytes(), people.name)
        reading = load_roster(brought.source, name=brought.name)
        work = self.replaced(
            "use the sample",
            people=Sheet.of(reading.standard),
            brought=brought,
            pending=None,
            sources=(brought,),
            frictions=NO_FRICTIONS,
            rules=NO_RULES,
            projects=NO_PROJECTS,
            network=None,
            rounds=(),
            left=(),
        )
        roster = work.roster_for("frictions are between its members")
        return replace(work, frictions=Sheet.of(load_frictions(frictions, roster).table))
