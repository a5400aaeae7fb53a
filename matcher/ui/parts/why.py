"""Why a group, a duo or a member: every reason with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import streamlit as st

from matcher.goals import SCORED
from matcher.goals.complement import bond_text
from matcher.people.catalogue import Kind
from matcher.people.figures import figure
from matcher.people.fit import FULL, Bond
from matcher.people.names import listed
from matcher.plan.open_points import open_points
from matcher.ui.markup import badge, bullets, plain
from matcher.ui.parts.families import superpower_badges

if TYPE_CHECKING:
    from matcher.people.brief import Brief
    from matcher.plan.plan import Group, Plan

WHY = "Why this group?"
BASES = {
    "stated": ("green", "said in a published source"),
    "inferred": ("blue", "follows from another framework"),
    "judgement": ("orange", "our own judgement"),
    "yours": ("violet", "entered by you"),
}
ELSEWHERE = 3
"""So many of the best partners in other groups are named."""


def look_at(plan: Plan, group: str, member: str) -> None:
    """Let the page begin with a group, or with a member."""
    home = next((g.name for g in plan.groups if member and member in g.members), group)
    st.session_state["why_group"] = home
    st.session_state["why_who"] = (member,) if member else ()


def ask_why(plan: Plan) -> None:
    """Ask for a group, and a member or a pair of it; say why they are together."""
    groups = {group.name: group for group in sorted(plan.groups, key=lambda g: g.score) if group.members}
    if st.session_state.get("why_group") not in groups:
        st.session_state["why_group"] = next(iter(groups))
    brief = plan.brief
    with st.grid(2, min_column_width=240):
        name = st.selectbox(
            "Group",
            list(groups),
            format_func=lambda n: f"{n} · score {figure(groups[n].score, 0)}" if n in groups else "",
            key="why_group",
        )
        group = groups[name]
        whom = [(), *((key,) for key in group.members)]
        whom += list(combinations(group.members, 2)) if len(group.members) > 2 else []
        if st.session_state.get("why_who") not in whom:
            st.session_state["why_who"] = ()
        who = st.selectbox(
            "Whom in it",
            whom,
            format_func=lambda keys: _called(brief, keys),
            key="why_who",
        )
    if len(group.members) == 2 and not who:
        _about_group(plan, group)
        _about_pair(plan, group.members)
    elif not who:
        _about_group(plan, group)
    elif len(who) == 1:
        _about_member(plan, group, who[0])
    else:
        _about_pair(plan, who)
    meanings = (f"{badge(basis, colour)} {said}" for basis, (colour, said) in BASES.items())
    st.caption(f"Where a reason comes from: {', '.join(meanings)}.")


def _called(brief: Brief, keys: Sequence[str]) -> str:
    known = [brief.name(brief.indices[key]) for key in keys if key in brief.indices]
    return listed(known) if known else "All of them"


def _about_group(plan: Plan, group: Group) -> None:
    st.markdown(f"#### {plain(group.name)}", anchors=False)
    st.markdown(bullets(group.why))
    if group.talk_about:
        st.markdown(
            f"**To talk about** :small[:material/lock: only in your copy]\n\n{bullets(group.talk_about)}"
        )
    if points := open_points(plan, group):
        st.markdown(f"**What stays open**\n\n{bullets(point.text for point in points)}")
    goals = {goal.name: goal for goal in SCORED}
    st.table(
        {
            plain(goals[name].label): f"**{figure(value)}** of 100. {plain(goals[name].sentence)}"
            for name, value in group.goals.items()
        },
        border="horizontal",
        alt=f"What each goal is worth in {group.name}, and what 100 would mean",
    )


def _about_member(plan: Plan, group: Group, key: str) -> None:
    brief = plan.brief
    index = brief.indices[key]
    catalogue = brief.roster.catalogue
    superpowers = brief.members[index].superpowers
    labels = superpower_badges(superpowers, catalogue) or ":gray[no superpower yet]"
    st.markdown(f"#### {plain(brief.name(index))} {labels}", anchors=False)
    said = [catalogue.by_id[s].description for s in superpowers if catalogue.by_id[s].description]
    if said:
        st.markdown(bullets(said))
    if rules := _rules_about(plan, key):
        st.markdown(f"**Rules about {plain(brief.name(index))}** :small[:material/lock: only in your copy]")
        st.markdown("\n".join(rules))
    others = sorted((k for k in group.members if k != key), key=lambda k: -plan.fit(key, k))
    for other in others:
        _show_bonds(brief, index, brief.indices[other], plan.fit(key, other))
    _show_elsewhere(plan, group, key)


def _rules_about(plan: Plan, key: str) -> list[str]:
    """Return the rules that name a member, each with whether it is kept, in Markdown."""
    marks = {True: ":green[:material/check:]", False: ":red[:material/close: broken]"}
    found = []
    for check in plan.rules:
        named = {*getattr(check.source, "members", ()), getattr(check.source, "member", "")}
        if friction := getattr(check.source, "friction", None):
            named |= {friction.a, friction.b}
        if key in named:
            found.append(f"- {marks[check.kept]} {plain(check.rule)}")
    return found


def _show_elsewhere(plan: Plan, group: Group, key: str) -> None:
    brief, here = plan.brief, set(group.members)
    home = {k: g.name for g in plan.groups for k in g.members}
    away = sorted((-plan.fit(key, k), k) for k in home if k not in here)[:ELSEWHERE]
    if away:
        told = (f"{brief.name(brief.indices[k])} ({home[k]}) {figure(-fit, 0)}" for fit, k in away)
        text = f"The highest fits in other groups: {listed(told)}."
        st.caption(f"{plain(text)} Ask “Why are these two not together?” for what that would cost.")


def _about_pair(plan: Plan, keys: Sequence[str]) -> None:
    a, b = keys
    _show_bonds(plan.brief, plan.brief.indices[a], plan.brief.indices[b], plan.fit(a, b))


def _show_bonds(brief: Brief, i: int, j: int, fit: int) -> None:
    found = {kind: brief.fit.bonds(i, j, kind) for kind in Kind}
    names = listed((brief.name(i), brief.name(j)))
    complement, clash = (round(100 * found[kind][0].raw / FULL) if found[kind] else 0 for kind in Kind)
    sum_ = f"{complement} − {clash}" if clash else f"{complement}"
    st.markdown(
        f"**{plain(names)}** · fit {figure(fit, 0)} :small[= complement − clash = {sum_}]"
        if clash
        else f"**{plain(names)}** · fit {figure(fit, 0)}"
    )
    lines = [_told(brief, bond) for kind in Kind for bond in found[kind]]
    st.markdown("\n".join(lines) if lines else "- No superpowers of theirs are related.")


def _told(brief: Brief, bond: Bond) -> str:
    relation = bond.relation
    colour, _ = BASES[relation.basis]
    against = relation.kind is Kind.CLASH
    sign = ":red[:material/bolt: clash]" if against else ":green[:material/add: complement]"
    soft = ""
    if bond.softened:
        soft = f", halved by {brief.roster.catalogue.by_id[relation.softened_by].name.lower()}"
    sources = [brief.roster.catalogue.sources.get(key, key) for key in relation.source.split(";") if key]
    source = f" :small[{plain(listed(sources))}]" if sources else ""
    points = round(100 * bond.raw / FULL)
    return (
        f"- {sign} **{points}** {badge(relation.basis, colour)} "
        f"{plain(bond_text(brief, bond) + soft)}.{source}"
    )
