from __future__ import annotations

import pytest

from matcher.people.friction import Severity
from matcher.rules import Together
from tests.app.conftest import App
from tests.app.test_rounds import look_at, pairs

TEAMS = "name,team\n" + "".join(
    f"{name},{team}\n"
    for team, names in (
        ("Red", ("Łucja Brzozek", "Tendai Moyana", "Bilal Qasmieh")),
        ("Blue", ("Chloë Verhaag", "Aroha Tepania")),
    )
    for name in names
)


@pytest.fixture
def teams(sample):
    """The sample with a round of a trio and a duo, looked back on."""
    sample.go("rounds").upload("History file", "teams.csv", TEAMS)
    return sample.press("Look back")


def key(app, field: str, group: int) -> str:
    return f"note_{field}_{app.work.rounds[0].id}_{group}"


def rate(app, group: int, rating: int | None):
    """Press one of the ratings, or the chosen one again."""
    (field,) = (one for one in app.at.get("button_group") if one.key == key(app, "rating", group))
    field.set_value(rating).run()
    return app


def write(app, field: str, group: int, text: str):
    app.at.text_input(key=key(app, field, group)).set_value(text).run()
    return app


def note(app, group: str):
    return app.work.rounds[0].note(group)


def test_without_a_round_there_is_nothing_to_look_back_on(sample):
    look_at(sample.go("rounds"), "Look back")
    assert "There is no past round yet." in sample.said


def test_what_is_noted_is_kept_and_there_again_in_another_session(teams):
    rate(teams, 0, 2)
    write(write(write(teams, "remark", 0, "Slow"), "goals", 0, "Ship"), "actions", 0, "Meet on Mondays")
    leader = teams.work.roster.find("Tendai Moyana").key
    teams.at.selectbox(key=key(teams, "led_by", 0)).select(leader).run()
    rate(teams, 1, 5)
    red = note(teams, "Red")
    assert (red.rating, red.remark, red.goals, red.actions, red.led_by) == (
        *(2, "Slow", "Ship", "Meet on Mondays"),
        leader,
    )
    assert note(teams, "Blue").rating == 5
    again = App()
    again.at.query_params["workspace"] = teams.work.id
    again.at.run()
    look_at(again.go("rounds"), "Look back")
    assert again.at.text_input(key=key(teams, "remark", 0)).value == "Slow"
    assert again.at.session_state[key(teams, "rating", 0)] == 2
    assert again.at.selectbox(key=key(teams, "led_by", 0)).value == leader
    assert again.work.rounds == teams.work.rounds


def test_the_summary_stands_on_top_and_actions_that_are_done_leave_it(teams):
    write(rate(rate(teams, 0, 2), 1, 5), "actions", 0, "Meet on Mondays")
    shown = {metric.label: metric.value for metric in teams.at.metric}
    assert shown == {"How it went": "3.5 of 5", "Rated": "2 of 2", "Open actions": "1"}
    assert "Best: Blue. Worst: Red." in teams.said
    teams.at.checkbox(key=key(teams, "done", 0)).check().run()
    assert {metric.label: metric.value for metric in teams.at.metric}["Open actions"] == "0"
    rate(teams, 0, None)
    assert note(teams, "Red").rating == 0
    assert "Worst" not in teams.said


def test_an_undo_is_seen_in_the_fields(teams):
    write(write(teams, "remark", 0, "Slow"), "remark", 1, "Quick")
    teams.press("Undo: the remark on Blue")
    assert teams.at.text_input(key=key(teams, "remark", 1)).value == ""
    assert teams.at.text_input(key=key(teams, "remark", 0)).value == "Slow"


def test_what_a_field_says_is_kept_although_what_keeps_it_was_interrupted(teams):
    teams.at.session_state[key(teams, "remark", 0)] = "Slow"  # so no callback is called
    teams.at.session_state[key(teams, "rating", 1)] = 4
    teams.at.run()
    assert (note(teams, "Red").remark, note(teams, "Blue").rating) == ("Slow", 4)
    assert {metric.label: metric.value for metric in teams.at.metric}["Rated"] == "1 of 2"


def test_two_windows_do_not_overwrite_each_other(teams):
    other = App()
    other.at.query_params["workspace"] = teams.work.id
    other.at.run()
    look_at(other.go("rounds"), "Look back")
    write(teams, "remark", 0, "Quick")
    write(other, "goals", 0, "Ship")  # another field: both are kept
    assert (note(teams, "Red").remark, note(teams, "Red").goals) == ("Quick", "Ship")
    rate(teams, 1, 2)
    rate(other, 1, 5)
    assert "Somebody changed the rating of Blue in teams in another window meanwhile" in other.said
    assert note(teams, "Blue").rating == 2
    assert other.at.session_state[key(other, "rating", 1)] == 2
    rate(other, 1, 5)
    assert note(teams, "Blue").rating == 5


def test_of_a_team_pairs_can_be_named_which_are_then_suggested_and_taken_never_by_themselves(teams):
    labels = [field.label for field in teams.at.multiselect]
    assert labels == ["Pairs that worked badly together", "Pairs that worked well together"]  # of the trio
    keys = sorted(teams.work.roster.find(name).key for name in ("Łucja Brzozek", "Bilal Qasmieh"))
    before = teams.work.frictions, teams.work.rules
    teams.at.multiselect(key=key(teams, "pairs_badly", 0)).set_value([tuple(keys)]).run()
    rate(teams, 1, 4)
    assert (teams.work.frictions, teams.work.rules) == before
    for page in ("form", "rules"):
        teams.go(page)
        assert "2 suggestions from past rounds" in [one.label for one in teams.at.expander]
        assert "Avoid: Bilal Qasmieh and Łucja Brzozek" in teams.said
        assert "teams: worked badly together in Red." in teams.said
    teams.press("Take")
    friction = teams.work.found_frictions.value[-1]
    assert ({friction.a, friction.b}, friction.severity) == (set(keys), Severity.AVOID)
    assert friction.note == "teams went badly"
    teams.press("Take")
    assert isinstance(teams.work.found_rules.value[-1], Together)
    assert not [one for one in teams.at.expander if "suggestion" in one.label]
    teams.press("Undo: keep").press("Undo: avoid")
    assert (teams.work.frictions, teams.work.rules) == before
    teams.press("Leave").press("Leave")
    assert not [one for one in teams.at.expander if "suggestion" in one.label]
    assert (teams.work.frictions, teams.work.rules) == before


@pytest.mark.parametrize("importance", ["off", "low"])
def test_whoever_takes_a_friction_to_avoid_reads_whether_it_has_no_say(teams, importance):
    teams.go("form").choose("goal_calm", importance)
    rate(look_at(teams.go("rounds"), "Look back"), 1, 1)
    teams.go("rules").press("Take")
    assert "It is among the frictions now." in teams.said
    assert ("The goal Calm is off" in teams.said) == (importance == "off")
    teams.go("form")
    assert ("The goal Calm is off" in teams.said) == (importance == "off")


def test_what_was_agreed_is_there_when_the_next_round_is_formed_and_in_the_managers_view_only(teams):
    write(write(teams, "goals", 0, "Ship twice"), "actions", 1, "Ask Bilal")
    teams.go("form").form()
    assert "Goals: Ship twice" in teams.said
    teams.go("plan")
    assert "Open actions: Ask Bilal" in teams.said
    teams.at.session_state["plan_copy"] = "team"
    teams.at.run()
    assert "Ask Bilal" not in teams.said
    assert "Ship twice" not in teams.said


def test_the_page_form_asks_plainly_whether_to_rotate(teams):
    teams.go("form")
    before = pairs(teams.work.history[0].groups.values())

    def choose(words):
        (field,) = (one for one in teams.at.get("button_group") if one.key == "rotate")
        field.set_value(words).run()
        return teams

    choose("Do not mind")
    assert teams.work.settings.goals["fresh"] == "off"
    assert teams.at.session_state["ask_goal_fresh"] == "off"
    choose("Keep together")
    assert (teams.work.settings.goals["fresh"], teams.work.settings.keep) == ("high", True)
    assert teams.at.session_state["ask_keep"] is True
    choose("Rotate")
    assert (teams.work.settings.goals["fresh"], teams.work.settings.keep) == ("high", False)
    teams.choose("goal_fresh", "off")
    assert teams.at.session_state["rotate"] == "Do not mind"
    choose("Rotate").form()
    assert not before & pairs(group.members for group in teams.plan.groups)


def test_without_a_past_round_nothing_is_asked_about_it(sample):
    sample.go("form")
    assert "rotate" not in [one.key for one in sample.at.get("button_group")]


def test_of_many_groups_some_are_shown_and_the_others_found_by_name(app):
    people = [f"Person {number:02}" for number in range(60)]
    app.upload("Roster file", "t.csv", "name,superpowers\n" + "".join(f"{name},Calm\n" for name in people))
    rows = "".join(f"{name},{number // 2}\n" for number, name in enumerate(people))
    app.go("rounds").upload("History file", "duos.csv", f"name,duo\n{rows}").press("Look back")
    assert "12 of 30 groups are shown." in app.said
    app.press("Show 12 more")
    assert "24 of 30 groups are shown." in app.said
    id_ = app.work.rounds[0].id
    app.at.text_input(key=f"look_for_{id_}").set_value("person 59").run()
    assert "Person 58 · Person 59" in app.said
    assert "Person 00" not in app.said
    write(app, "remark", 29, "Found")
    assert app.work.rounds[0].note("29").remark == "Found"
