"""What past rounds suggest, each to take or to leave; nothing is taken by itself."""

from __future__ import annotations

import streamlit as st

from matcher.people.friction import Severity
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.state import say, try_change
from matcher.work.choosing import GOAL, choices
from matcher.work.suggestions import Offer, Suggestion, leave, named, suggestions, take
from matcher.work.workspace import Workspace

AT_ONCE = 6
"""Suggestions that are shown at first, and those that are added each time."""

TOLD = {
    Offer.AVOID: ("Avoid", "adds a friction “avoid” with a note: it lowers the score of a group with both"),
    Offer.TOGETHER: ("Keep together", "adds the rule “together”: every plan has them in one group"),
}
"""What is offered, and what taking it does."""

CALM = "calm"
CALM_IS_OFF = "The goal Calm is off, so frictions to avoid have no say: turn it on for them to count."


def offer_suggestions(now: Workspace) -> None:
    """Show what the past rounds suggest, folded; nothing when they suggest nothing."""
    found = suggestions(now)
    if not found:
        return
    told = counted(len(found), "suggestion")
    with st.expander(f"{told} from past rounds", icon=":material/lightbulb:", key="suggestions"):
        st.caption("From how you rated the rounds. Nothing of it counts until you take it; only you see it.")
        most = st.session_state.get("suggestions_shown", AT_ONCE)
        for one in found[:most]:
            _offer(one, now)
        left = len(found) - most
        if left > 0:
            label = f"Show {min(left, AT_ONCE)} more"
            st.button(label, key="more_suggestions", type="tertiary", on_click=_more, args=(most,))


def _offer(one: Suggestion, now: Workspace) -> None:
    words, effect = TOLD[one.offer]
    key = f"{one.offer}_{'_'.join(one.pair)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{words}: {plain(named(now, one))}**  \n:small[{plain(one.why)}]", width="stretch")
        with st.container(horizontal=True, gap="small", width="content"):
            st.button("Take", key=f"take_{key}", on_click=_take, args=(one,), help=f"It {effect}.")
            st.button("Leave", key=f"leave_{key}", type="tertiary", on_click=_leave, args=(one,),
                      help="It is not suggested again unless another round says so.")  # fmt: skip


def _more(shown: int) -> None:
    st.session_state["suggestions_shown"] = shown + AT_ONCE


def _take(one: Suggestion) -> None:
    where = "the frictions" if one.offer is Offer.AVOID else "the rules"
    done = f"It is among {where} now."
    now = try_change(lambda before: take(before, one), done)
    if now is not None and one.offer is Offer.AVOID and has_idle_frictions(now):
        say(f"{done} {CALM_IS_OFF}")


def _leave(one: Suggestion) -> None:
    try_change(lambda now: leave(now, one))


def has_idle_frictions(now: Workspace) -> bool:
    """Whether there are frictions to avoid, but the goal that they lower is off."""
    off = choices(now.settings, [CALM])[f"{GOAL}{CALM}"] == "off"
    return off and any(friction.severity is Severity.AVOID for friction in now.found_frictions.value)
