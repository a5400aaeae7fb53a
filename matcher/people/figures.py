"""How figures are shown to people; programs are given plain numbers."""

from __future__ import annotations

MINUS = "−"


def figure(value: float, digits: int = 1) -> str:
    """Return a figure as it is shown everywhere, so that no two places round it differently.

    Parameters
    ----------
    value
        What is shown; below zero it has a minus sign, which is no hyphen, and nothing is ``−0``.
    digits
        How many stand behind the point.
    """
    return f"{float(value):z.{digits}f}".replace("-", MINUS)


def signed(value: float, digits: int = 1) -> str:
    """Return by how much a figure rises or falls, with its sign."""
    return f"{float(value):+z.{digits}f}".replace("-", MINUS)
