"""Two members with a friction that must not share a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.friction import Friction
from matcher.rules.apart import Apart
from matcher.rules.base import Groups


@dataclass(frozen=True)
class Never:
    """A friction that was entered as *never* keeps its two members apart."""

    friction: Friction
    rule: ClassVar[str] = "never"
    private: ClassVar[bool] = True

    @property
    def _apart(self) -> Apart:
        return Apart((self.friction.a, self.friction.b))

    def applies(self, brief: Brief) -> bool:
        return self._apart.applies(brief)

    def sentence(self, brief: Brief) -> str:
        i, j = brief.present((self.friction.a, self.friction.b))
        return f"{brief.name(i)} and {brief.name(j)} never work together (friction)."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        self._apart.forbid(draft, brief)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        return self._apart.broken(groups, brief)
