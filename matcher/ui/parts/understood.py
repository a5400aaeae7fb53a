"""What was understood of a roster file, and each guess to be chosen otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from matcher.files import RosterReading, Table
from matcher.files.strengths import OURS, default_frameworks
from matcher.files.tables.columns import MEANINGS, ColumnMeaning, titles
from matcher.people.names import counted, listed
from matcher.ui.markup import plain
from matcher.ui.parts.file_field import while_reading
from matcher.ui.parts.reading_choices import Guess, choose_how, how_read, short, table_of, with_found
from matcher.ui.state import say, try_change
from matcher.work.bringing import edited, forget, read_otherwise, reading_of
from matcher.work.brought import Brought
from matcher.work.workspace import Workspace

SAMPLES = 3
"""Cells that are shown of a column."""


def show_understood(now: Workspace, brought: Brought) -> None:
    """Show what was understood of a file, in a line, and below it every guess to be changed."""
    if not brought.source:
        if files := list(dict.fromkeys(source.name for source in now.sources)):
            st.caption(plain(f"The roster was put together from {listed(files)}."))
        return
    reading = reading_of(now, brought)
    table = reading.table if reading else table_of(brought)
    with st.container(border=True):
        st.markdown(f"**What was understood**  \n{plain(_sentence(brought, table, reading))}")
        if brought.as_before:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(
                    ":material/history: Read as the last file with these columns, with what you chose then.",
                    width="content",
                )
                st.button("Forget", key="forget_shape", type="tertiary", on_click=_forget)
        # what is inside takes a moment for a large file, and is seldom needed
        key = "reading" if reading is not None else "no_reading"
        with st.expander(
            "Change how it was read", expanded=reading is None, key=key, on_change="rerun"
        ) as section:
            if not section.open:
                return
            choose_how(brought, table, f"read_{now.version}", _read, _frameworks(brought, reading))
            if reading is not None:
                _choose_meanings(now, brought, reading.table, reading.columns)
                _choose_left_out(now, brought, reading.table)
            elif table is not None:
                _choose_meanings(now, brought, table, _unread(table, brought))
                _choose_left_out(now, brought, table)


def _unread(table: Table, brought: Brought) -> Sequence[ColumnMeaning]:
    """Return the columns of a table in which no roster was found."""
    chosen = brought.choices.meanings
    return [
        ColumnMeaning(i, title, chosen.get(title, "attribute"), "You chose it." if title in chosen else "")
        for i, title in enumerate(titles(table))
    ]


def _sentence(brought: Brought, table: Table | None, reading: RosterReading | None) -> str:
    if table is None:
        return f"{brought.name}: there is no table in it as it is read now."
    said = [brought.name, *how_read(table)]
    if reading is not None:
        said.append(counted(len(reading.roster.members), "person", "people"))
        if reading.shape:
            source = "" if reading.framework in ("", OURS) else f" ({reading.framework})"
            said.append(f"superpowers in {reading.shape}{source}")
        else:
            said.append("no superpowers found")
    if table.left_out:
        said.append(f"{counted(len(table.left_out), 'row')} left out")
    return " · ".join(said)


def _frameworks(brought: Brought, reading: RosterReading | None) -> list[Guess]:
    """Return the guess about what the strengths come from, where it matters."""
    chosen = brought.choices.framework
    if reading is None or not (reading.framework or chosen):
        return []
    names = {OURS: "our superpowers", **{f.name: f.name for f in default_frameworks()}}
    shown = with_found(names, names.get(reading.framework, reading.framework))
    return [Guess("Strengths come from", "framework", ["", *names], chosen, shown)]


def _read(**chosen: Any) -> None:
    lost = False

    def change(work: Workspace) -> Workspace:
        nonlocal lost
        lost = work.pending is None and edited(work)
        return read_otherwise(work, **chosen)

    with while_reading("the file"):
        read = try_change(
            change, "The file is read as you chose, and the next one with these columns will be."
        )
    if read and lost:
        say("The file is read as you chose. Your edits to the table are replaced; Undo brings them back.")


def _forget() -> None:
    try_change(forget, "The file is read without what was chosen before.")


def _choose_meanings(
    now: Workspace, brought: Brought, table: Table, columns: Sequence[ColumnMeaning]
) -> None:
    """Show what each column was taken for, with sample values; choosing another reads the file again."""
    import pandas as pd

    most = max(
        [5, *(int(m.rpartition(" ")[2]) for c in columns if (m := c.meaning).startswith("superpower "))]
    )
    ranks = {f"superpower {rank}" for rank in range(most + 1, 35)}
    frame = pd.DataFrame(
        {
            "column": [column.title for column in columns],
            "means": [column.meaning for column in columns],
            "for example": [_samples(table, column.index) for column in columns],
            "why": [column.why if column.sure else f"A guess. {column.why}" for column in columns],
        },
        dtype="str",
    )
    st.markdown("**What each column means**  \n:small[Choose another meaning in the second column.]")
    key = f"meanings_{now.version}"
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=["column", "for example", "why"],
        height="auto" if len(frame) < 10 else 350,
        column_config={
            "column": st.column_config.TextColumn(width="medium", pinned=True),
            "for example": st.column_config.TextColumn(width="medium"),
            "means": st.column_config.SelectboxColumn(
                options=[meaning for meaning in MEANINGS if meaning not in ranks],
                required=True,
                width="medium",
            ),
            "why": st.column_config.TextColumn(width="large"),
        },
        alt="The columns of the file, examples, and what each was taken for; the meaning is editable",
    )
    chosen = {
        columns[int(place)].title: str(row["means"])
        for place, row in st.session_state[key]["edited_rows"].items()
        if row.get("means")
    }
    if chosen:
        _read(meanings={**brought.choices.meanings, **chosen})
        st.rerun()


def _samples(table: Table, index: int) -> str:
    cells = dict.fromkeys(short(row.cells[index]) for row in table.rows[:200] if row.cells[index])
    return " · ".join(list(cells)[:SAMPLES])


def _choose_left_out(now: Workspace, brought: Brought, table: Table) -> None:
    """Show which rows were left out and why; a tick takes one in."""
    import pandas as pd

    kept = brought.choices.kept
    if kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            rows = ", ".join(map(str, sorted(kept)))
            st.caption(
                f"Taken in on your word: {'row' if len(kept) == 1 else 'rows'} {rows}.", width="content"
            )
            st.button(
                "Leave out again",
                key="leave_out",
                type="tertiary",
                on_click=_read,
                kwargs={"kept": frozenset()},
            )
    if not table.left_out:
        return
    st.markdown("**Rows that were left out**  \n:small[Tick a row to take it in.]")
    key = f"left_out_{now.version}"
    frame = pd.DataFrame(
        {
            "take in": [False] * len(table.left_out),
            "row": [row.number for row in table.left_out],
            "it says": [short(" | ".join(filter(None, row.cells))) for row in table.left_out],
            "why": [row.why for row in table.left_out],
        }
    )
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=["row", "it says", "why"],
        height="auto" if len(frame) < 8 else 290,
        column_config={
            "row": st.column_config.NumberColumn(width="small", format="%d"),
            "why": st.column_config.TextColumn(width="large"),
        },
        alt="The rows of the file that were left out, and why; a tick takes one in",
    )
    ticked = {
        table.left_out[int(place)].number
        for place, row in st.session_state[key]["edited_rows"].items()
        if row.get("take in")
    }
    if ticked:
        _read(kept=kept | ticked)
        st.rerun()
