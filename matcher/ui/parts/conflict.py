"""Rules that cannot all hold together, and the way out."""

from __future__ import annotations

import streamlit as st

from matcher.people.errors import RulesConflict
from matcher.ui.markup import bullets, plain
from matcher.ui.parts.ask import show_on_form
from matcher.ui.parts.messages import show_error
from matcher.ui.state import try_change
from matcher.work.giving_up import can_give_up, give_up
from matcher.work.jobs import Look
from matcher.work.runs import start_run
from matcher.work.workspace import Workspace

FEW = 6
"""More rules than this are folded away."""


def show_failure(look: Look, run: str) -> None:
    """Show why a run has no plan; rules that are in the way can be given up at once."""
    assert look.error is not None
    if isinstance(look.error, RulesConflict):
        _show_conflict(look.error, run)
    else:
        show_error(look.error)


def _show_conflict(conflict: RulesConflict, run: str) -> None:
    smallest = "Without any one of them, the others can hold." if conflict.minimal else ""
    advice = " ".join([smallest, *conflict.advice]).strip()
    st.error(
        f"{bullets(conflict.sentences)}\n\n{plain(advice)}", title="These rules cannot all hold together"
    )
    rules = [
        (rule, sentence)
        for rule, sentence in zip(conflict.rules, conflict.sentences, strict=False)
        if can_give_up(rule)
    ]
    first = [pair for pair in rules if pair[0] is conflict.cheapest]
    others = [pair for pair in rules if pair[0] is not conflict.cheapest]
    for rule, sentence in first:
        _button(rule, sentence, f"give_up_{run}", first=True)
    if not others:
        return
    more = st.expander("Give up another one instead") if first and len(others) > FEW else st.container()
    with more:
        for i, (rule, sentence) in enumerate(others):
            _button(rule, sentence, f"give_up_{run}_{i}", first=False)
    st.caption("A rule that is given up leaves its table, and the groups are formed again at once.")


def _button(rule: object, sentence: str, key: str, *, first: bool) -> None:
    st.button(
        f"Give up: {plain(sentence)}",
        key=key,
        type="primary" if first else "secondary",
        icon=":material/undo:",
        on_click=_give_up,
        args=(rule, sentence),
        wrap=True,
    )


def _give_up(rule: object, sentence: str) -> None:
    def change(now: Workspace) -> Workspace:
        changed, said = give_up(now, rule)
        return start_run(changed, changed.settings, changed.again, given_up=f"“{sentence}” {said}")

    if changed := try_change(change):
        show_on_form(changed.settings)


def show_given_up(look: Look) -> None:
    """Say which rule was given up for a run."""
    asked: Workspace = look.asked
    if asked.given_up:
        st.info(plain(asked.given_up), title="A rule was given up", icon=":material/undo:")
