"""Every group has its size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.errors import InputError, RulesConflict
from matcher.people.names import counted, fold, listed
from matcher.rules.base import Groups


def even_sizes(members: int, count: int) -> list[int]:
    """Return ``count`` sizes that sum to ``members`` and differ by one at most, the larger first."""
    small, larger = divmod(members, count)
    return [small + 1] * larger + [small] * (count - larger)


def team_count(members: int, least: int, most: int) -> int | None:
    """Return how many teams to make so that every size lies in ``least … most``.

    Of the possible numbers, the one whose mean size is nearest to the middle of the range,
    and of two as near, the one with the smaller teams. ``None`` when there is none.
    """
    possible = range(-(-members // most), members // least + 1)
    middle = (least + most) / 2
    return min(possible, key=lambda count: (abs(members / count - middle), -count), default=None)


def nearest_count(members: int, size: int) -> int:
    """Return how many teams of two or more leave no size farther from ``size`` than it must be.

    Of two numbers as good, the one whose sizes differ less in all, then the one with the smaller teams.
    """
    most = members // 2
    near = {min(most, max(1, count)) for count in (members // size, -(-members // size))}

    def off(count: int) -> tuple[int, int, int]:
        differences = [abs(s - size) for s in even_sizes(members, count)]
        return max(differences), sum(differences), -count

    return min(near, key=off)


def team_sizes(
    members: int, *, size: int | str | tuple[int, int] | None = None, count: int | None = None
) -> list[int]:
    """Return the size of each team for a size (``5``, ``"4-6"``, ``(4, 6)``) or a count.

    Raises
    ------
    InputError
        When size or count make no sense for so many members.
    RulesConflict
        When no number of teams keeps every size in the range.
    """
    if size is not None and count is not None:
        raise InputError("Give a size or a number of teams, not both.")
    if count is not None:
        if not 1 <= count <= members // 2:
            raise InputError(
                f"{counted(count, 'team')} cannot be made of {counted(members, 'person', 'people')}: "
                f"choose 1 to {members // 2} teams, so that each has two members or more."
            )
        return even_sizes(members, count)
    least, most = size_range(size if size is not None else "4-6")
    if least > members:
        raise InputError(
            f"A team of {least} is larger than the roster of {counted(members, 'person', 'people')} present. "
            "Choose a smaller size."
        )
    if isinstance(size, int) or (isinstance(size, str) and size.strip().isdigit()):
        return even_sizes(members, nearest_count(members, least))
    teams = team_count(members, least, most)
    if teams is None:
        raise RulesConflict(
            [
                f"Every team has {least} to {most} members."
                if least < most
                else f"Every team has {least} members.",
                f"All {members} people present are placed.",
            ],
            ["Allow other sizes, or give a number of teams instead."],
        )
    return even_sizes(members, teams)


def size_range(size: int | str | tuple[int, int]) -> tuple[int, int]:
    """Return the smallest and the largest size that ``5``, ``"5"``, ``"4-6"`` or ``(4, 6)`` allow.

    Raises
    ------
    InputError
        When it is none of these.
    """
    if isinstance(size, int):
        size = (size, size)
    elif isinstance(size, str):
        found = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", size)
        if not found:
            raise InputError(f"“{size}” is not a size; write it like 5 or 4-6.")
        size = int(found[1]), int(found[2] or found[1])
    least, most = size
    if not 2 <= least <= most:
        raise InputError(f"The size {least}-{most} makes no teams; use 2 or more, the smaller number first.")
    return least, most


@dataclass(frozen=True)
class Sizes:
    """Every group has its size, and everybody is placed exactly once."""

    rule: ClassVar[str] = "sizes"
    private: ClassVar[bool] = False

    def applies(self, brief: Brief) -> bool:
        return True

    def sentence(self, brief: Brief) -> str:
        if brief.kind is PlanKind.DUOS:
            trio = " Since the number is odd, one of them is a trio." if 3 in brief.sizes else ""
            return f"Everybody present is in exactly one duo.{trio}"
        if brief.kind is PlanKind.PROJECTS:
            sizes = listed(f"{slot.name} {_room(slot, brief)}" for slot in brief.slots)
            return f"Everybody present is on exactly one project; members of each: {sizes}."
        return f"Everybody present is in exactly one team of {_words(brief.sizes)}."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        """Nothing to add: a draft begins with the sizes."""

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        faults = [
            f"{slot.name} has {len(group)} members instead of {slot.size}."
            for slot, group in zip(brief.slots, groups, strict=True)
            if len(group) != slot.size
        ]
        taken = {fold(project.name): project for project in brief.projects}
        faults += [
            f"{slot.name} has {counted(slot.size, 'member')} instead of {project.sizes_text}."
            for slot in brief.slots
            if (project := taken.get(fold(slot.name))) and not project.least <= slot.size <= project.most
        ]
        times = Counter(i for group in groups for i in group)
        faults += [
            f"{brief.name(i)} is in {times[i]} groups instead of one."
            for i in range(len(brief.members))
            if times[i] != 1
        ]
        return faults


def _room(slot: Slot, brief: Brief) -> str:
    """Return how many members a project has, and how many it may have where there is a choice."""
    project = next((p for p in brief.projects if fold(p.name) == fold(slot.name)), None)
    if project is None or project.least == project.most:
        return str(slot.size)
    return f"{slot.size} ({project.least} to {project.most})"


def _words(sizes: Sequence[int]) -> str:
    return listed((str(size) for size in sorted(set(sizes))), "or")
