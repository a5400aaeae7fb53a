"""Looking back on a round: what a manager notes about its groups, how it went, and what is still open.

Nothing of it is ever part of a plan: what a manager notes stays with the manager.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError
from matcher.work.rounds import GroupNote, Pair, UsedRound, groups_of, place_of, with_round

if TYPE_CHECKING:
    from matcher.work.workspace import Workspace

_CHANGED: Mapping[str, str] = {
    "rating": "the rating of",
    "remark": "the remark on",
    "goals": "the goals of",
    "actions": "the actions of",
    "done": "the actions of",
    "led_by": "who led",
    "pairs_badly": "the pairs of",
    "pairs_well": "the pairs of",
}
"""What the button calls it that takes a note back."""


def noted(now: Workspace, id_: str, group: str, shown: object = None, **changes: Any) -> Workspace:
    """Return the workspace with something noted about a group of a round.

    Text is kept while it is typed: what was just changed and is changed again is one step to take back.

    Parameters
    ----------
    now, id_, group
        The workspace, the round, and the group's name in it.
    shown
        What was noted there when the change began, to find out whether somebody else has changed it since;
        ``None`` when it does not matter.
    changes
        Fields of :class:`GroupNote`; one, when it matters what was shown.

    Raises
    ------
    InputError
        When the round is gone, or somebody else has changed the same.
    """
    used = now.rounds[place_of(now, id_)]
    before = used.note(group)
    if shown is not None:
        _check_unchanged(before, shown, changes, f"{group} in {used.name}")
    members = groups_of(now, id_).get(group) or before.members
    after = replace(before, members=before.members or members, **changes)
    after = replace(after, done=after.done and bool(after.actions))
    if "pairs_badly" in changes:
        after = replace(after, pairs_well=_without(after.pairs_well, after.pairs_badly))
    elif "pairs_well" in changes:
        after = replace(after, pairs_badly=_without(after.pairs_badly, after.pairs_well))
    if after == before or (after.empty and before.empty):
        return now
    notes = {note.group: note for note in used.notes} | {group: after}
    kept = tuple(note for note in notes.values() if not note.empty)
    what = f"{_CHANGED[next(iter(changes))]} {group} in {used.name}"
    changed = with_round(now, what, replace(used, notes=kept))
    goes_on = bool(now.steps) and now.steps[-1].what == what and not now.taken_back
    return replace(changed, steps=now.steps) if goes_on else changed


def _check_unchanged(before: GroupNote, shown: object, changes: Mapping[str, Any], where: str) -> None:
    """Refuse to overwrite what was noted elsewhere meanwhile, and say what was to be noted."""
    ((field, wanted),) = changes.items()
    there = getattr(before, field)
    if there not in (shown, wanted):
        wrote = f" You wrote: “{wanted}”." if isinstance(wanted, str) and wanted else ""
        raise InputError(
            f"Somebody changed {_CHANGED[field]} {where} in another window meanwhile; yours is not kept, and "
            f"theirs is shown now.{wrote} Say it again if it is to be so."
        )


def _without(pairs: tuple[Pair, ...], others: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair not in others)


@dataclass(frozen=True)
class Summary:
    """How a round went.

    Parameters
    ----------
    groups, rated
        How many groups it has, and how many of them are rated.
    mean
        Mean of their ratings; ``None`` when none is rated.
    best, worst
        Names of the groups with the highest and the lowest rating; none when all are rated alike.
    open
        Notes with actions that are not done.
    """

    groups: int
    rated: int
    mean: float | None
    best: tuple[str, ...]
    worst: tuple[str, ...]
    open: tuple[GroupNote, ...]

    @classmethod
    def of(cls, used: UsedRound, groups: Iterable[str]) -> Summary:
        """Return how a round with these groups went."""
        notes = [used.note(group) for group in groups]
        ratings = {note.group: note.rating for note in notes if note.rating}
        ends = (max(ratings.values()), min(ratings.values())) if ratings else (0, 0)
        best, worst = (
            tuple(group for group, rating in ratings.items() if rating == end and ends[0] > ends[1])
            for end in ends
        )
        mean = sum(ratings.values()) / len(ratings) if ratings else None
        still = tuple(note for note in notes if note.open_actions)
        return cls(len(notes), len(ratings), mean, best, worst, still)


def agreed(now: Workspace) -> tuple[UsedRound, tuple[GroupNote, ...]] | None:
    """Return the latest round in which goals or actions were agreed, with those that are not done."""
    for used in reversed(now.rounds):
        notes = tuple(note for note in used.notes if note.goals or note.open_actions)
        if notes:
            return used, notes
    return None
