"""How many of a kind a group holds at least or at most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.errors import RulesConflict
from matcher.people.member import Member
from matcher.people.names import counted, fold, listed
from matcher.people.roster import Roster
from matcher.rules.base import Groups

EVERY_GROUP = "every group"
MOST_VALUES = 10
"""More values or names than this are not read; the rest is counted."""

_NEED = re.compile(r"(?P<kind>[^=]+)=(?P<value>.+):\s*(?P<count>\d{1,6})\s*")


def parse_need(text: str) -> tuple[str, str, int]:
    """Return kind, value and count of a need as files and projects write it.

    ``family=people:1``, ``superpower=empathy:1``, or an attribute: ``seniority=Junior:2``. Whether
    there is such a kind and value is said by :meth:`Needs.unknown`.

    Raises
    ------
    ValueError
        When the text has another form.
    """
    found = _NEED.fullmatch(text)
    if not found or not found["kind"].strip() or not found["value"].strip():
        raise ValueError(
            f"“{text.strip()}” is not a need; write it like family=people:1, superpower=empathy:1 "
            "or seniority=Junior:2."
        )
    return found["kind"].strip(), found["value"].strip(), int(found["count"])


def holds(member: Member, kind: str, value: str, roster: Roster) -> bool:
    """Return whether a member is of a kind: ``family``, ``superpower`` or an attribute's name.

    A superpower or family counts whatever its rank: a need asks who has it, not how strongly.
    """
    if fold(kind) == "superpower":
        return roster.catalogue.recognise(value) in member.superpowers
    if fold(kind) == "family":
        families = {f.id for f in roster.catalogue.families if fold(value) in (fold(f.id), fold(f.name))}
        return any(roster.catalogue.family_of(s) in families for s in member.superpowers)
    return any(fold(k) == fold(kind) and fold(v) == fold(value) for k, v in member.attributes.items())


@dataclass(frozen=True)
class Needs:
    """A group, or every group, holds at least or at most so many members of a kind.

    Parameters
    ----------
    group
        A group's name, or ``every group``.
    side
        ``at least`` or ``at most``.
    kind, value
        ``family``, ``superpower`` or an attribute's name, and its value.
    count
        How many; 0 or more.
    """

    group: str
    side: Literal["at least", "at most"]
    kind: str
    value: str
    count: int

    def __post_init__(self) -> None:
        if self.side not in ("at least", "at most"):
            raise ValueError(f"“{self.side}” has to be “at least” or “at most”.")
        if self.count < 0:
            raise ValueError(f"“{self.kind}={self.value}” needs a number of 0 or more.")

    @property
    def rule(self) -> str:
        """Its name in files."""
        return self.side

    @property
    def private(self) -> bool:
        """Whether it counts by a column of the roster, which may be one that hurts to read."""
        return fold(self.kind) not in ("superpower", "family")

    def unknown(self, roster: Roster) -> str:
        """Return what is wrong when no roster of this form could ever fill the need; empty when nothing."""
        catalogue = roster.catalogue
        if fold(self.kind) == "superpower":
            known = catalogue.recognise(self.value) is not None
            return "" if known else f"“{self.value}” is not a superpower of the catalogue."
        if fold(self.kind) == "family":
            known = fold(self.value) in {fold(text) for f in catalogue.families for text in (f.id, f.name)}
            names = listed((f.name for f in catalogue.families), "or")
            return "" if known else f"“{self.value}” is not a family; choose {names}."
        column = next((name for name in roster.attributes if fold(name) == fold(self.kind)), None)
        if column is None:
            there = listed(("family", "superpower", *roster.attributes), "or")
            return f"the roster has no column “{self.kind}”; choose {there}."
        values = {fold(v): v.strip() for m in roster.members if (v := m.attributes.get(column, "")).strip()}
        if fold(self.value) in values:
            return ""
        there = f"there is {_some(sorted(values.values()))}" if values else "the column is empty"
        return f"nobody on the roster has the {column} “{self.value}”; {there}."

    def applies(self, brief: Brief) -> bool:
        return True

    def sentence(self, brief: Brief) -> str:
        where = f"Every {brief.kind.word}" if fold(self.group) == EVERY_GROUP else self.group
        if self.side == "at most" and not self.count:
            return f"{where} has nobody with {self.what(brief)}."
        return f"{where} has {self.side} {counted(self.count, 'member')} with {self.what(brief)}."

    def what(self, brief: Brief) -> str:
        """Return what the members have that are counted."""
        catalogue = brief.roster.catalogue
        if fold(self.kind) == "superpower":
            return catalogue.by_id[catalogue.recognise(self.value) or ""].name.lower()
        if fold(self.kind) == "family":
            same = (f.name for f in catalogue.families if fold(self.value) in (fold(f.id), fold(f.name)))
            return f"a superpower of the family {next(same)}"
        return f"{self.kind} {self.value}"

    def forbid(self, draft: Draft, brief: Brief) -> None:
        if self.side == "at least":
            draft.bound(self.marked(brief), self.groups(brief), least=self.count)
        else:
            draft.bound(self.marked(brief), self.groups(brief), most=self.count)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        marked = set(self.marked(brief))
        faults = []
        for g in self.groups(brief):
            count = len(marked.intersection(groups[g]))
            if (count < self.count) if self.side == "at least" else (count > self.count):
                faults.append(f"{brief.slots[g].name} has {count or 'nobody'} with {self.what(brief)}.")
        return faults

    def marked(self, brief: Brief) -> list[int]:
        """Return the members who are counted."""
        return [i for i, m in enumerate(brief.members) if holds(m, self.kind, self.value, brief.roster)]

    def groups(self, brief: Brief) -> list[int]:
        """Return the groups that the need is about."""
        if fold(self.group) == EVERY_GROUP:
            return list(range(len(brief.slots)))
        return [brief.slot_numbers[fold(self.group)]]


def check_supply(rules: Iterable[object], brief: Brief) -> None:
    """Check that needs for the same people do not ask for more, or leave room for fewer, than there are.

    The solver would find the same; here it is said at once, with the names of those people.

    Raises
    ------
    RulesConflict
        With the needs and whom they are about.
    """
    alike: dict[tuple[str, tuple[int, ...]], list[Needs]] = {}
    for rule in rules:
        if isinstance(rule, Needs):
            alike.setdefault((rule.side, tuple(rule.marked(brief))), []).append(rule)
    for (side, marked), needs in alike.items():
        for need in needs:
            _check_room(need, brief)
        if _enough(side, needs, len(marked), brief):
            continue
        fewest = needs
        for need in needs:  # leave out what the conflict does not depend on
            without = [other for other in fewest if other is not need]
            if not _enough(side, without, len(marked), brief):
                fewest = without
        who, what, total = [brief.name(i) for i in marked], fewest[0].what(brief), _total(side, fewest, brief)
        only = "only " if who and side == "at least" else ""
        have = f"{_some(who)} {'has' if len(who) == 1 else 'have'}" if who else "nobody has"
        advice = (
            f"{total} asked for, {len(who)} there: ask for fewer, or add people who have it."
            if side == "at least"
            else f"There is room for {total} of them, but {len(who)} are there: allow more."
        )
        sentences = [need.sentence(brief) for need in fewest]
        raise RulesConflict(
            [*sentences, f"Of those present, {only}{have} {what}."], [advice], minimal=True, rules=fewest
        )


def _check_room(need: Needs, brief: Brief) -> None:
    small = [g for g in need.groups(brief) if need.side == "at least" and brief.sizes[g] < need.count]
    if small:
        slot = brief.slots[small[0]]
        raise RulesConflict(
            [need.sentence(brief), f"{slot.name} has {counted(slot.size, 'member')}."],
            [f"Ask for {slot.size} or fewer, or make the group larger."],
            minimal=True,
            rules=[need],
        )


def _enough(side: str, needs: list[Needs], there: int, brief: Brief) -> bool:
    total = _total(side, needs, brief)
    return total <= there if side == "at least" else total >= there


def _total(side: str, needs: list[Needs], brief: Brief) -> int:
    """Return how many members the needs of one side ask for, or leave room for, in all groups."""
    total = [0] * len(brief.sizes) if side == "at least" else list(brief.sizes)
    stricter = max if side == "at least" else min
    for need in needs:
        for g in need.groups(brief):
            total[g] = stricter(total[g], need.count)
    return sum(total)


def _some(words: list[str]) -> str:
    more = len(words) - MOST_VALUES
    return listed([*words[:MOST_VALUES], f"{more} more"] if more > 0 else words)
