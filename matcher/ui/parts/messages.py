"""What has to be said: mistakes, conflicts, guesses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from matcher.people.errors import InputError, RulesConflict
from matcher.people.names import counted
from matcher.ui.markup import bullets, plain
from matcher.ui.state import take_message


def show_message() -> None:
    """Show what the last change left to be said."""
    message = take_message()
    if isinstance(message, InputError):
        show_error(message)
    elif message:
        st.success(plain(message), icon=":material/check:")


def show_error(error: InputError | RulesConflict) -> None:
    """Show why there is no plan, or why a file cannot be used."""
    if isinstance(error, RulesConflict):
        advice = "\n\n" + plain(" ".join(error.advice)) if error.advice else ""
        st.error(bullets(error.sentences) + advice, title="These rules cannot all hold together")
    elif len(error.problems) == 1:
        st.error(plain(str(error.problems[0])))
    else:
        st.error(bullets(str(p) for p in error.problems), title="This cannot be used as it stands")


def show_notes(notes: Sequence[str]) -> None:
    """Show what was guessed."""
    if notes:
        with st.expander(counted(len(notes), "remark"), icon=":material/info:"):
            st.markdown(bullets(notes))
