"""A file beside the roster on hand: who is new, who is gone, whose cells changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from matcher.files.rosters.compare import Comparison, Difference, Kind
from matcher.people.names import counted, listed
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.bringing import comparison, leave_it, replace_roster, take_over
from matcher.work.workspace import Workspace

FEW = 6
"""Names that a sentence lists."""

MOST = 5000
"""Lines of the table; whoever has more differences takes over all, or replaces the roster."""


def show_comparison(now: Workspace) -> None:
    """Show what the file that waits would change, to be taken over as far as it is wanted."""
    compared = comparison(now)
    if compared is None:
        _offer_to_leave()
        return
    with st.container(border=True):
        st.markdown(f"**Beside the roster on hand**  \n{plain(_summary(compared))}")
        if not compared.differences:
            with st.container(horizontal=True):
                _offer_to_replace()
                _offer_to_leave()
            return
        if compared.shared:
            _table(now, compared)
        key = _key(now)
        with st.container(horizontal=True):
            if compared.shared:
                st.button(
                    "Take over what is ticked",
                    key="take_ticked",
                    type="primary",
                    icon=":material/check:",
                    on_click=_take_ticked,
                    args=(key, compared.differences[:MOST]),
                )
                st.button("Take over all", key="take_all", on_click=_take, args=(compared.differences,))
            else:
                new = tuple(d for d in compared.differences if d.kind is Kind.NEW)
                st.button(
                    "Add them to the roster",
                    key="take_new",
                    on_click=_take,
                    args=(new,),
                    icon=":material/group_add:",
                )
            _offer_to_replace(primary=not compared.shared)
            _offer_to_leave()


def _summary(compared: Comparison) -> str:
    if not compared.differences:
        number = counted(compared.same, "person", "people")
        return f"The file says the same of {number}; there is nothing to take over."
    if not compared.shared:
        number = counted(len(compared.names(Kind.NEW)), "person", "people")
        return f"The file has {number}, and none of them is on the roster on hand."
    said = []
    for kind, words in ((Kind.NEW, "new"), (Kind.CHANGED, "changed"), (Kind.GONE, "no longer in the file")):
        if names := compared.names(kind):
            more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
            shown = f"{', '.join(names[:FEW])}{more}" if more else listed(names)
            said.append(f"{len(names)} {words} ({shown})")
    return f"{'; '.join(said)}; {compared.same} the same."


def _key(now: Workspace) -> str:
    return f"differences_{now.version}"


def _table(now: Workspace, compared: Comparison) -> None:
    import pandas as pd

    shown = compared.differences[:MOST]
    frame = pd.DataFrame(
        {
            "take over": [_ticked(d) for d in shown],
            "what": [str(d.kind) for d in shown],
            "who": [d.name for d in shown],
            "column": [d.column for d in shown],
            "on the roster": [d.was for d in shown],
            "in the file": [d.will_be for d in shown],
        }
    )
    if len(compared.differences) > MOST:
        st.caption(f"The first {MOST} of {len(compared.differences)} differences.")
    st.data_editor(
        frame,
        key=_key(now),
        hide_index=True,
        disabled=["what", "who", "column", "on the roster", "in the file"],
        height="auto" if len(frame) < 12 else 460,
        column_config={
            "take over": st.column_config.CheckboxColumn(width="small"),
            "what": st.column_config.TextColumn(width="small"),
            "who": st.column_config.TextColumn(width="medium", pinned=True),
            "on the roster": st.column_config.TextColumn(width="medium"),
            "in the file": st.column_config.TextColumn(width="medium"),
        },
        alt="What the file says otherwise than the roster on hand, a line each; a tick takes it over",
    )
    if any(d.kind is Kind.GONE for d in shown):
        st.caption("Who is gone stays on the roster unless you tick them.")


def _ticked(difference: Difference) -> bool:
    """Return whether something is taken over unless the manager says otherwise: nobody is lost unasked."""
    return difference.kind is not Kind.GONE


def _take_ticked(key: str, shown: Sequence[Difference]) -> None:
    edits = st.session_state[key]["edited_rows"]
    ticks = {int(place): bool(row["take over"]) for place, row in edits.items() if "take over" in row}
    _take(tuple(d for place, d in enumerate(shown) if ticks.get(place, _ticked(d))))


def _take(wanted: tuple[Difference, ...]) -> None:
    said = counted(len(wanted), "difference is", "differences are")
    try_change(lambda work: take_over(work, wanted), f"{said} taken over.")


def _offer_to_replace(*, primary: bool = False) -> None:
    st.button(
        "Replace the roster",
        key="replace_roster",
        type="primary" if primary else "secondary",
        icon=":material/swap_horiz:",
        on_click=_replace,
        help="Everybody on hand goes, and everybody in the file comes. Frictions and rules stay.",
    )


def _replace() -> None:
    try_change(replace_roster, "The file is the roster now.")


def _offer_to_leave() -> None:
    st.button("Leave the file", key="leave_file", type="tertiary", on_click=_leave)


def _leave() -> None:
    try_change(leave_it)
