"""What a manager asks for: duos or teams, what matters, and the button that begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from matcher.goals import GOALS, IMPORTANCES, PRESETS
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.people.roster import Roster
from matcher.ui.markup import plain
from matcher.ui.parts.suggestions import CALM, CALM_IS_OFF, has_idle_frictions
from matcher.ui.state import change, try_change
from matcher.work.choosing import GOAL, choices, fitting, with_choices
from matcher.work.runs import start_run
from matcher.work.settings import COLUMN_GOALS, Settings, lacking
from matcher.work.workspace import Workspace

PREFIX = "ask_"
_SHOWN = f"{PREFIX}shown"
SIZE, COUNT = "People in a team", "Number of teams"
BUTTONS = {
    PlanKind.DUOS: "Form duos",
    PlanKind.TEAMS: "Form teams",
    PlanKind.PROJECTS: "Staff projects",
}
BY_NAME = {goal.name: goal for goal in GOALS}


def choose_kind(now: Workspace, roster: Roster) -> tuple[Workspace, PlanKind]:
    """Ask what to form; return it, and the workspace with all that was chosen meanwhile."""
    if said := _said():  # chosen in another way than by a widget, which would have kept it already
        now = change(lambda work: _with(work, said))
    _show_choices(choices(fitting(now.settings, roster), ()))
    kind = st.segmented_control(
        "What to form",
        list(PlanKind),
        format_func=lambda k: str(k).capitalize(),
        key=f"{PREFIX}kind",
        required=True,
        on_change=_keep,
        persist_state="session",
    )
    return now, PlanKind(kind or PlanKind.DUOS)


def ask(now: Workspace, roster: Roster, kind: PlanKind) -> None:
    """Show the settings, each of which is kept when it is chosen, and the button that begins to form."""
    if kind is PlanKind.TEAMS:
        _sizes()
    st.selectbox(
        "Purpose",
        ["", *PRESETS],
        format_func=lambda p: p.capitalize() or "My own importances",
        key=f"{PREFIX}preset",
        on_change=_keep,
        persist_state="session",
        help="Sets the importances below for a purpose; they stay yours to change.",
    )
    lack = lacking(roster, kind, now.found_projects.value, now.history)
    ready = [goal.name for goal in GOALS if goal.name not in lack]
    for goal in lack:  # once it can be scored again, it begins from what is kept
        st.session_state.pop(f"{PREFIX}{GOAL}{goal}", None)
        st.session_state[_SHOWN].pop(f"{GOAL}{goal}", None)
    _show_choices(choices(fitting(now.settings, roster), ready))
    for name in ready:
        if name not in COLUMN_GOALS:
            _importance(name)
            if name == CALM and has_idle_frictions(now):
                st.caption(f":material/info: {CALM_IS_OFF}")
    by_columns = [name for name in ready if name in COLUMN_GOALS]
    if by_columns:
        with st.expander("Columns: who should be mixed, who not alone", key="form_columns"):
            for name in by_columns:
                _columns(name, roster)
    if lack:
        with st.expander(f"{counted(len(lack), 'more goal')}: what to give first"):
            st.markdown("\n".join(f"- **{BY_NAME[n].label}** – {plain(what)}" for n, what in lack.items()))
            if "fresh" in lack:
                st.page_link("matcher/ui/pages/rounds.py", label="Rounds", icon=":material/history:")
    with st.expander("More: absent people, seconds", key="form_more"):
        _more({m.key: now.names[m.key] for m in roster.present}, kind)
    st.button(
        BUTTONS[kind],
        key="form_now",
        type="primary",
        icon=":material/play_arrow:",
        on_click=_begin,
        width="stretch",
    )


def _sizes() -> None:
    by_count = st.segmented_control(
        "Given by",
        [SIZE, COUNT],
        key=f"{PREFIX}given_by",
        required=True,
        on_change=_keep,
        persist_state="session",
        label_visibility="collapsed",
    )
    if by_count == COUNT:
        st.number_input(COUNT, 1, key=f"{PREFIX}count", on_change=_keep, persist_state="session")
        return
    with st.container(horizontal=True):
        for label, name in (("At least", "least"), ("At most", "most")):
            st.number_input(
                label,
                2,
                500,
                key=f"{PREFIX}{name}",
                on_change=_keep,
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
        on_change=_keep,
        persist_state="session",
    )
    if name == "fresh":
        st.checkbox(
            "The other way round: bring the same people together again",
            key=f"{PREFIX}keep",
            on_change=_keep,
            persist_state="session",
        )
    if name == "meeting":
        st.number_input(
            "Shared free hours a week that are enough",
            1,
            40,
            key=f"{PREFIX}meeting_hours",
            on_change=_keep,
            persist_state="session",
        )


def _columns(name: str, roster: Roster) -> None:
    goal = BY_NAME[name]
    st.multiselect(
        f"{goal.label}: columns",
        roster.attributes,
        key=f"{PREFIX}columns_{name}",
        on_change=_keep,
        persist_state="session",
        help=plain(goal.sentence),
        placeholder="None: the goal is off",
    )
    st.segmented_control(
        f"{goal.label}: importance",
        list(IMPORTANCES),
        key=f"{PREFIX}goal_{name}",
        required=True,
        on_change=_keep,
        persist_state="session",
        label_visibility="collapsed",
    )


def _more(names: Mapping[str, str], kind: PlanKind) -> None:
    st.multiselect(
        "Absent this time",
        list(names),
        format_func=lambda key: names.get(key, key),
        key=f"{PREFIX}absent",
        on_change=_keep,
        persist_state="session",
        placeholder="Choose people",
        help="Left out of this plan and shown as absent, as are those who are absent on the roster.",
    )
    st.number_input(
        "Seconds at most",
        1,
        3600,
        key=f"{PREFIX}seconds",
        on_change=_keep,
        persist_state="session",
        help="Forming ends sooner when the plan is proven the best possible, or when you press Stop.",
    )
    if kind is PlanKind.DUOS:
        st.checkbox(
            "Lift hard clash: allow such duos",
            key=f"{PREFIX}lift_hard_clash",
            on_change=_keep,
            persist_state="session",
            help="Duos usually may not have clashes such as peacemaking × provocation.",
        )
    else:
        st.checkbox(
            "Give everybody a buddy inside the team",
            key=f"{PREFIX}buddies",
            on_change=_keep,
            persist_state="session",
            help="The best duos that each team has in itself.",
        )


def _show_choices(chosen: Mapping[str, Any]) -> None:
    """Let the widgets say what is chosen, where that is not what they were shown with last."""
    shown: dict[str, Any] = st.session_state.setdefault(_SHOWN, {})
    for name, choice in chosen.items():
        key, value = _widget(name, choice)
        if key not in st.session_state or shown.get(name, _SHOWN) != choice:
            st.session_state[key] = value
        shown[name] = choice


def _said() -> dict[str, Any]:
    """Return the choices for which the widgets say something else than they were shown with."""
    said = {}
    for name, choice in st.session_state.get(_SHOWN, {}).items():
        key, _ = _widget(name, choice)
        value = st.session_state.get(key)
        if value is not None:
            value = value == COUNT if name == "by_count" else type(choice)(value)
            if value != choice:
                said[name] = value
    return said


def _widget(name: str, choice: Any) -> tuple[str, Any]:
    """Return the key of the widget for a choice, and what the widget says for it."""
    if name == "by_count":
        return f"{PREFIX}given_by", COUNT if choice else SIZE
    return f"{PREFIX}{name}", list(choice) if isinstance(choice, tuple) else choice


def _with(work: Workspace, said: Mapping[str, Any]) -> Workspace:
    shown = st.session_state[_SHOWN]
    ready = [goal for goal in BY_NAME if f"{GOAL}{goal}" in shown]
    st.session_state[_SHOWN] = {**shown, **said}
    return replace(work, settings=with_choices(work.settings, said, ready))


def _keep() -> None:
    """Keep what was just chosen; the other settings stay as they are, wherever they were chosen."""
    if said := _said():
        try_change(lambda work: _with(work, said))


def show_on_form(settings: Settings) -> None:
    """Let the page Form begin from these settings, whatever its widgets say."""
    for key in [str(key) for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
    st.session_state[f"{PREFIX}kind"] = settings.kind  # the rest is set when the page is shown


def _begin() -> None:
    _keep()

    def begin(now: Workspace) -> Workspace:
        settings = now.settings if now.roster is None else fitting(now.settings, now.roster)
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
