from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import pytest
import requests

from matcher.store.links import Given
from matcher.ui.web.limits import Limit
from matcher.ui.web.members import Limits
from matcher.work.server import server
from tests.web.conftest import Asked, Member, roster


def test_a_members_own_link_shows_what_they_gave_and_nothing_about_others(member, another, asked):
    another.all_of_it("Bo", "grit")
    member.all_of_it("Anna", "calm", "vision").open()
    assert member.title == "What you gave"
    assert "Calm Vision" in member.said
    assert "Bo" not in member.said
    assert "Your manager has not taken it over yet." in member.said
    assert requests.get(another.base + member.path).status_code == 200  # the link is all that is needed


def test_what_was_given_is_corrected(member, asked, store):
    member.all_of_it("Anna", "calm", "vision").open("?step=superpowers")
    assert member.page.text.count("checked") == 2
    member.send(superpower=["grit", "calm"])
    assert '<option value="calm" selected>' in member.page.text
    member.send(place=["grit", "calm"]).send(person=member.open("?step=turns-to").code("Bo")).send()
    assert "Send the correction" in member.said
    assert asked.given[0].superpowers == ("calm", "vision")
    member.send()
    assert "Your correction is sent." in member.said
    assert asked.given == [Given("Anna", "Anna", ("grit", "calm"), ("Bo",))]
    assert store.answers(asked.id)[0].version == 2


def test_a_superpower_that_is_added_takes_an_empty_place(member, asked):
    member.all_of_it("Anna", "calm", "vision").open("?step=superpowers")
    member.send(superpower=["vision", "grit", "calm"])
    shown = re.findall(r'<option value="([^"]+)" selected>', member.page.text)
    assert shown == ["calm", "vision", "grit"]
    member.send(place=shown)
    while member.title != "Is this right?":
        member.send()
    assert "Not among" not in member.said
    member.send()
    assert asked.given == [Given("Anna", "Anna", ("calm", "vision", "grit"))]


def test_a_correction_that_is_not_sent_changes_nothing(member, asked):
    member.all_of_it("Anna", "calm").open("?step=superpowers").send(superpower=["grit"])
    assert "Calm" in member.open().said
    assert member.open("?step=superpowers").page.text.count("checked") == 1
    assert 'value="calm"\nchecked' in member.page.text
    assert asked.given[0].superpowers == ("calm",)


def test_what_was_given_is_deleted_and_the_name_can_answer_again(member, another, asked):
    member.all_of_it("Anna", "calm").open().send("delete")
    assert member.title == "What you gave is deleted"
    assert asked.given == []
    assert member.open().page.status_code == 404
    assert member.title == "Nothing is kept under this link"
    another.all_of_it("Anna", "grit")
    assert asked.given == [Given("Anna", "Anna", ("grit",))]


def test_a_member_is_told_what_their_manager_has_taken_over(member, asked, store):
    member.all_of_it("Anna", "calm")
    answer = store.answers(asked.id)[0]
    store.took([answer])
    assert "Your manager took it over" in member.open().said
    store.correct(member.path.rpartition("/")[2], answer.given)
    assert "Your manager took an earlier version over" in member.open().said
    assert "What your manager has taken over stays" in member.said


def test_a_closed_link_says_so_and_own_links_go_on(member, another, asked, store):
    member.all_of_it("Anna", "calm")
    another.who("Bo").send(superpower=["grit"]).send(place=["grit"]).send().send()
    store.close(asked.invitation.id)
    for answer in (another.send(), another.open(path=asked.path), another.send(name="x")):
        assert answer.page.status_code == 410
        assert answer.title == "This link is no longer open"
        assert "Your manager has closed it" in answer.said
    member.open("?step=superpowers").send(superpower=["grit"]).send(place=["grit"]).send().send().send()
    assert asked.given == [Given("Anna", "Anna", ("grit",))]
    store.reopen(asked.invitation.id)
    assert another.open(path=asked.path).page.status_code == 200


def test_a_link_whose_time_is_over_says_so(address, store):
    asked = Asked(roster(), expires=store.now - 1)
    page = requests.get(address + asked.path)
    assert page.status_code == 410
    assert "asked until a day that is over" in page.text
    store.reopen(asked.invitation.id, store.now + 60_000)
    assert requests.get(address + asked.path).status_code == 200


def test_a_link_that_was_replaced_is_over(address, asked, store):
    store.invite(asked.id)
    assert requests.get(address + asked.path).status_code == 410


@pytest.mark.parametrize("kind", ["answer", "mine"])
def test_a_forged_link_leads_nowhere(address, asked, kind):
    for forged in (asked.token[:-1], asked.token[::-1], "%00", "x" * 3000, "%ff%fe", "é"):
        for ask in (requests.get, requests.post):
            page = ask(f"{address}/{kind}/{forged}")
            assert page.status_code == 404
            assert "opened all of it" in page.text
            assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cut", ["", "/", "//", "/%2F", "/a/b", "/a/", "/.x/y/z", "?x=1"])
@pytest.mark.parametrize("kind", ["answer", "mine"])
def test_what_is_left_of_a_link_leads_nowhere(address, kind, cut):
    for ask in (requests.get, requests.post):
        page = ask(f"{address}/{kind}{cut}", headers={"Accept": "text/html"})
        assert (page.status_code, page.history) == (404, [])
        assert "This link does not lead anywhere" in page.text
        assert "Set-Cookie" not in page.headers
        style = re.findall('rel="stylesheet" href="([^"]+)"', page.text)[0]
        assert requests.get(urljoin(page.url, style)).headers["Content-Type"].startswith("text/css")


def test_what_is_left_of_a_link_is_counted_as_a_wrong_one(serve):
    base = serve(Limits(wrong=Limit(2, 60)))
    found = [requests.get(f"{base}/{cut}").status_code for cut in ("answer", "mine/", "answer/a/b")]
    assert found == [404, 404, 429]


def test_a_whole_link_with_more_behind_it_leads_nowhere(address, asked):
    for more in ("/", "/x", "/%00"):
        assert requests.get(f"{address}{asked.path}{more}").status_code == 404
    assert requests.get(address + asked.path).status_code == 200


def test_one_kind_of_link_is_not_the_other(member, asked):
    member.all_of_it("Anna", "calm")
    own = member.path.rpartition("/")[2]
    assert requests.get(f"{member.base}/answer/{own}").status_code == 404
    assert requests.get(f"{member.base}/mine/{asked.token}").status_code == 404


def test_a_deleted_workspace_takes_its_links_along(member, asked):
    member.all_of_it("Anna", "calm")
    server().workspaces.delete(asked.id)
    assert member.open().page.status_code == 404
    assert member.open(path=asked.path).page.status_code == 404


def test_a_form_of_another_site_changes_nothing(member, another, asked):
    member.all_of_it("Anna", "calm")
    for secret in ("", "forged", another.open(path=asked.path).browser.cookies.get("draft")):
        page = member.browser.post(member.base + member.path, data={"step": "delete", "secret": secret})
        assert page.status_code == 403
        assert "Nothing was sent." in page.text
    # without the browser's cookie the right secret is not enough either
    secret = member.open().page.text.partition('name="secret" value="')[2].partition('"')[0]
    page = requests.post(member.base + member.path, data={"step": "delete", "secret": secret})
    assert page.status_code == 403
    assert len(asked.given) == 1
    assert member.send("delete").title == "What you gave is deleted"


@pytest.mark.parametrize("cookie", ["", "nonsense", "e30=", "bnVsbA==", "WzFd", "eyJzZWNyZXQiOjF9", "ü"])
def test_a_broken_cookie_begins_anew(address, asked, cookie):
    page = requests.get(address + asked.path, headers={"Cookie": f"draft={cookie}".encode()})
    assert page.status_code == 200
    assert "Who are you?" in page.text


def test_a_form_that_is_too_long_is_refused(member, asked):
    member.who("Anna")
    assert member.send(superpower="x" * 70_000).page.status_code == 413
    member.open()
    assert member.send(superpower=["x"] * 600).page.status_code == 413
    assert asked.given == []


def test_no_page_of_a_link_is_kept_or_says_where_it_came_from(member):
    member.open()
    headers = member.page.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("draft=")
    for part in ("HttpOnly", "SameSite=lax", f"Path={member.path}"):
        assert part in cookie
    assert "script" not in member.page.text
    assert requests.get(f"{member.base}/members.css").headers["Content-Type"].startswith("text/css")


def test_too_many_wrong_links_from_one_address_have_to_wait(serve, asked):
    base = serve(Limits(wrong=Limit(3, 60)))
    found = [requests.get(f"{base}/answer/{i}").status_code for i in range(5)]
    assert found == [404, 404, 404, 429, 429]
    page = requests.get(base + asked.path)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "60"
    assert "try again in a minute" in page.text


def test_too_many_requests_have_to_wait_by_link_and_by_address(serve, asked):
    other = Asked(roster())
    base = serve(Limits(by_link=Limit(2, 60)))
    assert [requests.get(base + asked.path).status_code for _ in range(3)] == [200, 200, 429]
    assert requests.get(base + other.path).status_code == 200
    base = serve(Limits(by_address=Limit(2, 60)))
    assert [requests.get(base + asked.path).status_code for _ in range(2)] == [200, 200]
    assert requests.get(base + other.path).status_code == 429


def test_a_limit_lets_go_after_its_time_and_counts_few_keys():
    now = [0.0]
    limit = Limit(2, 60, keys=2, clock=lambda: now[0])
    assert [limit.count("a") for _ in range(3)] == [True, True, False]
    assert limit.reached("a")
    now[0] = 60.0
    assert not limit.reached("a")
    assert limit.count("a")
    limit.count("b")
    limit.count("c")
    assert len(limit._counts) == 2


def test_a_link_that_went_astray_takes_only_so_many_answers(member, asked, store, monkeypatch):
    monkeypatch.setattr("matcher.ui.web.members.MOST_NOT_LISTED", -3)
    member.all_of_it("Anna", "calm")
    store.give(asked.invitation, Given("x", "", ("calm",)))
    another = Member(member.base, asked.path).all_of_it("Bo", "calm")
    assert "This link was used too often" in another.said
    another.browser.close()


def test_when_the_database_is_out_of_reach_nothing_but_a_sentence_is_said(member, monkeypatch):
    from matcher.store.errors import StoreError

    def fail(*_):
        raise StoreError("The database /secret/path is damaged.")

    member.who("Anna")
    monkeypatch.setattr("matcher.store.links.Links.opened_by", fail)
    member.send(superpower=["calm"])
    assert member.page.status_code == 503
    assert "This does not work just now" in member.said
    assert "secret" not in member.page.text
    monkeypatch.undo()
    assert member.open("?step=superpowers").title == "Which of these are you?"


def test_a_mistake_of_ours_is_logged_without_the_link(member, asked, monkeypatch, caplog):
    def fail(_, token):
        raise RuntimeError(f"about {token}")

    monkeypatch.setattr("matcher.store.links.Links.opened_by", fail)
    assert member.open().page.status_code == 503
    assert "A member's page failed" in caplog.text
    assert asked.token not in caplog.text
    assert "RuntimeError" not in member.page.text


def test_twenty_members_answer_at_once_while_the_manager_edits(address):
    names = [f"Member {i}" for i in range(20)]
    asked = Asked(roster(tuple((name, "") for name in names)), asks_frictions=True)

    def answer(name: str) -> int:
        one = Member(address, asked.path).who(name).send(superpower=["calm", "grit"]).send(place=["grit"])
        other = one.code(names[names.index(name) - 1])
        status = one.send(person=other).send(person=[]).send().page.status_code
        one.browser.close()
        return status

    def edit(number: int) -> None:
        def wanted(work):
            rows = (*work.people.rows, (f"New {number}", "Vision"))
            return work.changed("add", people=type(work.people)(work.people.name, work.people.header, rows))

        server().workspaces.change(asked.id, wanted)

    with ThreadPoolExecutor(24) as threads:
        edits = [threads.submit(edit, i) for i in range(20)]
        found = list(threads.map(answer, names))
        for one in edits:
            one.result()
    assert found == [200] * 20
    assert sorted(given.name for given in asked.given) == sorted(names)
    assert all(given.superpowers == ("grit",) for given in asked.given)
    assert {given.name: given.turns_to[0] for given in asked.given} == {
        name: names[names.index(name) - 1] for name in names
    }
    people = server().workspaces.get(asked.id).people
    assert {row[0] for row in people.rows} == {*names, *(f"New {i}" for i in range(20))}
