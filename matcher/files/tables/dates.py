"""Dates and times as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

_LEADING = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}\b")
_NUMBERS = re.compile(r"\d+")
_MONTHS = {
    "mär": "mar", "mrz": "mar", "mai": "may", "okt": "oct", "dez": "dec", "janv": "jan", "févr": "feb",
    "fév": "feb", "mars": "mar", "avr": "apr", "juin": "jun", "juil": "jul", "août": "aug", "déc": "dec",
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<![^\W\d_])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|{'|'.join(_MONTHS)})", re.I
)
_MONTH = re.compile(rf"\b({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?(?=[\s\-/.]|$)", re.I)


def day_first(cells: Iterable[str]) -> bool:
    """Return whether a column writes the day before the month.

    A first number above 12 tells, or a point between the two; otherwise the order that makes the rows
    go forward in time, as a form's answers do; otherwise the month goes first.
    """
    found = [(match, cell) for cell in cells if (match := _LEADING.match(cell.strip()))]
    if any(int(match[1]) > 12 or "." in match[0] for match, _ in found):
        return True
    if any(int(match[2]) > 12 for match, _ in found):
        return False
    dates = [[moment(cell, first) for _, cell in found[:200]] for first in (False, True)]
    forward = [all(a <= b for a, b in pairwise(row) if a and b) for row in dates]
    return forward == [False, True]


@lru_cache(maxsize=1 << 14)
def moment(cell: str, first: bool = False) -> datetime | None:
    """Return the date and time that a cell says, or ``None`` when it says none.

    Parameters
    ----------
    cell
        ``2024-01-31``, ``31.01.2024``, ``31-Jan-2024``, ``1/31/24 9:03:22``.
    first
        Whether the day goes before the month.
    """
    text = cell.strip()
    numbers = len(_NUMBERS.findall(text))
    if numbers < 2 or (numbers == 2 and not _NAMED.search(text)):  # dateutil would make up the year
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    from dateutil import parser  # type: ignore[import-untyped]

    text = _MONTH.sub(lambda match: _MONTHS[match[1].casefold()], text)
    try:
        found: datetime = parser.parse(text, dayfirst=first, ignoretz=True)
    except (ValueError, OverflowError, TypeError, parser.UnknownTimezoneWarning):
        return None
    return found
