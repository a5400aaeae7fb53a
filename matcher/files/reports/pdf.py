"""A plan as a PDF that is good enough to print."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from matcher.files.reports.charts import chance_chart
from matcher.files.reports.text import breakable, tame
from matcher.people.figures import figure
from matcher.plan.report import SIGNS, TO_BE_FOUND, Card, Report, Value

if TYPE_CHECKING:
    from typst import Fonts

    from matcher.plan.plan import Audience, Plan

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parents[3] / "data" / "fonts"
CJK = "noto_cjk_sans_otc"
"""The package that brings the letters of Chinese, Japanese and Korean, which are many."""

LINE, BESIDE_BARS, HALF = 80, 45, 36
"""Letters on a line of a card as wide as the page, beside the bars in it, and of a card half as wide."""

SURELY_SHORT = 28
"""So many lines, even were they half as many more, fit on a page; longer cards are measured, at a cost."""

WIDE = "\u1100"
"""From here on most letters take twice the room."""

STYLE = (
    "<style>text{font-family:'Noto Sans';font-size:12px;fill:#22252e}.chance{fill:#a9adba}"
    "line{stroke:#dedad0;stroke-width:2}.plan{stroke:#3d4fb8;stroke-width:3}"
    ".bound{stroke:#236b4b;stroke-dasharray:4 3}</style>"
)


def plan_pdf(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as an accessible PDF (PDF/UA-1); the same plan gives the same bytes.

    What is written arrives in the document as data, so no name can be taken for an instruction.
    A character that none of the fonts has is shown as a box; the PDF is then tagged, but not PDF/UA.

    Parameters
    ----------
    plan, audience
        What to write, and for whom.
    """
    import typst  # late: only this needs it

    inputs = _inputs(Report(plan, audience))
    try:
        return _typeset(inputs, "ua-1")
    except typst.TypstError:  # that standard allows no boxes; better one than no letter and no file
        return _typeset(inputs)


def _typeset(inputs: dict[str, str], standard: Literal["ua-1"] | None = None) -> bytes:
    import typst

    made, _ = typst.compile_with_warnings(
        str(TEMPLATES / "plan.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standard,
    )
    return made


def _inputs(report: Report) -> dict[str, str]:
    return {"report": json.dumps(_fit_for_print(_told(report)))}


@cache
def _fonts() -> Fonts:
    """Return our fonts, and no others: a PDF looks the same wherever it was made."""
    from typst import Fonts

    found = find_spec(CJK)
    more = [str(place) for place in found.submodule_search_locations or ()] if found else []
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS), *more])


def _told(report: Report) -> dict[str, Any]:
    """Return what a report says as plain values."""
    chart = chance_chart(report)
    pairs = all(len(card.people) <= 3 for card in report.cards)

    def values(found: Iterable[Value], digits: int = 1) -> list[dict[str, Any]]:
        return [
            {"label": v.label, "value": v.value, "shown": figure(v.value, digits), "aside": v.aside}
            for v in found
        ]

    return {
        "whole": report.whole,
        "title": report.title,
        "when": report.when,
        "summary": " ".join(report.summary),
        "to_be_found": TO_BE_FOUND,
        "footnote": report.footnote,
        "pairs": pairs,
        "figures": values(report.figures),
        "values": values(report.values),
        "chart": str(chart).replace(">", f">{STYLE}", 1) if chart else "",
        "alt": report.chance,
        "cards": [
            {
                "name": card.name,
                "score": "" if card.score is None else figure(card.score),
                "people": [
                    {"name": p.name, "superpowers": p.superpowers, "brings": "" if report.whole else p.brings}
                    for p in card.people
                ],
                "values": values(card.values, 0),
                "why": card.why,
                "talk_about": card.talk_about,
                "begin": card.begin,
                "long": _lines(card, pairs=pairs) > SURELY_SHORT,
            }
            for card in report.cards
        ],
        "families": report.grid.families,
        "grid": report.grid.rows,
        "signs": SIGNS,
        "absent": report.absent,
        "rules": [{"rule": r.rule, "kept": r.kept, "faults": r.faults} for r in report.rules],
        "settings": list(report.settings.items()) if report.whole else [],
    }


def _lines(card: Card, *, pairs: bool) -> int:
    """Return about how many lines a card takes."""

    def lines(text: str, width: int) -> int:
        return 1 + (len(text) + sum(letter >= WIDE for letter in text)) // width

    beside = HALF if pairs else BESIDE_BARS if card.values else LINE
    people = sum(lines(f"{p.name} {p.listed}", beside) + bool(p.brings) for p in card.people)
    width = HALF if pairs else LINE
    return people + sum(lines(text, width) for text in (*card.why, *card.talk_about, card.begin))


def _fit_for_print(told: Any, key: str = "") -> Any:
    if isinstance(told, str):
        return told if key == "chart" else breakable(tame(told))
    if isinstance(told, dict):
        return {name: _fit_for_print(value, name) for name, value in told.items()}
    return [_fit_for_print(value) for value in told] if isinstance(told, list | tuple) else told
