"""What a manager asks of a plan: what a rule costs, why not these two, what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from matcher.people.errors import RulesConflict
from matcher.people.figures import figure, signed
from matcher.people.names import counted
from matcher.rules import Apart, Pin, Rule, Sizes, Together
from matcher.ui.markup import bullets, plain
from matcher.ui.parts.live import (
    PATIENCE,
    SECONDS_BETWEEN_LOOKS,
    offer_stop,
    show_plan_groups,
    waiting_sentence,
)
from matcher.ui.parts.messages import show_error
from matcher.ui.parts.why import WHY, ask_why
from matcher.ui.state import try_change
from matcher.work.giving_up import give_up
from matcher.work.jobs import JobState, Look
from matcher.work.runs import Question, ask_about, take
from matcher.work.server import server
from matcher.work.tasks import CostOf, Others, PriceOf, WhyNot, Work
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

PRICE, PAIR, COST, OTHERS = (
    "What does a rule cost?",
    "Why are these two not together?",
    "What would it cost to …?",
    "Other good plans",
)
TAKEN = "This is the plan now; you can go back to the one before."


def ask_about_plan(plan: Plan, look: Look, now: Workspace) -> None:
    """Show the questions that can be asked of a plan, and the answer to the last one.

    Parameters
    ----------
    plan, look
        The plan, and the run that it came from.
    now
        The workspace.
    """
    kinds = [WHY, PAIR, COST, PRICE, OTHERS]
    if st.session_state.get("question_kind") not in kinds:
        st.session_state["question_kind"] = WHY
    kind = st.pills(
        "Question",
        kinds,
        key="question_kind",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    then: Workspace = look.asked
    if kind == WHY or kind is None:
        ask_why(plan)
        return
    {PRICE: _ask_price, PAIR: _ask_pair, COST: _ask_cost, OTHERS: _ask_others}[kind](plan, then)
    asked = server().jobs.look(now.question) if now.question else None
    if asked is not None and asked.asked.kind == kind:
        _follow(plan, then, now.question)


def _ask_price(plan: Plan, then: Workspace) -> None:
    rules = [check for check in plan.rules if check.source and not isinstance(check.source, Sizes)]
    if not rules:
        st.caption("There is no rule beside the sizes of the groups.")
        return

    def begin() -> None:
        check = rules[st.session_state["price_of"]]
        question = Question(PRICE, check.rule, then.settings.seconds, check.source)
        _begin(question, PriceOf(plan, plan.rules.index(check)))

    with st.form("price", border=False):
        st.selectbox(
            "Rule",
            range(len(rules)),
            format_func=lambda i: rules[i].rule if i < len(rules) else "",
            key="price_of",
            help="The groups are formed once more without it; the plan stays as it is.",
        )
        st.form_submit_button("What does it cost?", on_click=begin)


def _ask_pair(plan: Plan, then: Workspace) -> None:
    names = {member.key: plan.brief.name(i) for i, member in enumerate(plan.brief.members)}
    home = {key: group.name for group in plan.groups for key in group.members}
    with st.grid(2, min_column_width=200):
        a, b = (
            st.selectbox(
                label,
                list(names),
                index=None,
                format_func=lambda key: names.get(key, key),
                key=f"pair_{place}",
                placeholder="Choose somebody",
            )
            for place, label in enumerate(("Why is", "not with"))
        )
    if a is None or b is None or a not in home or b not in home:
        return
    if a == b:
        st.caption("Choose two different people.")
    elif home[a] == home[b]:
        st.caption(f"{plain(names[a])} and {plain(names[b])} are together in {plain(home[a])}.")
    else:
        text = f"Why is {names[a]} not with {names[b]}?"
        question = Question(PAIR, text, then.settings.seconds, Together((a, b)))
        st.button(
            "Find the best plan in which they are",
            on_click=_begin,
            args=(question, WhyNot(plan, a, b)),
        )


TOGETHER, APART, IN = "put two together", "keep two apart", "put somebody into a group"


def _ask_cost(plan: Plan, then: Workspace) -> None:
    names = {member.key: plan.brief.name(i) for i, member in enumerate(plan.brief.members)}
    groups = [group.name for group in plan.groups]
    wish = st.segmented_control(
        "What would it cost to …", [TOGETHER, APART, IN], default=TOGETHER, required=True, key="cost_wish"
    )
    with st.grid(2, min_column_width=200):
        who = _choose("Whom", names, "cost_who")
        with_whom = _choose("And whom", names, "cost_whom") if wish != IN else None
        where = st.selectbox("Into", groups, index=None, key="cost_where") if wish == IN else None
    if who is None or (with_whom is None and where is None):
        return
    if who == with_whom:
        st.caption("Choose two different people.")
        return
    rule = _wished(wish, who, with_whom or "", where or "")
    said = rule.sentence(plan.brief)
    if not rule.broken([[plan.brief.indices[k] for k in g.members] for g in plan.groups], plan.brief):
        st.caption(f"{plain(said)} It is so already, and costs nothing.")
        return
    question = Question(COST, f"What would it cost if this had to hold: {said}", then.settings.seconds, rule)
    st.button("Find out", on_click=_begin, args=(question, CostOf(plan, rule)))


def _wished(wish: str | None, who: str, with_whom: str, where: str) -> Rule:
    if wish == IN:
        return Pin((who,), where)
    return Apart((who, with_whom)) if wish == APART else Together((who, with_whom))


def _choose(label: str, names: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda k: names.get(k, k),
        key=key,
        placeholder="Choose somebody",
    )


def _ask_others(plan: Plan, then: Workspace) -> None:
    people = len(plan.brief.members)

    def begin() -> None:
        count, elsewhere, worse = (st.session_state[f"others_{name}"] for name in ("count", "far", "worse"))
        seconds = then.settings.seconds
        question = Question(OTHERS, "Other good plans", seconds * count)
        _begin(question, Others(plan, count, elsewhere, worse))

    with st.form("others", border=False):
        with st.grid(3, min_column_width=170):
            st.number_input("Plans", 1, 5, 3, key="others_count")
            st.number_input(
                "People elsewhere, at least",
                2,
                max(2, people),
                min(max(2, people // 5), people),
                key="others_far",
                help="So many are in other company than in this plan, and in each of the others.",
            )
            st.number_input("Points worse, at most", 0.0, 100.0, 5.0, 0.5, key="others_worse", format="%.1f")
        st.form_submit_button("Find other plans", on_click=begin)


def _begin(question: Question, work: Work) -> None:
    try_change(lambda now: ask_about(now, question, work))


def _follow(plan: Plan, then: Workspace, job: str) -> None:
    jobs = server().jobs
    jobs.wait(job, *PATIENCE)
    look = jobs.look(job)
    if look is None:
        return
    question: Question = look.asked
    if not look.done:
        st.fragment(run_every=SECONDS_BETWEEN_LOOKS)(_show_waiting)(job)
    elif isinstance(look.error, RulesConflict) and question.kind in (PAIR, COST):
        _show_what_keeps_apart(look.error, question)
    elif look.error is not None:
        show_error(look.error)
    elif look.value is None:
        st.info(
            "The server stopped while this was being answered. Ask again."
            if look.interrupted
            else "Stopped before there was an answer."
        )
    elif question.kind == OTHERS:
        _show_others(plan, look.value, then, job)
    else:
        _show_answer(plan, look.value, question, then, job)


def _show_waiting(job: str) -> None:
    jobs = server().jobs
    look = jobs.look(job)
    if look is None or look.done:
        st.rerun()
    limit = look.asked.seconds
    if look.state is JobState.QUEUED:
        st.info(waiting_sentence(look))
    else:
        text = f"{plain(look.asked.text)} {look.seconds:.0f} of {limit:.0f} seconds at most"
        st.progress(min(1.0, look.seconds / limit), text=text)
    offer_stop(job, look)


def _show_what_keeps_apart(conflict: RulesConflict, question: Question) -> None:
    pairs = zip(conflict.rules, conflict.sentences, strict=False)
    sentences = [said for rule, said in pairs if rule != question.rule and not isinstance(rule, Sizes)]
    pair = question.kind == PAIR
    stands = "The rules do not let them share a group:" if pair else "Other rules stand against it:"
    st.warning(
        f"{stands}\n\n{bullets(sentences or conflict.sentences)}",
        title=plain(question.text),
    )


def _show_answer(plan: Plan, answer: Any, question: Question, then: Workspace, job: str) -> None:
    st.info(plain(answer.sentence), title=plain(question.text), icon=":material/lightbulb:")
    other: Plan = answer.plan
    if not (moved := _elsewhere(plan, other)):
        st.caption("The best plan found is the one you have.")
        return
    with st.container(border=True):
        _headline(plan, other, moved)
        show_plan_groups(other)
        if question.kind == PRICE:
            st.button(
                "Give the rule up and take this plan",
                key=f"take_{job}",
                on_click=_give_up_and_take,
                args=(question.rule, other),
            )
        else:
            st.button("Take this plan", key=f"take_{job}", on_click=_take, args=(other, then))


def _show_others(plan: Plan, others: Sequence[Plan], then: Workspace, job: str) -> None:
    if not others:
        st.info("None was found that differs so much and is hardly worse. Ask for less.")
        return
    with st.grid(2, min_column_width=320):
        for i, other in enumerate(others):
            with st.container(border=True, height="stretch"):
                _headline(plan, other, _elsewhere(plan, other))
                show_plan_groups(other)
                st.button("Take this plan", key=f"take_{job}_{i}", on_click=_take, args=(other, then))


def _headline(plan: Plan, other: Plan, moved: int) -> None:
    difference = other.score - plan.score
    than = "as good" if abs(difference) < 0.05 else signed(difference)
    st.markdown(
        f"**Score {figure(other.score)}** ({than}) · {counted(moved, 'person', 'people')} in other company"
    )


def _elsewhere(plan: Plan, other: Plan) -> int:
    from matcher.plan.questions import elsewhere

    return elsewhere(_labels(plan), _labels(other))


def _labels(plan: Plan) -> NDArray[np.int64]:
    labels = np.zeros(len(plan.brief.members), dtype=np.int64)
    for number, group in enumerate(plan.groups):
        labels[[plan.brief.indices[key] for key in group.members]] = number
    return labels


def _take(plan: Plan, then: Workspace) -> None:
    try_change(lambda now: take(now, plan, then), TAKEN)


def _give_up_and_take(rule: object, plan: Plan) -> None:
    def change(now: Workspace) -> Workspace:
        changed, _ = give_up(now, rule)
        return take(changed, plan, changed)

    try_change(change, f"The rule is given up. {TAKEN}")
