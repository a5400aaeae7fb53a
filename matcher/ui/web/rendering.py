"""Members' pages as responses: their templates, and the headers that keep them private."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

HERE = Path(__file__).parent

PRIVATE = {
    # nothing but our own style sheet, and forms that come back to us
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""The address of these pages is a key, and what they show is one person's: neither is left behind."""


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, status: int = 200, **fields: Any) -> Response:
    """Return a page made of a template."""
    text = _templates().get_template(template).render(**fields)
    return HTMLResponse(text, status, headers=PRIVATE)


def told(status: int, title: str, *sentences: str, again: str = "", **fields: Any) -> Response:
    """Return a page that only says something.

    Parameters
    ----------
    status, title, sentences
        What it says.
    again
        Where its button leads, if it has one.
    fields
        What else its template is told: ``style``, where the style sheet is, for a page that is shown under
        other paths than a link's.
    """
    return page("told.html", status, title=title, sentences=sentences, again=again, **fields)


def day(milliseconds: int) -> str:
    """Return a day as people write it: 22 November 2026."""
    when = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone()  # where the server is
    return f"{when.day} {when:%B %Y}"


async def style(_: Request) -> Response:
    """Answer with the style sheet of the members' pages."""
    from starlette.responses import FileResponse

    return FileResponse(HERE / "members.css", media_type="text/css", headers={"Cache-Control": "no-cache"})
