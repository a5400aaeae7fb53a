from __future__ import annotations

from matcher.store.links import Given
from matcher.work.answers import links


def choose(app, name):
    box = next(box for box in app.at.selectbox if box.label == "Whom")
    box.set_value(name).run()
    return app


def test_what_deleting_somebody_does_is_said_before_it_is_done(sample):
    assert not any(label.startswith("Delete") for label in sample.labels())
    choose(sample, "Tendai Moyana")
    assert "This cannot be undone." in sample.said
    assert "shown as a former member" in sample.said
    assert any(m.name == "Tendai Moyana" for m in sample.work.roster.members)


def test_somebody_is_deleted_everywhere_with_what_they_answered(sample):
    sample.go("form").form()
    store = links()
    invitation, _ = store.invite(sample.work.id)
    own = store.give(invitation, Given("Tendai Moyana", "Tendai Moyana", ("calm",)))
    store.give(invitation, Given("Íñigo Larrazola", "Íñigo Larrazola", ("calm",), ("Tendai Moyana",)))
    sample.go("people")
    choose(sample, "Tendai Moyana").press("Delete Tendai Moyana everywhere")
    assert not sample.at.exception
    assert "All that was kept of Tendai Moyana is deleted." in sample.said
    assert sample.at.metric[0].value == "11"
    assert store.answer_of(own) is None
    assert [answer.given.turns_to for answer in store.answers(sample.work.id)] == [()]
    assert not sample.work.steps
    sample.go("plan")
    assert "Tendai" not in sample.said
    assert "Former member 1" in sample.said
    from matcher.work.server import server

    with server().database.reading() as connection:
        for table in ("workspaces", "nodes", "jobs", "invitations", "answers"):
            kept = connection.exec_driver_sql(
                f"SELECT * FROM {table} WHERE {WHERE[table]} = '{sample.work.id}'"
            )
            assert "Tendai" not in str(kept.all()), table


WHERE = {"workspaces": "id"} | dict.fromkeys(("nodes", "jobs", "invitations", "answers"), "workspace_id")
