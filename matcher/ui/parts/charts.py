"""Pictures of a plan: who covers which family, who fits whom, what holds a group together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

from matcher.goals.complement import PARTNER, bond_text
from matcher.goals.coverage import family_weights
from matcher.people.catalogue import Kind
from matcher.people.figures import figure
from matcher.people.fit import FULL
from matcher.people.friction import Severity
from matcher.people.names import counted, listed
from matcher.ui.parts.cards import initials
from matcher.ui.parts.families import family_signs

if TYPE_CHECKING:
    import altair as alt

    from matcher.people.brief import Brief
    from matcher.plan.plan import Group, Plan

FRICTION = "friction"
PLURALS = {"complement": "complements", "clash": "clashes", FRICTION: "frictions"}

RANKS = {10: "1st", 6: "2nd", 3: "3rd", 0: "✕"}
"""What a weight in tenths says: as whose superpower a family is covered at best."""

NUMBERS_UP_TO = 14
"""So many people at most have their fits written into the cells."""

COVERED = ["#f1eee6", "#cfd6f2", "#97a4e0", "#4f60c2"]
AGAINST, NEUTRAL, TOGETHER = "#b3402a", "#f4f1ea", "#2f6f8f"
INK, PALE, RED, FRAME = "#22252e", "#ffffff", "#b3261e", "#5b6070"


@dataclass(frozen=True)
class Picture:
    """A chart, its finding in words that stand for it where it cannot be seen, and the short of it."""

    chart: alt.LayerChart | alt.FacetChart
    alt: str
    short: str = ""


def families_picture(plan: Plan, groups: Sequence[Group]) -> Picture:
    """Return who covers which family in each group, as what rank of superpower, and what is missing."""
    import altair as alt
    import pandas as pd

    brief = plan.brief
    catalogue, signs = brief.roster.catalogue, family_signs(brief.roster.catalogue)
    weights = family_weights(brief)
    rows, missing = [], dict[str, list[str]]()
    for group in groups:
        people = [brief.indices[key] for key in group.members]
        for family, by_member in weights.items():
            name = catalogue.family_by_id[family].name
            best = max((by_member[i] for i in people), default=0)
            who = [brief.name(i) for i in people if best and by_member[i] == best]
            rank = RANKS.get(best, "yes") if brief.roster.ranked else "yes" if best else "✕"
            if not best:
                missing.setdefault(name, []).append(group.name)
            rows.append(
                {
                    "group": group.name,
                    "family": f"{signs[family]} {name}",
                    "weight": best,
                    "covered as": rank if best else "missing",
                    "cell": rank,
                    "by": listed(who) if who else "nobody",
                }
            )
    frame = pd.DataFrame(rows)
    order = list(dict.fromkeys(frame["family"])), [group.name for group in groups]
    base = alt.Chart(frame).encode(
        x=alt.X(
            "family:N",
            sort=order[0],
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=-45,
                labelOverlap=False,
                labelAlign="left",
                labelBaseline="bottom",
                labelLimit=120,
                ticks=False,
                domain=False,
            ),
        ),
        y=alt.Y(
            "group:N",
            sort=order[1],
            title=None,
            axis=alt.Axis(labelLimit=110, ticks=False, domain=False),
        ),
        tooltip=["group:N", "family:N", "covered as:N", "by:N"],
    )
    scale = alt.Scale(type="threshold", domain=[1, 4, 8], range=COVERED)
    cells = base.mark_rect(cornerRadius=4, stroke="white", strokeWidth=2).encode(
        color=alt.Color("weight:Q", scale=scale, legend=None)
    )
    text = base.mark_text(fontSize=12, fontWeight=600).encode(
        text="cell:N",
        color=alt.when("datum.weight > 7")
        .then(alt.value(PALE))
        .when("datum.weight == 0")
        .then(alt.value(RED))
        .otherwise(alt.value(INK)),
    )
    finding = f"Families in {counted(len(groups), 'group')}: "
    if not missing:
        finding += "every family is covered in each of them."
    else:
        gaps = [f"nobody brings {name} in {_some(where)}" for name, where in missing.items()]
        finding += f"{listed(gaps)}."
    return Picture((cells + text).properties(height=70 + 30 * len(groups)), finding)


def fits_picture(plan: Plan, groups: Sequence[Group]) -> Picture:
    """Return the fit of every two members of some groups, ordered by group; pairs in one group framed."""
    import altair as alt
    import pandas as pd

    brief = plan.brief
    placed = [(key, group) for group in groups for key in group.members]
    several = len(groups) > 1
    called = {key: _short(brief.name(brief.indices[key]), 16) for key, _ in placed}
    titles = _distinct(
        {key: f"{called[key]} · {group.name}" if several else called[key] for key, group in placed}
    )
    rows = [
        {
            "member": titles[a],
            "with": titles[b],
            "fit": plan.fit(a, b),
            "shown": figure(plan.fit(a, b), 0),
            "same": here is there,
            "together": "in one group" if here is there else "in different groups",
        }
        for a, here in placed
        for b, there in placed
        if a != b
    ]
    frame = pd.DataFrame(rows, columns=["member", "with", "fit", "shown", "same", "together"])
    order = [titles[key] for key, _ in placed]
    axis = alt.Axis(
        labelLimit=150, ticks=False, domain=False, labelFontSize=11, labelOverlap=False, labelFlush=False
    )
    base = alt.Chart(frame).encode(
        x=alt.X(
            "with:N",
            sort=order,
            title=None,
            axis=alt.Axis(
                orient="top", labelAngle=-90, labelLimit=150, ticks=False, domain=False, labelFontSize=11
            ),
        ),
        y=alt.Y("member:N", sort=order, title=None, axis=axis),
        tooltip=["member:N", "with:N", "fit:Q", "together:N"],
    )
    scale = alt.Scale(domain=[-100, 0, 100], range=[AGAINST, NEUTRAL, TOGETHER])
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "fit:Q", scale=scale, legend=alt.Legend(orient="bottom", title="fit", gradientLength=160)
        )
    )
    layers = [cells]
    if several:
        layers.append(
            base.transform_filter("datum.same").mark_rect(filled=False, stroke=FRAME, strokeWidth=2)
        )
    if len(placed) <= NUMBERS_UP_TO:
        strong = alt.when("abs(datum.fit) > 55").then(alt.value(PALE)).otherwise(alt.value(INK))
        layers.append(base.mark_text(fontSize=11).encode(text="shown:N", color=strong))
    step = 30 if len(placed) <= NUMBERS_UP_TO else 18
    return Picture(alt.layer(*layers).properties(height=200 + step * len(placed)), _told_fits(plan, groups))


def _told_fits(plan: Plan, groups: Sequence[Group]) -> str:
    pairs = [(plan.fit(a, b), a, b) for group in groups for a, b in combinations(group.members, 2)]
    if not pairs:
        return "Fits: there is no pair in these groups."
    names = plan.brief.name
    best, worst = max(pairs), min(pairs)
    partners = sum(fit >= PARTNER for fit, _, _ in pairs)

    def told(pair: tuple[int, str, str]) -> str:
        fit, a, b = pair
        return f"{names(plan.brief.indices[a])} and {names(plan.brief.indices[b])} with {figure(fit, 0)}"

    where = "in one group" if len(groups) > 1 else f"in {groups[0].name}"
    return (
        f"Fits of {counted(len(pairs), 'pair')} {where}: {partners} of {PARTNER} or more; "
        f"highest {told(best)}, lowest {told(worst)}."
    )


def network_picture(plan: Plan, group: Group) -> Picture:
    """Return complements, clashes and frictions inside one group: people on a circle, lines between them."""
    import altair as alt
    import pandas as pd

    brief, number = plan.brief, len(group.members)
    signs, catalogue = family_signs(brief.roster.catalogue), brief.roster.catalogue
    at = {brief.indices[key]: _place(nth, number) for nth, key in enumerate(group.members)}
    nodes = []
    for index, (x, y) in at.items():
        member = brief.members[index]
        powers = [catalogue.by_id[superpower].name for superpower in member.superpowers]
        nodes.append(
            {
                "x": x,
                "y": y,
                "label y": y + 0.36 if y > 0.01 else y - 0.36,
                "initials": initials(member.name),
                "name": brief.name(index),
                "label": _named(brief, index, signs),
                "superpowers": listed(powers) if powers else "none known yet",
            }
        )
    lines = _lines(brief, at)
    kinds = [*map(str, Kind), FRICTION]
    flat = number < 3
    reach = 0.8 if flat else 1.5
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    scale = {"x": alt.Scale(domain=[-1.45, 1.45]), "y": alt.Scale(domain=[-reach, reach])}
    rules = (
        alt.Chart(pd.DataFrame(lines, columns=["x", "y", "x2", "y2", "kind", "width", "between", "why"]))
        .mark_rule(opacity=0.85)
        .encode(
            x=alt.X("x:Q", axis=hidden, scale=scale["x"]),
            y=alt.Y("y:Q", axis=hidden, scale=scale["y"]),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("width:Q", legend=None, scale=None),
            color=alt.Color(
                "kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[TOGETHER, AGAINST, RED])
            ),
            strokeDash=alt.StrokeDash(
                "kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[[1, 0], [7, 4], [2, 3]])
            ),
            tooltip=["between:N", "kind:N", "why:N"],
        )
    )
    people = alt.Chart(
        pd.DataFrame(nodes, columns=["x", "y", "label y", "initials", "name", "label", "superpowers"])
    ).encode(
        x=alt.X("x:Q", axis=hidden, scale=scale["x"]),
        y=alt.Y("y:Q", axis=hidden, scale=scale["y"]),
        tooltip=["name:N", "superpowers:N"],
    )
    circles = people.mark_circle(size=900, opacity=1, color="#3d4fb8", stroke="white", strokeWidth=2)
    inside = people.mark_text(fontSize=11, fontWeight=700, color=PALE).encode(text="initials:N")
    beside = people.mark_text(fontSize=11).encode(
        y=alt.Y("label y:Q", axis=hidden, scale=scale["y"]), text="label:N"
    )
    chart = (
        alt.layer(rules, circles, inside, beside)
        .properties(height=120 if flat else 230)
        .configure_view(stroke=None)
    )
    return Picture(chart, *_told_network(group, lines))


def _place(nth: int, number: int) -> tuple[float, float]:
    """Return where the nth of so many people is on the circle: the first on top, two beside each other."""
    if number < 3:
        return (1.5 * nth - 0.75 if number == 2 else 0.0), 0.0
    angle = pi / 2 - 2 * pi * nth / number
    return cos(angle), sin(angle)


def _named(brief: Brief, index: int, signs: dict[str, str]) -> str:
    first = brief.members[index].superpowers[:1]
    sign = signs[brief.roster.catalogue.family_of(first[0])] if first else "?"
    return f"{sign} {_short(brief.name(index).split()[0], 12)}"


@dataclass(frozen=True)
class _Tie:
    """What is between two members: a complement, a clash or a friction."""

    i: int
    j: int
    kind: str
    width: float
    why: str


def _ties(brief: Brief, people: Sequence[int]) -> list[_Tie]:
    frictions = {frozenset(brief.present((f.a, f.b))): f for f in brief.frictions}
    found = []
    for i, j in combinations(sorted(people), 2):
        for kind in Kind:
            for bond in brief.fit.bonds(i, j, kind)[:1]:
                points = round(100 * bond.raw / FULL)
                if points >= PARTNER:
                    why = f"{bond_text(brief, bond)} ({bond.relation.basis})"
                    found.append(_Tie(i, j, str(kind), 1 + points / 20, why))
        if friction := frictions.get(frozenset((i, j))):
            hard = friction.severity is Severity.NEVER
            said = "never to work together" if hard else "would rather not work together"
            found.append(_Tie(i, j, FRICTION, 5 if hard else 3.5, friction.note or said))
    return found


def _lines(brief: Brief, at: dict[int, tuple[float, float]]) -> list[dict[str, Any]]:
    """Return a line for each tie; those of one pair lie side by side."""
    lines, drawn = [], dict[tuple[int, int], int]()
    for tie in _ties(brief, list(at)):
        nth = drawn[tie.i, tie.j] = drawn.get((tie.i, tie.j), -1) + 1
        (x, y), (x2, y2) = at[tie.i], at[tie.j]
        length = hypot(x2 - x, y2 - y)
        aside = (0.0, 0.09, -0.09)[nth] / length
        dx, dy = (y2 - y) * aside, (x - x2) * aside
        lines.append(
            {
                "x": x + dx,
                "y": y + dy,
                "x2": x2 + dx,
                "y2": y2 + dy,
                "kind": tie.kind,
                "width": tie.width,
                "between": listed((brief.name(tie.i), brief.name(tie.j))),
                "why": tie.why,
            }
        )
    return lines


def _told_network(group: Group, lines: Sequence[dict[str, Any]]) -> tuple[str, str]:
    """Return what the lines say, with the names and without."""
    told, short = [], []
    for kind, plural in PLURALS.items():
        pairs = [line["between"] for line in lines if line["kind"] == kind]
        if pairs:
            short.append(counted(len(pairs), kind, plural))
            more = "; …" if len(pairs) > 4 else ""
            told.append(f"{short[-1]} ({'; '.join(pairs[:4])}{more})")
    nothing = "no strong complement, no clash and no friction"
    return f"{group.name}: {listed(told) if told else nothing}.", listed(short) if short else nothing


def _some(names: Sequence[str]) -> str:
    return listed(names) if len(names) < 5 else f"{len(names)} groups, {names[0]} among them"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _distinct(titles: dict[str, str]) -> dict[str, str]:
    """Return titles of which no two are the same: a chart would take them for one."""
    seen: dict[str, int] = {}
    found = {}
    for key, title in titles.items():
        seen[title] = seen.get(title, 0) + 1
        found[key] = title if seen[title] == 1 else f"{title} ({seen[title]})"
    return found
