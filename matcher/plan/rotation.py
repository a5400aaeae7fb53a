"""Several rounds at once, in which no two people are together twice while that is possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from time import perf_counter
from typing import Any, cast

import numpy as np

from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.people.names import counted, fold, listed
from matcher.people.roster import Roster
from matcher.plan.met import meetings
from matcher.plan.options import Options
from matcher.plan.plan import Plan
from matcher.plan.task import Task
from matcher.rules import Groups
from matcher.rules.needs import check_supply
from matcher.solve import Status
from matcher.solve.schedule import Schedule, ScheduleProgress, schedule
from matcher.solve.schedule_limit import Limit, Reason, forced_pairs

MOST_ROUNDS = 100
"""More rounds than these nobody plans at once."""

SECONDS = 20.0
"""How long planning the rounds may take unless the manager says otherwise."""

_PLANNING = 0.75  # share of the time for the schedule; the rest is for each round's bound
_NAMED = 6  # people whom a sentence names
_ONE_PLAN = ("start", "move_at_most", "lock", "keep")  # they speak of one plan


@dataclass(frozen=True)
class RotationProgress:
    """Where planning the rounds stands.

    Parameters
    ----------
    rounds
        How many are asked for.
    free, repeats
        How many of the first have no repeat so far, and how many repeats there are in all.
    seconds
        Since the beginning.
    groups
        Nothing: while rounds are planned, they all change.
    """

    rounds: int
    free: int
    repeats: int
    seconds: float
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Repeat:
    """Two people who are together again.

    Parameters
    ----------
    members, names
        Their keys, and what they are called.
    rounds
        Numbers of the planned rounds, from 1, in which they are together.
    before
        In how many past rounds they were.
    """

    members: tuple[str, str]
    names: tuple[str, str]
    rounds: tuple[int, ...]
    before: int = 0

    @property
    def times(self) -> int:
        """In how many rounds they are together in all."""
        return self.before + len(self.rounds)

    @property
    def again(self) -> int:
        """How many of the planned rounds bring together who was before."""
        return self.times - max(1, self.before)


@dataclass(frozen=True)
class Rotation:
    """Plans for several rounds.

    Parameters
    ----------
    plans
        One for each round; the goal fresh of each knows the rounds before it.
    free
        So many of the first bring nobody together who was together before.
    most, because
        No more rounds than these can be without a repeat, and why; ``None`` where the rules decide who
        is with whom.
    repeats
        Who is together again, those who are so most often first.
    always
        Names of those whom a rule puts together in every round: no repeats.
    past
        How many past rounds count.
    searched
        Seconds for which rounds without a repeat were sought.
    """

    plans: tuple[Plan, ...]
    free: int
    most: int | None
    because: str
    repeats: tuple[Repeat, ...]
    always: tuple[tuple[str, str], ...]
    past: int
    searched: float

    @property
    def verdict(self) -> str:
        """Whether anybody is together twice, and whether it could be otherwise."""
        rounds = len(self.plans)
        limit = "" if self.most is None else f"{_at_most(self.most)} without a repeat: {self.because}."
        if self.free == rounds:
            past = f", and nobody with whom they were in {_past(self.past)}" if self.past else ""
            said = [f"No two people are together twice in {_these(rounds)}{past}.", limit]
        else:
            wanted = rounds if self.most is None else min(rounds, self.most)
            said = []
            if self.free < wanted:
                said.append(
                    f"No schedule of {counted(wanted, 'round')} without a repeat was found in "
                    f"{self.searched:.1f} seconds."
                )
            if self.free:
                said.append(f"{_first(self.free)} no repeat.")
            said += [limit, self._repeats]
        if self.always:
            pairs = listed([f"{a} with {b}" for a, b in self.always[:_NAMED]])
            more = f" and {len(self.always) - _NAMED} more" if len(self.always) > _NAMED else ""
            said.append(f"The rules put {pairs}{more} in every round; these are no repeats.")
        return " ".join(filter(None, said))

    @property
    def _repeats(self) -> str:
        again = sum(repeat.again for repeat in self.repeats)
        times = max((repeat.times for repeat in self.repeats), default=1)
        pairs = counted(len(self.repeats), "pair")
        return (
            f"From round {self.free + 1} on {pairs} {'is' if len(self.repeats) == 1 else 'are'} together "
            f"again, {counted(again, 'time')} in all; no pair more than {counted(times, 'time')}"
            f"{', past rounds included' if self.past else ''}."
        )

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds as they become history."""
        return tuple(_round(plan, number) for number, plan in enumerate(self.plans, 1))


def planned(
    kind: PlanKind,
    roster: Roster,
    slots: Sequence[Slot],
    options: Options,
    *,
    rounds: int,
    avoid_past: bool = True,
    on_progress: Callable[[RotationProgress], None] | None = None,
) -> Rotation:
    """Plan several rounds of the same groups.

    Parameters
    ----------
    kind, roster, slots
        What to form in each round, and of whom.
    options
        As for one plan, but for what begins from a plan; ``seconds`` is for all rounds.
    rounds
        How many.
    avoid_past
        Whether who was together in a past round counts as a repeat too.
    on_progress
        Called while the rounds become better.

    Raises
    ------
    InputError
        When what was given cannot be used, or no plan was found in time.
    RulesConflict
        When the rules cannot all hold in one round.
    """
    begun = perf_counter()
    if not 1 <= rounds <= MOST_ROUNDS:
        raise InputError(f"Plan 1 to {MOST_ROUNDS} rounds at once; {rounds} were asked for.")
    if given := [name for name in _ONE_PLAN if options.get(name)]:
        raise InputError(
            f"Rounds are planned anew, and for others to be together; leave out {listed(given)}."
        )
    history = tuple(options.get("history", ())) if avoid_past else ()
    seconds = options.get("seconds", SECONDS)
    task = Task.of(kind, roster, slots, _options(options, ()))
    check_supply(task.rules, task.brief)
    past = Brief(roster, kind, tuple(slots), rounds=history)

    def tell(progress: ScheduleProgress) -> None:
        if on_progress is not None:
            at = RotationProgress(rounds, progress.free, progress.repeats, progress.seconds)
            on_progress(at)

    found = schedule(
        task.formulation.instance,
        rounds,
        met=meetings(past),
        seconds=_PLANNING * seconds,
        seed=options.get("seed", 0),
        workers=options.get("workers"),
        on_progress=tell,
        stop=options.get("stop"),
    )
    if found.status is Status.INFEASIBLE:
        raise task.conflict()
    if found.labels is None:
        raise InputError(
            f"Not even one round that keeps every rule was found in {found.seconds:.0f} seconds, "
            "and none was ruled out. Allow more seconds, or give up a rule."
        )
    plans = list[Plan]()
    for labels in found.labels:
        before = (*history, *(_round(plan, number) for number, plan in enumerate(plans, 1)))
        left = max(0.0, seconds - (perf_counter() - begun)) / (rounds - len(plans))
        given_now = _options(options, before)
        given_now["seconds"] = left
        rated = Task.of(kind, roster, slots, given_now)
        plans.append(rated.rated(task.formulation.groups(labels)))
    return _described(task, past, found, plans)


def _options(options: Options, history: tuple[Round, ...]) -> Options:
    """Return the options of one round, with what was before it."""
    given: dict[str, Any] = {name: value for name, value in options.items() if name not in _ONE_PLAN}
    goals: Mapping[str, str] = given.get("goals") or {}
    if not history:  # nobody can be together again
        goals = {name: importance for name, importance in goals.items() if fold(name) != "fresh"}
    return cast("Options", given | {"goals": goals, "history": history})


def _round(plan: Plan, number: int) -> Round:
    return Round({group.name: group.members for group in plan.groups}, f"Round {number}")


def _described(task: Task, past: Brief, found: Schedule, plans: Sequence[Plan]) -> Rotation:
    assert found.labels is not None
    brief, forced = task.brief, forced_pairs(task.formulation.instance)
    met = meetings(past)
    most = None if found.limit is None else found.limit.rounds
    because = "" if found.limit is None else _because(found.limit, brief)
    groups = [task.formulation.groups(labels) for labels in found.labels]
    always = tuple((brief.name(i), brief.name(j)) for i, j in np.argwhere(np.triu(forced)).tolist() if i != j)
    repeats = [
        Repeat(
            (brief.members[i].key, brief.members[j].key),
            (brief.name(i), brief.name(j)),
            tuple(numbers),
            int(met[i, j]),
        )
        for (i, j), numbers in _together(groups).items()
        if not forced[i, j] and len(numbers) + met[i, j] > 1
    ]
    repeats.sort(key=lambda repeat: (-repeat.times, repeat.rounds, repeat.names))
    rounds_past = len(past.rounds)
    return Rotation(
        tuple(plans), found.free, most, because, tuple(repeats), always, rounds_past, found.searched
    )


def _together(groups: Sequence[Groups]) -> dict[tuple[int, int], list[int]]:
    """Return the numbers of the rounds in which two members are together, by their indices."""
    numbers: dict[tuple[int, int], list[int]] = {}
    for number, formed in enumerate(groups, 1):
        for group in formed:
            for pair in combinations(sorted(group), 2):
                numbers.setdefault(pair, []).append(number)
    return numbers


def _because(limit: Limit, brief: Brief) -> str:
    """Say why no more rounds can be without a repeat, so that it can be checked by hand."""
    word = brief.kind.word
    if limit.reason is Reason.MEMBER:
        who = brief.name(limit.members[0]) if limit.members else "everybody"
        new = counted(limit.each, "new person", "new people")
        more = "" if limit.each == 1 else " or more"
        return f"{who} meets {new}{more} a round, and can meet {limit.of} for the first time"
    if limit.reason is Reason.PAIRS:
        new = counted(limit.each, "new pair")
        return f"each round takes {new}, and {limit.of} can be together for the first time"
    if limit.reason is Reason.GROUPS:
        return (
            f"the {limit.each} of one {word} have to go to {limit.each} different {word}s in the next round, "
            f"and there are {limit.of}"
        )
    names = [brief.name(i) for i in limit.members[:_NAMED]]
    more = f" and {len(limit.members) - _NAMED} more" if len(limit.members) > _NAMED else ""
    return (
        f"of {', '.join(names)}{more} each two have met or may not meet, so they need {limit.each} "
        f"different {word}s, and there are {limit.of}"
    )


def _at_most(rounds: int) -> str:
    return "No round can be" if rounds == 0 else f"At most {counted(rounds, 'round')} can be"


def _these(rounds: int) -> str:
    return "this round" if rounds == 1 else f"these {rounds} rounds"


def _past(rounds: int) -> str:
    return "the past round" if rounds == 1 else f"the {rounds} past rounds"


def _first(free: int) -> str:
    return "Round 1 has" if free == 1 else f"Rounds 1 to {free} have"
