"""Which column of a roster holds titles, and which of them are titles of leading; a guess to be confirmed."""

from __future__ import annotations

import re

from matcher.files.tables.columns import plain
from matcher.people.roster import Roster
from matcher.plan.leading import Titles

HEADERS = (
    *("job title", "title", "business title", "titre", "intitulé du poste", "stellenbezeichnung", "titel"),
    *("role", "rôle", "rolle", "position", "poste", "stelle", "function", "fonction", "funktion", "job"),
    *("puesto", "cargo", "management level", "job level", "level", "niveau", "ebene", "seniority", "grade"),
    *("rank", "rang", "career level"),
)
"""What such a column is called, the likeliest first; in the form of :func:`plain`."""

LEADING = re.compile(
    r"\b(lead(er)?|team ?lead(er)?|tech ?lead|head|manager(in)?|chief|c[efotpih]o|director|principal|"
    r"president|vp|svp|evp|chair|boss|supervisor|superintendent|dean|captain|foreman|managing|founder|"
    r"chef(fe|in)?|direct(eur|rice)|responsable|président(e)?|gérante?|"
    r"\w*leit(er|erin|ung)|\w*führer(in)?|vorstand|jefe|jefa|directora?|gerente|kierowni(k|czka)|dyrektor)\b"
)
"""Words of titles of leading: in English, and the commonest in French, German, Spanish and Polish."""


def guess_titles(roster: Roster) -> Titles:
    """Return the attribute that is likeliest to hold titles, and its values that are titles of leading.

    A column with titles of leading goes before one without, and then the likelier header. Without any
    such header nobody's title is known, and the column is empty.
    """
    known = [name for name in roster.attributes if plain(name) in HEADERS]
    guesses = [titles_in(roster, column) for column in known]
    return min(
        guesses,
        key=lambda titles: (not titles.leading, HEADERS.index(plain(titles.column))),
        default=Titles(),
    )


def titles_in(roster: Roster, column: str) -> Titles:
    """Return an attribute as what holds titles, with those of its values that sound like leading."""
    return Titles(column, tuple(text for text in values_of(roster, column) if LEADING.search(plain(text))))


def values_of(roster: Roster, column: str) -> list[str]:
    """Return what stands in an attribute's column, each once, in the order of the alphabet."""
    return sorted({text for m in roster.members if (text := m.attributes.get(column, "").strip())})
