from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations
from types import SimpleNamespace

import pytest

from matcher.work.sheets import Sheet


def pairs(groups):
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


@pytest.fixture
def used(sample):
    """The sample with one plan of duos that was used."""
    return sample.go("form").form().go("rounds").press("Mark the present plan as used")


def look_at(app, view):
    """Choose what the page shows."""
    app.at.session_state["rounds_view"] = view
    app.at.run()
    return app


def plan_ahead(app, **asked):
    """Plan the next rounds, and wait for them."""
    look_at(app.go("rounds"), "Plan ahead")
    for name, value in ({"seconds": 3} | asked).items():
        app.at.session_state[f"ahead_{name}"] = value
    app.at.run()
    return app.press("Plan the rounds").ended()


def rotation(app):
    from matcher.work.server import server

    return server().jobs.look(app.work.ahead).value


def test_the_address_says_which_view_is_shown_and_another_view_is_no_view(sample):
    from tests.app.conftest import App

    look_at(sample.go("rounds"), "Who leads")
    assert sample.at.query_params["rounds_view"] == "Who leads"
    for asked, shown in (("Who leads", "Who leads"), ("Who cooks", "Past rounds")):
        again = App()
        again.at.query_params["workspace"] = sample.work.id
        again.at.query_params["rounds_view"] = asked
        assert again.go("rounds").at.session_state["rounds_view"] == shown
        assert not again.at.exception
    del sample.at.query_params["rounds_view"]  # back in the browser
    sample.at.run()
    assert sample.at.session_state["rounds_view"] == "Past rounds"


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


def test_a_round_has_dates_that_can_be_corrected_and_a_last_day_that_may_be_open(used):
    (one,) = used.work.rounds
    assert (one.begins, one.ends) == (date.today(), None)
    assert f"since {one.begins.day} " in used.said
    used.at.date_input(key=f"ends_{one.id}").set_value(one.begins - timedelta(1)).run()
    assert "before it begins on" in used.said
    assert used.work.rounds[0].ends is None
    assert used.at.date_input(key=f"ends_{one.id}").value is None
    used.at.date_input(key=f"begins_{one.id}").set_value(date(2026, 3, 2)).run()
    used.at.date_input(key=f"ends_{one.id}").set_value(date(2026, 6, 30)).run()
    assert "2 March 2026 to 30 June 2026" in used.said
    used.press("Undo: the dates of Duos").press("Undo: the dates of Duos")
    assert used.work.rounds == (one,)


def test_a_round_is_renamed_and_removed_and_that_can_be_undone(used):
    (one,) = used.work.rounds
    used.at.text_input(key=f"name_{one.id}").set_value("Spring").run()
    assert "**Spring**" in used.said
    used.at.text_input(key=f"name_{one.id}").set_value(" ").run()
    assert "Give the round a name; it is still called “Spring”." in used.said
    assert used.at.text_input(key=f"name_{one.id}").value == "Spring"
    used.press("Remove")
    assert used.work.history == ()
    used.press("Undo: remove Spring")
    assert [round_.name for round_ in used.work.history] == ["Spring"]


def test_an_earlier_round_that_is_marked_later_stands_before(used):
    used.go("form").choose("goal_fresh", "high").form().go("rounds")
    used.at.date_input(key="present_begins").set_value(date(2026, 1, 7)).run()
    used.at.date_input(key="present_ends").set_value(date(2026, 1, 1)).run()
    used.press("Mark the present plan as used")
    assert "Duos used on 7 January 2026 cannot end on 1 January 2026, before it begins" in used.said
    assert len(used.work.rounds) == 1
    used.at.date_input(key="present_ends").set_value(date(2026, 1, 31)).run()
    used.press("Mark the present plan as used")
    assert [one.begins for one in used.work.rounds] == [date(2026, 1, 7), date.today()]
    assert "Move back" not in used.labels()


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
    assert "1 group, 2 people on the roster" in sample.said
    assert "“Somebody Gone” is nobody on the roster" in sample.said
    sample.press("Move back")
    assert [one.name for one in sample.work.history] == ["spring", "autumn 2", "autumn 1"]
    sample.press("Remove")  # the first in the list is the latest
    assert [one.name for one in sample.work.history] == ["spring", "autumn 2"]
    sample.press("Undo: remove autumn 1").press("Undo: move autumn 2 back")
    assert [one.name for one in sample.work.history] == ["spring", "autumn 1", "autumn 2"]


def test_files_that_a_field_reports_twice_come_in_once(monkeypatch):
    from matcher.ui.parts import file_field, rounds
    from matcher.work.workspace import Workspace

    work = Workspace().with_people(Sheet("t", ("name", "superpowers"), (("Anna", "Vision"), ("Bo", "Calm"))))
    file = SimpleNamespace(file_id="1", name="spring.csv", getvalue=lambda: b"name,team\nAnna,1\nBo,1\n")
    session, made = {"field": [file]}, [work]
    monkeypatch.setattr(file_field, "st", SimpleNamespace(session_state=session))
    monkeypatch.setattr(rounds, "try_change", lambda change, done: made.append(change(made[-1])))
    rounds._uploaded("field")
    rounds._uploaded("field")
    session["field"] = [file, SimpleNamespace(file_id="2", name="summer.csv", getvalue=file.getvalue)]
    rounds._uploaded("field")
    assert [used.name for used in made[-1].rounds] == ["spring", "summer"]


def test_without_a_round_nobody_has_met(sample):
    look_at(sample.go("rounds"), "Who met whom")
    assert "Nobody has met yet" in sample.said


def test_who_has_met_whom_is_a_picture_with_words_and_a_list(used):
    look_at(used, "Who met whom")
    assert (
        "In 1 past round 6 of the 66 pairs of the 12 people present were together; 60 never were."
        in used.said
    )
    (chart,) = used.at.get("vega_lite_chart")
    assert "60 of 66 pairs of those present have never been together" in chart.proto.alt
    groups = [{used.work.names[key] for key in keys} for keys in used.work.history[0].groups.values()]
    (partner,) = next(group for group in groups if "Bilal Qasmieh" in group) - {"Bilal Qasmieh"}
    used.at.selectbox(key="met_whom").select("Bilal Qasmieh").run()
    told = next(m.value for m in used.at.markdown if m.value.startswith("Bilal Qasmieh has never"))
    assert "10 people" in told
    assert partner not in told
    assert used.said.count("(10): ") == 12


def test_pairs_that_never_met_can_be_searched_and_who_has_met_the_fewest_is_named(sample):
    alone, *others = sorted(member.name for member in sample.work.roster.members)
    rows = "".join(
        f"{name},{min(place // 2, 4)}\n" for place, name in enumerate(others)
    )  # the last is a trio
    sample.go("rounds").upload("History file", "h.csv", f"name,team\n{rows}")
    look_at(sample, "Who met whom")
    assert f"{alone} has met the fewest: 0 of 11 others." in sample.said
    assert "Pairs that never met: 59" in [one.label for one in sample.at.expander]
    assert len(sample.at.dataframe[0].value) == 59
    sample.at.text_input(key="met_find").set_value(alone[:5].upper()).run()
    found = sample.at.dataframe[0].value
    assert len(found) == 11
    assert all(alone in (row["member"], row["never met"]) for _, row in found.iterrows())


def test_rounds_are_planned_at_once_with_a_table_and_a_file(sample):
    plan_ahead(sample, kind="teams", size=3, rounds=3)
    assert "No two people are together twice in these 3 rounds." in sample.said
    table = sample.at.dataframe[0]
    assert table.value["round"].tolist() == [1, 2, 3]
    assert list(table.value.columns) == ["round", "Team 1", "Team 2", "Team 3", "Team 4"]
    assert "Who is with whom in 3 rounds" in table.proto.alt
    assert "Rounds (CSV)" in [button.label for button in sample.at.get("download_button")]
    assert sample.said.count("no repeat") == 3


def test_when_no_more_rounds_are_possible_the_page_says_why_and_lists_who_is_together_again(sample):
    plan_ahead(sample, rounds=12)
    found = rotation(sample)
    assert f"Rounds 1 to {found.free} have no repeat." in sample.said
    assert f"At most {found.most} rounds can be without a repeat: " in sample.said
    labels = [expander.label for expander in sample.at.expander]
    assert f"Who is together again: {len(found.repeats)} pairs" in labels


def test_a_planned_round_becomes_the_present_plan_and_can_be_used(sample):
    plan_ahead(sample, rounds=2)
    second = rotation(sample).plans[1]
    sample.at.button(key="take_2").click().run()
    assert "Round 2 is the present plan now." in sample.said
    assert sample.plan is second
    look_at(sample, "Past rounds").press("Mark the present plan as used")
    assert {frozenset(keys) for keys in sample.work.history[0].groups.values()} == {
        frozenset(group.members) for group in second.groups
    }
    sample.go("plan")
    assert not sample.at.exception
    assert "were changed since" not in sample.said


def test_planned_rounds_are_marked_as_used_one_by_one(sample):
    plan_ahead(sample, rounds=2)
    first, second = rotation(sample).plans
    for number, begins in ((1, date(2026, 1, 5)), (2, date(2026, 2, 2))):
        sample.at.date_input(key=f"round_{number}_begins").set_value(begins).run()
        sample.press(f"Mark round {number} as used")
    assert [(one.name, one.begins) for one in sample.work.rounds] == [
        ("Duos, planned round 1", date(2026, 1, 5)),
        ("Duos, planned round 2", date(2026, 2, 2)),
    ]
    for plan, one in zip((first, second), sample.work.history, strict=True):
        assert pairs(one.groups.values()) == pairs(group.members for group in plan.groups)
    assert "Mark round 1 as used" not in sample.labels()


def test_past_rounds_count_unless_the_manager_says_otherwise(used):
    before = pairs(used.work.history[0].groups.values())
    plan_ahead(used, rounds=2)
    assert rotation(used).past == 1
    assert not any(before & pairs(g.members for g in plan.groups) for plan in rotation(used).plans)
    plan_ahead(used, rounds=1, avoid_past=False)
    assert rotation(used).past == 0


def test_planning_can_be_stopped_and_still_gives_its_rounds(sample):
    look_at(sample.go("rounds"), "Plan ahead")
    for name, value in {"kind": "teams", "size": 4, "rounds": 6, "seconds": 600}.items():
        sample.at.session_state[f"ahead_{name}"] = value
    sample.at.run()
    sample.press("Plan the rounds")
    sample.until(lambda: "Repeats so far" in [metric.label for metric in sample.at.metric])
    sample.press("Stop").ended()
    assert len(rotation(sample).plans) == 6
    assert "At most 1 round can be without a repeat" in sample.said


def test_rules_that_cannot_hold_and_changes_since_are_told(app):
    people = "name,superpowers\nAnna,Vision\nBo,Grit\nCy,Calm\nDi,Empathy\n"
    app.upload("Roster file", "t.csv", people)
    plan_ahead(app, rounds=1)
    app.go("people").upload("Frictions file", "f.csv", "member a,member b\nAnna,Bo\nAnna,Cy\nAnna,Di\n")
    look_at(app.go("rounds"), "Plan ahead")
    assert "were changed since. Plan the rounds again" in app.said
    app.press("Plan the rounds").ended()
    assert "These rules cannot all hold together" in app.said
