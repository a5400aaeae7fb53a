"""A plan as a page that needs nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from matcher.files import plan_html
from matcher.forming import form_duos, form_teams
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan
from tests.strategies_people import CATALOGUE
from tests.told import html_text, told_plan

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """The elements of a page; fails where they are not nested as they should be."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(data.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def plan() -> Plan:
    return told_plan()


def test_the_managers_page_says_everything(plan: Plan):
    text = html_text(plan_html(plan))

    assert "Plan: 2 teams 2 March 2026 6 people in 2 teams." in text
    assert f"Score {plan.score:.1f} of 100" in text
    assert "Chi and Dov would rather not work together: secretnote." in text
    assert "✗ Broken: Ada and Fay are apart." in text
    assert "✓ Kept: Bo and Dov are apart." in text
    assert "Columns to mix rating" in text
    assert "Absent from this plan Gil" in text


def test_the_teams_page_says_what_each_brings_why_and_what_to_begin_with(plan: Plan):
    text = html_text(plan_html(plan, "team"))

    assert "Our teams 2 March 2026 6 people in 2 teams." in text
    assert "Ada Systems thinking Calm" in text
    assert "Why you are together" in text
    assert "To begin with" in text
    assert "Rules" not in text


@pytest.mark.parametrize("audience", ["manager", "team"])
def test_the_page_is_well_formed_and_can_be_read_by_everybody(plan: Plan, audience: str):
    page = Page(plan_html(plan, audience))
    tags = [tag for tag, _ in page.tags]
    named = {told["id"] for _, told in page.tags if "id" in told}

    assert ("html", {"lang": "en"}) in page.tags
    assert tags.count("h1") == 1
    assert all(told.get("scope") for tag, told in page.tags if tag == "th")
    assert all(told.get("aria-label") for tag, told in page.tags if tag == "svg")
    assert {told["aria-labelledby"] for _, told in page.tags if "aria-labelledby" in told} <= named
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("audience", ["manager", "team"])
def test_the_page_runs_nothing_and_calls_nobody(plan: Plan, audience: str):
    data = plan_html(plan, audience).decode()
    page = Page(data.encode())

    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in page.tags}
    assert not [told for _, told in page.tags if {"src", "href", "style", "onload", "onclick"} & told.keys()]
    assert "url(" not in data
    assert "default-src 'none'; style-src 'unsafe-inline'" in data


HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://evil.example/a.png)",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}",
    "{% raw %}",
    "&lt;b&gt;",
    "</style>",
    "العربية",
]


def test_markup_in_names_is_shown_as_it_was_written():
    members = tuple(Member(name, ("calm",)) for name in HOSTILE)
    data = plan_html(form_duos(Roster(members, CATALOGUE), seconds=1))
    tags = {tag for tag, _ in Page(data).tags}

    assert not {"script", "img", "b"} & tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in data.decode()
    assert "&amp;lt;b&amp;gt;" in data.decode()
    assert "{{ 7*7 }}" in data.decode()
    assert "<bdi>العربية</bdi>" in data.decode()


def test_what_no_page_can_show_is_marked_and_turns_nothing_round():
    members = (Member("a\u202eb\x00c\ud800", ("calm",)), Member("Bo", ("vision",)))
    text = html_text(plan_html(form_duos(Roster(members, CATALOGUE), seconds=1)))

    assert "a�b�c�" in text


def test_names_of_groups_are_text_too():
    members = tuple(Member(name, ("calm",)) for name in ("Ada", "Bo"))
    made = form_teams(Roster(members, CATALOGUE), count=1, seconds=1)
    renamed = replace(made, groups=(replace(made.groups[0], name="<b>x</b>"),))
    data = plan_html(renamed)

    assert "&lt;b&gt;x&lt;/b&gt;" in data.decode()
