"""The link for the members: making it, sending it, closing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from matcher.people.errors import InputError
from matcher.people.names import listed
from matcher.ui.markup import badge, plain
from matcher.ui.state import change, here, say
from matcher.ui.web.rendering import day
from matcher.ui.web.routes import ANSWER, address
from matcher.work.answers import links, missing
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.store.links import Answer, Invitation

DAYS = {7: "a week", 14: "two weeks", 30: "a month", 90: "three months", 0: "until I close it"}
A_DAY = 24 * 3600 * 1000  # milliseconds
USUAL = 30
LONGEST_NOTE = 600
HERE_ONLY = ("localhost", "127.0.0.1", "::1")


def show_reach() -> None:
    """Say so when nobody else can open a link, since the app listens on this machine only."""
    if (urlsplit(st.context.url or "").hostname or "") in HERE_ONLY:
        st.info(
            "You have opened this app under an address that only this machine knows, so a phone cannot reach "
            "the link. Have the app started for your network (`streamlit run app.py "
            "--server.address=0.0.0.0`, best behind HTTPS), open this page under that machine’s address, and "
            "make the link there.",
            icon=":material/wifi_off:",
        )


def offer_link(before: Invitation | None, answers: Sequence[Answer]) -> None:
    """Show what can be asked, and the button that makes a link.

    Parameters
    ----------
    before
        The link that ends with it, if there is one.
    answers
        What was answered to that.
    """
    with st.form("make_link", border=before is None):
        note = st.text_area(
            "A sentence from you, if you like",
            before.note if before else "",
            max_chars=LONGEST_NOTE,
            key="link_note",
            height=80,
            placeholder="We form new duos next week; please answer by Friday.",
        )
        asks_turns_to = st.checkbox(
            "Ask whom they turn to for help",
            before.asks_turns_to if before else True,
            key="link_turns_to",
            help="For the goal Sought after, and to see who leads from behind.",
        )
        asks_frictions = st.checkbox(
            "Ask whom they would rather not work with",
            before.asks_frictions if before else False,
            key="link_frictions",
            help="Only you see it, and they are told so. Taken over, it becomes a friction “avoid”.",
        )
        days = st.selectbox(
            "How long it is open",
            list(DAYS),
            list(DAYS).index(USUAL),
            format_func=DAYS.__getitem__,
            key="link_days",
        )
        keep = not answers or st.checkbox(
            "Keep the answer given so far"
            if len(answers) == 1
            else f"Keep the {len(answers)} answers given so far",
            True,
            key="link_keep",
            help="Without them everybody is asked anew, and the members’ own links end. What you have taken "
            "over stays.",
        )
        if st.form_submit_button(
            "Make a new link" if before else "Make the link",
            type="primary",
            icon=":material/add_link:",
        ):
            _make(int(days), note.strip(), turns_to=asks_turns_to, frictions=asks_frictions, keep=keep)


def _make(days: int, note: str, *, turns_to: bool, frictions: bool, keep: bool) -> None:
    try:
        # a workspace in which there is nothing yet is kept from now on: the link belongs to it
        workspace = here() or change(replace).id
        store = links()
        invitation, token = store.invite(
            workspace,
            expires=store.now + days * A_DAY if days else None,
            asks_turns_to=turns_to,
            asks_frictions=frictions,
            note=note,
            keep_answers=keep,
        )
    except InputError as error:
        say(error)
    else:
        st.session_state[_key(invitation)] = token
        say(
            "The link is made. Copy it now: it cannot be shown again once you have left or reloaded the page."
        )
    st.rerun()


def _key(invitation: Invitation) -> str:
    return f"link_{invitation.id}"


def show_link(now: Workspace, invitation: Invitation, answers: Sequence[Answer]) -> None:
    """Show the link with what it asks, a text to send with it, and what can be done about it."""
    is_open = invitation.is_open(links().now)
    with st.container(border=True):
        st.markdown(f"{_state(invitation)} {plain(_asks(invitation))}")
        token = st.session_state.get(_key(invitation), "")
        link = address(st.context.url or "", ANSWER.format(token=token)) if token else ""
        if is_open and link:
            st.code(link, language=None, wrap_lines=True)
        elif is_open:
            st.caption(
                "The link itself is not kept, only what is needed to know it again. The one that you sent "
                "goes on working, and the text below points to it. Make a new link only if you have lost it: "
                "the answers stay, but the link sent before ends."
            )
        if is_open:
            with st.expander("A text to send", icon=":material/mail:", expanded=bool(link)):
                st.code(reminder(now, invitation, answers, link), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            if is_open:
                st.button(
                    "Close the link",
                    key="close_link",
                    icon=":material/lock:",
                    on_click=_do,
                    args=(links().close, (invitation.id,), "The link is closed; nobody can answer any more."),
                )
            else:
                st.button(
                    "Open it again for a month",
                    key="reopen_link",
                    icon=":material/lock_open:",
                    on_click=_do,
                    args=(
                        links().reopen,
                        (invitation.id, links().now + USUAL * A_DAY),
                        "The same link can be answered again.",
                    ),
                )
            with st.popover("Make a new link", icon=":material/add_link:"):
                st.markdown("The old link ends.")
                offer_link(invitation, answers)
            st.button("Look for new answers", key="look_for_answers", icon=":material/refresh:")


def _do(act: Callable[..., object], arguments: tuple[object, ...], done: str) -> None:
    try:
        act(*arguments)
    except InputError as error:
        say(error)
    else:
        say(done)


def _state(invitation: Invitation) -> str:
    if invitation.closed is not None:
        return badge("closed", "gray")
    if not invitation.is_open(links().now):
        return badge(f"ended on {day(invitation.expires or 0)}", "gray")
    return badge(f"open until {day(invitation.expires)}" if invitation.expires else "open", "green")


def _asks(invitation: Invitation) -> str:
    asked = [
        "their superpowers",
        *(["whom they turn to"] if invitation.asks_turns_to else []),
        *(["whom they would rather not work with"] if invitation.asks_frictions else []),
    ]
    return f"Made on {day(invitation.created)}; asks for {listed(asked)}."


def reminder(now: Workspace, invitation: Invitation, answers: Sequence[Answer], link: str) -> str:
    """Return a text that asks members to answer; once some have, it names those who have not.

    Parameters
    ----------
    now, invitation, answers
        Who is asked, what, and what was answered so far.
    link
        The link; empty when it is not at hand: then the text points to the one that was sent before.
    """
    until = f" It is open until {day(invitation.expires)}." if invitation.expires else ""
    left = missing(now, answers) if answers else []
    who = f"Still missing: {listed(left)}." if left else ""
    asks = (
        "please tell us what you are naturally great at. It takes five minutes on your phone, and you need "
        "no account"
    )
    lines = (
        "Hello,",
        *(
            (f"{asks}:", link)
            if link
            else (f"{asks}; use the link that I sent you on {day(invitation.created)}.",)
        ),
        f"{who}{until}".strip(),
        "Thank you!",
    )
    return "\n\n".join(filter(None, lines))
