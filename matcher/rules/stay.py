"""An existing plan is changed only so much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.names import counted
from matcher.rules.base import Groups, group_of


@dataclass(frozen=True)
class Stay:
    """At most so many members are in another group than in the plan that was there before.

    Parameters
    ----------
    home
        Keys of the members to the number of their group, as the brief numbers its slots. Whose group is
        no more has −1 and counts as moved; who is new has none and does not.
    most
        How many may move; 0 or more.
    """

    home: Mapping[str, int] = field(hash=False)
    most: int = 0
    rule: ClassVar[str] = "stay"
    private: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.most < 0:
            raise ValueError(f"The number of people who may move is {self.most}; it has to be 0 or more.")

    def applies(self, brief: Brief) -> bool:
        return any(key in brief.indices for key in self.home)

    def sentence(self, brief: Brief) -> str:
        return f"At most {counted(self.most, 'person moves', 'people move')} to another {brief.kind.word}."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        home = np.full(draft.members, -1, dtype=np.int64)
        uprooted = []
        for key, group in self.home.items():
            for i in brief.present((key,)):
                home[i] = group
                uprooted += [i] * (group < 0)
        if len(uprooted) > self.most:
            for i in uprooted:
                draft.only(i, [])
        elif self.most - len(uprooted) < (home >= 0).sum():
            draft.stay(home, self.most - len(uprooted))

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        group = group_of(groups)
        moved = [
            i for key, home in self.home.items() for i in brief.present((key,)) if group.get(i, home) != home
        ]
        if len(moved) <= self.most:
            return []
        return [f"{counted(len(moved), 'person moves', 'people move')} to another {brief.kind.word}."]
