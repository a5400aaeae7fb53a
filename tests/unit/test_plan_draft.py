"""Changing a plan by hand: what an edit does, what it breaks, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.forming import form_duos, score_plan
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.people.project import Project
from matcher.plan.draft import PlanDraft
from matcher.plan.drafted import finished, form_rest
from matcher.plan.effect import Fault, Shift
from matcher.plan.plan import Plan
from matcher.plan.swaps import best_swaps
from matcher.rules import Apart, Needs, Pin
from tests.strategies_people import roster_of

PEOPLE = {
    "Ada": "systems_thinking evidence",
    "Bo": "experimentation",
    "Chi": "evidence calm",
    "Dov": "provocation",
    "Eun": "peacemaking",
    "Fay": "empathy calm",
    "Gil": "vision",
    "Hal": "calm empathy",
}
TEAMS: dict[str, tuple[str, ...]] = {"Red": ("Ada", "Chi", "Fay", "Hal"), "Blue": ("Bo", "Dov", "Eun", "Gil")}


def scored(groups: dict[str, tuple[str, ...]] | None = None, **options: Any) -> Plan:
    return score_plan(Round(groups or TEAMS), roster_of(PEOPLE), **{"seconds": 0.2, **options})


@pytest.fixture
def draft() -> PlanDraft:
    return PlanDraft.of(scored())


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.rule, fault.who) for fault in faults]


def test_a_swap_tells_every_figure_before_and_after_and_leaves_the_draft_as_it_was(draft: PlanDraft) -> None:
    after = draft.swap("Chi", "Bo")
    effect = draft.effect(after)
    anew = scored({"Red": ("Ada", "Bo", "Fay", "Hal"), "Blue": ("Chi", "Dov", "Eun", "Gil")})

    assert effect.score == Shift(draft.plan.score, anew.score)
    assert effect.goals == {name: Shift(draft.plan.goals[name], anew.goals[name]) for name in anew.goals}
    assert [(g.name, g.score.after, set(g.members)) for g in effect.groups] == [
        (group.name, group.score, set(group.members)) for group in anew.groups
    ]
    assert effect.groups[0].goals["complement"].change == pytest.approx(
        anew.groups[0].goals["complement"] - draft.plan.groups[0].goals["complement"]
    )
    assert effect.legal
    assert not effect.mended
    assert draft.group_of("Chi") == "Red"
    assert after.group_of("Chi") == "Blue"
    assert after.moved == ("Bo", "Chi")
    assert not draft.moved


def test_the_sentence_of_an_effect_has_the_figures_that_change(draft: PlanDraft) -> None:
    effect = draft.effect(draft.swap("Chi", "Bo"))

    assert effect.sentence.startswith(f"Score {effect.score.before:.1f} → {effect.score.after:.1f} (")
    assert f"Red {effect.groups[0].score}" in effect.sentence
    assert str(Shift(70.0, 69.14)) == "70.0 → 69.1 (−0.9)"
    assert str(Shift(70.0, 70.04)) == "70.0 → 70.0"
    assert str(Shift(None, 50.0)) == "nobody → 50.0"


def test_a_move_breaks_the_sizes_and_says_whose_and_moving_back_mends_them(draft: PlanDraft) -> None:
    after = draft.move("Chi", "Blue")
    rule = "Everybody present is in exactly one team of 4."

    assert told(draft.effect(after).broken) == [
        (rule, "Red has 3 members instead of 4."),
        (rule, "Blue has 5 members instead of 4."),
    ]
    assert [len(group.faults) for group in after.groups] == [1, 1]
    assert told(after.effect(after.move("Chi", "Red")).mended) == told(draft.effect(after).broken)


def test_a_move_within_the_sizes_that_the_manager_allows_breaks_nothing() -> None:
    draft = PlanDraft.of(scored(), size="3-5")
    after = draft.move("Chi", "Blue")
    further = after.move("Ada", "Blue")

    assert draft.effect(after).legal
    assert after.rules[0].rule == "Everybody present is in exactly one team of 3 or 5."
    assert [f.who for f in further.faults] == [
        "Red has 2 members instead of 3.",
        "Blue has 6 members instead of 5.",
    ]


def test_a_project_takes_as_many_as_it_may_and_no_more() -> None:
    projects = [Project("Red", 3, 4), Project("Blue", 3, 5)]
    draft = PlanDraft.of(scored(projects=projects))
    after = draft.move("Chi", "Blue")

    assert draft.effect(after).legal
    assert [f.who for f in after.move("Ada", "Blue").faults] == [
        "Red has 2 members instead of 3.",
        "Blue has 6 members instead of 5.",
    ]


def test_a_swap_that_breaks_a_rule_names_who_breaks_it_and_one_that_mends_it_too() -> None:
    draft = PlanDraft.of(
        scored(rules=[Apart(("Ada", "Bo")), Needs("Red", "at least", "family", "people", 2)])
    )
    after = draft.swap("Chi", "Bo")

    assert told(draft.effect(after).broken) == [("Ada and Bo are apart.", "Ada and Bo are both in Red.")]
    assert draft.effect(after).broken[0].private
    assert told(after.effect(after.swap("Bo", "Gil")).mended) == told(draft.effect(after).broken)
    assert told(draft.effect(draft.swap("Fay", "Bo")).broken)[-1] == (
        "Red has at least 2 members with a superpower of the family People.",
        "Red has 1 with a superpower of the family People.",
    )


def test_a_fault_stands_with_its_group_and_not_with_one_whose_name_begins_alike() -> None:
    groups = {"Team 1": TEAMS["Red"], "Team 11": TEAMS["Blue"]}
    draft = PlanDraft.of(scored(groups, rules=[Apart(("Bo", "Dov"))]))

    assert [len(group.faults) for group in draft.groups] == [0, 1]


def test_undo_and_redo_walk_through_the_steps_and_a_new_edit_ends_the_redoing(draft: PlanDraft) -> None:
    twice = draft.swap("Chi", "Bo").move("Gil", "Red")

    assert [step.words for step in twice.steps] == [
        "Chi (Red) and Bo (Blue) swap places.",
        "Gil moves from Blue to Red.",
    ]
    back = twice.undo().undo()
    assert back.indices == draft.indices
    assert not back.can_undo
    assert back.can_redo
    assert back.redo().redo().indices == twice.indices
    assert back.undo().indices == draft.indices
    other = twice.undo().swap("Ada", "Eun")
    assert not other.can_redo
    assert other.redo() is other
    assert draft.replay([step.parts for step in twice.steps]).indices == twice.indices
    assert twice.start.indices == draft.indices


def test_what_is_locked_stays_until_it_is_unlocked_and_undo_leaves_the_locks(draft: PlanDraft) -> None:
    locked = draft.swap("Chi", "Bo").lock_member("Ada").lock_group("Blue")

    with pytest.raises(InputError, match="Ada is locked in Red; unlock Ada first"):
        locked.move("Ada", "Blue")
    with pytest.raises(InputError, match="Blue is locked, so nobody can come"):
        locked.move("Fay", "Blue")
    with pytest.raises(InputError, match="Blue is locked, so Chi stays there"):
        locked.swap("Hal", "Chi")
    assert locked.undo().locked_members == {"Ada"}
    assert [group.locked for group in locked.undo().groups] == [False, True]
    free = locked.unlock_member("Ada").unlock_group("Blue")
    assert free.swap("Ada", "Chi").group_of("Ada") == "Blue"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda d: d.move("Zoe", "Red"), "“Zoe” is nobody on the roster"),
        (lambda d: d.move("Ada", "Green"), "no group “Green”; the groups are Red to Blue"),
        (lambda d: d.move("Ada", "red"), "Ada is in Red already"),
        (lambda d: d.swap("Ada", "Chi"), "both in Red; choose people of two groups"),
        (lambda d: d.remove_group("Red"), "Move everybody out of Red first"),
        (lambda d: d.add_group("blue"), "a group “blue” already"),
        (lambda d: d.add_group().add_group().add_group(), "8 people are too few for 5 groups"),
    ],
)
def test_an_edit_that_cannot_be_says_why(draft: PlanDraft, edit: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        edit(draft)


def test_somebody_who_is_absent_cannot_be_moved() -> None:
    plan = scored({"Red": ("Ada", "Chi", "Fay"), "Blue": ("Bo", "Dov")}, absent=["Eun", "Gil", "Hal"])
    with pytest.raises(InputError, match="Eun is absent from this plan"):
        PlanDraft.of(plan).move("Eun", "Red")


def test_a_new_group_is_there_at_once_breaks_the_sizes_until_it_is_filled_and_can_go_again(
    draft: PlanDraft,
) -> None:
    added = draft.add_group()
    filled = added.move("Ada", "Team 1").move("Bo", "Team 1")

    assert [group.name for group in added.groups] == ["Red", "Blue", "Team 1"]
    assert added.groups[2].score is None
    assert [f.who for f in draft.effect(added).broken] == ["Team 1 has 0 members instead of 2."]
    assert filled.effect(filled).legal
    assert not filled.faults
    anew = scored({"Red": ("Chi", "Fay", "Hal"), "Blue": ("Dov", "Eun", "Gil"), "Team 1": ("Ada", "Bo")})
    assert filled.score == anew.score
    assert draft.effect(filled).groups[2].score == Shift(None, anew.groups[2].score)
    assert added.remove_group("Team 1").indices == draft.indices
    with pytest.raises(InputError, match="Nobody is in Team 1"):
        finished(added)


def test_a_group_that_a_rule_names_is_not_removed() -> None:
    draft = PlanDraft.of(scored({**TEAMS, "Blue": TEAMS["Blue"][:2]}, rules=[Pin(("Bo",), "Blue")]))
    emptied = draft.move("Bo", "Red").move("Dov", "Red")
    with pytest.raises(InputError, match="a rule or a project asks for it"):
        emptied.remove_group("Blue")


def test_a_finished_draft_is_a_plan_with_its_own_reasons_and_the_bound_of_the_plan_before() -> None:
    before = form_duos(roster_of(PEOPLE), seconds=60)
    a, b = before.groups[0].members[0], before.groups[1].members[0]
    plan = finished(PlanDraft.of(before).swap(a, b))
    anew = score_plan(Round({g.name: g.members for g in plan.groups}), roster_of(PEOPLE), seconds=60)

    assert (plan.score, plan.bound) == (anew.score, anew.bound)
    assert plan.bound == before.bound >= plan.score
    assert [group.why for group in plan.groups] == [group.why for group in anew.groups]
    assert plan.baseline.draws == before.baseline.draws
    assert plan.baseline.score == plan.score
    assert plan.settings["by_hand"] == [f"{a} (Duo 1) and {b} (Duo 2) swap places."]
    assert plan.settings["seconds"] == before.settings["seconds"]


def test_with_other_sizes_the_bound_is_searched_for_anew() -> None:
    draft = PlanDraft.of(scored(), size="3-5").move("Chi", "Blue")
    plan = finished(draft, seconds=60)
    anew = scored({g.name: g.members for g in draft.groups}, seconds=60)  # both end by proof long before

    assert plan.bound == anew.bound
    assert plan.bound_by == anew.bound_by


def test_a_draft_that_breaks_a_rule_becomes_a_plan_that_says_so() -> None:
    plan = finished(PlanDraft.of(scored(rules=[Apart(("Ada", "Bo"))])).swap("Chi", "Bo"))

    assert plan.status == "feasible"
    assert plan.verdict.startswith("Breaks 1 rule")


def test_the_rest_is_formed_again_around_what_is_locked() -> None:
    draft = PlanDraft.of(scored()).swap("Chi", "Bo").lock_member("Bo").lock_member("Gil")
    plan = form_rest(draft, seconds=5)
    home = {key: group.name for group in plan.groups for key in group.members}

    assert (home["Bo"], home["Gil"]) == ("Red", "Blue")
    assert plan.score >= draft.score
    still = form_rest(draft, move_at_most=0, seconds=5)
    assert PlanDraft.of(still).indices == draft.indices
    locked = form_rest(PlanDraft.of(scored()).lock_group("Red"), seconds=5)
    assert {*locked.groups[0].members} == {*TEAMS["Red"]}


def test_a_limit_on_moves_asked_for_once_does_not_make_later_changes_by_hand_wrong() -> None:
    still = form_rest(PlanDraft.of(scored()), move_at_most=0, seconds=5)
    after = PlanDraft.of(still).swap("Chi", "Bo")

    assert not after.faults
    assert finished(after, seconds=1).verdict.startswith(("Within", "Proven"))


def test_what_is_locked_against_a_rule_is_said() -> None:
    draft = PlanDraft.of(scored(rules=[Apart(("Ada", "Chi"))])).lock_group("Red")
    with pytest.raises(RulesConflict, match="Ada and Chi are apart"):
        form_rest(draft, seconds=2)


def test_the_best_swaps_lift_the_group_and_leave_locked_people_where_they_are(draft: PlanDraft) -> None:
    weak = draft.weakest.name
    offers = best_swaps(draft, weak)

    assert 0 < len(offers) <= 3
    assert all(offer.effect.legal for offer in offers)
    assert all(g.score.change > 0 for o in offers for g in o.effect.groups if g.name == weak)
    assert [o.draft.score for o in offers] == sorted((o.draft.score for o in offers), reverse=True)
    locked = draft.lock_member(next(k for k in offers[0].draft.moved if draft.group_of(k) == weak))
    assert all(locked.locked_members.isdisjoint(offer.draft.moved) for offer in best_swaps(locked, weak))
    assert best_swaps(draft.lock_group(weak), weak) == ()
    assert offers[0].words == offers[0].draft.steps[-1].words


def test_a_plan_that_leaves_somebody_out_is_never_called_the_best_possible() -> None:
    before = scored({"Red": ("Ada", "Bo"), "Blue": ("Fay", "Gil")}, seconds=5)
    after = finished(PlanDraft.of(before))

    assert {before.status, after.status} == {"feasible"}
    assert [rule.rule for rule in after.rules if not rule.kept] == ["Everybody present is placed."]


@pytest.mark.parametrize(
    ("sizes", "kind"),
    [
        ((2, 2), PlanKind.DUOS),
        ((3, 2, 2), PlanKind.DUOS),
        ((3,), PlanKind.DUOS),
        ((2, 0), PlanKind.DUOS),
        ((3, 3), PlanKind.TEAMS),
        ((2, 4), PlanKind.TEAMS),
        ((1, 2), PlanKind.TEAMS),
        ((), PlanKind.TEAMS),
    ],
)
def test_what_groups_are_is_told_by_their_sizes(sizes: tuple[int, ...], kind: PlanKind) -> None:
    assert PlanKind.of_sizes(sizes) is kind
