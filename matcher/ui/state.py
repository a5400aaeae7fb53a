"""The session's thread to what the server keeps: the workspace, by its id in the address."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from matcher.people.errors import InputError
from matcher.store.errors import StoreError
from matcher.ui.markup import plain
from matcher.ui.web.headers import BROWSER
from matcher.work.server import server
from matcher.work.workspace import Workspace
from matcher.work.workspaces import called

if TYPE_CHECKING:
    from matcher.store.workspaces import Entry

_ID = "workspace_id"
_NEW = "workspace_is_new"  # nothing is kept of it yet
_OPENED = "workspaces_opened"  # ids of those that this session has opened
_MESSAGE = "message"
VIEWS = "views"
"""Where the session keeps what the address says of the pages' views."""

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")  # what the server gives; whatever else comes is no cookie of ours


@st.cache_resource(show_spinner=False)
def _load_solver() -> None:
    """Load the solver, once, while a manager reads the roster: no page and no plan waits for it."""

    def load() -> None:
        import matcher.forming  # noqa: F401 - for its effect
        from matcher.solve.compiled import warm_up

        warm_up()

    threading.Thread(target=load, name="load-solver", daemon=False).start()


def workspace() -> Workspace:
    """Return the workspace of this session as it is now; a page that cannot have one ends with the reason.

    The address names it. At the bare address it is the one that this browser used last, or a new one, of
    which nothing is kept before there is something in it.
    """
    with _database_or_the_reason():
        entry = _entry()
        found = None if entry is None else server().workspaces.get(entry.id)
    if found is None:
        if not st.session_state[_NEW]:
            _say_that_there_is_none()
        return Workspace(id=st.session_state[_ID])
    _show(found)
    if found.people is not None:
        _load_solver()
    return found


def workspace_name() -> str:
    """Return what this session's workspace is called; empty as long as nothing is kept of it.

    The address names the workspace from here on. Before the pages are: a browser that goes to another page
    then makes one entry of its history for it, with the whole address, and no second one to complete it.
    """
    try:
        entry = _entry()
        if entry is not None and (found := server().workspaces.get(entry.id)) is not None:
            _show(found)
    except StoreError:
        return ""  # the page says so
    return called(entry) if entry else ""


def workspaces() -> list[Entry]:
    """Return the workspaces that this browser has opened, the latest first.

    Without a cookie to know the browser by, they are those of the session.
    """
    with _database_or_the_reason():
        _entry()
        return _known()


@contextmanager
def _database_or_the_reason() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


def _entry() -> Entry | None:
    """Return this session's workspace without what is in it; ``None`` when nothing is kept of it."""
    if _ID not in st.session_state and _is_an_old_page():
        st.warning(
            "The server was started again. Everything that was kept is here. If you pressed or typed "
            "something in the last moment, look whether it is there.",
            icon=":material/restart_alt:",
        )
    asked = st.query_params.get("workspace", "")
    if asked and asked != st.session_state.get(_ID):
        enter(asked)  # somebody followed a link, or went back in the browser
    elif _ID not in st.session_state:
        enter(next((entry.id for entry in _known() if entry.archived is None), ""))
    entry = server().workspaces.rows.find(st.session_state[_ID])
    if entry is not None:
        st.session_state[_NEW] = False
        _note(entry.id)
    return entry


def _is_an_old_page() -> bool:
    """Whether the page has widgets already although the session begins: another server drew them.

    A browser that finds its server again goes on with the page that it has. What is pressed first tells the
    new server what the widgets say, but not which of them was pressed.
    """
    context = get_script_run_ctx()
    return context is not None and bool(context.session_state.get_widget_states())


def enter(id_: str = "") -> None:
    """Make a workspace that of this session, and leave the one before with all that the pages show of it.

    Parameters
    ----------
    id_
        Which; a new one when empty.
    """
    if _ID in st.session_state:
        opened = st.session_state.get(_OPENED, ())
        st.session_state.clear()
        st.session_state[_OPENED] = opened
    st.session_state[_ID], st.session_state[_NEW] = id_ or server().workspaces.new_id(), not id_
    if st.query_params.get("workspace", "") != id_:
        st.query_params.from_dict({"workspace": id_} if id_ else {})


def here() -> str:
    """Return the id of this session's workspace; empty when nothing is kept of it."""
    return "" if st.session_state.get(_NEW, True) else str(st.session_state[_ID])


def _known() -> list[Entry]:
    rows = server().workspaces.rows
    if browser := _browser():
        return rows.of_browser(browser)
    found = (rows.find(id_) for id_ in st.session_state.get(_OPENED, ()))
    return [entry for entry in found if entry is not None]


def put_on_list(id_: str) -> None:
    """Put a workspace on this browser's list, without opening it."""
    present, opened = st.session_state[_ID], st.session_state.get(_OPENED, ())
    st.session_state[_OPENED] = (*opened[:1], id_, *opened[1:])
    if browser := _browser():
        rows = server().workspaces.rows
        rows.opened(browser, id_)
        rows.opened(browser, present)  # it is the one that the browser comes back to


def leave(id_: str) -> None:
    """Take a workspace off this browser's list; it stays as it is."""
    if browser := _browser():
        server().workspaces.rows.leave(browser, id_)
    st.session_state[_OPENED] = tuple(i for i in st.session_state.get(_OPENED, ()) if i != id_)


def _note(id_: str) -> None:
    """Note, once a session, that this browser has opened a workspace."""
    opened = st.session_state.get(_OPENED, ())
    if opened[:1] == (id_,):
        return
    st.session_state[_OPENED] = (id_, *(other for other in opened if other != id_))
    if browser := _browser():
        server().workspaces.rows.opened(browser, id_)


def _browser() -> str:
    """Return what is kept of this browser's cookie: enough to know it again, too little to be it."""
    cookie = str(st.context.cookies.get(BROWSER, ""))
    return sha256(cookie.encode()).hexdigest() if _COOKIE.fullmatch(cookie) else ""


def _say_that_there_is_none() -> None:
    st.title("This workspace is not here")
    st.markdown(
        "No workspace has this link: it was deleted, the link is not complete, or it belongs to another "
        "server. Nothing was changed."
    )
    with st.container(horizontal=True):
        st.button("Begin a new workspace", type="primary", icon=":material/add:", on_click=enter)
        st.page_link(
            "matcher/ui/pages/workspaces.py",
            label="Workspaces of this browser",
            icon=":material/folder_open:",
            width="content",
        )
    st.stop()


def _show(now: Workspace) -> None:
    """Let the address name a workspace and its plan: at once, for each change is one step for Back.

    Who goes to another page loses the whole address, what it says of the views included.
    """
    said = {"workspace": now.id} | ({"run": now.run} if now.run else {})
    if "workspace" not in st.query_params:
        said |= st.session_state.get(VIEWS, {})
    if any(st.query_params.get(name) != id_ for name, id_ in said.items()):
        st.query_params.update(said)


def change(wanted: Callable[[Workspace], Workspace]) -> Workspace:
    """Change the workspace as it is now, and return it once it is kept.

    Raises
    ------
    InputError
        When it cannot be changed so, or cannot be kept.
    """
    id_, new = st.session_state[_ID], st.session_state[_NEW]
    after = server().workspaces.change(id_, wanted, begin=new)
    if new and server().workspaces.rows.find(id_) is not None:
        st.session_state[_NEW] = False
        _note(id_)
    return after


def keep(**changes: object) -> Workspace:
    """Change some fields of the workspace, as it is now, and keep it."""
    return change(lambda now: replace(now, **changes))  # type: ignore[arg-type]


def try_change(wanted: Callable[[Workspace], Workspace], done: str = "") -> Workspace | None:
    """Change the workspace and return it, or leave the reason why not for the page to show."""
    try:
        changed = change(wanted)
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
