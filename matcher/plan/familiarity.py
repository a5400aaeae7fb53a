"""Who has been in one group before, in any round that was really used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from matcher.people.brief import Brief


def rounds_together(brief: Brief) -> Mapping[tuple[int, int], int]:
    """Return how many rounds two present members were together in, by their indices, the lower one first."""
    return brief.memo("rounds together", _counted)


def familiar_pairs(brief: Brief, group: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of a group who were together in a past round."""
    known = rounds_together(brief)
    return [pair for pair in combinations(sorted(group), 2) if pair in known]


def _counted(brief: Brief) -> Mapping[tuple[int, int], int]:
    counts: dict[tuple[int, int], int] = {}
    for former in brief.rounds:
        for references in former.groups.values():
            for pair in combinations(sorted(brief.meant(references)), 2):
                counts[pair] = counts.get(pair, 0) + 1
    return MappingProxyType(counts)
