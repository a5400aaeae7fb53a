from __future__ import annotations

import re

from playwright.sync_api import expect

PEOPLE = b"name,superpowers\nAnna,Vision\nBo,Grit\nCy,Calm\nDi,Empathy\n"


def test_a_conflict_is_given_up_and_the_plan_is_there(manager):
    page = manager.page
    manager.upload("Roster file", "team.csv", PEOPLE)
    frictions = "member a,member b,severity\nAnna,Bo,never\nAnna,Cy,never\nAnna,Di,never\n"
    manager.upload("Frictions file", "frictions.csv", frictions.encode())
    manager.go("Form")
    manager.press("Form duos")
    expect(page.get_by_text("These rules cannot all hold together")).to_be_visible()
    offers = page.get_by_role("button", name=re.compile("^undo Give up: |^Give up: "))
    expect(offers).to_have_count(3)
    given_up = offers.filter(has_text="Anna and Cy never work together (friction).")
    given_up.click()
    page.get_by_role("link", name="Read the plan").click()
    expect(page.get_by_text("The friction is “avoid” now", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^Duo \d"))).to_have_count(2)
    page.get_by_text("rules kept").click()
    expect(page.get_by_text("Anna and Bo never work together (friction).")).to_be_visible()
    kept = page.get_by_role("listitem").filter(has_text="Anna and Cy never work together (friction).")
    expect(kept).to_have_count(0)
    manager.go("Frictions and rules")
    severities = [
        page.get_by_test_id("stDataFrame").first.get_by_test_id(f"glide-cell-3-{i}") for i in range(3)
    ]
    assert sorted(cell.inner_text() for cell in severities) == ["avoid", "never", "never"]
    assert manager.errors == []


def test_a_locked_duo_stays_when_somebody_is_absent_and_the_rest_is_formed_again(manager):
    page = manager.page
    manager.press("Use the sample roster")
    manager.go("Form")
    manager.press("Form duos")
    manager.go("Plan")
    page.get_by_test_id("stMain").get_by_text("Change", exact=True).click()
    page.get_by_text("Form the rest again", exact=True).first.click()
    manager.idle()
    ticks = page.get_by_test_id("stCheckbox")
    expect(ticks).to_have_count(6)
    locked = ticks.first.inner_text()
    ticks.first.click()
    left_out = ticks.nth(1).inner_text().split(" · ")[1]
    absent = page.get_by_role("combobox", name="Absent this time")
    absent.fill(left_out)
    page.get_by_role("option", name=left_out).click()
    page.keyboard.press("Escape")
    manager.press("Form the rest again")
    expect(page.get_by_text(f"Absent from this plan: {left_out}.")).to_be_visible()
    expect(page.get_by_text("in another group than in the plan before", exact=False)).to_be_visible()
    expect(ticks.filter(has_text=locked)).to_have_count(1)
    manager.press("Go back to the plan before")
    expect(page.get_by_text("Absent from this plan", exact=False)).to_have_count(0)
    page.get_by_text("The groups", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile(r"^Duo \d"))).to_have_count(6)
    assert manager.errors == []
