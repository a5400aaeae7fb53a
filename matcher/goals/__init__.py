"""The goals: what is worth having.

Each is one file: its name, its sentence, the numbers it contributes, its value by definition,
and how it words what it did for a group.
"""

from __future__ import annotations

from matcher.goals.base import Goal, Points, Reason
from matcher.goals.importances import IMPORTANCES, PRESETS, importances
from matcher.goals.registry import GOALS, SCORED
from matcher.goals.weakest import WEAKEST, Weakest

__all__ = [
    "GOALS",
    "IMPORTANCES",
    "PRESETS",
    "SCORED",
    "WEAKEST",
    "Goal",
    "Points",
    "Reason",
    "Weakest",
    "importances",
]
