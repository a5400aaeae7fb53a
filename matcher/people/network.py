"""Who turns to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.people.roster import Roster, UnknownMember


@dataclass(frozen=True)
class Tie:
    """One member turns to another.

    Parameters
    ----------
    member, turns_to
        Keys of two different members: the first turns to the second.
    weight
        How much or how often, in the file's own unit; above 0.
    """

    member: str
    turns_to: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.member == self.turns_to:
            raise ValueError(f"{self.member} cannot turn to themselves; name two different members.")
        if not 0 < self.weight < float("inf"):
            raise ValueError(f"The tie of {self.member} needs a weight above 0.")


@dataclass(frozen=True)
class Network:
    """Who turns to whom, each pair once in a direction."""

    ties: tuple[Tie, ...] = ()

    @cached_property
    def turned_to(self) -> Mapping[str, tuple[str, ...]]:
        """Return the keys of those whom each member turns to, the most turned to first."""
        found: dict[str, list[str]] = {}
        for tie in sorted(self.ties, key=lambda tie: -tie.weight):
            others = found.setdefault(tie.member, [])
            if tie.turns_to not in others:
                others.append(tie.turns_to)
        return {member: tuple(others) for member, others in found.items()}


def with_turns_to(roster: Roster, network: Network, *, keep: bool = True) -> Roster:
    """Return a roster whose members turn to those whom a network says.

    Parameters
    ----------
    roster, network
        The members, and who turns to whom among them.
    keep
        Whether members also turn to those whom the roster names already, before the others.
        Otherwise the network says all there is.

    Raises
    ------
    UnknownMember
        When the network names somebody who is not on the roster.
    """

    def found(reference: str) -> str:
        try:
            return roster.find(reference).key
        except UnknownMember:
            return reference  # people outside the roster are turned to as well

    for tie in network.ties:
        for key in (tie.member, tie.turns_to):
            roster.find(key)
    members = []
    for member in roster.members:
        before = {found(reference): reference for reference in member.turns_to} if keep else {}
        after = {key: key for key in network.turned_to.get(member.key, ())}
        members.append(replace(member, turns_to=tuple((after | before)[k] for k in before | after)))
    return replace(roster, members=tuple(members))
