"""A plan as an Excel workbook: the plan, the groups, the pairs, the settings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from matcher.files.writing import escape
from matcher.people.history import PLAN_TITLES
from matcher.plan.report import Card, Report
from matcher.plan.tables import member_table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from matcher.plan.plan import Audience, Plan

Row = Sequence[str | float | None]

MOST_LETTERS = 32_767
"""What a cell holds; Excel counts UTF-16 code units."""

CUT = " … (cut: a cell holds no more)"

NARROWEST, WIDEST = 9, 64
"""Widths of columns, in characters."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ACCENT, SHADE, LINE, GOOD, BAD = "#3D4FB8", "#F4F3EE", "#DEDAD0", "#2F7D5B", "#B3261E"


def plan_xlsx(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as an Excel workbook; its first sheet reads back in as a round.

    A text that a spreadsheet might run is escaped as in CSV, so that it stays harmless when a sheet
    is saved as CSV, and is never a formula here.

    Parameters
    ----------
    plan, audience
        What to write, and for whom.
    """
    report, made = Report(plan, audience), io.BytesIO()
    book = _Book(made, report)
    table = member_table(plan, audience)
    book.sheet("Plan", table.titles, table.rows, groups_in=len(table.titles) - len(PLAN_TITLES))
    book.sheet(
        "Groups",
        _group_titles(report),
        [_group_row(card, report) for card in report.cards],
        bars=range(2, 3 + len(plan.groups[0].goals)) if report.whole else (),
    )
    if plan.groups and report.pairs:
        book.pairs()
    book.settings()
    book.close()
    return made.getvalue()


def _group_titles(report: Report) -> list[str]:
    if not report.whole:
        return ["group", "what everybody brings", "why", "begin with"]
    values = report.cards[0].values if report.cards else ()
    return [
        "group",
        "members",
        "score",
        *(v.label.lower() for v in values),
        "why",
        "talk about",
        "begin with",
    ]


def _group_row(card: Card, report: Report) -> Row:
    if not report.whole:
        people = "\n".join(f"{person.name}: {person.listed}" for person in card.people)
        return (card.name, people, "\n".join(card.why), card.begin)
    people = "\n".join(person.name for person in card.people)
    figures = [round(value, 6) for value in (card.score or 0.0, *(v.value for v in card.values))]
    return (card.name, people, *figures, "\n".join(card.why), "\n".join(card.talk_about), card.begin)


class _Book:
    """A workbook of sheets that look alike.

    Parameters
    ----------
    target
        Where it is written to.
    report
        What it says.
    """

    def __init__(self, target: io.BytesIO, report: Report) -> None:
        from xlsxwriter import Workbook  # late: only this needs it

        self.report = report
        self.book: Workbook = Workbook(target, OPTIONS)
        day = datetime.combine(
            report.plan.brief.as_of, time()
        )  # the plan's day, so that a file is repeatable
        self.book.set_properties({"title": report.title, "created": day})
        self.head = self._format(bold=True, font_color="#FFFFFF", bg_color=ACCENT, valign="vcenter")
        self.cell, self.shaded = self._format(), self._format(bg_color=SHADE)
        self.figure, self.count = self._format(num_format="0.0"), self._format(num_format="0")
        self.bold, self.good, self.bad = (
            self._format(bold=True),
            self._format(font_color=GOOD),
            self._format(font_color=BAD, bold=True),
        )

    def sheet(
        self,
        name: str,
        titles: Sequence[str],
        rows: Sequence[Row],
        *,
        groups_in: int | None = None,
        bars: Iterable[int] = (),
    ) -> Worksheet:
        """Add a table that can be filtered, with its header always in sight.

        Parameters
        ----------
        groups_in
            The column whose change changes the shade of the rows.
        bars
            Columns of figures from 0 to 100 that are drawn as bars too.
        """
        sheet = self._page(name)
        for column, title in enumerate(titles):
            self._write(sheet, 0, column, title, self.head)
        shaded = False
        for number, row in enumerate(rows, 1):
            if groups_in is not None and number > 1 and row[groups_in] != rows[number - 2][groups_in]:
                shaded = not shaded
            for column, cell in enumerate(row):
                figure = self.count if isinstance(cell, int) else self.figure
                text = self.shaded if shaded else self.cell
                self._write(sheet, number, column, cell, figure if isinstance(cell, int | float) else text)
        for column, title in enumerate(titles):
            sheet.set_column(column, column, _width([title, *(row[column] for row in rows)]))
        sheet.autofilter(0, 0, max(1, len(rows)), len(titles) - 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        for column in bars:
            self._bars(sheet, column, len(rows))
        return sheet

    def pairs(self) -> None:
        """Add the pairs inside the groups."""
        report = self.report
        titles = ["group", "member a", "member b", "what connects them"]
        rows: list[Row] = [(p.group, p.first, p.second, p.connects) for p in report.pairs]
        if report.whole:
            titles[3:3], titles[5:] = ["fit"], ["what may stand between them"]
            rows = [(p.group, p.first, p.second, p.fit, p.connects, p.between) for p in report.pairs]
            if report.pair_count > len(rows):
                rows.append((f"and {report.pair_count - len(rows)} more pairs", "", "", None, "", ""))
        sheet = self.sheet("Pairs", titles, rows)
        if report.whole:  # drawn without the bars of 2010, which other readers do not know
            scale = {"min_value": -100, "mid_value": 0, "max_value": 100, "min_color": "#F3B9B4",
                     "mid_color": "#FFFFFF", "max_color": "#A9D8C0"}  # fmt: skip
            kinds = {f"{part}_type": "num" for part in ("min", "mid", "max")}
            sheet.conditional_format(1, 3, len(rows), 3, {"type": "3_color_scale", **kinds, **scale})

    def settings(self) -> None:
        """Add what made the plan, how good it is, and which rules it keeps."""
        report, sheet = self.report, self._page("Settings")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        row = 0

        def line(left: str, right: str | float, form: Any = None) -> None:
            nonlocal row
            self._write(sheet, row, 0, left, self.cell)
            self._write(sheet, row, 1, right, form or (self.cell if isinstance(right, str) else self.figure))
            row += 1

        def heading(text: str) -> None:
            nonlocal row
            row += bool(row)
            for column, cell in enumerate((text, "")):
                self._write(sheet, row, column, cell, self.head)
            row += 1

        heading(report.title)
        for label, text in (("Formed on", report.when), *(("", sentence) for sentence in report.summary)):
            line(label, text)
        if report.figures:
            heading("How good it is")
            for value in (*report.figures, *report.values):
                line(value.label, round(value.value, 6))
                if value.aside:
                    line("", value.aside)
        if report.rules:
            heading("Rules")
            for rule in report.rules:
                line("kept" if rule.kept else "broken", rule.rule, self.good if rule.kept else self.bad)
                for fault in rule.faults:
                    line("", fault)
        heading("What made it")
        for label, text in report.settings.items():
            line(label, text)
        if report.absent:
            heading("Absent")
            for name in report.absent:
                line("", name)
        row += 1
        line("", report.footnote, self.bold)

    def close(self) -> None:
        """Write the workbook."""
        self.book.close()

    def _page(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet

    def _format(self, **more: Any) -> Any:
        return self.book.add_format(
            {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE, **more}
        )

    def _write(self, sheet: Worksheet, row: int, column: int, cell: str | float | None, form: Any) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, form)
        elif isinstance(cell, str):
            sheet.write_string(row, column, _fitting(escape(cell)), form)
        else:
            sheet.write_number(row, column, cell, form)

    def _bars(self, sheet: Worksheet, column: int, rows: int) -> None:
        sheet.conditional_format(
            1, column, max(1, rows), column,
            {"type": "data_bar", "bar_color": "#B9C2F0",
             "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100},
        )  # fmt: skip


def _fitting(text: str) -> str:
    """Return a text that a cell can hold, cut with a mark where it must be; half characters become �."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * MOST_LETTERS:
        return units.decode("utf-16-le")
    return units[: 2 * (MOST_LETTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _width(cells: Iterable[str | float | None]) -> float:
    """Return a width at which most cells read well; longer ones are wrapped."""
    longest = max(
        (len(line) for cell in cells if isinstance(cell, str) for line in cell.split("\n")), default=0
    )
    return max(NARROWEST, min(WIDEST, longest + 3))
