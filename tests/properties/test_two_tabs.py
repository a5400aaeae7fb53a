"""Two tabs edit one workspace, and the server starts again now and then: nothing acknowledged is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from matcher.store.database import Database
from matcher.store.documents import Codec
from matcher.work.asides import drop, edited, put_in
from matcher.work.formats import CLASSES, HOOKS, NODES
from matcher.work.sheets import Sheet
from matcher.work.steps import MOST
from matcher.work.workspaces import Workspaces

Rows = dict[str, tuple[str, str]]
"""The plain model of a table: what each person holds and where, by name."""

tabs = st.sampled_from([0, 1])
places = st.integers(0, 99)


@dataclass
class Tab:
    """What a tab shows: the table as it knows it."""

    kept: Sheet


@dataclass
class Model:
    """What has to be there, in plain values; texts are never used twice."""

    table: Rows
    asides: list[tuple[Rows, Rows]] = field(default_factory=list)
    past: list[Rows] = field(default_factory=list)
    future: list[Rows] = field(default_factory=list)
    seconds: int = 10

    def step(self, table: Rows) -> None:
        self.past = [*self.past, self.table][-MOST:]
        self.future = []
        self.table = table


def rows_of(sheet: Sheet) -> Rows:
    return {row[0]: (row[1], row[2]) for row in sheet.rows if any(row)}


def with_rows(sheet: Sheet, rows: Rows) -> Sheet:
    """A sheet as an editor reports it: changed and new cells by number, rows gone."""
    numbers = {row[0]: number for number, row in zip(sheet.numbers, sheet.rows, strict=True)}
    new = [name for name in rows if name not in numbers]
    first = max(sheet.numbers, default=1) + 1
    numbers |= {name: first + i for i, name in enumerate(new)}
    room = replace(
        sheet,
        rows=(*sheet.rows, *(("", "", "") for _ in new)),
        numbers=(*sheet.numbers, *(numbers[n] for n in new)),
    )
    cells = {
        (numbers[name], title): cell
        for name, held in rows.items()
        for title, cell in zip(sheet.header, (name, *held), strict=True)
    }
    return room.with_cells(cells, [number for name, number in numbers.items() if name not in rows])


def merged(theirs: Rows, base: Rows, mine: Rows) -> Rows:
    """What is in the table once an edit that was set aside is put in."""
    result = dict(theirs)
    for name in base.keys() | mine.keys():
        was, said, now = base.get(name), mine.get(name), theirs.get(name)
        if said == was:
            continue
        if said is None:
            result.pop(name, None)
        elif was is None or now is None:
            result[name] = said
        else:
            result[name] = tuple(s if s != w else n for s, w, n in zip(said, was, now, strict=True))
    return result


class TwoTabs(RuleBasedStateMachine):
    path: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.fresh = map(str, count())
        self.database: Database | None = None
        self.restart()
        self.id = self.workspaces.new_id()
        table = {f"Person {i}": (f"held {i}", f"place {i}") for i in range(4)}
        sheet = Sheet(
            "t", ("name", "superpowers", "location"), tuple((n, *held) for n, held in table.items())
        )
        self.workspaces.change(self.id, lambda work: replace(work, people=sheet), begin=True)
        self.model = Model(table)
        self.tabs = [Tab(sheet), Tab(sheet)]

    def teardown(self) -> None:
        self.database.close()

    # --- what managers do

    @rule()
    def restart(self):
        """The server is started again: nothing of it is left but the database."""
        if self.database is not None:
            self.database.close()
        self.database = Database.open(str(self.path))
        self.workspaces = Workspaces(self.database, codec=Codec(CLASSES, (*NODES, *HOOKS), HOOKS))

    @rule(tab=tabs)
    def reload(self, tab):
        self.tabs[tab].kept = self.workspaces.get(self.id).people

    @rule(tab=tabs, place=places, column=st.integers(0, 1))
    def edit_a_cell(self, tab, place, column):
        rows = rows_of(self.tabs[tab].kept)
        if rows:
            name = sorted(rows)[place % len(rows)]
            held = list(rows[name])
            held[column] = next(self.fresh)
            self.edit(self.tabs[tab], rows | {name: tuple(held)})

    @rule(tab=tabs)
    def add_a_row(self, tab):
        rows = rows_of(self.tabs[tab].kept)
        self.edit(self.tabs[tab], rows | {f"New {next(self.fresh)}": (next(self.fresh), next(self.fresh))})

    @rule(tab=tabs, place=places)
    def delete_a_row(self, tab, place):
        rows = rows_of(self.tabs[tab].kept)
        if rows:
            gone = sorted(rows)[place % len(rows)]
            self.edit(self.tabs[tab], {name: held for name, held in rows.items() if name != gone})

    def edit(self, tab: Tab, rows: Rows) -> None:
        base, mine = tab.kept, with_rows(tab.kept, rows)
        after = self.workspaces.change(self.id, lambda work: edited(work, "people", base, mine))
        if rows_of(base) == self.model.table:
            self.model.step(rows)
        elif rows != self.model.table:
            self.model.asides.append((rows_of(base), rows))
        tab.kept = after.people

    @rule(seconds=st.integers(1, 60))
    def choose_a_setting(self, seconds):
        def choose(work):
            return replace(work, settings=replace(work.settings, seconds=seconds))

        self.workspaces.change(self.id, choose)
        self.model.seconds = seconds

    @rule()
    def undo(self):
        self.workspaces.change(self.id, lambda work: work.undone())
        if self.model.past:
            self.model.future.append(self.model.table)
            self.model.table = self.model.past.pop()

    @rule()
    def redo(self):
        self.workspaces.change(self.id, lambda work: work.done_again())
        if self.model.future:
            self.model.past.append(self.model.table)
            self.model.table = self.model.future.pop()

    @precondition(lambda self: self.model.asides)
    @rule(place=places)
    def put_my_changes_into_theirs(self, place):
        place %= len(self.model.asides)
        aside = self.workspaces.get(self.id).asides[place]
        self.workspaces.change(self.id, lambda work: put_in(work, aside))
        self.model.step(merged(self.model.table, *self.model.asides.pop(place)))

    @precondition(lambda self: self.model.asides)
    @rule(place=places)
    def drop_my_changes(self, place):
        place %= len(self.model.asides)
        aside = self.workspaces.get(self.id).asides[place]
        self.workspaces.change(self.id, lambda work: drop(work, aside))
        self.model.asides.pop(place)

    # --- what holds at every moment

    @invariant()
    def everything_that_was_acknowledged_is_there(self):
        work = self.workspaces.get(self.id)
        assert rows_of(work.people) == self.model.table
        assert [(rows_of(a.base), rows_of(a.mine)) for a in work.asides] == self.model.asides
        assert [rows_of(step.fields["people"]) for step in work.steps] == self.model.past
        assert [rows_of(step.fields["people"]) for step in work.taken_back] == self.model.future
        assert work.settings.seconds == self.model.seconds


def test_no_edit_is_lost_and_none_is_overwritten_unseen(tmp_path):
    TwoTabs.path = tmp_path / "workspaces.sqlite3"
    run_state_machine_as_test(TwoTabs, settings=settings(max_examples=20, stateful_step_count=25))
