"""From the rows of a file to a table: its header, and the rows below it that are somebody's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from matcher.files.tables.choices import Choices
from matcher.files.tables.columns import plain
from matcher.files.tables.delimited import DELIMITERS
from matcher.files.tables.grid import Grid, shortened, width_of
from matcher.files.tables.header_row import find_header, is_strengths, is_technical, made_header
from matcher.files.tables.mending import remark_and_mend
from matcher.files.tables.merged import filled_down, header_of
from matcher.files.tables.table import LeftOut, Row, Table
from matcher.people.errors import InputError, Problem
from matcher.people.names import counted, listed

NO_HEADER = -1
"""In place of the header's row: there is none."""

ABOVE = "Above the row that names the columns."
REPEATED = "The row that names the columns again."
TOTAL = "A total."
REMARK = "A remark of the report."
RULED = "Nothing but a line."
TITLE = "A title above the row that names the columns again."
CHOSEN = "Left out by choice."

_NUMBER = r"\d[\d.,]*"
TOTALS = re.compile(
    "(?:(?:(?:grand|report|overall|company|department|page|column) )?totals?|sub ?totals?|sum|average|mean"
    "|median|gesamt|gesamtsumme|summe|durchschnitt"
    rf"|insgesamt|total général|somme|moyenne)\s*:?(?:\s*{_NUMBER})?",
    re.IGNORECASE,
)
SUBTOTALS = re.compile(
    r".+ (?:(?:sub)?totals?|count|average|gesamt|summe|ergebnis|anzahl)\s*:?"
    r"|(?:(?:sub)?totals?|summe|somme) .+",
    re.IGNORECASE,
)
"""A total of a part, with the part's name; only numbers stand behind it."""
COUNTS = re.compile(
    r"(?:grand )?(?:total|count|number of \w+|headcount|anzahl|summe|gesamt|nombre|effectif)[\w\s()]*[:=]\s*"
    rf"{_NUMBER}|{_NUMBER} (?:rows?|records?|results?|employees|entries|members|people|mitarbeitende|einträge"
    r"|lignes)(?: (?:in total|total|found|returned|exported))?\.?",
    re.IGNORECASE,
)
REMARKS = re.compile(
    r"(?:report (?:generated|created|run|date|printed|exported)"
    r"|(?:generated|exported|printed|created|produced|run|downloaded|last updated|prepared)"
    r" (?:on|by|at|from|for|date)\b|end of (?:the )?(?:report|file|list|data|export)"
    r"|page \d+(?: of \d+|/\d+)?\.?$"
    r"|confidential\b(?!,)|(?:source|notes?|disclaimer|legend|as of|stand|printed|exported|generated"
    r"|effective date)\s*:|©|\(c\) |copyright\b|bericht (?:erstellt|generiert)|erstellt (?:am|von)"
    r"|ende (?:des berichts|der liste)|seite \d+(?: von \d+)?$|vertraulich\b|rapport (?:généré|créé)"
    r"|généré (?:le|par)|fin (?:du rapport|de la liste|du fichier)|page \d+ sur \d+|\* )",
    re.IGNORECASE,
)
RULE = re.compile(r"[\s\-–—_=*.~|+#]*")
NUMERIC = re.compile(r"[\d.,\s%€$£()-]*")


def lay_out(grid: Grid, choices: Choices, words: Collection[str]) -> Table:
    """Return the table that rows form: the header found, and rows that are no member's left out.

    A row with more cells than the header is left out and reported: its cells may have shifted.

    Parameters
    ----------
    grid
        What the file says.
    choices
        What somebody chose instead: the header's row, rows that are kept or left out.
    words
        Headers that are known to us, plain.

    Raises
    ------
    InputError
        When there is nothing in it, or not the row that was chosen as the header.
    """
    if not grid.rows:
        empty = Problem("The file is empty; the first row has to name the columns.", grid.file)
        raise InputError.of(grid.problems or [empty])
    return _Layout(grid, choices, words).table()


class _Layout:
    def __init__(self, grid: Grid, choices: Choices, words: Collection[str]) -> None:
        self.grid, self.choices = grid, choices
        self.problems, self.notes = list(grid.problems), list(grid.notes)
        self.left_out, self.silent = list(grid.left_out), {problem.row for problem in grid.problems}
        index = self._header(words)
        self.header_row = self.last_header_row = 0 if index is None else grid.rows[index].number
        if index is None:
            self.header = made_header(grid.rows, grid.header)
        else:
            self.header, self.last_header_row = header_of(grid, index)
        self.texts = [plain(title) for title in self.header if title]

    def _header(self, words: Collection[str]) -> int | None:
        rows, chosen = self.grid.rows, self.choices.header_row
        if chosen > 0:
            numbers = [row.number for row in rows]
            if chosen not in numbers:
                message = f"Row {chosen} cannot name the columns, since it is blank or not there."
                raise InputError(Problem(message, self.grid.file))
            return numbers.index(chosen)
        if chosen == NO_HEADER or self.grid.header:
            return None
        index = find_header(rows, words)
        if index is None:
            self.notes.append(
                f"{self.grid.file}: No row names the columns, so row {rows[0].number} was read like those "
                "below it. If it does name them, choose it as the header."
            )
        return index

    def table(self) -> Table:
        rows: list[Row] = []
        titles = self._titles()
        below, note = filled_down(self.grid, self.last_header_row)
        self.notes += [note] if note else []
        below = self._gathered(below)
        for row in below:
            if self.header_row <= row.number <= self.last_header_row:
                continue
            kept = row.number in self.choices.kept
            why = "" if kept else TITLE if row.number in titles else self._why_not(row)
            if why:
                self.left_out.append(LeftOut(row.number, row.cells, why))
            else:
                rows.append(row)
        self._note_left_out()
        width = max(width_of(self.header), *(width_of(row.cells) for row in rows), 0)
        header = (*self.header, *[""] * width)[:width]
        return remark_and_mend(
            Table(
                self.grid.file,
                header,
                tuple(
                    Row(row.number, (*row.cells, *[""] * (width - len(row.cells)))[:width]) for row in rows
                ),
                tuple(self.problems),
                tuple(self.notes),
                self.header_row,
                self.grid.encoding,
                self.grid.delimiter,
                self.grid.sheet,
                self.grid.sheets,
                tuple(sorted(self.left_out, key=lambda row: row.number)),
            ),
            self.choices.mend,
        )

    def _gathered(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return the rows with superpowers that go beyond the header put into its last column.

        Only where most rows are written like that, and hold nothing but superpowers from there on: else
        a cell may have shifted, and the row is reported.
        """
        last = len(self.header) - 1
        below = [row for row in rows if row.number > self.last_header_row]
        wide = [row for row in below if width_of(row.cells) > len(self.header)]
        if len(wide) < 2 or len(wide) * 2 <= len(below):
            return rows
        joined = {
            row.number: Row(row.number, (*row.cells[:last], "; ".join(filter(None, row.cells[last:]))))
            for row in wide
            if all(is_strengths(cell) for cell in row.cells[last:] if cell)
        }
        if len(joined) * 2 > len(below):
            self.notes.append(
                f"{self.grid.file}: In {counted(len(joined), 'row')} the superpowers go beyond the header; "
                f"all were read as column “{self.header[last]}”."
            )
            return tuple(joined.get(row.number, row) for row in rows)
        return rows

    def _why_not(self, row: Row) -> str:
        """Return why a row is left out; empty when it is read."""
        if row.number in self.choices.dropped:
            return CHOSEN
        if row.number < self.header_row:
            return ABOVE
        filled = [cell for cell in row.cells if cell]
        if self._repeats_header(filled):
            return REPEATED
        if all(map(RULE.fullmatch, filled)):
            return RULED
        if is_technical(filled):
            return REMARK
        if why := self._remark(filled):
            return why
        if width_of(row.cells) > len(self.header):
            return self._too_wide(row)
        return ""

    def _repeats_header(self, filled: Sequence[str]) -> bool:
        if not self.header_row or len(filled) != len(self.texts):
            return False
        return all(plain(cell) == text for cell, text in zip(filled, self.texts, strict=True))

    def _titles(self) -> set[int]:
        """Return the rows that head another part of the file: one text, and then the header again."""
        filled = [[cell for cell in row.cells if cell] for row in self.grid.rows]
        numbers = [row.number for row in self.grid.rows]
        return {
            number
            for number, cells, below in zip(numbers, filled, filled[1:], strict=False)
            if len(cells) == 1 < len(self.texts) and number > self.header_row and self._repeats_header(below)
        }

    def _remark(self, filled: Sequence[str]) -> str:
        """Return why a row below the header is the report's, not a member's."""
        first, *others = filled
        numbers = all(map(NUMERIC.fullmatch, others))
        if numbers and (TOTALS.fullmatch(first) or (others and SUBTOTALS.fullmatch(first))):
            return TOTAL
        if len(filled) > 2 or len(filled) == len(self.header) > 1:
            return ""
        if COUNTS.fullmatch(" ".join(filled)):
            return TOTAL
        if REMARKS.match(first):
            return REMARK
        words = first.split()
        sentence = len(words) > 8 or (len(words) > 4 and first[-1] in ".!:")
        return REMARK if sentence and not others and len(self.header) > 2 else ""

    def _too_wide(self, row: Row) -> str:
        delimiter = self.grid.delimiter
        quote = DELIMITERS.get(delimiter, f"“{delimiter}”")
        message = (
            f"The row has {counted(width_of(row.cells), 'cell')}, the header {len(self.header)}; the row is "
            "left out. "
            + (
                f"Put quotation marks around a cell that contains a {quote}."
                if delimiter
                else "Name the column, or move the cells to where they belong."
            )
        )
        self.problems.append(Problem(message, self.grid.file, row.number))
        self.silent.add(row.number)
        return message

    def _note_left_out(self) -> None:
        """Say in one note which rows were left out, and why."""
        told = [row for row in self.left_out if row.number not in self.silent]
        if not told:
            return
        reasons: dict[str, list[LeftOut]] = {}
        for row in told:
            reasons.setdefault(row.why, []).append(row)
        parts = []
        for why, rows in reasons.items():
            shown = [
                f"{row.number} (“{shortened(' '.join(filter(None, row.cells)), 30)}”)" for row in rows[:5]
            ]
            more = [f"{len(rows) - 5} more"] if len(rows) > 5 else []
            reason = f"{why[0].lower()}{why[1:]}".removesuffix(".")
            parts.append(f"{'rows' if len(rows) > 1 else 'row'} {listed([*shown, *more])}: {reason}")
        were = "row was" if len(told) == 1 else "rows were"
        self.notes.append(f"{self.grid.file}: {len(told)} {were} left out: {'; '.join(parts)}.")
