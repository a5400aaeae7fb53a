"""No private word is in any copy for the team, whatever the plan and the format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.forming import score_plan
from matcher.goals import SCORED
from matcher.people.history import Round
from matcher.plan import Plan
from matcher.rules import Apart, Needs
from matcher.work.looking_back import noted
from matcher.work.rounds import use
from matcher.work.sheets import Sheet
from matcher.work.suggestions import suggestions, take
from matcher.work.workspace import Workspace
from tests.strategies_people import briefs, plans
from tests.told import WRITERS, everything, legible, messages, told_plan

NOTE, PAY, WISH, COLUMN = "zqnotezq", "zqpayzq", "zqwishzq", "zqcolumnzq"
MARKERS = (NOTE, PAY, WISH, COLUMN)
WORDS = ("friction", "rather not", "never work", " apart", "clash", "avoid", "sought after", "wished")
SCORES = ("score", r"\bfit\b", "of 100")


@st.composite
def secret_plans(draw: st.DrawFn) -> Plan:
    """Plans of people with frictions, notes and columns that are nobody else's business."""
    brief = draw(briefs(least=3, most=8))
    groups = draw(plans(brief))
    members = tuple(
        replace(
            m,
            cells={"name": m.name, "superpowers": "; ".join(m.superpowers), COLUMN: PAY, "likes": WISH},
            attributes={**m.attributes, COLUMN: draw(st.sampled_from([PAY, ""]))},
            wants=(WISH,),
            private=frozenset({"likes"}),
        )
        for m in brief.roster.members
    )
    roster = replace(brief.roster, members=members)
    able = [
        g.name
        for g in SCORED
        if not g.lacks(replace(brief, roster=roster, mix=(COLUMN,), not_alone=(COLUMN,)))
    ]
    goals = {name: "normal" for name in able if draw(st.booleans())}
    keys = [m.key for m in brief.members]
    rules = [Needs("every group", "at most", COLUMN, PAY, len(keys))] if PAY in str(members) else []
    return score_plan(
        Round({f"Team {g + 1}": tuple(keys[i] for i in group) for g, group in enumerate(groups)}),
        roster,
        frictions=[replace(friction, note=NOTE) for friction in brief.frictions],
        rules=[*(r for r in rules if any(m.attributes[COLUMN] for m in members)), Apart((keys[0], keys[-1]))],
        history=brief.rounds,
        goals=goals,
        mix=[COLUMN],
        not_alone=[COLUMN],
        seconds=0.2,
    )


def leaks(data: bytes, words: tuple[str, ...], look: Callable[[bytes], str] = everything) -> list[str]:
    text = look(data).lower()
    return [word for word in words if re.search(word, text)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(secret_plans())
def test_no_copy_for_the_team_has_a_private_word(plan: Plan):
    for name, write in WRITERS.items():
        assert leaks(write(plan, "team"), (*MARKERS, *WORDS)) == [], name
    assert leaks(messages(plan), (*MARKERS, *WORDS)) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(secret_plans())
def test_the_team_is_always_told_why(plan: Plan):
    assert all(group.told_why("team") for group in plan.groups)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(secret_plans())
def test_no_copy_for_the_team_has_a_figure_that_rates_anybody(plan: Plan):
    for name, write in WRITERS.items():
        if name == "json":
            told = json.loads(write(plan, "team"))
            if len(plan.groups) == 1:  # the whole plan's figures would be this group's
                figures = [told[key] for key in ("score", "bound", "gap_percent")]
                assert {*figures, *list(told["baseline"].values())[:2]} == {None}
                assert not told["goals"]
            assert {*told["goals"]} <= {"complement", "coverage"}
            assert all(not {"score", "goals"} & group.keys() for group in told["groups"])
        else:
            assert leaks(write(plan, "team"), SCORES, legible) == [], name


@st.composite
def looked_back(draw: st.DrawFn) -> tuple[Workspace, Plan]:
    """A workspace after a round with private words about every group, and the next plan, with all taken."""
    number = draw(st.integers(4, 8))
    rows = tuple((f"Person {i}", draw(st.sampled_from(["Vision", "Calm; Grit"]))) for i in range(number))
    work = Workspace().with_people(Sheet("people", ("name", "superpowers"), rows))
    roster = work.roster
    assert roster is not None
    keys = draw(st.permutations([member.key for member in roster.members]))
    cuts = [keys[:2], keys[2:]]
    plan = score_plan(
        Round({f"Team {n}": tuple(group) for n, group in enumerate(cuts, 1)}), roster, seconds=0.1
    )
    work = use(work, plan, name=f"{NOTE} round")
    id_ = work.rounds[0].id
    for n, group in enumerate(cuts, 1):
        words = dict.fromkeys(("remark", "goals", "actions"), f"{NOTE} {WISH}")
        work = noted(work, id_, f"Team {n}", rating=draw(st.integers(1, 5)), led_by=group[0], **words)
        field = draw(st.sampled_from(["pairs_badly", "pairs_well"]))
        work = noted(work, id_, f"Team {n}", **{field: ((group[0], group[1]),)})
    offered = suggestions(work)
    assert offered
    for one in offered:
        work = take(work, one)
    following = score_plan(
        Round({"Team A": tuple(keys[::2]), "Team B": tuple(keys[1::2])}),
        roster,
        frictions=work.found_frictions.value,
        rules=work.found_rules.value,
        history=work.history,
        goals={"fresh": "normal"},
        seconds=0.1,
    )
    return work, following


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(looked_back())
def test_what_a_manager_noted_of_a_round_is_in_no_copy_for_the_team(case: tuple[Workspace, Plan]):
    work, plan = case
    assert any(friction.note for friction in work.found_frictions.value) or work.found_rules.value
    words = (NOTE, WISH, "went badly", "rated", r"worked (badly|well)", "suggest", "friction")
    for name, write in WRITERS.items():
        assert leaks(write(plan, "team"), words) == [], name
    assert leaks(messages(plan), words) == []


@pytest.mark.parametrize("name", WRITERS)
def test_the_search_finds_what_the_managers_copy_has(name: str):
    if name != "duos":  # it holds what each group talks about, like the others
        assert leaks(WRITERS[name](told_plan(), "manager"), ("secretnote",)) == ["secretnote"]


@pytest.mark.parametrize("name", WRITERS)
def test_the_teams_copy_of_a_plan_with_everything_is_free_of_it(name: str):
    assert leaks(WRITERS[name](told_plan(), "team"), ("secretnote", "ratedlow", "rating", *WORDS)) == []
