"""Everybody's buddy inside their team: the best duos that the team has in itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.people.brief import Brief
from matcher.solve.matching import best_matching


def buddies(brief: Brief, group: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the duos, and one trio when odd, into which a team falls with the greatest sum of fit.

    A clash that the catalogue marks ``hard_in_duo`` is kept out of them where that is possible.

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
    allowed = ~np.eye(len(members), dtype=bool)
    place = {int(i): p for p, i in enumerate(members)}
    for i, j, _ in brief.fit.hard:
        if i in place and j in place:
            allowed[place[i], place[j]] = allowed[place[j], place[i]] = False
    found = best_matching(fit, allowed)
    if not len(found.pairs):  # too many hard clashes: better a buddy with whom to talk about it than none
        found = best_matching(fit)
    duos = [tuple(members[pair].tolist()) for pair in found.pairs]
    return duos if found.trio is None else [*duos, tuple(members[found.trio].tolist())]
