"""A plan that is being formed, while its server is killed and other tabs look on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE, Manager
from tests.browser.serving import Server

A_DEAD_SERVER = 60_000
"""Milliseconds in which a server that says nothing more is surely taken for dead; it takes ten seconds."""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may kill and start again."""
    server = Server(tmp_path)
    yield server
    server.kill()


def tab(browser: Browser, server: Server, path: str = "/") -> Manager:
    """Open an address in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    return Manager(context.new_page(), server.address, path)


def test_a_plan_being_formed_outlives_its_server_and_is_stopped_from_another_browser(
    browser: Browser, running: Server
):
    expect.set_options(timeout=PATIENCE)
    first = tab(browser, running)
    first.press("Use the sample of 40")
    first.go("Form")
    first.page.get_by_text("Teams", exact=True).click()
    first.unfold("More: absent people, seconds")
    seconds = first.page.get_by_role("spinbutton", name="Seconds at most")
    seconds.fill("3000")
    seconds.press("Enter")
    first.idle()
    first.press("Form teams")
    expect(first.page.get_by_text("The best plan so far")).to_be_visible()
    running.kill()
    running.start()

    first.open(first.path)
    expect(first.page.get_by_text("This is the best plan it had found.")).to_be_visible(timeout=A_DEAD_SERVER)
    expect(first.page.get_by_role("link", name="Read the plan")).to_be_visible()
    first.press("Go on from this plan")
    expect(first.page.get_by_text("The best plan so far")).to_be_visible()

    second = tab(browser, running, first.path)
    expect(second.page.get_by_text("The best plan so far")).to_be_visible()
    second.page.get_by_role("button", name="Stop", exact=True).click()
    for each in (second, first):
        expect(each.page.get_by_text("Stopped early: this is the best plan so far.")).to_be_visible()
    assert first.errors == second.errors == []
    for each in (first, second):
        each.page.context.close()
