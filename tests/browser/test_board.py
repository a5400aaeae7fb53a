from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, expect

HOSTILE = "![x](http://evil.invalid/x.png)"
PEOPLE = f"""name,superpowers
Anna,Vision; Grit
Bo,Organising; Calm
Cy,Creative thinking; Empathy
Di,Weighing evidence; Momentum
Eva,Systems thinking; Finishing
{HOSTILE},Experimentation; Storytelling
"""


@pytest.fixture
def board(manager):
    """The board of three duos."""
    manager.upload("Roster file", "team.csv", PEOPLE.encode())
    manager.go("Form")
    manager.press("Form duos")
    manager.go("Plan")
    expect(cards(manager)).to_have_count(3)
    manager.idle()
    return manager


def cards(manager) -> Locator:
    return manager.page.get_by_role("region", name=re.compile(r"^Duo \d"))


def people(card: Locator) -> Locator:
    return card.get_by_role("button").filter(has=card.page.locator(".board-called"))


def name_of(person: Locator) -> str:
    return person.locator(".board-called").inner_text()


def groups(manager) -> list[set[str]]:
    """Who is with whom, as the board shows it."""
    found = [cards(manager).nth(i).locator(".board-called").all_inner_texts() for i in range(3)]
    return sorted((set(names) for names in found), key=sorted)


def downloaded(manager) -> list[set[str]]:
    """Who is with whom in the file that the page hands out."""
    _, data = manager.download("Download the plan (CSV)")
    by_group: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        by_group.setdefault(row["group"], set()).add(row["name"].removeprefix("'"))
    return sorted(by_group.values(), key=sorted)


def swapped(before: list[set[str]], a: str, b: str) -> list[set[str]]:
    exchange = {a: b, b: a}
    return sorted(({exchange.get(name, name) for name in group} for group in before), key=sorted)


def apply(manager, changes: int) -> None:
    dialog = manager.page.get_by_role("dialog")
    expect(dialog.get_by_text("swap places.", exact=False)).to_be_visible()
    expect(dialog.get_by_role("table")).to_be_visible()
    dialog.get_by_role("button", name=re.compile("Apply")).click()
    expect(manager.page.get_by_text(f"Changed by hand: {changes} change", exact=False)).to_be_visible()
    expect(dialog).to_have_count(0)
    manager.idle()


def test_two_people_are_swapped_by_keys_alone_and_the_download_has_it(board):
    before = groups(board)
    first, other = people(cards(board).nth(0)).first, people(cards(board).nth(1)).nth(1)
    a, b = name_of(first), name_of(other)
    first.focus()
    board.page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    board.page.keyboard.press("ArrowRight")
    board.page.keyboard.press("ArrowDown")
    expect(other).to_be_focused()
    board.page.keyboard.press("Enter")
    apply(board, 1)
    assert groups(board) == swapped(before, a, b)
    expect(board.page.locator(".board-person:focus")).to_have_count(1)  # and the keys go on from there
    assert downloaded(board) == swapped(before, a, b)
    board.press("Undo")
    expect(board.page.get_by_text("Changed by hand", exact=False)).to_have_count(0)
    assert groups(board) == before
    assert downloaded(board) == before
    assert board.errors == []


def test_two_people_are_swapped_by_dragging_and_nothing_outside_is_called(board):
    before = groups(board)
    first, other = people(cards(board).nth(0)).first, people(cards(board).nth(2)).first
    a, b = name_of(first), name_of(other)
    first.drag_to(other)
    apply(board, 1)
    assert groups(board) == swapped(before, a, b)
    assert downloaded(board) == swapped(before, a, b)
    expect(board.page.get_by_text(HOSTILE).first).to_be_visible()
    assert all(url.startswith((board.server, "data:", "blob:")) for url in board.called)
    assert board.errors == []


def test_somebody_is_dropped_on_a_card_and_the_broken_rule_is_said_before_it_counts(board):
    before = groups(board)
    first = people(cards(board).nth(0)).first
    first.drag_to(cards(board).nth(1).get_by_role("heading", level=3))
    dialog = board.page.get_by_role("dialog")
    expect(dialog.get_by_text("Breaks 1 rule")).to_be_visible()
    board.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert groups(board) == before


def test_a_finger_can_do_it_too_and_who_is_locked_stays(board):
    first, other = people(cards(board).nth(0)).first, people(cards(board).nth(1)).first
    first.click()
    expect(cards(board).nth(1).get_by_role("button", name="Move here")).to_be_visible()
    board.page.locator(".board-bar").get_by_role("button", name="Lock", exact=True).click()
    expect(first.get_by_text("🔒 locked")).to_be_visible()
    board.idle()
    other.click()
    first.click()
    expect(board.page.get_by_role("dialog").get_by_text("is locked in", exact=False)).to_be_visible()


def test_a_card_leads_to_its_reasons_and_better_swaps(board):
    name = cards(board).nth(1).get_by_role("heading", level=3).inner_text()
    cards(board).nth(1).get_by_role("button", name=f"Why?: {name}").click()
    expect(board.page.get_by_text("Where a reason comes from", exact=False)).to_be_visible()
    expect(board.page.get_by_role("heading", name=name)).to_be_visible()
    board.page.get_by_text("The groups", exact=True).click()
    cards(board).nth(1).get_by_role("button", name=f"Better swaps: {name}").click()
    chosen = board.page.get_by_role("combobox", name="Group to lift")
    expect(chosen).to_have_value(re.compile(f"^{name} · score"))
    assert board.errors == []
