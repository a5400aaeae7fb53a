"""The next rounds, planned at once: what to form, how it goes, and the rounds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from matcher.files.rotations import rounds_csv
from matcher.people.brief import PlanKind
from matcher.people.figures import figure
from matcher.people.names import counted, listed
from matcher.ui.markup import plain
from matcher.ui.parts.live import (
    PATIENCE,
    SECONDS_BETWEEN_LOOKS,
    offer_stop,
    show_groups,
    waiting_sentence,
)
from matcher.ui.parts.messages import show_error
from matcher.ui.parts.rounds import offer_planned
from matcher.ui.state import try_change
from matcher.work.jobs import JobState, Look
from matcher.work.rotations import Ahead, Asked, rotation_of, start_ahead, take_round
from matcher.work.server import server
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan
    from matcher.plan.rotation import Repeat, Rotation, RotationProgress

PREFIX = "ahead_"
REPEATS_SHOWN = 40
"""Of more pairs who are together again the rest is counted."""


def plan_ahead(now: Workspace) -> None:
    """Ask for the next rounds, follow the work, and show what has come of it."""
    _ask(now)
    look = _follow(now.ahead) if now.ahead else None
    if look is None:
        return
    rotation = rotation_of(look)
    if look.error is not None:
        show_error(look.error)
    elif rotation is None:
        st.info(
            "The server stopped while these rounds were being planned. Plan them again."
            if look.interrupted
            else "Stopped before there was a round."
        )
    else:
        _show(rotation, look, now)


def _ask(now: Workspace) -> None:
    look = server().jobs.look(now.ahead) if now.ahead else None
    _seed(look.asked.ahead if look is not None else Ahead())
    st.markdown(
        "Several rounds at once: nobody is together with the same person twice while that is possible. "
        "Rules, goals and absent people are those of the other pages."
    )
    with st.container(horizontal=True):
        kind = st.segmented_control(
            "What to form",
            [PlanKind.DUOS, PlanKind.TEAMS],
            format_func=lambda k: str(k).capitalize(),
            key=f"{PREFIX}kind",
            required=True,
            persist_state="session",
        )
        if kind == PlanKind.TEAMS:
            st.number_input(
                "People in a team", 2, 100, key=f"{PREFIX}size", persist_state="session", width=150,
                help="As near to it as the number of people allows.",
            )  # fmt: skip
        st.number_input("Rounds", 1, 50, key=f"{PREFIX}rounds", persist_state="session", width=120)
        st.number_input(
            "Seconds at most", 1, 3600, key=f"{PREFIX}seconds", persist_state="session", width=150,
            help="Planning ends sooner when nothing better is found, or when you press Stop.",
        )  # fmt: skip
    if now.history:
        st.checkbox(
            f"{_past(len(now.history))} too: who was together then is apart now",
            key=f"{PREFIX}avoid_past",
            persist_state="session",
        )
    st.button("Plan the rounds", type="primary", icon=":material/calendar_month:", on_click=_begin)


def _past(rounds: int) -> str:
    return "Count the past round" if rounds == 1 else f"Count the {rounds} past rounds"


def _seed(ahead: Ahead) -> None:
    for name in ("kind", "size", "rounds", "avoid_past", "seconds"):
        st.session_state.setdefault(f"{PREFIX}{name}", getattr(ahead, name))


def _begin() -> None:
    before = Ahead()

    def said(name: str) -> Any:
        value = st.session_state.get(f"{PREFIX}{name}")
        return getattr(before, name) if value is None else value

    ahead = Ahead(
        kind=PlanKind(said("kind")),
        size=int(said("size")),
        rounds=int(said("rounds")),
        avoid_past=bool(said("avoid_past")),
        seconds=int(said("seconds")),
    )
    try_change(lambda now: start_ahead(now, ahead))


def _follow(job: str) -> Look | None:
    """Show the work until it has ended; return it once it has."""
    jobs = server().jobs
    jobs.wait(job, *PATIENCE)
    look = jobs.look(job)
    if look is None or look.done:
        return look
    st.fragment(run_every=SECONDS_BETWEEN_LOOKS)(_show_progress)(job)
    return None


def _show_progress(job: str) -> None:
    jobs = server().jobs
    look = jobs.look(job)
    if look is None or look.done:
        st.rerun()
    asked: Asked = look.asked
    progress: RotationProgress | None = look.progress  # type: ignore[assignment]  # what this job tells
    if look.state is JobState.QUEUED:
        st.info(waiting_sentence(look))
    elif look.state is JobState.STOPPING:
        st.info("Stopping; the best rounds so far follow …")
    elif progress is None:
        st.info("Looking for rounds without a repeat …")
    else:
        with st.grid(3, min_column_width=110):
            free = f"{progress.free} of {progress.rounds}"
            st.metric("Without a repeat", free, border=True)
            st.metric("Repeats so far", progress.repeats, border=True)
            st.metric("Seconds", f"{look.seconds:.0f} of {asked.ahead.seconds}", border=True)
        st.progress(
            min(1.0, look.seconds / asked.ahead.seconds),
            text="Looking for fewer repeats and better rounds.",
        )
    offer_stop(job, look)


def _show(rotation: Rotation, look: Look, now: Workspace) -> None:
    verdict = plain(rotation.verdict)
    if rotation.free == len(rotation.plans):
        st.success(verdict, icon=":material/check:")
    else:
        st.warning(verdict)
    asked: Asked = look.asked
    if (now.people, now.frictions, now.rules) != (asked.then.people, asked.then.frictions, asked.then.rules):
        st.warning("People, frictions or rules were changed since. Plan the rounds again to use them.")
    st.dataframe(
        _table(rotation),
        hide_index=True,
        column_config={"round": st.column_config.NumberColumn(format="%d", width="small", pinned=True)},
        alt=f"Who is with whom in {counted(len(rotation.plans), 'round')}, a round in each row and a group "
        "in each column; the same is listed by round below",
    )
    st.download_button(
        "Rounds (CSV)",
        data=partial(rounds_csv, rotation.plans),
        file_name="rounds.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        help="One row a person and round; it reads back in as history.",
    )
    _show_repeats(rotation.repeats)
    st.caption(
        "Take a round over when its time has come: it becomes the plan of the page Plan, with its reasons "
        "and files. Mark it as used once it is: then the next round knows of it, and you can look back on it."
    )
    for number, plan in enumerate(rotation.plans, 1):
        _show_round(number, plan, rotation, now)


def _table(rotation: Rotation) -> dict[str, list[Any]]:
    groups = [group.name for group in rotation.plans[0].groups]
    table: dict[str, list[Any]] = {"round": list(range(1, len(rotation.plans) + 1))}
    for place, name in enumerate(groups):
        table[name] = [" · ".join(_named(plan)[place]) for plan in rotation.plans]
    return table


def _named(plan: Plan) -> list[list[str]]:
    brief = plan.brief
    return [[brief.name(brief.indices[key]) for key in group.members] for group in plan.groups]


def _show_repeats(repeats: tuple[Repeat, ...]) -> None:
    if not repeats:
        return
    with st.expander(f"Who is together again: {counted(len(repeats), 'pair')}"):
        lines = []
        for repeat in repeats[:REPEATS_SHOWN]:
            numbers = listed(map(str, repeat.rounds))
            rounds = f"round {numbers}" if len(repeat.rounds) == 1 else f"rounds {numbers}"
            past = f", and in {counted(repeat.before, 'past round')}" if repeat.before else ""
            lines.append(f"- {plain(listed(repeat.names))}: {rounds}{past}")
        if len(repeats) > REPEATS_SHOWN:
            lines.append(f"- and {len(repeats) - REPEATS_SHOWN} more")
        st.markdown("\n".join(lines))


def _show_round(number: int, plan: Plan, rotation: Rotation, now: Workspace) -> None:
    again = sum(number in repeat.rounds[0 if repeat.before else 1 :] for repeat in rotation.repeats)
    repeats = counted(again, "repeat") if again else "no repeat"
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**Round {number}**  \n"
                f"score {figure(plan.score)} of at most {figure(plan.bound)} · {repeats}",
                width="stretch",
            )
            st.button("Take over as the present plan", key=f"take_{number}", on_click=_take, args=(number,))
            offer_planned(number, plan, now)
        with st.expander("Who is with whom"):
            show_groups(_named(plan))


def _take(number: int) -> None:
    try_change(lambda now: take_round(now, number), f"Round {number} is the present plan now.")
