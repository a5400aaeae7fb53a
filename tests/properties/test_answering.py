"""Whatever a form says, nothing is kept that was not asked for or cannot be meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from matcher.store.links import Given, Invitation
from matcher.work.answering import MOST_NAMED, MOST_RANKED, NOT_LISTED, Draft, NotYet, Questions, Step
from matcher.work.sheets import Sheet
from matcher.work.workspace import NO_PEOPLE, Workspace

NAMES = ("Anna", "Bo", "Cé", "Łucja", "Di", "Ed", "Flo")
ROWS = tuple((name, "Calm") for name in NAMES)
LISTED = Workspace(people=Sheet(NO_PEOPLE.name, NO_PEOPLE.header, ROWS, meant=NO_PEOPLE.header))
INVITATION = Invitation("i", "w", 0)
CODES = [person.code for person in Questions.of(INVITATION, LISTED).people]
SUPERPOWERS = [s.id for s in LISTED.catalogue.superpowers]

words = st.text(max_size=6)
codes = st.lists(st.sampled_from(CODES) | words, max_size=7, unique=True).map(tuple)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """What forms say, ours and forged ones."""
    chosen = draw(st.lists(st.sampled_from(SUPERPOWERS[:14]) | words, max_size=14))
    return Draft(
        draw(st.sampled_from([*CODES, NOT_LISTED]) | words),
        draw(st.sampled_from([*NAMES, "anna ", "Zoë", "Ola"]) | words),
        tuple(chosen),
        tuple(draw(st.lists(st.sampled_from([*chosen, "", "calm"]), max_size=5))),
        draw(codes),
        draw(codes),
    )


@st.composite
def questions(draw: st.DrawFn) -> Questions:
    """What a link asks: for a first answer or a correction, with and without a roster."""
    invitation = replace(INVITATION, asks_turns_to=draw(st.booleans()), asks_frictions=draw(st.booleans()))
    work = draw(st.sampled_from([LISTED, None]))
    before = draw(st.none() | st.just(Given("Anna", "Anna", ("calm", "gone"), ("Bo", "Gone"))))
    answered = draw(st.sets(st.sampled_from(["anna", "zoë", "bo"])))
    return Questions.of(invitation, work, before, frozenset(() if before else answered))


@given(drafts(), questions())
def test_what_is_kept_can_be_meant(draft, asks):
    try:
        kept = asks.given_by(draft)
    except NotYet as error:
        missing = error
    else:
        missing = None
    if missing:
        event("not yet")
        assert missing.step in asks.steps
        assert str(missing).endswith(".")
        return
    event("kept")
    assert 1 <= len(kept.superpowers) == len(set(kept.superpowers)) <= MOST_RANKED
    assert set(kept.superpowers) <= set(draft.chosen) & set(SUPERPOWERS)
    assert kept.name.strip() == kept.name != ""
    assert kept.who not in asks.answered
    before = asks.given
    for step, named, was in (
        (Step.TURNS_TO, kept.turns_to, before and before.turns_to),
        (Step.RATHER_NOT, kept.rather_not, before and before.rather_not),
    ):
        if step not in asks.steps:
            assert named == (was or ())
            continue
        assert len(named) == len(set(named)) <= MOST_NAMED
        assert kept.name not in named
        assert not asks.people or set(named) <= set(NAMES)
    if before:
        assert (kept.name, kept.member) == (before.name, before.member)
    elif asks.people:
        assert (kept.member in NAMES) is (draft.who != NOT_LISTED)


@given(drafts(), questions())
def test_three_or_fewer_all_have_a_place_and_what_was_ranked_stays_in_front(draft, asks):
    try:
        chosen = asks.checked(draft, Step.CHOOSE)
    except NotYet:
        return
    filled = asks.filled(chosen)
    before = tuple(dict.fromkeys(chosen.ranked))
    if len(chosen.chosen) > MOST_RANKED:
        assert filled == chosen
        return
    event("filled")
    assert filled.ranked[: len(before)] == before
    assert sorted(filled.ranked) == sorted(chosen.chosen)
    assert asks.checked(filled, Step.RANK) == filled


@given(drafts())
def test_what_is_kept_is_what_a_correction_begins_with(draft):
    questions = Questions.of(INVITATION, LISTED)
    try:
        kept = questions.given_by(draft)
    except NotYet:
        return
    again = Questions.of(INVITATION, LISTED, kept)
    assert again.given_by(again.begun()) == kept
