"""How many people: a number or a range as people write it, or what a spreadsheet made of it."""

from __future__ import annotations

import re

from matcher.people.names import fold

Size = tuple[int, int]
"""The least and the most, both included."""

SIZE = re.compile(
    r"(?P<least>\d{1,6})(?:\.0)?"
    r"(?:\s*(?:[-–—‐‑−~/]|\.\.\.?|…|to|or|à|a|ou|bis|oder)\s*(?P<most>\d{1,6})(?:\.0)?)?"
    r"(?:\s*(?:people|persons?|members?|personen|leute|mitglieder|personnes?|membres?))?"
)
MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            ("jan", "januar", "january", "janv", "janvier", "jän"),
            ("feb", "februar", "february", "févr", "fév", "fevr", "février"),
            ("mar", "mär", "mrz", "märz", "march", "mars"),
            ("apr", "april", "avr", "avril"),
            ("may", "mai"),
            ("jun", "juni", "june", "juin"),
            ("jul", "juli", "july", "juil", "juillet"),
            ("aug", "august", "août", "aout"),
            ("sep", "sept", "september", "septembre"),
            ("oct", "okt", "oktober", "october", "octobre"),
            ("nov", "november", "novembre"),
            ("dec", "dez", "dezember", "december", "déc", "décembre"),
        ),
        1,
    )
    for name in names
}
NAMED = re.compile(r"(?:(?P<before>\d{1,2})\.?[\s/-]*)?(?P<month>[^\W\d_]+)\.?(?:[\s/-]*(?P<after>\d{1,2}))?")
NUMBERED = re.compile(
    r"\d{4}-(\d{1,2})-(\d{1,2})(?:[ T][\d:.]+)?"
    r"|(\d{1,2})[./](\d{1,2})[./]|(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}"
)


def as_size(text: str) -> Size | None:
    """Return the least and the most that a text says: ``5``, ``4-6``, ``4–6``, ``4 to 6``."""
    found = SIZE.fullmatch(fold(text))
    return (int(found["least"]), int(found["most"] or found["least"])) if found else None


def as_date(text: str) -> Size | None:
    """Return the range that a spreadsheet may have made a date of: ``4-Jun``, ``06-Apr``, ``2026-06-04``.

    Which of day and month came first does not matter: a range begins with the smaller number.
    """
    folded = fold(text)
    if found := NUMBERED.fullmatch(folded):
        low, high = sorted(int(number) for number in found.groups() if number)
        return (low, high) if 1 <= low <= 12 and high <= 31 else None
    found = NAMED.fullmatch(folded)
    if found is None or found["month"] not in MONTHS or bool(found["before"]) == bool(found["after"]):
        return None
    low, high = sorted((MONTHS[found["month"]], int(found["before"] or found["after"])))
    return (low, high) if low else None
