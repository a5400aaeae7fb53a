"""Deleting a member's data everywhere: from the present tables, and out of all that was made before.

From the present tables go their row and every row, pair and entry that names them. In past rounds, plans and
drafts they become a former member: the superpowers stay, so that scores stay true; all else that was known of
them goes, and sentences and remarks no longer name them. Uploaded files and what could be undone go as a
whole.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from matcher.files.references.persons import Persons, replaced
from matcher.people.errors import InputError
from matcher.people.friction import Friction
from matcher.people.member import Member
from matcher.store.notation import Way
from matcher.work.asides import Aside
from matcher.work.brought import Brought
from matcher.work.forgotten import Forgotten, next_number
from matcher.work.forgotten_tables import Tables
from matcher.work.formats import CODEC
from matcher.work.rounds import GroupNote, UsedRound
from matcher.work.settings import Settings
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Group, Plan

T = TypeVar("T")

KEYS: Mapping[str, frozenset[str]] = {
    "Again": frozenset({"members"}),
    "Apart": frozenset({"members"}),
    "FormingProgress": frozenset({"groups", "placed"}),
    "Friction": frozenset({"a", "b"}),
    "Group": frozenset({"members", "buddies"}),
    "GroupNote": frozenset({"led_by", "pairs_badly", "pairs_well", "members"}),
    "Lead": frozenset({"member"}),
    "Left": frozenset({"pair"}),
    "Pin": frozenset({"members"}),
    "PlanDraft": frozenset({"steps", "taken_back", "locked_members"}),
    "PlanFile": frozenset({"absent", "unplaced"}),
    "Project": frozenset({"lead", "members"}),
    "Repeat": frozenset({"members", "names"}),
    "Rotation": frozenset({"always"}),
    "Round": frozenset({"groups"}),
    "Stay": frozenset({"home"}),
    "Tie": frozenset({"member", "turns_to"}),
    "Together": frozenset({"members"}),
    "WhyNot": frozenset({"a", "b"}),
}
"""Fields of kept classes in which members are meant by their keys or names."""

LEFT: Mapping[str, frozenset[str]] = {
    "Catalogue": frozenset({"families", "sources"}),
    "Group": frozenset({"goals"}),
    "Plan": frozenset({"goals"}),
    "Member": frozenset({"superpowers"}),
    "Needs": frozenset({"side"}),
    "Relation": frozenset({"a", "b", "softened_by", "source", "basis"}),
    "Superpower": frozenset({"id", "name", "family", "aliases"}),
    "UsedRound": frozenset({"id"}),
    "Workspace": frozenset({"id", "run", "past", "question", "ahead"}),
}
"""Fields of kept classes that hold words of the program, of the catalogue, or ids: nobody is meant there."""

SETTINGS = ("absent", "lock", "by_hand")
"""What of a plan's settings may name members or groups."""


def forget(value: T, who: Forgotten) -> T:
    """Return a kept value without a member; itself when they are nowhere in it.

    Parameters
    ----------
    value
        A workspace, a plan, or anything else that is kept.
    who
        Whom to forget. What they were called in the value itself, in another year perhaps, is forgotten too.
    """
    members, frictions = _people_in(value)
    found: T = _Forgetting(who.met(members, frictions)).of(value)
    return found


def forget_member(id_: str, key: str) -> Workspace:
    """Delete a member's data from a workspace, its runs and its members' answers; return the workspace.

    Parameters
    ----------
    id_
        Of the workspace.
    key
        Key of the member on its roster.

    Raises
    ------
    InputError
        When there is no such member.
    """
    from matcher.work.answers import forget_answers
    from matcher.work.server import server

    workspaces, jobs = server().workspaces, server().jobs
    now = workspaces.get(id_)
    roster = now.roster if now is not None else None
    member = next((m for m in roster.members if m.key == key), None) if roster is not None else None
    if now is None or roster is None or member is None:
        raise InputError("This member is no longer on the roster; nothing was deleted.")
    texts, people, frictions = list[str](), list[Member](), list[Friction]()

    def seen(value: T) -> T:
        texts.extend(CODEC.text(node) for node in CODEC.parts(value).values())
        for found, more in zip((people, frictions), _people_in(value), strict=True):
            found.extend(more)  # type: ignore[attr-defined] # each list gets its own kind
        return value

    seen(now)
    jobs.rewrite(id_, seen)
    who = Forgotten.of(member, roster.members, next_number(texts)).met(people, frictions)
    once = _Forgetting(who)  # a plan that a run and the workspace have in common stays one
    after = workspaces.change(id_, once.of)
    entry = workspaces.rows.find(id_)
    if entry is not None and who.text(entry.name) != entry.name:  # a workspace is called after its first file
        workspaces.rows.rename(id_, who.text(entry.name))
    jobs.rewrite(id_, once.of)
    forget_answers(id_, member)
    workspaces.rows.sweep(id_)
    return after


def _people_in(value: object) -> tuple[list[Member], list[Friction]]:
    """Return everybody in a kept value, and all frictions."""
    members, frictions = list[Member](), list[Friction]()
    seen: dict[int, object] = {}
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Member):
            members.append(part)
        elif isinstance(part, Friction):
            frictions.append(part)
        elif isinstance(part, tuple | list | frozenset):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif id(part) not in seen and (way := CODEC.kinds.way(type(part))) is not None:
            seen[id(part)] = part
            waiting.extend(way.pieces(part).values())
    return members, frictions


class _Forgetting:
    """Goes through a kept value; what is in it twice is changed once."""

    def __init__(self, who: Forgotten) -> None:
        self._who = who
        self._tables = Tables(who, self._messages)
        self._done: dict[int, tuple[object, object]] = {}
        self._titles: dict[tuple[str, ...], frozenset[str]] = {}
        self._special: Mapping[str, Callable[[Any], Any]] = {
            "Aside": self._aside,
            "Brought": self._brought,
            "Friction": self._friction,
            "GroupNote": self._note,
            "Member": self._member,
            "Plan": self._plan,
            "Settings": self._settings,
            "UsedRound": self._round,
            "Workspace": self._workspace,
        }

    def of(self, value: Any, change: Callable[[str], str] | None = None) -> Any:
        change = change or self._who.text
        kind = type(value)
        if kind is str:
            return change(value)
        if kind in (tuple, list, frozenset):
            items = [self.of(item, change) for item in value]
            return value if all(map(operator.is_, items, value)) else kind(items)
        if kind is dict:
            made = {self.of(key, change): self.of(item, change) for key, item in value.items()}
            return value if made == value else made
        way = CODEC.kinds.way(kind)
        if way is None:
            return value
        if id(value) not in self._done:
            made = self._special.get(way.name, self._changed)(value)
            # what becomes equal becomes one: pages ask whether a plan is the one that a draft began from
            self._done[id(value)] = value, CODEC.same(made) if way.is_node else made
        return self._done[id(value)][1]

    def _changed(self, value: Any, **given: Any) -> Any:
        """Return an object with what its class says of its fields; some of them may be given."""
        way = CODEC.kinds.named(type(value).__name__)
        before = way.pieces(value)
        after = {name: self._field(way, name, part, given) for name, part in before.items()}
        if all(after[name] is part for name, part in before.items()):
            return value
        return way.together(after, lambda part: part)

    def _field(self, way: Way, name: str, part: Any, given: Mapping[str, Any]) -> Any:
        if name in given:
            return part if given[name] == part else given[name]
        if name in LEFT.get(way.name, ()):
            return part
        return self.of(part, self._who.key if name in KEYS.get(way.name, ()) else None)

    # --- people -----------------------------------------------------------------------------------

    def _member(self, member: Member) -> Member:
        who = self._who
        if who.is_(member):
            return Member(who.alias, member.superpowers, absent=member.absent)
        named = self._of_others(tuple(member.cells))
        cells = {
            title: replaced(cell, who.key) if title in named else cell for title, cell in member.cells.items()
        }
        turns_to, prefers = (self.of(keys, who.key) for keys in (member.turns_to, member.prefers))
        found: Member = self._changed(member, cells=self.of(cells), turns_to=turns_to, prefers=prefers)
        return found

    def _of_others(self, titles: tuple[str, ...]) -> frozenset[str]:
        if titles not in self._titles:
            self._titles[titles] = frozenset(titles[place] for place in Persons(titles).others())
        return self._titles[titles]

    def _friction(self, friction: Friction) -> Friction:
        theirs = self._who.refers(friction.a) or self._who.refers(friction.b)
        found: Friction = self._changed(friction, note="" if theirs else self._who.words(friction.note))
        return found

    def _note(self, note: GroupNote) -> GroupNote:
        own = {name: self._who.words(getattr(note, name)) for name in ("remark", "goals", "actions")}
        found: GroupNote = self._changed(note, **own)
        return found

    def _plan(self, plan: Plan) -> Plan:
        who = self._who
        settings = {
            name: self.of(part, who.key) if name in SETTINGS else part for name, part in plan.settings.items()
        }
        asides = {goal: who.text(aside) for goal, aside in plan.asides.items()}
        told = [self._telling(member) for member in plan.brief.roster.members if who.is_(member)]
        groups = self.of(tuple(self._without(group, told) for group in plan.groups))
        found: Plan = self._changed(plan, settings=settings, asides=asides, groups=groups)
        return found

    def _telling(self, member: Member) -> tuple[str, re.Pattern[str]]:
        """Return a member's key, and a pattern for their attributes."""
        values = [re.escape(text) for text in member.attributes.values() if len(text) > 2]  # no mere number
        return member.key, re.compile(rf"\b({'|'.join(values) or '(?!)'})(?!\w)")

    def _without(self, group: Group, told: list[tuple[str, re.Pattern[str]]]) -> Group:
        """Return a group without the reasons that tell an attribute of who was in it."""
        for key, attribute in told:
            if key in group.members:
                kept = tuple(reason for reason in group.reasons if not attribute.search(reason.text))
                points = tuple(point for point in group.points if not attribute.search(point.text))
                return replace(group, reasons=kept, points=points)
        return group

    # --- tables and workspaces --------------------------------------------------------------------

    def _workspace(self, work: Workspace) -> Workspace:
        tables = self._tables
        meanings = work.brought.choices.meanings
        found: Workspace = self._changed(
            work,
            people=None if work.people is None else tables.people(work.people, meanings),
            **{table: tables.plain(work, table) for table in ("frictions", "rules", "projects")},
            network=tables.network(work),
            pending=None,
            beside={},
            sources=(),
            steps=(),
            taken_back=(),
        )
        # what an editor on a page still holds of the tables must not come back
        return work if found is work else replace(found, version=work.version + 1)

    def _aside(self, aside: Aside) -> Aside:
        change = getattr(self._tables, aside.table, self.of)
        return replace(aside, base=change(aside.base), mine=change(aside.mine))

    def _round(self, used: UsedRound) -> UsedRound:
        found: UsedRound = self._changed(used, sheet=self._tables.former(used.sheet))
        return found

    def _messages(self, sheet: Sheet) -> Sheet:
        """Return a table with what was said when it was read, and what it is called, without them."""
        found: Sheet = self._changed(sheet, header=sheet.header, rows=sheet.rows, meant=sheet.meant)
        return found

    def _brought(self, brought: Brought) -> Brought:
        found: Brought = self._changed(brought, source=type(brought.source)())
        return found

    def _settings(self, settings: Settings) -> Settings:
        absent = tuple(key for key in settings.absent if not self._who.refers(key))
        columns = {goal: self.of(titles) for goal, titles in settings.columns.items()}
        found: Settings = self._changed(settings, goals=settings.goals, absent=absent, columns=columns)
        return found
