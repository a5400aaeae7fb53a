"""How much each goal weighs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from matcher.goals.registry import GOALS, SCORED
from matcher.people.errors import InputError
from matcher.people.names import fold, listed

IMPORTANCES: Mapping[str, int] = {"off": 0, "low": 1, "normal": 2, "high": 4}
"""How much a goal weighs."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "new product": {
        "complement": "high",
        "coverage": "high",
        "calm": "low",
        "weakest": "normal",
        "mix": "normal",
        "not alone": "normal",
        "fresh": "normal",
        "wishes": "normal",
        "meeting": "normal",
        "sought after": "normal",
    },
    "deliver on time": {
        "complement": "normal",
        "coverage": "normal",
        "calm": "high",
        "weakest": "high",
        "mix": "low",
        "not alone": "normal",
        "fresh": "low",  # people who know each other make fewer mistakes: new faces are not the point
        "wishes": "low",
        "meeting": "high",
        "sought after": "normal",
    },
    "onboarding": {
        "complement": "normal",
        "coverage": "low",
        "calm": "high",
        "weakest": "high",
        "mix": "normal",
        "not alone": "high",
        "fresh": "low",
        "wishes": "low",
        "meeting": "high",
        "sought after": "high",  # every newcomer's team has somebody to turn to
    },
    "get to know each other": {
        "complement": "low",
        "coverage": "normal",
        "calm": "low",
        "weakest": "low",
        "mix": "high",
        "not alone": "normal",
        "fresh": "high",
        "wishes": "off",  # who is preferred is known already
        "meeting": "low",
        "sought after": "low",
    },
}
"""Importances for a purpose; a goal that lacks what it needs stays off all the same."""


def importances(
    goals: Mapping[str, str] | None = None, preset: str | None = None, *, ready: Collection[str] = ()
) -> dict[str, str]:
    """Return the importance of every goal by name.

    What the manager says of a goal counts before the preset, and that before the default: goals
    that need something from the manager are off until it is there, and then normal.

    Parameters
    ----------
    goals
        Goal names to importances, as far as the manager says.
    preset
        Name of one of :data:`PRESETS`.
    ready
        Names of the goals that lack nothing.

    Raises
    ------
    InputError
        When a preset, a goal or an importance is unknown, or no goal is left on.
    """
    purpose = _plain(preset or "")
    if preset is not None and purpose not in PRESETS:
        raise InputError(f"There is no preset “{preset}”; choose one of {listed(PRESETS, 'or')}.")
    usual = PRESETS[purpose] if purpose else {}
    chosen = {
        goal.name: usual.get(goal.name, "normal")
        if goal.name in ready or goal.default != "off"
        else goal.default
        for goal in GOALS
    }
    for given, importance in (goals or {}).items():
        name = _plain(given)
        if name not in chosen:
            raise InputError(f"There is no goal “{given}”; choose one of {listed(chosen, 'or')}.")
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


def _plain(name: str) -> str:
    """Return a name as it stands in the lists, however it is spelled on the command line."""
    return fold(name.replace("-", " ").replace("_", " "))
