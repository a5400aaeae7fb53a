"""What past rounds suggest: each case beside its twin in which nothing, or the other thing, is suggested."""

from __future__ import annotations

import pytest

from matcher.people.errors import InputError
from matcher.people.friction import Friction, Severity
from matcher.rules import Together
from matcher.work.bringing import bring_table
from matcher.work.brought import Brought
from matcher.work.looking_back import noted
from matcher.work.rounds import remove, set_dates
from matcher.work.sheets import Sheet
from matcher.work.suggestions import Offer, leave, named, suggestions, take
from matcher.work.workspace import NO_FRICTIONS, NO_PEOPLE, NO_RULES, Workspace
from tests.unit.test_used_rounds import JANUARY, JUNE, people, with_file

AVOID, TOGETHER = Offer.AVOID, Offer.TOGETHER


def duos(*ratings: int) -> Workspace:
    """Ada and Bo, and Chi and Dov, in as many rounds as there are ratings of Ada and Bo; 0 is none."""
    work = people("Ada", "Bo", "Chi", "Dov")
    for number, rating in enumerate(ratings, 1):
        work = with_file(work, f"round {number}.csv", "Bo Ada", "Chi Dov")
        if rating:
            work = noted(work, work.rounds[-1].id, "1", rating=rating)
    return work


def offers(work: Workspace) -> list[tuple[Offer, tuple[str, str]]]:
    return [(one.offer, one.pair) for one in suggestions(work)]


@pytest.mark.parametrize(
    ("ratings", "offered"),
    [
        ([1], AVOID),
        ([2], AVOID),
        ([3], None),
        ([4], TOGETHER),
        ([5], TOGETHER),
        ([0], None),
        ([5, 1], AVOID),
        ([1, 5], TOGETHER),
        ([1, 3], None),
        ([1, 0], AVOID),
    ],
)
def test_a_duo_is_offered_by_the_latest_word(ratings: list[int], offered: Offer | None):
    assert offers(duos(*ratings)) == ([(offered, ("Ada", "Bo"))] if offered else [])


def test_the_latest_is_by_date_where_there_are_dates():
    work = duos(5, 1)
    first, second = (used.id for used in work.rounds)
    assert offers(work) == [(AVOID, ("Ada", "Bo"))]
    work = set_dates(set_dates(work, first, JUNE, None), second, JANUARY, None)
    assert offers(work) == [(TOGETHER, ("Ada", "Bo"))]


def test_the_reason_names_the_round_and_counts_those_that_agree():
    (one,) = suggestions(duos(2))
    assert one.why == "round 1: rated 2 of 5."
    (two,) = suggestions(duos(1, 5, 2))
    assert two.why == "round 3: rated 2 of 5; 1 earlier round says the same."
    (three,) = suggestions(duos(1, 1, 2))
    assert three.why == "round 3: rated 2 of 5; 2 earlier rounds say the same."


def test_of_a_team_only_named_pairs_are_offered_never_all_of_it():
    work = with_file(people("Ada", "Bo", "Chi", "Dov"), "teams.csv", "Ada Bo Chi Dov")
    id_ = work.rounds[0].id
    rated = noted(work, id_, "1", rating=1)
    assert offers(rated) == []
    work = noted(rated, id_, "1", pairs_badly=(("Chi", "Dov"),))
    work = noted(work, id_, "1", pairs_well=(("Ada", "Bo"),))
    assert offers(work) == [(AVOID, ("Chi", "Dov")), (TOGETHER, ("Ada", "Bo"))]
    assert suggestions(work)[0].why == "teams: worked badly together in 1."


def test_a_trio_of_whom_one_left_is_no_duo():
    work = with_file(people("Ada", "Bo", "Chi"), "trio.csv", "Ada Bo Chi")
    work = noted(work, work.rounds[0].id, "1", rating=1)
    rows = (("Ada", "Vision"), ("Bo", "Vision"))
    left = work.with_people(Sheet("people", NO_PEOPLE.header, rows))
    assert left.history[0].groups == {"1": ("Ada", "Bo")}
    assert offers(left) == []


def test_nothing_is_offered_about_somebody_who_left():
    work = duos(1)
    assert offers(work)
    rows = (("Ada", "Vision"), ("Chi", "Vision"))
    assert offers(work.with_people(Sheet("people", NO_PEOPLE.header, rows))) == []


def test_whoever_was_given_an_id_since_is_still_known():
    rows = (("a1", "Ada", "Vision"), ("b1", "Bo", "Vision"))
    work = duos(1).with_people(Sheet("people", ("id", "name", "superpowers"), rows))
    assert offers(work) == [(AVOID, ("a1", "b1"))]
    taken = take(work, suggestions(work)[0])
    assert taken.found_frictions.value[0].a == "a1"


@pytest.mark.parametrize(
    ("table", "row", "settled"),
    [
        ("frictions", ("Bo", "Ada", "never", ""), True),
        ("frictions", ("Ada", "Bo", "avoid", ""), True),
        ("frictions", ("Ada", "Chi", "never", ""), False),
        ("rules", ("together", "Ada; Bo", ""), True),
        ("rules", ("apart", "Chi; Ada; Bo", ""), True),
        ("rules", ("together", "Ada; Chi", ""), False),
        ("rules", ("pin", "Ada; Bo", "Team 1"), False),
    ],
)
@pytest.mark.parametrize("rating", [1, 5])
def test_nothing_is_offered_where_a_friction_or_a_rule_says_it(
    table: str, row: tuple[str, ...], settled: bool, rating: int
):
    header = {"frictions": NO_FRICTIONS, "rules": NO_RULES}[table].header
    work = duos(rating).replaced("x", **{table: Sheet("t", header, (row,))})
    assert (offers(work) == []) is settled


def test_to_avoid_is_a_friction_with_a_note_and_one_step_to_undo():
    work = duos(2)
    (one,) = suggestions(work)
    assert named(work, one) == "Ada and Bo"
    taken = take(work, one)
    assert taken.found_frictions.value == (Friction("Ada", "Bo", Severity.AVOID, "round 1 went badly"),)
    assert taken.found_frictions.problems == ()
    assert suggestions(taken) == ()
    assert taken.steps[-1].what == "avoid Ada and Bo"
    assert taken.version == work.version + 1  # the editor has to begin anew
    assert taken.undone().frictions == work.frictions
    assert offers(taken.undone()) == [(AVOID, ("Ada", "Bo"))]


def test_to_keep_together_is_a_rule_beside_those_that_there_are():
    work = bring_table(duos(5), "rules", Brought(b"rule,who,value\npin,Chi,Duo 1\n", "rules.csv"))
    taken = take(work, suggestions(work)[0])
    assert taken.found_rules.value[1:] == (Together(("Ada", "Bo")),)
    assert taken.rules.rows[:1] == work.rules.rows
    assert taken.undone().rules is work.rules


def test_frictions_in_the_form_of_other_tools_stay_when_one_is_taken():
    work = bring_table(duos(1), "frictions", Brought(b"name,other 1,other 2\nChi,Dov,Bo\n", "theirs.csv"))
    before = work.found_frictions.value
    assert len(before) == 2
    assert take(work, suggestions(work)[0]).found_frictions.value[:-1] == before


def test_what_was_left_is_offered_again_only_when_another_round_says_so():
    work = duos(1)
    work = leave(work, suggestions(work)[0])
    assert suggestions(work) == ()
    assert offers(work.undone()) == [(AVOID, ("Ada", "Bo"))]
    again = noted(work, work.rounds[0].id, "1", rating=2)
    assert suggestions(again) == ()  # the same round
    for rating, offered in ((2, AVOID), (3, None), (5, TOGETHER)):
        later = with_file(work, "later.csv", "Ada Bo")
        later = noted(later, later.rounds[-1].id, "1", rating=rating)
        assert offers(later) == ([(offered, ("Ada", "Bo"))] if offered else [])


def test_what_was_left_stays_left_when_the_latest_of_its_rounds_goes():
    work = duos(1, 2)
    work = leave(work, suggestions(work)[0])
    assert suggestions(remove(work, work.rounds[1].id)) == ()


def test_what_is_no_longer_suggested_cannot_be_taken():
    work = duos(1)
    (one,) = suggestions(work)
    for change in (take, leave):
        with pytest.raises(InputError, match="no longer suggested"):
            change(remove(work, work.rounds[0].id), one)


def test_without_a_roster_or_notes_nothing_is_suggested():
    assert suggestions(Workspace()) == ()
    assert suggestions(duos(0, 0)) == ()
