from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Manager
from tests.browser.serving import Server

PEOPLE = b"name,superpowers,site\nAnna,Vision,Oslo\nBo,Grit,Lima\nCy,Calm,Oslo\nDi,Empathy,Lima\n"
PAGES = ("People", "Superpowers", "Frictions and rules", "Form", "Plan", "Rounds", "Workspaces")

SHOWN = """() => {
    const main = document.querySelector('[data-testid=stMain]')
    const all = (selector, told) => [...main.querySelectorAll(selector)].map(told)
    return [
        main.innerText,
        ...all('canvas', table => table.textContent),
        ...all('input:not([type=file])', field => field.type === 'checkbox' ? field.checked : field.value),
        ...all('[aria-checked=true]', choice => choice.innerText),
    ].join('\\n')
}"""
"""What a page shows, tables and fields included."""

DRAWN = """() => [...document.querySelectorAll('[data-testid=stMain] [data-testid=stDataFrame]')]
    .every(table => table.offsetParent === null || table.textContent.trim())"""
"""Whether each table that is in sight has its rows: they come after the page."""


@pytest.fixture
def running(tmp_path) -> Iterator[Server]:
    """A server that a test may kill and start again."""
    server = Server(tmp_path)
    yield server
    server.kill()


def tab(browser: Browser, server: Server, path: str = "/") -> Manager:
    """Open an address in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    return Manager(context.new_page(), server.address, path)


def state(page: Page) -> str:
    """What the page shows once it changes no more."""
    page.wait_for_function(DRAWN)
    before, now = None, page.evaluate(SHOWN)
    while before != now:
        page.wait_for_timeout(250)
        before, now = now, page.evaluate(SHOWN)
    return "\n".join([now, *page.locator(".board-called").all_inner_texts()])


def comes_to(page: Page, expected: str) -> None:
    """Wait until the page shows this, and nothing else."""
    end = time.monotonic() + PATIENCE / 1000
    while (now := state(page)) != expected and time.monotonic() < end:
        page.wait_for_timeout(200)
    assert now == expected


def test_a_reload_another_browser_and_a_server_that_was_killed_show_the_same_on_every_page(browser, running):
    expect.set_options(timeout=PATIENCE)
    stays = tab(browser, running)
    stays.press("Use the sample roster")
    people = stays.page.get_by_test_id("stMetric").filter(has_text="People").get_by_test_id("stMetricValue")
    stays.cell(stays.page.get_by_test_id("stDataFrame").first, 2, 1)
    stays.page.keyboard.press("Shift+Space")
    stays.page.keyboard.press("Delete")
    expect(people).to_have_text("11")

    walks = Manager(stays.page.context.new_page(), running.address, stays.path)
    walks.go("Form")
    walks.page.get_by_text("high", exact=True).first.click()
    walks.idle()
    walks.press("Form duos")
    expect(walks.page.get_by_role("link", name="Read the plan")).to_be_visible()
    walks.go("Rounds")
    walks.press("Mark the present plan as used")
    walks.go("Form")
    walks.page.get_by_text("Teams", exact=True).click()  # asked for, and not formed yet
    expect(walks.page.get_by_role("button", name="Form teams", exact=True)).to_be_visible()
    shown, steps = {}, walks.page.evaluate("history.length")
    for name in PAGES:
        walks.go(name)
        shown[walks.path] = state(walks.page)
    assert walks.page.evaluate("history.length") == steps + len(PAGES)
    walks.page.go_back()
    comes_to(walks.page, list(shown.values())[-2])
    assert walks.path == list(shown)[-2]
    walks.page.reload()
    comes_to(walks.page, shown[walks.path])
    running.kill()
    running.start()

    # the page knows what was edited in it; the new server must not do that a second time
    stays.page.get_by_role("button", name="Undo: the edit of the table").click(timeout=60_000)
    expect(stays.page.get_by_text("The server was started again.", exact=False)).to_be_visible()
    expect(people).to_have_text("11")
    other = tab(browser, running, next(iter(shown)))
    for path, expected in shown.items():  # what a reload asks for, and a link that somebody was given
        other.open(path)
        comes_to(other.page, expected)
    stays.open("/")  # the browser knows where it was
    comes_to(stays.page, next(iter(shown.values())))
    assert any("Form teams" in page for page in shown.values())
    assert stays.errors == walks.errors == other.errors == []
    for manager in (stays, other):
        manager.page.context.close()


def test_of_two_tabs_that_edit_one_cell_the_later_is_told_and_nothing_is_lost(manager):
    manager.upload("Roster file", "team.csv", PEOPLE)
    other = Manager(manager.page.context.new_page(), manager.server, manager.path)
    manager.write(manager.page.get_by_test_id("stDataFrame").first, 2, 0, "Anne")
    other.write(other.page.get_by_test_id("stDataFrame").first, 2, 0, "Anja")
    expect(other.page.get_by_text("The table was changed elsewhere", exact=False)).to_be_visible()
    difference = other.page.get_by_test_id("stTable").first
    expect(difference).to_contain_text("Anne")
    expect(difference).to_contain_text("Anja")
    other.press("Put my changes into theirs")
    expect(other.page.get_by_text("Your changes are in the table now.")).to_be_visible()
    manager.go("Superpowers")  # whoever goes on to another page sees it too
    expect(manager.page.get_by_text("Anja").first).to_be_visible()
    assert manager.errors == other.errors == []
