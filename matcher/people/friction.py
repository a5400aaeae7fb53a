"""Two members who do not work well together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a friction matters."""

    NEVER = "never"
    AVOID = "avoid"


@dataclass(frozen=True)
class Friction:
    """Two members who do not work well together. Private to the manager.

    Parameters
    ----------
    a, b
        Keys of two different members.
    severity
        ``never`` is a rule, ``avoid`` lowers the goal *calm*.
    note
        The manager's own words.
    """

    a: str
    b: str
    severity: Severity = Severity.NEVER
    note: str = ""

    def __post_init__(self) -> None:
        if self.a == self.b:
            raise ValueError(f"{self.a} cannot have a friction with themselves; name two different members.")
