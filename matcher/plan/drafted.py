"""From a draft back to a plan: as it stands, or with the rest formed again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack, cast

from matcher.people.errors import InputError
from matcher.people.names import listed
from matcher.plan.baseline import Baseline
from matcher.plan.draft import PlanDraft
from matcher.plan.formulation import Formulation
from matcher.plan.options import Options
from matcher.plan.plan import Plan
from matcher.plan.questions import reform
from matcher.plan.standing import weights
from matcher.plan.task import Task
from matcher.rules import Pin
from matcher.solve import Solution, Status

SECONDS = 1.0
"""How long the bound is searched for when the plan's own does not hold for the draft."""

CARRIED_ON = ("preset", "buddies", "lift_hard_clash", "seed", "workers")
"""Settings of the plan before that are those of the new one too; the others follow from its brief."""

FULL = 100.0
"""No goal, and so no plan, is worth more."""


def finished(draft: PlanDraft, *, seconds: float = SECONDS) -> Plan:
    """Return a draft as a plan, checked and described like any other.

    As long as the sizes and rules are those of the plan that it began from, that plan's bound and
    its random plans hold for it too; otherwise the bound is searched for.

    Parameters
    ----------
    draft
        What the manager made of a plan.
    seconds
        Time limit of that search.

    Raises
    ------
    InputError
        When nobody is in one of the groups.
    """
    former, brief, groups = draft.plan, draft.sized, draft.indices
    if empty := [group.name for group in draft.groups if not group.members]:
        raise InputError(f"Nobody is in {listed(empty)}: move people there, or remove what is empty.")
    importances = weights(former)
    known = {name: former.settings[name] for name in CARRIED_ON if name in former.settings}
    options = cast("Options", {**known, "seconds": seconds})
    formulation = Formulation(brief, draft.sources, importances)
    task = Task(brief, draft.sources, formulation, former.settings["goals"], options)
    checked = task.check(groups)
    labels = formulation.labels(groups)
    rules_kept = len(draft.sources) == sum(check.source is not None for check in former.rules)
    score, chance = float(checked.score), None
    if rules_kept and brief.slots == former.brief.slots:
        bound, by = former.bound, former.bound_by
        chance = Baseline(former.baseline.scores, score)
    elif checked.kept and seconds:
        found = task.solve(labels)
        bound, by = float(formulation.score(found.bound)), found.bound_by
    else:
        bound, by = FULL, ""
    others = tuple(check for check in former.rules if check.source is None)
    best = checked.kept and all(check.kept for check in others) and score >= bound
    solution = Solution(Status.OPTIMAL if best else Status.FEASIBLE, labels, 0, 0, former.seconds, by)
    plan = task.plan(groups, checked, solution, max(score, bound), chance)
    edits = [*former.settings.get("by_hand", ()), *(step.words for step in draft.steps)]
    kept: dict[str, Any] = {
        **plan.settings,
        "seconds": former.settings.get("seconds", seconds),
        "by_hand": edits,
    }
    return replace(plan, rules=(*others, *plan.rules), settings=kept)


def form_rest(draft: PlanDraft, **options: Unpack[Options]) -> Plan:
    """Form again all that is not locked, beginning from a draft.

    Parameters
    ----------
    draft
        Where to begin; its locked groups and members stay.
    **options
        ``move_at_most`` (counted from the draft), ``seconds``, ``seed``, ``workers``, ``on_progress``,
        ``stop``.

    Raises
    ------
    InputError
        When nobody is in one of the groups.
    RulesConflict
        When the rules cannot hold together with what stays.
    """
    plan = finished(draft, seconds=0)
    free = sorted(key for key in draft.locked_members if draft.group_of(key) not in draft.locked_groups)
    stay = [Pin((key,), draft.group_of(key)) for key in free]
    options["lock"] = sorted(draft.locked_groups)
    options["buddies"] = bool(plan.settings.get("buddies"))
    return reform(plan, add=stay, **options)
