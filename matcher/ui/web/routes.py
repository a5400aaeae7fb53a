"""The list of what the server answers besides the pages, and of what every answer passes through."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from matcher.ui.web.headers import BrowserCookie, SafeHeaders
from matcher.ui.web.members import Limits, MembersLinks
from matcher.ui.web.rendering import style

ANSWER, MINE, STYLE = "/answer/{token}", "/mine/{token}", "/members.css"
KINDS = tuple(path.removesuffix("/{token}") for path in (ANSWER, MINE))
CUT = ("", "/{rest:path}")
"""What follows a kind where no link does: nothing, or more than one part."""


def routes(limits: Limits | None = None) -> list[BaseRoute]:
    """Return what is answered besides the pages.

    Parameters
    ----------
    limits
        How often members' links may be opened; the usual when there are none.
    """
    links, base = MembersLinks(limits), _base()
    return [
        Route(base + ANSWER, links.answer, methods=["GET", "POST"], name="answer"),
        Route(base + MINE, links.mine, methods=["GET", "POST"], name="mine"),
        *(Route(base + kind + cut, links.nowhere, methods=["GET", "POST"]) for kind in KINDS for cut in CUT),
        Route(base + STYLE, style, name="style"),
    ]


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    members = tuple(f"{_base()}{kind}/" for kind in KINDS)
    return [Middleware(SafeHeaders), Middleware(BrowserCookie, without=members)]


def address(page: str, path: str) -> str:
    """Return the whole address of something besides the pages.

    Parameters
    ----------
    page
        The address of a page, as the browser has it.
    path
        One of those in this module, filled in.
    """
    here = urlsplit(page)
    return urlunsplit((here.scheme, here.netloc, _base() + path, "", ""))


def _base() -> str:
    """Return what all paths begin with, where the server is told so."""
    told: str = st.get_option("server.baseUrlPath") or ""
    return f"/{told.strip('/')}" if told.strip("/") else ""
