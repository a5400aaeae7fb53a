"""Who has met whom: a picture, and whom each person has never been together with."""

from __future__ import annotations

from typing import Any

import streamlit as st

from matcher.people.names import counted, fold, listed
from matcher.plan.met import Met
from matcher.ui.markup import plain
from matcher.ui.parts.charts import INK, NUMBERS_UP_TO, PALE, Picture
from matcher.ui.parts.editor import ROW
from matcher.work.workspace import Workspace

PEOPLE = 40
"""A picture has room for so many people; of more, those who met the fewest are shown."""

NEVER, ONCE, OFTEN = "#f6e3d3", "#97a4e0", "#2c3a8c"
NAMED = 4
"""More pairs than these a sentence does not name."""

PAIRS = 500
"""Of more pairs who have never met the table shows the first; a search finds the others."""

TALLEST = 320
"""Pixels of the table of pairs."""

LISTED = 12
"""Of more people whom somebody has never met, the list of everybody counts the rest."""


def show_met(now: Workspace) -> None:
    """Show who of those present was together with whom in the past rounds, and who never was."""
    roster, rounds = now.roster, now.history
    assert roster is not None
    if not rounds:
        st.info("Nobody has met yet: there is no past round. Bring one in, or mark a plan as used.")
        return
    if len(roster.present) < 2:
        st.info("Fewer than two people are present.")
        return
    met = Met.of(roster, rounds)
    st.markdown(plain(_told(met, len(rounds))))
    shown = _shown(met)
    picture = met_picture(met, shown)
    st.altair_chart(picture.chart, alt=picture.alt)
    st.caption(
        "Pale: never together; blue: together, the darker the more often."
        + (f" The {PEOPLE} people who have met the fewest others." if len(shown) < len(met.times) else "")
    )
    _show_pairs(met)
    _show_list(met)


def _shown(met: Met) -> list[int]:
    """Return who is in the picture: everybody, or those who met the fewest, in the order of the names."""
    everybody = range(len(met.times))
    fewest = sorted(everybody, key=lambda i: int(met.others[i]))[:PEOPLE]
    return sorted(fewest)


def _told(met: Met, rounds: int) -> str:
    people = counted(len(met.times), "person", "people")
    past = counted(rounds, "past round")
    if not met.new_pairs:
        said = f"In {past} all {met.pairs} pairs of the {people} present were together at least once."
    else:
        been = met.pairs - met.new_pairs
        said = (
            f"In {past} {been} of the {met.pairs} pairs of the {people} present were together; "
            f"{met.new_pairs} never {'was' if met.new_pairs == 1 else 'were'}."
        )
    often = met.most_often()
    if often and len(often) <= NAMED:
        pairs = listed([f"{met.names[i]} with {met.names[j]}" for i, j in often])
        said += f" Most often: {pairs}, {met.most} times."
    elif often:
        said += f" {counted(len(often), 'pair')} met {met.most} times, the most."
    return said + _told_fewest(met)


def _told_fewest(met: Met) -> str:
    fewest = met.fewest()
    if not fewest:
        return ""
    number, of = int(met.others[fewest[0]]), len(met.times) - 1
    who = listed([met.names[i] for i in fewest]) if len(fewest) <= NAMED else f"{len(fewest)} people"
    has = "has" if len(fewest) == 1 else "have"
    return f" {who} {has} met the fewest: {number} of {counted(of, 'other')}."


def met_picture(met: Met, shown: list[int]) -> Picture:
    """Return in how many rounds every two of some members were together, as cells of a table."""
    import altair as alt
    import pandas as pd

    names = {i: met.names[i] for i in shown}
    rows = [
        {
            "member": names[i],
            "with": names[j],
            "times": int(met.times[i, j]),
            "together": counted(int(met.times[i, j]), "round") if met.times[i, j] else "never",
        }
        for i in shown
        for j in shown
        if i != j
    ]
    few = len(shown) <= NUMBERS_UP_TO
    order = list(names.values())
    size = 11 if few else 9
    axis: dict[str, Any] = {
        "labelLimit": 110,
        "labelFontSize": size,
        "labelFlush": False,
        "ticks": False,
        "domain": False,
    }
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            "with:N",
            sort=order,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-90, labelOverlap=not few, **axis),
        ),
        y=alt.Y("member:N", sort=order, title=None, axis=alt.Axis(labelOverlap=False, **axis)),
        tooltip=["member:N", "with:N", "together:N"],
    )
    scale = alt.Scale(domain=[0, 1, max(2, met.most)], range=[NEVER, ONCE, OFTEN])
    layers = [
        base.mark_rect(stroke="white", strokeWidth=1).encode(
            color=alt.Color("times:Q", scale=scale, legend=None)
        )
    ]
    if few:
        strong = alt.when("datum.times > 1").then(alt.value(PALE)).otherwise(alt.value(INK))
        layers.append(
            base.transform_filter("datum.times > 0")
            .mark_text(fontSize=size)
            .encode(text="times:Q", color=strong)
        )
    step = 26 if few else 14
    people = counted(len(shown), "person", "people")
    words = (
        f"Who has met whom, {people} in rows and columns: {met.new_pairs} of {met.pairs} pairs of those "
        f"present have never been together; no pair more often than {counted(met.most, 'time')}. "
        "Whom each person has never met is listed below."
    )
    return Picture(alt.layer(*layers).properties(height=110 + step * len(shown)), words)


def _show_pairs(met: Met) -> None:
    """Show the pairs that have never met, and find those of somebody among them."""
    if not met.new_pairs:
        return
    with st.expander(f"Pairs that never met: {met.new_pairs}"):
        said = st.text_input("Find a person", key="met_find", type="search", live=True, max_chars=80)
        looked_for, names = fold(said or ""), met.names
        among = [i for i, name in enumerate(names) if looked_for in fold(name)] if looked_for else None
        pairs = met.never_met(among)
        if not pairs:
            st.caption("Nobody who is called so is in such a pair.")
            return
        shown = pairs[:PAIRS]
        st.dataframe(
            {"member": [names[i] for i, _ in shown], "never met": [names[j] for _, j in shown]},
            hide_index=True,
            height=min(TALLEST, ROW * (len(shown) + 1) + 3),
            alt=f"Pairs that have never been together: {len(pairs)}",
        )
        if len(pairs) > PAIRS:
            st.caption(f"The first {PAIRS} of {len(pairs)}; search for a person to see theirs.")


def _show_list(met: Met) -> None:
    """Show whom each member has never met, those with the most first, and one of them in full."""
    never = {name: [met.names[j] for j in met.never(i)] for i, name in enumerate(met.names)}
    ordered = sorted(never, key=lambda name: (-len(never[name]), name))
    who = st.selectbox(
        "Whom has … never met?",
        ordered,
        index=None,
        key="met_whom",
        placeholder="Choose a person",
        persist_state="session",
    )
    if who in never:
        others = never[who]
        st.markdown(
            plain(f"{who} has never been together with {counted(len(others), 'person', 'people')}: ")
            + plain(listed(others))
            if others
            else plain(f"{who} has met everybody.")
        )
    with st.expander("Whom each person has never met"):
        st.markdown(
            "\n".join(
                f"- **{plain(name)}** ({len(never[name])}): {plain(_some(never[name]))}" for name in ordered
            )
        )


def _some(names: list[str]) -> str:
    if not names:
        return "nobody"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED + 1 else ""
    return f"{', '.join(names[:LISTED])}{more}" if more else listed(names)
