"""The app in a real browser: a server of its own and a Chromium that is on the machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.serving import SWITCHES, Server, chromium

PATIENCE = 20_000  # milliseconds


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running app; it has to end by itself when it is asked to."""
    running = Server(tmp_path_factory.mktemp("server"))
    yield running.address
    running.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        reason = "No Chromium on this machine; install one (Debian and Ubuntu: apt install chromium)."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield started
        started.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:  # type: ignore[attr-defined] # while it was prepared, too
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def manager(
    browser: Browser, server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Manager]:
    """A manager in front of the first page; a failed test leaves a picture of what they saw."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    yield Manager(page, server)
    if request.node.stash.get(FAILED, False):
        picture = tmp_path / "failure.png"
        page.screenshot(path=picture)
        print(f"What the browser showed: {picture}")
    context.close()


class Manager:
    """A manager's moves in the browser."""

    def __init__(self, page: Page, server: str, path: str = "/") -> None:
        self.page, self.server = page, server
        self.called: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.called.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open(path)

    @property
    def path(self) -> str:
        """Where the manager is, with the workspace: what they would give to somebody else."""
        return self.page.url.removeprefix(self.server)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.server}{path}")
        self.idle()

    def idle(self) -> None:
        """Wait until the page's script has ended; it takes a moment to begin."""
        self.page.wait_for_timeout(100)
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def go(self, name: str) -> None:
        self.page.get_by_test_id("stTopNavLink").filter(has_text=name).first.click()
        expect(self.page.get_by_role("heading", name=re.compile(f"^{name}"), level=1)).to_be_visible()
        self.idle()

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()
        self.idle()

    def unfold(self, label: str) -> None:
        """Open a section; one that is drawn anew meanwhile closes again."""
        section = self.page.get_by_test_id("stExpander").filter(has_text=label)
        for _ in range(5):
            self.idle()
            if section.locator("details[open]").count():
                self.page.wait_for_timeout(300)
                if section.locator("details[open]").count():
                    return
            else:
                section.locator("summary").click()
        raise AssertionError(f"The section “{label}” does not stay open.")

    def upload(self, label: str, name: str, data: bytes) -> None:
        field = self.page.get_by_test_id("stFileUploader").filter(
            has=self.page.get_by_text(label, exact=True)
        )
        field.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": data}
        )
        expect(self.page.get_by_text(f"{name} is read.")).to_be_visible()

    def cell(self, table: Locator, column: int, row: int) -> Locator:
        """Select a table's cell.

        A table that is drawn anew meanwhile loses the selection, and one that remembers the cell as
        the last that had the focus ignores it until another had it.
        """
        cell = table.get_by_test_id(f"glide-cell-{column}-{row}")
        other = table.get_by_test_id(f"glide-cell-{column + (1 if column == 1 else -1)}-{row}")
        for attempt in range(5):
            table.locator("canvas").first.focus()
            if attempt:
                other.focus()
                self.page.wait_for_timeout(300)
            cell.focus()
            try:
                expect(cell).to_have_attribute("aria-selected", "true", timeout=1000)
            except AssertionError:
                continue
            return cell
        raise AssertionError(f"The cell in column {column}, row {row} cannot be selected.")

    def write(self, table: Locator, column: int, row: int, text: str) -> None:
        """Edit a text cell of a table with the keyboard."""
        self.cell(table, column, row)
        self.page.keyboard.press("Enter")
        self.page.locator("#portal").locator("textarea, input").first.fill(text)
        self.page.wait_for_timeout(50)  # the overlay takes the text over in the next tick
        self.page.keyboard.press("Enter")
        self.settle()

    def choose(self, table: Locator, column: int, row: int, option: str) -> None:
        """Choose from the list of a table's cell with the keyboard."""
        self.cell(table, column, row)
        self.page.keyboard.press("Enter")
        self.pick(option)

    def pick(self, option: str) -> None:
        """Choose from the list that is open."""
        field = self.page.locator("#portal input").first
        field.fill(option)
        expect(self.page.locator("#portal").get_by_text(option, exact=True).first).to_be_visible()
        field.press("Enter")
        self.settle()

    def settle(self) -> None:
        """Wait until an edit has arrived: a table reports it after a pause."""
        self.page.wait_for_timeout(400)
        self.idle()

    def download(self, label: str) -> tuple[str, bytes]:
        """Press a button until its file comes; one that is drawn anew meanwhile does nothing."""
        for patience in (5000, 10_000, PATIENCE):
            try:
                with self.page.expect_download(timeout=patience) as waiting:
                    self.page.get_by_role("button", name=label, exact=True).click()
            except TooLate:
                self.idle()
                continue
            return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()
        raise AssertionError(f"Nothing is downloaded by “{label}”.")
