"""How many of a kind a group holds at least or at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.people.roster import Roster
from matcher.rules.base import Groups

EVERY_GROUP = "every group"


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
    private: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.side not in ("at least", "at most"):
            raise ValueError(f"“{self.side}” has to be “at least” or “at most”.")
        if self.count < 0:
            raise ValueError(f"“{self.kind}={self.value}” needs a number of 0 or more.")

    @property
    def rule(self) -> str:
        """Its name in files."""
        return self.side

    def applies(self, brief: Brief) -> bool:
        return True

    def sentence(self, brief: Brief) -> str:
        where = f"Every {brief.kind.word}" if fold(self.group) == EVERY_GROUP else self.group
        what = f"{self.value}" if fold(self.kind) in ("family", "superpower") else f"{self.kind} {self.value}"
        people = "member" if self.count == 1 else "members"
        return f"{where} has {self.side} {self.count} {people} with {what}."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        if self.side == "at least":
            draft.bound(self._marked(brief), self._groups(brief), least=self.count)
        else:
            draft.bound(self._marked(brief), self._groups(brief), most=self.count)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        marked = set(self._marked(brief))
        faults = []
        for g in self._groups(brief):
            count = len(marked.intersection(groups[g]))
            if (count < self.count) if self.side == "at least" else (count > self.count):
                faults.append(f"{brief.slots[g].name} has {count} with {self.kind} {self.value}.")
        return faults

    def _marked(self, brief: Brief) -> list[int]:
        return [i for i, m in enumerate(brief.members) if holds(m, self.kind, self.value, brief.roster)]

    def _groups(self, brief: Brief) -> list[int]:
        if fold(self.group) == EVERY_GROUP:
            return list(range(len(brief.slots)))
        return [brief.slot_numbers[fold(self.group)]]
