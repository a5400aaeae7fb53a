"""A press is done, even when another one follows at once.

Streamlit ends a page's run as soon as the next press has arrived, and takes what it is doing for drawing: a
press whose callback had not begun, or had just begun, is gone without a word. Presses wait for each other
only with ``runner.fastReruns = false`` in the configuration; with that, this keeps their callbacks whole.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


def keep_presses() -> None:
    """Let callbacks run to their end; what follows is drawn anew right after them."""
    original = SafeSessionState.on_script_will_rerun
    if hasattr(original, "__wrapped__"):
        return

    @wraps(original)
    def whole(state: SafeSessionState, *args: Any, **options: Any) -> None:
        # a run asks whether to end only while it is marked as executing the page
        run: Any = getattr(state._yield_callback, "__self__", None)
        executing = getattr(run, "_execing", None)
        if executing is None:
            original(state, *args, **options)
            return
        run._execing = False
        try:
            original(state, *args, **options)
        finally:
            run._execing = executing

    SafeSessionState.on_script_will_rerun = whole  # type: ignore[assignment, method-assign]
