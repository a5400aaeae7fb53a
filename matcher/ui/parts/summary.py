"""How good a plan is, which rules it keeps, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from matcher.goals import GOALS
from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.plan.open_points import open_points, told_openly
from matcher.plan.report import rules_told, settings_told
from matcher.ui.markup import bullets, plain

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Plan


def show_verdict(plan: Plan, *, stopped: bool) -> None:
    """Say how near a plan is to the best possible, and to chance."""
    ended = " Stopped early: this is the best plan so far." if stopped and plan.status != "optimal" else ""
    said, title = f"{plain(plan.against_chance)}{ended}", plain(plan.verdict)
    if all(rule.kept for rule in plan.rules):
        st.success(said, title=title, icon=":material/verified:")
    else:
        st.error(said, title=title, icon=":material/close:")


def show_whole(plan: Plan, audience: Audience) -> None:
    """Show how good the whole plan is: score, bound, what chance gives, and each goal's value."""
    if audience != "manager" or not plan.baseline.scores:
        show_numbers(plan, audience)
        return
    with st.grid(2, min_column_width=330):
        with st.container():
            show_numbers(plan, audience)
        with st.container():
            show_chance(plan)


def show_briefly(plan: Plan) -> None:
    """Say how good the whole plan is in one line."""
    mean = plan.baseline.random_mean
    chance = "" if mean is None else f" · names from a hat {figure(mean)}"
    st.caption(f"Score **{figure(plan.score)}** · at most {figure(plan.bound)}{chance}")


def show_numbers(plan: Plan, audience: Audience) -> None:
    """Show score, bound, what chance gives, and the value of each goal that the audience may see."""
    random_mean, draws = plan.baseline.random_mean, plan.baseline.draws
    with st.grid(3, min_column_width=145, gap="xsmall"):
        st.metric(
            "Score",
            figure(plan.score),
            border=True,
            help="The importance-weighted mean of the goals, 0 to 100.",
        )
        st.metric(
            "At most",
            figure(plan.bound),
            border=True,
            help="No plan that keeps every rule scores more than this.",
        )
        st.metric(
            "Names from a hat",
            "–" if random_mean is None else figure(random_mean),
            border=True,
            help=f"Mean score of {draws} random plans that keep the rules.",
        )
    told = plan.to_dict(audience)
    show_goals(told["goals"], width=170)
    labels = {goal.name: goal.label for goal in GOALS}
    asides = [f"{labels[name]}: {aside}" for name, aside in told["asides"].items()]
    if asides:
        st.caption(plain(" ".join(asides)))


def show_goals(goals: Mapping[str, float], width: int) -> None:
    """Show the value of each goal as a small bar."""
    labels = {goal.name: goal.label for goal in GOALS}
    with st.container(horizontal=True, gap="xsmall"):
        for name, value in goals.items():
            st.progress(
                max(0.0, min(1.0, value / 100)), text=f"{plain(labels[name])} {figure(value, 0)}", width=width
            )


def show_chance(plan: Plan) -> None:
    """Draw where the plan stands among random plans and below the best possible."""
    import altair as alt

    scores = plan.baseline.scores
    counts, edges = np.histogram(scores, bins=min(24, max(8, len(scores) // 5)))
    random_plans = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "plans": counts, "none": 0})
    marks = {"this plan": plan.score, "most that is possible": plan.bound}
    if plan.bound - plan.score < 0.05:
        marks = {"this plan, the best possible": plan.score}
    lines = pd.DataFrame({"score": list(marks.values()), "what": list(marks)})
    low, high = min(*scores, plan.score), max(*scores, plan.bound)
    x = alt.X("from:Q", title="score", scale=alt.Scale(domain=[low - 1, high + 1], nice=False))
    bars = alt.Chart(random_plans).mark_bar(opacity=0.45, color="#8a8f9c")
    dashes = alt.Scale(domain=list(marks), range=[[1, 0], [5, 4]][: len(marks)])
    hues = alt.Scale(domain=list(marks), range=["#3d4fb8", "#c2571a"][: len(marks)])
    key = alt.Legend(orient="top", title=None, symbolType="stroke", labelLimit=220)
    rules = alt.Chart(lines).mark_rule(strokeWidth=3)
    count = alt.Axis(tickCount=3, tickMinStep=1)
    chart = alt.layer(
        bars.encode(x=x, x2="to:Q", y=alt.Y("plans:Q", title="random plans", axis=count), y2="none:Q"),
        rules.encode(
            x="score:Q",
            color=alt.Color("what:N", scale=hues, legend=key),
            strokeDash=alt.StrokeDash("what:N", scale=dashes, legend=key),
        ),
    )
    st.altair_chart(
        chart.properties(height=220),
        alt=f"Against drawing names from a hat: {plan.baseline.draws} random plans score "
        f"{figure(min(scores))} to {figure(max(scores))}; this plan {figure(plan.score)}; "
        f"at most {figure(plan.bound)} is possible.",
    )


def show_open(plan: Plan) -> None:
    """Say what stays open: broken rules at once, the rest folded away when it is much."""
    broken = [rule for rule in plan.rules if not rule.kept]
    if broken:
        st.error(
            bullets(f"{rule.rule} {who}".strip() for rule in broken for who in rule.faults or ("",)),
            title="What breaks a rule",
            icon=":material/close:",
        )
    points = [point for group in plan.groups if group.members for point in open_points(plan, group)]
    lines = told_openly(plan, points)
    if not lines:
        st.caption(":material/check: Nothing else stays open: no friction, no clash, no gap in a group.")
        return
    with st.expander(f"What stays open: {counted(len(lines), 'point')}", icon=":material/flag:"):
        st.markdown(bullets(lines))
        st.caption(":material/lock: Only in your copy. The cards have the same marks.")


def show_absent(plan: Plan) -> None:
    """Say who was left out on purpose."""
    if plan.absent:
        names = listed(m.name for m in plan.absent)
        st.info(f"Absent from this plan: {plain(names)}.", icon=":material/person_off:")


def show_rules(plan: Plan, audience: Audience) -> None:
    """List the rules and say whether each is kept."""
    rules = rules_told(plan, audience)
    kept = sum(r.kept for r in rules)
    with st.expander(f"{kept} of {counted(len(rules), 'rule')} kept", icon=":material/rule:"):
        marks = {True: ":green[:material/check:]", False: ":red[:material/close:]"}
        st.markdown("\n".join(f"- {marks[r.kept]} {plain(r.rule)}" for r in rules))


def show_settings(plan: Plan) -> None:
    """List the settings that made the plan."""
    folded = st.expander(
        "Settings that made this plan", icon=":material/tune:", key="plan_settings", on_change="rerun"
    )
    if folded.open:
        folded.table(
            {title: plain(value) for title, value in settings_told(plan).items()},
            border="horizontal",
            alt="Settings of this plan",
        )
