"""Pages: time to the first paint, and from the button to the plan, in Chromium.

Run ``python tests/benchmarks/pages.py``; ``--help`` lists the options. Each repeat starts a server
of its own. Seconds, median (lowest to highest) of the repeats:

- *first paint, first visit*: from opening the address to the first button that can be pressed,
  the first time that anybody opens the app after the server's start;
- *first paint, later*: the same in a fresh browser profile, once the server has been visited;
- *button to plan*: from pressing **Form duos** with the sample of twelve to the names of the duos.
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

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.serving import SWITCHES, chromium, free_port, start_server


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    path = chromium()
    if path is None:
        sys.exit("No Chromium on this machine; install one (Debian and Ubuntu: apt install chromium).")
    times: dict[str, list[float]] = {
        name: [] for name in ("first paint, first visit", "first paint, later", "button to plan")
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        for _ in range(repeats):
            port = free_port()
            server = start_server(port)
            address = f"http://127.0.0.1:{port}/"
            for name in ("first paint, first visit", "first paint, later"):
                seconds, page = first_paint(browser, address)
                times[name].append(seconds)
            times["button to plan"].append(button_to_plan(page))
            server.terminate()
            server.wait()
        print(
            f"{os.cpu_count()} cores, Python {platform.python_version()}, "
            f"Streamlit {version('streamlit')}, Chromium {browser.version}, {repeats} repeats"
        )
        browser.close()
    for name, seconds in times.items():
        print(f"{name:26}{statistics.median(seconds):6.2f}  ({min(seconds):.2f} to {max(seconds):.2f})")


if __name__ == "__main__":
    main()
