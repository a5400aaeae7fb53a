"""Pages: time to the first paint, and from the button to the plan, in Chromium.

Run ``python tests/benchmarks/pages.py``; ``--help`` lists the options. Each repeat starts a server
of its own. Seconds, median (lowest to highest) of the repeats:

- *first paint, first visit*: from opening the address to the first button that can be pressed,
  the first time that anybody opens the app after the server's start;
- *first paint, later*: the same in a fresh browser profile, once the server has been visited;
- *button to plan*: from pressing **Form duos** with the sample of twelve to the names of the duos.

With ``--large``, a plan of 1000 members in 200 teams, formed once on the last server:

- *large plan, first paint*: from opening its address in a fresh browser profile to the first cards;
- *large plan, found*: from the last letter of a name to the card of their team;
- *large plan, effect of a swap*: from the key that ends a swap to what it would do;
- *large plan, swap applied*: from **Apply** to the changed plan.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from matcher.people.names import counted
from tests.benchmarks.made import roster
from tests.browser.serving import SWITCHES, Server, chromium


def first_paint(browser: Browser, address: str) -> tuple[float, Page]:
    """Seconds until the first page can be used, and the page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    began = time.perf_counter()
    page.goto(address)
    page.get_by_role("button", name="Use the sample roster").wait_for()
    return time.perf_counter() - began, page


def button_to_plan(page: Page) -> float:
    """Seconds from the button to the duos' names."""
    page.get_by_role("button", name="Use the sample roster").click()
    page.get_by_role("link", name="Form duos or teams").click()
    button = page.get_by_role("button", name="Form duos", exact=True)
    button.wait_for()
    page.wait_for_timeout(2000)  # a manager looks at the settings first
    began = time.perf_counter()
    button.click()
    page.locator("li").filter(has_text="Łucja Brzozek").first.wait_for()
    return time.perf_counter() - began


def form_large(page: Page) -> str:
    """Form 200 teams of 1000 members and return the address of the plan."""
    people = roster(1000, seed=1)
    by_id = people.catalogue.by_id
    rows = [f"{m.name},{'; '.join(by_id[s].name for s in m.superpowers[:3])}" for m in people.members]
    file = {
        "name": "large.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join(["name,superpowers", *rows]).encode(),
    }
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_text("large.csv is read.").wait_for()
    page.get_by_role("link", name="Form", exact=True).first.click()
    page.get_by_test_id("stMain").get_by_text("Teams", exact=True).first.click()
    for place in range(2):
        field = page.get_by_test_id("stNumberInput").nth(place).locator("input")
        field.fill("5")
        field.press("Enter")
        idle(page)
    page.get_by_role("button", name="Form teams", exact=True).click()
    page.get_by_role("link", name="Plan", exact=True).first.click()
    page.locator(".board-card").first.wait_for(timeout=120_000)
    idle(page)
    return page.url


def idle(page: Page) -> None:
    """Wait until the page's script has ended; it takes a moment to begin."""
    page.wait_for_timeout(200)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def change_large(browser: Browser, address: str, moved: set[str]) -> dict[str, float]:
    """Seconds that a manager waits for a large plan: to see it, to find somebody, to swap two people.

    Who was moved before is added to and stays: two who swap back leave nothing that was changed.
    """
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    cards, began = page.locator(".board-card"), time.perf_counter()
    page.goto(address)
    cards.first.wait_for()
    times = {"large plan, first paint": time.perf_counter() - began}
    idle(page)
    find = page.get_by_label("Find somebody or a group")
    find.press_sequentially("Member 0050")
    idle(page)
    began = time.perf_counter()
    find.press("0")
    page.locator(".board-person.hit").filter(has_text="Member 00500").wait_for()
    page.wait_for_function("document.querySelectorAll('.board-card').length === 1")
    times["large plan, found"] = time.perf_counter() - began
    find.fill("")
    page.wait_for_function("document.querySelectorAll('.board-card').length > 1")
    idle(page)
    number = len(moved) // 2
    people = [cards.nth(card).locator(".board-person") for card in range(2)]
    names = [each.locator(".board-called").all_inner_texts() for each in people]
    places = [next(i for i, name in enumerate(each) if name not in moved) for each in names]
    moved.update(each[place] for each, place in zip(names, places, strict=True))
    people[0].nth(places[0]).press("Enter")
    began = time.perf_counter()
    people[1].nth(places[1]).press("Enter")
    apply = page.get_by_role("dialog").get_by_role("button", name="Apply")
    apply.wait_for()
    times["large plan, effect of a swap"] = time.perf_counter() - began
    idle(page)
    began = time.perf_counter()
    apply.click()
    page.get_by_text(f"Changed by hand: {counted(number + 1, 'change')}.").wait_for()
    page.get_by_role("dialog").wait_for(state="detached")
    times["large plan, swap applied"] = time.perf_counter() - began
    page.context.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    repeats = asked.repeats
    path = chromium()
    if path is None:
        sys.exit("No Chromium on this machine; install one (Debian and Ubuntu: apt install chromium).")
    times: dict[str, list[float]] = {
        name: [] for name in ("first paint, first visit", "first paint, later", "button to plan")
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        for repeat in range(repeats):
            folder = TemporaryDirectory()
            server = Server(Path(folder.name))
            address = f"{server.address}/"
            for name in ("first paint, first visit", "first paint, later"):
                seconds, page = first_paint(browser, address)
                times[name].append(seconds)
            times["button to plan"].append(button_to_plan(page))
            if asked.large and repeat == repeats - 1:
                page = first_paint(browser, address)[1]
                plan = form_large(page)
                moved = set[str]()
                for _ in range(repeats):
                    for name, seconds in change_large(browser, plan, moved).items():
                        times.setdefault(name, []).append(seconds)
            server.end()
            folder.cleanup()
        print(
            f"{os.cpu_count()} cores, Python {platform.python_version()}, "
            f"Streamlit {version('streamlit')}, Chromium {browser.version}, {repeats} repeats"
        )
        browser.close()
    for name, seconds in times.items():
        print(f"{name:30}{statistics.median(seconds):6.2f}  ({min(seconds):.2f} to {max(seconds):.2f})")


if __name__ == "__main__":
    main()
