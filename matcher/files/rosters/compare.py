"""Two readings of a roster: who is new, who is gone, whose cells changed, and taking over what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.files.rosters.reading import RosterReading
from matcher.files.rosters.standard import with_fix
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.table import Row, Table
from matcher.people.errors import Fix
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.people.roster import Roster

RANKED = re.compile(r"superpower \d+")
"""What a column for one rank means."""

OWN = ("name", "id", "email", "superpowers", "turns to", "prefers", "wants", "hours", "time zone", "absent")
"""What every roster can say of a member; the rest are attributes."""

LISTS = frozenset({"superpowers", "turns to", "prefers", "wants"})


class Kind(StrEnum):
    """What became of a member."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One thing that a file says otherwise than the roster on hand; it can be taken over by itself.

    Parameters
    ----------
    kind
        Whether the member is new, gone, or has another text in one column.
    name
        Whom it is about: the name on hand, or in the file when they are new.
    before, after
        The member's key on hand and in the file; empty when they are not there.
    column
        For a change: one of :data:`OWN`, or an attribute's title.
    was, will_be
        For a change: what the roster on hand says, and what the file says.
    """

    kind: Kind
    name: str
    before: str = ""
    after: str = ""
    column: str = ""
    was: str = ""
    will_be: str = ""


@dataclass(frozen=True)
class Comparison:
    """What a file says otherwise than the roster on hand.

    Parameters
    ----------
    differences
        First who is new, then whose cells changed, then who is gone, in the order of the files.
    same
        How many members are in both and say the same.
    shared
        How many members are in both.
    """

    differences: tuple[Difference, ...]
    same: int
    shared: int

    def names(self, kind: Kind) -> list[str]:
        """Return the members of whom this is said, each once."""
        found = {(d.before, d.after): d.name for d in self.differences if d.kind is kind}
        return list(found.values())


def compare(before: RosterReading, after: RosterReading) -> Comparison:
    """Return what a new roster says otherwise than the one on hand.

    Members are the same person when they have the same id, or else the same email, or else the same
    name without two different ids. A column that the new roster does not have, or leaves empty for
    everybody, says nothing. Doubled spaces and the order of a list that has none do not count.

    Parameters
    ----------
    before, after
        What was read from the roster on hand, and from the new one.
    """
    pairs = _pairs(before.roster, after.roster)
    ours, theirs = _Voice(before), _Voice(after)
    ranked = before.roster.ranked and after.roster.ranked
    there, here = {key for key, _ in pairs}, {key for _, key in pairs}
    on_hand, in_file = ({m.key: m for m in reading.roster.members} for reading in (before, after))
    new = [Difference(Kind.NEW, m.name, after=key) for key, m in in_file.items() if key not in here]
    gone = [Difference(Kind.GONE, m.name, before=key) for key, m in on_hand.items() if key not in there]
    changed = [
        Difference(Kind.CHANGED, on_hand[a].name, a, b, column, was, will_be)
        for a, b in pairs
        for column in theirs.columns
        if not _alike(
            column, was := ours.cell(on_hand[a], column), will_be := theirs.cell(in_file[b], column), ranked
        )
    ]
    same = len(pairs) - len({d.before for d in changed})
    return Comparison((*new, *changed, *gone), same, len(pairs))


def taken_over(before: RosterReading, after: RosterReading, wanted: Collection[Difference]) -> Table:
    """Return the roster on hand with some of what a file says otherwise.

    Rows keep their numbers, and nothing that is unclear on hand gets lost; a new member gets a row
    below the others, with the file's own words for their superpowers.

    Parameters
    ----------
    before, after
        What was read from the roster on hand, and from the file.
    wanted
        What to take over, from :func:`compare` of the two.
    """
    table, rows, new_rows = before.standard, _rows(before), _rows(after)
    members, voice, places = {m.key: m for m in after.roster.members}, _Voice(after), _Places(before)
    number = max((row.number for row in table.rows), default=table.header_row)
    cells: dict[tuple[int, str], str] = {}
    added: list[Row] = []
    for d in wanted:
        said = {d.column: d.will_be} if d.kind is Kind.CHANGED and d.before in rows else {}
        if d.kind is Kind.NEW and d.after in members:
            added.append(Row(number + len(added) + 1, ("",) * len(table.header)))
            said = {column: voice.cell(members[d.after], column) for column in voice.columns}
        row = added[-1] if d.kind is Kind.NEW else rows.get(d.before)
        for column, text in said.items():
            own = _own_words(after, new_rows[d.after]) if d.after in new_rows else ""
            new = places.cells(column, own if own and column == "superpowers" else text)
            if row is not None:
                cells |= {(row.number, title): cell for title, cell in new.items()}
    gone = tuple(rows[d.before].number for d in wanted if d.kind is Kind.GONE and d.before in rows)
    return with_fix(replace(table, rows=(*table.rows, *added)), Fix("Take over", cells, gone))


def _pairs(before: Roster, after: Roster) -> list[tuple[str, str]]:
    """Return the keys, on hand and in the file, of those who are in both, in the order on hand."""
    found: dict[str, str] = {}
    keys: tuple[Callable[[Member], str], ...] = (lambda m: m.id, lambda m: m.email, lambda m: m.name)
    for key in keys:
        mine = _alone(key, (m for m in before.members if m.key not in found))
        taken = set(found.values())
        theirs = _alone(key, (m for m in after.members if m.key not in taken))
        for text, one in mine.items():
            other = theirs.get(text)
            if other and not (one.id and other.id and fold(one.id) != fold(other.id)):
                found[one.key] = other.key
    return [(m.key, found[m.key]) for m in before.members if m.key in found]


def _alone(key: Callable[[Member], str], members: Iterable[Member]) -> dict[str, Member]:
    """Return the members by a text of theirs, without texts that two of them share."""
    found: dict[str, list[Member]] = {}
    for member in members:
        if text := fold(key(member)):
            found.setdefault(text, []).append(member)
    return {text: sharing[0] for text, sharing in found.items() if len(sharing) == 1}


class _Voice:
    """What a roster says of its members, as texts by column; what is unclear is said as it was written."""

    def __init__(self, reading: RosterReading) -> None:
        roster = reading.roster
        self.catalogue = roster.catalogue
        self.unclear: dict[str, list[str]] = {}
        for unknown in reading.unknown:
            self.unclear.setdefault(unknown.member, []).append(unknown.text)
        self.titles = {plain(title): title for title in reversed(roster.attributes)}
        columns = [*OWN, *roster.attributes]
        self.columns = [c for c in columns if any(self.cell(m, c) for m in roster.members)]

    def cell(self, member: Member, column: str) -> str:
        """Return what is said of a member in one of :data:`OWN` or under an attribute's title."""
        if column not in OWN:
            return member.attributes.get(self.titles.get(plain(column), column), "")
        if column == "superpowers":
            clear = (self.catalogue.by_id[s].name for s in member.superpowers)
            return "; ".join((*clear, *self.unclear.get(member.key, ())))
        if column == "absent":
            return "yes" if member.absent else ""
        value = getattr(member, column.replace(" ", "_"))
        return value if isinstance(value, str) else "; ".join(value)


def _alike(column: str, was: str, will_be: str, ranked: bool) -> bool:
    if column in LISTS:
        lists = [[fold(entry) for entry in text.split(";") if entry.strip()] for text in (was, will_be)]
        ordered = column == "wants" or (column == "superpowers" and ranked)
        return lists[0] == lists[1] if ordered else set(lists[0]) == set(lists[1])
    # a name's capitals are part of how it is written; whoever corrects them wants them taken over
    return " ".join(was.split()) == " ".join(will_be.split())


def _rows(reading: RosterReading) -> dict[str, Row]:
    """Return each member's row in the standard table, by key."""
    by_number = {row.number: row for row in reading.standard.rows}
    found = {}
    for key, facts in reading.facts.items():
        row = next((by_number[fact.row] for fact in facts if fact.row in by_number), None)
        if row is not None:
            found[key] = row
    return found


def _own_words(reading: RosterReading, row: Row) -> str:
    """Return a member's superpowers as the file writes them: what is unclear stays to be asked about."""
    places, names = _Places(reading), titles(reading.standard)
    said = dict(zip(names, row.cells, strict=True))
    return said[places.listed] if places.listed else "; ".join(filter(None, map(said.get, places.ranks)))


class _Places:
    """Which column of a roster's table, by its title, says what."""

    def __init__(self, reading: RosterReading) -> None:
        table = reading.standard
        names = titles(table)
        meanings = dict(zip(names, table.meant, strict=False)) or {
            c.title: c.meaning for c in reading.columns
        }
        self.of = {meaning: title for title, meaning in reversed(meanings.items())}
        self.attributes = {plain(title): title for title in reversed(names)}
        self.listed = self.of.get("superpowers", "")
        ranks = [meaning for meaning in self.of if RANKED.fullmatch(meaning)]
        self.ranks = [self.of[meaning] for meaning in sorted(ranks, key=lambda m: int(m.rpartition(" ")[2]))]

    def cells(self, column: str, text: str) -> dict[str, str]:
        """Return the cells, by their column's title, that say this; a column may have to be added."""
        if column == "superpowers" and self.ranks and not self.listed:
            entries = [entry.strip() for entry in text.split(";") if entry.strip()]
            last = len(self.ranks) - 1
            texts = [*entries[:last], "; ".join(entries[last:]), *[""] * last]
            return dict(zip(self.ranks, texts, strict=False))
        if column == "name" and "name" not in self.of and {"first name", "last name"} <= self.of.keys():
            first, _, last_name = text.rpartition(" ")
            return {self.of["first name"]: first, self.of["last name"]: last_name}
        if column in OWN:
            return {self.of.get(column, column): text}
        return {self.attributes.get(plain(column), column): text}
