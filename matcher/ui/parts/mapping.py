"""Spellings that may stand for superpowers: shown, changed, taken; and what the catalogue lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from matcher.files import RosterReading
from matcher.files.rosters.reading import Suggestion
from matcher.files.strengths import SPELLING
from matcher.people.catalogue import Catalogue
from matcher.people.errors import Problem
from matcher.people.names import counted, fold, listed
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.bringing import accept, at_hand, reading_of, take_back
from matcher.work.own_catalogue import add_superpower
from matcher.work.workspace import Workspace

ASIDE = "(leave aside)"
"""What stands for no superpower."""

ORDER = ("low", "medium", "high")
"""The least sure goes first: it is asked about first."""

CONFIDENCE = {"low": "⚠ low", "medium": "medium", "high": "high"}


def show_mapping(now: Workspace) -> None:
    """Show what the spellings of the file at hand stand for, to be changed and taken."""
    reading = reading_of(now, now.pending) if now.pending else now.reading
    if reading is None:
        return
    asked = sorted((s for s in reading.proposals if not s.taken), key=_how_sure)
    if asked:
        _ask(now, asked)
    _show_taken(now)
    _offer_to_add(now, reading)


def not_asked_there(problems: Sequence[Problem], reading: RosterReading | None) -> tuple[Problem, ...]:
    """Return the problems about which the mapping does not ask already."""
    asked = {fold(s.text) for s in reading.proposals if not s.taken} if reading else set()

    def covered(problem: Problem) -> bool:
        texts = [fold(text) for fix in problem.fixes for text in fix.accept]
        return bool(texts) and all(fix.accept for fix in problem.fixes) and asked.issuperset(texts)

    return tuple(problem for problem in problems if not covered(problem))


def _how_sure(suggestion: Suggestion) -> tuple[int, int]:
    sure = ORDER.index(suggestion.confidence) if suggestion.confidence in ORDER else 0
    return sure, -len(suggestion.rows)


def _ask(now: Workspace, asked: Sequence[Suggestion]) -> None:
    catalogue = now.catalogue
    sources = {s.source for s in asked}
    from_elsewhere = [source for source in sources if source != SPELLING]
    what = (
        f"The strengths are those of {listed(sorted(from_elsewhere))}. This is what each stands for here."
        if from_elsewhere
        else "Some superpowers are spelled otherwise than in the catalogue. This may be meant."
    )
    low = sum(s.confidence == "low" for s in asked)
    with st.container(border=True):
        doubt = f" **{counted(low, 'line')} in doubt, at the top.**" if low else ""
        st.markdown(
            "**What stands for which superpower**  \n"
            f"{plain(what)} Nothing of it counts until you take it.{doubt}"
        )
        key = f"mapping_{now.version}"
        _mapping_table(key, asked, catalogue)
        with st.container(horizontal=True):
            st.button(
                f"Take these {len(asked)}" if len(asked) > 1 else "Take this one",
                key="take_mapping",
                type="primary",
                icon=":material/done_all:",
                on_click=_take,
                args=(key, tuple(asked), catalogue, False),
            )
            sure = len(asked) - low
            if low and sure:
                st.button(
                    f"Take only the {sure} not in doubt",
                    key="take_sure",
                    on_click=_take,
                    args=(key, tuple(asked), catalogue, True),
                )


def _mapping_table(key: str, suggestions: Sequence[Suggestion], catalogue: Catalogue) -> None:
    import pandas as pd

    columns: dict[str, list[Any]] = {
        "the file says": [s.text for s in suggestions],
        "superpower": [_name(s.superpower, catalogue) for s in suggestions],
        "confidence": [CONFIDENCE.get(s.confidence, s.confidence) for s in suggestions],
        "people": [len(s.rows) for s in suggestions],
        "from": ["its spelling" if s.source == SPELLING else s.source for s in suggestions],
        "or": [", ".join(_name(i, catalogue) for i in s.alternatives) for s in suggestions],
    }
    if not any(s.rows for s in suggestions):  # nothing more is known of what was taken
        columns = {title: columns[title] for title in ("the file says", "superpower")}
    frame = pd.DataFrame(columns)
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=[title for title in columns if title != "superpower"],
        height="auto" if len(frame) < 10 else 390,
        column_config={
            "the file says": st.column_config.TextColumn(width="medium", pinned=True),
            "superpower": st.column_config.SelectboxColumn(
                options=[*(s.name for s in catalogue.superpowers), ASIDE], required=True, width="medium"
            ),
            "confidence": st.column_config.TextColumn(width="small"),
            "people": st.column_config.NumberColumn(width="small", format="%d"),
        },
        alt="What the file says, the superpower that it stands for, how sure that is and how many people "
        "have it; the superpower is editable",
    )


def _name(superpower: str, catalogue: Catalogue) -> str:
    return catalogue.by_id[superpower].name if superpower in catalogue.by_id else ASIDE


def _chosen(key: str, suggestions: Sequence[Suggestion], catalogue: Catalogue) -> dict[int, str]:
    """Return the superpowers that were chosen in a mapping's table, by place; empty: left aside."""
    edits: Mapping[Any, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    chosen = {int(place): row.get("superpower") for place, row in edits.items()}
    return {
        place: (catalogue.recognise(name) or "") if name and name != ASIDE else ""
        for place, name in chosen.items()
        if place < len(suggestions)
    }


def _take(key: str, asked: tuple[Suggestion, ...], catalogue: Catalogue, sure_only: bool) -> None:
    chosen = _chosen(key, asked, catalogue)
    mapping = {
        s.text: chosen.get(place, s.superpower)
        for place, s in enumerate(asked)
        if place in chosen or not (sure_only and s.confidence == "low")
    }
    try_change(
        lambda work: accept(work, mapping),
        f"{counted(len(mapping), 'spelling counts', 'spellings count')} as you chose.",
    )


def _show_taken(now: Workspace) -> None:
    accepted = at_hand(now).choices.accepted
    if not accepted:
        return
    taken = [Suggestion(text, to, SPELLING, "high") for text, to in accepted.items()]
    aside = sum(not to for to in accepted.values())
    label = counted(len(taken) - aside, "spelling stands", "spellings stand") + " for a superpower"
    label += f", {aside} left aside" if aside else ""
    with st.expander(f"{label}, as you chose", icon=":material/done_all:"):
        key = f"taken_{now.version}"
        _mapping_table(key, taken, now.catalogue)
        if changed := _chosen(key, taken, now.catalogue):
            mapping = {taken[place].text: to for place, to in changed.items()}
            try_change(lambda work: accept(work, mapping), "The mapping is changed.")
            st.rerun()
        st.button("Take the whole mapping back", key="take_back", on_click=_take_back)


def _take_back() -> None:
    try_change(take_back, "The mapping is taken back; nothing of it counts.")


def _offer_to_add(now: Workspace, reading: RosterReading) -> None:
    """Offer to add what the catalogue lacks to the manager's own copy of it."""
    proposed = {fold(s.text) for s in reading.proposals}
    texts: dict[str, str] = {}
    people: dict[str, int] = {}
    for unknown in reading.unknown:
        if fold(unknown.text) not in proposed:
            texts.setdefault(fold(unknown.text), unknown.text)
            people[fold(unknown.text)] = people.get(fold(unknown.text), 0) + 1
    if not texts:
        return
    ordered = sorted(texts, key=lambda text: -people[text])
    with st.expander(
        f"{counted(len(texts), 'superpower is', 'superpowers are')} not in the catalogue: add what you need",
        icon=":material/add_circle:",
    ):
        st.markdown(
            "Added to your own copy of the catalogue, it counts for everything from then on. Say how it "
            "relates to others on the page Superpowers."
        )
        families = {family.id: family.name for family in now.catalogue.families}
        with st.form(f"add_superpower_{now.version}", border=False):
            with st.grid(3, min_column_width=200):
                st.selectbox(
                    "The file says",
                    ordered,
                    format_func=lambda t: f"{texts[t]} ({counted(people[t], 'person', 'people')})",
                    key=f"add_text_{now.version}",
                )
                st.selectbox(
                    "Family",
                    list(families),
                    format_func=families.__getitem__,
                    key=f"add_family_{now.version}",
                )
                st.text_input(
                    "Name, if it is to have another",
                    key=f"add_name_{now.version}",
                    placeholder="as the file says",
                )
            st.form_submit_button(
                "Add to the catalogue", icon=":material/add:", on_click=_add, args=(now.version, texts)
            )


def _add(version: int, texts: Mapping[str, str]) -> None:
    state = st.session_state
    text = texts[state[f"add_text_{version}"]]
    name = state[f"add_name_{version}"].strip() or text
    family = state[f"add_family_{version}"]
    aliases = () if fold(name) == fold(text) else (text,)

    def change(work: Workspace) -> Workspace:
        own = add_superpower(work.catalogue, name, family, aliases)
        return work.replaced(f"add {name} to the catalogue", own=own)

    try_change(change, f"“{name}” is in your catalogue now.")
