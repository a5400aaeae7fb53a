"""Who leads from behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.files import read_roster
from matcher.files.rosters.leading_titles import guess_titles
from matcher.goals.sought_after import SoughtAfter, ballots
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.roster import Roster
from matcher.plan.leading import Leading, Titles, leading
from tests.strategies_people import brief_of, roster_of, rosters

TURNS = {
    "Ada": ("Bo",),
    "Bo": ("Chi",),
    "Chi": ("Bo", "Eun"),
    "Dov": ("Bo", "Chi"),
    "Eun": ("Chi", "Eun"),
    "Fay": ("Fay", "Zoe"),
}
"""Loads: Bo 1 + ½ + ½ = 2, Chi 1 + ½ + 1 = 2½, Eun ½; five ballots for six members: an equal share is ⅚."""

TITLES = Titles("role", ("Head of Design",))


def turning(turns: Mapping[str, Sequence[str]], absent: Sequence[str] = (), **roles: str) -> Roster:
    """A roster of people without superpowers who turn to each other."""
    roster = roster_of(
        dict.fromkeys(turns, ""),
        absent=absent,
        attributes={name: {"role": role} for name, role in roles.items()},
    )
    return replace(roster, members=tuple(replace(m, turns_to=tuple(turns[m.name])) for m in roster.members))


def names(found: Leading, which: str) -> list[str]:
    return [person.name for person in getattr(found, which)]


def suggested(found: Leading) -> list[str]:
    return [one.person.name for one in found.next_to_lead()]


def test_loads_are_ballots_divided_by_how_many_they_name():
    found = leading(turning(TURNS))
    loads = {person.name: person.load for person in found.people}

    assert loads == {"Chi": Fraction(5, 2), "Bo": 2, "Eun": Fraction(1, 2), "Ada": 0, "Dov": 0, "Fay": 0}
    assert list(loads) == ["Chi", "Bo", "Eun", "Ada", "Dov", "Fay"]
    assert (found.cast, found.by_key["Bo"].equal) == (5, Fraction(5, 6))
    assert found.by_key["Bo"].turned_to_by == ("Ada", "Chi", "Dov")
    assert found.by_key["Chi"].turns_to == ("Bo", "Eun")
    assert found.by_key["Bo"].sentence == "3 members turn to Bo: 2 of 5 ballots, 2.4 times an equal share."


def test_sought_after_is_who_the_goal_says_and_carrying_much_is_four_times_an_equal_share():
    found = leading(turning(TURNS))
    assert names(found, "sought") == ["Chi", "Bo"]
    assert found.sought_share == 90
    assert not any(person.heavy for person in found.people)

    many = turning({**dict.fromkeys("ABCD", ("Zed",)), "Zed": (), **dict.fromkeys("EFG", ())})
    zed = leading(many).by_key["Zed"]
    assert (zed.load, zed.equal) == (4, Fraction(1, 2))
    assert zed.heavy


def test_who_turns_only_to_people_outside_the_roster_casts_no_ballot_and_has_no_line():
    found = leading(turning(TURNS))

    assert names(found, "unlinked") == ["Fay"]
    assert found.by_key["Fay"].turns_to == ()


def test_quiet_leaders_are_sought_after_and_have_no_title_of_leading():
    roster = turning(TURNS, Chi="Head of Design", Bo="Designer")

    assert names(leading(roster, titles=TITLES), "quiet") == ["Bo"]
    assert [p.titled for p in leading(roster, titles=TITLES).people[:2]] == [True, False]


@pytest.mark.parametrize("titles", [None, Titles(), Titles("role"), Titles("gone", ("Head of Design",))])
def test_where_no_title_is_known_nobody_is_called_a_quiet_leader(titles: Titles | None):
    found = leading(turning(TURNS, Chi="Head of Design", Bo="Designer"), titles=titles)

    assert names(found, "quiet") == []
    assert names(found, "sought") == ["Chi", "Bo"]


def test_the_absent_vote_and_are_turned_to_but_do_not_lead_next():
    found = leading(turning(TURNS, absent=["Chi", "Ada"]))

    assert names(found, "sought") == ["Chi", "Bo"]
    assert suggested(found) == ["Bo"]


def test_leading_rotates_and_who_led_last_comes_last():
    roster = turning(TURNS)

    assert suggested(leading(roster)) == ["Chi", "Bo"]
    assert suggested(leading(roster, [{"Team 1": "Chi"}])) == ["Bo", "Chi"]
    assert suggested(leading(roster, [{"Team 1": "Bo"}, {"Team 1": "Chi"}])) == ["Bo", "Chi"]
    assert suggested(leading(roster, [{"Team 1": "Chi"}, {"Team 1": "Bo"}])) == ["Chi", "Bo"]
    # longer ago than lately, and still: who has never led goes first
    long_ago = [{"Team 1": "Chi"}, {"Team 1": "Ada"}, {"Team 1": "Ada"}]
    assert suggested(leading(roster, long_ago)) == ["Bo", "Chi"]


def test_rounds_that_say_nothing_and_leaders_who_are_gone_are_passed_over():
    found = leading(turning(TURNS), [{"Team 1": "Bo"}, {}, {"Team 1": ""}, {"Team 1": "Gone"}])

    assert found.rounds == 2
    assert (found.by_key["Bo"].ago, found.by_key["Bo"].led) == (2, 1)


def test_who_carries_much_comes_last_and_only_with_relief():
    turns = {
        **dict.fromkeys("ABCDEFGH", ("Max",)),
        **dict.fromkeys("IJKL", ("Ned", "Max")),
        **dict.fromkeys("MOPQ", ("Ned",)),
        "Max": (),
        "Ned": (),
        **dict.fromkeys("RSTU", ("V", "W")),
        **dict.fromkeys("VWXY", ()),
    }
    found = leading(turning(turns), [{"Team 1": "Ned"}])
    max_, ned = found.by_key["Max"], found.by_key["Ned"]
    # 20 ballots for 26 members: an equal share is 10/13
    assert (max_.load, ned.load, found.cast) == (10, 6, 20)
    assert (max_.heavy, ned.heavy) == (True, True)

    assert suggested(found) == ["V", "W", "Max", "Ned"]
    said = {one.person.name: one.reason for one in found.next_to_lead()}
    assert said["Max"] == (
        "Turned to by 12 members: 10 of 20 ballots, 13.0 times an equal share. Has not led in the one round "
        "that says who led. That is much to carry already: take something else off them first."
    )


def test_a_group_is_led_by_who_is_sought_after_in_it_with_numbers_that_can_be_counted():
    found = leading(turning(TURNS))

    one = found.next_in(["Ada", "Bo", "Dov"])
    assert one is not None
    assert (one.person.name, one.reason) == (
        "Bo",
        "Turned to by 3 members, 2 of them here: 2 of 5 ballots, 2.4 times an equal share.",
    )


def test_a_group_whose_sought_after_led_lately_is_led_by_whom_others_turn_to_and_says_why():
    found = leading(turning(TURNS), [{"Team 1": "Chi"}])

    one = found.next_in(["Chi", "Eun", "Fay"])
    assert one is not None
    assert (one.person.name, one.reason) == (
        "Eun",
        "Turned to by 1 member, 1 of them here: 0.5 of 5 ballots, 0.6 times an equal share. Has not led in "
        "the one round that says who led. Chi, with 2.5 of 5 ballots, led in the latest round.",
    )


def test_a_group_of_people_to_whom_nobody_turns_is_left_to_itself():
    assert leading(turning(TURNS)).next_in(["Ada", "Dov", "Fay", "Gone"]) is None


def test_the_spread_over_groups_is_judged_as_the_goal_judges_it():
    roster = turning(TURNS)
    uneven = leading(roster).spread({"Red": ["Bo", "Chi", "Dov"], "Blue": ["Ada", "Eun", "Fay"]})
    assert [(one.group, [p.name for p in one.sought], one.low, one.high, one.even) for one in uneven] == [
        ("Red", ["Chi", "Bo"], 1, 1, False),
        ("Blue", [], 1, 1, False),
    ]
    even = leading(roster).spread({"Red": ["Ada", "Bo", "Dov"], "Blue": ["Chi", "Eun", "Fay", "Gone"]})
    assert [one.even for one in even] == [True, True]


def test_without_a_bridge_two_parts_of_two_or_more_lose_touch():
    chain = {
        "Ada": ("Bo",),
        "Bo": ("Chi",),
        "Chi": ("Dov",),
        "Dov": ("Eun",),
        "Eun": (),
        "Fay": ("Gil",),
        "Gil": (),
    }

    (chi,) = leading(turning(chain)).bridges
    # without Bo only Ada would be alone, without Dov only Eun: one person is no part
    assert (chi.name, chi.parts) == ("Chi", (("Ada", "Bo"), ("Dov", "Eun")))
    assert leading(turning(TURNS)).bridges == ()


def test_two_of_one_name_are_told_apart():
    roster = turning({"Ada": ("a2",), "Bo": ("a2",), "Chi": ()})
    twins = (*roster.members, replace(roster.members[0], id="a2", turns_to=()))
    found = leading(replace(roster, members=twins))

    assert found.people[0].sentence.startswith("2 members turn to Ada (a2): ")


def test_nobody_on_the_roster_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Nobody is on the roster"):
        leading(roster_of({}))


@given(st.data())
def test_the_order_of_the_rows_has_no_say(data: st.DataObject):
    roster = data.draw(rosters())
    keys = [member.key for member in roster.members]
    led = data.draw(
        st.lists(
            st.dictionaries(st.sampled_from(["Red", "Blue"]), st.sampled_from([*keys, "Gone"])), max_size=4
        )
    )
    other = replace(roster, members=tuple(data.draw(st.permutations(roster.members))))
    one, two = leading(roster, led), leading(other, led)

    assert one == two
    assert one.bridges == two.bridges
    assert one.next_to_lead() == two.next_to_lead()
    half = {"Red": keys[::2], "Blue": keys[1::2]}
    assert one.spread(half) == two.spread({group: keys[::-1] for group, keys in half.items()})


@given(rosters())
def test_every_ballot_lands_somewhere_and_the_goal_counts_alike(roster: Roster):
    found = leading(roster)
    goal = ballots(Brief(roster, PlanKind.TEAMS, (Slot("everybody", len(roster.present)),)))
    present = {p.key: p for p in found.people if p.present}

    assert sum(person.load for person in found.people) == found.cast == goal.cast
    brief = brief_of(roster, [len(roster.present)])
    assert [present[m.key].load for m in brief.members] == list(goal.load)
    assert [i for i, m in enumerate(brief.members) if present[m.key].sought] == list(goal.sought)
    assert sum(len(p.turned_to_by) for p in found.people) == sum(len(p.turns_to) for p in found.people)


@given(st.data())
def test_a_suggestion_is_present_turned_to_and_passes_over_nobody_better_without_a_reason(
    data: st.DataObject,
):
    roster = data.draw(rosters())
    keys = [member.key for member in roster.members]
    led = data.draw(st.lists(st.fixed_dictionaries({"Red": st.sampled_from(keys)}), max_size=3))
    found = leading(roster, led)
    group = data.draw(st.lists(st.sampled_from(keys), unique=True))
    one = found.next_in(group)
    able = [p for p in map(found.by_key.__getitem__, group) if p.present and p.turned_to_by]

    assert (one is None) == (not able)
    if one is not None:
        assert one.person in able
        for other in able:
            if (other.sought, other.load) > (one.person.sought, one.person.load):
                assert other.name in one.reason
                assert other.led or other.heavy


@given(st.data())
def test_the_sought_after_fill_the_fair_numbers_of_the_goal(data: st.DataObject):
    roster = data.draw(rosters())
    present = [member.key for member in roster.present]
    cut = data.draw(st.integers(1, max(1, len(present) - 1)))
    groups = {"Red": present[:cut], "Blue": present[cut:]}
    groups = {name: keys for name, keys in groups.items() if keys}
    brief = brief_of(roster, [len(keys) for keys in groups.values()])
    # the fair number counts those who are placed, as the goal does
    for here, keys in zip(leading(roster).spread(groups), groups.values(), strict=True):
        value = SoughtAfter().value(brief, [brief.indices[key] for key in keys])
        assert here.even == (value == 100)


# titles


CSV = "name,superpowers,{column}\nAnna,Vision,{a}\nBo,Grit,{b}\n"


@pytest.mark.parametrize(
    ("column", "a", "b", "leading_titles"),
    [
        ("Job title", "Head of Design", "Designer", ("Head of Design",)),
        ("role", "Team Lead", "Engineer", ("Team Lead",)),
        ("Position", "Teamleiterin", "Sachbearbeiter", ("Teamleiterin",)),
        ("Poste", "Directrice adjointe", "Analyste", ("Directrice adjointe",)),
        ("Level", "CTO", "Director", ("CTO", "Director")),
        ("seniority", "Senior", "Junior", ()),
        ("Role", "Leadership trainee", "Headhunter", ()),
    ],
)
def test_a_column_of_titles_is_guessed_with_those_of_leading(
    column: str, a: str, b: str, leading_titles: tuple[str, ...]
):
    roster = read_roster(CSV.format(column=column, a=a, b=b).encode(), name="people.csv")

    assert guess_titles(roster) == Titles(column, leading_titles)


def test_a_column_with_titles_of_leading_goes_before_one_without():
    text = "name,superpowers,title,seniority\nAnna,Vision,Dr.,Principal\nBo,Grit,Ms,Junior\n"

    assert guess_titles(read_roster(text.encode(), name="people.csv")) == Titles("seniority", ("Principal",))


def test_without_a_likely_column_no_title_is_known():
    assert guess_titles(read_roster(b"name,superpowers,city\nAnna,Vision,Head\n", name="p.csv")) == Titles()
