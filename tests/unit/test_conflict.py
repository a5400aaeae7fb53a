from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from matcher.instance import Bound, Instance
from matcher.solve.conflict import possible, smallest_conflict


def without_all_of(*conflicts: set[int]):
    """Parts can hold together unless all of one of the conflicts are there."""
    return lambda parts: not any(conflict <= set(parts) for conflict in conflicts)


@pytest.mark.parametrize("conflict", [{3}, {0, 9}, {2, 5, 7}, set(range(10))])
def test_the_only_conflict_is_found(conflict: set[int]) -> None:
    assert set(smallest_conflict(range(10), without_all_of(conflict))) == conflict


def test_of_several_conflicts_one_is_found_whole_and_alone() -> None:
    conflicts = [{1, 2}, {2, 8, 9}, {0, 4, 6}]
    assert set(smallest_conflict(range(10), without_all_of(*conflicts))) in conflicts


def test_what_comes_first_is_rather_kept_out_of_the_conflict() -> None:
    assert smallest_conflict(range(10), without_all_of({0, 1}, {8, 9})) in ([0, 1], [8, 9])


def test_nothing_is_left_out_without_proof() -> None:
    undecided = lambda parts: None if len(parts) < 4 else not {1, 2} <= set(parts)  # noqa: E731
    found = smallest_conflict(range(6), undecided)
    assert {1, 2} <= set(found)
    assert len(found) == 4


def test_parts_that_can_hold_have_no_conflict() -> None:
    with pytest.raises(ValueError, match="no conflict"):
        smallest_conflict([1, 2], lambda parts: True)


def test_a_conflict_without_any_part_is_empty() -> None:
    assert smallest_conflict([1, 2], lambda parts: False) == []


def test_out_of_time_the_answer_is_a_conflict_still() -> None:
    def slow(parts: Sequence[int]) -> bool:
        time.sleep(0.02)
        return not {3, 17} <= set(parts)

    found = smallest_conflict(range(40), slow, seconds=0.05)
    assert {3, 17} <= set(found)


def roster_with(rules: Sequence[tuple[str, object]]) -> Instance:
    """60 members in twelve teams of five under rules of three kinds."""
    n, k = 60, 12
    sizes = np.full(k, 5, dtype=np.int64)
    allowed = np.ones((n, k), dtype=bool)
    pairs: list[object] = []
    bounds = []
    for kind, value in rules:
        if kind == "apart":
            pairs.append(value)
        elif kind == "pin":
            i, g = value  # type: ignore[misc]
            allowed[i] &= np.arange(k) == g
        else:
            bounds.append(Bound(np.isin(np.arange(n), value), np.full(k, 1), np.full(k, 5)))  # type: ignore[arg-type]
    apart = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Instance(sizes, allowed, apart, (), tuple(bounds), (), sizes)


def test_one_conflict_among_thirty_rules_of_sixty_members_is_found_in_time() -> None:
    rng = np.random.default_rng(3)
    harmless = [("apart", (int(a), int(b))) for a, b in rng.permutation(60)[:54].reshape(27, 2)]
    # twelve people are needed in twelve teams, so no two of them can be pinned to one
    conflict = [("need", tuple(range(12))), ("pin", (0, 4)), ("pin", (7, 4))]
    rules = [*harmless[:10], conflict[0], *harmless[10:20], conflict[1], conflict[2], *harmless[20:]]
    began = time.process_time()  # not the wall clock, which other work on the machine slows down
    found = smallest_conflict(rules, lambda kept: possible(roster_with(kept)), seconds=60)
    assert time.process_time() - began < 5
    assert found == conflict
    assert possible(roster_with(found)) is False
    for fewer in itertools.combinations(found, 2):
        assert possible(roster_with(fewer)) is True


def test_possible_says_what_the_rules_allow() -> None:
    assert possible(roster_with([("pin", (0, 4))])) is True
    two = replace(roster_with([]), allowed=np.zeros((60, 12), dtype=bool))
    assert possible(two) is False
