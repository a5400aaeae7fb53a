"""A plan to print."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

from matcher.files import plan_pdf
from matcher.files.reports.pdf import FONTS
from matcher.files.reports.text import breakable
from matcher.forming import form_duos, score_plan
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan
from tests.strategies_people import CATALOGUE
from tests.told import pdf_text, told_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return told_plan()


def duos_of(*names: str) -> Plan:
    members = tuple(Member(name, ("calm", "vision")) for name in names)
    return form_duos(Roster(members, CATALOGUE), seconds=1)


def test_the_managers_copy_says_everything(plan: Plan):
    text = pdf_text(plan_pdf(plan))

    assert text.startswith("Plan: 2 teams 2 March 2026 6 people in 2 teams. Score ")
    assert f"Team 1 score {plan.groups[0].score:.1f}" in text
    assert "Chi and Dov would rather not work together: secretnote." in text
    assert "broken Ada and Fay are apart." in text
    assert "Columns to mix rating" in text
    assert "Absent from this plan Gil" in text


def test_the_teams_copy_says_what_each_brings_why_and_what_to_begin_with(plan: Plan):
    text = pdf_text(plan_pdf(plan, "team"))

    assert text.startswith("Our teams 2 March 2026 6 people in 2 teams. What everybody brings")
    assert "Ada Systems thinking Calm" in text
    assert "Ada's systems thinking × Bo's experimentation: one maps, one tests (stated)." in text
    assert plan.groups[0].exercise.split(";")[0] in text


def test_it_is_tagged_titled_and_the_same_each_time(plan: Plan):
    data = plan_pdf(plan)
    reader = PdfReader(io.BytesIO(data))

    assert reader.metadata is not None
    assert reader.metadata.title == "Plan: 2 teams"
    assert {"/Author", "/CreationDate", "/Keywords"}.isdisjoint(reader.metadata)
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True
    assert reader.root_object["/Lang"] == "en"
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()
    assert data == plan_pdf(replace(plan))


NAMES = ("Łódź Żółw", "東京 太郎", "김민준", "शर्मा", "Ünïcødé", "Ελένη", "Владимир", "სოფო", "Nguyễn", "Zoë")


@pytest.mark.parametrize("name", NAMES)
def test_names_from_everywhere_are_there_to_read(name: str):
    assert name in pdf_text(plan_pdf(duos_of(name, "Bo"), "team"))


def boxes(data: bytes) -> int:
    """How many characters of a PDF have no shape of their own: they are drawn with a font's glyph 0."""
    count = 0
    for page in PdfReader(io.BytesIO(data)).pages:
        for operands, operator in ContentStream(page.get_contents(), None).operations:
            drawn = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
            for text in drawn:
                if isinstance(text, TextStringObject | ByteStringObject):
                    codes = text.original_bytes
                    count += sum(codes[i : i + 2] == b"\0\0" for i in range(0, len(codes), 2))
    return count


@pytest.mark.parametrize(
    "name", [*NAMES, "محمد", "אבי", "สมชาย", "বাংলা", "தமிழ்", "አበበ", "Հայկ", "😀🎉", "☀★✓"]
)
def test_every_letter_has_a_shape(name: str):
    assert boxes(plan_pdf(duos_of(name, "Bo"), "team")) == 0


def test_a_character_that_no_font_has_leaves_a_box_and_nothing_else_is_lost():
    data = plan_pdf(duos_of("Ada \U00012000 Bo", "Chi"), "team")
    text = pdf_text(data)

    assert boxes(data) > 0
    assert "Ada" in text
    assert "Chi" in text


@pytest.mark.parametrize(
    "name",
    ["#eval(1+1)", "$x^2$", "*b* _i_", "@cite", "<label>", '#image("/etc/passwd")', "\\ // /* `x`", "= H"],
)
def test_markup_in_names_is_shown_as_it_was_written(name: str):
    assert name in pdf_text(plan_pdf(duos_of(name, "Bo")))


@pytest.mark.parametrize(
    "name", ["n" * 300, "N" * 300, "word " * 60, "東" * 300, "😀" * 100, "e\u0301" * 150]
)
def test_a_name_without_end_is_printed_to_its_end(name: str):
    data = plan_pdf(duos_of(f"{name.strip()}zq", "Bo"), "team")
    lines = [line for page in PdfReader(io.BytesIO(data)).pages for line in page.extract_text().splitlines()]

    assert "zq" in pdf_text(data).replace(" ", "")
    assert max(len(line) for line in lines) < 150


def piled_up(data: bytes) -> int:
    """How many members stand where another one stands: what is too long for a page piles up at its foot."""
    count = 0
    for page in PdfReader(io.BytesIO(data)).pages:
        there: dict[tuple[float, float], set[str]] = {}

        def note(text: str, cm: list[float], *_: object, there: Any = there) -> None:
            there.setdefault((cm[4], cm[5]), set()).update(re.findall(r"^\D*(\d{3})\s*$", text))

        page.extract_text(visitor_text=note)
        count += sum(max(0, len(members) - 1) for members in there.values())
    return count


@pytest.mark.parametrize("size", [3, 8, 12, 14, 18, 22, 26, 30, 34, 40, 120])
@pytest.mark.parametrize("name", ["Member", "N" * 60, "東京都" * 20])
def test_a_large_group_goes_on_overleaf_and_loses_nobody(size: int, name: str):
    names = [f"{name} {n:03d}" for n in range(size)]
    members = tuple(Member(name, ("calm",)) for name in names)
    made = score_plan(Round({"All": tuple(names)}), Roster(members, CATALOGUE), seconds=1)
    for audience in ("manager", "team"):
        data = plan_pdf(made, audience)
        text = pdf_text(data)
        assert [n for n in range(size) if f"{n:03d}" not in text] == []
        assert piled_up(data) == 0


def test_a_line_may_break_in_an_endless_word_but_not_inside_a_letter():
    assert breakable("short words stay") == "short words stay"
    assert breakable("x" * 50) == "\u200b".join(["x" * 24, "x" * 24, "xx"])
    assert "\u200b\u0301" not in breakable("e\u0301" * 40)
    assert "\u200b" not in breakable("م" * 60)


def test_the_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert len(list(FONTS.glob("*.ttf"))) > 20
