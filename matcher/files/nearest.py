"""What a spelling that is unknown may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.people.catalogue import Catalogue
from matcher.people.member import Member
from matcher.people.names import fold, listed
from matcher.people.roster import Roster, UnknownMember

WORTH_SHOWING = 60
"""Likeness in percent from which a spelling is offered."""

CONFIDENT = 85
"""Likeness in percent from which a suggestion may be taken unasked: 24 right and 0 wrong of 29 tried."""


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


def nearest_superpowers(text: str, catalogue: Catalogue, least: int = WORTH_SHOWING) -> list[str]:
    """Return the names of superpowers of which some spelling is near, the nearest first."""
    spellings = nearest(text, catalogue.spellings, least, limit=5)
    return list(dict.fromkeys(catalogue.by_id[catalogue.spellings[s]].name for s in spellings))[:3]


class Nobody(UnknownMember):
    """A reference that names nobody on the roster."""


def find_member(reference: str, roster: Roster) -> Member:
    """Return the member whom an id, an email or a name refers to.

    Raises
    ------
    UnknownMember
        With a sentence that says who may be meant and what to do; :class:`Nobody` when it is nobody.
    """
    try:
        return roster.find(reference)
    except UnknownMember as error:
        names = [member.name for member in roster.members]
        if fold(reference) in map(fold, names):
            raise  # more than one; the sentence already says to use the id
        ids = [member.id for member in roster.members if member.id]
        question = did_you_mean(reference, names + ids)
        advice = "" if question else " Correct the name, or add them to the roster."
        raise Nobody(f"{str(error).removesuffix('.')}{question or '.'}{advice}") from None
