"""The workspaces of this browser: opened, named, copied, put away, deleted, carried elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.parts.file_field import given
from matcher.ui.state import enter, here, leave, put_on_list, say
from matcher.ui.times import moment
from matcher.work.carrying import SUFFIX, bring_along, export
from matcher.work.server import server
from matcher.work.workspace import Workspace
from matcher.work.workspaces import called

if TYPE_CHECKING:
    from matcher.store.workspaces import Entry

LONGEST = 80
"""Characters of a name."""

FIRST = 20
"""Workspaces that are shown before more are asked for."""

PEOPLE = "matcher/ui/pages/people.py"


def offer_new() -> None:
    """Show the button that begins another workspace."""
    if st.button("New workspace", key="new_workspace", icon=":material/add:", type="primary"):
        _open(server().workspaces.begin(Workspace()))


def show_workspaces(entries: Sequence[Entry]) -> None:
    """Show the workspaces that are in use, the one that was opened last first."""
    if not entries:
        st.info(
            "This browser has opened no workspace yet. One begins by itself as soon as you bring in people."
        )
    shown = st.session_state.get("workspaces_shown", FIRST)
    for entry in entries[:shown]:
        _show(entry)
    if len(entries) > shown:
        st.button(f"Show {len(entries) - shown} more", key="more_workspaces", on_click=_show_all)


def show_archived(entries: Sequence[Entry]) -> None:
    """Show the workspaces that were put away."""
    if entries:
        with st.expander(f"Archived ({len(entries)})", icon=":material/inventory_2:", key="archived"):
            for entry in entries:
                _show(entry)


def _show_all() -> None:
    st.session_state["workspaces_shown"] = 10**6


def _show(entry: Entry) -> None:
    is_here = entry.id == here()
    people = counted(entry.people, "person", "people") if entry.people else "nobody yet"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            badge = " :primary-badge[open]" if is_here else ""
            st.markdown(f"**{plain(called(entry))}**{badge}")
            st.caption(f"{people} · changed {moment(entry.changed)}")
        if not is_here and st.button("Open", key=f"open_{entry.id}", help=f"Open “{plain(called(entry))}”"):
            _open(entry.id)
        with st.popover("More", icon=":material/more_horiz:"):
            _offer(entry)


def _offer(entry: Entry) -> None:
    """Show what can be done with a workspace as a whole."""
    key = f"name_{entry.id}"
    st.text_input("Name", called(entry), key=key, max_chars=LONGEST, on_change=_rename, args=(entry.id, key))
    st.caption("Link: whoever has it can open the workspace")
    st.code(_link(entry.id), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.button(
            "Copy",
            key=f"copy_{entry.id}",
            icon=":material/content_copy:",
            on_click=_doing,
            args=(_copy, entry),
            help="Another workspace with all that is in this one, except what members gave and their links.",
        )
        st.download_button(
            "Export as a file",
            data=lambda: export(entry.id)[1],
            file_name=f"{called(entry)}{SUFFIX}",
            mime="application/octet-stream",
            on_click="ignore",
            key=f"export_{entry.id}",
            icon=":material/download:",
            help="The whole workspace in one file, to be put away, or imported here or elsewhere.",
        )
        archived = entry.archived is not None
        st.button(
            "Take out of the archive" if archived else "Archive",
            key=f"archive_{entry.id}",
            icon=":material/unarchive:" if archived else ":material/archive:",
            on_click=_doing,
            args=(_archive, entry),
        )
        st.button(
            "Take off this list",
            key=f"leave_{entry.id}",
            icon=":material/playlist_remove:",
            on_click=_doing,
            args=(_leave, entry),
            help="It stays as it is; its link still opens it.",
        )
        if st.button("Delete …", key=f"delete_{entry.id}", icon=":material/delete:"):
            _confirm(entry)


@st.dialog("Delete this workspace?")
def _confirm(entry: Entry) -> None:
    if server().workspaces.rows.find(entry.id) is None:
        st.rerun()  # deleted just now, and with it what the session knew of the press
    people = f" with {counted(entry.people, 'person', 'people')}" if entry.people else ""
    st.markdown(
        f"**{plain(called(entry))}**{people}: its roster, rules, plans, rounds, and the links and answers of "
        "members are deleted for everybody who has its link. This cannot be taken back."
    )
    with st.container(horizontal=True):
        done = st.button(
            "Delete it for good",
            key="delete_for_good",
            type="primary",
            on_click=_doing,
            args=(_delete, entry),
        )
        # a press in a dialog runs the dialog alone, which stays open until the page runs
        if st.button("Keep it", key="keep_it") or done:
            st.rerun()


def _doing(do: Callable[[Entry], str], entry: Entry) -> None:
    try:
        say(do(entry))
    except InputError as error:
        say(error)


def _rename(id_: str, key: str) -> None:
    name = " ".join(str(st.session_state[key]).split())
    try:
        rows = server().workspaces.rows
        entry = rows.find(id_)
        if not name and entry is not None:
            st.session_state[key] = called(entry)
            say(InputError(f"A workspace needs a name; this one is still called “{called(entry)}”."))
        else:
            rows.rename(id_, name)
    except InputError as error:
        say(error)


def _copy(entry: Entry) -> str:
    name = f"Copy of {called(entry)}"[:LONGEST]
    id_ = bring_along(export(entry.id)[1], called(entry))
    server().workspaces.rows.rename(id_, name)
    put_on_list(id_)
    return f"“{name}” is on the list now."


def _archive(entry: Entry) -> str:
    archived = entry.archived is None
    server().workspaces.rows.archive(entry.id, archived)
    return f"“{called(entry)}” is {'archived' if archived else 'in use again'}."


def _leave(entry: Entry) -> str:
    leave(entry.id)
    if entry.id == here():
        enter()
    return f"“{called(entry)}” is off this list; its link still opens it."


def _delete(entry: Entry) -> str:
    found = server().workspaces.get(entry.id)
    for job in (found.run, found.question, found.ahead) if found else ():
        if job:
            server().jobs.stop(job)
    server().workspaces.delete(entry.id)
    leave(entry.id)
    if entry.id == here():
        enter()
    return f"“{called(entry)}” is deleted."


def offer_import() -> None:
    """Show the field for a workspace that was exported."""
    key = "workspace_file"
    st.subheader("Import a workspace")
    st.file_uploader(
        "Workspace file",
        [SUFFIX.removeprefix(".")],
        key=key,
        on_change=_import,
        args=(key,),
        help="A file that was exported here or elsewhere. It becomes a workspace of its own; nothing that is "
        "here changes.",
    )


def _import(key: str) -> None:
    file = given(key)
    if file is None:
        return
    try:
        id_ = bring_along(file.getvalue(), file.name)
    except InputError as error:
        say(error)
        return
    put_on_list(id_)
    say(f"{file.name} is on the list now; open it there.")


def _open(id_: str) -> None:
    enter(id_)
    st.switch_page(PEOPLE, query_params={"workspace": id_})


def _link(id_: str) -> str:
    parts = urlsplit(st.context.url or "")
    path = parts.path.removesuffix("workspaces")
    return urlunsplit((parts.scheme, parts.netloc, path or "/", f"workspace={id_}", ""))
