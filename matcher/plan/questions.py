"""What a manager asks of a finished plan: what a rule costs, why not these two, what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.instance import Ints, Term
from matcher.people.errors import InputError
from matcher.plan.options import Options
from matcher.plan.plan import Plan
from matcher.plan.task import Task
from matcher.rules import Rule, Sizes, Together
from matcher.solve import Status, solve

SECONDS = 5.0
"""How long one question may take unless the manager says otherwise."""

STRENGTHS = (0.1, 0.3, 1.0, 3.0)
"""What a repeated pair costs when a plan shall differ, against what a pair is worth; tried in turn."""


@dataclass(frozen=True)
class Answer:
    """A plan that answers a question, and what it means for the score.

    Parameters
    ----------
    plan
        The best plan found under the changed rules.
    gain
        Its score less the score of the plan that was asked about; negative when it loses.
    most
        No plan under the changed rules gains more.
    sentence
        The answer.
    """

    plan: Plan
    gain: float
    most: float
    sentence: str


def reform(
    plan: Plan,
    *,
    add: Iterable[Rule] = (),
    without: Iterable[Rule] = (),
    **options: Unpack[Options],
) -> Plan:
    """Form a plan's groups again with some rules changed, beginning from the plan itself.

    Parameters
    ----------
    plan
        The plan to begin from.
    add, without
        Rules to add and to give up.
    **options
        ``lock``, ``move_at_most``, ``seconds``, ``seed``, ``workers``, ``on_progress``, ``stop``.

    Raises
    ------
    RulesConflict
        When the changed rules cannot all hold.
    """
    given_up = [id(rule) for rule in without]
    rules = [check.source for check in plan.rules if check.source and id(check.source) not in given_up]
    return Task.again(plan, [*rules, *add], options).formed()


def price_of(plan: Plan, rule: Rule, **options: Unpack[Options]) -> Answer:
    """Return what the score could be without a rule."""
    if isinstance(rule, Sizes):
        raise InputError("The sizes of the groups are what is to be formed; they have no price.")
    options.setdefault("seconds", SECONDS)
    other = reform(plan, without=[rule], **options)
    gain, most = other.score - plan.score, other.bound - plan.score
    if other.status == "optimal":
        sentence = f"This rule costs {gain:.1f} points." if gain > 0.05 else "This rule costs nothing."
    else:
        found = f"{gain:.1f} points better" if gain > 0.05 else "no better as far as was found"
        sentence = f"Without this rule the score is {found}, and at the very most {most:.1f} better."
    return Answer(other, gain, most, sentence)


def why_not(plan: Plan, a: str, b: str, **options: Unpack[Options]) -> Answer:
    """Return the best plan in which two members, given by their keys, share a group.

    Raises
    ------
    RulesConflict
        When the rules keep the two apart: it names them.
    """
    options.setdefault("seconds", SECONDS)
    pair = Together((a, b))
    other = reform(plan, add=[pair], **options)
    gain, most = other.score - plan.score, other.bound - plan.score
    names = pair.sentence(other.brief).removesuffix(" are together.")
    if gain >= 0:
        sentence = f"{names} can be together without losing anything."
    elif most < 0:
        sentence = (
            f"With {names} together, every plan loses {-most:.1f} points or more; the best found {-gain:.1f}."
        )
    else:
        sentence = f"The best plan found with {names} together scores {-gain:.1f} points less."
    return Answer(other, gain, most, sentence)


def cost_of(plan: Plan, rule: Rule, **options: Unpack[Options]) -> Answer:
    """Return the best plan in which one more rule holds, and what that costs.

    Raises
    ------
    RulesConflict
        When the rule cannot hold beside the others: it names them.
    """
    options.setdefault("seconds", SECONDS)
    other = reform(plan, add=[rule], **options)
    gain, most = other.score - plan.score, other.bound - plan.score
    if gain >= 0:
        sentence = "It costs nothing."
    elif other.status == "optimal":
        sentence = f"It costs {-gain:.1f} points."
    elif most < 0:
        sentence = f"It costs {-most:.1f} points or more; {-gain:.1f} in the best plan found."
    else:
        sentence = f"It costs {-gain:.1f} points in the best plan found."
    return Answer(other, gain, most, sentence)


def alternatives(
    plan: Plan,
    count: int = 3,
    *,
    elsewhere: int | None = None,
    worse: float = 5.0,
    **options: Unpack[Options],
) -> list[Plan]:
    """Return other good plans that really differ, from each other too; the best first.

    Each is formed with every pair of the plans before it made less worth by a growing amount, until
    enough people are elsewhere; its own score knows nothing of that.

    Parameters
    ----------
    plan
        What they are alternatives to.
    count
        How many are wanted; fewer come back when no more are found.
    elsewhere
        How many people at least are in company that differs, whatever the groups are called; a fifth of them
        when left out.
    worse
        How many points below the plan's score they may be at most.
    """
    options.setdefault("seconds", SECONDS)
    wanted = max(2, len(plan.brief.members) // 5) if elsewhere is None else elsewhere
    found: list[Plan] = []
    task = Task.again(plan, [check.source for check in plan.rules if check.source], options)
    while len(found) < count and (other := _unlike(task, [plan, *found], wanted, plan.score - worse)):
        found.append(replace(other, bound=max(plan.bound, other.score), bound_by=plan.bound_by))
    return sorted(found, key=lambda other: -other.score)


def elsewhere(one: Ints, other: Ints) -> int:
    """Return how many members are elsewhere in the other plan, whatever the groups are called."""
    shared = np.zeros((one.max() + 1, other.max() + 1), dtype=np.int64)
    np.add.at(shared, (one, other), 1)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return len(one) - int(shared[rows, columns].sum())


def _unlike(task: Task, plans: Sequence[Plan], wanted: int, floor: float) -> Plan | None:
    """Return a plan in which ``wanted`` members are in other company than in each of these plans."""
    instance, indices = task.formulation.instance, task.brief.indices
    former = [
        task.formulation.labels([[indices[key] for key in group.members] for group in plan.groups])
        for plan in plans
    ]
    repeated = sum((labels[:, None] == labels[None, :]).astype(np.int16) for labels in former)
    np.fill_diagonal(repeated, 0)
    pairs = int((instance.sizes * (instance.sizes - 1) // 2).sum())
    typical = int(np.abs(instance.group_values(former[0])).sum()) // max(1, pairs)
    for strength in STRENGTHS:
        factor = np.full(instance.groups, -max(1, round(strength * typical)))
        dear = Term(1, np.zeros(instance.groups, dtype=np.int64), pair=repeated, factor=factor)
        solution = solve(
            replace(instance, terms=(*instance.terms, dear)),
            start=former[0],
            seconds=task.options["seconds"] / len(STRENGTHS),
            seed=task.options.get("seed", 0),
            workers=task.options.get("workers"),
            stop=task.options.get("stop"),
        )
        if solution.labels is not None and all(elsewhere(solution.labels, a) >= wanted for a in former):
            groups = task.formulation.groups(solution.labels)
            checked = task.check(groups)
            if checked.score < floor:
                return None
            return task.plan(groups, checked, replace(solution, status=Status.FEASIBLE), float(checked.score))
    return None
