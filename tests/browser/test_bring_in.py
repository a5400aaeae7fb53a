from __future__ import annotations

import csv
import io
import re

from playwright.sync_api import expect

STRENGTHS = (
    "Strengths of the Lisbon office\n"
    "Name,Email,Office,Theme 1,Theme 2\n"
    "Zoë Ångström,zoe@example.org,Lisbon,Relator,Learner\n"
    "Łukasz Żak,lukasz@example.org,Porto,Command,Harmony\n"
    "Ana Peña,ana@example.org,Porto,Achiever,Relator\n"
    "Ana Peña,ana.p@example.org,Porto,Achiever,Empathy\n"
).encode()
NEWER = (
    "Name,Email,Office\n"
    "Zoë Ångström,zoe@example.org,Porto\n"
    "Łukasz Żak,lukasz@example.org,Porto\n"
    "Mei Lin,mei@example.org,Lisbon\n"
).encode()


def test_a_strengths_file_is_mapped_repaired_and_compared_with_a_newer_one(manager):
    page = manager.page
    people = page.get_by_test_id("stMetric").filter(has_text="People").get_by_test_id("stMetricValue")
    manager.upload("Roster file", "strengths.csv", STRENGTHS)
    expect(page.get_by_text("header in row 2", exact=False)).to_be_visible()
    expect(page.get_by_text("1 row left out", exact=False)).to_be_visible()

    page.get_by_role("button", name=re.compile("Take these")).click()
    expect(page.get_by_text("stand for a superpower, as you chose", exact=False)).to_be_visible()

    expect(page.get_by_text("1 thing to put right in the roster", exact=False)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Merge")).click()
    expect(page.get_by_text("to put right in the roster", exact=False)).to_have_count(0)
    expect(people).to_have_text("3")
    page.get_by_role("button", name=re.compile("Undo: merge")).click()
    expect(page.get_by_text("1 thing to put right in the roster", exact=False)).to_be_visible()
    page.get_by_role("button", name=re.compile("Redo: merge")).click()
    expect(page.get_by_text("to put right in the roster", exact=False)).to_have_count(0)

    manager.upload("Roster file", "newer.csv", NEWER)
    expect(
        page.get_by_text(
            "1 new (Mei Lin); 1 changed (Zoë Ångström); 1 no longer in the file (Ana Peña)", exact=False
        )
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("Take over what is ticked")).click()
    expect(people).to_have_text("4")
    _, data = manager.download("Download the roster (CSV)")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(row["name"], row["Office"]) for row in rows] == [
        ("Zoë Ångström", "Porto"),
        ("Łukasz Żak", "Porto"),
        ("Ana Peña", "Porto"),
        ("Mei Lin", "Lisbon"),
    ]
    assert all(row["superpowers"] for row in rows[:3])
    assert manager.errors == []


def test_a_pasted_list_becomes_a_roster(manager):
    page = manager.page
    page.get_by_role("button", name=re.compile("Paste a list or table")).click()
    page.get_by_label("Cells from a spreadsheet, or a list of names").fill(
        "name\tsuperpowers\nAnna\tVision\nBo\tCalm"
    )
    page.get_by_role("button", name=re.compile("Bring it in")).click()
    expect(page.get_by_text("The pasted text is read.")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("2")
    assert manager.errors == []


def test_whatever_a_file_calls_things_the_browser_calls_nobody(manager):
    page = manager.page

    def mark(letter: str) -> str:
        return f"![{letter}](http://127.0.0.2:9/beacon.png)"

    rows = [
        ("name", "superpowers", mark("a"), "absent"),
        ("Anna", mark("b"), mark("c"), mark("d")),
        ("Anna", "Visionn", mark("e"), ""),
        (mark("f"), f"{mark('b')}; Calm", "x", "maybe"),
    ]
    manager.upload("Roster file", "![g](beacon).csv", "".join(f"{','.join(row)}\n" for row in rows).encode())
    page.get_by_text("Change how it was read").click()
    expect(page.get_by_text("What each column means")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Merge")).click()
    expect(page.get_by_role("button", name=re.compile("Undo: merge"))).to_be_visible()
    manager.upload("Roster file", "![h](beacon).csv", f"name,superpowers\n{mark('f')},{mark('i')}\n".encode())
    expect(page.get_by_text("Beside the roster on hand")).to_be_visible()
    expect(page.get_by_text("1 thing to put right in ![h](beacon).csv", exact=False)).to_be_visible()
    assert not [url for url in manager.called if "beacon" in url]
