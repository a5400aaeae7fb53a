"""What every response says to the browser about safety, and the cookie by which a browser is known again."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        # the pages draw charts and tables with compiled code, and load the board's script from a blob
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""What the manager's pages may load and where they may send: nothing goes to another site."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # an address holds the id of a workspace, which is all that somebody needs to open it
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

BROWSER = "browser"
"""Name of the cookie by which the list of a browser's workspaces is found again."""

_YEAR = 365 * 24 * 3600
_MADE_HERE = re.compile(r"[A-Za-z0-9_-]{43}")


class SafeHeaders:
    """Adds headers to every response that does not say otherwise itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)


class BrowserCookie:
    """Gives a browser that opens a page a cookie that nobody can guess, unless it has one.

    Members' pages are left out: whoever answers is not followed.

    Parameters
    ----------
    app
        What answers.
    without
        Beginnings of the paths that give no cookie, each with a slash at its end.
    """

    def __init__(self, app: ASGIApp, without: tuple[str, ...] = ()) -> None:
        self._app, self._without = app, without

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_for_a_page(scope):
            await self._app(scope, receive, send)
            return
        known = _MADE_HERE.fullmatch(HTTPConnection(scope).cookies.get(BROWSER, ""))

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not known:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", _cookie(scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, send_with_cookie)

    def _is_for_a_page(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        if f"{scope['path']}/".startswith(self._without):
            return False
        # an icon that is not there is answered with a page too
        return "text/html" in HTTPConnection(scope).headers.get("accept", "")


def _cookie(https: bool) -> str:
    value = f"{BROWSER}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"
    return f"{value}; Secure" if https else value
