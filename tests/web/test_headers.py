from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.web.server.app_discovery import discover_asgi_app
from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

from matcher.ui.web.headers import POLICY
from matcher.ui.web.routes import address, middleware

COOKIE = re.compile(r"browser=([A-Za-z0-9_-]{43}); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")


PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


async def asked(
    path: str, method: str = "GET", cookie: str = "", scheme: str = "http", accept: str = PAGE
) -> dict[str, str]:
    """The headers of an answer."""
    own = {"Content-Security-Policy": "default-src 'none'"}
    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse("page"), methods=["GET", "POST"]),
            Route("/data", lambda _: PlainTextResponse("data")),
            Route("/answer/{token}", lambda _: HTMLResponse("page", headers=own)),
        ],
        middleware=middleware(),
    )
    sent: list[dict[str, object]] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": scheme,
        "headers": [(b"accept", accept.encode()), *([(b"cookie", cookie.encode())] if cookie else [])],
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def headers(*args: str, **options: str) -> dict[str, str]:
    import asyncio

    return asyncio.run(asked(*args, **options))


@pytest.mark.parametrize("path", ["/", "/data", "/missing"])
def test_every_answer_says_what_may_be_loaded_and_who_may_frame_it(path):
    found = headers(path)
    assert found["content-security-policy"] == POLICY
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in POLICY
    assert "http" not in POLICY


def test_what_is_stricter_stays():
    assert headers("/answer/x")["content-security-policy"] == "default-src 'none'"


def test_a_browser_that_opens_a_page_gets_a_cookie_once():
    given = COOKIE.fullmatch(headers("/")["set-cookie"])
    assert given
    assert given[1] != COOKIE.fullmatch(headers("/")["set-cookie"])[1]
    assert "set-cookie" not in headers("/", cookie=f"other=1; browser={given[1]}")
    assert headers("/", scheme="https")["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("forged", ["", "x", "x" * 44, "ä" * 43, "../" * 14 + "x"])
def test_a_cookie_that_was_not_made_here_is_replaced(forged):
    assert COOKIE.fullmatch(headers("/", cookie=f"browser={forged}")["set-cookie"])


def test_members_what_is_no_page_and_what_is_sent_get_no_cookie():
    assert "set-cookie" not in headers("/answer/x")
    assert "set-cookie" not in headers("/data")
    assert "set-cookie" not in headers("/", method="POST")
    assert "set-cookie" not in headers("/", accept="image/avif,image/webp,*/*;q=0.8")


def test_streamlit_finds_the_app_to_run_and_logs_no_addresses():
    found = discover_asgi_app(Path(__file__).parents[2] / "app.py")
    assert found.import_string == "app:app"
    assert _get_uvicorn_config_kwargs()["access_log"] is False  # a link's secret would be in it


def test_an_address_keeps_the_host_and_drops_the_workspace():
    page = "https://teams.example.org:8443/members?workspace=secret#x"
    assert address(page, "/answer/abc") == "https://teams.example.org:8443/answer/abc"
