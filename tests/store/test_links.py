from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sql

from matcher.people.errors import InputError
from matcher.store.links import AlreadyAnswered, Given, Links, NotOpen

ANNA = Given("Anna", "anna", ("vision",), ("bo",), ("cé",))
BO = Given("Bo", "bo", ("grit", "calm"))
ZOE = Given("Zoë", "", ("calm",))


class Clock:
    now = 1_000_000

    def __call__(self) -> int:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def links(database, rows, clock) -> Links:
    for workspace in ("here", "there"):
        rows.save(workspace, "root", {"root": lambda: "{}"}, based_on=None)
    return Links(database, clock)


def gave(links, workspace="here"):
    return [answer.given for answer in links.answers(workspace)]


def test_a_link_is_found_by_its_secret_and_says_what_is_asked(links):
    made, token = links.invite("here", expires=None, asks_frictions=True, note="Dear all")
    assert len(token) == 43
    assert links.opened_by(token) == links.invitation("here") == made
    assert (made.asks_turns_to, made.asks_frictions, made.note) == (True, True, "Dear all")
    assert made.is_open(links.now)


def test_a_secret_that_was_not_given_opens_nothing(links):
    _, token = links.invite("here")
    for forged in ("", token[:-1], token + "x", token.swapcase(), "ü" * 43, "\ud800", "x" * 10_000):
        assert links.opened_by(forged) is None
        assert links.answer_of(forged) is None
    assert links.invitation("there") is None


def test_no_secret_is_in_the_database(links, database):
    invitation, token = links.invite("here")
    own = links.give(invitation, ANNA)
    with database.reading() as connection:
        for table in ("invitations", "answers", "workspaces", "nodes"):
            kept = str(connection.execute(sql.text(f"SELECT * FROM {table}")).all())
            assert token not in kept
            assert own not in kept


def test_a_new_link_ends_the_one_before_and_keeps_the_answers(links):
    before, old = links.invite("here")
    own = links.give(before, ANNA)
    after, _ = links.invite("here")
    assert not links.opened_by(old).is_open(links.now)
    assert links.invitation("here") == after
    assert gave(links) == [ANNA]
    assert links.answer_of(own).invitation == after.id
    with pytest.raises(NotOpen):
        links.give(before, BO)
    with pytest.raises(AlreadyAnswered):
        links.give(after, ANNA)


def test_a_new_link_may_ask_everybody_anew(links):
    before, _ = links.invite("here")
    own = links.give(before, ANNA)
    after, _ = links.invite("here", keep_answers=False)
    assert gave(links) == []
    assert links.answer_of(own) is None
    links.give(after, ANNA)


def test_a_closed_link_takes_no_answer_until_it_is_opened_again(links):
    invitation, _ = links.invite("here")
    links.close(invitation.id)
    with pytest.raises(NotOpen):
        links.give(invitation, ANNA)
    links.reopen(invitation.id)
    links.give(invitation, ANNA)
    assert gave(links) == [ANNA]


def test_a_link_ends_when_its_time_is_over(links, clock):
    invitation, _ = links.invite("here", expires=clock.now + 100)
    links.give(invitation, ANNA)
    clock.now += 100
    with pytest.raises(NotOpen):
        links.give(invitation, BO)
    links.reopen(invitation.id, clock.now + 100)
    links.give(invitation, BO)


def test_a_name_is_answered_for_once_however_it_is_spelled(links):
    invitation, _ = links.invite("here")
    links.give(invitation, ANNA)
    links.give(invitation, ZOE)
    for again in (ANNA, Given("ANNA "), Given("Zoe\u0308"), Given("anyone", "ANNA")):
        with pytest.raises(AlreadyAnswered):
            links.give(invitation, again)
    assert gave(links) == [ANNA, ZOE]


def test_a_correction_counts_up_and_changes_nothing_about_who_it_is(links):
    invitation, _ = links.invite("here")
    own = links.give(invitation, ANNA)
    links.took([links.answer_of(own)])
    assert not links.answer_of(own).waits
    answer = links.correct(own, Given("Somebody else", "bo", ("grit",), (), ("bo",)))
    assert answer == links.answer_of(own)
    assert answer.given == Given("Anna", "anna", ("grit",), (), ("bo",))
    assert (answer.version, answer.taken_version, answer.waits) == (2, 1, True)
    assert answer.changed > answer.created
    assert links.correct("forged", BO) is None


def test_what_was_deleted_cannot_be_seen_or_corrected_and_its_name_can_answer_again(links):
    invitation, _ = links.invite("here")
    own = links.give(invitation, ANNA)
    links.delete(links.answer_of(own).id)
    assert links.answer_of(own) is None
    assert links.correct(own, BO) is None
    links.give(invitation, ANNA)


def test_a_member_who_is_forgotten_leaves_no_answer_and_no_name_in_the_others(links):
    invitation, _ = links.invite("here")
    other, _ = links.invite("there")
    own = links.give(invitation, ANNA)
    links.give(invitation, BO)
    links.give(invitation, Given("Cé", "cé", ("calm",), ("Anna", "bo"), ("ANNA",)))
    links.give(other, ANNA)
    assert links.forget("here", ("anna", "")) == 1
    assert links.answer_of(own) is None
    assert gave(links) == [BO, Given("Cé", "cé", ("calm",), ("bo",), ())]
    assert gave(links, "there") == [ANNA]


def test_answers_go_with_their_workspace(links, rows):
    invitation, token = links.invite("here")
    own = links.give(invitation, ANNA)
    rows.delete("here")
    assert links.opened_by(token) is None
    assert links.answer_of(own) is None


def test_many_who_answer_at_once_are_all_kept_and_one_name_only_once(links):
    invitation, _ = links.invite("here")
    people = [Given(f"Member {i % 20}", f"m{i % 20}", ("calm",)) for i in range(40)]

    def give(given: Given) -> bool:
        try:
            links.give(invitation, given)
        except AlreadyAnswered:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(give, people))
    assert sum(given) == 20
    assert sorted(a.member for a in gave(links)) == sorted({p.member for p in people})


def test_of_links_that_are_made_at_once_one_stays_open(links):
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: links.invite("here")[1], range(8)))
    assert [links.opened_by(token).is_open(links.now) for token in made].count(True) == 1


def test_a_workspace_that_is_not_kept_has_no_link(links):
    with pytest.raises(InputError, match="was deleted"):
        links.invite("nowhere")
