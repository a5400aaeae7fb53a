"""Exact matching on a list of pairs, and who stands in the way when there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_bipartite_matching

from matcher.instance import Bools, Ints


def exact_matching(i: Ints, j: Ints, weight: Ints) -> Ints:
    """Maximum-weight matching among those with the most pairs.

    Parameters
    ----------
    i, j
        ``(m,)`` int, the pairs that may be formed, each once.
    weight
        ``(m,)`` int.

    Returns
    -------
    Ints
        ``(p, 2)`` matched pairs, each with the smaller index first, in order.
    """
    names, ends = np.unique(np.concatenate([i, j]), return_inverse=True)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(names)))
    m = len(i)
    graph.add_edges_from(list(zip(ends[:m].tolist(), ends[m:].tolist(), weight.tolist(), strict=True)))
    matched = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    pairs = np.array(sorted(tuple(sorted(pair)) for pair in matched), dtype=np.int64).reshape(-1, 2)
    return names[pairs].astype(np.int64)


@dataclass(frozen=True, eq=False)
class Blockers:
    """Why nobody can pair everyone up: too many odd parts compete for too few members.

    Without the members in ``needed`` the others fall into parts that may not be mixed. Each
    odd part has somebody left over who needs one of ``needed``, and there are more odd parts
    than that (Tutte's theorem).

    Parameters
    ----------
    needed
        ``(s,)`` int, members whom the odd parts compete for; may be empty.
    parts
        The odd parts, smallest first: more than ``s`` of them.
    """

    needed: Ints
    parts: tuple[Ints, ...]


def blockers(allowed: Bools) -> Blockers | None:
    """Who stands in the way of pairing everybody up.

    Parameters
    ----------
    allowed
        ``(n, n)`` symmetric bool, who may be paired; the diagonal is ignored.

    Returns
    -------
    Blockers | None
        A proof that even the largest set of pairs leaves members over (for odd ``n``: more than
        the one who can join a trio), or ``None`` when it does not.
    """
    graph = np.array(allowed, dtype=bool)
    np.fill_diagonal(graph, False)
    n = len(graph)
    for needed in (np.zeros(n, dtype=bool), _hall(graph)):
        found = _witness(graph, needed)
        if found is not None:
            return found
    left = _left_over(graph)
    return _witness(graph, _gallai_edmonds(graph, left)) if left > n % 2 else None


def _witness(graph: Bools, needed: Bools) -> Blockers | None:
    """The odd parts without ``needed``, if there are enough of them to prove something."""
    rest = np.flatnonzero(~needed)
    _, label = connected_components(csr_array(graph[np.ix_(rest, rest)]), directed=False)
    sizes = np.bincount(label, minlength=1)
    odd = [rest[label == part] for part in np.flatnonzero(sizes % 2 == 1)]
    if len(odd) <= needed.sum() + len(graph) % 2:
        return None
    return Blockers(np.flatnonzero(needed), tuple(sorted(odd, key=lambda part: (len(part), part[0]))))


def _hall(graph: Bools) -> Bools:
    """Partners of members who may not be paired among themselves and outnumber their partners.

    Two copies of everybody are matched as a bipartite graph; the members reached by alternating
    paths from an unmatched one have too few partners (Kőnig).
    """
    n = len(graph)
    mate = maximum_bipartite_matching(csr_array(graph), perm_type="column")
    free = np.flatnonzero(mate < 0)
    needed = np.zeros(n, dtype=bool)
    if not len(free):
        return needed
    # One step: from a member to somebody's partner, and on to that partner's match.
    back = np.full(n, -1)
    back[mate[mate >= 0]] = np.flatnonzero(mate >= 0)
    i, j = np.nonzero(graph)
    on = back[j] >= 0
    source = np.full(len(free), n)
    tails, heads = np.concatenate([i[on], source]), np.concatenate([back[j[on]], free])
    steps = coo_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(n + 1, n + 1)).tocsr()
    reached = breadth_first_order(steps, n, return_predecessors=False)
    needed[:] = graph[reached[reached < n]].any(axis=0)
    return needed


def _left_over(graph: Bools) -> int:
    """Members left over by a largest matching."""
    i, j = np.nonzero(np.triu(graph))
    return len(graph) - 2 * len(exact_matching(i, j, np.zeros(len(i), dtype=np.int64)))


def _gallai_edmonds(graph: Bools, left: int) -> Bools:
    """Neighbours of the members whom some largest matching leaves over (Gallai and Edmonds).

    Members with the same neighbours behave alike, so one of each kind is tried.
    """
    n = len(graph)
    spare = np.zeros(n, dtype=bool)
    closed = graph | np.eye(n, dtype=bool)
    known: dict[bytes, bool] = {}
    for member in range(n):
        keys = (graph[member].tobytes(), closed[member].tobytes())
        answer = next((known[key] for key in keys if key in known), None)
        if answer is None:
            others = np.arange(n) != member
            answer = _left_over(graph[np.ix_(others, others)]) == left - 1
        known[keys[0]] = known[keys[1]] = spare[member] = answer
    needed: Bools = graph[spare].any(axis=0) & ~spare
    return needed
