"""The list of goals: it reads like the table of what can be wanted."""

from __future__ import annotations

from matcher.goals.base import Goal
from matcher.goals.calm import Calm
from matcher.goals.complement import Complement
from matcher.goals.coverage import Coverage
from matcher.goals.fresh import Fresh
from matcher.goals.meeting import Meeting
from matcher.goals.mix import Mix
from matcher.goals.not_alone import NotAlone
from matcher.goals.sought_after import SoughtAfter
from matcher.goals.weakest import Weakest
from matcher.goals.wishes import Wishes

SCORED: tuple[Goal, ...] = (
    Complement(),
    Coverage(),
    Calm(),
    Mix(),
    NotAlone(),
    Fresh(),
    Wishes(),
    Meeting(),
    SoughtAfter(),
)
"""Goals that give each group a value."""

GOALS: tuple[Goal | Weakest, ...] = (*SCORED, Weakest())
"""All goals, in the order of pages and files."""
