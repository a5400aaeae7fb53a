"""What a link answers: the workspace's, for everybody's first answer, and each member's own."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from matcher.people.errors import InputError
from matcher.ui.web.limits import Limit
from matcher.ui.web.rendering import PRIVATE, day, told

if TYPE_CHECKING:
    from starlette.requests import Request

    from matcher.store.links import Answer, Given, Invitation
    from matcher.ui.web.journey import Form, Journey
    from matcher.work.answering import Questions

_LOG = logging.getLogger(__name__)

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # what a link ends with

LONGEST_FORM = 64 * 1024
"""Bytes; the longest form that a browser sends from our screens has a tenth of them."""

MOST_FIELDS = 500

MOST_NOT_LISTED = 100
"""Answers beyond one for each member: a link that went astray does not fill the disk."""


@dataclass(frozen=True)
class Limits:
    """How often links may be opened: one link, from one address, and with secrets that are none.

    A whole office answers from one address within minutes, and each member opens some twenty screens.
    """

    by_link: Limit = field(default_factory=lambda: Limit(3000, 60))
    by_address: Limit = field(default_factory=lambda: Limit(1500, 60))
    wrong: Limit = field(default_factory=lambda: Limit(30, 60))


class MembersLinks:
    """The two kinds of links.

    Parameters
    ----------
    limits
        How often they may be opened.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    async def answer(self, request: Request) -> Response:
        """Answer a workspace's link."""
        return await self._within_limits(request, _common)

    async def mine(self, request: Request) -> Response:
        """Answer a member's own link."""
        return await self._within_limits(request, _own)

    async def nowhere(self, request: Request) -> Response:
        """Answer a link of which too much is missing, or which has too much."""
        return await self._within_limits(request, lambda asked, _: _unknown(asked))

    async def _within_limits(
        self, request: Request, respond: Callable[[Request, Form | None], Response]
    ) -> Response:
        limits = self._limits
        address = request.client.host if request.client else ""
        if limits.wrong.reached(address) or not limits.by_address.count(address):
            return _too_often(request)
        if not _SECRET.fullmatch(token := request.path_params.get("token", "")):
            limits.wrong.count(address)
            return _unknown(request)
        if not limits.by_link.count(token):
            return _too_often(request)
        form = None
        if request.method == "POST":
            form = await _form(request)
            if form is None:
                return told(413, "That is too long", "Nothing was sent. Choose or type less.")
        try:  # the database is asked in another thread: nobody else waits for it
            response = await run_in_threadpool(respond, request, form)
        except Exception as error:
            # What a database cannot do, the manager's pages say. Anything else is a mistake of ours; where
            # it is, is logged, and not its words: they may hold what somebody gave, or the link.
            if not isinstance(error, InputError):
                _LOG.error("A member's page failed: %s", "".join(traceback.format_tb(error.__traceback__)))
            return told(
                503,
                "This does not work just now",
                "What you have entered so far is kept in this browser. Try again in a few minutes.",
                again=request.url.path,
            )
        if response.status_code == 404:
            limits.wrong.count(address)
        return response


def _too_often(request: Request) -> Response:
    response = told(
        429,
        "One moment, please",
        "This was opened very often within a minute. Nothing is lost; try again in a minute.",
        style=_style(request),
    )
    response.headers["Retry-After"] = "60"
    return response


async def _form(request: Request) -> Form | None:
    """Return what a form says; ``None`` when it is longer than any of ours."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return None
    try:
        return parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None


def _common(request: Request, form: Form | None) -> Response:
    """Answer a workspace's link: the questions, from the first to the last."""
    from matcher.store.links import AlreadyAnswered, NotOpen
    from matcher.work.answering import NotYet, Questions, Step
    from matcher.work.answers import links
    from matcher.work.server import server

    store = links()
    invitation = store.opened_by(request.path_params["token"])
    if invitation is None:
        return _unknown(request)
    if not invitation.is_open(store.now):
        return _over(invitation)
    work = server().workspaces.get(invitation.workspace)
    answered = frozenset(answer.given.who for answer in store.answers(invitation.workspace))
    questions = Questions.of(invitation, work, answered=answered)

    def send(given: Given) -> Response:
        if len(answered) >= len(questions.people) + MOST_NOT_LISTED:
            raise NotYet(Step.CHECK, "This link was used too often; please tell your manager.")
        try:
            token = store.give(invitation, given)
        except AlreadyAnswered:  # a moment ago
            raise NotYet(Step.WHO, questions.answered_by(given.name)) from None
        own = request.url_for("mine", token=token).path
        return RedirectResponse(f"{own}?thanks=1", 303, headers=PRIVATE)

    journey = _journey(request, questions)
    try:
        return (
            journey.show(request.query_params.get("step", "")) if form is None else journey.answer(form, send)
        )
    except NotOpen:
        return _over(invitation)


def _own(request: Request, form: Form | None) -> Response:
    """Answer a member's own link: what they gave, correcting it, and deleting it."""
    from matcher.work.answering import Questions
    from matcher.work.answers import links
    from matcher.work.server import server

    store, token = links(), request.path_params["token"]
    answer = store.answer_of(token)
    invitation = store.invitation(answer.workspace) if answer is not None else None
    if answer is None or invitation is None:
        return _nothing_kept()
    work = server().workspaces.get(answer.workspace)
    questions = Questions.of(invitation, work, answer.given)
    journey = _journey(request, questions)
    if form is None:
        wanted = request.query_params.get("step", "")
        return journey.show(wanted) if wanted in questions.steps else _given(request, journey, answer)
    if form.get("step") == ["delete"]:
        if not journey.is_ours(form):
            return journey.not_ours()
        store.delete(answer.id)
        return _deleted(journey, taken=answer.taken is not None)

    def send(given: Given) -> Response:
        if store.correct(token, given) is None:
            return _nothing_kept()
        return RedirectResponse(f"{request.url.path}?thanks=2", 303, headers=PRIVATE)

    return journey.answer(form, send)


def _journey(request: Request, questions: Questions) -> Journey:
    from matcher.ui.web.drafts import Kept
    from matcher.ui.web.journey import Journey

    kept = Kept.of(request)
    return Journey(request, questions, kept or Kept(questions.begun()), new=kept is None)


def _given(request: Request, journey: Journey, answer: Answer) -> Response:
    """Show a member what they gave; whatever they began to change and did not send is dropped."""
    return journey.show_given(
        thanks=request.query_params.get("thanks", ""),
        address=str(request.url.replace(query="")),
        changed=day(answer.changed),
        taken=day(answer.taken) if answer.taken else "",
        waits=answer.waits,
    )


def _unknown(request: Request) -> Response:
    return told(
        404,
        "This link does not lead anywhere",
        "See that you have opened all of it, up to its last letter, or ask your manager for the link.",
        style=_style(request),
    )


def _style(request: Request) -> str:
    """Return where the style sheet is, from whatever is left of a link."""
    return request.url_for("style").path


def _over(invitation: Invitation) -> Response:
    why = "closed it" if invitation.closed is not None else "asked until a day that is over"
    return told(
        410,
        "This link is no longer open",
        f"Your manager has {why}. If you still want to answer, ask them for a new link.",
        "If you have answered before, your own link still shows what you gave.",
    )


def _nothing_kept() -> Response:
    return told(
        404,
        "Nothing is kept under this link",
        "What you gave was deleted, or the link is not complete. See that you have opened all of it.",
    )


def _deleted(journey: Journey, *, taken: bool) -> Response:
    from matcher.ui.web.drafts import drop

    more = "Your manager has already taken it over; what they took stays with them until they delete it."
    response = told(
        200,
        "What you gave is deleted",
        "Your own link leads nowhere any more.",
        more if taken else "Your manager had not taken it over yet.",
    )
    drop(response, journey.path)
    return response
