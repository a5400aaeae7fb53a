"""Long work as data: kept and read again it does the same; what was cut off is checked before it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.plan.options import FormingProgress
from matcher.plan.plan import Plan
from matcher.rules import Together
from matcher.store.documents import Codec
from matcher.work import tasks
from matcher.work.documents import progress_of, progress_text
from matcher.work.formats import CLASSES, HOOKS, NODES
from matcher.work.rotations import Ahead, Asked
from matcher.work.runs import Question, remembered, round_of
from matcher.work.settings import Again, Settings
from matcher.work.sheets import Sheet
from matcher.work.tasks import Forming
from matcher.work.workspace import NO_PROJECTS, NO_RULES, Workspace


@pytest.fixture(scope="module")
def twelve() -> Workspace:
    return Workspace(settings=Settings(seconds=2)).with_sample("twelve")


def again_from_text(*values: Any) -> tuple[Any, ...]:
    """Values as another process would read them: nothing of them is the same object."""
    one, other = (Codec(CLASSES, (*NODES, *HOOKS), HOOKS) for _ in range(2))
    texts = {digest: one.text(node) for value in values for digest, node in one.parts(value).items()}
    return tuple(other.read(one.digest(value), lambda some: {d: texts[d] for d in some}) for value in values)


def done(work: Any, asked: Any) -> Any:
    work, asked = again_from_text(work, asked)
    return work.run(asked, tell=lambda _: None, stop=lambda: False, workers=1)


def told(work: Any, asked: Any) -> list[FormingProgress]:
    """The plans that are told while work is done."""
    found: list[FormingProgress] = []
    work.run(asked, tell=found.append, stop=lambda: False, workers=1)
    return [progress for progress in found if progress.placed]


@pytest.fixture(scope="module")
def plan(twelve: Workspace) -> Plan:
    formed: Plan = done(Forming(), twelve)
    return formed


# --- what is kept does the same -------------------------------------------------------------------


def test_duos_teams_and_projects_are_formed_from_what_a_job_remembers(twelve: Workspace, plan: Plan):
    teams = replace(twelve, settings=replace(twelve.settings, kind=PlanKind.TEAMS, least=4, most=4))
    projects = Sheet(
        NO_PROJECTS.name, NO_PROJECTS.header, (("Moon", "4", "", "", ""), ("Sun", "8", "", "", ""))
    )
    staffed = replace(twelve, projects=projects, settings=replace(twelve.settings, kind=PlanKind.PROJECTS))

    assert (plan.kind, plan.brief.sizes) == (PlanKind.DUOS, (2,) * 6)
    assert done(Forming(), remembered(teams)).brief.sizes == (4, 4, 4)
    assert [slot.name for slot in done(Forming(), remembered(staffed)).brief.slots] == ["Moon", "Sun"]


def test_a_plan_from_elsewhere_is_scored(twelve: Workspace, plan: Plan):
    scored = done(tasks.Scoring(round_of(plan)), twelve)

    assert scored.score == plan.score
    assert {group.members for group in scored.groups} == {group.members for group in plan.groups}


def test_rounds_are_planned(twelve: Workspace):
    ahead = Ahead(rounds=3, seconds=2)
    then = replace(remembered(twelve), settings=ahead.settings(twelve.settings))
    rotation = done(tasks.PlanningAhead(), Asked(then, ahead))

    assert (len(rotation.plans), rotation.free) == (3, 3)


def test_questions_are_answered_about_a_plan_that_was_kept(plan: Plan):
    a, b = plan.groups[0].members[0], plan.groups[1].members[0]
    place = next(i for i, check in enumerate(plan.rules) if check.rule.startswith("No duo"))
    question = Question("kind", "text", 2.0)

    price = done(tasks.PriceOf(plan, place), question)
    assert plan.rules[place].rule not in {check.rule for check in price.plan.rules}
    together = done(tasks.WhyNot(plan, a, b), question)
    assert any({a, b} <= set(group.members) for group in together.plan.groups)
    assert done(tasks.CostOf(plan, Together((a, b))), question).plan.score == together.plan.score
    others = done(tasks.Others(plan, 1, 2, 50.0), question)
    assert len(others) == 1
    assert others[0].score <= plan.score


def test_work_without_a_roster_says_what_to_do():
    with pytest.raises(InputError, match="Bring in a roster"):
        Forming().run(Workspace(), tell=lambda _: None, stop=lambda: False, workers=1)


# --- what was cut off -----------------------------------------------------------------------------


def test_what_is_told_is_kept_as_it_is(twelve: Workspace):
    progress = told(Forming(), twelve)[0]

    assert progress_of(progress_text(progress, whole=True)) == progress
    assert progress_of(progress_text(progress, whole=False)) == replace(progress, groups=None, placed=None)
    assert progress_of(None) is None


@pytest.mark.parametrize("kind", [PlanKind.DUOS, PlanKind.TEAMS, PlanKind.PROJECTS])
def test_every_plan_on_the_way_is_a_legal_one_with_its_score_and_bound(twelve: Workspace, kind: PlanKind):
    projects = Sheet(
        NO_PROJECTS.name, NO_PROJECTS.header, (("Moon", "3-6", "", "", ""), ("Sun", "5-9", "", "", ""))
    )
    rules = Sheet(
        NO_RULES.name, NO_RULES.header, (("apart", "; ".join(list(twelve.names.values())[:2]), ""),)
    )
    settings = replace(twelve.settings, kind=kind)
    asked = remembered(replace(twelve, projects=projects, rules=rules, settings=settings))
    ways = told(Forming(), asked)

    assert ways
    for progress in ways:
        found = Forming().found(asked, progress)
        assert found is not None
        assert found.score == pytest.approx(progress.score)
        assert found.score <= found.bound <= progress.bound + 1e-9
        assert all(check.kept for check in found.rules)
        assert found.settings["seconds"] == 2.0
        assert {g.name: g.members for g in found.groups} == {
            name: tuple(sorted(keys, key=found.brief.indices.__getitem__))
            for name, keys in progress.placed.items()
        }


def cut_off(placed: dict[str, tuple[str, ...]]) -> FormingProgress:
    return FormingProgress(50.0, 90.0, 1.0, (), placed)


def test_a_plan_that_breaks_a_rule_is_not_taken_for_one(twelve: Workspace, plan: Plan):
    groups = {group.name: group.members for group in plan.groups}
    together = plan.groups[0].members
    rules = Sheet(NO_RULES.name, NO_RULES.header, (("apart", "; ".join(together), ""),))

    assert Forming().found(twelve, cut_off(groups)) is not None
    assert Forming().found(replace(twelve, rules=rules), cut_off(groups)) is None


@pytest.mark.parametrize(
    "placed",
    [
        {},
        {"Duo 1": ("nobody", "knows")},
        {"Duo 1": ("Ann", "Ann")},
    ],
)
def test_what_is_no_plan_is_not_taken_for_one(twelve: Workspace, placed: dict[str, tuple[str, ...]]):
    assert Forming().found(twelve, cut_off(placed)) is None


def test_a_plan_that_misses_somebody_is_not_taken_for_one(twelve: Workspace, plan: Plan):
    groups = {group.name: group.members for group in plan.groups[1:]}

    assert Forming().found(twelve, cut_off(groups)) is None


def test_a_plan_that_left_more_than_it_may_is_not_taken_for_one(twelve: Workspace, plan: Plan):
    (a, b), (c, d), *others = (group.members for group in plan.groups)
    moved = dict(zip((group.name for group in plan.groups), [(a, c), (b, d), *others], strict=True))
    free = replace(twelve, settings=replace(twelve.settings, lift_hard_clash=True))
    none_moves = replace(free, again=Again(plan, most=0))

    assert Forming().found(none_moves, cut_off(moved)) is None
    assert Forming().found(none_moves, cut_off({g.name: g.members for g in plan.groups})) is not None


def test_forming_goes_on_from_what_was_found(twelve: Workspace, plan: Plan):
    placed = {group.name: group.members for group in plan.groups}
    resumed = Forming().resumed(cut_off(placed))

    assert resumed == Forming(Round(placed), 90.0)
    assert Forming().resumed(FormingProgress(1.0, 2.0, 0.1)) == Forming()
    first = told(*again_from_text(resumed, twelve))[0]
    assert first.score >= plan.score - 1e-9


def stopped(work: Forming, asked: Workspace) -> tuple[Plan, list[FormingProgress]]:
    """What work comes to that is stopped at once, and what it told."""
    ways: list[FormingProgress] = []
    work, asked = again_from_text(work, asked)
    return work.run(asked, tell=ways.append, stop=lambda: True, workers=1), ways


@pytest.fixture(scope="module")
def teams(twelve: Workspace) -> Workspace:
    """Teams: a run that is stopped at once is far from a proof."""
    return remembered(
        replace(twelve, settings=replace(twelve.settings, kind=PlanKind.TEAMS, least=4, most=4))
    )


def test_a_bound_that_was_reached_holds_for_a_run_that_goes_on(teams: Workspace):
    first, _ = stopped(Forming(), teams)
    assert first.status == "feasible"
    lower = (first.score + first.bound) / 2
    ended = FormingProgress(first.score, lower, 1.0, (), round_of(first).groups)
    plan, ways = stopped(Forming().resumed(ended), teams)

    assert plan.bound <= lower
    assert ways
    assert all(progress.score <= progress.bound <= lower for progress in ways)
    assert plan.status == ("optimal" if plan.bound == plan.score else "feasible")


def test_a_score_that_reaches_the_bound_known_before_is_proven(teams: Workspace):
    first, _ = stopped(Forming(), teams)
    best = done(Forming(), teams)
    known = FormingProgress(best.score, best.score, 1.0, (), round_of(best).groups)
    belied = replace(known, bound=first.score - 1.0)

    assert stopped(Forming().resumed(known), teams)[0].status == "optimal"
    found = Forming().found(teams, replace(belied, placed=round_of(first).groups))
    assert found is not None
    assert (found.status, found.bound > found.score) == ("feasible", True)


def test_a_bound_for_other_people_or_sizes_does_not_count(teams: Workspace):
    first, _ = stopped(Forming(), teams)
    lower = (first.score + first.bound) / 2
    (name, members), *others = round_of(first).groups.items()
    for groups in ({name: members[1:]}, {name: (*members[1:], "somebody who has left")}):
        plan, _ = stopped(Forming(Round({**groups, **dict(others)}), lower), teams)
        assert plan.bound > lower


def test_what_was_found_is_not_lost_when_forming_begins_from_a_plan_that_binds(twelve: Workspace, plan: Plan):
    (a, b), (c, d), *others = (group.members for group in plan.groups)
    free = replace(twelve, settings=replace(twelve.settings, lift_hard_clash=True))
    worse = done(
        tasks.Scoring(
            Round({"Duo 1": (a, c), "Duo 2": (b, d)} | {f"Duo {i}": g for i, g in enumerate(others, 3)})
        ),
        free,
    )
    asked = replace(free, again=Again(worse))
    forming = Forming().resumed(cut_off({group.name: group.members for group in plan.groups}))

    def at_once(work: Forming) -> Plan:
        return work.run(asked, tell=lambda _: None, stop=lambda: True, workers=1)

    assert at_once(forming).score >= plan.score - 1e-9


def test_other_work_begins_anew(plan: Plan):
    work = tasks.Scoring(round_of(plan))

    assert work.resumed(cut_off({"Duo 1": ("a", "b")})) is work
    assert work.found(None, cut_off({"Duo 1": ("a", "b")})) is None


def test_a_run_remembers_neither_other_runs_nor_what_can_be_undone(twelve: Workspace):
    now = replace(twelve, id="w", run="a", past=("b",), question="c", ahead="d")
    asked = remembered(now)

    assert twelve.steps
    assert (asked.id, asked.run, asked.past, asked.question, asked.ahead) == ("", "", (), "", "")
    assert (asked.steps, asked.kept, asked.draft) == ((), (), None)
    assert asked.roster is now.roster
