"""Members who must share a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.names import listed
from matcher.rules.base import Groups, group_of


@dataclass(frozen=True)
class Together:
    """Two or more members, given by their keys, are in the same group."""

    members: tuple[str, ...]
    rule: ClassVar[str] = "together"
    private: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if len(set(self.members)) < 2:
            raise ValueError("“together” needs two or more different members.")

    def applies(self, brief: Brief) -> bool:
        return len(brief.present(self.members)) > 1

    def sentence(self, brief: Brief) -> str:
        return f"{listed(brief.name(i) for i in brief.present(self.members))} are together."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        draft.together(brief.present(self.members))

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        group = group_of(groups)
        placed = [i for i in brief.present(self.members) if i in group]
        return [
            f"{brief.name(placed[0])} is in {brief.slots[group[placed[0]]].name}, "
            f"{brief.name(i)} in {brief.slots[group[i]].name}."
            for i in placed[1:]
            if group[i] != group[placed[0]]
        ]
