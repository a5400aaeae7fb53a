from __future__ import annotations

import secrets

import pytest

from matcher.work.server import server
from tests.app.conftest import App


@pytest.fixture
def browser(monkeypatch):
    """A browser that is known by its cookie, which is given."""
    from streamlit.runtime.context import ContextProxy, StreamlitCookies

    cookie = secrets.token_urlsafe(32)
    known = property(lambda _: StreamlitCookies({"browser": cookie}))
    monkeypatch.setattr(ContextProxy, "cookies", known)
    return cookie


def listed(app):
    """The names on the list, as the page shows them."""
    return [m.value.split("**")[1].replace("\\", "") for m in app.at.markdown if m.value.startswith("**")]


def found(app, label):
    return next(button for button in app.at.button if button.label == label)


def test_a_visit_without_anything_entered_leaves_nothing_behind(app):
    before = len(server().workspaces.rows.all())
    for page in ("superpowers", "rules", "form", "rounds", "people", "workspaces"):
        app.go(page)
    assert "This browser has opened no workspace yet." in app.said
    App()
    assert len(server().workspaces.rows.all()) == before
    assert "workspace" not in app.at.query_params


def test_a_workspace_is_called_like_the_first_file_until_it_is_renamed(app):
    app.upload("Roster file", "my team.csv", "name,superpowers\nAnna,Vision\nBo,Grit\n").go("workspaces")
    assert listed(app) == ["my team"]
    assert "2 people" in app.said
    app.at.text_input[0].set_value("  Spring   teams ").run()
    assert listed(app) == ["Spring teams"]
    app.go("people").edit("people", edited_rows={0: {"name": "Ann"}})
    app.go("workspaces")
    assert listed(app) == ["Spring teams"]


def test_a_name_that_is_cleared_stays_and_the_page_says_so(sample):
    sample.go("workspaces").at.text_input[0].set_value("Spring").run()
    sample.at.text_input[0].set_value("  ").run()
    assert listed(sample) == ["Spring"]
    assert sample.at.text_input[0].value == "Spring"
    assert "A workspace needs a name; this one is still called “Spring”." in sample.said


def test_the_link_opens_it_for_somebody_else_and_both_see_one_workspace(sample):
    other = sample.tab()
    assert other.at.metric[0].value == "12"
    other.edit("people", deleted_rows=[0])
    assert len(sample.work.roster.members) == 11
    assert sample.work.id in sample.go("workspaces").at.code[0].value


def test_new_ones_are_opened_and_left_for_the_one_before(sample):
    first = sample.work.id
    sample.go("workspaces").press("New workspace")
    assert sample.work.id != first
    assert "Begin with the sample roster" in sample.said
    assert listed(sample.go("workspaces")) == ["Untitled", "twelve"]
    found(sample, "Open").click().run()
    assert sample.work.id == first
    assert sample.at.metric[0].value == "12"


def test_what_one_workspace_was_asked_does_not_show_in_another(sample):
    sample.go("form").choose("kind", "teams").choose("least", 3).go("workspaces").press("New workspace")
    sample.press("Use the sample of 40").go("form")
    assert (sample.at.session_state["ask_kind"], sample.at.session_state["ask_least"]) == ("duos", 4)


def test_a_copy_has_the_plan_and_goes_its_own_way(sample):
    sample.go("form").form().go("workspaces").press("Copy")
    assert "“Copy of twelve” is on the list now." in sample.said
    assert listed(sample) == ["twelve", "Copy of twelve"]
    before = sample.work
    found(sample, "Open").click().run()
    assert sample.work.id != before.id
    assert sample.go("plan").plan.score == server().jobs.look(before.run).plan.score
    sample.go("people").edit("people", deleted_rows=[0])
    server().workspaces.delete(sample.work.id)
    assert server().workspaces.get(before.id) == before
    assert server().jobs.look(before.run).plan is not None


def test_a_file_of_a_workspace_becomes_another_one(sample):
    from matcher.work.carrying import export

    name, data = export(sample.go("form").choose("seconds", 7).work.id)
    assert name == "twelve.workspace"
    app = App().go("workspaces").upload("Workspace file", name, data)
    assert "twelve.workspace is on the list now" in app.said
    found(app, "Open").click().run()
    assert app.work.settings.seconds == 7
    assert app.work.id != sample.work.id


def test_a_file_that_holds_no_workspace_is_refused_in_a_sentence(app):
    app.go("workspaces").upload("Workspace file", "other.workspace", b"\x1f\x8bnothing")
    assert "“other.workspace” is damaged" in app.said
    assert not app.at.exception


def test_one_that_is_archived_is_put_away_and_can_be_taken_out_again(sample):
    sample.go("workspaces").press("Archive")
    assert "“twelve” is archived." in sample.said
    assert [e.label for e in sample.at.expander if e.label.startswith("Archived")] == ["Archived (1)"]
    sample.press("Take out of the archive")
    assert not [e for e in sample.at.expander if e.label.startswith("Archived")]
    assert sample.go("people").at.metric[0].value == "12"


def test_deleting_asks_first_and_then_it_is_gone_with_its_plans(sample):
    sample.go("form").form().go("workspaces").press("Delete")
    work = sample.work
    assert server().workspaces.get(work.id) is not None
    assert "This cannot be taken back." in sample.said
    sample.press("Delete it for good")
    assert "“twelve” is deleted." in sample.said
    assert server().workspaces.get(work.id) is None
    assert server().jobs.look(work.run) is None
    assert "Begin with the sample roster" in sample.go("people").said


def test_one_that_is_taken_off_the_list_stays_behind_its_link(sample):
    link = sample.work.id
    sample.go("workspaces").press("Take off this list")
    assert listed(sample) == []
    assert App(link).at.metric[0].value == "12"


def test_a_link_that_leads_nowhere_says_so_and_offers_a_beginning(app):
    lost = App("nobody-knows-it")
    assert "This workspace is not here" in lost.said
    assert not lost.at.exception
    lost.press("Begin a new workspace").press("Use the sample roster")
    assert lost.at.metric[0].value == "12"


def test_the_bare_address_opens_the_one_that_this_browser_used_last(browser):
    first = App().press("Use the sample roster")
    assert App().work.id == first.work.id
    second = App().go("workspaces").press("New workspace").press("Use the sample of 40")
    assert App().at.metric[0].value == "40"
    assert App(first.work.id).at.metric[0].value == "12"
    again = App()
    assert again.work.id == first.work.id
    assert listed(again.go("workspaces")) == ["twelve", "forty"]
    again.press("Archive")
    assert App().work.id == second.work.id


def test_of_a_browser_only_the_digest_of_its_cookie_is_kept(browser):
    from matcher.store.tables import browsers

    App().press("Use the sample roster")
    with server().database.reading() as connection:
        kept = connection.execute(browsers.select()).all()
    assert kept
    assert all(len(row.browser) == 64 and browser not in row.browser for row in kept)


def test_a_database_that_cannot_be_used_is_a_sentence_on_every_page(monkeypatch, tmp_path):
    from matcher.store.database import Database

    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    monkeypatch.setattr("matcher.ui.state.server", lambda: Database.open(str(damaged)))
    app = App()
    for page in ("people", "superpowers", "rules", "form", "plan", "rounds", "workspaces"):
        app.go(page)
        assert "damaged.sqlite3" in app.said
        assert not app.at.exception
