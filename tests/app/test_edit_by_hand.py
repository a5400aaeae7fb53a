from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from matcher.plan.draft import PlanDraft
from matcher.ui.parts.better_swaps import SWAPS
from matcher.ui.parts.board import CHANGE
from matcher.ui.parts.change import AGAIN, HAND
from matcher.ui.parts.edit_by_hand import Shown, Wish
from tests.app.conftest import seen

A, B = "Tendai Moyana", "Chloë Verhaag"


@pytest.fixture
def board(sample):
    return sample.go("form").form().go("plan")


@pytest.fixture
def teams(sample):
    sample.go("form").choose("kind", "teams").choose("least", 3).choose("most", 5)
    return sample.form("teams").go("plan")


def wish(app, **given):
    """Leave what the board reports after somebody was dropped on somebody or a group."""
    app.at.session_state["plan_wish"] = Wish(**given), app.work.run
    app.at.run()
    return app


def homes(plan):
    return {key: group.name for group in plan.groups for key in group.members}


def view(app, kind=HAND):
    app.at.session_state["plan_view"] = CHANGE
    app.at.session_state["change_kind"] = kind
    app.at.run()
    return app


def labels(app):
    return [button.label for button in app.at.button]


def test_a_swap_shows_what_it_does_before_it_counts(board):
    before = board.plan
    after = PlanDraft.of(before).swap(A, B)
    wish(board, member=A, other=B)
    assert "swap places" in board.said
    table = board.at.table[-1].value.astype(str)
    shown = " ".join(table.to_numpy().ravel())
    effect = PlanDraft.of(before).effect(after)
    assert f"{effect.score.before:.1f} → **{effect.score.after:.1f}**" in shown
    for group in effect.groups:
        assert f"{group.score.before:.1f} → **{group.score.after:.1f}**" in shown
    assert board.plan is before
    board.press("Leave it as it is")
    assert board.plan is before


def test_a_swap_that_is_applied_is_the_plan_and_its_score_is_the_engines(board):
    before = board.plan
    wish(board, member=A, other=B).press("Apply")
    home, was = homes(board.plan), homes(before)
    assert (home[A], home[B]) == (was[B], was[A])
    assert {key for key in home if home[key] != was[key]} == {A, B}
    assert board.plan.score == pytest.approx(PlanDraft.of(before).swap(A, B).score)
    assert any("Changed by hand: 1 change" in e.label for e in board.at.expander)
    assert f"{board.plan.score:.1f}" == board.at.metric[0].value


def test_changes_are_taken_back_and_done_again(board):
    formed = board.plan
    assert "Undo" not in labels(board)
    wish(board, member=A, other=B).press("Apply")
    once = homes(board.plan)
    wish(board, member="Bilal Qasmieh", other=B).press("Apply")
    twice = homes(board.plan)
    assert homes(board.press("Undo").plan) == once
    assert board.press("Undo").plan is formed
    assert not any("Changed by hand" in e.label for e in board.at.expander)
    board.press("Redo").press("Redo")
    assert homes(board.plan) == twice
    assert [button.disabled for button in board.at.button if button.label == "Redo"] == [True]
    board.press("Drop all changes by hand")
    assert board.plan is formed


def test_many_changes_are_one_plan_to_go_back_from(board):
    run = board.work.run
    for other in (B, "Bilal Qasmieh", "Søren Kjærbo"):
        wish(board, member=A, other=other).press("Apply")
    assert board.work.past == (run,)


def test_what_breaks_a_rule_is_in_red_and_in_words_and_can_still_be_done(board):
    home = homes(board.plan)
    mate = next(k for k in home if home[k] == home["Bilal Qasmieh"] and k != "Bilal Qasmieh")
    wish(board, member=mate, other="Søren Kjærbo")
    assert any("Breaks 1 rule" in error.proto.title for error in board.at.error)
    assert "Bilal Qasmieh and Søren Kjærbo never work together" in board.said
    board.press("Apply all the same")
    assert sum(not rule.kept for rule in board.plan.rules) == 1
    titles = [seen(error.proto.title) for error in board.at.error]
    assert any(title.startswith("Breaks 1 rule, so it is no match") for title in titles)
    assert not board.at.success
    card = next(card for card in board.cards if card["name"] == home["Bilal Qasmieh"])
    assert "breaks 1 rule" in [mark["text"] for mark in card["marks"]]


def test_what_cannot_be_done_is_a_sentence(board):
    board_group = board.plan.groups[0]
    wish(board, member=board_group.members[0], other=board_group.members[1])
    assert "choose people of two groups" in board.said
    board.press("Close")
    assert not board.at.exception


def test_a_wish_about_a_plan_that_is_gone_is_left(board):
    board.at.session_state["plan_wish"] = Wish(A, other=B), "another run"
    board.at.run()
    assert "Apply" not in labels(board)


def test_what_is_considered_outlives_a_redraw_until_it_is_answered(board):
    wish(board, member=A, other=B)
    board.at.run()
    board.at.run()
    board.press("Apply")
    assert board.work.draft.changed
    assert not any(label.startswith("Apply") for label in labels(board))
    wish(board, member=A, other="Bilal Qasmieh").press("Leave it as it is")
    board.at.run()
    assert "Leave it as it is" not in labels(board)


def test_an_edit_is_done_to_the_plan_that_was_shown_and_pressing_twice_is_pressing_once(board):
    with_step = PlanDraft.of(board.plan).swap(A, B).steps
    shown = Shown(board.work.run, with_step)
    before = homes(board.plan)
    twice = AppTest.from_function(
        press_twice, args=(board.work.id, Wish(A, other=B), shown), default_timeout=20
    )
    twice.run()
    assert not twice.exception
    board.at.run()
    assert homes(board.plan)[A] == before[B]
    assert len(board.work.draft.steps) == 1

    other = Wish("Bilal Qasmieh", other=B)
    stale = Shown(shown.run, PlanDraft.of(board.plan).swap("Bilal Qasmieh", B).steps)
    late = AppTest.from_function(press_twice, args=(board.work.id, other, stale), default_timeout=20).run()
    assert "The plan was changed meanwhile." in str(late.session_state["message"])
    assert len(board.work.draft.steps) == 1


def press_twice(workspace, wish, shown):
    """What the server does when a button is pressed again before the page is drawn anew."""
    from matcher.ui.parts.edit_by_hand import apply
    from matcher.ui.state import enter

    enter(workspace)
    apply(wish, shown)
    apply(wish, shown)


def test_somebody_moves_by_plain_widgets(teams):
    teams = view(teams)
    member = teams.plan.groups[0].members[0]
    target = teams.plan.groups[1].name
    teams.at.selectbox(key="hand_member").set_value(member).run()
    assert not any(label.startswith("Apply") for label in labels(teams))
    teams.at.selectbox(key="hand_place").set_value(("group", target)).run()
    assert f"moves from {teams.plan.groups[0].name} to {target}." in teams.said
    teams.press("Apply")
    assert homes(teams.plan)[member] == target
    assert teams.at.selectbox(key="hand_member").value is None


def test_somebody_is_swapped_by_plain_widgets(board):
    view(board)
    before = homes(board.plan)
    board.at.selectbox(key="hand_member").set_value(A).run()
    board.at.selectbox(key="hand_place").set_value(("member", B)).run()
    board.press("Apply")
    assert homes(board.plan)[A] == before[B]


def test_a_new_team_comes_with_the_first_who_moves_and_goes_with_the_last(teams):
    view(teams)
    number, member = len(teams.plan.groups), teams.plan.groups[0].members[0]
    home = teams.plan.groups[0].name
    teams.at.selectbox(key="hand_member").set_value(member).run()
    teams.at.selectbox(key="hand_place").set_value(("new", "")).run()
    teams.press("Apply")
    assert len(teams.plan.groups) == number + 1
    new = homes(teams.plan)[member]
    wish(teams, member=member, group=home).press("Apply")
    assert len(teams.plan.groups) == number
    assert new not in {group.name for group in teams.plan.groups}
    teams.press("Undo")
    assert homes(teams.plan)[member] == new
    teams.press("Undo")
    assert len(teams.plan.groups) == number
    teams.press("Redo")
    assert homes(teams.plan)[member] == new


def test_better_swaps_lift_the_weakest_group(board):
    for other in (B, "Bilal Qasmieh", "Søren Kjærbo"):
        wish(board, member=A, other=other).press("Apply")
    view(board, SWAPS)
    worst = min(board.plan.groups, key=lambda g: g.score)
    assert board.at.selectbox(key="swaps_group").value == worst.name
    before = board.plan
    board.press("Apply")
    lifted = next(g for g in board.plan.groups if g.name == worst.name)
    assert lifted.score > worst.score
    assert board.plan is not before


def test_who_is_locked_cannot_be_moved_until_unlocked(board):
    view(board)
    board.at.multiselect(key="locked_members").set_value([A]).run()
    assert board.work.draft.locked_members == {A}
    wish(board, member=A, other=B)
    assert f"{A} is locked" in board.said
    board.at.session_state["plan_view"] = "The groups"
    board.at.run()
    locked = {m["name"] for card in board.cards for m in card["members"] if m["locked"]}
    assert locked == {A}
    view(board).at.multiselect(key="locked_members").set_value([]).run()
    wish(board, member=A, other=B).press("Apply")
    assert board.work.draft.changed


def test_who_is_locked_stays_when_the_rest_is_formed_again(board):
    before = homes(board.plan)
    group = board.plan.groups[1].name
    view(board)
    board.at.multiselect(key="locked_members").set_value([A]).run()
    board.at.multiselect(key="locked_groups").set_value([group]).run()
    view(board, AGAIN).press("Form the rest again").ended()
    after = homes(board.plan)
    assert after[A] == before[A]
    assert {k for k in after if after[k] == group} == {k for k in before if before[k] == group}
    board.at.session_state["plan_view"] = "The groups"
    board.at.run()
    assert [card["name"] for card in board.cards if card["locked"]] == [group]
    assert {m["name"] for card in board.cards for m in card["members"] if m["locked"]} == {A}


def test_a_plan_changed_by_hand_is_what_is_formed_from_again(board):
    wish(board, member=A, other=B).press("Apply")
    by_hand = board.plan
    view(board, AGAIN)
    board.at.session_state[f"again_most_{board.work.run}"] = 0
    board.press("Form the rest again").ended()
    assert homes(board.plan) == homes(by_hand)


def test_another_session_sees_what_was_changed_and_can_take_it_back(board):
    formed = board.plan
    wish(board, member=A, other=B).press("Apply")
    other = AppTest.from_file(board.at._script_path, default_timeout=20)
    for name in ("workspace", "run"):
        other.query_params[name] = board.at.query_params[name]
    board.at = other.run()
    board.go("plan")
    assert board.press("Undo").plan is formed
