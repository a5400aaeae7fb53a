from __future__ import annotations

import pytest

from matcher.store.links import Given
from matcher.ui.web.rendering import day
from matcher.work.answers import links
from tests.app.conftest import App, seen

ROSTER = (
    "name,superpowers,turns to,site\nAnna,Vision; Empathy,Bo,Oslo\nBo,Finishing,,Oslo\nCé,Calm; Grit,,Lima\n"
)


def answers(app):
    return links().answers(app.work.id)


def give(app, name, *superpowers, member=None, turns_to=(), rather_not=()):
    """A member answers; return the secret of their own link."""
    who = name if member is None else member
    given = Given(name, who, superpowers, tuple(turns_to), tuple(rather_not))
    return links().give(links().invitation(app.work.id), given)


def codes(app):
    return [code.value for code in app.at.code]


def table(app, alt):
    return next(frame.value for frame in app.at.dataframe if alt in frame.proto.alt)


def changes(app):
    return [tuple(row) for row in table(app, "What taking the answers over").itertuples(index=False)]


def cells(app, name):
    people = app.work.people
    return dict(zip(people.header, next(row for row in people.rows if row[0] == name), strict=True))


@pytest.fixture
def asking(app) -> App:
    """The page with a link for three people, who are asked everything."""
    app.upload("Roster file", "team.csv", ROSTER).go("members")
    field = next(box for box in app.at.checkbox if "rather not" in box.label)
    field.check()
    return app.press("Make the link")


def test_the_link_is_shown_once_with_a_text_to_send(asking):
    link, text = codes(asking)
    token = link.rpartition("/answer/")[2]
    assert links().opened_by(token) == links().invitation(asking.work.id)
    assert link in text
    assert "Still missing" not in text
    assert (
        "asks for their superpowers, whom they turn to and whom they would rather not work with"
        in asking.said
    )
    assert "Copy it now" in asking.said
    later = asking.tab().go("members")
    assert token not in "".join(codes(later))
    assert "The link itself is not kept" in later.said
    assert "The one that you sent goes on working" in later.said
    made = day(links().invitation(asking.work.id).created)
    assert f"use the link that I sent you on {made}." in codes(later)[0]
    assert "[" not in codes(later)[0]
    assert links().opened_by(token) == links().invitation(asking.work.id)


def test_a_link_can_be_made_before_there_is_a_roster_and_the_answers_become_it(app):
    app.go("members").press("Make the link")
    give(app, "Zoë", "calm", "grit", member="", turns_to=["Ben"])
    give(app, "Ben", "vision", member="", rather_not=["Zoë"])
    app.press("Look for new answers")
    app.press("Take over 2 answers")
    assert not app.at.exception
    assert [(m.name, m.superpowers, m.turns_to) for m in app.work.roster.members] == [
        ("Zoë", ("calm", "grit"), ("Ben",)),
        ("Ben", ("vision",), ()),
    ]
    assert [(f.a, f.b, str(f.severity)) for f in app.work.found_frictions.value] == [("Ben", "Zoë", "avoid")]
    app.press("Undo")
    assert app.work.roster is None


def test_who_has_answered_and_who_is_missing(asking):
    assert "Nobody yet" in asking.said
    give(asking, "Bo", "calm", "grit")
    asking.press("Look for new answers")
    assert "1 person has answered. 2 people are missing: Anna and Cé." in asking.said
    assert "Still missing: Anna and Cé." in codes(asking)[1]
    row = table(asking, "have answered").iloc[0]
    assert (row["who"], row["superpowers"], row[""]) == ("Bo", "Calm; Grit", "new")
    give(asking, "Anna", "vision")
    give(asking, "Cé", "calm")
    asking.press("Look for new answers")
    assert "nobody on the roster is missing" in asking.said


def test_what_is_taken_over_is_shown_first_and_is_one_change(asking):
    before = asking.work
    give(asking, "Anna", "grit", "vision", turns_to=["Cé", "Bo"], rather_not=["Cé"])
    give(asking, "Zoë", "calm", member="")
    asking.press("Look for new answers")
    assert changes(asking) == [
        ("Zoë", "new on the roster", "", "Calm"),
        ("Anna", "superpowers", "Vision; Empathy", "Grit; Vision"),
        ("Anna", "turns to", "Bo", "Cé; Bo"),
        ("Anna", "friction “avoid” (only for you)", "", "Cé"),
    ]
    assert asking.work.people is before.people
    asking.press("Take over 2 answers")
    assert cells(asking, "Anna") == {
        "name": "Anna",
        "superpowers": "Grit; Vision",
        "turns to": "Cé; Bo",
        "site": "Oslo",
    }
    assert cells(asking, "Zoë")["superpowers"] == "Calm"
    assert cells(asking, "Bo")["superpowers"] == "Finishing"
    friction = asking.work.found_frictions.value[0]
    assert (friction.a, friction.b, str(friction.severity)) == ("Anna", "Cé", "avoid")
    assert friction.note == "Asked for by Anna."
    assert len(asking.work.steps) == len(before.steps) + 1
    assert "All answers are taken over." in asking.said
    asking.press("Undo")
    assert asking.work.people.same(before.people)
    assert asking.work.frictions.same(before.frictions)


def test_what_the_manager_edits_meanwhile_is_not_lost(asking):
    give(asking, "Anna", "grit")
    asking.press("Look for new answers")
    other = asking.tab().edit("people", edited_rows={1: {"site": "Rome"}})
    assert cells(other, "Bo")["site"] == "Rome"
    asking.press("Take over 1 answer")
    assert cells(asking, "Bo")["site"] == "Rome"
    assert cells(asking, "Anna")["superpowers"] == "Grit"


def test_a_correction_waits_to_be_taken_over_again(asking):
    own = give(asking, "Anna", "grit", turns_to=["Cé"])
    asking.press("Look for new answers").press("Take over 1 answer")
    links().correct(own, Given("Anna", "Anna", ("calm",)))
    asking.press("Look for new answers")
    assert table(asking, "have answered").iloc[0][""] == "corrected since you took it over"
    # who had named somebody and names nobody any more takes it back
    assert changes(asking) == [("Anna", "superpowers", "Grit", "Calm"), ("Anna", "turns to", "Cé", "")]
    asking.press("Take over 1 answer")
    assert cells(asking, "Anna")["turns to"] == ""


def test_who_was_not_asked_for_names_changes_none(asking):
    give(asking, "Anna", "grit")
    asking.press("Look for new answers").press("Take over 1 answer")
    assert cells(asking, "Anna")["turns to"] == "Bo"


def test_a_correction_that_comes_while_an_older_one_is_taken_over_still_waits(asking):
    own = give(asking, "Anna", "grit")
    asking.press("Look for new answers")
    links().correct(own, Given("Anna", "Anna", ("calm",)))
    asking.press("Take over 1 answer")  # as it was shown
    assert cells(asking, "Anna")["superpowers"] == "Grit"
    assert changes(asking) == [("Anna", "superpowers", "Grit", "Calm")]


def test_after_undo_the_same_answers_can_be_taken_over_again(asking):
    give(asking, "Anna", "grit")
    asking.press("Look for new answers").press("Take over 1 answer").press("Undo")
    next(t for t in asking.at.toggle if t.key == "take_again").set_value(True).run()
    asking.press("Take over 1 answer")
    assert cells(asking, "Anna")["superpowers"] == "Grit"


def test_an_answer_that_changes_nothing_is_marked(asking):
    give(asking, "Bo", "finishing")
    asking.press("Look for new answers")
    assert "The roster says the same as these answers." in asking.said
    before = asking.work
    asking.press("Mark 1 answer as taken over")
    assert asking.work is before
    assert "All answers are taken over." in asking.said


def test_what_cannot_be_taken_over_is_said(asking):
    give(asking, "Anna", "calm", "gone", rather_not=["Nobody I know"])
    asking.press("Look for new answers")
    assert "Anna chose “gone”, which your catalogue no longer has" in asking.said
    assert "Anna would rather not work with “Nobody I know”, who is nobody on the roster" in asking.said
    asking.press("Take over 1 answer")
    assert cells(asking, "Anna")["superpowers"] == "Calm"


def test_the_link_is_closed_opened_again_and_replaced(asking):
    old = codes(asking)[0].rpartition("/")[2]
    give(asking, "Anna", "calm")
    asking.press("Close the link")
    assert not links().opened_by(old).is_open(links().now)
    assert codes(asking) == []
    asking.press("Open it again for a month")
    assert links().opened_by(old).is_open(links().now)
    asking.press("Make a new link")
    new = codes(asking)[0].rpartition("/")[2]
    assert new != old
    assert not links().opened_by(old).is_open(links().now)
    assert len(answers(asking)) == 1
    next(box for box in asking.at.checkbox if box.key == "link_keep").uncheck()
    asking.press("Make a new link")
    assert answers(asking) == []


def test_somebodys_answer_is_reset(asking):
    own = give(asking, "Anna", "calm")
    give(asking, "Bo", "grit")
    asking.press("Look for new answers")
    whose = next(box for box in asking.at.selectbox if box.label == "Whose")
    whose.set_value(next(answer.id for answer in answers(asking) if answer.given.name == "Anna")).run()
    asking.press("Delete this answer")
    assert links().answer_of(own) is None
    assert [answer.given.name for answer in answers(asking)] == ["Bo"]
    give(asking, "Anna", "grit")


def test_frictions_that_are_there_already_are_not_asked_for_twice(asking):
    asking.go("rules").edit(
        "frictions", added_rows=[{"member a": "Cé", "member b": "Anna", "severity": "never", "note": "x"}]
    )
    asking.go("members")
    give(asking, "Anna", "vision", "empathy", rather_not=["Cé"])
    give(asking, "Cé", "calm", "grit", rather_not=["Anna", "Bo"])
    asking.press("Look for new answers")
    assert changes(asking) == [("Cé", "friction “avoid” (only for you)", "", "Bo")]
    asking.press("Take over 2 answers")
    assert [(f.a, f.b, str(f.severity), f.note) for f in asking.work.found_frictions.value] == [
        ("Cé", "Anna", "never", "x"),
        ("Cé", "Bo", "avoid", "Asked for by Cé."),
    ]


def test_ids_are_kept_where_the_roster_has_them(app):
    app.upload("Roster file", "t.csv", "id,name,superpowers\n7,Anna,Calm\n8,Anna,Grit\n").go("members")
    app.press("Make the link")
    give(app, "Anna (8)", "vision", member="8", turns_to=["7"])
    app.press("Look for new answers").press("Take over 1 answer")
    assert [(m.id, m.superpowers) for m in app.work.roster.members] == [("7", ("calm",)), ("8", ("vision",))]
    assert app.work.roster.members[1].turns_to == ("7",)
    assert not app.work.found_people.problems


def test_hostile_names_are_shown_as_they_are(asking):
    name = "![x](http://evil.example/a.png)"
    give(asking, name, "calm", member="")
    asking.press("Look for new answers")
    elements = (*asking.at.markdown, *asking.at.caption, *asking.at.success, *asking.at.info)
    assert not any(name in element.value for element in elements)
    assert seen(name) in table(asking, "have answered")["who"].tolist()
    assert not asking.at.exception
