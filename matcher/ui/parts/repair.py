"""What is wrong in a table, with what one press can do about it; the rest of the table is used meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from matcher.people.errors import Fix, Problem
from matcher.people.names import counted
from matcher.ui.bringing import mend
from matcher.ui.markup import plain
from matcher.ui.sheets import Sheet
from matcher.ui.state import try_change
from matcher.ui.workspace import Workspace

FEW, MORE = 4, 10
"""Kinds of problem that are shown at first, and those that are added each time."""

ONE_BY_ONE = 8
"""Problems of one kind that are shown at a time."""

ROWS = 12
"""Row numbers that are listed for a kind of problem."""


def show_problems(problems: Sequence[Problem], what: str, now: Workspace, table: str = "") -> None:
    """Show what is wrong in a table, and the buttons that put it right.

    Parameters
    ----------
    problems
        What is wrong.
    what
        The table in words: ``the roster``.
    now, table
        The workspace, and its field that holds the table, when problems can be put right in place.
    """
    if not problems:
        return
    title = f"{counted(len(problems), 'thing')} to put right in {what}; everything else is used."
    kinds = kinds_of(problems, getattr(now, table) if table else None)
    st.warning(":small[Rows are counted as in a spreadsheet: the header is row 1.]", title=title)
    shown = f"kinds_{what}"
    most = st.session_state.get(shown, FEW)
    for place, kind in enumerate(kinds[:most]):
        with st.container(border=True, gap="xsmall"):
            _show_kind(kind, f"{table}_{now.version}_{place}", table)
    if len(kinds) > most:
        left = len(kinds) - most
        label = f"Show {left} more" if left <= MORE else f"Show {MORE} of {left} more"
        st.button(label, key=f"more_{what}", on_click=_more, args=(shown, most))


def _more(key: str, shown: int) -> None:
    st.session_state[key] = shown + MORE


@dataclass(frozen=True)
class Kind:
    """Problems that say the same of different rows; labels of their fixes, without what differs."""

    problems: tuple[Problem, ...]
    labels: tuple[str, ...] = ()


def kinds_of(problems: Sequence[Problem], sheet: Sheet | None = None) -> list[Kind]:
    """Return problems that say the same of different rows together, in the order of the first of each."""
    cells = dict(zip(sheet.numbers, sheet.rows, strict=True)) if sheet else {}
    kinds: dict[tuple[str, str, tuple[str, ...]], list[Problem]] = {}
    for problem in problems:
        row = cells.get(problem.row or 0, ())
        labels = tuple(_without_details(fix.label, row) for fix in problem.fixes)
        kinds.setdefault((_without_details(problem.message, row), problem.column, labels), []).append(problem)
    return [Kind(tuple(alike), labels) for (_, _, labels), alike in kinds.items()]


def _without_details(sentence: str, cells: Sequence[str]) -> str:
    """Return a sentence without what it says of one row only."""
    for cell in sorted(filter(None, cells), key=len, reverse=True):
        sentence = sentence.replace(cell, "…")
    return re.sub(r"\d+", "…", re.sub(r"“[^”]*”", "“…”", sentence))


def _show_kind(kind: Kind, key: str, table: str) -> None:
    first, *others = kind.problems
    st.markdown(plain(str(first)))
    if not others:
        _offer_fixes(first, key, table)
        return
    rows = sorted({p.row for p in others if p.row is not None})
    numbers = ", ".join(map(str, rows[:ROWS])) + (", …" if len(rows) > ROWS else "")
    where = f" in {'row' if len(rows) == 1 else 'rows'} {numbers}" if rows else ""
    st.markdown(f":small[**{len(others)} more like it**{where}.]")
    one_by_one = f"each_{key}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if table:
            _offer_for_all(kind, key, table)
        each = st.toggle("One by one", key=one_by_one)
    if each:
        pages = -(-len(kind.problems) // ONE_BY_ONE)
        page = 1
        if pages > 1:
            page = int(st.number_input(f"Page, of {pages}", 1, pages, key=f"page_{key}", width=160))
        start = (page - 1) * ONE_BY_ONE
        for place, problem in enumerate(kind.problems[start : start + ONE_BY_ONE], start):
            st.markdown(plain(str(problem)))
            _offer_fixes(problem, f"{key}_{place}", table)


def _offer_fixes(problem: Problem, key: str, table: str) -> None:
    if not table or not problem.fixes:
        return
    with st.container(horizontal=True):
        for place, fix in enumerate(problem.fixes):
            st.button(
                plain(fix.label), key=f"fix_{key}_{place}", on_click=_mend, args=(table, (fix,), fix.label)
            )


def _offer_for_all(kind: Kind, key: str, table: str) -> None:
    """Offer to do about all what can be done about each."""
    for place, fix in enumerate(kind.problems[0].fixes):
        fixes = tuple(problem.fixes[place] for problem in kind.problems)
        label = fix.label if all(f.label == fix.label for f in fixes) else kind.labels[place]
        st.button(
            plain(f"All {len(fixes)}: {label}"),
            key=f"all_{key}_{place}",
            on_click=_mend,
            args=(table, fixes, label),
        )


def _mend(table: str, fixes: tuple[Fix, ...], label: str) -> None:
    times = f" ({len(fixes)} times)" if len(fixes) > 1 else ""
    try_change(lambda work: mend(work, table, fixes), f"Done: {label}{times}.")
