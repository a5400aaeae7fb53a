"""Who has answered, and taking over what they gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.errors import InputError
from matcher.people.names import counted, listed
from matcher.ui.markup import plain
from matcher.ui.parts.messages import show_notes
from matcher.ui.state import say, try_change
from matcher.work.answers import links, missing, take_over, would_change
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.store.links import Answer, Invitation

FEW = 12
"""Rows that a table shows by itself."""


def show_answers(now: Workspace, invitation: Invitation, answers: Sequence[Answer]) -> None:
    """Show who has answered and when, who has not, and the way to let somebody answer once more."""
    st.subheader("Who has answered")
    left = missing(now, answers)
    if not answers:
        st.info("Nobody yet. What members give appears here as soon as they send it.")
        return
    st.markdown(plain(_summary(answers, left)))
    import pandas as pd

    sent = pd.to_datetime([a.changed for a in answers], unit="ms", utc=True)
    frame = pd.DataFrame(
        {
            "who": [a.given.name for a in answers],
            "superpowers": ["; ".join(_names(now, a)) for a in answers],
            "sent": sent.tz_convert(st.context.timezone or "UTC"),
            "": [_state(a) for a in answers],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        height="auto" if len(frame) < FEW else 460,
        column_config={
            "who": st.column_config.TextColumn(width="medium", pinned=True),
            "superpowers": st.column_config.TextColumn(width="large"),
            "sent": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", width="medium"),
            "": st.column_config.TextColumn("state", width="medium"),
        },
        alt="The members who have answered, with their superpowers, when they sent them, and whether you "
        "have taken them over",
    )
    with st.popover("Reset somebody’s answer", icon=":material/restart_alt:"):
        st.markdown(
            "Deletes what somebody gave here, so that the link can be answered for them once more: when they "
            "have lost their own link, or somebody else answered in their name. What you took over stays."
        )
        by_id = {a.id: a for a in answers}
        whose = st.selectbox(
            "Whose",
            list(by_id),
            None,
            format_func=lambda id_: by_id[id_].given.name,
            key="reset_whose",
            placeholder="Choose a member",
        )
        st.button(
            "Delete this answer",
            key="reset_answer",
            disabled=whose is None,
            on_click=_reset,
            args=(by_id.get(whose or ""),),
        )


def _summary(answers: Sequence[Answer], left: Sequence[str]) -> str:
    given = counted(len(answers), "person has", "people have")
    if not left:
        return f"{given} answered; nobody on the roster is missing."
    return f"{given} answered. {counted(len(left), 'person is', 'people are')} missing: {listed(left)}."


def _names(now: Workspace, answer: Answer) -> list[str]:
    by_id = now.catalogue.by_id
    return [by_id[s].name if s in by_id else s for s in answer.given.superpowers]


def _state(answer: Answer) -> str:
    if not answer.waits:
        return "taken over"
    return "new" if answer.taken is None else "corrected since you took it over"


def _reset(answer: Answer | None) -> None:
    if answer is None:
        return
    try:
        links().delete(answer.id)
    except InputError as error:
        say(error)
    else:
        say(f"{answer.given.name}’s answer is deleted; the link can be answered for them again.")


def offer_to_take_over(now: Workspace, answers: Sequence[Answer]) -> None:
    """Show what taking answers over would change, and the button that does it."""
    if not answers:
        return
    st.subheader("Take the answers over")
    waiting = [a for a in answers if a.waits]
    if len(waiting) < len(answers):
        again = st.toggle(
            "Also those that were taken over before",
            key="take_again",
            help="When you took a change back, or edited the roster since.",
        )
        waiting = list(answers) if again else waiting
    if not waiting:
        st.markdown("All answers are taken over.")
        return
    takeover = would_change(now, waiting)
    show_notes(takeover.notes)
    number = counted(len(waiting), "answer")
    if takeover:
        import pandas as pd

        frame = pd.DataFrame(takeover.lines, columns=["who", "what", "on the roster", "in the answers"])
        st.dataframe(
            frame,
            hide_index=True,
            height="auto" if len(frame) < FEW else 460,
            column_config={"who": st.column_config.TextColumn(pinned=True)},
            alt="What taking the answers over would change: who, what, as the roster and the answers say it",
        )
    else:
        st.markdown("The roster says the same as these answers.")
    st.button(
        f"Take over {number}" if takeover else f"Mark {number} as taken over",
        key="take_over",
        type="primary",
        icon=":material/check:",
        on_click=_take,
        args=(waiting,),
        kwargs={"changes": bool(takeover)},
    )


def _take(answers: Sequence[Answer], *, changes: bool) -> None:
    done = f"{counted(len(answers), 'answer is', 'answers are')} taken over. Undo takes the change back."
    # made again from what the workspace is by then, whatever was edited meanwhile
    if changes and try_change(lambda work: take_over(work, answers), done) is None:
        return
    try:
        links().took(answers)
    except InputError as error:
        say(error)
