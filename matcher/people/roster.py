"""The table of members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.people.catalogue import Catalogue
from matcher.people.member import Member
from matcher.people.names import fold

RANK_WEIGHTS = (10, 6, 3)
"""Weights of a member's first, second and third superpower, in tenths; later ones are not scored."""


class UnknownMember(LookupError):  # noqa: N818 - it says what is the matter
    """A reference that names no member, or more than one."""


@dataclass(frozen=True)
class Roster:
    """The members, and the catalogue that their superpowers come from.

    Parameters
    ----------
    members
        In the file's order.
    catalogue
        Where the superpowers' ids come from.
    ranked
        Whether a member's first superpower is the strongest; if not, all weigh the same.

    Raises
    ------
    ValueError
        When two members cannot be told apart, or a superpower is not in the catalogue.
    """

    members: tuple[Member, ...]
    catalogue: Catalogue
    ranked: bool = True

    def __post_init__(self) -> None:
        twice = [key for key, count in Counter(fold(m.key) for m in self.members).items() if count > 1]
        if twice:
            name = next(m.key for m in self.members if fold(m.key) == twice[0])
            raise ValueError(f"“{name}” is on the roster twice; give each of them an id of their own.")
        for member in self.members:
            for superpower in member.superpowers:
                if superpower not in self.catalogue.by_id:
                    raise ValueError(
                        f"{member.name} has “{superpower}”, which is not a superpower of the catalogue."
                    )

    @cached_property
    def present(self) -> tuple[Member, ...]:
        """Members who are to be placed."""
        return tuple(m for m in self.members if not m.absent)

    @cached_property
    def absent(self) -> tuple[Member, ...]:
        """Members who are left out on purpose."""
        return tuple(m for m in self.members if m.absent)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Names of the attribute columns, in the roster's order."""
        return tuple(dict.fromkeys(name for m in self.members for name in m.attributes))

    @cached_property
    def _references(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for field in ("id", "email", "name"):  # an id goes before an email, an email before a name
            level: dict[str, list[Member]] = {}
            for member in self.members:
                if text := fold(getattr(member, field)):
                    level.setdefault(text, []).append(member)
            found = level | found
        return found

    def meant(self, reference: str) -> Sequence[Member]:
        """Return the members whose id, or if it is nobody's, whose email or name a reference is."""
        return self._references.get(fold(reference), [])

    def find(self, reference: str) -> Member:
        """Return the member whom an id, an email or a name refers to.

        Raises
        ------
        UnknownMember
            When nobody, or more than one, is meant.
        """
        members = self.meant(reference)
        if not members:
            raise UnknownMember(f"“{reference}” is nobody on the roster.")
        if len(members) > 1:
            ids = ", ".join(m.key for m in members)
            raise UnknownMember(f"“{reference}” could be any of {len(members)} members; use the id ({ids}).")
        return members[0]

    def weights(self, member: Member) -> dict[str, int]:
        """Weights in tenths of the member's superpowers that are scored."""
        if not self.ranked:
            return dict.fromkeys(member.superpowers, RANK_WEIGHTS[0])
        return dict(zip(member.superpowers, RANK_WEIGHTS, strict=False))

    def without(self, absent: Iterable[str]) -> Roster:
        """Return this roster with these members marked absent.

        Raises
        ------
        UnknownMember
            When a reference names nobody on the roster.
        """
        keys = {self.find(reference).key for reference in absent}
        return replace(
            self, members=tuple(replace(m, absent=True) if m.key in keys else m for m in self.members)
        )
