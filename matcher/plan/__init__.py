"""The plan: its scores, its checker, its reasons, and how it compares with chance."""

from __future__ import annotations

from matcher.plan.baseline import Baseline
from matcher.plan.plan import Audience, Group, Plan, RuleCheck

__all__ = ["Audience", "Baseline", "Group", "Plan", "RuleCheck"]
