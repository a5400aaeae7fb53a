"""What has to be said: mistakes, conflicts, guesses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from matcher.people.errors import InputError, Problem, RulesConflict
from matcher.people.names import counted
from matcher.ui.markup import bullets, plain
from matcher.ui.state import take_message

FEW = 6
"""More problems than this are folded away."""


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


def show_problems(problems: Sequence[Problem], what: str) -> None:
    """Show what is wrong in a table, row by row; the rest of it is used."""
    if not problems:
        return
    title = f"{counted(len(problems), 'thing')} to put right in {what}; everything else is used."
    rows = "\n\n:small[Rows are counted as in a spreadsheet: the header is row 1.]"
    if len(problems) <= FEW:
        st.warning(bullets(str(p) for p in problems) + rows, title=title)
        return
    st.warning(bullets(str(p) for p in problems[:FEW]) + "\n- …" + rows, title=title)
    with st.expander(f"All {len(problems)}"):
        st.markdown(bullets(str(p) for p in problems))


def show_notes(notes: Sequence[str]) -> None:
    """Show what was guessed."""
    if notes:
        with st.expander(counted(len(notes), "remark"), icon=":material/info:"):
            st.markdown(bullets(notes))
