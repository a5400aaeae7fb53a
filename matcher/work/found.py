"""What could be made of a table on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from matcher.files import Reading
from matcher.people.errors import InputError, Problem

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Found(Generic[T]):
    """What could be made of a sheet: what is clear, what is wrong, and what was guessed.

    Parameters
    ----------
    value, problems, notes
        See :class:`matcher.files.Reading`.
    reading
        All that was read; ``None`` when nothing could be made of it.
    """

    value: T
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    reading: Reading[Any] | None = None


def found(load: Callable[[], Reading[T]], otherwise: U) -> Found[T | U]:
    """Return what a reader makes of a sheet, or something else with the reason why it makes nothing."""
    try:
        reading = load()
    except InputError as error:
        return Found(otherwise, error.problems)
    return Found(reading.value, reading.problems, reading.notes, reading)
