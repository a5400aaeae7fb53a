"""A run while it is under way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.brief import PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.work.jobs import JobState, Look
from matcher.work.server import server
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

SECONDS_BETWEEN_LOOKS = 0.5
PATIENCE = 0.6, 0.25
"""Seconds for which a page waits for the first plan, and then for the last: quick ones come with the page."""


def is_there(run: str) -> bool:
    """Whether there is a run of this id: one whose member was deleted meanwhile, for one, is not."""
    return server().jobs.look(run) is not None


def follow(run: str) -> Look | None:
    """Show a run until it has ended; return it once it has."""
    jobs = server().jobs
    jobs.wait(run, *PATIENCE)
    look = jobs.look(run)
    if look is None or look.done:
        return look
    st.fragment(run_every=SECONDS_BETWEEN_LOOKS)(_show)(run)
    return None


def lead_to_plan(look: Look | None) -> None:
    """Show how a run stands in a line that leads to the plan; ``None`` is one that is under way."""
    if look is None:
        label, icon = "Under way: see the plan so far", ":material/hourglass_top:"
    elif look.plan is not None:
        label, icon = "The plan is there: see it", ":material/check:"
    elif look.error is not None:
        label, icon = "There is no plan: see why", ":material/error:"
    else:
        return
    st.page_link("matcher/ui/pages/plan.py", label=label, icon=icon, width="content")


def _show(run: str) -> None:
    jobs = server().jobs
    look = jobs.look(run)
    if look is None or look.done:
        st.rerun()
    asked: Workspace = look.asked
    if look.state is JobState.QUEUED:
        st.info(waiting_sentence(look))
    elif look.state is JobState.STOPPING:
        st.info("Stopping; the best plan so far follows …")
    elif asked.plan_file is not None:
        st.info(f"Scoring {plain(asked.plan_file.name)}, and looking how much better a plan could be …")
    elif look.progress is None:
        doing = "Staffing" if asked.settings.kind is PlanKind.PROJECTS else "Forming"
        st.info(f"{doing} {asked.settings.kind}: looking for a first plan that keeps every rule …")
    else:
        _numbers(look)
    offer_stop(run, look)
    if look.groups:
        st.caption("The best plan so far")
        show_groups(look.groups)


def waiting_sentence(look: Look) -> str:
    """Return how many are before a job that has not begun."""
    if not look.ahead:
        return "Next."
    return f"Waiting in the queue: {counted(look.ahead, 'plan')} before this one."


def offer_stop(job: str, look: Look) -> None:
    """Show the button that ends a job; whoever has the workspace open may press it."""
    st.button(
        "Stop",
        icon=":material/stop:",
        key=f"stop_{job}",
        on_click=server().jobs.stop,
        args=(job,),
        disabled=look.state is JobState.STOPPING,
    )


def _numbers(look: Look) -> None:
    assert look.progress is not None
    limit = look.asked.settings.seconds
    with st.grid(3, min_column_width=110):
        st.metric("Score so far", figure(look.progress.score), border=True)
        st.metric("At most", figure(look.progress.bound), border=True)
        st.metric("Seconds", f"{look.progress.seconds:.0f} of {limit}", border=True)
    st.progress(
        min(1.0, look.progress.seconds / limit), text="A plan is there; better ones are being looked for."
    )


def show_groups(groups: Iterable[Iterable[str]]) -> None:
    """Show who is with whom, a line for each group."""
    st.markdown("\n".join(f"{i}. {' · '.join(map(plain, names))}" for i, names in enumerate(groups, 1)))


def show_plan_groups(plan: Plan) -> None:
    """Show who is with whom in a plan, a line for each group; projects with their names."""
    brief = plan.brief
    named = [[brief.name(brief.indices[key]) for key in group.members] for group in plan.groups]
    if plan.kind is not PlanKind.PROJECTS:
        show_groups(named)
        return
    lines = zip(plan.groups, named, strict=True)
    st.markdown(
        "\n".join(f"- **{plain(group.name)}** {' · '.join(map(plain, names))}" for group, names in lines)
    )
