"""The superpowers, their families, and how they relate."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from matcher.people.names import fold


class Kind(StrEnum):
    """What a relation between two superpowers says."""

    COMPLEMENT = "complement"
    CLASH = "clash"


BASES = ("stated", "inferred", "judgement", "yours")
"""Where a relation comes from: a source, another framework, our judgement, or the manager."""


EMOJI_MARKS = "\ufe0e\ufe0f\u20e3"
"""Marks that choose how an emoji is drawn, and spell nothing."""


def bare(text: str) -> str:
    """Return a text's letters, marks and digits alone, folded: no spaces, hyphens or signs."""
    folded = fold(text)
    if folded.isascii():
        return "".join(filter(str.isalnum, folded))
    return "".join(
        c for c in folded if c.isalnum() or (unicodedata.category(c)[0] == "M" and c not in EMOJI_MARKS)
    )


@dataclass(frozen=True)
class Family:
    """One of the kinds of superpower."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True)
class Superpower:
    """An innate strength.

    Parameters
    ----------
    id, name, family
        Its key, what people read, and the id of its family.
    core
        Whether it is one of the original 21.
    aliases
        Other names that are clear.
    description
        What it brings, a sentence.
    overdone
        What too much of it does, without the final stop.
    """

    id: str
    name: str
    family: str
    core: bool = False
    aliases: tuple[str, ...] = ()
    description: str = ""
    overdone: str = ""


@dataclass(frozen=True)
class Relation:
    """A complement or a clash between two superpowers.

    Parameters
    ----------
    strength
        1, 2 or 3.
    hard_in_duo
        Whether a duo may not have it unless the manager lifts that.
    softened_by
        Id of the superpower that halves the clash when either of the two members holds it.
    source, basis
        Keys of the sources, and one of :data:`BASES`.
    why
        A sentence.
    """

    kind: Kind
    a: str
    b: str
    strength: int
    hard_in_duo: bool = False
    softened_by: str = ""
    source: str = ""
    basis: str = "yours"
    why: str = ""

    def __post_init__(self) -> None:
        if self.strength not in (1, 2, 3):
            raise ValueError(
                f"The strength of {self.a} × {self.b} is {self.strength}; it has to be 1, 2 or 3."
            )
        if self.basis not in BASES:
            raise ValueError(
                f"The basis of {self.a} × {self.b} is “{self.basis}”; it has to be one of {', '.join(BASES)}."
            )


@dataclass(frozen=True)
class Catalogue:
    """Superpowers, families and relations that belong together.

    Raises
    ------
    ValueError
        When a family or a superpower is named that the catalogue does not have, or twice.
    """

    superpowers: tuple[Superpower, ...]
    families: tuple[Family, ...]
    relations: tuple[Relation, ...]
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what, ids in (
            ("superpower", [s.id for s in self.superpowers]),
            ("family", [f.id for f in self.families]),
        ):
            twice = {i for i in ids if ids.count(i) > 1}
            if twice:
                raise ValueError(f"The catalogue has the {what} “{min(twice)}” twice.")
        families = {f.id for f in self.families}
        for superpower in self.superpowers:
            if superpower.family not in families:
                raise ValueError(
                    f"The superpower “{superpower.id}” names a family “{superpower.family}” that is unknown."
                )
        pairs = set()
        for relation in self.relations:
            for end in (relation.a, relation.b, *filter(None, [relation.softened_by])):
                if end not in self.by_id:
                    raise ValueError(
                        f"A {relation.kind} names “{end}”, which is not a superpower of the catalogue."
                    )
            pair = (relation.kind, *sorted((relation.a, relation.b)))
            if pair in pairs:
                raise ValueError(f"The catalogue has the {relation.kind} {relation.a} × {relation.b} twice.")
            pairs.add(pair)

    @cached_property
    def by_id(self) -> dict[str, Superpower]:
        """Superpowers by their id."""
        return {s.id: s for s in self.superpowers}

    @cached_property
    def family_by_id(self) -> dict[str, Family]:
        """Families by their id."""
        return {f.id: f for f in self.families}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every clear spelling, folded: id, name and aliases, to the superpower's id."""
        clear: dict[str, str] = {}
        for superpower in self.superpowers:
            for text in (superpower.id, superpower.name, *superpower.aliases):
                clear.setdefault(fold(text), superpower.id)
        return clear

    @cached_property
    def bare_spellings(self) -> dict[str, str]:
        """Every clear spelling as :func:`bare` leaves it, without those that two superpowers share."""
        meant: dict[str, set[str]] = {}
        for spelling, superpower in self.spellings.items():
            meant.setdefault(bare(spelling), set()).add(superpower)
        return {spelling: min(ids) for spelling, ids in meant.items() if spelling and len(ids) == 1}

    def recognise(self, text: str) -> str | None:
        """Return the id of the superpower that a text clearly names, or ``None``.

        Capitals, spacing, hyphens and other signs make no difference.
        """
        return self.spellings.get(fold(text)) or self.bare_spellings.get(bare(text))

    def family_of(self, superpower: str) -> str:
        """Return the family's id of a superpower's id."""
        return self.by_id[superpower].family
