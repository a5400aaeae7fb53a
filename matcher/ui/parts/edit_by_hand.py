"""Changing a plan by hand: what an edit would do is shown before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from matcher.goals import GOALS
from matcher.people.errors import InputError
from matcher.people.figures import figure, signed
from matcher.people.names import counted
from matcher.ui.markup import bullets, plain
from matcher.ui.state import keep, try_change
from matcher.work.runs import by_hand, change, draft_of
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.draft import PlanDraft, Step
    from matcher.plan.effect import Effect, Shift
    from matcher.plan.plan import Plan

NEW_GROUP = ""
"""Stands for a group that is added for the member who is moved."""

_WISH = "plan_wish"
_DONE = "plan_done"


@dataclass(frozen=True)
class Wish:
    """An edit that a manager considers.

    Parameters
    ----------
    member
        Key of who is to go elsewhere.
    other
        Key of whom they change places with; empty when they move.
    group
        Name of the group that they move to; :data:`NEW_GROUP` for one more.
    """

    member: str
    other: str = ""
    group: str = NEW_GROUP

    def __call__(self, draft: PlanDraft) -> PlanDraft:
        """Return the draft with the edit.

        Raises
        ------
        InputError
            When it cannot be done.
        """
        if self.other:
            return draft.swap(self.member, self.other)
        home, group = draft.group_of(self.member), self.group
        if group == NEW_GROUP:
            draft = draft.add_group()
            group = draft.groups[-1].name
        draft = draft.move(self.member, group)
        return draft if _filled(draft) else draft.remove_group(home)


@dataclass(frozen=True)
class Shown:
    """What an edit was shown to lead to.

    Parameters
    ----------
    run
        The run whose plan it was shown of.
    steps
        All edits of that plan's draft, this one the last.
    """

    run: str
    steps: tuple[Step, ...]


def _filled(draft: PlanDraft) -> bool:
    return all(group.members for group in draft.groups)


def back(draft: PlanDraft) -> PlanDraft:
    """Return the draft without its last edit; a group that was added for it goes with it."""
    draft = draft.undo()
    while not _filled(draft) and draft.can_undo:
        draft = draft.undo()
    return draft


def forth(draft: PlanDraft) -> PlanDraft:
    """Return the draft with the edit that was last taken back."""
    draft = draft.redo()
    while not _filled(draft) and draft.can_redo:
        draft = draft.redo()
    return draft


def present_draft(now: Workspace) -> PlanDraft:
    """Return the present plan as a draft, and remember it: scoring every group anew takes a moment."""
    draft = draft_of(now)
    if draft is not now.draft:
        keep(draft=draft)
    return draft


def propose(wish: Wish, run: str) -> None:
    """Leave an edit of a run's plan for the page to show."""
    st.session_state[_WISH] = wish, run


def show_proposal(now: Workspace) -> None:
    """Show the edit that was left, with what it would do; it counts only when the manager says so.

    It is shown until it is answered, however often the page is drawn anew meanwhile: a press that comes
    while it is drawn would otherwise find nothing any more.
    """
    wish, run = st.session_state.get(_WISH, (None, ""))
    if wish is None:
        return
    if run != now.run:
        _forget()
        return
    draft = present_draft(now)
    try:
        after = wish(draft)
    except InputError as error:
        _dialog("This cannot be done")(_refused)(error)
        return
    _dialog("What would this do?")(_consider)(draft, after, wish, Shown(run, after.steps))


def _dialog(title: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return st.dialog(title, width="medium", on_dismiss=_forget)


def _forget() -> None:
    st.session_state.pop(_WISH, None)


def _refused(error: InputError) -> None:
    st.error(plain(str(error)))
    if st.button("Close", key="wish_close", on_click=_forget):
        st.rerun()


def _consider(draft: PlanDraft, after: PlanDraft, wish: Wish, shown: Shown) -> None:
    if st.session_state.get("wish_apply") or st.session_state.get("wish_leave"):
        st.rerun()  # at once: what is shown here is over
    effect = show_effect(draft, after)
    with st.container(horizontal=True):
        _offer(effect, "wish_apply", _apply_wish, wish, shown)
        st.button("Leave it as it is", key="wish_leave", on_click=_forget)


def _offer(
    effect: Effect, key: str, on_click: Callable[[Wish, Shown], None], wish: Wish, shown: Shown
) -> None:
    """Show the button that applies a wish whose effect is shown."""
    label = "Apply" if effect.legal else "Apply all the same"
    icon = ":material/check:"
    st.button(label, type="primary", icon=icon, key=key, on_click=on_click, args=(wish, shown))


def _apply_wish(wish: Wish, shown: Shown) -> None:
    _forget()
    apply(wish, shown)


def apply(edit: Callable[[PlanDraft], PlanDraft], shown: Shown | None = None) -> None:
    """Change the present plan by hand.

    Parameters
    ----------
    edit
        Takes the draft of the plan and returns another.
    shown
        What the edit was shown to lead to. It is then done to that very plan, and once: two people who
        swap places twice, because a button was pressed twice, would be back where they were.
    """
    done: list[str] = []

    def changed(now: Workspace) -> Workspace:
        before = draft_of(now)
        if shown is not None and shown.run != now.run:
            if before.steps[: len(shown.steps)] == shown.steps:
                return now
            raise InputError("The plan was changed meanwhile. Look again at what this would do.")
        after = change(now, edit)
        if after.draft is not None and after.draft.step is not None and after.draft is not before:
            done.append(after.draft.step.words)
        return after

    if try_change(changed) and done:
        st.session_state[_DONE] = done[-1]


def show_done() -> None:
    """Say in passing what was just changed by hand."""
    if words := st.session_state.pop(_DONE, ""):
        st.toast(plain(words), icon=":material/check:")


def show_effect(draft: PlanDraft, after: PlanDraft) -> Effect:
    """Show what an edit does to each goal and rule, and return it; what breaks is in red, and in words."""
    effect = draft.effect(after)
    assert after.step is not None
    steps = [step.words for step in after.steps[len(draft.steps) :]]
    st.markdown(f"**{plain(' '.join(steps))}**")
    if effect.broken:
        lines = bullets(f"{fault.rule} {fault.who}" for fault in effect.broken)
        rules = {fault.rule for fault in effect.broken}
        st.error(lines, title=f"Breaks {counted(len(rules), 'rule')}", icon=":material/close:")
    if effect.mended:
        rules = {fault.rule for fault in effect.mended}
        st.success(
            bullets(sorted(rules)), title=f"Mends {counted(len(rules), 'rule')}", icon=":material/check:"
        )
    if not effect.broken and not effect.mended:
        st.caption(":material/check: Breaks no rule.")
    st.table(
        effect_table(effect),
        border="horizontal",
        alt=f"What it does to each goal. {effect.sentence}",
    )
    return effect


def effect_table(effect: Effect) -> dict[str, list[str]]:
    """Return the goals' values before and after, for the plan and each group that changes, in Markdown."""
    labels = {goal.name: goal.label for goal in GOALS}
    columns: dict[str, tuple[Shift, Mapping[str, Shift]]] = {"The plan": (effect.score, effect.goals)}
    columns |= {group.name: (group.score, group.goals) for group in effect.groups}
    names = list(effect.goals)
    table = {"": ["**Score**", *(plain(labels[name]) for name in names)]}
    for title, (score, goals) in columns.items():
        table[plain(title)] = [told(score), *(told(goals[name]) if name in goals else "" for name in names)]
    return table


def told(shift: Shift) -> str:
    """Return a figure before and after in Markdown: better in green and up, worse in red and down."""
    before, after = shift.told("–")
    if before == after:
        return after
    if shift.before is None or shift.after is None:
        return f"{before} → {after}"
    sign, colour = ("▲", "green") if shift.change > 0 else ("▼", "red")
    by = abs(round(shift.after, 1) - round(shift.before, 1))  # of what is shown, so that it adds up
    return f"{before} → **{after}** :{colour}[{sign} {by:.1f}]"


def offer_steps(now: Workspace) -> None:
    """Show the buttons that take changes by hand back, and do them again."""
    draft = now.draft
    if draft is None or not (draft.can_undo or draft.can_redo):
        return
    undone = f"Takes back: {plain(draft.step.words)}" if draft.step and draft.can_undo else None
    redone = f"Does again: {plain(draft.after.step.words)}" if draft.after and draft.after.step else None
    st.button(
        "Undo",
        icon=":material/undo:",
        key="plan_undo",
        disabled=not draft.can_undo,
        on_click=apply,
        args=(back,),
        help=undone,
    )
    st.button(
        "Redo",
        icon=":material/redo:",
        key="plan_redo",
        disabled=not draft.can_redo,
        on_click=apply,
        args=(forth,),
        help=redone,
    )


def show_by_hand(plan: Plan, now: Workspace) -> None:
    """Say that a plan was changed by hand, and how."""
    steps = plan.settings.get("by_hand", ())
    if not steps or not by_hand(now):
        return
    formed = now.draft.plan if now.draft else None
    since = ""
    if formed is not None:
        shift = plan.score - formed.score
        since = f" Score {figure(formed.score)} before, {figure(plan.score)} now ({signed(shift)})."
    with st.expander(
        f"Changed by hand: {counted(len(steps), 'change')}.{since}", icon=":material/back_hand:"
    ):
        st.markdown("\n".join(f"{i}. {plain(step)}" for i, step in enumerate(steps, 1)))


def change_by_widgets(plan: Plan, now: Workspace) -> None:
    """Ask who goes where, and show what it would do."""
    draft = present_draft(now)
    names = {member.key: plan.brief.name(i) for i, member in enumerate(plan.brief.members)}
    home = {key: group.name for group in draft.groups for key in group.members}
    with st.grid(2, min_column_width=260):
        member = st.selectbox(
            "Who goes elsewhere",
            list(home),
            index=None,
            format_func=lambda key: f"{names.get(key, key)} · {home.get(key, '')}",
            key="hand_member",
            placeholder="Choose somebody",
        )
        places = _places(draft, member, home) if member in home else {}
        labels = {place: _told_place(place, names, home, plan) for place in places}
        chosen = st.selectbox(
            "Where to, or in exchange for whom",
            list(places),
            index=None,
            format_func=lambda place: labels.get(place, ""),
            key="hand_place",
            placeholder="Choose a group or a person",
            disabled=member is None,
        )
    if member not in home or chosen not in places:
        st.caption("Choose somebody and a place: what it would do is shown before it counts.")
        return
    try:
        after = places[chosen](draft)
    except InputError as error:
        st.error(plain(str(error)))
        return
    with st.container(border=True):
        effect = show_effect(draft, after)
        _offer(effect, "hand_apply", _apply_widgets, places[chosen], Shown(now.run, after.steps))


def _apply_widgets(wish: Wish, shown: Shown) -> None:
    st.session_state["hand_member"] = st.session_state["hand_place"] = None
    apply(wish, shown)


Place = tuple[str, str]
"""``group`` or ``member``, and its name or key."""


def _places(draft: PlanDraft, member: str, home: Mapping[str, str]) -> dict[Place, Wish]:
    here = home[member]
    groups = [group.name for group in draft.groups if group.name != here]
    places = {("group", name): Wish(member, group=name) for name in groups}
    if not draft.brief.projects:
        places["new", ""] = Wish(member)
    return places | {("member", key): Wish(member, other=key) for key, name in home.items() if name != here}


def _told_place(place: Place, names: Mapping[str, str], home: Mapping[str, str], plan: Plan) -> str:
    kind, what = place
    if kind == "group":
        return f"Move to {what}"
    return f"Move to a new {plan.kind.word}" if kind == "new" else f"Swap with {names[what]} · {home[what]}"
