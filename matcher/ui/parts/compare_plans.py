"""Plans side by side: keep them by name, compare their scores, see who sits elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from matcher.goals import WEAKEST
from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.ui.markup import bullets, plain
from matcher.ui.parts.ask import show_on_form
from matcher.ui.state import try_change
from matcher.work.kept import BEFORE, drop_plan, keep_plan, named_plans, take_kept
from matcher.work.runs import go_back
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    import altair as alt

    from matcher.plan.compare import Comparison, Difference, Side
    from matcher.plan.plan import Plan

AT_ONCE = 4
"""More plans than these do not fit side by side."""

FEW = 6
"""More risks than these are folded away."""

_CHOSEN = "compared"
_HUES = ["#3d4fb8", "#c2571a", "#2f7d5b", "#8a3a8f"]
_SHAPES = ["circle", "square", "triangle-up", "diamond"]


def show_comparison(plan: Plan, now: Workspace) -> None:
    """Show the present plan beside others, and keep it by name.

    Parameters
    ----------
    plan
        The present plan.
    now
        The workspace.
    """
    plans = named_plans(now, plan)
    own = next(iter(plans))
    _offer_to_keep(plan, now)
    if len(plans) < 2:
        st.info(
            "There is nothing to compare with yet: keep this plan by name, then change it or form again.",
            icon=":material/difference:",
        )
        return
    chosen = _choose(list(plans), own)
    if not chosen:
        st.caption("Choose at least one plan to compare with.")
        return
    from matcher.plan.compare import compare

    found = compare({name: plans[name] for name in (own, *chosen)})
    for note in found.notes:
        st.warning(plain(note), icon=":material/balance:")
    st.table(scores_table(found), border="horizontal", alt=f"Plans side by side. {told(found)}")
    st.altair_chart(goals_chart(found), alt=f"The goals of each plan. {told(found)}")
    _show_actions(found.sides[1:], now)
    st.subheader("Who sits elsewhere")
    for difference in found.differences:
        if own in (difference.one, difference.other):
            _show_difference(difference)
    st.subheader("What to know before choosing")
    with st.grid(min(2, len(found.sides)), min_column_width=300):
        for side in found.sides:
            with st.container(border=True, height="stretch"):
                _show_risks(side)


def _offer_to_keep(plan: Plan, now: Workspace) -> None:
    known = next((kept.name for kept in now.kept if kept.plan is plan), "")
    if known:
        st.caption(f":material/bookmark: This plan is kept as “{plain(known)}”.")
        return
    taken = {kept.name for kept in now.kept}
    free = next(name for n in range(1, len(taken) + 2) if (name := f"Plan {n}") not in taken)
    key = f"keep_as_{len(taken)}_{now.run}"

    def keep() -> None:
        name = st.session_state[key]
        try_change(lambda now: keep_plan(now, name))

    with st.form("keep", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of this plan", free, key=key, max_chars=60, width=260)
        st.form_submit_button("Keep this plan", icon=":material/bookmark_add:", on_click=keep)


def _choose(names: list[str], own: str) -> list[str]:
    others = [name for name in names if name != own]
    if len(others) == 1:
        return others
    key = f"{_CHOSEN}_{'|'.join(names)}"
    return st.multiselect(
        f"Compare “{plain(own)}” with",
        others,
        others[: AT_ONCE - 1],
        key=key,
        max_selections=AT_ONCE - 1,
        placeholder="Choose plans",
    )


def scores_table(found: Comparison) -> dict[str, list[str]]:
    """Return the plans' figures as columns of Markdown, one row a figure."""
    first = found.sides[0]
    alike = any(
        side.alike is not None and _rounded(side.alike) != _rounded(side.plan.score) for side in found.sides
    )
    rows = ["**Score**", *([f"Score by the goals of “{plain(first.name)}”"] if alike else []), "At most"]
    goals = [place for place, row in enumerate(found.goals) if row.name != WEAKEST]
    rows += ["Against chance", *(plain(found.goals[goal].label) for goal in goals)]
    rows += ["Weakest group", "Groups", "Rules broken", f"Elsewhere than in “{plain(first.name)}”"]
    table = {"": rows}
    elsewhere = {d.other: d for d in found.differences if d.one == first.name}
    for place, side in enumerate(found.sides):
        plan = side.plan
        percent = plan.baseline.better_than_percent
        sizes = sorted({len(group.members) for group in plan.groups})
        other = elsewhere.get(side.name)
        table[plain(side.name)] = [
            f"**{figure(plan.score)}**",
            *([_rounded(side.alike)] if alike else []),
            _rounded(plan.bound),
            "–" if percent is None else f"better than {int(percent)} in 100",
            *(_rounded(found.goals[goal].values[place]) for goal in goals),
            f"{figure(side.weakest.score)} · {plain(side.weakest.name)}",
            f"{len(plan.groups)} of {listed(map(str, sizes))}",
            str(sum(not rule.kept for rule in plan.rules)),
            "–" if other is None else f"{len(other.seats)} of {other.common}",
        ]
    return table


def told(found: Comparison) -> str:
    """Return every goal's values in words."""
    names = [side.name for side in found.sides]
    values: list[tuple[str, tuple[float | None, ...]]] = [
        ("Score", tuple(side.plan.score for side in found.sides)),
        *((row.label, row.values) for row in found.goals),
    ]
    return " ".join(
        f"{label}: {listed(f'“{name}” {_rounded(v)}' for name, v in zip(names, row, strict=True))}."
        for label, row in values
    )


def goals_chart(found: Comparison) -> alt.Chart:
    """Return the goals' values as marks in a line each, a shape and a colour for each plan."""
    import altair as alt
    import pandas as pd

    names = [side.name for side in found.sides]
    rows = [
        {"goal": row.label, "plan": name, "value": round(value, 1)}
        for row in found.goals
        for name, value in zip(names, row.values, strict=True)
        if value is not None
    ]
    legend = alt.Legend(orient="top", title=None, labelLimit=160, columns=2)
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_point(filled=True, size=110, opacity=0.85)
        .encode(
            x=alt.X("value:Q", title="value, 100 at best", scale=alt.Scale(zero=False, nice=True)),
            y=alt.Y("goal:N", title=None, sort=[row.label for row in found.goals], axis=alt.Axis(grid=True)),
            color=alt.Color("plan:N", scale=alt.Scale(domain=names, range=_HUES), legend=legend),
            shape=alt.Shape("plan:N", scale=alt.Scale(domain=names, range=_SHAPES), legend=legend),
            tooltip=["plan", "goal", "value"],
        )
        .properties(height=46 * len(found.goals) + 40)
    )
    return chart


def _show_actions(others: tuple[Side, ...], now: Workspace) -> None:
    kept = {one.name for one in now.kept}
    with st.container(horizontal=True):
        for side in others:
            name = plain(side.name)
            st.button(
                f"Take “{name}”",
                key=f"take_{side.name}",
                icon=":material/check:",
                on_click=_take,
                args=(side.name,),
            )
            if side.name in kept:
                st.button(
                    f"Remove “{name}”",
                    key=f"drop_{side.name}",
                    icon=":material/delete:",
                    on_click=_drop,
                    args=(side.name,),
                )


def _take(name: str) -> None:
    change = go_back if name == BEFORE else lambda now: take_kept(now, name)
    if changed := try_change(change, f"“{name}” is the plan now; you can go back to the one before."):
        show_on_form(changed.settings)


def _drop(name: str) -> None:
    try_change(lambda now: drop_plan(now, name), f"“{name}” is no longer kept.")


def _show_difference(difference: Difference) -> None:
    st.markdown(plain(difference.sentence))
    if not difference.seats:
        return
    seats = difference.seats
    with st.expander(f"Show {counted(len(seats), 'person', 'people')}"):
        st.dataframe(
            {
                "member": [seat.member for seat in seats],
                f"in “{difference.one}”": [seat.one for seat in seats],
                f"in “{difference.other}”": [seat.other for seat in seats],
            },
            hide_index=True,
            alt=f"{difference.sentence} {listed(f'{s.member}: {s.one}, {s.other}' for s in seats[:10])}",
        )


def _show_risks(side: Side) -> None:
    st.markdown(f"**{plain(side.name)}**  \n{plain(side.plan.verdict)}")
    if not side.risks:
        st.caption(":material/check: Nothing stays open.")
        return
    st.markdown(bullets(side.risks[:FEW]))
    if more := side.risks[FEW:]:
        with st.expander(f"{len(more)} more"):
            st.markdown(bullets(more))


def _rounded(value: float | None) -> str:
    return "–" if value is None else figure(value)
