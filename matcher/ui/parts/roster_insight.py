"""Know the roster: what is rare or missing, whose absence opens a gap, whom to look for, who is in demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from matcher.people.names import counted, listed
from matcher.ui.markup import bullets, plain
from matcher.ui.parts.families import family_signs
from matcher.work.server import server
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    import altair as alt

    from matcher.people.catalogue import Catalogue
    from matcher.plan.insight import Gap, Insight, Lift
    from matcher.plan.plan import Plan

FEW = 6
"""More sentences of one kind than these are folded away."""

_LIFTS = "roster_lifts"
_FIRST, _LATER = "first superpower", "a later one"


def know_the_roster(now: Workspace) -> None:
    """Show what a roster has and lacks, and what its present plan leans on."""
    roster = now.roster
    if roster is None or not roster.present:
        st.info("Nobody is present yet. Bring in people on the page People.")
        return
    from matcher.plan.insight import insight

    look = server().jobs.look(now.run) if now.run else None
    plan = look.plan if look is not None else None
    found = insight(roster)
    st.caption(
        "Counted among those who are present, by the superpowers that are scored. It says what is there and "
        "what the goals would gain; it does not foretell how well anybody will work."
    )
    _show_families(found, roster.catalogue)
    st.subheader("Whose absence would open a gap", anchor=False)
    _show_gaps(found.gaps, "Everything that is brought here is brought by two people or more.")
    if plan is not None:
        _show_leaning(plan)
        st.subheader("Whom to look for", anchor=False)
        _show_lifts(plan, _lifts(plan, now.run))
    st.subheader("Who is sought after", anchor=False)
    _show_sought(found, any(member.turns_to for member in roster.members))


def _show_families(found: Insight, catalogue: Catalogue) -> None:
    st.subheader("What is rare or missing", anchor=False)
    lacking = [held.name for held in found.families if not held.holders]
    if lacking:
        of = "family" if len(lacking) == 1 else "families"
        st.warning(f"Nobody present brings a superpower of the {of} {plain(listed(lacking))}.")
    st.altair_chart(families_chart(found, catalogue), alt=families_words(found))
    columns = {
        "Brought by nobody": [held.name for held in found.missing],
        "Brought by one person": [f"{held.name}: {held.holders[0]}" for held in found.rare],
    }
    if not any(columns.values()):
        st.caption(":material/check: Every superpower of the catalogue is brought by two people or more.")
        return
    with st.grid(2, min_column_width=280):
        for title, lines in columns.items():
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{title} ({len(lines)})**")
                st.markdown(plain(", ".join(lines)) if lines else "None.")


def families_words(found: Insight) -> str:
    """Return how many people bring each family, in words."""
    told = [
        f"{held.name} {counted(len(held.holders), 'person', 'people')}, {len(held.first)} of them first"
        for held in found.families
    ]
    return f"How many of {counted(found.people, 'person', 'people')} bring each family: {'; '.join(told)}."


def families_chart(found: Insight, catalogue: Catalogue) -> alt.Chart:
    """Return how many people bring each family, as their first superpower or as a later one."""
    import altair as alt
    import pandas as pd

    signs = family_signs(catalogue)
    names = [f"{signs[held.id]} {held.name}" for held in found.families]
    rows = [
        {"family": name, "as": kind, "people": len(who), "who": listed(who[:12]) if who else "nobody"}
        for name, held in zip(names, found.families, strict=True)
        for kind, who in ((_FIRST, held.first), (_LATER, held.later))
    ]
    hues = alt.Scale(domain=[_FIRST, _LATER], range=["#4f60c2", "#cfd6f2"])
    legend = alt.Legend(orient="top", title=None)
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("people:Q", title="people", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("family:N", title=None, sort=names),
            color=alt.Color("as:N", scale=hues, legend=legend),
            order=alt.Order("as:N", sort="descending"),
            tooltip=["family", "as", "people", "who"],
        )
        .properties(height=38 * len(names) + 40)
    )
    return chart


def _show_gaps(gaps: Sequence[Gap], otherwise: str) -> None:
    if not gaps:
        st.caption(f":material/check: {otherwise}")
        return
    _show_few([gap.sentence for gap in gaps])


def _show_leaning(plan: Plan) -> None:
    from matcher.plan.insight import leaning

    if gaps := leaning(plan):
        st.markdown("**In the present plan**, if one person is away")
        _show_few([gap.sentence for gap in gaps])


def _lifts(plan: Plan, run: str) -> Sequence[Lift]:
    """Return what one more member would do; kept while the plan is the same, as scoring takes a moment."""
    known = st.session_state.get(_LIFTS)
    if known is None or known[0] != run:
        from matcher.plan.insight import lifts

        with st.spinner("Scoring the weakest group with one more member …"):
            known = st.session_state[_LIFTS] = run, lifts(plan)
    found: Sequence[Lift] = known[1]
    return found


def _show_lifts(plan: Plan, lifts: Sequence[Lift]) -> None:
    if not lifts:
        st.caption(
            "No single superpower of one more member would lift the weakest group of the present plan."
        )
        return
    st.markdown(bullets(lift.sentence for lift in lifts))
    st.caption(
        "To hire or to borrow: the best superpower of each family, scored as one more member of whom nothing "
        f"else is known. The goals are those of the present plan ({counted(len(plan.groups), 'group')})."
    )


def _show_sought(found: Insight, told: bool) -> None:
    if not found.sought:
        st.caption(
            "Nobody stands out: others are turned to about equally."
            if told
            else "Say in the column “turns to” on the page People whom members turn to."
        )
        return
    st.markdown(plain(found.load_sentence))
    _show_few([who.sentence for who in found.sought])
    st.caption(
        "Each member has one ballot, divided by how many it names. The goal “Sought after” spreads these "
        "people over the groups; the page Rounds draws them under “Who leads”."
    )


def _show_few(sentences: Sequence[str]) -> None:
    st.markdown(bullets(sentences[:FEW]))
    if more := sentences[FEW:]:
        with st.expander(f"{len(more)} more"):
            st.markdown(bullets(more))
