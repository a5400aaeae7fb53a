from __future__ import annotations

import re
from itertools import combinations

import pytest


def pairs(groups):
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


@pytest.fixture
def used(sample):
    """The sample with one plan of duos that was used."""
    return sample.go("form").form().go("rounds").press("Mark the present plan as used")


def test_without_a_round_the_page_says_how_to_get_one(sample):
    sample.go("rounds")
    assert "There is no past round yet." in sample.said


def test_a_plan_that_was_used_is_a_round_with_its_date(used):
    assert re.search(r"Duos used on \d+ \w+ 20\d\d", used.said)
    assert "6 groups, 12 people on the roster" in used.said
    assert "The present plan is among the rounds." in used.said
    (one,) = used.work.history
    assert {frozenset(keys) for keys in one.groups.values()} == {
        frozenset(group.members) for group in used.plan.groups
    }
    used.go("plan")
    assert "were changed since" not in used.said


def test_the_next_duos_bring_other_people_together_unless_the_manager_keeps_them(used):
    before = pairs(group.members for group in used.plan.groups)
    used.go("form").choose("goal_fresh", "high").form()
    assert not before & pairs(group.members for group in used.plan.groups)
    assert used.plan.goals["fresh"] == 100
    used.choose("keep", True).form()
    assert pairs(group.members for group in used.plan.groups) == before


def test_files_of_rounds_come_in_order_and_can_be_moved_and_removed(sample):
    sample.go("rounds")
    field = next(f for f in sample.at.file_uploader if f.label == "History file")
    rows = "name,duo\nŁucja Brzozek,1\nTendai Moyana,1\nSomebody Gone,1\n"
    spring, broken = ("spring.csv", rows.encode(), "text/csv"), ("broken.csv", b"a,b\n1,2\n", "text/csv")
    several = (
        "round,name,team\n1,Chlo\u00eb Verhaag,A\n1,Bilal Qasmieh,A\n2,Aroha Tepania,A\n2,Bilal Qasmieh,A\n"
    )
    field.set_value([spring, broken, ("autumn.csv", several.encode(), "text/csv")]).run()
    assert "broken.csv" in sample.said
    assert "There is no column for the groups" in sample.said
    assert [one.name for one in sample.work.history] == ["spring", "autumn 1", "autumn 2"]
    assert "2 rounds, 2 groups, 3 people on the roster" in sample.said
    assert "“Somebody Gone” is nobody on the roster" in sample.said
    sample.press("Move back")
    assert [one.name for one in sample.work.history] == ["autumn 1", "autumn 2", "spring"]
    sample.press("Remove")  # the first in the list is the latest
    assert [one.name for one in sample.work.history] == ["autumn 1", "autumn 2"]
