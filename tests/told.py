"""One plan with something of everything, made by hand, and ways to read the copies of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from openpyxl import load_workbook
from pypdf import PdfReader

from matcher.files import duos_csv, meeting_ics, plan_csv, plan_html, plan_json, plan_pdf, plan_xlsx
from matcher.files.printed import plan_text
from matcher.files.reports.texts import chat_texts
from matcher.forming import score_plan
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan
from matcher.plan.plan import Audience
from matcher.rules import Apart, Needs
from tests.strategies_people import CATALOGUE

DAY = date(2026, 3, 2)

SUPERPOWERS = {
    "Ada": "systems_thinking calm",
    "Bo": "experimentation",
    "Chi": "evidence",
    "Dov": "vision",
    "Eun": "peacemaking",
    "Fay": "provocation",
    "Gil": "empathy",
}


def roster() -> Roster:
    """Seven people with a column that would hurt to read; Gil is absent."""
    members = tuple(
        Member(
            name,
            tuple(powers.split()),
            email=f"{name.lower()}@example.org",
            attributes={"rating": "ratedlow" if name == "Dov" else "fine"},
            absent=name == "Gil",
        )
        for name, powers in SUPERPOWERS.items()
    )
    return Roster(members, CATALOGUE)


def told_plan() -> Plan:
    """Two teams with an avoided pair inside, a rule that is broken and one by a column."""
    made = score_plan(
        Round({"Team 1": ("Ada", "Bo", "Fay"), "Team 2": ("Chi", "Dov", "Eun")}),
        roster(),
        frictions=[("Chi", "Dov", "avoid", "secretnote"), ("Ada", "Eun", "never", "secretnote two")],
        rules=[
            Apart(("Bo", "Dov")),
            Apart(("Ada", "Fay")),
            Needs("every group", "at most", "rating", "ratedlow", 1),
        ],
        mix=["rating"],
        seconds=5,
    )
    return replace(made, brief=replace(made.brief, as_of=DAY))


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    """The cells of a workbook, by sheet."""
    return {
        s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in load_workbook(io.BytesIO(data))
    }


def pdf_text(data: bytes) -> str:
    """The text of a PDF, on one line."""
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def html_text(data: bytes) -> str:
    """The text of a page of HTML, on one line."""
    body = re.sub(r"<style>.*?</style>", "", data.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def everything(data: bytes) -> str:
    """Whatever can be found in a file: its bytes, what is zipped or deflated in it, and its text."""
    found = [data.decode("utf-8", "ignore")]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
            found.append(archive.comment.decode("utf-8", "ignore"))
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
            thing = reader.get_object(number)
            inflated = thing.get_data() if hasattr(thing, "get_data") else b""
            found += [str(thing), inflated.decode("latin-1"), inflated.decode("utf-16-be", "ignore")]
        found += [str(reader.metadata), pdf_text(data)]
    return "\n".join(found)


def legible(data: bytes) -> str:
    """What a reader or a program finds in a file; compressed bytes and fonts hold short words by chance."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    if data.startswith(b"%PDF"):
        return f"{PdfReader(io.BytesIO(data)).metadata}\n{pdf_text(data)}"
    return data.decode("utf-8", "ignore")


WRITERS: dict[str, Callable[[Plan, Audience], bytes]] = {
    "csv": plan_csv,
    "duos": duos_csv,
    "xlsx": plan_xlsx,
    "html": plan_html,
    "pdf": plan_pdf,
    "json": plan_json,
    "text": lambda plan, audience: plan_text(plan, audience).encode(),
}
"""Every form in which a plan leaves for two audiences."""


def messages(plan: Plan) -> bytes:
    """What groups are sent, in chats and calendars."""
    from datetime import datetime

    return "\n".join(chat_texts(plan).values()).encode() + meeting_ics(plan, datetime(2026, 3, 9, 10))
