"""Clashes that a duo may not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief, PlanKind
from matcher.people.catalogue import Kind
from matcher.people.names import listed
from matcher.rules.base import Groups, sharing


@dataclass(frozen=True)
class HardClash:
    """No duo, and no trio of a duo round, has a clash that the catalogue marks ``hard_in_duo``.

    The manager can lift it. Superpowers that are not scored do not count here either.
    """

    rule: ClassVar[str] = "hard clash"
    private: ClassVar[bool] = False

    def applies(self, brief: Brief) -> bool:
        return brief.kind is PlanKind.DUOS and bool(brief.fit.hard)

    def sentence(self, brief: Brief) -> str:
        by_id = brief.roster.catalogue.by_id
        pairs = [
            f"{by_id[r.a].name.lower()} with {by_id[r.b].name.lower()}"
            for r in brief.roster.catalogue.relations
            if r.kind is Kind.CLASH and r.hard_in_duo
        ]
        return f"No duo pairs {listed(pairs, 'or')}."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        for i, j, _ in brief.fit.hard:
            draft.apart(i, j)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        return sharing(((i, j) for i, j, _ in brief.fit.hard), groups, brief)
