"""A server that is killed at any moment has lost nothing that it had acknowledged."""

from __future__ import annotations

from tests.store.killing import Survived, begin, kill_and_look

KILLS = 3


def test_whatever_was_acknowledged_is_there_after_kills_at_random_moments(url: str):
    id_, survived = begin(url), Survived()
    for seed in range(KILLS):
        kill_and_look(url, id_, seed, survived, plan=seed == 0)

    assert survived.faults == []
    assert survived.kills == KILLS
    assert survived.edits > 0
    assert 0 < survived.found <= survived.under_way
