"""The rules: what must hold.

Each is one file: its sentence, the numbers it forbids, and who breaks it.
"""

from __future__ import annotations

from matcher.rules.apart import Apart
from matcher.rules.base import Groups, Rule
from matcher.rules.hard_clash import HardClash
from matcher.rules.needs import Needs
from matcher.rules.never import Never
from matcher.rules.pin import Pin
from matcher.rules.project import Lead
from matcher.rules.sizes import Sizes
from matcher.rules.stay import Stay
from matcher.rules.together import Together

RULES = (Sizes, Never, Apart, Together, Pin, Lead, Needs, Stay, HardClash)

__all__ = [
    "RULES",
    "Apart",
    "Groups",
    "HardClash",
    "Lead",
    "Needs",
    "Never",
    "Pin",
    "Rule",
    "Sizes",
    "Stay",
    "Together",
]
