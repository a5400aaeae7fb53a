"""Members who must be in one particular group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.names import fold, listed
from matcher.rules.base import Groups, group_of


@dataclass(frozen=True)
class Pin:
    """Members, given by their keys, are in the group of this name."""

    members: tuple[str, ...]
    group: str
    rule: ClassVar[str] = "pin"
    private: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self.members or not self.group.strip():
            raise ValueError("“pin” needs a member and the name of a group.")

    def applies(self, brief: Brief) -> bool:
        return bool(brief.present(self.members))

    def sentence(self, brief: Brief) -> str:
        people = brief.present(self.members)
        return (
            f"{listed(brief.name(i) for i in people)} {'is' if len(people) == 1 else 'are'} in {self.group}."
        )

    def forbid(self, draft: Draft, brief: Brief) -> None:
        for i in brief.present(self.members):
            draft.only(i, [brief.slot_numbers[fold(self.group)]])

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        group = group_of(groups)
        wanted = brief.slot_numbers[fold(self.group)]
        return [
            f"{brief.name(i)} is in {brief.slots[group[i]].name}."
            for i in brief.present(self.members)
            if group.get(i, wanted) != wanted
        ]
