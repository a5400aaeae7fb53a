from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Manager

ROSTER = (
    "name,superpowers\nZoë Ångström,\nŁukasz Żak,\nAna Peña,Vision; Storytelling\nOmar Said,Finishing\n"
).encode()
PHONE = {"width": 390, "height": 844}


class Phone:
    """A member with a phone whose browser runs no scripts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.called: list[str] = []
        self.complained: list[str] = []
        page.on("request", lambda request: self.called.append(request.url))
        page.on("console", lambda message: self.complained.append(message.text))

    def sees(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.page.wait_for_load_state()  # with its style sheet
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), title

    def press(self, label: str, title: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()
        self.sees(title)

    def tick(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_role("checkbox", name=label).check()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, color_scheme="dark")
    yield Phone(context.new_page())
    context.close()


def ask(manager: Manager) -> str:
    """Bring people in and return the link that is made for them."""
    manager.upload("Roster file", "team.csv", ROSTER)
    manager.go("Ask the members")
    manager.page.get_by_text("Ask whom they would rather not work with").click()
    manager.idle()
    manager.press("Make the link")
    link = manager.page.get_by_test_id("stCode").first
    expect(link).to_contain_text("/answer/")
    return link.inner_text().strip()


def test_a_members_whole_journey_on_a_phone(manager, phone):
    link, page = ask(manager), phone.page
    page.goto(link)
    phone.sees("Who are you?")
    page.get_by_label("Your name", exact=True).select_option(label="Zoë Ångström")
    phone.press("Next", "Which of these are you?")
    phone.tick("Systems thinking")
    page.get_by_text("Show 15 more").click()
    phone.tick("Curiosity", "Calm Stays", "Grit")
    phone.press("Next", "Which are the strongest?")
    page.get_by_label("Your strongest").select_option(label="Curiosity")
    page.get_by_label("The next").select_option(label="Calm")
    phone.press("Next", "Whom do you turn to for help?")
    phone.tick("Ana Peña")
    phone.press("Next", "Whom would you rather not work with?")
    expect(page.get_by_text("Only your manager sees this")).to_be_visible()
    phone.tick("Omar Said")
    phone.press("Next", "Is this right?")
    page.go_back()
    phone.sees("Whom would you rather not work with?")
    expect(page.get_by_role("checkbox", name="Omar Said")).to_be_checked()
    phone.press("Next", "Is this right?")
    phone.press("Send", "Thank you")
    own = page.locator(".address").inner_text()
    assert own in page.url

    manager.press("Look for new answers")
    expect(manager.page.get_by_text("1 person has answered.")).to_be_visible()
    manager.press("Take over 1 answer")
    manager.go("People")
    cell = manager.page.get_by_test_id("stDataFrame").first.get_by_test_id("glide-cell-3-0")
    expect(cell).to_have_text(re.compile("Curiosity.*Calm"))

    page.goto(own)
    phone.sees("What you gave")
    page.get_by_role("link", name="Correct it").click()
    phone.tick("Vision Paints")
    phone.press("Next", "Which are the strongest?")
    page.get_by_label("Your strongest").select_option(label="Vision")
    phone.press("Next", "Whom do you turn to for help?")
    phone.press("Next", "Whom would you rather not work with?")
    phone.press("Next", "Is this right?")
    phone.press("Send the correction", "Thank you")
    expect(page.get_by_text("took an earlier version over")).to_be_visible()
    page.get_by_text("Delete it").click()
    phone.press("Yes, delete what I gave", "What you gave is deleted")
    assert page.goto(own).status == 404
    manager.go("Ask the members")
    expect(manager.page.get_by_text("Nobody yet.")).to_be_visible()

    assert phone.complained == [m for m in phone.complained if "404" in m]
    assert {url.split("/")[2] for url in phone.called} == {manager.server.split("/")[2]}
    assert page.context.cookies() == []  # nothing of it is left on the phone
    cookie = next(c for c in manager.page.context.cookies() if c["name"] == "browser")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert manager.errors == []


def test_closed_and_forged_links_say_so_in_plain_words(manager, phone):
    link, page = ask(manager), phone.page
    assert page.goto(link[:-1]).status == 404
    phone.sees("This link does not lead anywhere")
    page.goto(link)
    page.get_by_label("Your name", exact=True).select_option(label="I am not on the list")
    page.get_by_label("Only if you are not on the list").fill("Ola Nowak")
    phone.press("Next", "Which of these are you?")
    manager.press("Close the link")
    expect(manager.page.get_by_text("nobody can answer any more")).to_be_visible()
    phone.tick("Grit")
    phone.press("Next", "This link is no longer open")
    assert page.goto(link).status == 410
    manager.press("Open it again for a month")
    expect(manager.page.get_by_text("The same link can be answered again.")).to_be_visible()
    page.goto(f"{link}?step=superpowers")
    phone.sees("Which of these are you?")
