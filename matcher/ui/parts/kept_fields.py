"""Fields of which every change is kept in the workspace, also while text is still being typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import streamlit as st

from matcher.people.errors import InputError
from matcher.ui.state import change, say, workspace
from matcher.work.workspace import Workspace

Keep = Callable[[Workspace, Any, Any], Workspace]
"""Takes the workspace, what a field showed, and what it says; returns the workspace that keeps it."""


@dataclass
class _Fields:
    """What each field showed last, and what keeps the next; one change of a session at a time.

    Whoever types on while a change is being kept starts another run of the page beside the one that keeps it,
    and that one ends at its next look into the session.
    """

    shown: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, Keep] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def _fields() -> _Fields:
    fields: _Fields = st.session_state.setdefault("kept_fields", _Fields())
    return fields


def kept_field(key: str, kept: Any, keep: Keep) -> dict[str, Any]:
    """Return the options of a widget that shows what is kept, and keeps what it is changed to.

    A field whose text is still being typed is not touched, and one that was changed elsewhere begins anew.
    The page has to :func:`catch_up` before.

    Parameters
    ----------
    key
        Of the widget; the same as long as it is about the same.
    kept
        What is kept, as the widget has it.
    keep
        What keeps another value. What it raises is said on the page, and the field shows again what is kept.
    """
    fields = _fields()
    anew = key not in fields.shown or fields.shown[key] != kept
    if key not in st.session_state or (anew and st.session_state[key] != kept):
        st.session_state[key] = kept
    fields.shown[key], fields.keep[key] = kept, keep
    return {"key": key, "on_change": _changed, "args": (key,)}


def catch_up(now: Workspace) -> Workspace:
    """Keep what fields say and what is not kept yet; return the workspace with it."""
    fields = _fields()
    if not fields.shown:
        return now
    for key in list(fields.shown):
        _changed(key)
    with fields.lock:  # another run may be keeping something: it is there afterwards
        return workspace()


def _changed(key: str) -> None:
    fields = _fields()
    with fields.lock:
        said = st.session_state.get(key, fields.shown.get(key))  # ends a run that is no longer wanted
        if key not in fields.shown or said == fields.shown[key]:
            return
        try:
            change(lambda now: fields.keep[key](now, fields.shown[key], said))
        except InputError as error:
            del fields.shown[key]
            say(error)
        else:
            fields.shown[key] = said
