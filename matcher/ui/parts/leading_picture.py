"""The picture of who turns to whom: the sought-after in the middle, the others around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING

from matcher.people.names import counted, fold, listed
from matcher.ui.parts.charts import FRAME, INK, Picture

if TYPE_CHECKING:
    from matcher.plan.leading import Leading, Person

PEOPLE = 48
"""A picture has room for so many people; of more, the most sought after and their neighbours are shown."""

CENTRE = 8
"""So many of the sought-after are in the middle; the others stand where they would without it."""

NAMED = 26
"""Of more people than these, only those in the middle and who is chosen have their names beside them."""

SMALL, LARGE = 70, 800
"""Area of the mark of whom nobody turns to, and of who has the most ballots, in square pixels."""

RADII = {1: (0.5,), 2: (0.45, 1.0), 3: (0.36, 0.72, 1.0)}
"""How far out the circles are, by how many there are."""

KINDS = {
    "quiet leader": ("diamond", "#b3402a"),
    "sought after": ("square", "#3d4fb8"),
    "turned to": ("circle", "#7d8bb8"),
    "nobody turns to them yet": ("circle", "#ffffff"),
}
"""What a person is in the picture: the shape and the fill; no two differ in colour alone."""

Place = tuple[float, float]


def leading_picture(found: Leading, focus: Person | None = None) -> Picture:
    """Return who turns to whom.

    Parameters
    ----------
    found
        Who leads from behind.
    focus
        Whose neighbours alone are shown; ``None`` for the sought-after and theirs.
    """
    import altair as alt
    import pandas as pd

    people, middle = shown(found, focus)
    at = places(people, middle)
    inside = {person.key for person in middle}
    labels = _labels(people)
    few = len(people) <= NAMED
    nodes = [
        {
            "x": at[p.key][0],
            "y": at[p.key][1],
            "kind": kind_of(p),
            "load": float(p.load),
            "label": labels[p.key] if few or p.key in inside else "",
            "name": p.name if p.present else f"{p.name} (absent)",
            "turned to by": counted(len(p.turned_to_by), "person", "people"),
            "turns to": counted(len(p.turns_to), "person", "people"),
            "ballots": p.share,
            "centre": p.key in inside,
        }
        for p in people
    ]
    lines = [
        {"line": f"{n} {end}", "end": end, "x": place[0], "y": place[1], "width": width, "line number": n}
        for n, (a, b) in enumerate((p.key, to) for p in people for to in p.turns_to if to in at)
        for end, (place, width) in enumerate(((at[a], 5.0), (at[b], 0.6)))
    ]
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    x = alt.X("x:Q", axis=hidden, scale=alt.Scale(domain=[-1.2, 1.2]))
    y = alt.Y("y:Q", axis=hidden, scale=alt.Scale(domain=[-1.18, 1.18]))
    strokes = (
        alt.Chart(pd.DataFrame(lines, columns=["line number", "end", "x", "y", "width"]))
        .mark_trail(color=FRAME, opacity=0.28, tooltip=None)
        .encode(
            x=x,
            y=y,
            size=alt.Size("width:Q", scale=None, legend=None),
            detail="line number:N",
            order="end:Q",
        )
    )
    there = [kind for kind in KINDS if any(node["kind"] == kind for node in nodes)]
    legend = alt.Legend(
        orient="bottom", title=None, columns=2, symbolSize=130, symbolStrokeWidth=1.2, labelLimit=200
    )
    frame = pd.DataFrame(nodes)
    told = ["name:N", "kind:N", "ballots:N", "turned to by:N", "turns to:N"]
    base = alt.Chart(frame).encode(x=x, y=y, tooltip=told)
    most = max((float(p.load) for p in found.people), default=1.0) or 1.0
    marks = base.mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=1.2).encode(
        size=alt.Size("load:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[SMALL, LARGE])),
        shape=alt.Shape(
            "kind:N", legend=legend, scale=alt.Scale(domain=there, range=[KINDS[k][0] for k in there])
        ),
        fill=alt.Fill(
            "kind:N", legend=legend, scale=alt.Scale(domain=there, range=[KINDS[k][1] for k in there])
        ),
    )
    over = alt.expr(f"-10 - sqrt({SMALL} + {LARGE - SMALL} * datum.load / {most}) / 2")
    names = base.mark_text(fontSize=11, dy=over, stroke="white", strokeWidth=3, strokeOpacity=0.85)
    inked = base.mark_text(fontSize=11, dy=over, color=INK)
    chart = (
        alt.layer(strokes, marks, names.encode(text="label:N"), inked.encode(text="label:N"))
        .properties(height=470)
        .configure_view(stroke=None)
    )
    return Picture(chart, _told(found, people, focus), _short(found, people, middle, focus))


def kind_of(person: Person) -> str:
    """Return what somebody is in the picture and in the list."""
    if person.quiet:
        return "quiet leader"
    if person.sought:
        return "sought after"
    return "turned to" if person.turned_to_by else "nobody turns to them yet"


def shown(found: Leading, focus: Person | None) -> tuple[list[Person], list[Person]]:
    """Return who is in the picture, the highest load first, and which of them stand in the middle."""
    if focus is not None:
        near = {focus.key, *focus.turned_to_by, *focus.turns_to}
        return _first([focus], (p for p in found.people if p.key in near)), [focus]
    middle = list(found.sought[:CENTRE]) or list(found.people[:1])
    if len(found.people) <= PEOPLE:
        return list(found.people), middle
    keys = {p.key for p in middle}
    near = {key for p in middle for key in (*p.turned_to_by, *p.turns_to)} - keys
    return _first(middle, (p for p in found.people if p.key in near)), middle


def _first(middle: Sequence[Person], others: Iterable[Person]) -> list[Person]:
    """Return those in the middle and as many of the others as there is room for."""
    keys = {p.key for p in middle}
    rest = [p for p in others if p.key not in keys]
    return [*middle, *rest[: PEOPLE - len(middle)]]


def places(people: Sequence[Person], middle: Sequence[Person]) -> Mapping[str, Place]:
    """Return where everybody stands, within −1…1, whatever the order of the roster's rows.

    Those in the middle form a small circle, the others one or two around it. Round a circle people stand
    in the order of the angles at which a spring layout has them, so that those who turn to each other
    are near each other.
    """
    angles = _angles(people)
    keys = {p.key for p in middle}
    outside = [p.key for p in people if p.key not in keys]
    near = [p.key for p in people if p.key in outside and p.turned_to_by] if len(outside) > NAMED // 2 else []
    far = [key for key in outside if key not in near]
    rings = [ring for ring in ([p.key for p in middle], near, far) if ring]
    found: dict[str, Place] = {}
    for ring, radius in zip(rings, RADII[len(rings)], strict=True):
        ordered = sorted(ring, key=lambda key: (angles[key], fold(key)))
        reach = 0.0 if ring is rings[0] and len(ring) == 1 else radius
        for nth, key in enumerate(ordered):
            angle = angles[ordered[0]] + 2 * pi * nth / len(ordered)
            found[key] = reach * cos(angle), reach * sin(angle)
    return found


def _angles(people: Sequence[Person]) -> Mapping[str, float]:
    """Return at which angle a spring layout has everybody."""
    import rustworkx as rx

    keys = sorted((p.key for p in people), key=lambda key: (fold(key), key))
    place = {key: i for i, key in enumerate(keys)}
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(keys)
    edges = sorted(
        {tuple(sorted((place[p.key], place[to]))) for p in people for to in p.turns_to if to in place}
    )
    graph.add_edges_from_no_data([(a, b) for a, b in edges])
    layout = rx.spring_layout(graph, seed=1)
    return {key: atan2(layout[i][1], layout[i][0]) for key, i in place.items()}


def _labels(people: Sequence[Person]) -> Mapping[str, str]:
    """Return first names, with the first letter of the last where two have the same."""
    words = {p.key: p.name.split() for p in people}
    seen: dict[str, int] = {}
    for parts in words.values():
        seen[parts[0]] = seen.get(parts[0], 0) + 1

    def label(parts: Sequence[str]) -> str:
        more = f" {parts[-1][0]}." if seen[parts[0]] > 1 and len(parts) > 1 else ""
        name = parts[0] if len(parts[0]) <= 14 else f"{parts[0][:13]}…"
        return f"{name}{more}"

    return {key: label(parts) for key, parts in words.items()}


def _told(found: Leading, people: Sequence[Person], focus: Person | None) -> str:
    """Return what the picture says, with the names."""
    if focus is not None:
        names = {p.key: p.name for p in found.people}
        by = listed([names[key] for key in focus.turned_to_by]) if focus.turned_to_by else "nobody"
        to = listed([names[key] for key in focus.turns_to]) if focus.turns_to else "nobody here"
        return f"To {focus.name} turn: {by}. {focus.name} turns to: {to}."
    most = [f"{p.name} ({p.share})" for p in found.sought[:CENTRE]]
    said = f"Who turns to whom, {counted(len(people), 'person', 'people')}. "
    said += f"Most sought after: {listed(most)}." if most else "Nobody stands out."
    if found.quiet:
        said += f" Quiet leaders: {listed([p.name for p in found.quiet[:CENTRE]])}."
    return said


def _short(found: Leading, people: Sequence[Person], middle: Sequence[Person], focus: Person | None) -> str:
    """Return who is in the picture where that is not everybody."""
    if focus is not None:
        near = {*focus.turned_to_by, *focus.turns_to}
        left = len(near) + 1 - len(people)
        return f"{focus.name} and those with whom a line links them" + (
            f"; {left} more do not fit." if left else "."
        )
    if len(people) == len(found.people):
        return ""
    most = "one" if len(middle) == 1 else f"{len(middle)}"
    return (
        f"{len(people)} of {len(found.people)} people: the {most} most sought after and those nearest to "
        "them. Choose anybody above to see their lines."
    )
