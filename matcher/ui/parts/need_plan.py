"""What the board shows before there is a plan, and when the plan is out of date."""

from __future__ import annotations

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.ui.parts.bring_back import offer_plan_file
from matcher.work.jobs import Look
from matcher.work.workspace import Workspace


def need_plan(look: Look | None, now: Workspace) -> Look:
    """Return the ended run if there is one; otherwise say how to get one, and end the page."""
    if look is not None and (look.plan is not None or look.error is not None):
        return look
    if look is not None or not now.run:
        st.info("There is no plan yet. Say what to form on the page Form.")
        st.page_link("matcher/ui/pages/form.py", label="Form duos or teams", icon=":material/arrow_forward:")
        offer_plan_file(now)
    st.stop()


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
