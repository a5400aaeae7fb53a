"""What a spelling that is unknown may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.people.catalogue import Catalogue
from matcher.people.names import fold, listed

WORTH_SHOWING = 60
"""Likeness in percent from which a spelling is offered."""

CLEARLY_LESS = 15
"""A choice that is so much less alike than the nearest one would only distract."""


def nearest(text: str, choices: Iterable[str], least: int = WORTH_SHOWING, limit: int = 3) -> list[str]:
    """Return the choices that are spelled most alike, the nearest first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        text,
        list(dict.fromkeys(choices)),
        scorer=fuzz.token_sort_ratio,
        processor=fold,
        score_cutoff=least,
        limit=limit,
    )
    return [choice for choice, likeness, _ in found if likeness > found[0][1] - CLEARLY_LESS]


def did_you_mean(text: str, choices: Iterable[str]) -> str:
    """Return the question as the end of a sentence, or nothing when no choice is near."""
    found = nearest(text, choices)
    return f"; did you mean {listed((f'“{choice}”' for choice in found), 'or')}?" if found else ""


def nearest_superpowers(text: str, catalogue: Catalogue) -> list[str]:
    """Return the names of superpowers that a text may be a misspelling of, the likeliest first."""
    from matcher.files.strengths.likeness import speller_of

    names = tuple(superpower.name for superpower in catalogue.superpowers)
    near = speller_of(names, tuple(catalogue.spellings)).near(text)
    return list(dict.fromkeys(catalogue.by_id[catalogue.spellings[s]].name for s, _ in near))[:3]
