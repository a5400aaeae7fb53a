"""One person on the roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Member:
    """One person on the roster.

    Parameters
    ----------
    name
        What the person is called; never empty.
    superpowers
        Ids from the catalogue, the strongest first, none twice.
    id, email
        Optional; the id tells two members of one name apart.
    attributes
        Every other column of the roster: location, seniority, …
    turns_to, prefers
        Other members, as the roster's own cells refer to them.
    wants
        Projects, the dearest first.
    hours, time_zone
        Free times as written (``Mon 9-12; Tue 14-17``) and an IANA zone or UTC offset.
    absent
        Left out of the plan on purpose.
    cells
        The roster's own columns and cells, in their order, to be handed back with a plan.
    private
        Those of the columns that only the manager's copy has: whom somebody prefers or turns to.
    """

    name: str
    superpowers: tuple[str, ...] = ()
    id: str = ""
    email: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    turns_to: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    hours: str = ""
    time_zone: str = ""
    absent: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("A member needs a name.")
        if len(set(self.superpowers)) < len(self.superpowers):
            raise ValueError(f"{self.name} has a superpower twice.")

    @property
    def key(self) -> str:
        """What every file and plan calls this member: the id if there is one, otherwise the name."""
        return self.id or self.name
