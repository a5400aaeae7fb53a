"""The questions of one link, a screen each: shown, answered, gone back to, and read over before sending."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response

from matcher.store.links import Given
from matcher.ui.web.drafts import Kept, drop
from matcher.ui.web.rendering import PRIVATE, day, page, told
from matcher.work.answering import (
    MOST_CHOSEN,
    MOST_NAMED,
    MOST_RANKED,
    NOT_LISTED,
    Draft,
    NotYet,
    Questions,
    Step,
)

if TYPE_CHECKING:
    from starlette.requests import Request

Form = Mapping[str, Sequence[str]]

BACK, SEND = "back", "send"

TITLES = {
    Step.WHO: "Who are you?",
    Step.CHOOSE: "Which of these are you?",
    Step.RANK: "Which are the strongest?",
    Step.TURNS_TO: "Whom do you turn to for help?",
    Step.RATHER_NOT: "Whom would you rather not work with?",
    Step.CHECK: "Is this right?",
}
SAID = {
    Step.WHO: "You are",
    Step.RANK: "Your superpowers, the strongest first",
    Step.TURNS_TO: "You turn to",
    Step.RATHER_NOT: "You would rather not work with",
}
PLACES = ("Your strongest", "The next", "And the third")


@dataclass(frozen=True)
class Journey:
    """Somebody on their way through the questions.

    Parameters
    ----------
    request
        What the browser asks for.
    questions
        What is asked.
    kept
        What they said so far.
    new
        Whether the browser has sent nothing of it.
    """

    request: Request
    questions: Questions
    kept: Kept
    new: bool = False

    @property
    def path(self) -> str:
        """Where the questions are."""
        return self.request.url.path

    def show(self, wanted: str) -> Response:
        """Return the screen that is asked for, or the first that has to be answered before it."""
        try:
            return self._screen(self._reached(wanted))
        except NotYet as missing:
            return self._screen(missing.step)

    def _reached(self, wanted: str) -> Step:
        steps = self.questions.steps
        step = Step(wanted) if wanted in steps else steps[0]
        for before in steps[: steps.index(step)]:
            self.questions.checked(self.kept.draft, before)
        return step

    def answer(self, form: Form, send: Callable[[Given], Response]) -> Response:
        """Take one screen's answer and go on; ``send`` takes what was given at the end.

        Raises
        ------
        matcher.people.errors.InputError
            What ``send`` says.
        """
        if not self.is_ours(form):
            return self.not_ours()
        steps = self.questions.steps
        wanted = _one(form, "step")
        if wanted not in steps:  # the manager has stopped asking it meanwhile
            return self._to(Step.CHECK)
        step = Step(wanted)
        said = replace(self, kept=replace(self.kept, draft=_with(self.kept.draft, step, form)))
        place = steps.index(step)
        if _one(form, "go") == BACK:
            return said._to(steps[max(place - 1, 0)])
        try:
            draft = self.questions.checked(said.kept.draft, step)
            if step is Step.CHECK:
                response = send(self.questions.given_by(draft))
                drop(response, self.path)
                return response
        except NotYet as wrong:
            return said._screen(wrong.step, str(wrong))
        if step is Step.CHOOSE:  # only now: a place that is left empty afterwards is meant to be
            draft = self.questions.filled(draft)
        after = replace(self, kept=replace(self.kept, draft=draft))
        if after.kept.too_long:
            return said._screen(step, "That is more than can be kept on the way; shorten the names.")
        return after._to(steps[min(place + 1, len(steps) - 1)])

    def is_ours(self, form: Form) -> bool:
        """Whether a form comes from one of our screens in this very browser, and from no other site."""
        said, kept = (
            text.encode("utf-8", "surrogatepass") for text in (_one(form, "secret"), self.kept.secret)
        )
        return not self.new and secrets.compare_digest(said, kept)

    def not_ours(self) -> Response:
        """Say that nothing was done, and how it can be."""
        return told(
            403,
            "Please open the page once more",
            "It was open for too long, or your browser keeps no cookies for it. Nothing was sent.",
            again=self.path,
        )

    def show_given(self, **fields: Any) -> Response:
        """Show somebody what they gave, before they correct it: what they began and left is dropped."""
        questions = self.questions
        begun = replace(self, kept=replace(self.kept, draft=questions.begun()))
        draft = begun.kept.draft
        lines = _lines(questions, draft, tuple(TITLES))
        shown = page("mine.html", path=self.path, secret=self.kept.secret, lines=lines, **fields)
        return begun._keeping(shown)

    def _to(self, step: Step) -> Response:
        """Send the browser to a screen: going back and reloading ask nobody to send anything again."""
        response = RedirectResponse(f"{self.path}?step={step}", 303, headers=PRIVATE)
        return self._keeping(response)

    def _keeping(self, response: Response) -> Response:
        self.kept.keep(response, self.path, https=self.request.url.scheme == "https")
        return response

    def _screen(self, step: Step, wrong: str = "") -> Response:
        questions, draft, steps = self.questions, self.kept.draft, self.questions.steps
        place = steps.index(step)
        fields: dict[str, Any] = {
            "title": TITLES[step],
            "field": step.replace("-", "_"),
            "path": self.path,
            "secret": self.kept.secret,
            "step": step,
            "place": place + 1,
            "places": len(steps),
            "back": place > 0,
            "wrong": wrong,
            "draft": draft,
            "questions": questions,
            **_WITH[step](questions, draft),
        }
        return self._keeping(page(f"{step}.html", 422 if wrong else 200, **fields))


def _who(questions: Questions, draft: Draft) -> dict[str, Any]:
    invitation = questions.invitation
    return {
        "not_listed": NOT_LISTED,
        "until": day(invitation.expires) if invitation.expires else "",
        "note": [line for line in map(str.strip, invitation.note.splitlines()) if line],
    }


def _choose(questions: Questions, draft: Draft) -> dict[str, Any]:
    more = sum(len(each) for _, each in questions.more)
    opened = any(s.id in draft.chosen for _, each in questions.more for s in each)
    return {"most": MOST_CHOSEN, "more": more, "opened": opened}


def _rank(questions: Questions, draft: Draft) -> dict[str, Any]:
    chosen = [questions.catalogue.by_id[s] for s in draft.chosen if s in questions.catalogue.by_id]
    places = PLACES[: min(MOST_RANKED, len(chosen))]
    ranked = [*draft.ranked, *[""] * len(places)][: len(places)]
    return {"chosen": chosen, "ranked": ranked, "labels": places}


def _people(questions: Questions, draft: Draft) -> dict[str, Any]:
    others = [person for person in questions.people if person.code != questions.themselves(draft)]
    return {"others": others, "most": MOST_NAMED, "fields": range(MOST_NAMED)}


def _check(questions: Questions, draft: Draft) -> dict[str, Any]:
    by_id = questions.catalogue.by_id
    return {
        "lines": _lines(questions, draft, questions.steps),
        "left_out": [by_id[s].name for s in draft.chosen if s in by_id and s not in draft.ranked],
        "own": questions.given is not None,
    }


def _lines(questions: Questions, draft: Draft, steps: Sequence[Step]) -> list[tuple[Step, str, list[str]]]:
    """Return what was said, question by question: the question's title and the answers."""
    by_id = questions.catalogue.by_id
    said = {
        Step.WHO: [questions.name_of(draft)],
        Step.RANK: [by_id[s].name for s in draft.ranked if s in by_id],
        Step.TURNS_TO: [questions.called(entry) for entry in draft.turns_to],
        Step.RATHER_NOT: [questions.called(entry) for entry in draft.rather_not],
    }
    return [(step, SAID[step], said[step]) for step in steps if step in said]


_WITH: Mapping[Step, Callable[[Questions, Draft], dict[str, Any]]] = {
    Step.WHO: _who,
    Step.CHOOSE: _choose,
    Step.RANK: _rank,
    Step.TURNS_TO: _people,
    Step.RATHER_NOT: _people,
    Step.CHECK: _check,
}
"""What each screen shows besides the draft."""


def _with(draft: Draft, step: Step, form: Form) -> Draft:
    """Return a draft with what a form says to one question."""
    if step is Step.WHO:
        return replace(draft, who=_one(form, "who"), name=_one(form, "name"))
    if step is Step.CHOOSE:
        return replace(draft, chosen=tuple(form.get("superpower", ())))
    if step is Step.RANK:
        return replace(draft, ranked=_exchanged(draft.ranked, form.get("place", ())))
    if step is Step.TURNS_TO:
        return replace(draft, turns_to=tuple(form.get("person", ())))
    if step is Step.RATHER_NOT:
        return replace(draft, rather_not=tuple(form.get("person", ())))
    return draft


def _exchanged(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return what has which place: what is put in another's place and left in its own, takes turns with it.

    Where it is not clear what was meant, two places hold the same.
    """
    left = [
        place for place, one in enumerate(now) if now.count(one) > 1 and before[place : place + 1] == (one,)
    ]
    pushed_out = [one for one in before if one not in now]
    if len(left) != 1 or len(pushed_out) != 1:
        return tuple(now)
    return (*now[: left[0]], *pushed_out, *now[left[0] + 1 :])


def _one(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
