"""The session's thread to what the server keeps: workspace and runs, by their ids in the address."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from matcher.people.errors import InputError
from matcher.work.server import server
from matcher.work.workspace import Workspace

_ID = "workspace_id"
_MESSAGE = "message"


@st.cache_resource(show_spinner=False)
def _load_solver() -> None:
    """Load the solver, once, while a manager reads the roster: no page and no plan waits for it."""

    def load() -> None:
        import matcher.forming  # noqa: F401 - for its effect
        from matcher.solve.compiled import warm_up

        warm_up()

    threading.Thread(target=load, name="load-solver", daemon=False).start()


def workspace() -> Workspace:
    """Return the workspace of this session; the address names it, so a reload and a second tab find it."""
    kept = server().workspaces
    id_ = st.session_state.get(_ID) or st.query_params.get("workspace", "")
    found = kept.get(id_)
    if found is None:
        if id_:
            st.toast("The server was started again; what was entered before is no longer there.")
        id_ = kept.open()
        found = Workspace()
    st.session_state[_ID] = id_
    _show("workspace", id_)
    if found.people is not None:
        _load_solver()
    if not found.run and "run" in st.query_params and server().jobs.look(st.query_params["run"]):
        found = keep(run=st.query_params["run"])
    if found.run:
        _show("run", found.run)
    return found


def _show(name: str, id_: str) -> None:
    if st.query_params.get(name) != id_:
        st.query_params[name] = id_


def put(changed: Workspace) -> Workspace:
    """Keep a changed workspace."""
    server().workspaces.put(st.session_state[_ID], changed)
    return changed


def keep(**changes: object) -> Workspace:
    """Change some fields of the workspace, as it is now, and keep it."""
    now = server().workspaces.get(st.session_state[_ID]) or Workspace()
    return put(replace(now, **changes))  # type: ignore[arg-type]


def try_change(change: Callable[[Workspace], Workspace], done: str = "") -> Workspace | None:
    """Change the workspace and return it, or leave the reason why not for the page to show."""
    now = server().workspaces.get(st.session_state[_ID]) or Workspace()
    try:
        changed = put(change(now))
    except InputError as error:
        st.session_state[_MESSAGE] = error
        return None
    st.session_state[_MESSAGE] = done or None
    return changed


def say(message: InputError | str) -> None:
    """Leave something for the page to say."""
    st.session_state[_MESSAGE] = message


def take_message() -> InputError | str | None:
    """Return what the last change left to be said, once."""
    message: InputError | str | None = st.session_state.pop(_MESSAGE, None)
    return message
