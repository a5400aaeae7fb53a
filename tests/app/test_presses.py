"""Presses that follow each other at once; see also what a browser does."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from matcher.ui.presses import keep_presses


class Ended(BaseException):
    """The next press has arrived."""


class Run:
    """A page's run after which somebody has pressed something else."""

    def __init__(self) -> None:
        self._execing = True
        self.state = SafeSessionState(SessionState(), self.look)

    def look(self) -> None:
        if self._execing:
            raise Ended


def test_a_callback_is_not_cut_off_by_the_next_press_and_what_is_drawn_after_it_is(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)
    keep_presses()
    run, done = Run(), []

    def callback(self: SessionState, *_: Any, **__: Any) -> None:
        run.look()  # as whatever a callback asks of the session does
        done.append("pressed")

    monkeypatch.setattr(SessionState, "on_script_will_rerun", callback)
    run.state.on_script_will_rerun(None)

    assert done == ["pressed"]
    with pytest.raises(Ended):
        run.look()


def test_it_is_set_up_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)
    keep_presses()
    once = SafeSessionState.on_script_will_rerun
    keep_presses()

    assert SafeSessionState.on_script_will_rerun is once
