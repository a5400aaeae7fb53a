"""How much each goal weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.goals.registry import GOALS, SCORED
from matcher.people.errors import InputError
from matcher.people.names import listed

IMPORTANCES: Mapping[str, int] = {"off": 0, "low": 1, "normal": 2, "high": 4}
"""How much a goal weighs."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "new product": {"complement": "high", "coverage": "high", "calm": "low", "weakest": "normal"},
    "deliver on time": {"complement": "normal", "coverage": "normal", "calm": "high", "weakest": "high"},
    "onboarding": {"complement": "normal", "coverage": "low", "calm": "high", "weakest": "high"},
    "get to know each other": {"complement": "low", "coverage": "normal", "calm": "low", "weakest": "low"},
}
"""Importances for a purpose."""


def importances(
    goals: Mapping[str, str] | None = None, preset: str | None = None, *, mix: Sequence[str] = ()
) -> dict[str, str]:
    """Return the importance of every goal by name, from a preset and what the manager changed in it.

    Raises
    ------
    InputError
        When a preset, a goal or an importance is unknown, or no goal is left on.
    """
    if preset is not None and preset not in PRESETS:
        raise InputError(f"There is no preset “{preset}”; choose one of {listed(PRESETS, 'or')}.")
    chosen = {goal.name: goal.default for goal in GOALS}
    if mix:
        chosen["mix"] = "normal"
    chosen |= PRESETS[preset] if preset else {}
    for name, importance in (goals or {}).items():
        if name not in chosen:
            raise InputError(f"There is no goal “{name}”; choose one of {listed(chosen, 'or')}.")
        if importance not in IMPORTANCES:
            raise InputError(
                f"The importance of {name} is “{importance}”; it has to be {listed(IMPORTANCES, 'or')}."
            )
        chosen[name] = importance
    if all(chosen[goal.name] == "off" for goal in SCORED):
        raise InputError(
            f"No goal is on that gives a group a score; turn on {listed([g.name for g in SCORED], 'or')}."
        )
    return chosen
