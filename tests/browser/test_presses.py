from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

BOTH = """pause => {
    const named = (selector, words) =>
        [...document.querySelectorAll(selector)].find(each => each.innerText.includes(words));
    named("button", "Form duos").click();
    setTimeout(() => named("[data-testid=stTopNavLink]", "Plan").click(), pause);
}"""


@pytest.mark.parametrize("pause", [0, 5, 15])
def test_a_press_is_done_although_the_next_page_is_asked_for_at_once(manager, pause):
    manager.press("Use the sample roster")
    manager.go("Form")
    expect(manager.page.get_by_role("button", name="Form duos", exact=True)).to_be_visible()
    manager.settle()
    manager.page.evaluate(BOTH, pause)

    expect(manager.page.get_by_role("region", name=re.compile(r"^Duo \d")).first).to_be_visible()
