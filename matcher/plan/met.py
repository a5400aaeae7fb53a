"""Who has met whom: in how many past rounds every two members were in one group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.instance import Ints
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.history import Round
from matcher.people.roster import Roster
from matcher.plan.familiarity import rounds_together


def meetings(brief: Brief) -> Ints:
    """``(n, n)`` int: in how many past rounds two present members were together; 0 on the diagonal."""
    n = len(brief.members)
    met = np.zeros((n, n), dtype=np.int64)
    for (i, j), times in rounds_together(brief).items():
        met[i, j] = met[j, i] = times
    return met


@dataclass(frozen=True, eq=False)
class Met:
    """Who has met whom.

    Parameters
    ----------
    brief
        Whom it is about: those who are present, in the order of their names' keys.
    times
        ``(n, n)`` int, rounds in which two of them were together.
    """

    brief: Brief
    times: Ints

    @classmethod
    def of(cls, roster: Roster, rounds: Iterable[Round]) -> Met:
        """Return who of those present has met whom in these rounds."""
        everybody = Slot("everybody", len(roster.present))
        brief = Brief(roster, PlanKind.TEAMS, (everybody,), rounds=tuple(rounds))
        return cls(brief, meetings(brief))

    @property
    def names(self) -> list[str]:
        """What each member is called, in the order of the indices."""
        return [self.brief.name(i) for i in range(len(self.brief.members))]

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        n = len(self.times)
        return n * (n - 1) // 2

    @property
    def new_pairs(self) -> int:
        """How many pairs have never met."""
        return self.pairs - int((np.triu(self.times, 1) > 0).sum())

    @property
    def most(self) -> int:
        """The most rounds in which any two were together."""
        return int(self.times.max(initial=0))

    def never(self, index: int) -> list[int]:
        """Return the members whom one has never met."""
        return [j for j in np.flatnonzero(self.times[index] == 0).tolist() if j != index]

    @property
    def others(self) -> Ints:
        """``(n,)`` int: how many others each member has met."""
        others: Ints = (self.times > 0).sum(axis=1)
        return others

    def fewest(self) -> list[int]:
        """Return the members who have met the fewest others, unless all have met as many."""
        others = self.others
        return [] if len(set(others.tolist())) < 2 else np.flatnonzero(others == others.min()).tolist()

    def never_met(self, among: Iterable[int] | None = None) -> list[tuple[int, int]]:
        """Return the pairs that have never met, in the order of the members.

        Parameters
        ----------
        among
            Only pairs with one of these members.
        """
        new = np.triu(self.times == 0, 1)
        if among is not None:
            wanted = np.isin(np.arange(len(new)), list(among))
            new &= wanted[:, None] | wanted[None, :]
        found: Sequence[Sequence[int]] = np.argwhere(new).tolist()
        return [(i, j) for i, j in found]

    def most_often(self) -> list[tuple[int, int]]:
        """Return the pairs that were together in the most rounds, unless nobody was in more than one."""
        if self.most < 2:
            return []
        found: Sequence[Sequence[int]] = np.argwhere(np.triu(self.times) == self.most).tolist()
        return [(i, j) for i, j in found]
