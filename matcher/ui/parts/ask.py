"""What a manager asks for: duos or teams, what matters, and the button that begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from matcher.goals import GOALS, IMPORTANCES, PRESETS
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError
from matcher.people.names import counted
from matcher.people.roster import Roster
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.runs import start_run
from matcher.work.settings import COLUMN_GOALS, Settings, lacking, usual
from matcher.work.workspace import Workspace

PREFIX = "ask_"
SIZE, COUNT = "People in a team", "Number of teams"
BUTTONS = {
    PlanKind.DUOS: "Form duos",
    PlanKind.TEAMS: "Form teams",
    PlanKind.PROJECTS: "Staff projects",
}
BY_NAME = {goal.name: goal for goal in GOALS}


def choose_kind(now: Workspace, roster: Roster) -> PlanKind:
    """Ask what to form."""
    _seed(now.settings, roster)
    kind = st.segmented_control(
        "What to form",
        list(PlanKind),
        format_func=lambda k: str(k).capitalize(),
        key=f"{PREFIX}kind",
        required=True,
        persist_state="session",
    )
    return PlanKind(kind or PlanKind.DUOS)


def ask(now: Workspace, roster: Roster, kind: PlanKind) -> None:
    """Show the settings and the button that begins to form."""
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
    lack = lacking(roster, kind, now.found_projects.value, now.history)
    ready = [goal.name for goal in GOALS if goal.name not in lack]
    _seed_goals(now.settings, ready)
    with st.form("ask", border=False):
        for name in ready:
            if name not in COLUMN_GOALS:
                _importance(name)
        by_columns = [name for name in ready if name in COLUMN_GOALS]
        if by_columns:
            with st.expander("Columns: who should be mixed, who not alone"):
                for name in by_columns:
                    _columns(name, roster)
        if lack:
            with st.expander(f"{counted(len(lack), 'more goal')}: what to give first"):
                st.markdown(
                    "\n".join(f"- **{BY_NAME[n].label}** – {plain(what)}" for n, what in lack.items())
                )
                if "fresh" in lack:
                    st.page_link("matcher/ui/pages/rounds.py", label="Rounds", icon=":material/history:")
        with st.expander("More: absent people, seconds"):
            _more({m.key: now.names[m.key] for m in roster.present}, kind)
        st.form_submit_button(
            BUTTONS[kind],
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
            args=(tuple(ready),),
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
        st.number_input(COUNT, 1, key=f"{PREFIX}count", persist_state="session")
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
    if name == "fresh":
        st.checkbox(
            "The other way round: bring the same people together again",
            key=f"{PREFIX}keep",
            persist_state="session",
        )
    if name == "meeting":
        st.number_input(
            "Shared free hours a week that are enough",
            1,
            40,
            key=f"{PREFIX}meeting_hours",
            persist_state="session",
        )


def _columns(name: str, roster: Roster) -> None:
    goal = BY_NAME[name]
    st.multiselect(
        f"{goal.label}: columns",
        roster.attributes,
        key=f"{PREFIX}columns_{name}",
        persist_state="session",
        help=plain(goal.sentence),
        placeholder="None: the goal is off",
    )
    st.segmented_control(
        f"{goal.label}: importance",
        list(IMPORTANCES),
        key=f"{PREFIX}goal_{name}",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )


def _more(names: Mapping[str, str], kind: PlanKind) -> None:
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
            key=f"{PREFIX}lift_hard_clash",
            persist_state="session",
            help="Duos usually may not have clashes such as peacemaking × provocation.",
        )
    else:
        st.checkbox(
            "Give everybody a buddy inside the team",
            key=f"{PREFIX}buddies",
            persist_state="session",
            help="The best duos that each team has in itself.",
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
        "keep": settings.keep,
        "meeting_hours": settings.meeting_hours,
        "buddies": settings.buddies,
        "absent": list(settings.absent),
        "seconds": settings.seconds,
        "lift_hard_clash": settings.lift_hard_clash,
    }
    values |= {f"columns_{goal}": list(settings.columns.get(goal, ())) for goal in COLUMN_GOALS}
    for name, value in values.items():
        st.session_state.setdefault(f"{PREFIX}{name}", value)
    possible: dict[str, set[str]] = {f"columns_{goal}": set(roster.attributes) for goal in COLUMN_GOALS}
    possible["absent"] = {m.key for m in roster.present}
    for name, options in possible.items():
        chosen = st.session_state[f"{PREFIX}{name}"]
        if not options.issuperset(chosen):
            st.session_state[f"{PREFIX}{name}"] = [entry for entry in chosen if entry in options]


def _seed_goals(settings: Settings, ready: Collection[str]) -> None:
    """Put importances into the widgets of goals that are new; forget those that can no longer be scored."""
    otherwise = usual(st.session_state[f"{PREFIX}preset"])
    for goal in BY_NAME:
        if goal in ready:
            said = settings.goals.get(goal, otherwise[goal])
            st.session_state.setdefault(f"{PREFIX}goal_{goal}", said)
        else:
            st.session_state.pop(f"{PREFIX}goal_{goal}", None)


def show_on_form(settings: Settings) -> None:
    """Let the page Form begin from these settings, whatever its widgets say."""
    for key in [str(key) for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]
    st.session_state[f"{PREFIX}kind"] = settings.kind  # the rest is seeded when the page is shown


def _take_preset() -> None:
    for goal, importance in PRESETS.get(st.session_state[f"{PREFIX}preset"], {}).items():
        st.session_state[f"{PREFIX}goal_{goal}"] = importance


def _asked(before: Settings, ready: tuple[str, ...]) -> Settings:
    """Return what the widgets say; those that are not shown keep what was asked before."""

    def said(name: str, otherwise: Any) -> Any:
        value = st.session_state.get(f"{PREFIX}{name}")
        return otherwise if value is None else value

    preset = said("preset", "")
    otherwise = usual(preset)
    for goal in COLUMN_GOALS:
        if said(f"columns_{goal}", ()) and said(f"goal_{goal}", "off") == "off":
            st.session_state[f"{PREFIX}goal_{goal}"] = "normal"  # who chooses columns wants them used
    goals = {name: said(f"goal_{name}", otherwise[name]) for name in ready}
    return Settings(
        kind=PlanKind(said("kind", before.kind)),
        by_count=said("given_by", SIZE) == COUNT,
        least=int(said("least", before.least)),
        most=int(said("most", before.most)),
        count=int(said("count", before.count)),
        goals={name: importance for name, importance in goals.items() if importance != otherwise[name]},
        preset=preset,
        columns={goal: tuple(said(f"columns_{goal}", ())) for goal in COLUMN_GOALS},
        keep=bool(said("keep", before.keep)),
        meeting_hours=int(said("meeting_hours", before.meeting_hours)),
        buddies=bool(said("buddies", before.buddies)),
        absent=tuple(said("absent", ())),
        seconds=int(said("seconds", before.seconds)),
        lift_hard_clash=bool(said("lift_hard_clash", before.lift_hard_clash)),
    )


def _begin(ready: tuple[str, ...]) -> None:
    def begin(now: Workspace) -> Workspace:
        settings = _asked(now.settings, ready)
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
