"""The page Workspaces in a browser: names are drawn as text, and questions close once they are answered."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Manager

NAME = "![x](http://127.0.0.1:9/x.png) **bold**"


def test_a_name_is_text_everywhere_and_deleting_closes_its_question(manager: Manager):
    page = manager.page
    manager.press("Use the sample roster")
    manager.go("Workspaces")
    page.get_by_role("button", name="More").click()
    field = page.get_by_label("Name", exact=True)
    field.fill(NAME)
    field.press("Enter")
    expect(page.get_by_role("navigation")).to_contain_text("![x]")
    assert not [url for url in manager.called if "x.png" in url]

    page.get_by_role("button", name="Delete …").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Delete …").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("is deleted.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert manager.errors == []
