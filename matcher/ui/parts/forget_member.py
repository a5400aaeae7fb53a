"""Deleting somebody's data everywhere, once the manager has read what that does."""

from __future__ import annotations

import streamlit as st

from matcher.people.errors import InputError
from matcher.ui.markup import plain
from matcher.ui.state import say
from matcher.work.workspace import Workspace


def offer_to_forget(now: Workspace) -> None:
    """Show the way to delete a member's data everywhere."""
    names = now.names
    if not names:
        return
    with st.expander("Delete a member everywhere", icon=":material/person_remove:"):
        st.markdown(
            "To take somebody off the roster only, delete their row in the table above. Here all that is "
            "kept of them is deleted, for when they have left or ask for it."
        )
        key = st.selectbox(
            "Whom",
            list(names),
            None,
            format_func=names.__getitem__,
            key=f"forget_{now.version}",
            placeholder="Choose a member",
        )
        if key is None:
            return
        name = plain(names[key])
        st.warning(
            f"**{name}** goes from the roster and from every friction, rule, wish and project. In past plans "
            "and rounds they are shown as a former member with their superpowers, so that scores stay true; "
            "remarks no longer name them. What they answered through the members’ link is deleted with "
            "their own link.\n\n"
            "The files that you brought in are dropped, since they name them too, and nothing that was done "
            "before can be undone any more. Files that you have downloaded, and backups, are not changed.\n\n"
            "**This cannot be undone.**"
        )
        st.button(
            f"Delete {name} everywhere",
            key="forget_member",
            type="primary",
            icon=":material/delete_forever:",
            on_click=_forget,
            args=(now.id, key, names[key]),
        )


def _forget(workspace: str, key: str, name: str) -> None:
    from matcher.work.forgetting import forget_member  # loads what reads plans, which the page does without

    try:
        forget_member(workspace, key)
    except InputError as error:
        say(error)
    else:
        say(f"All that was kept of {name} is deleted.")
