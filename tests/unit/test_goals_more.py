"""Exact amounts of the goals that need something from the manager, each small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from matcher.goals.fresh import Fresh
from matcher.goals.meeting import Meeting
from matcher.goals.not_alone import NotAlone
from matcher.goals.sought_after import SoughtAfter
from matcher.goals.wishes import Wishes
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.errors import InputError
from matcher.people.history import Round
from matcher.people.hours import FreeTimes, read_zone, spans_text
from matcher.people.roster import Roster
from matcher.plan.formulation import Formulation
from tests.strategies_people import brief_of, groups_of, roster_of

WINTER, SUMMER = date(2026, 1, 14), date(2026, 7, 15)


def roster(names: str, **cells: dict[str, object]) -> Roster:
    """People without superpowers; each keyword is a field of a member, by the members' names."""
    plain = roster_of(dict.fromkeys(names.split(), ""))
    members = []
    for member in plain.members:
        given = {field: by_name[member.name] for field, by_name in cells.items() if member.name in by_name}
        members.append(replace(member, **given))
    return replace(plain, members=tuple(members))


def values(goal, brief: Brief, *groups: str) -> list[Fraction]:
    """A goal's values by definition, having checked that its numbers give the same."""
    placed = groups_of(brief, *groups)
    said = [goal.value(brief, group, slot) for slot, group in enumerate(placed)]
    formulation = Formulation(brief, (), {goal.name: 1})
    labels = formulation.labels(placed)
    unit = formulation._unit
    assert formulation.instance.term_values(labels)[0].tolist() == [unit * value for value in said]
    return said


def texts(reasons) -> list[str]:
    return [reason.text for reason in reasons]


# fresh


def history(*rounds: str) -> tuple[Round, ...]:
    return tuple(
        Round({str(g): tuple(group.split()) for g, group in enumerate(one.split("/"))}) for one in rounds
    )


def test_fresh_is_100_when_all_pairs_are_new_and_0_when_all_are_old():
    brief = brief_of(roster("Ada Bo Chi Dov"), [2, 2], rounds=history("Ada Bo/Chi Dov"))

    assert values(Fresh(), brief, "Ada Chi", "Bo Dov") == [100, 100]
    assert values(Fresh(), brief, "Ada Bo", "Chi Dov") == [0, 0]


def test_each_round_back_counts_half():
    rounds = history("Ada Bo/Chi Dov", "Ada Chi/Bo Dov", "Ada Dov/Bo Chi")  # weights 1/7, 2/7, 4/7
    brief = brief_of(roster("Ada Bo Chi Dov"), [2, 2], rounds=rounds)

    assert values(Fresh(), brief, "Ada Bo", "Chi Dov") == [100 - 14] * 2
    assert values(Fresh(), brief, "Ada Chi", "Bo Dov") == [100 - 29] * 2
    assert values(Fresh(), brief, "Ada Dov", "Bo Chi") == [100 - 57] * 2


def test_fresh_is_the_mean_over_pairs():
    brief = brief_of(roster("Ada Bo Chi"), [3], rounds=history("Ada Bo/Chi"))

    assert values(Fresh(), brief, "Ada Bo Chi") == [100 - Fraction(100, 3)]


def test_keep_rewards_repeats_instead():
    brief = brief_of(roster("Ada Bo Chi"), [2, 1], rounds=history("Ada Bo/Chi"), keep_pairs=True)

    assert values(Fresh(), brief, "Ada Bo", "Chi") == [100, 0]
    assert values(Fresh(), brief, "Ada Chi", "Bo") == [0, 0]


def test_a_round_before_the_last_eight_no_longer_counts():
    rounds = history("Ada Bo/Chi Dov", *["Ada Chi/Bo Dov"] * 8)
    brief = brief_of(roster("Ada Bo Chi Dov"), [2, 2], rounds=rounds)

    assert values(Fresh(), brief, "Ada Bo", "Chi Dov") == [100, 100]
    assert values(Fresh(), brief, "Ada Chi", "Bo Dov") == [0, 0]


def test_history_may_mention_people_by_email_and_people_who_left():
    known = roster("Ada Bo Chi Dov", email={"Ada": "ada@example.org"})
    rounds = (Round({"One": ("ADA@example.org", "Bo", "Zoe")}),)

    assert values(Fresh(), brief_of(known, [2, 2], rounds=rounds), "Ada Bo", "Chi Dov") == [0, 100]


def test_fresh_says_who_is_new_together():
    brief = brief_of(roster("Ada Bo Chi Dov Eun"), [3, 2], rounds=history("Ada Bo/Chi Dov Eun"))
    first, second = groups_of(brief, "Ada Bo Chi", "Dov Eun")

    assert texts(Fresh().why(brief, first)) == ["2 pairs are new; together before: Ada and Bo."]
    assert texts(Fresh().why(brief, second)) == ["Dov and Eun have been together in a past round."]
    assert texts(Fresh().why(brief, groups_of(brief, "Ada Chi")[0])) == [
        "Ada and Chi have not been together in a past round."
    ]
    assert Fresh().talk_about(brief, first) == []


def test_fresh_lacks_a_past_round():
    assert "past round" in Fresh().lacks(brief_of(roster("Ada Bo"), [2]))


# not alone


SENIORITY = {
    name: {"seniority": value, "site": site}
    for name, value, site in (
        ("Ada", "Junior", "Kraków"),
        ("Bo", " junior", "Osaka"),
        ("Chi", "Senior", "Osaka"),
        ("Dov", "Senior", ""),
    )
}


def test_nobody_or_two_are_fine_and_one_alone_is_not():
    brief = brief_of(roster("Ada Bo Chi Dov", attributes=SENIORITY), [2, 2], not_alone=("seniority",))

    assert values(NotAlone(), brief, "Ada Bo", "Chi Dov") == [100, 100]
    assert values(NotAlone(), brief, "Ada Chi", "Bo Dov") == [0, 0]


def test_not_alone_is_the_share_of_members_and_the_mean_over_attributes():
    brief = brief_of(roster("Ada Bo Chi Dov", attributes=SENIORITY), [3, 1], not_alone=("seniority", "site"))

    # seniority: Chi alone, 2 of 3 fine; site: Ada alone, 2 of 3 fine; a group of one has no odd one out
    assert values(NotAlone(), brief, "Ada Bo Chi", "Dov") == [Fraction(200, 3), 100]
    # seniority: Bo alone; site: Bo and Chi share theirs, and an empty cell is no kind
    assert values(NotAlone(), brief, "Bo Chi Dov", "Ada") == [100 - Fraction(100, 6), 100]


def test_not_alone_names_who_is_the_only_one_to_the_manager_alone():
    brief = brief_of(roster("Ada Bo Chi Dov", attributes=SENIORITY), [4], not_alone=("site",))
    (talk,) = NotAlone().talk_about(brief, (0, 1, 2, 3))

    assert talk.text.startswith("Ada is the only one here with site Kraków")
    assert talk.private


# wishes


def test_a_duo_with_somebody_preferred_is_a_wish_come_true():
    wishes = {"Ada": ("Bo", "Chi"), "Bo": ("Ada",), "Chi": ("Ada",)}
    brief = brief_of(roster("Ada Bo Chi Dov", prefers=wishes), [2, 2], PlanKind.DUOS)

    assert values(Wishes(), brief, "Ada Bo", "Chi Dov") == [100, 50]  # Dov wishes for nobody
    assert values(Wishes(), brief, "Ada Chi", "Bo Dov") == [100, 50]
    assert values(Wishes(), brief, "Ada Dov", "Bo Chi") == [50, 0]


def test_in_a_team_each_preferred_person_is_a_share():
    wishes = {"Ada": ("Bo", "Chi"), "Dov": ("Ada",), "Eun": ("Fay", "Gil", "Hal", "Ada")}
    brief = brief_of(roster("Ada Bo Chi Dov Eun Fay Gil Hal", prefers=wishes), [4, 4])

    # Ada has one of two; Bo, Chi wish nothing; Dov has the one. Eun: two of at most three that fit: 2 · 33
    assert values(Wishes(), brief, "Ada Bo Dov Eun", "Chi Fay Gil Hal") == [
        Fraction(50 + 100 + 100 + 33, 4),
        100,
    ]
    assert values(Wishes(), brief, "Ada Bo Chi Dov", "Eun Fay Gil Hal") == [100, Fraction(99 + 300, 4)]


def test_a_group_has_a_hundred_at_most():
    wishes = {"Ada": ("Bo", "Chi"), "Bo": ("Ada", "Chi"), "Chi": ("Ada", "Bo")}
    brief = brief_of(roster("Ada Bo Chi Dov Eun", prefers=wishes), [2, 3], PlanKind.DUOS)

    assert values(Wishes(), brief, "Dov Eun", "Ada Bo Chi") == [100, 100]


def staffing(names: str, sizes: dict[str, int], **cells: dict[str, object]) -> Brief:
    slots = tuple(Slot(name, size) for name, size in sizes.items())
    return Brief(roster(names, **cells), PlanKind.PROJECTS, slots)


def test_wanted_projects_count_by_rank():
    sizes = dict.fromkeys(("Hera", "Iris", "Juno", "Kore"), 1)
    wants = dict.fromkeys(("Ada", "Bo", "Chi", "Dov"), ("hera", "Iris", "unheard of", "Juno", "Kore"))
    brief = staffing("Ada Bo Chi Dov", sizes, wants=wants)

    assert values(Wishes(), brief, "Ada", "Bo", "Chi", "Dov") == [100, 60, 30, 10]


def test_who_wishes_for_people_and_projects_has_the_mean_of_both():
    brief = staffing(
        "Ada Bo Chi Dov",
        {"Hera": 2, "Iris": 2},
        wants={"Ada": ("Iris", "Hera"), "Chi": ("Hera",)},
        prefers={"Ada": ("Bo",)},
    )

    assert values(Wishes(), brief, "Ada Bo", "Chi Dov") == [Fraction(80 + 100, 2), Fraction(0 + 100, 2)]
    assert values(Wishes(), brief, "Bo Chi", "Ada Dov") == [100, Fraction(50 + 100, 2)]


def test_projects_that_members_want_do_not_count_in_teams():
    brief = brief_of(roster("Ada Bo", wants={"Ada": ("Team 1",)}), [2])

    assert "prefers" in Wishes().lacks(brief)


def test_wishes_are_told_to_the_manager_alone():
    brief = staffing("Ada Bo", {"Hera": 2}, wants={"Ada": ("Hera",)}, prefers={"Bo": ("Ada",)})
    reasons = Wishes().why(brief, (0, 1), 0)

    assert texts(reasons) == ["Bo wished to be with Ada.", "Hera is the first choice of Ada."]
    assert all(reason.private for reason in reasons)


# meeting


HOURS = {"Ada": "Mon 9-12; Tue 14-17", "Bo": "Mon 10-11", "Chi": "Tue 14-15:30", "Dov": "Fri 9-10"}


@pytest.mark.parametrize(
    ("enough", "group", "rest", "value"),
    [
        (2, "Ada Bo", "Chi Dov", [50, 0]),
        (1, "Ada Chi", "Bo Dov", [100, 0]),  # 1.5 hours, of which one is enough
        (2, "Ada Chi", "Bo Dov", [75, 0]),
        (3, "Ada Chi", "Bo Dov", [50, 0]),
    ],
)
def test_meeting_is_the_share_of_the_hours_that_are_enough(enough: int, group: str, rest: str, value):
    brief = brief_of(roster("Ada Bo Chi Dov", hours=HOURS), [2, 2], meeting_hours=enough)

    assert values(Meeting(), brief, group, rest) == value


def test_who_gives_no_hours_is_taken_to_be_free():
    brief = brief_of(roster("Ada Bo Eun", hours=HOURS), [2, 1])

    assert values(Meeting(), brief, "Ada Eun", "Bo") == [100, 50]
    assert texts(Meeting().why(brief, (0, 2))) == [
        "Free together 6 hours a week: Mon 9:00–12:00, Tue 14:00–17:00; Eun gave no hours."
    ]


def test_meeting_compares_hours_across_zones():
    zones = {"Ada": "Europe/Berlin", "Bo": "Asia/Kolkata"}
    hours = {"Ada": "Mon 9-12", "Bo": "Mon 14-17"}  # 8–11 and 8:30–11:30 in universal time, in winter
    winter = brief_of(roster("Ada Bo", hours=hours, time_zone=zones), [2], as_of=WINTER, meeting_hours=5)
    summer = replace(winter, as_of=SUMMER)  # Berlin has moved on: 7–10

    assert values(Meeting(), winter, "Ada Bo") == [50]
    assert values(Meeting(), summer, "Ada Bo") == [30]
    assert texts(Meeting().why(winter, (0, 1))) == ["Free together 2.5 hours a week: Mon 8:30–11:00 (UTC)."]
    assert texts(Meeting().talk_about(winter, (0, 1))) == [
        "They share only 2.5 free hours a week: agree on when to meet."
    ]


def test_hours_that_cannot_be_read_are_named():
    brief = brief_of(roster("Ada Bo", hours={"Ada": "Mon 9-12", "Bo": "mornings"}), [2])

    assert Meeting().lacks(brief) == ""
    with pytest.raises(
        InputError, match="Free hours of Bo: “mornings” is not a free time; write it like Mon"
    ):
        Meeting().contribute(brief)


def test_a_column_of_other_hours_does_not_turn_the_goal_on():
    assert "nobody's free hours can be read" in Meeting().lacks(
        brief_of(roster("Ada Bo", hours={"Ada": "40", "Bo": "32"}), [2])
    )


def test_a_time_zone_that_only_some_give_is_asked_for():
    brief = brief_of(roster("Ada Bo", hours=HOURS, time_zone={"Ada": "Europe/Berlin"}), [2])

    with pytest.raises(InputError, match="Bo gives free hours but no time zone"):
        Meeting().contribute(brief)


def test_enough_hours_are_one_or_more():
    with pytest.raises(ValueError, match="ask for 1 or more"):
        brief_of(roster("Ada Bo"), [2], meeting_hours=0)


# free times


def free(hours: str, zone: str = "", week: date = WINTER) -> str:
    return spans_text(FreeTimes(hours, zone).half_hours(week), "", week)


@pytest.mark.parametrize(
    ("hours", "read"),
    [
        ("Mon 9-12; Tue 14-17", "Mon 9:00–12:00, Tue 14:00–17:00"),
        ("monday 9–12:30,13-15", "Mon 9:00–12:30, Mon 13:00–15:00"),
        ("Fri-Mon 9-10", "Mon 9:00–10:00, Fri 9:00–10:00, Sat 9:00–10:00, Sun 9:00–10:00"),
        ("Mon, Wed: 9am-1pm\nThu 12pm-12:30pm", "Mon 9:00–13:00, Wed 9:00–13:00, Thu 12:00–12:30"),
        ("Mo 22-24; Tu 0-1", "Mon 22:00–24:00, Tue 0:00–1:00"),
        ("Mon 9-9:15; Mon 9:15-9:30; Mon 10:15-10:45", "Mon 9:00–9:30"),  # only whole half hours
        ("", ""),
    ],
)
def test_free_times_are_read_as_people_write_them(hours: str, read: str):
    assert free(hours) == read


@pytest.mark.parametrize(
    ("zone", "read"),
    [
        ("Europe/Berlin", "Mon 8:00–9:00"),
        ("europe/berlin", "Mon 8:00–9:00"),
        ("America/New York", "Mon 14:00–15:00"),
        ("UTC+2", "Mon 7:00–8:00"),
        ("GMT-03:30", "Mon 12:30–13:30"),
        ("+10", "Sun 23:00–24:00"),
        ("Z", "Mon 9:00–10:00"),
    ],
)
def test_free_times_become_universal_time(zone: str, read: str):
    assert free("Mon 9-10", zone) == read


def test_a_time_is_told_in_the_zone_it_was_given_in():
    halves = FreeTimes("Mon 0-1; Sun 23-24", "Asia/Kathmandu").half_hours(WINTER)

    assert spans_text(halves, "Asia/Kathmandu", WINTER) == "Mon 0:00–0:45, Sun 23:15–24:00"


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("Mon", "“Mon” is not a free time; write it like Mon 9-12."),
        ("Mon 9-12; whenever", "“whenever” is not a free time"),
        ("Moonday 9-12", "“Moonday” is not a day of the week; write Mon, Tue"),
        ("Mon 12-9", "“Mon 12-9” ends before it begins"),
        ("Mon 9-25", "“25” is not a time of day; use 0 to 24."),
        ("Mon 9:70-12", "“9:70” is not a time of day"),
        ("Mon 13pm-14pm", "“13pm” is not a time of day"),
        ("Mon 9-12, later", "“later” is not a time of day; write it like 9-12"),
        ("Mon-Wed-Fri 9-12", "names more than two days"),
    ],
)
def test_free_times_raise_with_what_to_write(hours: str, sentence: str):
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        FreeTimes(hours)


@pytest.mark.parametrize("zone", ["PSX", "UTC+25", "Europe", "2"])
def test_time_zones_raise_with_what_to_write(zone: str):
    with pytest.raises(ValueError, match=r"is not a time zone; write a name such as Europe/Berlin"):
        read_zone(zone)


# sought after


TURNS = {
    "Ada": ("Bo",),
    "Bo": ("Chi",),
    "Chi": ("Bo", "Eun"),
    "Dov": ("Bo", "Chi"),
    "Eun": ("Chi", "Eun"),
    "Fay": ("Fay", "Zoe"),
}
"""Loads: Bo 1 + ½ + ½ = 2, Chi 1 + ½ + 1 = 2½, Eun ½; five ballots for six members: an equal share is ⅚."""


def test_sought_after_are_those_with_twice_an_equal_share():
    brief = brief_of(roster("Ada Bo Chi Dov Eun Fay", turns_to=TURNS), [3, 3])

    assert values(SoughtAfter(), brief, "Ada Bo Dov", "Chi Eun Fay") == [100, 100]
    assert values(SoughtAfter(), brief, "Bo Chi Dov", "Ada Eun Fay") == [0, 0]


def test_fewer_sought_after_than_groups_need_only_be_spread():
    brief = brief_of(roster("Ada Bo Chi Dov Eun Fay", turns_to=TURNS), [2, 2, 2])

    assert values(SoughtAfter(), brief, "Ada Bo", "Chi Dov", "Eun Fay") == [100, 100, 100]
    assert values(SoughtAfter(), brief, "Bo Chi", "Ada Dov", "Eun Fay") == [0, 100, 100]


def test_the_absent_vote_and_nobody_stands_out_by_one_vote():
    cells = {"turns_to": {"Ada": ("Bo",), "Bo": ("Chi",)}}
    present = roster("Ada Bo Chi Dov", **cells)
    absent = present.without(["Ada"])

    assert SoughtAfter().lacks(brief_of(absent, [3])) == ""
    assert values(SoughtAfter(), brief_of(present, [2, 2]), "Bo Chi", "Ada Dov") == [100, 100]


def test_sought_after_names_them_and_their_load_to_the_manager_alone():
    brief = brief_of(roster("Ada Bo Chi Dov Eun Fay", turns_to=TURNS), [3, 3])
    (bo_and_chi,) = groups_of(brief, "Bo Chi Dov")
    (why,), (talk,) = SoughtAfter().why(brief, bo_and_chi), SoughtAfter().talk_about(brief, bo_and_chi)

    assert why.text == "Sought after here: Bo (2 of 5 ballots) and Chi (2.5 of 5 ballots)."
    assert talk.text == "Bo and Chi are both sought after: leave them time for their own work."
    assert why.private
    assert talk.private


# numbers stay small


def test_groups_of_very_many_sizes_are_refused_rather_than_scored_wrongly():
    sizes = list(range(2, 32))
    names = [f"M{i}" for i in range(sum(sizes))]
    brief = brief_of(roster_of(dict.fromkeys(names, "")), sizes)

    formulation = Formulation(brief, (), {"complement": 2, "calm": 2, "weakest": 2})
    with pytest.raises(InputError, match="so many different sizes \\(from 2 to 31\\)"):
        _ = formulation.instance
    with pytest.raises(InputError, match="so many different sizes"):
        formulation.score(1)


def test_every_size_from_two_to_twenty_still_fits():
    sizes = list(range(2, 21))
    names = [f"M{i}" for i in range(sum(sizes))]
    brief = brief_of(roster_of(dict.fromkeys(names, "")), sizes)
    formulation = Formulation(brief, (), {"complement": 2, "calm": 2, "weakest": 2})
    labels = np.repeat(np.arange(len(sizes)), sizes)

    assert formulation.score(formulation.instance.objective(labels)) == 50
