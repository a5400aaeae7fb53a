from __future__ import annotations

ON_HAND = "name,superpowers,site\nAnna,Vision,Oslo\nBo,Calm,Oslo\nCy,Grit,Lima\n"
NEWER = "name,superpowers,site\nAnna,Vision,Rom\nBo,Calm; Grit,Oslo\nDi,Empathy,Rom\n"


def compared(app) -> list[tuple[object, ...]]:
    frame = next(f.value for f in app.at.dataframe if "take over" in f.value.columns)
    return list(frame.itertuples(index=False, name=None))


def roster(app) -> dict[str, tuple[tuple[str, ...], str]]:
    return {m.name: (m.superpowers, m.attributes["site"]) for m in app.work.roster.members}


def test_a_new_file_shows_who_is_new_gone_and_changed_before_it_changes_anything(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload("Roster file", "new.csv", NEWER)
    assert "3 people are on the roster on hand; new.csv changes nothing until you say so." in app.said
    assert "1 new (Di); 2 changed (Anna and Bo); 1 no longer in the file (Cy); 0 the same." in app.said
    assert compared(app) == [
        (True, "new", "Di", "", "", ""),
        (True, "changed", "Anna", "site", "Oslo", "Rom"),
        (True, "changed", "Bo", "superpowers", "Calm", "Calm; Grit"),
        (False, "gone", "Cy", "", "", ""),
    ]
    assert list(roster(app)) == ["Anna", "Bo", "Cy"]


def test_what_is_ticked_is_taken_over_and_undo_takes_it_back(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload("Roster file", "new.csv", NEWER)
    app.enter("differences", {1: {"take over": False}, 3: {"take over": True}}).press(
        "Take over what is ticked"
    )
    assert roster(app) == {
        "Anna": (("vision",), "Oslo"),
        "Bo": (("calm", "grit"), "Oslo"),
        "Di": (("empathy",), "Rom"),
    }
    assert app.work.pending is None
    app.press("Undo: take over from new.csv")
    assert list(roster(app)) == ["Anna", "Bo", "Cy"]
    assert app.work.pending is not None


def test_all_is_taken_over_with_one_press(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload("Roster file", "new.csv", NEWER).press(
        "Take over all"
    )
    assert roster(app) == {
        "Anna": (("vision",), "Rom"),
        "Bo": (("calm", "grit"), "Oslo"),
        "Di": (("empathy",), "Rom"),
    }


def test_what_was_taken_over_still_says_where_it_comes_from(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload("Roster file", "new.csv", NEWER).press(
        "Take over all"
    )
    app.at.session_state["facts"] = True
    app.at.run()
    next(box for box in app.at.selectbox if box.label == "Whose facts").set_value("Anna").run()
    facts = next(f.value for f in app.at.dataframe if "file" in f.value.columns)
    told = {row["what"]: (row["file"], row["row"]) for _, row in facts.iterrows()}
    assert told["site"] == ("new.csv", 2)
    assert "The roster was put together from old.csv and new.csv." in app.said


def test_a_file_about_others_is_added_or_replaces_the_roster(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload(
        "Roster file", "n.csv", "name,superpowers\nZoe,Calm\n"
    )
    assert "none of them is on the roster on hand" in app.said
    app.press("Add them to the roster")
    assert list(roster(app)) == ["Anna", "Bo", "Cy", "Zoe"]
    app.press("Undo").press("Replace the roster")
    assert [m.name for m in app.work.roster.members] == ["Zoe"]


def test_a_file_that_says_the_same_says_so(app):
    app.upload("Roster file", "old.csv", ON_HAND).upload("Roster file", "again.csv", ON_HAND)
    assert "The file says the same of 3 people; there is nothing to take over." in app.said


def test_edits_on_the_page_are_compared_with_the_file_too(app):
    app.upload("Roster file", "old.csv", ON_HAND).edit("people", edited_rows={0: {"site": "Bergen"}})
    app.upload("Roster file", "old.csv", ON_HAND)
    assert compared(app) == [(True, "changed", "Anna", "site", "Bergen", "Oslo")]


def test_the_mapping_of_the_new_file_can_be_taken_before_it_is_compared(app):
    app.upload("Roster file", "old.csv", ON_HAND)
    app.upload("Roster file", "new.csv", NEWER.replace("Calm; Grit", "Calm; Gritt"))
    app.press("Take this one")
    assert (True, "changed", "Bo", "superpowers", "Calm", "Calm; Grit") in compared(app)
    app.press("Take over all")
    assert roster(app)["Bo"] == (("calm", "grit"), "Oslo")
