"""A piece of work that wants people."""

from __future__ import annotations

from dataclasses import dataclass


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
