"""Who has left, and who is away, by the words and dates of an HR system."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from matcher.files.rosters.meanings import columns_of
from matcher.files.tables.columns import ColumnMeaning, plain, yes_or_no
from matcher.files.tables.dates import day_first, moment
from matcher.files.tables.table import Row

LEFT = re.compile(
    r"\b(terminated|termination|left|leaver|inactive|former|resigned|retired|separated|dismissed|deceased|"
    r"departed|exited|no longer employed|quit|"
    r"ausgeschieden|ausgetreten|inaktiv|ehemalig\w*|verrentet|pensioniert|"
    r"sorti|sortie|parti|partie|inactif|inactive|licenci[ée]e?|retrait[ée]e?|ancien|ancienne)\b"
)
AWAY = re.compile(
    r"\b(leave|loa|furloughed|furlough|sabbatical|parental|maternity|paternity|suspended|"
    r"beurlaubt|elternzeit|mutterschutz|sabbatjahr|langzeitkrank|freigestellt|"
    r"congé|congés|arrêt maladie|suspendu|suspendue)\b"
)
THERE = re.compile(r"\b(active|aktiv|actif)\b")
NOT_YET = re.compile(r"\b(not|never|nicht|pas)\b")
LETTERS = {"t": "terminated", "l": "leave", "r": "retired", "d": "deceased"}
"""What a status of one letter stands for in ADP's exports, beside ``A`` for active."""

YES_MEANS_THERE = frozenset({"active", "is active", "active status", "actif", "aktiv"})
"""Headers of a status that is answered by yes or no."""


class Leavers:
    """Tells who is not there any more.

    Parameters
    ----------
    columns
        What the columns mean; ``status`` and ``left on`` count.
    rows
        All rows, to see how dates and letters are written.
    today
        A date before it has passed.
    """

    def __init__(self, columns: Sequence[ColumnMeaning], rows: Sequence[Row], today: date) -> None:
        self.status = columns_of(columns, "status")
        self.left_on = columns_of(columns, "left on")
        self.now = datetime(today.year, today.month, today.day)
        self.day_first = {c.index: day_first(row.cells[c.index] for row in rows) for c in self.left_on}
        self.letters = {
            c.index for c in self.status if all(len(row.cells[c.index].strip()) <= 1 for row in rows)
        }

    def why(self, row: Row, beside: str = "") -> str:
        """Return the sentence that says why somebody is a leaver, or an empty one.

        Parameters
        ----------
        row
            What the file says of the member.
        beside
            A status that stood beside the name.
        """
        for text, title, word in self._statuses(row, beside):
            if LEFT.search(word) and not NOT_YET.search(word):
                return f"They left: {title} is “{text}”."
        passed = self._passed(row)
        return f"They left: {passed}." if passed and not self.back(row, beside) else ""

    def back(self, row: Row, beside: str = "") -> bool:
        """Return whether a day of leaving has passed of somebody whose status is active: hired again."""
        return bool(self._passed(row)) and any(
            THERE.search(word) for _, _, word in self._statuses(row, beside)
        )

    def _passed(self, row: Row) -> str:
        """Return which day of leaving has passed, as a part of a sentence, or an empty text."""
        for column in self.left_on:
            cell = row.cells[column.index].strip()
            day = moment(cell, self.day_first[column.index]) if cell else None
            if day is not None and day < self.now:
                return f"“{column.title}” is {cell}"
        return ""

    def away(self, row: Row, beside: str = "") -> str:
        """Return the words that say that somebody is on leave, or an empty text."""
        return next((text for text, _, word in self._statuses(row, beside) if AWAY.search(word)), "")

    def _statuses(self, row: Row, beside: str) -> list[tuple[str, str, str]]:
        """Return each status as written, where it stands, and what it says in plain words."""
        found = [(beside, "the status beside the name", plain(beside))] if beside else []
        for column in self.status:
            text = row.cells[column.index].strip()
            word = plain(text)
            if plain(column.title) in YES_MEANS_THERE and text:
                there = yes_or_no(text)
                word = word if there is None else "active" if there else "inactive"
            elif column.index in self.letters:
                word = LETTERS.get(word, "active" if word == "a" else word)
            if word:
                found.append((text, f"“{column.title}”", word))
        return found
