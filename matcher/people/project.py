"""A piece of work that wants people."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.people.names import counted
from matcher.people.roster import Roster


@dataclass(frozen=True)
class Project:
    """A piece of work that wants people.

    Parameters
    ----------
    name
        What the project and its team are called.
    least, most
        How many people it takes, both included.
    needs
        ``kind=value:count`` texts: ``family=people:1``, ``superpower=empathy:1``, ``seniority=Junior:2``.
    lead
        Key of the member who leads it, or empty.
    members
        Keys of members who are on it in any case.
    """

    name: str
    least: int
    most: int
    needs: tuple[str, ...] = ()
    lead: str = ""
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A project needs a name.")
        if not 1 <= self.least <= self.most:
            raise ValueError(
                f"The project “{self.name}” has the size {self.least}-{self.most}; "
                "it has to be 1 or more, the smaller number first."
            )

    @property
    def sizes_text(self) -> str:
        """Return how many people it takes, in words."""
        if self.least == self.most:
            return counted(self.most, "member")
        return f"{self.least} to {self.most} members"

    def found(self, roster: Roster) -> Project:
        """Return this project with its lead and members by key, whatever they were referred to by.

        Raises
        ------
        UnknownMember
            When a reference names nobody on the roster, or more than one.
        """
        members = dict.fromkeys(roster.find(member).key for member in self.members)
        return replace(self, lead=roster.find(self.lead).key if self.lead else "", members=tuple(members))
