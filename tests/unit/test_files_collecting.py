"""Reading without the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from matcher.files import load_roster
from matcher.files.tables.collecting import without_collecting
from matcher.people.errors import InputError


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_collected_meanwhile_and_everything_again_afterwards():
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_did_not_run_before_does_not_run_afterwards():
    gc.disable()
    with without_collecting():
        pass
    assert not gc.isenabled()


def test_a_roster_that_cannot_be_read_leaves_the_collector_running():
    with pytest.raises(InputError):
        load_roster("a,b\n1,2\n")
    assert gc.isenabled()
