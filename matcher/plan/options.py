"""What may be said beside the roster, and what is told while a plan is formed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.plan.plan import Plan
from matcher.rules import Rule

SECONDS = 10.0
"""How long a solve may take unless the manager says otherwise."""


@dataclass(frozen=True)
class FormingProgress:
    """Where forming stands.

    Parameters
    ----------
    score, bound
        Of the best plan so far, and the most that any plan can score; 0…100.
    seconds
        Since the solve began.
    groups
        Members' names in each group of the best plan so far, when it has just improved.
    """

    score: float
    bound: float
    seconds: float
    groups: tuple[tuple[str, ...], ...] | None = None


class Options(TypedDict, total=False):
    """What may be said beside the roster; everything is optional.

    Keys
    ----
    frictions
        :class:`Friction` objects, or ``(a, b, severity)`` or ``(a, b, severity, note)`` with the
        members' ids, emails or names.
    rules
        Objects from :mod:`matcher.rules`: ``Apart``, ``Together``, ``Pin``, ``Needs``.
    history
        Past rounds, the oldest first.
    goals
        Goal names to ``off``, ``low``, ``normal`` or ``high``; goes before ``preset``.
    preset
        Name of one of :data:`matcher.goals.PRESETS`.
    mix, not_alone
        Attributes for the goals *mix* and *not alone*.
    keep
        Whether the goal *fresh* rewards that people are together again, instead of apart.
    meeting_hours
        How many shared free hours a week are enough for the goal *meeting*.
    buddies
        Whether everybody in a team also gets a buddy inside it.
    absent
        Ids, emails or names of members to leave out.
    lift_hard_clash
        Whether a duo may have a clash that the catalogue marks ``hard_in_duo``.
    start
        A plan to begin from.
    move_at_most
        How many members may be in another group than in ``start``.
    lock
        Names of groups of ``start`` that keep their members.
    seconds, seed, workers
        Time limit of the solve in seconds, seed, solver threads.
    on_progress
        Called with :class:`FormingProgress` while the plan improves.
    stop
        Polled; as soon as it returns true, the best plan so far is returned.
    """

    frictions: Iterable[Friction | tuple[str, ...]]
    rules: Iterable[Rule]
    history: Iterable[Round]
    goals: Mapping[str, str] | None
    preset: str | None
    mix: Sequence[str]
    not_alone: Sequence[str]
    keep: bool
    meeting_hours: int
    buddies: bool
    absent: Sequence[str]
    lift_hard_clash: bool
    start: Plan | Round | None
    move_at_most: int | None
    lock: Sequence[str]
    seconds: float
    seed: int
    workers: int | None
    on_progress: Callable[[FormingProgress], None] | None
    stop: Callable[[], bool] | None
