"""Members who must not share a group."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.names import listed
from matcher.rules.base import Groups, sharing


@dataclass(frozen=True)
class Apart:
    """Two or more members, given by their keys, are all in different groups."""

    members: tuple[str, ...]
    rule: ClassVar[str] = "apart"
    private: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if len(set(self.members)) < 2:
            raise ValueError("“apart” needs two or more different members.")

    def applies(self, brief: Brief) -> bool:
        return len(brief.present(self.members)) > 1

    def sentence(self, brief: Brief) -> str:
        return f"{listed(brief.name(i) for i in brief.present(self.members))} are apart."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        for i, j in combinations(brief.present(self.members), 2):
            draft.apart(i, j)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        return sharing(combinations(brief.present(self.members), 2), groups, brief)
