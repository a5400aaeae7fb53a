"""Forming: people, rules and goals become an instance, a solve, and a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from matcher.people.brief import PlanKind, Slot
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.people.roster import Roster, UnknownMember
from matcher.plan.options import SECONDS, FormingProgress, Options
from matcher.plan.plan import Plan, RuleCheck
from matcher.plan.task import Task
from matcher.rules.sizes import team_sizes
from matcher.solve import Status

__all__ = ["SECONDS", "FormingProgress", "Options", "form_duos", "form_teams", "score_plan"]


def form_duos(roster: Roster, **options: Unpack[Options]) -> Plan:
    """Return complementary duos; with an odd number of members one of the groups is a trio.

    Parameters
    ----------
    roster
        Who is there.
    **options
        See :class:`Options`.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together.
    """
    roster = _present(roster, options)
    n = len(roster.present)
    trios = n % 2
    duos = [Slot(f"Duo {i + 1}", 2) for i in range((n - 3 * trios) // 2)]
    return _form(PlanKind.DUOS, roster, [*duos, *[Slot("Trio 1", 3)] * trios], options)


def form_teams(
    roster: Roster,
    *,
    size: int | str | tuple[int, int] | None = None,
    count: int | None = None,
    **options: Unpack[Options],
) -> Plan:
    """Return balanced teams.

    Parameters
    ----------
    roster
        Who is there.
    size
        Members in a team: ``5`` (as near to five as the number of people allows), or ``"4-6"`` or
        ``(4, 6)`` (never fewer or more). ``4-6`` when neither size nor count is given.
    count
        How many teams, instead of a size; their sizes differ by one at most.
    **options
        See :class:`Options`.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together.
    """
    roster = _present(roster, options)
    sizes = team_sizes(len(roster.present), size=size, count=count)
    return _form(PlanKind.TEAMS, roster, [Slot(f"Team {i + 1}", s) for i, s in enumerate(sizes)], options)


def score_plan(
    plan: Round, roster: Roster, *, kind: PlanKind | None = None, **options: Unpack[Options]
) -> Plan:
    """Return a plan that was made by hand or elsewhere, scored and explained like one of ours.

    Rules that it breaks are said in its ``rules``; whoever is present and in no group breaks the
    rule that everybody is placed.

    Parameters
    ----------
    plan
        Group names to the keys of their members.
    roster
        Who is there.
    kind
        What the groups are; without it, duos when all have two members but for one trio, else teams.
    **options
        See :class:`Options`; ``seconds`` limits the search for the bound.

    Raises
    ------
    InputError
        When what was given cannot be used, or the plan places nobody.
    """
    roster = _present(roster, options)
    present = {m.key for m in roster.present}
    keys = [tuple(key for key in members if key in present) for members in plan.groups.values()]
    named = [(name, group) for name, group in zip(plan.groups, keys, strict=True) if group]
    placed = {key for group in keys for key in group}
    if not placed:
        raise InputError("The plan places nobody who is present on the roster.")
    left_out = [m for m in roster.present if m.key not in placed]
    sizes = sorted(len(group) for _, group in named)
    duos = set(sizes[:-1]) <= {2} and sizes[-1] in (2, 3)
    kind = kind or (PlanKind.DUOS if duos else PlanKind.TEAMS)
    slots = [Slot(name, len(group)) for name, group in named]
    task = Task.of(kind, roster.without(m.key for m in left_out), slots, options)
    groups = [tuple(sorted(task.brief.indices[key] for key in group)) for _, group in named]
    checked = task.check(groups)
    labels = task.formulation.labels(groups)
    solution = task.solve(labels if checked.kept else None)
    if solution.labels is None:
        bound = checked.score
    else:
        bound = max(checked.score, task.formulation.score(solution.bound))
    status = Status.OPTIMAL if checked.kept and bound == checked.score else Status.FEASIBLE
    formed = task.plan(groups, checked, replace(solution, status=status), float(bound))
    if not left_out:
        return formed
    faults = tuple(f"{m.name} is present but in no group." for m in left_out)
    return replace(
        formed, rules=(RuleCheck("Everybody present is placed.", False, faults=faults), *formed.rules)
    )


def _form(kind: PlanKind, roster: Roster, slots: Sequence[Slot], options: Options) -> Plan:
    task = Task.of(kind, roster, slots, options)
    solution = task.solve(task.start())
    if solution.status is Status.INFEASIBLE:
        raise task.conflict()
    if solution.labels is None:
        raise InputError(
            f"No plan that keeps every rule was found in {solution.seconds:.0f} seconds, "
            "and none was ruled out. Allow more seconds, or give up a rule."
        )
    groups = task.formulation.groups(solution.labels)
    checked = task.check(groups)
    if not checked.kept or checked.score != task.formulation.score(solution.objective):
        raise AssertionError(
            "The checker does not confirm the solver's plan; please report this with your files."
        )
    bound = float(task.formulation.score(solution.bound))
    return task.plan(groups, checked, solution, bound)


def _present(roster: Roster, options: Options) -> Roster:
    try:
        return roster.without(options.get("absent", ()))
    except UnknownMember as error:
        raise InputError(f"absent: {error}") from None
