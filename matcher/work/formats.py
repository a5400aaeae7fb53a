"""All that is kept, by class: whoever adds a class to what a workspace or a job holds names it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError, RulesConflict
from matcher.store.documents import Codec, Hook

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft

# Classes are named, not imported: what knows how to form is loaded with the first plan, not the first page.
NODES = (
    "matcher.people.catalogue:Catalogue",
    "matcher.people.roster:Roster",
    "matcher.files.rosters.reading:RosterRead",
    "matcher.people.brief:Brief",
    "matcher.plan.plan:Plan",
    "matcher.plan.rotation:Rotation",
    "matcher.plan.questions:Answer",
    "matcher.work.sheets:Sheet",
    "matcher.work.rounds:UsedRound",
    "matcher.work.brought:Brought",
    "matcher.work.settings:Again",
    "matcher.work.kept:Kept",
    "matcher.work.runs:Question",
    "matcher.work.rotations:Asked",
    "matcher.work.workspace:Workspace",
)
"""Classes whose objects are documents of their own: what is large, shared, or what a job is about."""

CLASSES = (
    "matcher.people.catalogue:Family",
    "matcher.people.catalogue:Kind",
    "matcher.people.catalogue:Relation",
    "matcher.people.catalogue:Superpower",
    "matcher.people.member:Member",
    "matcher.people.friction:Friction",
    "matcher.people.friction:Severity",
    "matcher.people.history:Round",
    "matcher.people.project:Project",
    "matcher.people.network:Tie",
    "matcher.people.network:Network",
    "matcher.people.brief:PlanKind",
    "matcher.people.brief:Slot",
    "matcher.people.errors:Fix",
    "matcher.people.errors:Problem",
    "matcher.rules:Apart",
    "matcher.rules:HardClash",
    "matcher.rules:Lead",
    "matcher.rules:Needs",
    "matcher.rules:Never",
    "matcher.rules:Pin",
    "matcher.rules:Sizes",
    "matcher.rules:Stay",
    "matcher.rules:Together",
    "matcher.goals:Reason",
    "matcher.plan.baseline:Baseline",
    "matcher.plan.leading:Titles",
    "matcher.plan.options:FormingProgress",
    "matcher.plan.plan:Group",
    "matcher.plan.plan:RuleCheck",
    "matcher.plan.rotation:Repeat",
    "matcher.plan.rotation:RotationProgress",
    "matcher.files.tables.choices:Choices",
    "matcher.work.asides:Aside",
    "matcher.work.brought:Beside",
    "matcher.work.brought_back:PlanFile",
    "matcher.work.rotations:Ahead",
    "matcher.work.rounds:GroupNote",
    "matcher.work.settings:Settings",
    "matcher.work.suggestions:Left",
    "matcher.work.suggestions:Offer",
    "matcher.work.steps:Step",
    "matcher.work.tasks:CostOf",
    "matcher.work.tasks:Forming",
    "matcher.work.tasks:Others",
    "matcher.work.tasks:PlanningAhead",
    "matcher.work.tasks:PriceOf",
    "matcher.work.tasks:Scoring",
    "matcher.work.tasks:WhyNot",
)
"""Classes whose objects stand in the documents of what they are a part of."""


def _draft_apart(draft: PlanDraft) -> dict[str, object]:
    taken_back, later = [], draft.after
    while later is not None and later.step is not None:
        taken_back.append(later.step.parts)
        later = later.after
    return {
        "plan": draft.plan,
        "span": draft.span,
        "steps": tuple(step.parts for step in draft.steps),
        "taken_back": tuple(taken_back),
        "locked_groups": draft.locked_groups,
        "locked_members": draft.locked_members,
    }


def _draft_together(kept: Mapping[str, Any]) -> PlanDraft:
    """Do all edits again, those that were taken back included; what is locked now was not always."""
    from dataclasses import replace

    from matcher.plan.draft import PlanDraft

    draft = replace(PlanDraft.of(kept["plan"]), span=kept["span"])
    draft = draft.replay((*kept["steps"], *kept["taken_back"]))
    for _ in kept["taken_back"]:
        draft = draft.undo()
    return replace(draft, locked_groups=kept["locked_groups"], locked_members=kept["locked_members"])


def _conflict_apart(conflict: RulesConflict) -> dict[str, object]:
    places = [i for i, rule in enumerate(conflict.rules) if rule is conflict.cheapest]
    return {
        "sentences": conflict.sentences,
        "advice": conflict.advice,
        "minimal": conflict.minimal,
        "rules": conflict.rules,
        "cheapest": places[0] if places else conflict.cheapest,
    }


def _conflict_together(kept: Mapping[str, Any]) -> RulesConflict:
    rules, cheapest = kept["rules"], kept["cheapest"]
    return RulesConflict(
        kept["sentences"],
        kept["advice"],
        minimal=kept["minimal"],
        rules=rules,
        # pages ask which of the rules it is, not which it is like
        cheapest=rules[cheapest] if isinstance(cheapest, int) else cheapest,
    )


HOOKS: Mapping[type | str, Hook] = {
    "matcher.plan.draft:PlanDraft": Hook(_draft_apart, _draft_together),
    InputError: Hook(
        lambda error: {"problems": error.problems}, lambda kept: InputError.of(kept["problems"])
    ),
    RulesConflict: Hook(_conflict_apart, _conflict_together),
}

CODEC = Codec(CLASSES, (*NODES, *HOOKS), HOOKS)
"""Takes everything that is kept apart into documents, and puts it together again."""
