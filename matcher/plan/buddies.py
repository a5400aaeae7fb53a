"""Everybody's buddy inside their team: the best duos that the team has in itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.goals.calm import avoided
from matcher.people.brief import Brief
from matcher.solve.matching import best_matching


def buddies(brief: Brief, group: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the duos, and one trio when odd, into which a team falls with the greatest sum of fit.

    Two who would rather not work together, and a clash that the catalogue marks ``hard_in_duo``, are
    kept out of them where that is possible.

    Parameters
    ----------
    brief
        Who is there.
    group
        Indices of the team's members.
    """
    members = np.array(sorted(group))
    if len(members) < 4:
        return [tuple(members.tolist())]
    fit = np.array([[brief.fit.of(i, j) for j in members.tolist()] for i in members.tolist()])
    place = {int(i): p for p, i in enumerate(members)}
    rather_not, hard = [*avoided(brief)], [(i, j) for i, j, _ in brief.fit.hard]
    # better a buddy with whom to talk about a clash than none
    for apart in ([*rather_not, *hard], rather_not, []):
        allowed = ~np.eye(len(members), dtype=bool)
        for i, j in apart:
            if i in place and j in place:
                allowed[place[i], place[j]] = allowed[place[j], place[i]] = False
        found = best_matching(fit, allowed)
        if len(found.pairs):
            break
    duos = [tuple(members[pair].tolist()) for pair in found.pairs]
    return duos if found.trio is None else [*duos, tuple(members[found.trio].tolist())]
