"""Pairs in the form that other tools write: one row ``name, other 1, other 2, …``."""

from __future__ import annotations

import re

from matcher.files.tables.choices import Choices
from matcher.files.tables.columns import Named, plain
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.table import Table

PAIR_HEADERS: Named = {
    "name": ROSTER_HEADERS["name"],
    "other": tuple(f"{word} {n}" for word in ("other", "autre", "andere") for n in range(1, 10)),
}
OTHERS = re.compile(
    r"(?:other|others|other (?:member|person|name)|not with|conflicts? with|apart from|together with"
    r"|autres?|pas avec|anderer?|andere person|nicht mit) ?\d+"
)


def other_columns(table: Table) -> list[int]:
    """Return the columns ``other 1``, ``other 2``, … that name others than the row's first member."""
    return [index for index, header in enumerate(table.header) if OTHERS.fullmatch(plain(header))]


def chosen(named: Named, choices: Choices) -> Named:
    """Return what columns are called, with the titles that somebody chose for a meaning before the rest."""
    titles: dict[str, list[str]] = {}
    for title, meaning in choices.meanings.items():
        titles.setdefault(meaning, []).append(plain(title))
    return {meaning: (*titles.get(meaning, ()), *spellings) for meaning, spellings in named.items()}


def header_words(*named: Named) -> frozenset[str]:
    """Return every header that is known for a kind of file, to find its header's row by."""
    return frozenset(spelling for one in named for spellings in one.values() for spelling in spellings)
