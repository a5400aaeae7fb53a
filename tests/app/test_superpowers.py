from __future__ import annotations


def test_every_superpower_is_there_with_its_sentence_and_what_too_much_of_it_does(app):
    app.go("superpowers")
    assert [s.value for s in app.at.subheader] == [
        "Vision",
        "Thinking",
        "Action",
        "Influence",
        "People",
        "Steadiness",
    ]
    assert "Learns by trying small, cheap versions early." in app.said
    assert "Too much of it: never stops trying and starts building" in app.said


def test_it_says_who_holds_what_and_which_families_nobody_holds(app):
    app.upload("Roster file", "t.csv", "name,superpowers\nAnna,Vision; Grit\nBo,Vision\n")
    app.go("superpowers")
    assert "**Anna and Bo**" in app.said
    assert "Nobody on the roster holds a superpower of the families" in app.said
    assert "Thinking, Influence, People and Steadiness" in app.said


def test_relations_say_strength_basis_source_and_why_and_can_be_searched(app):
    app.go("superpowers")
    relations = app.at.dataframe[0].value
    assert len(relations) == 110
    row = relations.iloc[0]
    assert (row["superpower"], row["and"], row["basis"]) == ("Systems thinking", "Experimentation", "stated")
    assert row["strength"] == 3
    assert "Leadfully" in row["source"]
    app.at.text_input(key="catalogue_search").set_value("peacemaking provocation").run()
    found = app.at.dataframe[0].value
    assert 1 <= len(found) < 10
    assert "never in a duo and softened by empathy" in set(found["note"])


def test_a_search_without_a_match_says_so(app):
    app.go("superpowers")
    app.at.text_input(key="catalogue_search").set_value("zzzz").run()
    assert "No superpower matches the search." in app.said
    assert "No relation matches the search." in app.said


def test_of_many_holders_the_strongest_are_named_and_the_rest_counted(app):
    rows = "".join(f"Person {i:02},Vision\n" for i in range(30))
    app.upload("Roster file", "t.csv", f"name,superpowers\n{rows}").go("superpowers")
    assert "Person 10, Person 11 and 18 more" in app.said
