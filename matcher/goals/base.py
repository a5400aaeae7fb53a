"""What every goal offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.instance import Ints, Table, Term
from matcher.people.brief import Brief

Group = Sequence[int]
"""Indices of the members in one group."""


@dataclass(frozen=True, eq=False)
class Points:
    """A goal's numbers: the fields of a :class:`~matcher.instance.Term`, in the goal's own unit.

    The goal's value for group ``g`` is the term's value divided by ``denominator[g]``.

    Parameters
    ----------
    denominator
        ``(k,)`` int, 1 or more.
    base, pair, factor, place, tables, cap
        As in a term; ``base`` is nothing by default.
    """

    denominator: Ints
    base: Ints | None = None
    pair: NDArray[np.integer] | None = None
    factor: Ints | None = None
    place: Ints | None = None
    tables: tuple[Table, ...] = ()
    cap: Ints | None = None

    def term(self, importance: int, unit: int) -> Term:
        """Return the term whose value is the goal's value times ``unit``, a multiple of each denominator."""
        times = unit // self.denominator

        def scaled(numbers: Ints | None) -> Ints | None:
            return None if numbers is None else numbers * times

        return Term(
            importance=importance,
            base=np.zeros_like(times) if self.base is None else self.base * times,
            pair=self.pair,
            factor=scaled(self.factor),
            place=scaled(self.place),
            tables=tuple(Table(t.marked, t.points * times[:, None]) for t in self.tables),
            cap=scaled(self.cap),
        )


@dataclass(frozen=True)
class Reason:
    """A sentence about a group.

    Parameters
    ----------
    text
        The sentence.
    weight
        How much it says; the weightiest come first.
    private
        Whether it stays in the manager's copy.
    """

    text: str
    weight: float = 0.0
    private: bool = False


class Goal(Protocol):
    """Something that is worth having, scored for each group with 100 at best."""

    @property
    def name(self) -> str:
        """Its name in files and options."""

    @property
    def label(self) -> str:
        """Its name on pages."""

    @property
    def sentence(self) -> str:
        """What 100 means."""

    @property
    def default(self) -> str:
        """Its importance unless the manager says otherwise."""

    @property
    def of_superpowers(self) -> bool:
        """Whether it looks at superpowers: at those of a group's members, and at which families are there."""

    def lacks(self, brief: Brief) -> str:
        """Return what the manager has to give before the goal can be scored; empty when nothing."""

    def contribute(self, brief: Brief) -> Points:
        """Return the goal's numbers."""

    def value(self, brief: Brief, group: Group, slot: int | None = None) -> Fraction:
        """Return the goal's value for one group, straight from its definition.

        ``slot`` is the number of the slot that the group fills; only goals for which one slot
        is not as good as another, as with projects that members want, look at it.
        """

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        """Return what the goal did for a group."""

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        """Return what the group should talk about."""

    def aside(self, brief: Brief, groups: Sequence[Group]) -> str:
        """Return what should be known beside the goal's value for a whole plan; empty when nothing."""


class Quiet:
    """A goal that needs nothing from the manager and has nothing to say about a group or a plan."""

    of_superpowers = False

    def aside(self, brief: Brief, groups: Sequence[Group]) -> str:
        return ""

    def lacks(self, brief: Brief) -> str:
        return ""

    def why(self, brief: Brief, group: Group, slot: int | None = None) -> list[Reason]:
        return []

    def talk_about(self, brief: Brief, group: Group) -> list[Reason]:
        return []
