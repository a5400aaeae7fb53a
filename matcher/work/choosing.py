"""The settings one by one, as they are chosen: each choice changes its own, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from matcher.goals import GOALS, PRESETS
from matcher.people.roster import Roster
from matcher.work.settings import COLUMN_GOALS, Settings, usual

GOAL, COLUMNS = "goal_", "columns_"
"""Beginnings of the names under which a goal's importance is chosen, and its columns if it needs some."""

_PLAIN = (
    *("kind", "by_count", "least", "most", "count", "preset"),
    *("keep", "meeting_hours", "buddies", "absent", "seconds", "lift_hard_clash"),
)


def choices(settings: Settings, ready: Collection[str]) -> dict[str, Any]:
    """Return what is chosen, by the name of each choice.

    Parameters
    ----------
    settings
        All of it.
    ready
        Names of the goals of which the importance can be chosen.
    """
    otherwise = usual(settings.preset)
    return {
        **{name: getattr(settings, name) for name in _PLAIN},
        **{f"{COLUMNS}{goal}": settings.columns.get(goal, ()) for goal in COLUMN_GOALS},
        **{f"{GOAL}{goal}": settings.goals.get(goal, otherwise[goal]) for goal in ready},
    }


def with_choices(settings: Settings, chosen: Mapping[str, Any], ready: Collection[str]) -> Settings:
    """Return settings in which some choices are others.

    Parameters
    ----------
    settings
        As they are now; what was not chosen stays as it is in them.
    chosen
        The other choices, by their names in :func:`choices`. A purpose sets the importances; to leave it
        keeps them. Whoever chooses columns for a goal wants it to count.
    ready
        Names of the goals of which the importance could be chosen.
    """
    plain = {name: value for name, value in chosen.items() if name in _PLAIN}
    said = dict(settings.goals)
    if "preset" in chosen:
        before = choices(settings, ready)
        said |= {goal: before[f"{GOAL}{goal}"] for goal in ready}
        said |= PRESETS.get(chosen["preset"], {})
    said |= {goal.name: chosen[f"{GOAL}{goal.name}"] for goal in GOALS if f"{GOAL}{goal.name}" in chosen}
    columns = {
        goal: tuple(chosen.get(f"{COLUMNS}{goal}", settings.columns.get(goal, ()))) for goal in COLUMN_GOALS
    }
    otherwise = usual(chosen.get("preset", settings.preset))
    for goal, titles in columns.items():
        if titles and said.get(goal, otherwise[goal]) == "off":
            said[goal] = "normal"
    goals = {goal: importance for goal, importance in said.items() if importance != otherwise[goal]}
    return replace(settings, **plain, goals=goals, columns=columns)


def fitting(settings: Settings, roster: Roster) -> Settings:
    """Return settings without the people and columns that are no longer on the roster."""
    present = {member.key for member in roster.present}
    return replace(
        settings,
        absent=tuple(key for key in settings.absent if key in present),
        columns={
            goal: tuple(title for title in titles if title in roster.attributes)
            for goal, titles in settings.columns.items()
        },
    )
