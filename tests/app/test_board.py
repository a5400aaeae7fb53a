from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matcher
from matcher.people.history import Round
from matcher.people.roster import Roster
from matcher.plan.effect import Fault
from matcher.plan.familiarity import rounds_together
from matcher.plan.open_points import open_points, told_openly
from matcher.ui.parts.board import heard
from matcher.ui.parts.cards import cards_of, initials
from matcher.ui.parts.charts import families_picture, fits_picture, network_picture
from matcher.ui.parts.find_member import PAGE, found
from tests.app.conftest import words_in

HOSTILE = "![x](http://evil.example/x.png)"
PEOPLE = "name,superpowers,level\n" + "".join(
    f"{name},{powers},{level}\n"
    for name, powers, level in (
        ("Ada", "Systems thinking; Calm", "lead"),
        ("Bo", "Experimentation; Vision", "junior"),
        ("Cy", "Peacemaking", "junior"),
        ("Di", "Provocation", "junior"),
        ("Eva", "Empathy; Momentum", "junior"),
        (HOSTILE, "Finishing", "junior"),
    )
)


@pytest.fixture(scope="module")
def roster() -> Roster:
    return matcher.read_roster(PEOPLE)


def by_hand(roster, groups, **options):
    """A plan with these groups, as the checker sees it."""
    return matcher.score_plan(Round(groups), roster, seconds=0, **options)


@pytest.fixture(scope="module")
def plan(roster):
    groups = {"Team 1": ("Ada", "Bo", "Cy"), "Team 2": ("Di", "Eva", HOSTILE)}
    rounds = [Round({"Old": ("Ada", "Bo")}), Round({"Older": ("Bo", "Ada", "Di")})]
    frictions = [("Di", "Eva", "avoid", "a secret note"), ("Ada", "Di", "avoid")]
    return by_hand(roster, groups, frictions=frictions, history=rounds, not_alone=["level"])


def card(plan, name, audience="manager", **given):
    groups = [group for group in plan.groups if group.name == name]
    return cards_of(plan, groups, audience, **given)[0]


def marks(told):
    return [mark["text"] for mark in told["marks"]]


def test_marks_say_what_stays_open_in_words_not_by_colour_alone(plan):
    assert "friction" in marks(card(plan, "Team 2"))
    assert "friction" not in marks(card(plan, "Team 1"))  # its two frictions lie across the groups
    assert "alone by level" in marks(card(plan, "Team 1"))
    missing = {mark for mark in marks(card(plan, "Team 2")) if mark.startswith("no ")}
    assert missing >= {"no Vision", "no Thinking"}
    assert all(mark["sign"] and mark["text"] for mark in card(plan, "Team 2")["marks"])


def test_who_is_new_together_is_said_once_a_round_is_known(plan, roster):
    known = {
        tuple(keys(plan)[i] for i in pair): rounds for pair, rounds in rounds_together(plan.brief).items()
    }
    assert known == {("Ada", "Bo"): 2, ("Ada", "Di"): 1, ("Bo", "Di"): 1}
    assert "1 of 3 pairs together before" in marks(card(plan, "Team 1"))
    assert "new together" in marks(card(plan, "Team 2"))
    pairs = next(p["lines"] for p in card(plan, "Team 1")["said"] if p["title"] == "Fit of each pair")
    assert [line.endswith("Ada and Bo · together before") for line in pairs].count(True) == 1
    fresh = by_hand(roster, {g.name: g.members for g in plan.groups})
    assert not any("together" in mark for mark in marks(card(fresh, "Team 1")))


def test_what_stays_open_is_told_for_the_whole_plan_the_gravest_first(plan):
    points = [point for group in plan.groups for point in open_points(plan, group)]
    lines = told_openly(plan, points)
    assert lines[0] == "Di and Eva (Team 2) would rather not work together."
    assert any(line == "Ada is the only one in Team 1 with level lead." for line in lines)
    assert any(line.startswith("Nobody brings Vision in Team 2") for line in lines)


def test_the_teams_card_has_nothing_private(plan):
    for name in ("Team 1", "Team 2"):
        told = card(
            plan,
            name,
            "team",
            locked=["Team 2", "Ada"],
            faults={"Team 2": [Fault("Nobody is.", "Somebody is wrong.")]},
        )
        words = " ".join(words_in(told)).lower()
        for private in ("friction", "secret", "alone", "clash", "fit", "wrong", "weak", "rather not"):
            assert private not in words, (private, words)
        assert told["score"] is None
        assert told["goals"] == []
        assert not told["locked"]
        assert not any(member["locked"] for member in told["members"])


@settings(max_examples=20)
@given(st.permutations(["Ada", "Bo", "Cy", "Di", "Eva", HOSTILE]), st.integers(2, 4))
def test_no_friction_note_or_score_is_in_any_card_of_the_team(plan, people, first):
    groups = {"Team 1": tuple(people[:first]), "Team 2": tuple(people[first:])}
    other = by_hand(
        plan.brief.roster,
        groups,
        frictions=[("Ada", "Bo", "avoid", "secret"), ("Cy", "Di", "never", "secret")],
    )
    private = [point.text for group in other.groups for point in (*group.points, *open_points(other, group))]
    for group in other.groups:
        told = cards_of(other, [group], "team")[0]
        words = words_in(told)
        assert not {*words} & {*private}
        assert not any("secret" in word or "friction" in word or "rather not" in word for word in words)
        assert told["score"] is None
        assert told["goals"] == []


def test_a_broken_rule_stands_on_the_card(plan):
    told = card(
        plan, "Team 2", faults={"Team 2": [Fault("No two of them.", f"{who} is.") for who in ("Di", "Eva")]}
    )
    assert "breaks 1 rule" in marks(told)
    assert told["said"][0]["lines"] == ["No two of them. Di is.", "No two of them. Eva is."]
    assert not told["said"][0]["folded"]


def test_names_are_found_by_a_part_of_them_and_groups_by_the_whole(plan):
    assert found(plan, plan.groups, "ev")[0] == [plan.groups[1]]
    assert found(plan, plan.groups, " EVA ")[1] == {"Eva"}
    assert found(plan, plan.groups, "team 1") == ([plan.groups[0]], frozenset())
    assert found(plan, plan.groups, "systems")[1] == {"Ada"}
    assert found(plan, plan.groups, "nobody at all") == ([], frozenset())
    assert found(plan, plan.groups, "")[0] == list(plan.groups)


def test_the_families_picture_says_what_is_missing_and_who_covers_what(plan):
    picture = families_picture(plan, plan.groups)
    assert "nobody brings Vision in Team 2" in picture.alt
    rows = {(row["group"], row["family"][2:]): row for row in data_of(picture)}
    assert rows["Team 1", "Thinking"]["cell"] == "1st"
    assert rows["Team 1", "Thinking"]["by"] == "Ada"
    assert rows["Team 2", "Vision"]["covered as"] == "missing"


def test_the_fits_picture_has_every_pair_twice_and_names_the_extremes(plan):
    picture = fits_picture(plan, plan.groups)
    rows = data_of(picture)
    assert len(rows) == 6 * 5
    assert {(row["fit"]) for row in rows} == {
        plan.fit(a, b) for a in keys(plan) for b in keys(plan) if a != b
    }
    inside = [plan.fit(a, b) for g in plan.groups for a in g.members for b in g.members if a < b]
    assert f"{sum(fit >= 25 for fit in inside)} of 25 or more" in picture.alt


def test_the_network_draws_complements_clashes_and_frictions(plan):
    picture = network_picture(plan, plan.groups[1])
    assert "1 friction (Di and Eva)" in picture.alt
    assert "Ada" not in picture.alt
    told = [row["why"] for row in data_of(picture) if row.get("kind") == "friction"]
    assert told == ["a secret note"]
    complement = network_picture(plan, plan.groups[0])
    assert "complement (Ada and Bo" in complement.alt


def test_hostile_names_are_data_in_pictures_and_cards(plan):
    assert HOSTILE in {member["name"] for member in card(plan, "Team 2")["members"]}
    for picture in (families_picture(plan, plan.groups), network_picture(plan, plan.groups[1])):
        spec = picture.chart.to_dict()
        spec.pop("datasets", None)
        assert HOSTILE not in str({key: value for key, value in spec.items() if key != "data"})


def test_a_page_of_pictures_stands_groups_without_pairs(roster):
    plan = by_hand(roster, {"Team 1": ("Ada",), "Team 2": ("Bo", "Cy", "Di", "Eva", HOSTILE)})
    assert "no pair" in fits_picture(plan, plan.groups[:1]).alt
    assert network_picture(plan, plan.groups[0]).chart.to_dict()
    assert families_picture(plan, plan.groups[:1]).chart.to_dict()


@pytest.mark.parametrize(
    "told",
    [None, "x", 3, [], {}, {"run": "another", "member": 1}, {"member": 1, "other": 2}],
)
def test_what_is_no_report_of_a_board_is_left(told, plan):
    assert heard(told, {"run": plan}.get) is None


@pytest.mark.parametrize("number", [-1, 6, 10**9, True, 1.0, "1", None, [1]])
def test_a_member_who_is_not_there_is_nobody(number, plan):
    said = heard({"run": "run", "member": number, "other": number, "group": number}, {"run": plan}.get)
    assert (said.member, said.other) == ("", "")
    assert said.group == ""


def test_a_report_names_members_and_groups(plan):
    said = heard(
        {"run": "run", "what": "lock", "member": keys(plan).index("Di"), "group": 1}, {"run": plan}.get
    )
    assert (said.what, said.member, said.other, said.group) == ("lock", "Di", "", "Team 2")


@pytest.mark.parametrize(
    ("name", "badge"),
    [
        ("Ada Lovelace", "AL"),
        ("Bo", "B"),
        ("Ana de la Cruz", "AC"),
        ("東京 太郎", "東太"),
        ("« Zoë »", "Z"),
        ("!", "!"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name, badge):
    assert initials(name) == badge


@given(st.text(min_size=1).filter(str.strip))
def test_every_name_has_initials(name):
    assert 1 <= len(initials(name)) <= 6


def test_only_groups_where_something_is_open_can_be_shown(app):
    app.upload(
        "Roster file", "six.csv", "name,superpowers\nAda,Vision\nBo,Organising\nCy,Grit\nDi,Momentum\n"
    )
    app.upload(
        "Frictions file", "f.csv", "member a,member b,severity\nCy,Di,avoid\nAda,Cy,never\nAda,Di,never\n"
    )
    app.go("form").form().go("plan")
    assert len(app.cards) == 2
    app.at.toggle(key="board_open").set_value(True).run()
    assert [{m["name"] for m in card["members"]} for card in app.cards] == [{"Cy", "Di"}]


def test_many_groups_come_in_pages_and_a_member_is_found_among_them(app):
    names = [f"{a}{b}" for a in string.ascii_uppercase for b in "abcd"][:100]
    people = "name,superpowers\n" + "".join(
        f"{name},{('Vision', 'Grit', 'Calm')[i % 3]}\n" for i, name in enumerate(names)
    )
    app.upload("Roster file", "many.csv", people).go("form").choose("seconds", 1).form().go("plan")
    assert len(app.plan.groups) == 50
    assert len(app.cards) == PAGE
    first = {card["name"] for card in app.cards}
    app.at.session_state["board_page"] = 5
    app.at.run()
    assert len(app.cards) == 50 - 4 * PAGE
    assert first.isdisjoint(card["name"] for card in app.cards)
    app.at.session_state["board_find"] = "qc"
    app.at.run()
    assert [[m["name"] for m in card["members"] if m["hit"]] for card in app.cards] == [["Qc"]]
    app.at.session_state["board_find"] = "nobody at all"
    app.at.run()
    assert app.cards == []
    assert "Nobody and no group is called that" in app.said


def keys(plan):
    return [member.key for member in plan.brief.members]


def data_of(picture):
    spec = picture.chart.to_dict()
    return [row for rows in spec["datasets"].values() for row in rows]
