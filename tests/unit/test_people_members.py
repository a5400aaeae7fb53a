"""Members, rosters, frictions and projects: what they refuse, and how people are found."""

from __future__ import annotations

import unicodedata

import pytest

from matcher.people.errors import InputError, Problem, RulesConflict
from matcher.people.friction import Friction, Severity
from matcher.people.member import Member
from matcher.people.names import counted, fold, listed
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember
from tests.strategies_people import CATALOGUE, brief_of, roster_of


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Member("  "), "A member needs a name"),
        (lambda: Member("Ada", ("calm", "calm")), "Ada has a superpower twice"),
        (lambda: Friction("Ada", "Ada"), "Ada cannot have a friction with themselves; name two different"),
        (lambda: Project(" ", 1, 2), "A project needs a name"),
        (lambda: Project("Web", 5, 4), "“Web” has the size 5-4; it has to be 1 or more, the smaller number"),
        (lambda: Project("Web", 0, 4), "“Web” has the size 0-4"),
        (lambda: roster_of({"Ada": "flying"}), "Ada has “flying”, which is not a superpower"),
        (
            lambda: roster_of({"Ada": "calm", "ADA ": "calm"}),
            "is on the roster twice; give each of them an id",
        ),
    ],
)
def test_what_cannot_be_says_so(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_two_members_of_one_name_are_told_apart_by_their_ids():
    twins = Roster((Member("Ada", id="7"), Member("Ada", id="8")), CATALOGUE)

    assert twins.find("8") is twins.members[1]
    with pytest.raises(UnknownMember, match=r"“ada” could be any of 2 members; use the id \(7, 8\)"):
        twins.find("ada")


def test_two_members_of_one_name_are_called_by_name_and_id():
    roster = Roster((Member("Ada", id="7"), Member("Ada", id="8"), Member("Bo", id="9")), CATALOGUE)
    brief = brief_of(roster, [3])

    assert [brief.name(i) for i in range(3)] == ["Ada (7)", "Ada (8)", "Bo"]


@pytest.mark.parametrize(
    "reference", ["Zoë  Ahn ", "zoë ahn", unicodedata.normalize("NFD", "ZOË Ahn"), "z1", " Zoe@Example.com"]
)
def test_a_member_is_found_by_id_email_or_name_however_it_is_typed(reference: str):
    zoe = Member("Zoë Ahn", id="Z1", email="zoe@example.com")

    assert Roster((Member("Bo"), zoe), CATALOGUE).find(reference) is zoe


def test_an_id_goes_before_a_name():
    named, numbered = Member("7", id="1"), Member("Bo", id="7")

    assert Roster((named, numbered), CATALOGUE).find("7") is numbered


@pytest.mark.parametrize("nobody", ["Zed", "", "  "])
def test_who_is_not_there_is_not_found(nobody: str):
    with pytest.raises(UnknownMember, match="is nobody on the roster"):
        roster_of({"Ada": "calm"}).find(nobody)


def test_absent_members_stay_on_the_roster():
    roster = roster_of({"Ada": "calm", "Bo": "calm", "Chi": ""}, absent=["Ada"]).without(["chi"])

    assert [m.name for m in roster.members] == ["Ada", "Bo", "Chi"]
    assert [m.name for m in roster.present] == ["Bo"]
    assert [m.name for m in roster.absent] == ["Ada", "Chi"]


def test_the_first_three_superpowers_weigh_ten_six_and_three():
    roster = roster_of({"Ada": "calm empathy vision evidence"})

    assert roster.weights(roster.members[0]) == {"calm": 10, "empathy": 6, "vision": 3}


def test_unranked_superpowers_weigh_the_same_however_many():
    roster = roster_of({"Ada": "calm empathy vision evidence"}, ranked=False)

    assert roster.weights(roster.members[0]) == dict.fromkeys(("calm", "empathy", "vision", "evidence"), 10)


def test_members_are_numbered_whatever_the_order_of_the_rows():
    there = brief_of({"Bo": "calm", "ada": "", "Chi": ""}, [3])
    back = brief_of({"Chi": "", "ada": "", "Bo": "calm"}, [3])

    assert [m.name for m in there.members] == [m.name for m in back.members] == ["ada", "Bo", "Chi"]
    assert there.indices == back.indices


def test_attributes_come_in_the_order_of_the_columns():
    roster = roster_of({"Ada": "", "Bo": ""}, attributes={"Ada": {"b": "1"}, "Bo": {"a": "2", "b": "3"}})

    assert roster.attributes == ("b", "a")


def test_a_problem_says_where_it_stands():
    assert str(Problem("No.")) == "No."
    assert str(Problem("No.", "people.csv", 3, "name")) == "people.csv, row 3, column “name”: No."
    assert str(InputError("One.", Problem("Two.", row=2))) == "One.\nrow 2: Two."


def test_a_conflict_lists_its_rules_one_a_line():
    conflict = RulesConflict(["A.", "B."], ["Give one up."])

    assert str(conflict).splitlines()[1:] == ["- A.", "- B."]
    assert conflict.advice == ("Give one up.",)
    assert not conflict.minimal


def test_words_are_put_together_as_in_a_sentence():
    assert [listed(["a"]), listed(["a", "b"]), listed("abc", "or")] == ["a", "a and b", "a, b or c"]
    assert [counted(1, "team"), counted(2, "team"), counted(2, "person", "people")] == [
        "1 team",
        "2 teams",
        "2 people",
    ]
    assert fold(" Straße\tNord ") == "strasse nord"


def test_severities_read_as_in_files():
    assert [str(s) for s in Severity] == ["never", "avoid"]
