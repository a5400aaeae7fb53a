"""Members at their links: a server with nothing but what it answers besides the pages, asked over HTTP."""

from __future__ import annotations

import html
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import requests
import uvicorn
from starlette.applications import Starlette

from matcher.store.links import Links
from matcher.ui.web.limits import Limit
from matcher.ui.web.members import Limits
from matcher.ui.web.routes import middleware, routes
from matcher.work.answers import links
from matcher.work.server import server
from matcher.work.sheets import Sheet
from matcher.work.workspace import NO_PEOPLE, Workspace

ROWS = (
    ("Anna", "Vision; Empathy"),
    ("Bo", "Finishing"),
    ("Cé", "Calm; Grit"),
    ("Łucja", ""),
)


def roster(rows: tuple[tuple[str, ...], ...] = ROWS) -> Workspace:
    """A workspace with these people."""
    return Workspace(people=Sheet(NO_PEOPLE.name, NO_PEOPLE.header, rows, meant=NO_PEOPLE.header))


@contextmanager
def _serving(limits: Limits) -> Iterator[str]:
    app = Starlette(routes=routes(limits), middleware=middleware())
    config = uvicorn.Config(app, log_level="critical", access_log=False)
    running = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=False)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        running.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server that is patient."""
    with _serving(Limits(*(Limit(1_000_000, 60) for _ in range(3)))) as base:
        yield base


@pytest.fixture
def serve() -> Iterator[Callable[[Limits], str]]:
    """Start a server of one's own with these limits, and return its address."""
    with ExitStack() as stack:
        yield lambda limits: stack.enter_context(_serving(limits))


@pytest.fixture
def store() -> Links:
    return links()


class Asked:
    """A workspace whose members are asked."""

    def __init__(self, work: Workspace, **options: Any) -> None:
        self.id = server().workspaces.begin(work)
        self.invitation, self.token = links().invite(self.id, **options)

    @property
    def path(self) -> str:
        return f"/answer/{self.token}"

    @property
    def given(self):
        return [answer.given for answer in links().answers(self.id)]


@pytest.fixture
def asked() -> Asked:
    """Four people who are asked everything."""
    return Asked(roster(), asks_frictions=True)


class Member:
    """Somebody with a browser of their own."""

    def __init__(self, base: str, path: str) -> None:
        self.base, self.path = base, path
        self.browser = requests.Session()
        self.page: requests.Response

    def open(self, query: str = "", path: str = "") -> Member:
        self.path = path or self.path
        self.page = self.browser.get(f"{self.base}{self.path}{query}")
        return self

    def send(self, step: str = "", **said: Any) -> Member:
        """Send the form of the screen, as a browser does."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page.text))
        form = hidden | ({"step": step} if step else {}) | {"go": "next"} | said
        self.page = self.browser.post(f"{self.base}{self.path}", data=form)
        self.path = requests.utils.urlparse(self.page.url).path
        return self

    def code(self, name: str) -> str:
        """What stands for a person on the screen."""
        here = rf'value="([0-9a-f]{{16}})"[^>]*>(?:<span><bdi>)?{re.escape(html.escape(name))}<'
        return re.findall(here, self.page.text)[0]

    @property
    def said(self) -> str:
        """What the screen says, on one line."""
        body = self.page.text.partition("<body>")[2]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def title(self) -> str:
        return " ".join(html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", self.page.text)[0]).split())

    def who(self, name: str) -> Member:
        return self.open().send(who=self.code(name))

    def all_of_it(self, name: str, *superpowers: str) -> Member:
        """Answer everything and name nobody."""
        self.who(name).send(superpower=superpowers).send(place=superpowers[:3])
        while self.title != "Is this right?":
            self.send()
        return self.send()


@pytest.fixture
def member(address: str, asked: Asked) -> Iterator[Member]:
    one = Member(address, asked.path)
    yield one
    one.browser.close()


@pytest.fixture
def another(address: str, asked: Asked) -> Iterator[Member]:
    one = Member(address, asked.path)
    yield one
    one.browser.close()
