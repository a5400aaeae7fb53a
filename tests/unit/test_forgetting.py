"""Deleting a member's data: nothing of them is left, and nothing of others is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.forming import form_duos, form_rounds, score_plan
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.plan import Plan
from matcher.plan.draft import PlanDraft
from matcher.rules import Apart, Pin, Together
from matcher.work.asides import Aside
from matcher.work.bringing import bring_in, bring_table
from matcher.work.brought import Brought
from matcher.work.brought_back import PlanFile
from matcher.work.forgetting import forget, forget_member
from matcher.work.forgotten import Forgotten, next_number
from matcher.work.formats import CODEC
from matcher.work.kept import Kept
from matcher.work.rounds import GroupNote, UsedRound, round_of, use
from matcher.work.settings import Again, Settings
from matcher.work.sheets import Sheet
from matcher.work.suggestions import Left, Offer
from matcher.work.workspace import NO_FRICTIONS, NO_PROJECTS, NO_RULES, Workspace
from tests.strategies_people import roster_of
from tests.strategies_work import said

ROSTER = """name,id,email,superpowers,location,mentor,turns to,prefers
Ada Quill,P-17,ada@example.org,Vision; Calm,Zanzibar,Bo Reed,Bo Reed,Chi Moss
Bo Reed,P-18,bo@example.org,Empathy; Energy,Oslo,Ada Quill,Ada Quill; Chi Moss,P-17
Chi Moss,P-19,mary.ada@example.org,Curiosity,Oslo,"Dov Ash, Ada Quill",ada@example.org,
Dov Ash,P-20,dov@example.org,Experimentation; Calm,Oslo,,"Bo Reed, Ada Quill",Bo Reed
Joada Quillan,P-170,jo@example.org,Organising,Oslo,,,
Eun Ada,P-21,eun@example.org,Storytelling,Oslo,,,
"""
NETWORK = b"from,to,weight\nAda Quill,Bo Reed,2\nChi Moss,Dov Ash,3\n"
ADA, BO, CHI, DOV, JO, EUN = "P-17", "P-18", "P-19", "P-20", "P-170", "P-21"
NOTE = "They quarrelled over the harbour budget"
TRACES = ("ada quill", "p-17", "ada@example.org", "zanzibar", "harbour")


def begun() -> Workspace:
    """A workspace with a member in every one of its tables."""
    now = bring_in(Workspace(id="w"), ROSTER, "staff of Ada Quill.csv")
    now = bring_table(now, "network", Brought(NETWORK, "net.csv"))
    frictions = (("Ada Quill", "Bo Reed", "avoid", f"{NOTE}."), ("P-19", "P-20", "avoid", "Ada says so."))
    rules = (
        ("apart", "Ada Quill; Chi Moss", ""),
        ("apart", "P-17; P-19; P-20", ""),
        ("pin", "ada@example.org", "Duo 1"),
        ("at most", "every group", "location=Oslo:2"),
    )
    projects = (("Port", "3", "", "Ada Quill", "Bo Reed; P-17"),)
    return now.changed(
        "type",
        frictions=replace(NO_FRICTIONS, rows=frictions, numbers=()),
        rules=replace(NO_RULES, rows=rules, numbers=()),
        projects=replace(NO_PROJECTS, rows=projects, numbers=()),
        settings=Settings(absent=("P-17", "P-21")),
    )


def plan_of(now: Workspace) -> Plan:
    assert now.roster is not None
    return form_duos(
        now.roster,
        frictions=now.found_frictions.value,
        rules=[Apart((ADA, CHI)), Together((ADA, BO)), Pin((DOV,), "Duo 2")],
        history=[Round({"Ada Quill's": (ADA, DOV), "Others": (BO, CHI)}, "last spring")],
        goals={"mix": "low"},
        mix=["location"],
        absent=[EUN, JO],
        seconds=1,
        workers=1,
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(begun())


@pytest.fixture(scope="module")
def full(plan: Plan) -> Workspace:
    """A workspace with a member in everything that was ever made of it."""
    now = begun()
    now = use(now, plan, date(2026, 1, 5), name="After Ada Quill's holiday")
    note = GroupNote(
        plan.groups[0].name,
        2,
        "Ada shone; Ada Quill led. Eun Ada did not.",
        led_by=ADA,
        pairs_badly=((ADA, BO),),
    )
    foreign = Sheet(
        "old.csv",
        ("Team", "Member 1", "Member 2", "Remark"),
        (("Red", "Ada Quill", "Bo Reed", "by P-17"), ("Blue", "Chi Moss", "Dov Ash", "")),
    )
    draft = PlanDraft.of(plan).swap(plan.groups[0].members[0], plan.groups[1].members[0])
    draft = draft.lock_member(ADA).undo()
    people = now.people
    assert people is not None
    aside = Aside("people", people, people.with_cells({(3, "location"): "Ada Quill's desk"}), 1)
    return replace(
        now,
        rounds=(*(replace(used, notes=(note,)) for used in now.rounds), UsedRound(foreign, id="f")),
        left=(Left(Offer.AVOID, (ADA, BO), ("f",)),),
        again=Again(plan, ("Duo 1",), 2, (ADA,)),
        kept=(Kept("Ada Quill's idea", plan, replace(begun(), again=Again(plan))),),
        draft=draft,
        plan_file=PlanFile("plan.csv", absent=("Ada Quill",)),
        asides=(aside,),
        pending=now.brought,
    )


def ada_of(now: Workspace, number: int = 1) -> Forgotten:
    assert now.roster is not None
    return Forgotten.of(now.roster.find(ADA), now.roster.members, number)


def traces(value: object, *more: str) -> list[str]:
    """The traces of somebody that are no part of another's name."""
    text = value if isinstance(value, str) else said(value)
    text = text.replace("joada quillan", "").replace("p-170", "").replace("mary.ada@example.org", "")
    return [trace for trace in (*TRACES, *more) if trace in text]


def home(plan: Plan, key: str) -> str:
    return next(group.name for group in plan.groups if key in group.members)


# --- nothing is left of them ----------------------------------------------------------------------


def test_no_trace_is_left_in_anything_that_is_kept_of_a_workspace(full: Workspace):
    assert len(traces(full)) == len(TRACES)

    after = forget(full, ada_of(full))

    assert traces(after) == []
    assert not after.steps
    assert not after.sources
    assert after.pending is None
    assert not after.brought.source
    assert after.version > full.version


def test_from_the_present_tables_they_and_all_that_names_them_are_gone(full: Workspace):
    after = forget(full, ada_of(full))
    assert after.people is not None
    assert after.network is not None
    assert after.roster is not None

    assert [m.name for m in after.roster.members] == [
        *("Bo Reed", "Chi Moss", "Dov Ash", "Joada Quillan", "Eun Ada")
    ]
    assert [m.turns_to for m in after.roster.members] == [("Chi Moss",), ("P-20",), ("Bo Reed",), (), ()]
    assert [m.prefers for m in after.roster.members] == [(), (), ("Bo Reed",), (), ()]
    assert [row[5] for row in after.people.rows] == ["", "Dov Ash", "", "", ""]
    assert after.frictions.rows == (("P-19", "P-20", "avoid", "Ada says so."),)  # Eun Ada, perhaps
    assert after.rules.rows == (("apart", "P-19; P-20", ""), ("at most", "every group", "location=Oslo:2"))
    assert after.projects.rows == (("Port", "3", "", "", "Bo Reed"),)
    assert [row[:2] for row in after.network.rows] == [(CHI, DOV)]
    assert after.settings.absent == ("P-21",)
    assert [p.message for p in after.found_people.problems] == []
    assert after.found_rules.problems == after.found_frictions.problems == after.found_projects.problems == ()


def test_in_rounds_they_are_a_former_member_and_nothing_else(full: Workspace, plan: Plan):
    after = forget(full, ada_of(full))
    used, foreign = after.rounds

    assert ("", "", "Former member 1", home(plan, ADA)) in used.sheet.rows
    assert len(used.sheet.rows) == len(full.rounds[0].sheet.rows)
    assert used.name == "After Former member 1's holiday"
    assert foreign.sheet.rows == (
        ("Red", "Former member 1", "Bo Reed", "by Former member 1"),
        ("Blue", "Chi Moss", "Dov Ash", ""),
    )
    assert used.notes[0].led_by == "Former member 1"
    assert used.notes[0].pairs_badly == (("Former member 1", BO),)
    assert used.notes[0].remark.endswith("Former member 1 led. Eun Ada did not.")
    assert all(not found.problems for found in after.found_rounds)
    assert round_of(after, after.kept[0].plan) is used


def test_a_plan_keeps_its_scores_and_its_groups_and_tells_nothing_else_of_them(plan: Plan, full: Workspace):
    after = forget(plan, ada_of(full))
    former = after.brief.roster.find("Former member 1")

    assert traces(after) == []
    assert (after.score, after.bound, after.goals) == (plan.score, plan.bound, plan.goals)
    assert [group.score for group in after.groups] == [group.score for group in plan.groups]
    assert former == Member("Former member 1", plan.brief.roster.find(ADA).superpowers)
    assert [len(group.members) for group in after.groups] == [len(group.members) for group in plan.groups]
    assert "Former member 1" in after.groups[[g.name for g in plan.groups].index(home(plan, ADA))].members
    assert "Former member 1" in json.dumps(after.to_dict())
    assert any("Zanzibar" in reason.text for group in plan.groups for reason in group.reasons)
    assert {f.note for f in after.brief.frictions} == {"", "Ada says so."}
    fits = {
        frozenset((a, b)): plan.fit(a, b) for a in plan.brief.indices for b in plan.brief.indices if a != b
    }
    alike = {ADA: "Former member 1"}
    assert all(after.fit(*(alike.get(k, k) for k in pair)) == fit for pair, fit in fits.items())


def test_a_draft_goes_on_from_where_it_was(full: Workspace, plan: Plan):
    after = forget(full, ada_of(full))
    before, draft = full.draft, after.draft
    assert before is not None
    assert draft is not None

    assert draft.plan is after.kept[0].plan is after.kept[0].then.again.start is after.again.start  # type: ignore[union-attr]
    assert draft.locked_members == {"Former member 1"}
    assert [fold(g.name) for g in draft.groups] == [fold(g.name) for g in before.groups]
    assert draft.can_redo
    assert len(draft.redo().steps) == 1
    assert draft.goals["complement"] == before.goals["complement"]


def test_the_next_plan_can_be_formed_from_one_with_a_former_member(full: Workspace):
    after = forget(full, ada_of(full))
    assert after.roster is not None
    assert after.again is not None

    again = form_duos(
        after.roster, absent=after.settings.absent, seconds=1, workers=1, start=after.again.start
    )

    assert sum(len(group.members) for group in again.groups) == 4


def test_what_jobs_hold_is_rid_of_them_too(plan: Plan, full: Workspace):
    from matcher.plan.questions import Answer
    from matcher.work.runs import Question
    from matcher.work.tasks import Forming, WhyNot

    who = ada_of(full)
    assert full.roster is not None
    rotation = form_rounds(full.roster, rounds=2, seconds=1, workers=1)
    conflict = RulesConflict(
        ["Ada Quill is in Duo 1.", "Ada Quill is in Duo 2."],
        rules=(pins := [Pin((ADA,), "Duo 1"), Pin((ADA,), "Duo 2")]),
        cheapest=pins[1],
    )
    values: list[Any] = [
        *(rotation, conflict, InputError("“Ada Quill” is nobody on the roster.")),
        *(Answer(plan, 0.0, 1.0, "Ada Quill and Bo Reed would gain nothing."), [plan, plan]),
        *(
            Question("why", "Why is Ada Quill not with Bo Reed?", 3.0, Together((ADA, BO))),
            WhyNot(plan, ADA, BO),
        ),
        Forming(Round({"Red": (ADA, BO)})),
    ]
    for value in values:
        assert traces(forget(value, who)) == [], type(value)

    after = forget(conflict, who)
    assert after.cheapest is after.rules[1]


def test_nothing_of_them_is_left_in_the_database(full: Workspace, plan: Plan):
    from matcher.store.tables import jobs, nodes, workspaces
    from matcher.work.runs import remembered
    from matcher.work.server import server

    kept = server()
    id_ = kept.workspaces.begin(full)
    past, run = (kept.jobs.add(plan, remembered(full, draft), workspace=id_) for draft in (None, full.draft))
    kept.workspaces.change(id_, lambda work: replace(work, run=run, past=(past,)))

    after = forget_member(id_, ADA)

    with kept.database.reading() as connection:
        rows = [connection.execute(table.select()).all() for table in (jobs, nodes, workspaces)]
    ours = [row for some in rows for row in some if id_ in row]
    assert ours
    assert traces(str(ours).casefold()) == []
    looks = [kept.jobs.look(one) for one in (after.run, *after.past)]
    assert [look.plan.score for look in looks if look and look.plan] == [plan.score, plan.score]
    assert after.draft is not None
    assert looks[0] is not None
    assert after.draft.plan is looks[0].plan
    with pytest.raises(InputError, match="no longer on the roster; nothing was deleted"):
        forget_member(id_, ADA)
    kept.workspaces.delete(id_)


def test_a_value_that_never_knew_them_is_the_very_object(full: Workspace):
    plan = score_plan(Round({"One": ("X", "Y")}), roster_of({"X": "calm", "Y": "vision"}), seconds=0)
    note = GroupNote("Ada's", remark="Adamant; adaptable; ADA compliant")

    for value in (plan, PlanDraft.of(plan), Settings(absent=("X",)), note, Sheet("s", ("a",), (("Quill",),))):
        assert forget(value, ada_of(full)) is value


def test_each_former_member_has_a_number_of_their_own(full: Workspace):
    once = forget(full, ada_of(full))
    texts = [CODEC.text(node) for node in CODEC.parts(once).values()]
    assert once.roster is not None
    who = Forgotten.of(once.roster.find(BO), once.roster.members, next_number(texts))

    twice = forget(once, who)

    assert who.alias == "Former member 2"
    roster = twice.kept[0].plan.brief.roster
    assert {"Former member 1", "Former member 2"} <= {m.key for m in roster.members}
    assert traces(twice, "bo reed", "p-18", "bo@") == []
