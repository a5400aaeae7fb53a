"""People who were together in past rounds are apart, or, if the manager prefers, together again."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.goals.base import Group, Points, Quiet, Reason
from matcher.people.brief import Brief
from matcher.people.names import counted, listed

REACH = 8
"""So many rounds back count; an older one would weigh less than half a point of a hundred."""


def _repeats(brief: Brief) -> NDArray[np.int8]:
    n = len(brief.members)
    rounds = brief.rounds[-REACH:]
    together = np.zeros((n, n), dtype=np.uint8)  # one bit a round, the highest for the last
    for bit, former in enumerate(rounds):
        for references in former.groups.values():
            people = list(brief.meant(references))
            together[np.ix_(people, people)] |= np.uint8(1 << bit)
    np.fill_diagonal(together, 0)
    whole = 2 ** len(rounds) - 1
    points = [round(Fraction(100 * bits, whole)) if whole else 0 for bits in range(whole + 1)]
    return np.array(points, dtype=np.int8)[together]


class Fresh(Quiet):
    """``100 − mean over the group's pairs of repeat(i,j)``; with *keep*, the mean itself.

    ``repeat(i,j) = round(100 · Σ 2^−a over the rounds in which the two were together / Σ 2^−a over all)``,
    where ``a`` is 0 for the last round, 1 for the one before, and so on: each round back counts half.
    """

    name = "fresh"
    label = "Fresh"
    sentence = (
        "People who were together in past rounds are apart; "
        "or together again, when the manager wants to keep what is familiar."
    )
    default = "off"

    def lacks(self, brief: Brief) -> str:
        return "" if brief.rounds else "Give at least one past round as history."

    def contribute(self, brief: Brief) -> Points:
        pairs = np.array([max(1, m * (m - 1) // 2) for m in brief.sizes], dtype=np.int64)
        repeats = self._repeats(brief)
        if brief.keep_pairs:
            return Points(pairs, pair=repeats, factor=np.ones_like(pairs))
        return Points(pairs, base=100 * pairs, pair=repeats, factor=np.full_like(pairs, -1))

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        points = [int(self._repeats(brief)[i, j]) for i, j in combinations(group, 2)]
        mean = Fraction(sum(points), max(1, len(points)))
        return mean if brief.keep_pairs else 100 - mean

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        pairs = list(combinations(group, 2))
        again = [(i, j) for i, j in pairs if self._repeats(brief)[i, j]]
        if not pairs:
            return []
        if len(pairs) == 1:
            names = listed(brief.name(i) for i in group)
            been = "have been" if again else "have not been"
            return [Reason(f"{names} {been} together in a past round.", 0.7)]
        if not again:
            return [Reason("No two of them have been together in a past round.", 0.7)]
        new = len(pairs) - len(again)
        shown = again if len(again) < 5 else again[:3]
        names = "; ".join(listed((brief.name(i), brief.name(j))) for i, j in shown)
        more = f"; and {len(again) - len(shown)} more" if shown != again else ""
        text = f"{counted(new, 'pair is', 'pairs are')} new; together before: {names}{more}."
        return [Reason(text if new else f"Together before: {names}{more}.", 0.7)]

    def _repeats(self, brief: Brief) -> NDArray[np.int8]:
        return brief.memo(self.name, _repeats)
