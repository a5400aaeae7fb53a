"""Needs as files write them, checked against what a roster knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.files.nearest import did_you_mean, nearest, nearest_superpowers
from matcher.people.names import fold, listed
from matcher.people.roster import Roster
from matcher.rules import needs

NEXT_NEED = re.compile(r"[;\n]|,(?=[^,;=]+=)")
"""What separates needs: a comma only where another ``kind=`` follows."""


class UnclearNeed(ValueError):  # noqa: N818 - it says what is the matter
    """A need that the roster does not know.

    Parameters
    ----------
    message
        What is wrong and what to do.
    instead
        What may have been meant, in the same form, the likeliest first.
    """

    def __init__(self, message: str, instead: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.instead = tuple(instead)


def split_needs(cell: str) -> list[str]:
    """Return the needs that a cell lists."""
    return [need.strip() for need in NEXT_NEED.split(cell) if need.strip()]


def checked_need(text: str, roster: Roster) -> tuple[str, str, int]:
    """Return kind, value and count of a need that the roster knows, such as ``family=people:1``.

    Raises
    ------
    UnclearNeed
        With a sentence that says what is wrong and what to do.
    """
    try:
        kind, value, count = needs.parse_need(text)
    except ValueError as error:
        raise UnclearNeed(str(error)) from None
    catalogue = roster.catalogue
    if fold(kind) == "superpower":
        if catalogue.recognise(value) is None:
            near = nearest_superpowers(value, catalogue)
            question = f"; did you mean {listed((f'“{n}”' for n in near), 'or')}?" if near else "."
            raise UnclearNeed(
                f"“{value}” is not a superpower of the catalogue{question}",
                (f"{kind}={name}:{count}" for name in near),
            )
    elif fold(kind) == "family":
        families = [family.name for family in catalogue.families]
        if not any(fold(value) in (fold(f.id), fold(f.name)) for f in catalogue.families):
            raise UnclearNeed(
                f"“{value}” is not a family; the families are {listed(families)}.",
                (f"{kind}={name}:{count}" for name in nearest(value, families)),
            )
    else:
        _check_attribute(kind, value, count, roster)
    return kind, value, count


def _check_attribute(kind: str, value: str, count: int, roster: Roster) -> None:
    column = next((name for name in roster.attributes if fold(name) == fold(kind)), None)
    if column is None:
        there = ["family", "superpower", *roster.attributes]
        raise UnclearNeed(
            f"“{kind}” is not a column of the roster{did_you_mean(kind, there) or '.'} "
            f"Possible are {listed(there, 'or')}.",
            (f"{name}={value}:{count}" for name in nearest(kind, there)),
        )
    values = list(dict.fromkeys(m.attributes[column] for m in roster.members if m.attributes.get(column)))
    if fold(value) not in map(fold, values):
        raise UnclearNeed(
            f"Nobody on the roster has the {column} “{value}”{did_you_mean(value, values) or '.'}",
            (f"{kind}={name}:{count}" for name in nearest(value, values)),
        )
