"""Rounds that were really used."""

from __future__ import annotations

from dataclasses import dataclass

PLAN_TITLES = ("group", "why", "talk about")
"""Titles behind a roster's own columns in a plan that is handed out: a table that ends with them is one."""


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
