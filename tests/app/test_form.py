from __future__ import annotations

import time

MANY = "name,superpowers,site\n" + "".join(
    f"Person {i},{('Vision', 'Grit', 'Calm', 'Empathy', 'Momentum')[i % 5]},{('Oslo', 'Lima')[i % 2]}\n"
    for i in range(60)
)


def test_duos_of_the_sample_are_there_with_verdict_and_names(sample):
    sample.go("form").form()
    assert "best possible." in sample.said
    assert "random plans that keep the rules." in sample.said
    assert "1. " in sample.said
    assert "Łucja Brzozek" in sample.said


def test_below_the_button_a_line_leads_to_the_plan_once_there_was_a_run(sample):
    def below() -> list[str]:
        labels = [link.proto.label for link in sample.at.get("page_link")]
        return [label for label in labels if ": see" in label]

    sample.go("form")
    assert not below()
    sample.form()
    assert below() == ["The plan is there: see it"]
    for goal in ("complement", "coverage", "calm"):
        sample.choose(f"goal_{goal}", "off")
    sample.form()
    assert below() == ["There is no plan: see why"]


def test_teams_take_a_size_a_range_or_a_number(sample):
    sample.go("form")
    sample.choose("kind", "teams")
    sample.choose("least", 3)
    sample.choose("most", 3)
    sample.form("teams").go("plan")
    assert len(sample.cards) == 4
    sample.go("form")
    sample.choose("given_by", "Number of teams")
    sample.choose("count", 2)
    sample.form("teams").go("plan")
    assert len(sample.cards) == 2


def test_a_team_larger_than_the_roster_is_a_sentence(sample):
    sample.go("form")
    sample.choose("kind", "teams")
    sample.choose("least", 13)
    sample.choose("most", 14)
    sample.form("teams")
    assert "A team of 13 is larger than the roster of 12 people present." in sample.said


def test_sizes_in_the_wrong_order_are_a_sentence(sample):
    sample.go("form")
    sample.choose("kind", "teams")
    sample.choose("least", 7)
    sample.press("Form teams")
    assert "make the first number the smaller one." in sample.said


def test_one_member_is_a_sentence(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\n").go("form").form()
    assert "A plan needs two people or more, but 1 person is present." in app.said


def test_rules_that_cannot_all_hold_are_listed(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision\nBo,Grit\n")
    app.upload("Frictions file", "f.csv", "member a,member b\nAnna,Bo\n").go("form").form()
    assert "These rules cannot all hold together" in app.said
    assert "Anna and Bo never work together (friction)." in app.said
    assert not app.at.exception


def test_a_purpose_sets_the_importances_and_they_stay_editable(sample):
    sample.go("form")
    sample.at.selectbox(key="ask_preset").set_value("deliver on time").run()
    assert sample.at.session_state["ask_goal_calm"] == "high"
    sample.form()
    assert sample.plan.settings["goals"]["calm"] == "high"
    assert sample.plan.settings["preset"] == "deliver on time"


def test_no_goal_at_all_is_a_sentence(sample):
    sample.go("form")
    for goal in ("complement", "coverage", "calm"):
        sample.choose(f"goal_{goal}", "off")
    sample.form()
    assert "No goal is on that gives a group a score" in sample.said


def test_columns_that_are_chosen_to_mix_turn_the_goal_on(sample):
    sample.go("form")
    sample.at.multiselect(key="ask_columns_mix").set_value(["location"])
    sample.form()
    assert sample.plan.settings["goals"]["mix"] == "normal"
    assert sample.plan.settings["mix"] == ["location"]
    sample.go("plan").go("form").choose("goal_mix", "off").form()
    assert sample.plan.settings["goals"]["mix"] == "normal"  # who chooses columns wants them used


def test_people_who_are_absent_this_time_are_shown_as_such(sample):
    sample.go("form")
    sample.at.multiselect(key="ask_absent").set_value(["Tendai Moyana"])
    sample.form()
    assert "Absent from this plan: Tendai Moyana." in sample.said
    sample.go("plan")
    assert "Absent from this plan: Tendai Moyana." in sample.said


def test_a_long_run_shows_its_first_plan_at_once_and_can_be_stopped(app):
    app.upload("Roster file", "many.csv", MANY).go("form")
    app.choose("kind", "teams")
    app.choose("seconds", 60)
    began = time.monotonic()
    app.press("Form teams")
    app.until(lambda: "The best plan so far" in app.said)
    assert [metric.label for metric in app.at.metric] == ["Score so far", "At most", "Seconds"]
    app.press("Stop")
    app.until(lambda: not any(button.label == "Stop" for button in app.at.button))
    assert time.monotonic() - began < 30
    assert "Stopped early: this is the best plan so far." in app.said


def test_settings_are_kept_over_a_change_of_page(sample):
    sample.go("form")
    sample.choose("goal_calm", "high")
    sample.go("people").go("form")
    assert sample.at.session_state["ask_goal_calm"] == "high"


def test_a_goal_that_lacks_something_says_what_and_is_normal_once_it_is_there(sample):
    sample.go("form")
    assert "**Fresh** – Give at least one past round as history." in sample.said
    assert "ask_goal_fresh" not in sample.at.session_state
    sample.form()
    assert sample.plan.settings["goals"]["fresh"] == "off"
    sample.go("rounds").press("Mark the present plan as used").go("form")
    assert "**Fresh**" not in sample.said
    sample.form()
    assert sample.plan.settings["goals"]["fresh"] == "normal"
    sample.choose("goal_fresh", "off").form()
    assert sample.plan.settings["goals"]["fresh"] == "off"


def test_only_importances_that_were_changed_are_passed_on(sample):
    sample.go("form").form()
    assert dict(sample.work.settings.goals) == {}
    sample.choose("goal_calm", "high").form()
    assert dict(sample.work.settings.goals) == {"calm": "high"}


def test_meeting_asks_how_many_hours_are_enough(app):
    people = ("Anna,Vision,Mon 9-17", "Bo,Grit,Mon 9-12", "Cy,Calm,Tue 9-17", "Di,Empathy,Tue 9-17")
    roster = "\n".join(("name,superpowers,hours", *people))
    app.upload("Roster file", "t.csv", roster).go("form").choose("meeting_hours", 5)
    app.form()
    assert app.plan.settings["goals"]["meeting"] == "normal"
    assert app.plan.settings["meeting_hours"] == 5


def test_buddies_inside_teams_are_on_the_board(sample):
    sample.go("form").choose("kind", "teams").choose("buddies", True).form("teams").go("plan")
    assert sample.said.count("buddies share a box") == len(sample.plan.groups)
    keys = [member.key for member in sample.plan.brief.members]
    boxes = {frozenset(keys[i] for i in block) for card in sample.cards for block in card["blocks"]}
    assert boxes == {frozenset(pair) for group in sample.plan.groups for pair in group.buddies}
    assert all(len(group.buddies) > 1 for group in sample.plan.groups)


def test_two_of_one_name_can_be_told_apart_when_one_is_absent(app):
    app.upload("Roster file", "t.csv", "id,name,superpowers\n1,Ann,Vision\n2,Ann,Grit\n3,Bo,Calm\n")
    app.go("form").choose("absent", ["2"]).form()
    assert [member.key for member in app.plan.absent] == ["2"]
    assert {"1", "2"} <= set(app.at.multiselect(key="ask_absent").options)


def test_a_plan_of_more_groups_than_anybody_counts_leaves_the_page_usable(app):
    people = "".join(f"P{i},Vision\n" for i in range(1202))
    placed = "".join(f"P{i},Team {i // 2}\n" for i in range(1200)) + "P1200,Team 1\nP1201,Team 1\n"
    app.upload("Roster file", "t.csv", f"name,superpowers\n{people}").go("plan")
    app.upload("Plan made elsewhere", "p.csv", f"name,group\n{placed}").ended()
    app.go("form")
    field = app.at.number_input(key="ask_count")
    assert field.value == app.work.settings.count == 600
    assert not field.proto.has_max or field.max >= 600  # a browser refuses what is above
    assert not app.at.exception
