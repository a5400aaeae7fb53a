"""What the board shows before there is a plan, and when the plan is out of date."""

from __future__ import annotations

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.ui.parts.bring_back import offer_plan_file
from matcher.ui.parts.live import is_there
from matcher.ui.state import try_change
from matcher.work.jobs import Look
from matcher.work.runs import go_on
from matcher.work.workspace import Workspace


def need_plan(look: Look | None, now: Workspace) -> Look:
    """Return the ended run if there is one; otherwise say how to get one, and end the page."""
    if look is not None and (look.plan is not None or look.error is not None):
        return look
    if look is not None and look.interrupted:
        show_interrupted(look)
    elif look is not None or not is_there(now.run):
        st.info("There is no plan yet. Say what to form on the page Form.")
        st.page_link("matcher/ui/pages/form.py", label="Form duos or teams", icon=":material/arrow_forward:")
        offer_plan_file(now)
    st.stop()


def show_interrupted(look: Look) -> None:
    """Say so when the server stopped while a plan was being formed, and offer to go on."""
    if not look.interrupted:
        return
    then: Workspace = look.asked
    if then.plan_file is not None:
        said, label = "The server stopped while this plan was being scored. Bring it in again.", ""
    elif look.plan is None:
        said = "The server stopped while this plan was being formed, before it had found a first one."
        label = "Form again"
    else:
        said = "The server stopped while this plan was being formed. This is the best plan it had found."
        label = "Go on from this plan"
    st.warning(said, icon=":material/power_off:")
    if label:
        st.button(label, icon=":material/resume:", key="go_on", on_click=_go_on)


def _go_on() -> None:
    try_change(go_on)


def show_whether_current(look: Look, now: Workspace) -> None:
    """Say so when people, superpowers, frictions or rules were changed since the plan was begun."""
    then: Workspace = look.asked

    def used(one: Workspace) -> tuple[object, ...]:
        projects = one.projects if then.settings.kind is PlanKind.PROJECTS else None
        read = one.catalogue, one.ranked, one.brought.choices.accepted, one.network
        return one.people, one.frictions, one.rules, projects, *read

    if now.people is not None and used(then) != used(now):
        st.warning(
            "People, superpowers, frictions, rules or projects were changed since this plan was formed. "
            "Form again to use them."
        )
