"""A plan as one page of HTML that needs nothing else: to be opened, sent or printed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from matcher.files.reports.charts import bar, chance_chart
from matcher.files.reports.text import tame
from matcher.people.figures import figure
from matcher.plan.report import SIGNS, TO_BE_FOUND, Report

if TYPE_CHECKING:
    from jinja2 import Environment

    from matcher.plan.plan import Audience, Plan


def plan_html(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as a page of HTML, without scripts and without anything from elsewhere.

    Parameters
    ----------
    plan, audience
        What to write, and for whom.
    """
    report = Report(plan, audience)
    chart = chance_chart(report)
    page = (
        _environment()
        .get_template("plan.html.jinja")
        .render(report=report, signs=SIGNS, chart=chart, to_be_found=TO_BE_FOUND)
    )
    return page.encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # late: only this needs it

    environment = Environment(
        loader=PackageLoader("matcher.files.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda shown: tame(shown) if type(shown) is str else shown,
    )
    environment.globals |= {"bar": bar, "figure": figure}
    return environment
