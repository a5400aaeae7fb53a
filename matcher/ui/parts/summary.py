"""How good a plan is, which rules it keeps, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from matcher.goals import GOALS
from matcher.people.names import counted, listed
from matcher.ui.markup import plain

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Plan


def show_verdict(plan: Plan, *, stopped: bool) -> None:
    """Say how near a plan is to the best possible, and to chance."""
    ended = " Stopped early: this is the best plan so far." if stopped and plan.status != "optimal" else ""
    st.success(f"{plain(plan.against_chance)}{ended}", title=plain(plan.verdict), icon=":material/verified:")


def show_numbers(plan: Plan, audience: Audience) -> None:
    """Show score, bound, what chance gives, and the value of each goal that the audience may see."""
    random_mean, draws = plan.baseline.random_mean, plan.baseline.draws
    with st.grid(3, min_column_width=150):
        st.metric(
            "Score",
            f"{plan.score:.1f}",
            border=True,
            help="The importance-weighted mean of the goals, 0 to 100.",
        )
        st.metric(
            "At most",
            f"{plan.bound:.1f}",
            border=True,
            help="No plan that keeps every rule scores more than this.",
        )
        st.metric(
            "Names from a hat",
            "–" if random_mean is None else f"{random_mean:.1f}",
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
                max(0.0, min(1.0, value / 100)), text=f"{plain(labels[name])} {value:.0f}", width=width
            )


def show_chance(plan: Plan) -> None:
    """Show where the plan stands among random plans and below the best possible."""
    scores = plan.baseline.scores
    if not scores:
        return
    st.subheader("Against drawing names from a hat")
    counts, edges = np.histogram(scores, bins=24)
    random_plans = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "plans": counts, "none": 0})
    marks = {"this plan": plan.score, "most that is possible": plan.bound}
    if plan.bound - plan.score < 0.05:
        marks = {"this plan, the best possible": plan.score}
    lines = pd.DataFrame({"score": list(marks.values()), "what": list(marks)})
    low, high = min(*scores, plan.score), max(*scores, plan.bound)
    x = alt.X("from:Q", title="score", scale=alt.Scale(domain=[low - 1, high + 1], nice=False))
    bars = alt.Chart(random_plans).mark_bar(opacity=0.45)
    rules = alt.Chart(lines).mark_rule(strokeWidth=3)
    chart = alt.layer(
        bars.encode(x=x, x2="to:Q", y=alt.Y("plans:Q", title="random plans"), y2="none:Q"),
        rules.encode(x="score:Q", color=alt.Color("what:N", title=None, legend=alt.Legend(orient="top"))),
    )
    st.altair_chart(
        chart.properties(height=260),
        alt=f"Scores of {plan.baseline.draws} random plans, this plan at {plan.score:.1f}, "
        f"and the most that is possible, {plan.bound:.1f}",
    )


def show_absent(plan: Plan) -> None:
    """Say who was left out on purpose."""
    if plan.absent:
        names = listed(m.name for m in plan.absent)
        st.info(f"Absent from this plan: {plain(names)}.", icon=":material/person_off:")


def show_rules(plan: Plan, audience: Audience) -> None:
    """List the rules and say whether each is kept."""
    rules = [r for r in plan.rules if audience == "manager" or not r.private]
    kept = sum(r.kept for r in rules)
    with st.expander(f"{kept} of {counted(len(rules), 'rule')} kept", icon=":material/rule:"):
        marks = {True: ":green[:material/check:]", False: ":red[:material/close:]"}
        st.markdown("\n".join(f"- {marks[r.kept]} {plain(r.rule)}" for r in rules))


def _rounds(settings: Mapping[str, Any]) -> str:
    if not settings["rounds"]:
        return "–"
    wanted = "the same people together again" if settings["keep"] else "other people together than before"
    return f"{settings['rounds']}; {wanted}"


def show_settings(plan: Plan) -> None:
    """List the settings that made the plan."""
    settings = plan.settings
    names = {m.key: m.name for m in plan.brief.roster.members}
    importances = {goal.label: settings.get("goals", {}).get(goal.name, "") for goal in GOALS}
    said = {
        "Sizes": listed(map(str, plan.brief.sizes)),
        "Importances": listed(f"{label.lower()} {importance}" for label, importance in importances.items()),
        "Purpose": settings.get("preset") or "–",
        "Columns to mix": listed(settings["mix"]) if settings.get("mix") else "–",
        "Nobody alone by": listed(settings["not_alone"]) if settings.get("not_alone") else "–",
        "Past rounds": _rounds(settings),
        "Hours to meet": f"{settings['meeting_hours']} a week" if importances["Meeting"] != "off" else "–",
        "Buddies": "one for everybody" if settings.get("buddies") else "–",
        "Absent": listed(names[key] for key in settings["absent"]) if settings.get("absent") else "–",
        "Superpowers": "ranked" if settings.get("ranked", True) else "unranked",
        "Hard clashes in duos": "allowed" if settings.get("lift_hard_clash") else "not allowed",
        "Time": f"{plan.seconds:.1f} s of {settings.get('seconds', 0):g} s, seed {plan.seed}",
        "Bound by": plan.bound_by or "–",
    }
    with st.expander("Settings that made this plan", icon=":material/tune:"):
        st.table(
            {title: plain(value) for title, value in said.items()},
            border="horizontal",
            alt="Settings of this plan",
        )
