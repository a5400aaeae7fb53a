"""What may be said beside the roster, and what is told while a plan is formed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any, TypedDict, cast

from matcher.people.errors import InputError
from matcher.people.friction import Friction
from matcher.people.history import Round
from matcher.people.names import listed
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
    placed
        The same with the groups' names and the members' keys.
    """

    score: float
    bound: float
    seconds: float
    groups: tuple[tuple[str, ...], ...] | None = None
    placed: Mapping[str, tuple[str, ...]] | None = None


def checked_options(options: Options) -> Options:
    """Return the options as they are used, one name where several could be given as a list of one.

    Raises
    ------
    TypeError
        When there is no such option.
    InputError
        When a value makes no sense.
    """
    for name in options.keys() - Options.__annotations__.keys():
        raise TypeError(f"There is no option “{name}”; the options are {listed(Options.__annotations__)}.")
    given: dict[str, Any] = dict(options)
    for name in ("frictions", "rules", "history"):
        if isinstance(given.get(name), str | PathLike):
            raise InputError(
                f"{name}: “{given[name]}” is a file; give what matcher.read_{name}(file, roster) returns."
            )
    for name in ("mix", "not_alone", "absent", "lock"):
        if isinstance(given.get(name), str):
            given[name] = (given[name],)
    if not given.get("seconds", SECONDS) >= 0:
        raise InputError(f"seconds is {given['seconds']}; it has to be a number of 0 or more.")
    for name, least in (("seed", 0), ("workers", 1)):
        number = given.get(name)
        if number is not None and number < least:
            raise InputError(f"{name} is {number}; it has to be a whole number of {least} or more.")
    return cast("Options", given)


class RoundOptions(TypedDict, total=False):
    """What may be said of several rounds at once; everything is optional.

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
    meeting_hours
        How many shared free hours a week are enough for the goal *meeting*.
    buddies
        Whether everybody in a team also gets a buddy inside it.
    absent
        Ids, emails or names of members to leave out.
    lift_hard_clash
        Whether a duo may have a clash that the catalogue marks ``hard_in_duo``.
    seconds, seed, workers
        Time limit of the solve in seconds, seed, solver threads.
    stop
        Polled; as soon as it returns true, the best so far is returned.
    """

    frictions: Iterable[Friction | tuple[str, ...]]
    rules: Iterable[Rule]
    history: Iterable[Round]
    goals: Mapping[str, str] | None
    preset: str | None
    mix: Sequence[str]
    not_alone: Sequence[str]
    meeting_hours: int
    buddies: bool
    absent: Sequence[str]
    lift_hard_clash: bool
    seconds: float
    seed: int
    workers: int | None
    stop: Callable[[], bool] | None


class Options(RoundOptions, total=False):
    """What may be said beside the roster; everything is optional, and what several rounds take too.

    Keys
    ----
    keep
        Whether the goal *fresh* rewards that people are together again, instead of apart.
    start
        A plan to begin from.
    move_at_most
        How many members may be in another group than in ``start``.
    lock
        Names of groups of ``start`` that keep their members.
    on_progress
        Called with :class:`FormingProgress` while the plan improves.
    """

    keep: bool
    start: Plan | Round | None
    move_at_most: int | None
    lock: Sequence[str]
    on_progress: Callable[[FormingProgress], None] | None
