"""Rounds that were used: their dates and order, and what a manager notes about their groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matcher
from matcher.people.errors import InputError
from matcher.work.bringing import mend, sheet_of
from matcher.work.formats import CODEC
from matcher.work.looking_back import Summary, agreed, noted
from matcher.work.rounds import (
    GroupNote,
    UsedRound,
    can_move_back,
    free_name,
    groups_of,
    in_order,
    move_back,
    remove,
    rename,
    round_of,
    set_dates,
    use,
)
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

JANUARY, MARCH, JUNE = date(2026, 1, 12), date(2026, 3, 2), date(2026, 6, 1)


def people(*names: str) -> Workspace:
    rows = tuple((name, "Vision") for name in names)
    return Workspace().with_people(Sheet("people", ("name", "superpowers"), rows))


def with_file(work: Workspace, name: str, *groups: str) -> Workspace:
    """A round from a file; its groups are called 1, 2, …"""
    rows = [f"{who},{number}" for number, group in enumerate(groups, 1) for who in group.split()]
    return work.with_history_file("\n".join(["name,team", *rows, ""]).encode(), name)


@pytest.fixture
def work() -> Workspace:
    return people("Ada", "Bo", "Chi", "Dov")


@pytest.fixture
def one(work: Workspace) -> Workspace:
    return with_file(work, "spring.csv", "Ada Bo", "Chi Dov")


def names(work: Workspace) -> list[str]:
    return [used.name for used in work.rounds]


def a_round(name: str, begins: date | None = None, ends: date | None = None) -> UsedRound:
    return UsedRound(Sheet(name, ("name", "group")), begins, ends, name=name)


# dates and order


def test_dated_rounds_stand_in_the_order_of_their_dates_and_the_others_where_they_were():
    rounds = (a_round("b", JUNE), a_round("?"), a_round("c", JUNE, JUNE), a_round("a", None, MARCH))
    assert [used.name for used in in_order(rounds)] == ["a", "?", "c", "b"]
    assert in_order(in_order(rounds)) == in_order(rounds)


@pytest.mark.parametrize(
    ("begins", "ends", "when"),
    [
        (MARCH, JUNE, "2 March 2026 to 1 June 2026"),
        (MARCH, MARCH, "2 March 2026"),
        (MARCH, None, "since 2 March 2026"),
        (None, JUNE, "until 1 June 2026"),
        (None, None, ""),
    ],
)
def test_when_a_round_was_is_said_in_words(begins: date | None, ends: date | None, when: str):
    assert a_round("x", begins, ends).when == when


DATES = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.lists(st.tuples(DATES, DATES).filter(lambda d: None in d or d[0] <= d[1]), max_size=8))
def test_to_put_rounds_in_order_moves_only_those_with_dates(dates: list[tuple[date | None, date | None]]):
    rounds = tuple(a_round(str(number), *both) for number, both in enumerate(dates))
    ordered = in_order(rounds)
    assert sorted(used.name for used in ordered) == [used.name for used in rounds]
    assert [used.when == "" for used in ordered] == [used.when == "" for used in rounds]
    assert all(used is former for used, former in zip(ordered, rounds, strict=True) if not used.when)
    starts = [used.begins or used.ends for used in ordered if used.when]
    assert starts == sorted(starts)


def test_a_round_cannot_end_before_it_begins():
    message = "Spring cannot end on 2 March 2026, before it begins on 1 June 2026"
    with pytest.raises(InputError, match=message):
        a_round("Spring", JUNE, MARCH)


def test_a_plan_becomes_a_round_with_its_dates_and_is_known_to_be_one(work: Workspace):
    plan = matcher.form_duos(work.roster, seconds=1)
    assert round_of(work, plan) is None
    used = use(use(work, plan, JUNE), plan, MARCH, JUNE, "Spring")
    assert [(u.name, u.begins, u.ends) for u in used.rounds] == [
        ("Spring", MARCH, JUNE),
        ("Duos used on 1 June 2026", JUNE, None),
    ]
    assert round_of(used, plan) is used.rounds[1]
    assert [one.groups for one in used.history] == [{g.name: g.members for g in plan.groups}] * 2
    assert [one.name for one in used.history] == names(used)
    assert used.undone().rounds == used.rounds[1:]


def test_rounds_of_one_name_are_told_apart(work: Workspace):
    twice = with_file(with_file(work, "spring.csv", "Ada Bo"), "spring.csv", "Ada Chi")
    assert names(twice) == ["spring", "spring (2)"]
    assert free_name("Spring", twice.rounds) == "Spring (3)"


def test_a_file_with_several_rounds_is_several_rounds_whose_rows_keep_their_numbers(work: Workspace):
    text = "round,name,team\n1,Ada,A\n2,Ada,A\n1,Bo,A\n2,Chi,A\n2,Chi,B\n,,\n"
    both = work.with_history_file(text.encode(), "autumn.csv")
    assert names(both) == ["autumn 1", "autumn 2"]
    assert [one.groups for one in both.history] == [{"A": ("Ada", "Bo")}, {"A": ("Ada", "Chi")}]
    assert [[p.row for p in read.problems] for read in both.found_rounds] == [[], [6]]
    assert both.undone().rounds == ()


def test_a_round_is_renamed_unless_the_name_is_empty_or_taken(one: Workspace):
    two = with_file(one, "autumn.csv", "Ada Chi")
    id_ = two.rounds[0].id
    renamed = rename(two, id_, "  Our  spring ")
    assert names(renamed) == ["Our spring", "autumn"]
    assert [found.name for found in renamed.history] == names(renamed)
    assert rename(renamed, id_, "OUR spring").rounds[0].name == "OUR spring"
    with pytest.raises(InputError, match="Give the round a name; it is still called “spring”"):
        rename(two, id_, " ")
    with pytest.raises(InputError, match="A round is called “Autumn” already"):
        rename(two, id_, "Autumn")


def test_other_dates_put_a_round_at_its_place(one: Workspace):
    work = with_file(with_file(one, "autumn.csv", "Ada Chi"), "winter.csv", "Ada Dov")
    for place, begins in ((0, JUNE), (2, JANUARY)):
        work = set_dates(work, work.rounds[place].id, begins, None)
    assert names(work) == ["winter", "autumn", "spring"]
    with pytest.raises(InputError, match="before it begins"):
        set_dates(work, work.rounds[0].id, JUNE, MARCH)


def test_rounds_change_places_unless_their_dates_say_which_was_first(one: Workspace):
    work = with_file(with_file(one, "autumn.csv", "Ada Chi"), "winter.csv", "Ada Dov")
    assert names(move_back(work, work.rounds[2].id)) == ["spring", "winter", "autumn"]
    assert not can_move_back(work, 0)
    for place, begins in ((0, MARCH), (1, JUNE)):
        work = set_dates(work, work.rounds[place].id, begins, None)
    assert [can_move_back(work, place) for place in range(3)] == [False, False, True]
    assert move_back(work, work.rounds[1].id) is work


def test_a_round_that_is_gone_is_said_plainly(one: Workspace):
    id_ = one.rounds[0].id
    gone = remove(one, id_)
    assert gone.rounds == ()
    assert gone.undone().rounds == one.rounds
    for change in (remove, lambda w, i: rename(w, i, "x"), lambda w, i: noted(w, i, "1", rating=3)):
        with pytest.raises(InputError, match="no longer among the past rounds"):
            change(gone, id_)


def test_a_table_of_a_round_is_mended_in_its_place():
    work = with_file(people("Zoë", "Bo"), "spring.csv", "Zoë Bo")
    work = work.with_history_file(b"name,team\nZoe,1\nBo,1\n", "nearly.csv")
    (problem,) = work.found_rounds[1].problems
    assert sheet_of(work, "rounds.1") is work.rounds[1].sheet
    mended = mend(work, "rounds.1", problem.fixes[:1])
    assert mended.rounds[0] is work.rounds[0]
    assert groups_of(mended, work.rounds[1].id) == {"1": ("Zoë", "Bo")}
    assert mended.rounds[1].name == "nearly"


# notes


def test_what_is_noted_stays_with_its_group_and_can_be_undone(one: Workspace):
    id_ = one.rounds[0].id
    work = noted(one, id_, "1", rating=4)
    work = noted(work, id_, "2", remark="Slow", led_by="Chi")
    work = noted(work, id_, "1", goals="Two launches")
    assert [note.group for note in work.rounds[0].notes] == ["1", "2"]
    assert work.rounds[0].note("1") == GroupNote("1", 4, goals="Two launches", members=("Ada", "Bo"))
    assert work.rounds[0].note("2").led_by == "Chi"
    assert work.rounds[0].note("3") == GroupNote("3")
    assert work.steps[-1].what == "the goals of 1 in spring"
    assert work.undone().rounds[0].note("1").goals == ""
    assert work.undone().rounds[0].note("2").remark == "Slow"


def test_text_that_is_kept_while_it_is_typed_is_one_step(one: Workspace):
    id_, work = one.rounds[0].id, one
    for text in ("S", "Sl", "Slow"):
        work = noted(work, id_, "1", remark=text)
    assert len(work.steps) == len(one.steps) + 1
    assert work.undone().rounds == one.rounds
    again = noted(noted(work, id_, "2", remark="x"), id_, "1", remark="Slow but sure")
    assert len(again.steps) == len(one.steps) + 3
    assert again.undone().rounds[0].note("1").remark == "Slow"


def test_a_note_that_is_emptied_is_gone_and_nothing_new_is_no_change(one: Workspace):
    id_ = one.rounds[0].id
    assert noted(one, id_, "1", remark="") is one
    work = noted(one, id_, "1", actions="Meet weekly")
    work = noted(work, id_, "1", done=True)
    assert noted(work, id_, "1", done=True) is work
    assert noted(work, id_, "1", actions="").rounds[0].notes == ()


def test_what_somebody_else_noted_meanwhile_is_not_overwritten(one: Workspace):
    id_ = one.rounds[0].id
    theirs = noted(one, id_, "1", "", remark="Quick")
    with pytest.raises(
        InputError, match=r"the remark on 1 in spring .* theirs is shown now. You wrote: “Slow”"
    ):
        noted(theirs, id_, "1", "", remark="Slow")
    assert noted(theirs, id_, "1", "", remark="Quick") is theirs
    assert noted(theirs, id_, "1", "Quick", remark="Quick, then slow").rounds[0].note("1").remark
    assert noted(theirs, id_, "1", 0, rating=3).rounds[0].note("1").rating == 3


def test_a_pair_worked_either_badly_or_well(work: Workspace):
    work = with_file(work, "spring.csv", "Ada Bo Chi", "Dov")
    id_ = work.rounds[0].id
    work = noted(work, id_, "1", pairs_badly=(("Ada", "Bo"), ("Ada", "Chi")))
    work = noted(work, id_, "1", pairs_well=(("Ada", "Bo"),))
    note = work.rounds[0].note("1")
    assert (note.pairs_badly, note.pairs_well) == ((("Ada", "Chi"),), (("Ada", "Bo"),))


@pytest.mark.parametrize("rating", [-1, 6])
def test_a_rating_is_one_to_five(rating: int):
    with pytest.raises(ValueError, match=f"rated 1 to 5, not {rating}"):
        GroupNote("1", rating)


def test_the_summary_counts_what_is_rated_and_names_the_ends(work: Workspace):
    notes = (
        GroupNote("1", 5, actions="Write it down"),
        GroupNote("2", 2),
        GroupNote("3", 2, actions="Ask Ada", done=True),
        GroupNote("gone", 1),
    )
    summary = Summary.of(replace(a_round("x"), notes=notes), ["1", "2", "3", "4"])
    assert (summary.groups, summary.rated, summary.mean) == (4, 3, 3)
    assert (summary.best, summary.worst) == (("1",), ("2", "3"))
    assert [note.group for note in summary.open] == ["1"]
    assert Summary.of(a_round("x"), ["1"]) == Summary(1, 0, None, (), (), ())
    alike = Summary.of(replace(a_round("x"), notes=notes[1:3]), ["2", "3"])
    assert (alike.mean, alike.best, alike.worst) == (2, (), ())


def test_what_was_agreed_last_is_what_is_not_done(one: Workspace):
    assert agreed(one) is None
    work = noted(one, one.rounds[0].id, "1", goals="Ship")
    work = noted(work, one.rounds[0].id, "2", actions="Talk", rating=3)
    later = with_file(work, "autumn.csv", "Ada Chi")
    later = noted(later, later.rounds[1].id, "1", rating=3)
    used, notes = agreed(later)
    assert (used.name, [note.group for note in notes]) == ("spring", ["1", "2"])
    done = noted(later, one.rounds[0].id, "2", done=True)
    assert [note.group for note in agreed(done)[1]] == ["1"]


def test_rounds_and_notes_are_kept_and_read_back(one: Workspace):
    work = noted(one, one.rounds[0].id, "1", rating=1, led_by="Ada", pairs_badly=(("Ada", "Bo"),))
    work = set_dates(work, one.rounds[0].id, MARCH, JUNE)
    texts = {digest: CODEC.text(node) for digest, node in CODEC.parts(work).items()}
    back = CODEC.read(CODEC.digest(work), lambda digests: {digest: texts[digest] for digest in digests})
    assert back.rounds == work.rounds
    assert back.history == work.history
    assert back.undone().rounds == work.undone().rounds
