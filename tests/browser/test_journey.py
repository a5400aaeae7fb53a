from __future__ import annotations

import csv
import io
import json
import re

from playwright.sync_api import expect

from tests.browser.conftest import Manager
from tests.browser.serving import Server

ROSTER = (
    "name,superpowers,site\n"
    "Zoë Ångström,Systems thinking; Calm,Malmö\n"
    "Łukasz Żak,Experimentation; Curiosity,Łódź\n"
    "Ana Peña,Vision; Storytelling,Cádiz\n"
    "Omar Said,Organising; Finishing,Oran\n"
    "Mei Lin,Peacemaking; Empathy,Taipei\n"
    "Ifé Ade,Momentum; Energy,Lagos\n"
    "Jürgen Groß,Finishing; Gap spotting,Köln\n"
).encode()
FRICTIONS = "member a,member b,severity,note\nZoë Ångström,Łukasz Żak,never,They asked for it.\n".encode()


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark of UTF-8 to show accents."
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_from_a_roster_to_duos_and_their_files(manager):
    page = manager.page
    manager.upload("Roster file", "team.csv", ROSTER)
    manager.upload("Frictions file", "frictions.csv", FRICTIONS)
    people = page.get_by_test_id("stDataFrame").first
    manager.write(people, 2, 3, "Omar Saïd-Élan")
    manager.go("Frictions and rules")
    frictions = page.get_by_test_id("stDataFrame").first
    manager.write(frictions, 4, 0, "They asked for it, twice.")
    manager.go("People")
    expect(people.get_by_test_id("glide-cell-2-3")).to_have_text("Omar Saïd-Élan")

    manager.go("Form")
    manager.press("Form duos")
    page.get_by_role("link", name="Read the plan").click()
    expect(page.get_by_role("heading", name=re.compile(r"^(Duo|Trio) \d"))).to_have_count(3)
    expect(page.get_by_text(re.compile("best possible"), exact=False).first).to_be_visible()

    name, data = manager.download("Download the plan (CSV)")
    placed = rows(data)
    assert name == "plan.csv"
    assert [*placed[0]] == ["name", "superpowers", "site", "group", "why", "talk about"]
    group = {row["name"]: row["group"] for row in placed}
    assert len(group) == 7
    assert "Omar Saïd-Élan" in group
    assert group["Zoë Ångström"] != group["Łukasz Żak"]
    assert {row["site"] for row in placed} >= {"Łódź", "Köln"}

    name, data = manager.download("Download the plan (JSON)")
    plan = json.loads(data)
    assert name == "plan.json"
    assert plan["kind"] == "duos"
    assert sorted(m for g in plan["groups"] for m in g["members"]) == sorted(group)
    assert all(rule["kept"] for rule in plan["rules"])

    name, data = manager.download("Download the duos (CSV)")
    assert [*rows(data)[0]] == ["duo", "member 1", "member 2", "member 3", "fit", "why", "talk about"]

    page.get_by_text("The team's copy").click()
    expect(page.get_by_text("Settings that made this plan")).to_have_count(0)
    manager.idle()
    name, data = manager.download("Download the plan (JSON)")
    assert name == "plan-for-the-team.json"
    assert "friction" not in data.decode().casefold()
    assert manager.errors == []


def test_a_long_run_is_stopped_and_found_again_after_a_reload_and_in_a_second_tab(manager):
    page = manager.page
    manager.press("Use the sample of 40")
    manager.go("Form")
    page.get_by_text("Teams", exact=True).click()
    manager.idle()
    manager.unfold("More: absent people, seconds")
    seconds = page.get_by_role("spinbutton", name="Seconds at most")
    seconds.fill("90")
    seconds.press("Tab")
    page.get_by_role("button", name="Form teams", exact=True).click()

    expect(page.get_by_text("The best plan so far")).to_be_visible()
    shown = page.get_by_test_id("stMetric").filter(has_text="Seconds").get_by_test_id("stMetricValue")
    first = shown.inner_text()
    expect(shown).not_to_have_text(first)
    assert "run=" in page.url

    page.reload()
    expect(page.get_by_text("The best plan so far")).to_be_visible()
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.get_by_text("The best plan so far")).to_be_visible()

    manager.go("Superpowers")  # the page stays usable meanwhile
    expect(page.get_by_role("heading", name="Superpowers")).to_be_visible()
    manager.go("Form")

    second.get_by_role("button", name="Stop", exact=True).click()
    expect(second.get_by_text("this is the best plan so far", exact=False)).to_be_visible()
    expect(page.get_by_text("this is the best plan so far", exact=False)).to_be_visible()
    page.get_by_role("link", name="Read the plan").click()
    expect(page.get_by_role("heading", name=re.compile(r"^Team \d"))).to_have_count(8)
    assert len(rows(manager.download("Download the plan (CSV)")[1])) == 40
    second.close()


def test_frictions_are_entered_with_the_keyboard(manager):
    page = manager.page
    manager.upload("Roster file", "team.csv", ROSTER)
    manager.go("Frictions and rules")
    frictions = page.get_by_test_id("stDataFrame").first
    frictions.locator("canvas").first.focus()
    page.keyboard.press("Enter")  # the only row is the one that adds a row; its first cell opens
    manager.pick("Ana Peña")
    manager.choose(frictions, 2, 0, "Ana Peña")
    expect(page.get_by_text("cannot have a friction with themselves", exact=False)).to_be_visible()
    manager.choose(frictions, 2, 0, "Mei Lin")
    expect(page.get_by_text("to put right", exact=False)).to_have_count(0)
    manager.go("Form")
    manager.press("Form duos")
    manager.go("Plan")
    page.get_by_text("rules kept").click()
    expect(page.get_by_text("Ana Peña and Mei Lin never work together (friction).")).to_be_visible()


def test_a_phone_shows_each_page_without_scrolling_sideways(manager):
    manager.press("Use the sample roster")
    manager.go("Form")
    manager.press("Form duos")
    address = manager.page.url.split("?")[1]
    manager.page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", "/members", "/superpowers", "/rules", "/form", "/plan", "/rounds"):
        manager.open(f"{path}?{address}")
        main = manager.page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), path


def test_a_hostile_name_makes_the_browser_call_nobody(manager):
    name = "![x](http://127.0.0.2:9/a.png)"
    roster = f"name,superpowers\n{name},Vision\n<img src=http://127.0.0.2:9/b.png>,Finishing\n{name},Calm\n"
    manager.upload("Roster file", "team.csv", roster.encode())
    for page in ("Superpowers", "Frictions and rules", "Form"):
        manager.go(page)
    manager.press("Form duos")
    manager.go("Plan")
    shown = manager.page.get_by_text("![x](http", exact=False).filter(visible=True)
    expect(shown.first).to_be_visible()
    outside = [url for url in manager.called if not url.startswith((manager.server, "blob:", "data:"))]
    assert outside == []


def test_a_server_that_is_asked_to_end_does_not_wait_for_a_run(browser, tmp_path):
    server = Server(tmp_path)
    page = browser.new_page()
    try:
        manager = Manager(page, server.address)
        manager.press("Use the sample of 40")
        manager.go("Form")
        page.get_by_text("Teams", exact=True).click()
        expect(page.get_by_role("button", name="Form teams", exact=True)).to_be_visible()
        manager.unfold("More: absent people, seconds")
        page.get_by_role("spinbutton", name="Seconds at most").fill("300")
        page.get_by_role("spinbutton", name="Seconds at most").press("Tab")
        page.get_by_role("button", name="Form teams", exact=True).click()
        expect(page.get_by_text("The best plan so far")).to_be_visible()
        assert server.end(60) == 0  # the run would last 300
    finally:
        page.close()
        server.kill()
