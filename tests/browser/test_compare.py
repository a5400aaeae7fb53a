from __future__ import annotations

from playwright.sync_api import expect

PEOPLE = b"name,superpowers\nAnna,Vision\nBo,Grit\nCy,Calm\nDi,Empathy\nEd,Evidence\nFlo,Momentum\n"
MINE = b"name,group\nAnna,Red\nBo,Red\nCy,Red\nDi,Blue\nEd,Blue\nFlo,Blue\n"


def test_a_plan_of_ones_own_is_brought_in_and_compared_with_one_that_was_kept(manager):
    page = manager.page
    manager.upload("Roster file", "team.csv", PEOPLE)
    manager.go("Form")
    manager.press("Form duos")
    page.get_by_role("link", name="Read the plan").click()
    compare(manager)
    expect(page.get_by_text("There is nothing to compare with yet", exact=False)).to_be_visible()
    name = page.get_by_role("textbox", name="Name of this plan")
    name.fill("In pairs")
    name.press("Enter")
    expect(page.get_by_text("This plan is kept as “In pairs”.")).to_be_visible()
    field = page.get_by_test_id("stFileUploader").filter(has_text="Plan made elsewhere")
    field.locator("input[type=file]").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": MINE}
    )
    expect(page.get_by_text("Read from mine.csv", exact=False)).to_be_visible()
    compare(manager)
    expect(page.get_by_role("heading", name="Who sits elsewhere")).to_be_visible()
    expect(page.get_by_text("sit elsewhere in “In pairs” than in “This plan”, of 6.")).to_be_visible()
    page.get_by_role("button", name="Take “In pairs”").click()
    expect(page.get_by_text("“In pairs” is the plan now", exact=False)).to_be_visible()
    compare(manager)
    expect(page.get_by_text("This plan is kept as “In pairs”.")).to_be_visible()
    assert manager.errors == []


def compare(manager):
    """Open the view; it is closed whenever another plan has to be waited for."""
    manager.idle()
    manager.page.get_by_test_id("stButtonGroup").get_by_text("Compare", exact=True).click()
    manager.idle()
