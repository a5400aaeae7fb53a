"""What every rule offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from matcher.instance import Draft
from matcher.people.brief import Brief

Groups = Sequence[Sequence[int]]
"""Indices of the members in each group, in the order of the brief's slots."""


class Rule(Protocol):
    """Something that must hold."""

    @property
    def rule(self) -> str:
        """Its name in files."""

    @property
    def private(self) -> bool:
        """Whether it tells who is kept apart, and stays in the manager's copy."""

    def applies(self, brief: Brief) -> bool:
        """Return whether the rule says something about those who are present."""

    def sentence(self, brief: Brief) -> str:
        """Return the rule in the manager's words."""

    def forbid(self, draft: Draft, brief: Brief) -> None:
        """Add what the rule forbids to an instance."""

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        """Return who breaks the rule, a sentence each; nothing when it is kept."""


def group_of(groups: Groups) -> dict[int, int]:
    """Return the number of each placed member's group."""
    return {i: g for g, group in enumerate(groups) for i in group}


def sharing(pairs: Iterable[tuple[int, int]], groups: Groups, brief: Brief) -> list[str]:
    """Return a sentence for each of the pairs that shares a group."""
    group = group_of(groups)
    return [
        f"{brief.name(i)} and {brief.name(j)} are both in {brief.slots[group[i]].name}."
        for i, j in pairs
        if i in group and group[i] == group.get(j)
    ]
