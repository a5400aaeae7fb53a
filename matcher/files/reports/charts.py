"""Small drawings for pages and PDFs, as SVG. Each has the words for those who do not see it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from matcher.people.figures import figure
from matcher.plan.report import Report

if TYPE_CHECKING:
    from markupsafe import Markup

WIDE, HIGH, FOOT = 520, 110, 18
BINS = 26


def bar(value: float, label: str) -> Markup:
    """Return a bar from 0 to 100."""
    from markupsafe import Markup

    width = round(max(0.0, min(100.0, value)), 1)
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}: {}">'
        '<rect class="track" width="100" height="6"/><rect class="fill" width="{}" height="6"/></svg>'
    ).format(label, f"{figure(value, 0)} of 100", width)


def chance_chart(report: Report) -> Markup | None:
    """Return where the plan stands among random plans, and the most that is possible.

    ``None`` where there is nothing to compare with, or it is not for this audience.
    """
    from markupsafe import Markup

    plan = report.plan
    scores = plan.baseline.scores
    if not report.whole or not scores:
        return None
    low, high = min(*scores, plan.score) - 1, max(*scores, plan.score, plan.bound) + 1
    counts, edges = np.histogram(scores, bins=BINS, range=(low, high))

    def x(score: float) -> float:
        return round((score - low) / (high - low) * WIDE, 1)

    tallest, floor = max(1, int(counts.max())), HIGH - FOOT
    drawn = [
        f'<rect class="chance" x="{x(left)}" y="{floor - h:.1f}" width="{x(right) - x(left) - 1:.1f}" '
        f'height="{h:.1f}"/>'
        for count, left, right in zip(counts, edges, edges[1:], strict=False)
        if (h := count / tallest * (floor - FOOT))
    ]
    best = plan.bound - plan.score < 0.05
    marks = [("plan", plan.score, "this plan, the best possible" if best else "this plan")]
    if not best:
        marks.append(("bound", plan.bound, "at most"))
    for kind, score, words in marks:
        at = x(score)
        anchor = "end" if at > WIDE / 2 else "start"
        height = 12 if kind == "plan" else HIGH - 3
        drawn.append(f'<line class="{kind}" x1="{at}" x2="{at}" y1="{FOOT - 2}" y2="{floor}"/>')
        drawn.append(f'<text x="{at}" y="{height}" text-anchor="{anchor}">{words} {figure(score)}</text>')
    drawn.append(f'<line class="floor" x1="0" x2="{WIDE}" y1="{floor}" y2="{floor}"/>')
    drawn.append(f'<text x="0" y="{HIGH - 3}">{figure(low + 1, 0)}</text>')
    alt = escape(report.chance)
    return Markup(  # only figures and our own words are in it
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDE} {HIGH}" '
        f'width="{WIDE}" height="{HIGH}" role="img" aria-label="{alt}">{"".join(drawn)}</svg>'
    )
