"""What the page Superpowers says about a roster and its plan."""

from __future__ import annotations

from matcher.work.server import server


def know(app):
    """Open the page Superpowers at what it says about the roster."""
    app.go("superpowers").at.session_state["superpowers_tab"] = "Know the roster"
    app.at.run()
    return app


PEOPLE = """name,superpowers,turns to
Anna,Vision; Grit,Bo
Bo,Vision; Calm,Dee
Chi,Grit; Calm,Bo
Dee,Empathy,Bo; Chi
Eve,Evidence; Grit,
"""


def test_without_people_it_says_what_to_do(app):
    know(app)
    assert "Nobody is present yet. Bring in people on the page People." in app.said


def test_what_is_rare_missing_and_sought_after_is_said_in_figures(app):
    know(app.upload("Roster file", "t.csv", PEOPLE))

    assert "Nobody present brings a superpower of the family Influence." in app.said
    assert "Brought by one person" in app.said
    assert "Empathy: Dee" in app.said
    assert "Only Dee brings the family People, and the superpower empathy." in app.said
    # 1 of Anna's, 1 of Chi's and half of Dee's, of 4 ballots; an equal share is 4/5
    assert "3 members turn to Bo: 2.5 of 4 ballots, 3.1 times an equal share." in app.said
    assert "Whom to look for" not in app.said


def test_with_a_plan_it_says_whom_to_look_for_with_the_scores_of_really_adding_them(sample):
    know(sample.go("form").choose("kind", "teams").form("teams"))
    from matcher.plan.insight import leaning, lifts

    plan = sample.plan
    assert lifts(plan)
    assert all(lift.sentence in sample.said for lift in lifts(plan))
    assert leaning(plan)[0].sentence in sample.said


def test_a_name_with_markdown_is_shown_as_it_is(app):
    app.upload("Roster file", "t.csv", "name,superpowers\n![x](http://h/),Vision\nBo,Grit\n")
    know(app)
    assert server().jobs.look(app.work.run) is None
    assert not any("![x](http" in element.value for element in app.at.markdown)
    assert "Vision: ![x](http" in app.said.replace("\\", "")
