from __future__ import annotations

import re

import pytest

from matcher.store.links import Given
from tests.web.conftest import Asked, Member, roster

ALL = "Is this right?"


def places(member: Member) -> list[str]:
    """The superpowers that have a place on the screen, the strongest first."""
    return re.findall(r'<option value="([^"]+)" selected>', member.page.text)


def test_a_member_answers_everything_and_gets_a_link_of_their_own(member, asked):
    member.who("Anna")
    assert member.title == "Which of these are you?"
    member.send(superpower=["calm", "grit", "vision", "optimism"])
    assert member.title == "Which are the strongest?"
    member.send(place=["grit", "optimism", ""])
    assert member.title == "Whom do you turn to for help?"
    bo = member.code("Bo")
    member.send(person=[bo, member.code("Łucja")])
    assert member.title == "Whom would you rather not work with?"
    assert "Only your manager sees this" in member.said
    member.send(person=member.code("Cé"))
    assert member.title == ALL
    assert "Anna" in member.said
    assert asked.given == []
    member.send()
    assert asked.given == [Given("Anna", "Anna", ("grit", "optimism"), ("Bo", "Łucja"), ("Cé",))]
    assert member.title == "Thank you"
    assert member.page.history[0].status_code == 303
    assert member.base + member.path in member.said
    assert member.path.startswith("/mine/")


def test_only_what_is_asked_appears(address):
    asked = Asked(roster(), asks_turns_to=False, asks_frictions=False)
    member = Member(address, asked.path).who("Bo")
    assert "Step 2 of 4" in member.said
    member.send(superpower=["calm"]).send(place=["calm"])
    assert member.title == ALL
    # what is sent to a question that is not asked, is not kept
    member.send("rather-not", person="Anna").send(person="Anna")
    assert asked.given == [Given("Bo", "Bo", ("calm",))]
    member.browser.close()


def test_the_original_superpowers_come_first_and_all_on_request(member):
    page = member.who("Anna").page.text
    first, _, more = page.partition("<details")
    assert first.count('name="superpower"') == 21
    assert more.count('name="superpower"') == 15
    assert "Show 15 more" in more
    assert "Stays steady and brings the temperature down." in first
    assert "Looks after the team" in first


def test_a_catalogue_of_their_own_is_what_members_see(address):
    from dataclasses import replace

    own = roster().catalogue
    own = replace(
        own, superpowers=tuple(replace(s, core=False, name=f"Our {s.name}") for s in own.superpowers)
    )
    asked = Asked(replace(roster(), own=own))
    member = Member(address, asked.path).who("Anna")
    assert member.page.text.count('name="superpower"') == 36
    assert "Our Calm" in member.said
    assert "<details" not in member.page.text
    member.browser.close()


def test_who_is_not_on_the_list_types_their_name(member, asked):
    member.open().send(who="not-listed", name="  Zoë \u200b Nowak ")
    member.send(superpower=["calm"]).send(place=["calm"]).send().send().send()
    assert asked.given == [Given("Zoë Nowak", "", ("calm",))]


def test_everybody_types_where_there_is_no_roster(address):
    asked = Asked(roster(()), asks_frictions=True)
    member = Member(address, asked.path).open()
    assert "I am not on the list" not in member.said
    member.send(name="Zoë").send(superpower=["calm"]).send(place=["calm"])
    member.send(person=["Ben", "", "  ben ", "Ola"]).send(person=[""]).send()
    assert asked.given == [Given("Zoë", "", ("calm",), ("Ben", "Ola"))]
    member.browser.close()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose your name, or “I am not on the list”."),
        ({"who": "0" * 16}, "Choose your name"),
        ({"who": "not-listed"}, "Type your name"),
        ({"who": "not-listed", "name": " \u200b "}, "Type your name"),
        ({"who": "not-listed", "name": "x" * 81}, "80 characters at most"),
        ({"who": "not-listed", "name": "A; B"}, "no semicolon"),
        ({"who": "not-listed", "name": "–"}, "at least one letter"),
        ({"who": "not-listed", "name": "ANNA"}, "“ANNA” is on the list; choose the name there."),
    ],
)
def test_a_name_that_cannot_be_kept_is_asked_for_again(member, asked, said, sentence):
    member.open().send(**said)
    assert member.page.status_code == 422
    assert member.title == "Who are you?"
    assert sentence in member.said
    assert asked.given == []


def test_superpowers_are_one_to_twelve_of_the_catalogue(member):
    catalogue = [s.id for s in roster().catalogue.superpowers]
    member.who("Anna").send(superpower=["forged", "<script>"])
    assert "at least one superpower" in member.said
    member.send(superpower=catalogue[:13])
    assert "You have chosen 13; choose 12 at most." in member.said
    assert member.page.text.count("checked") == 13
    member.send(superpower=[*catalogue[:12], catalogue[0], "forged"])
    assert member.title == "Which are the strongest?"


def test_three_at_most_are_ranked_of_those_that_were_chosen(member, asked):
    member.who("Anna").send(superpower=["calm", "grit", "vision", "energy"])
    member.send(place=["calm", "calm"])
    assert "for two places" in member.said
    member.send(place=["", "", ""])
    assert "which of them is your strongest" in member.said
    member.send(place=["optimism"])
    assert "which of them is your strongest" in member.said
    member.send(place=["energy", "calm", "grit", "vision"]).send().send().send()
    assert asked.given[0].superpowers == ("energy", "calm", "grit")


def test_three_or_fewer_that_were_chosen_have_their_places_already(member, asked):
    member.who("Anna").send(superpower=["calm", "grit"])
    assert places(member) == ["calm", "grit"]
    member.send(place=["grit", "calm"], go="back").send(superpower=["calm", "vision", "grit"])
    assert places(member) == ["grit", "calm", "vision"]
    assert "Each has a place already" in member.said
    member.send(place=places(member), go="back").send(superpower=["calm", "vision", "grit", "energy"])
    assert places(member) == ["grit", "calm", "vision"]
    assert "Each has a place already" not in member.said
    member.open("?step=superpowers").send(superpower=["vision", "energy"])
    assert places(member) == ["vision", "energy"]


@pytest.mark.parametrize(
    ("put", "kept"),
    [
        (["vision", "grit", "vision"], ["vision", "grit", "calm"]),
        (["calm", "grit", "calm"], ["vision", "grit", "calm"]),
        (["grit", "grit", "vision"], ["grit", "calm", "vision"]),
        (["grit", "vision", "vision"], ["grit", "vision", "calm"]),
        (["vision", "", ""], ["vision"]),
    ],
)
def test_a_superpower_that_is_put_in_anothers_place_changes_places_with_it(member, put, kept):
    member.who("Anna").send(superpower=["calm", "grit", "vision"])
    member.send(place=["calm", "grit", "vision"]).open("?step=strongest").send(place=put)
    assert member.title == "Whom do you turn to for help?"
    assert places(member.open("?step=strongest")) == kept


@pytest.mark.parametrize("put", [["calm"] * 3, ["vision", "vision", "grit"], ["vision", "vision", ""]])
def test_where_it_is_not_clear_what_changes_places_it_is_asked_again(member, put):
    member.who("Anna").send(superpower=["calm", "grit", "vision"])
    member.send(place=["calm", "grit", "vision"]).open("?step=strongest").send(place=put)
    assert member.page.status_code == 422
    assert "for two places" in member.said


def test_what_was_chosen_and_has_no_place_is_said_before_it_is_sent(member, asked):
    member.who("Anna").send(superpower=["calm", "grit", "vision", "energy"])
    assert places(member) == []
    member.send(place=["energy", "calm", ""]).send().send()
    assert member.title == ALL
    names = {s.id: s.name for s in roster().catalogue.superpowers}
    assert f"Not among your three: {names['grit']}, {names['vision']} Change" in member.said
    # what was left empty on purpose stays so
    member.open("?step=superpowers").send(superpower=["grit", "calm"]).send(place=["calm", ""])
    assert f"Not among your three: {names['grit']} Change" in member.open("?step=check").said
    assert places(member.open("?step=strongest")) == ["calm"]
    member.send(place=["calm", "grit"])
    assert "Not among" not in member.open("?step=check").said
    member.send()
    assert asked.given[0].superpowers == ("calm", "grit")


def test_five_people_at_most_are_named_and_never_oneself(address):
    asked = Asked(roster(tuple((f"P{i}", "Calm") for i in range(8))))
    member = Member(address, asked.path).who("P0").send(superpower=["calm"]).send(place=["calm"])
    others = [member.code(f"P{i}") for i in range(1, 8)]
    assert ">P0<" not in member.page.text
    member.send(person=others[:6])
    assert "You have named 6; name 5 people at most." in member.said
    themselves = Member(address, asked.path).open().code("P0")
    member.send(person=[themselves])
    assert "You have named yourself" in member.said
    member.send(person=["forged", *others[:5]]).send()
    assert asked.given[0].turns_to == tuple(f"P{i}" for i in range(1, 6))
    member.browser.close()


def test_going_back_keeps_what_was_said(member):
    member.who("Anna").send(superpower=["calm", "grit"]).send(place=["grit"], go="back")
    assert member.title == "Which of these are you?"
    assert member.page.text.count("checked") == 2
    member.open("?step=strongest")
    assert '<option value="grit" selected>' in member.page.text
    member.open()
    assert f'<option value="{member.code("Anna")}" selected>' in member.page.text


def test_a_step_cannot_be_skipped(member):
    for step in ("check", "strongest", "no-step", "%00"):
        assert member.open(f"?step={step}").title == "Who are you?"
    member.who("Anna").open("?step=check")
    assert member.title == "Which of these are you?"


def test_all_is_checked_again_when_it_is_sent(member, asked):
    member.who("Anna").send(superpower=["calm", "grit", "vision", "energy"])
    member.send("check")
    assert member.title == "Which are the strongest?"
    assert member.page.status_code == 422
    assert asked.given == []


def test_a_name_is_answered_for_once(member, another, asked):
    member.all_of_it("Anna", "calm")
    another.who("Anna")
    assert another.page.status_code == 422
    assert "There is an answer for Anna already." in another.said
    assert "tell your manager" in another.said
    another.all_of_it("Bo", "grit")
    assert [given.name for given in asked.given] == ["Anna", "Bo"]


def test_of_two_who_answer_for_one_name_at_once_the_later_is_told(member, another, asked):
    for one in (member, another):
        one.who("Anna").send(superpower=["calm"]).send(place=["calm"]).send().send()
    member.send()
    another.send()
    assert "There is an answer for Anna already." in another.said
    assert len(asked.given) == 1


def test_who_answered_before_they_were_on_the_roster_cannot_answer_twice(address):
    from matcher.work.server import server

    asked = Asked(roster(()))
    member = Member(address, asked.path).open().send(name="Anna")
    member.send(superpower=["calm"]).send(place=["calm"]).send().send()
    server().workspaces.change(asked.id, lambda work: work.changed("x", people=roster().people))
    assert "already" in member.open(path=asked.path).who("Anna").said
    member.browser.close()


def test_two_members_of_one_name_are_told_apart(address):
    from dataclasses import replace

    rows = (("7", "Anna", "Calm"), ("8", "Anna", "Grit"))
    sheet = replace(roster().people, header=("id", "name", "superpowers"), rows=rows, meant=(), numbers=())
    asked = Asked(replace(roster(), people=sheet))
    member = Member(address, asked.path).all_of_it("Anna (8)", "calm")
    assert asked.given[0].member == "8"
    member.browser.close()


def test_names_are_shown_as_they_are_and_ids_and_addresses_never(address):
    from dataclasses import replace

    hostile = '<script>alert("1")</script>'
    rows = (("E-77", hostile, "who@example.org"), ("E-78", "Bo", "bo@example.org"))
    sheet = replace(roster().people, header=("id", "name", "email"), rows=rows, meant=(), numbers=())
    asked = Asked(replace(roster(), people=sheet), note='<img src="x">\nhello')
    member = Member(address, asked.path).open()
    assert hostile in member.said
    assert "<script" not in member.page.text
    assert "<img" not in member.page.text
    assert "E-7" not in member.page.text
    assert "example.org" not in member.page.text
    member.browser.close()


def test_what_is_too_long_to_be_kept_on_the_way_is_said(address):
    asked = Asked(roster(()), asks_frictions=True)
    member = (
        Member(address, asked.path).open().send(name="Zoë").send(superpower=["calm"]).send(place=["calm"])
    )
    long = ["😀" * 79 + letter for letter in "abcde"]
    member.send(person=long)
    assert member.title == "Whom would you rather not work with?"
    member.send(person=["😀" * 79 + letter for letter in "vwxyz"])
    assert "shorten the names" in member.said
    member.send(person=["Ben"]).send()
    assert asked.given == [Given("Zoë", "", ("calm",), tuple(long), ("Ben",))]
    member.browser.close()
