"""What a manager asks for: duos or teams, what matters, and the button that begins."""

from __future__ import annotations

from typing import Any

import streamlit as st

from matcher.goals import GOALS, IMPORTANCES, PRESETS
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.people.roster import Roster
from matcher.ui.markup import plain
from matcher.ui.settings import COLUMN_GOALS, Settings, offered_goals
from matcher.ui.state import start_run, try_change
from matcher.ui.workspace import Workspace

PREFIX = "ask_"
SIZE, COUNT = "People in a team", "Number of teams"
BY_NAME = {goal.name: goal for goal in GOALS}


def ask(now: Workspace, roster: Roster) -> None:
    """Show the settings and the button that begins to form."""
    _seed(now.settings, roster)
    kind = st.segmented_control(
        "What to form",
        [PlanKind.DUOS, PlanKind.TEAMS],
        format_func=lambda k: str(k).capitalize(),
        key=f"{PREFIX}kind",
        required=True,
        persist_state="session",
    )
    kind = PlanKind(kind or PlanKind.DUOS)
    if kind is PlanKind.TEAMS:
        _sizes()
    st.selectbox(
        "Purpose",
        ["", *PRESETS],
        format_func=lambda p: p.capitalize() or "My own importances",
        key=f"{PREFIX}preset",
        on_change=_take_preset,
        persist_state="session",
        help="Sets the importances below for a purpose; they stay yours to change.",
    )
    offered = offered_goals(roster, kind)
    with st.form("ask", border=False):
        for name in offered:
            if BY_NAME[name].default != "off":
                _importance(name)
        with st.expander("More: columns to mix, absent people, seconds"):
            _more(roster, kind, offered)
        st.form_submit_button(
            f"Form {kind}",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
            args=(tuple(offered),),
            width="stretch",
        )


def _sizes() -> None:
    by_count = st.segmented_control(
        "Given by",
        [SIZE, COUNT],
        key=f"{PREFIX}given_by",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    if by_count == COUNT:
        st.number_input(COUNT, 1, 500, key=f"{PREFIX}count", persist_state="session")
        return
    with st.container(horizontal=True):
        for label, name in (("At least", "least"), ("At most", "most")):
            st.number_input(
                label,
                2,
                500,
                key=f"{PREFIX}{name}",
                persist_state="session",
                width=150,
                help="People in a team; four to six is known to work best. The same number twice: "
                "teams are as near to it as the number of people allows.",
            )


def _importance(name: str) -> None:
    goal = BY_NAME[name]
    st.segmented_control(
        goal.label,
        list(IMPORTANCES),
        key=f"{PREFIX}goal_{name}",
        required=True,
        help=f"100 means: {plain(goal.sentence)}",
        persist_state="session",
    )


def _more(roster: Roster, kind: PlanKind, offered: list[str]) -> None:
    for name in offered:
        if name in COLUMN_GOALS:
            label = BY_NAME[name].label
            st.multiselect(
                f"{label}: columns",
                roster.attributes,
                key=f"{PREFIX}columns_{name}",
                persist_state="session",
                help=plain(BY_NAME[name].sentence),
                placeholder="Choose columns of the roster",
            )
        if BY_NAME[name].default == "off":
            _importance(name)
    names = {m.key: m.name for m in roster.present}
    st.multiselect(
        "Absent this time",
        list(names),
        format_func=lambda key: names.get(key, key),
        key=f"{PREFIX}absent",
        persist_state="session",
        placeholder="Choose people",
        help="Left out of this plan and shown as absent, as are those who are absent on the roster.",
    )
    st.number_input(
        "Seconds at most",
        1,
        3600,
        key=f"{PREFIX}seconds",
        persist_state="session",
        help="Forming ends sooner when the plan is proven the best possible, or when you press Stop.",
    )
    if kind is PlanKind.DUOS:
        st.checkbox(
            "Lift hard clash: allow such duos",
            key=f"{PREFIX}lift",
            persist_state="session",
            help="Duos usually may not have clashes such as peacemaking × provocation.",
        )


def _seed(settings: Settings, roster: Roster) -> None:
    """Put what was last asked for into widgets that this session has not touched; drop what has gone."""
    values: dict[str, Any] = {
        "kind": settings.kind,
        "given_by": COUNT if settings.by_count else SIZE,
        "least": settings.least,
        "most": settings.most,
        "count": settings.count,
        "preset": settings.preset,
        "absent": list(settings.absent),
        "seconds": settings.seconds,
        "lift": settings.lift_hard_clash,
    }
    values |= {f"goal_{goal.name}": settings.goals.get(goal.name, goal.default) for goal in GOALS}
    values |= {f"columns_{goal}": list(settings.columns.get(goal, ())) for goal in COLUMN_GOALS}
    for name, value in values.items():
        st.session_state.setdefault(f"{PREFIX}{name}", value)
    possible: dict[str, set[str]] = {f"columns_{goal}": set(roster.attributes) for goal in COLUMN_GOALS}
    possible["absent"] = {m.key for m in roster.present}
    for name, options in possible.items():
        chosen = st.session_state[f"{PREFIX}{name}"]
        if not options.issuperset(chosen):
            st.session_state[f"{PREFIX}{name}"] = [entry for entry in chosen if entry in options]


def _take_preset() -> None:
    for goal, importance in PRESETS.get(st.session_state[f"{PREFIX}preset"], {}).items():
        st.session_state[f"{PREFIX}goal_{goal}"] = importance


def _asked(before: Settings, offered: tuple[str, ...]) -> Settings:
    """Return what the widgets say; those that are not shown keep what was asked before."""

    def said(name: str, otherwise: Any) -> Any:
        value = st.session_state.get(f"{PREFIX}{name}")
        return otherwise if value is None else value

    for goal in COLUMN_GOALS:
        if said(f"columns_{goal}", ()) and said(f"goal_{goal}", "off") == "off":
            st.session_state[f"{PREFIX}goal_{goal}"] = "normal"  # who chooses columns wants them used
    return Settings(
        kind=PlanKind(said("kind", before.kind)),
        by_count=said("given_by", SIZE) == COUNT,
        least=int(said("least", before.least)),
        most=int(said("most", before.most)),
        count=int(said("count", before.count)),
        goals={name: said(f"goal_{name}", BY_NAME[name].default) for name in offered},
        preset=said("preset", ""),
        columns={goal: tuple(said(f"columns_{goal}", ())) for goal in COLUMN_GOALS},
        absent=tuple(said("absent", ())),
        seconds=int(said("seconds", before.seconds)),
        lift_hard_clash=bool(said("lift", before.lift_hard_clash)),
    )


def _begin(offered: tuple[str, ...]) -> None:
    def begin(now: Workspace) -> Workspace:
        settings = _asked(now.settings, offered)
        if settings.kind is PlanKind.TEAMS and not settings.by_count and settings.least > settings.most:
            raise InputError(
                f"A team has at least {settings.least} and at most {settings.most} people: "
                "make the first number the smaller one."
            )
        return start_run(now, settings)

    try_change(begin)


def present_sentence(roster: Roster) -> str:
    """Say how many people are to be placed."""
    absent = f"; {counted(len(roster.absent), 'person', 'people')} absent" if roster.absent else ""
    return f"{counted(len(roster.present), 'person', 'people')} to place{absent}."
