"""Rounds that were really used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """A plan that was really used.

    Parameters
    ----------
    groups
        Group names to the keys of their members.
    name
        What the round is called.
    """

    groups: dict[str, tuple[str, ...]]
    name: str = ""
