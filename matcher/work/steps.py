"""Undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.work.rounds import UsedRound
from matcher.work.sheets import Sheet

MOST = 40
"""Steps that can be undone."""

MOST_CELLS = 2_000_000
"""Cells that are kept for it; of very large rosters fewer steps are."""


@dataclass(frozen=True)
class Step:
    """A change that can be taken back.

    Parameters
    ----------
    what
        What was done, as words for a button: ``bring in team.csv``.
    fields
        The changed fields of the workspace as they were before, by name; once it was taken back, as they
        were after it.
    """

    what: str
    fields: Mapping[str, Any]


def trimmed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the latest steps, as many as are kept."""
    cells, seen = 0, set[int]()
    for place in range(len(steps) - 1, -1, -1):
        for sheet in _sheets(steps[place].fields.values()):
            if id(sheet) not in seen:
                seen.add(id(sheet))
                cells += len(sheet.rows) * len(sheet.header)
        later = len(steps) - 1 - place
        if later >= MOST or (cells > MOST_CELLS and later):
            return steps[place + 1 :]
    return steps


def _sheets(values: Iterable[object]) -> Iterable[Sheet]:
    for value in values:
        if isinstance(value, Sheet):
            yield value
        elif isinstance(value, UsedRound):
            yield value.sheet
        elif isinstance(value, tuple):
            yield from _sheets(value)
