"""Looking back in a browser: what is typed is kept while it is typed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Manager

WORDS = "They met every week, wrote decisions down, and shipped on the day that they had promised."


def test_what_is_typed_is_there_after_a_reload_without_a_press(manager: Manager):
    manager.press("Use the sample roster")
    names = ["Łucja Brzozek", "Tendai Moyana", "Bilal Qasmieh", "Chloë Verhaag"]
    manager.go("Rounds")
    rows = "".join(f"{name},{place // 2 + 1}\n" for place, name in enumerate(names))
    manager.upload("History file", "spring.csv", f"name,duo\n{rows}".encode())
    manager.press("Look back")
    page = manager.page
    page.get_by_label("Remark").nth(1).press_sequentially(
        WORDS, delay=25
    )  # with pauses that keep what is there
    expect(
        page.get_by_test_id("stCaptionContainer").filter(has_text=WORDS)
    ).to_be_visible()  # below the field
    page.reload()
    manager.idle()
    page.get_by_text("Look back", exact=True).first.click()
    manager.idle()
    expect(page.get_by_label("Remark").nth(1)).to_have_value(WORDS)
    expect(page.get_by_label("Remark").nth(0)).to_have_value("")
    assert manager.errors == []
