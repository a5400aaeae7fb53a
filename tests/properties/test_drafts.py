"""Changes by hand: whatever is done to a plan, its figures are those of the checker."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import form_teams, score_plan
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.people.roster import Roster
from matcher.plan.checker import check
from matcher.plan.draft import PlanDraft
from matcher.plan.drafted import finished
from matcher.plan.plan import Plan
from matcher.plan.standing import goals_on, weights
from matcher.plan.swaps import best_swaps
from matcher.rules import Apart, Needs, Rule, Together
from tests.strategies_people import NAMES, roster_of, rosters


@st.composite
def asked(draw: st.DrawFn, roster: Roster) -> dict[str, Any]:
    """Options of a forming with frictions, goals of every kind, and rules that any plan may break."""
    keys = [m.key for m in roster.present]
    pair = st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True).map(tuple)
    frictions = draw(st.lists(st.tuples(pair, st.sampled_from(["avoid"])), max_size=3))
    rules: list[Rule] = [
        Apart(draw(pair)),
        Together(draw(pair)),
        Needs("every group", "at most", "family", "people", 1),
    ]
    past = Round({"One": tuple(keys[::2]), "Two": tuple(keys[1::2])})
    options: dict[str, Any] = {
        "frictions": [(a, b, severity) for (a, b), severity in frictions],
        "rules": draw(st.lists(st.sampled_from(rules), unique_by=id, max_size=3)),
        "history": [past],
    }
    if any(m.attributes["location"] for m in roster.present):
        options |= {"mix": ["location"], "not_alone": ["location"]}
    return options


@st.composite
def scored(draw: st.DrawFn) -> tuple[Plan, dict[str, Any]]:
    """A plan made by hand, good or bad, and the options that it was scored with."""
    roster = draw(rosters(least=5))
    options = draw(asked(roster))
    keys = draw(st.permutations([m.key for m in roster.present]))
    cut = draw(st.integers(2, len(keys) - 2))
    groups = {"Alpha": tuple(keys[:cut]), "Beta": tuple(keys[cut:])}
    return score_plan(Round(groups), roster, seconds=0, **options), options


def edited(data: st.DataObject, draft: PlanDraft) -> PlanDraft:
    """One edit of any kind; an edit that is refused leaves the draft as it is."""
    keys = [key for group in draft.groups for key in group.members]
    names = [group.name for group in draft.groups]
    kind = data.draw(st.sampled_from(["move", "swap", "swap", "add", "remove", "undo", "redo"]))
    try:
        if kind == "move":
            return draft.move(data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(names)))
        if kind == "swap":
            return draft.swap(data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys)))
        if kind == "add":
            return draft.add_group()
        if kind == "remove":
            return draft.remove_group(data.draw(st.sampled_from(names)))
    except InputError:
        return draft
    return draft.undo() if kind == "undo" else draft.redo()


@settings(max_examples=30)
@given(st.data())
def test_after_any_edits_the_scores_are_those_of_scoring_the_same_groups_anew(data: st.DataObject) -> None:
    plan, options = data.draw(scored())
    draft = PlanDraft.of(plan)
    for _ in range(data.draw(st.integers(1, 6))):
        draft = edited(data, draft)

    anew = check(draft.sized, draft.sources, goals_on(plan), weights(plan), draft.indices)
    assert draft.totals.score == anew.score
    assert draft.totals.goals == anew.goals
    assert draft.totals.scores == anew.scores
    assert [check.faults for check in draft.rules if check.source] == [faults for _, faults in anew.broken]
    if all(group.members for group in draft.groups):
        round_ = Round({group.name: group.members for group in draft.groups})
        other = score_plan(round_, plan.brief.roster, kind=plan.kind, seconds=0, **options)
        mine = finished(draft, seconds=0)
        assert draft.score == mine.score == other.score
        assert draft.goals == mine.goals == other.goals
        assert (
            [g.score for g in draft.groups]
            == [g.score for g in mine.groups]
            == [g.score for g in other.groups]
        )


@settings(max_examples=25)
@given(st.data())
def test_an_effect_tells_the_difference_and_undo_and_redo_lead_back_and_forth(data: st.DataObject) -> None:
    plan, _ = data.draw(scored())
    start = PlanDraft.of(plan)
    after = edited(data, start)
    effect = start.effect(after)

    assert effect.score.change == after.score - start.score
    faults = [(f.rule, f.who) for f in start.faults if f not in effect.mended]
    assert {who for _, who in faults} | {f.who for f in effect.broken} == {f.who for f in after.faults}
    assert {group.name for group in effect.groups} == {
        name
        for name in {g.name for g in start.groups} | {g.name for g in after.groups}
        if members(start, name) != members(after, name)
    }
    assert after.undo().indices == start.indices
    assert after.undo().redo().indices == after.indices
    assert start.replay(step.parts for step in after.steps).indices == after.indices


@settings(max_examples=25)
@given(st.data())
def test_the_best_swap_is_the_best_of_all_that_lift_the_group_and_break_nothing(data: st.DataObject) -> None:
    plan, _ = data.draw(scored())
    draft = PlanDraft.of(plan, size=data.draw(st.sampled_from([None, (2, 4), (3, 7)])))
    group = data.draw(st.sampled_from(draft.groups))
    ours = list(group.members)
    others = [key for other in draft.groups if other is not group for key in other.members]
    away = next(other.name for other in draft.groups if other is not group)
    moves = [draft.move(a, away) for a in ours if len(ours) > 1] + [draft.move(b, group.name) for b in others]
    afters = [*(draft.swap(a, b) for a in ours for b in others), *moves]
    slot = draft.slot(group.name)
    lifting = [
        after.totals.score
        for after in afters
        if after.totals.scores[slot] > draft.totals.scores[slot] and draft.effect(after).legal
    ]
    offers = best_swaps(draft, group.name, 3)

    assert [offer.draft.totals.score for offer in offers] == sorted(lifting, reverse=True)[:3]
    assert all(offer.effect.legal for offer in offers)


def members(draft: PlanDraft, name: str) -> set[str]:
    return {key for group in draft.groups if group.name == name for key in group.members}


def test_a_formed_plan_as_a_draft_scores_what_the_plan_scores() -> None:
    people = dict.fromkeys(NAMES[:4], "calm") | dict.fromkeys(NAMES[4:], "vision")
    plan = form_teams(roster_of(people), size=5, seconds=2)
    draft = PlanDraft.of(plan)

    assert draft.score == plan.score
    assert draft.goals == dict(plan.goals)
    assert finished(draft).verdict == plan.verdict
