"""Looking back on a round: how each group went, what was agreed, who led. For the manager's eyes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import Any

import streamlit as st

from matcher.people.names import counted, fold, listed
from matcher.ui.markup import plain
from matcher.ui.parts.kept_fields import catch_up, kept_field
from matcher.ui.parts.rounds import LOOKED_AT
from matcher.work.looking_back import Summary, agreed, noted
from matcher.work.rounds import BEST, GroupNote, Pair, UsedRound, day, groups_of
from matcher.work.suggestions import suggestions
from matcher.work.workspace import Workspace

AT_ONCE = 12
"""Groups that are shown at first, and those that are added each time."""

LONG = 60
"""A text of more characters than these stands below its field too: the field may show only a part of it."""

PAUSE = "500ms"
"""So long nobody types before what is typed is kept."""

NAMED = 3
"""More groups than these a sentence does not name."""

Groups = Mapping[str, tuple[str, ...]]


def look_back(now: Workspace) -> None:
    """Show one of the rounds: how it went in short, and what can be noted about each of its groups."""
    if not now.rounds:
        st.info("There is no past round yet. Mark a plan as used under Past rounds once it is.")
        return
    now = catch_up(now)
    used = _choose(now)
    groups = groups_of(now, used.id)
    st.caption(
        "Only you see what stands here: no copy of a plan has it, neither the team's nor yours. "
        "It is kept while you type."
    )
    _show_summary(Summary.of(used, groups), now)
    if not groups:
        st.info("Nobody in this round is on the roster any more.")
        return
    shown = _some(used, groups, now)
    with st.grid(2, min_column_width=320):
        for place, (group, keys) in enumerate(groups.items()):
            if group in shown:
                with st.container(border=True, gap="small"):
                    _show_group(used, group, keys, f"{used.id}_{place}", now)


def _choose(now: Workspace) -> UsedRound:
    """Ask which round it is about; the latest unless another was chosen."""
    rounds = {used.id: used for used in reversed(now.rounds)}
    if st.session_state.get(LOOKED_AT) not in rounds:
        st.session_state[LOOKED_AT] = next(iter(rounds))
    id_ = st.selectbox(
        "Round",
        list(rounds),
        format_func=lambda one: _titled(rounds[one]),
        key=LOOKED_AT,
        persist_state="session",
    )
    return rounds[id_]


def _titled(used: UsedRound) -> str:
    told = used.begins is not None and day(used.begins) in used.name and not used.ends
    return used.name if told or not used.when else f"{used.name} · {used.when}"


def _show_summary(summary: Summary, now: Workspace) -> None:
    with st.grid(3, min_column_width=150):  # narrower, labels and numbers are cut
        mean = "–" if summary.mean is None else f"{summary.mean:.1f} of {BEST}"
        st.metric("How it went", mean, border=True, help="The mean of the groups that are rated.")
        st.metric("Rated", f"{summary.rated} of {summary.groups}", border=True)
        st.metric("Open actions", f"{len(summary.open)}", border=True, help="Groups with actions not done.")
    ends = (("Best", summary.best), ("Worst", summary.worst))
    told = [f"{label}: {_few(names)}." for label, names in ends if names]
    if told:
        st.markdown(plain(" ".join(told)))
    if summary.open:
        with st.expander("Open actions"):
            st.markdown("\n".join(f"- **{plain(n.group)}** {plain(n.open_actions)}" for n in summary.open))
    offered = len(suggestions(now))
    if offered:
        st.page_link(
            "matcher/ui/pages/rules.py",
            label=f"{counted(offered, 'suggestion')} for the next round, to take or to leave",
            icon=":material/lightbulb:",
        )


def _few(names: tuple[str, ...]) -> str:
    return listed(names) if len(names) <= NAMED else counted(len(names), "group")


def _some(used: UsedRound, groups: Groups, now: Workspace) -> list[str]:
    """Return the groups that are shown: of many, those that are looked for, and not all at once."""
    if len(groups) <= AT_ONCE:
        return list(groups)
    said = st.text_input(
        "Find a group or a member", key=f"look_for_{used.id}", type="search", live=True, max_chars=80
    )
    looked_for = fold(said or "")
    found = [
        group
        for group, keys in groups.items()
        if looked_for in fold(group) or any(looked_for in fold(now.names.get(key, key)) for key in keys)
    ]
    key = f"look_at_{used.id}"
    most = st.session_state.get(key, AT_ONCE)
    left = len(found) - most
    if left > 0:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{most} of {counted(len(found), 'group')} are shown.")
            label = f"Show {min(left, AT_ONCE)} more"
            st.button(label, key=f"more_{used.id}", type="tertiary", on_click=_more, args=(key, most))
    elif not found:
        st.caption("No group and no member of it is called so.")
    return found[:most]


def _more(key: str, shown: int) -> None:
    st.session_state[key] = shown + AT_ONCE


def _show_group(used: UsedRound, group: str, keys: tuple[str, ...], place: str, now: Workspace) -> None:
    note = used.note(group)
    names = {key: now.names.get(key, key) for key in keys}
    st.markdown(f"**{plain(group)}**  \n{' · '.join(map(plain, names.values()))}")

    def kept(field: str, value: Any) -> dict[str, Any]:
        return kept_field(f"note_{field}_{place}", value, partial(_keep, (used.id, group), field))

    st.segmented_control(
        "How it went, 1 badly to 5 well",
        range(1, BEST + 1),
        **kept("rating", note.rating or None),
    )
    for label, field, text in (
        ("Remark", "remark", note.remark),
        ("Goals agreed", "goals", note.goals),
        ("Actions agreed", "actions", note.actions),
    ):
        # of a field with several lines nothing is kept before it is left
        st.text_input(label, live=PAUSE, **kept(field, text))
        if len(text) > LONG:
            st.caption(plain(text))
    if note.actions:
        st.checkbox("The actions are done", **kept("done", note.done))
    st.selectbox(
        "Who led it",
        ["", *names],
        format_func=lambda key: names.get(key, key) or "Nobody, or not known",
        **kept("led_by", note.led_by if note.led_by in names else ""),
    )
    if len(keys) > 2:
        _ask_for_pairs(note, names, kept)


def _ask_for_pairs(
    note: GroupNote, names: Mapping[str, str], kept: Callable[[str, Any], dict[str, Any]]
) -> None:
    """Ask which pairs of a team worked badly or well together."""
    pairs: list[Pair] = list(combinations(sorted(names), 2))

    def told(pair: Pair) -> str:
        return " with ".join(names[key] for key in pair)

    for label, field, before in (
        ("Pairs that worked badly together", "pairs_badly", note.pairs_badly),
        ("Pairs that worked well together", "pairs_well", note.pairs_well),
    ):
        chosen = [pair for pair in before if pair in pairs]
        st.multiselect(label, pairs, format_func=told, placeholder="None", **kept(field, chosen))


def _keep(where: tuple[str, str], field: str, now: Workspace, shown: Any, said: Any) -> Workspace:
    return noted(now, *where, _as_kept(field, shown), **{field: _as_kept(field, said)})


def _as_kept(field: str, said: Any) -> Any:
    """Return what a field says as a note has it: nothing chosen is 0 or empty."""
    if field.startswith("pairs"):
        return tuple(said)
    return said or (0 if field == "rating" else False if field == "done" else "")


def show_agreed(now: Workspace) -> None:
    """Show what was agreed when the manager last looked back, so that the next round can begin from it."""
    found = agreed(now)
    if found is None:
        return
    used, notes = found
    lines = []
    for note in notes:
        who = [now.names[key] for key in note.members if key in now.names]
        lines += [f"\n**{plain(note.group)}** :small[{' · '.join(map(plain, who))}]"]
        lines += [f"- Goals: {plain(note.goals)}"] if note.goals else []
        lines += [f"- Open actions: {plain(note.open_actions)}"] if note.open_actions else []
    with st.expander(f"What was agreed in {plain(used.name)}", icon=":material/task_alt:"):
        st.caption("Only for you: it is in no copy of the plan.")
        st.markdown("\n".join(lines))
