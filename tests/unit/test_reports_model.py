"""What a copy of a plan says, in order, and to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.files import plan_html, plan_pdf
from matcher.forming import form_duos
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.plan import Plan, report
from matcher.plan.report import Report, columns_told, rules_told
from matcher.rules import Needs
from tests.strategies_people import CATALOGUE, roster_of
from tests.told import html_text, pdf_text, told_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return told_plan()


@pytest.fixture(scope="module")
def mine(plan: Plan) -> Report:
    return Report(plan, "manager")


@pytest.fixture(scope="module")
def theirs(plan: Plan) -> Report:
    return Report(plan, "team")


def test_the_manager_reads_first_what_was_formed_when_and_how_good_it_is(mine: Report, plan: Plan):
    assert mine.title == "Plan: 2 teams"
    assert mine.when == "2 March 2026"
    assert mine.summary == (
        "6 people in 2 teams.",
        f"Score {plan.score:.1f} of 100.",
        "Breaks 1 rule, so it is no match for plans that keep them all.",
        plan.against_chance,
    )


def test_the_team_reads_first_what_was_formed_and_no_figure_that_rates_it(theirs: Report):
    assert theirs.title == "Our teams"
    assert theirs.summary[0] == "6 people in 2 teams."
    assert (theirs.figures, theirs.values, theirs.rules, theirs.grid.rows, theirs.chance) == (
        (),
        (),
        (),
        (),
        "",
    )


def test_the_figures_are_the_plans_own(mine: Report, plan: Plan):
    assert [(v.label, v.value) for v in mine.figures][:2] == [("Score", plan.score), ("At most", plan.bound)]
    assert [v.value for v in mine.values] == list(plan.goals.values())
    assert [card.score for card in mine.cards] == [group.score for group in plan.groups]
    assert [[v.value for v in card.values] for card in mine.cards] == [
        [*g.goals.values()] for g in plan.groups
    ]


def test_a_card_says_who_why_and_what_to_begin_with(mine: Report, theirs: Report, plan: Plan):
    for card in (mine.cards[0], theirs.cards[0]):
        assert [(p.name, p.listed) for p in card.people] == [
            ("Ada", "Systems thinking, Calm"),
            ("Bo", "Experimentation"),
            ("Fay", "Provocation"),
        ]
        assert "Ada's systems thinking × Bo's experimentation: one maps, one tests (stated)." in card.why
        assert card.begin == plan.groups[0].exercise


def test_only_the_manager_reads_what_may_stand_between_people(mine: Report, theirs: Report):
    assert "Chi and Dov would rather not work together: secretnote." in mine.cards[1].talk_about
    assert all(card.score is None and not card.values and not card.talk_about for card in theirs.cards)
    assert not [why for card in theirs.cards for why in card.why if "rating" in why]


def test_pairs_tell_the_manager_the_fit_and_the_team_what_connects(mine: Report, theirs: Report, plan: Plan):
    assert [(p.group, p.first, p.second, p.fit) for p in mine.pairs][:2] == [
        ("Team 1", "Ada", "Bo", plan.fit("Ada", "Bo")),
        ("Team 1", "Ada", "Fay", plan.fit("Ada", "Fay")),
    ]
    assert len(mine.pairs) == mine.pair_count == 6
    assert "secretnote" in next(p.between for p in mine.pairs if (p.first, p.second) == ("Chi", "Dov"))
    assert all(pair.connects and pair.fit is None and not pair.between for pair in theirs.pairs)


def test_no_more_pairs_are_listed_than_anybody_reads(plan: Plan, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(report, "MOST_PAIRS", 4)

    assert len(Report(plan, "manager").pairs) == 4
    assert Report(plan, "manager").pair_count == 6


def test_the_grid_says_which_family_is_covered_by_whom(mine: Report):
    assert mine.grid.families == ("Vision", "Thinking", "Influence", "People", "Steadiness")
    assert mine.grid.rows == (("Team 1", (2, 2, 2, 0, 1)), ("Team 2", (2, 2, 0, 2, 0)))


def test_the_team_reads_no_rule_that_is_private_broken_or_about_a_column(plan: Plan):
    assert [rule.kept for rule in rules_told(plan, "manager")].count(False) == 1
    assert [rule.rule for rule in rules_told(plan, "team")] == [
        "Everybody present is in exactly one team of 3."
    ]


@pytest.mark.parametrize(("kind", "private"), [("family", False), ("Superpower", False), ("seniority", True)])
def test_a_need_by_a_column_is_private(kind: str, private: bool):
    assert Needs("every group", "at most", kind, "people", 1).private is private


def test_the_team_gets_no_column_of_the_rosters_but_who_somebody_is():
    member = Member(
        "Ada", id="7", email="a@x", attributes={"pay": "9"}, cells={"Wer": "Ada", "pay": "9", "likes": "Bo"}
    )

    assert columns_told(member, ["Calm", "Vision"], "manager") == {"Wer": "Ada", "pay": "9", "likes": "Bo"}
    assert columns_told(member, ["Calm", "Vision"], "team") == {
        "name": "Ada",
        "id": "7",
        "email": "a@x",
        "superpowers": "Calm; Vision",
    }


def test_settings_are_in_words_and_leave_out_what_was_not_used(mine: Report, theirs: Report):
    assert mine.settings["Sizes"] == "3 and 3"
    assert mine.settings["Importances"] == (
        "complement normal, coverage normal, calm normal, mix normal and weakest group normal; the others off"
    )
    assert mine.settings["Columns to mix"] == "rating"
    assert mine.settings["Absent"] == "Gil"
    assert "Past rounds" not in mine.settings
    assert theirs.settings == {"Formed on": "2 March 2026", "What was formed": "teams"}


def test_somebody_without_a_superpower_is_not_shamed():
    made = form_duos(roster_of({"Ada": "calm", "Bo": ""}), seconds=1)

    assert Report(made, "team").cards[0].people[1].listed == "superpower still to be found"


def test_two_of_one_name_are_told_apart():
    members = (Member("Ada", ("calm",), id="1"), Member("Ada", ("vision",), id="2"))
    made = form_duos(Roster(members, CATALOGUE), seconds=1)

    assert [p.name for p in Report(made, "team").cards[0].people] == ["Ada (1)", "Ada (2)"]


@pytest.mark.parametrize(
    ("score", "shown"), [(66.25, "66.2"), (66.75, "66.8"), (-0.25, "−0.2"), (-0.01, "0.0")]
)
def test_every_copy_rounds_a_figure_alike(plan: Plan, score: float, shown: str):
    group = replace(plan.groups[0], score=score)
    made = replace(plan, score=score, groups=(group, *plan.groups[1:]))

    for text in (html_text(plan_html(made)), pdf_text(plan_pdf(made))):
        assert f"Score {shown} of 100." in text
        assert f"Team 1 score {shown} " in text
