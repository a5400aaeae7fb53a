"""Who leads from behind: whom the members turn to, quiet leaders, and whom to let lead next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from matcher.files.rosters.leading_titles import guess_titles, titles_in, values_of
from matcher.goals.sought_after import SoughtAfter
from matcher.people.names import counted, listed
from matcher.people.roster import Roster
from matcher.plan.leading import HEAVY, LATELY, Here, Leading, Person, Titles, leading
from matcher.ui.markup import bullets, plain
from matcher.ui.parts.ask import show_on_form
from matcher.ui.parts.leading_picture import kind_of, leading_picture
from matcher.ui.parts.rounds import shows
from matcher.ui.state import try_change
from matcher.work.server import server
from matcher.work.settings import usual
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.plan.plan import Plan

FEW = 5
"""So many suggestions are shown at once, and more sentences of one kind are folded away."""

PAGE = 12
"""So many groups of the plan are shown at once."""

HALF = 2
"""When fewer than one in so many say whom they turn to, the picture says little."""


def show_leading(now: Workspace) -> None:
    """Show whom the members turn to, and whom to let lead next."""
    roster = now.roster
    if roster is None or not roster.members:
        return
    titles = _titles(now, roster)
    found = leading(roster, _led(now), titles)
    if not found.cast:
        _say_how()
        return
    st.markdown(
        "The people whom others turn to for help lead, whether or not their title says so. "
        ":material/lock: Only you see this; no copy of a plan has it."
    )
    _say_who(found)
    _choose_titles(roster, titles)
    picture, list_ = st.tabs(["Network", "List"])
    with picture:
        _show_picture(found)
    with list_:
        _show_list(found)
    st.subheader("Whom to let lead next", anchor=False)
    _suggest(found)
    look = server().jobs.look(now.run) if now.run else None
    if look is not None and look.plan is not None:
        _show_groups(found, look.plan, now)
    _show_edges(found)
    _say_limits(found)


def _led(now: Workspace) -> list[dict[str, str]]:
    """Return who led each group of the past rounds, oldest first, where it was noted."""
    return [{note.group: note.led_by for note in used.notes if note.led_by} for used in now.rounds]


def _say_how() -> None:
    st.info("Nobody has said yet whom they turn to, so nothing is known of who leads from behind.")
    st.markdown(
        "Any of these is enough:\n"
        "- a column `turns to` in the roster, with names separated by `;`\n"
        "- a file of who turns to whom: two columns, from and to, or a square table\n"
        "- the members’ own answers, through a link that asks whom they turn to"
    )
    with st.container(horizontal=True):
        for page, label, icon in (
            ("people", "Bring in a column or a file", "group"),
            ("members", "Ask the members", "forum"),
        ):
            link = f"matcher/ui/pages/{page}.py"
            st.page_link(link, label=label, icon=f":material/{icon}:", width="content")


def _say_who(found: Leading) -> None:
    """Say who is sought after, and who of them leads quietly."""
    people, sought = len(found.people), found.sought
    said = f"{found.cast} of {counted(people, 'person', 'people')} say whom they turn to. "
    if found.cast * HALF < people:
        st.warning(f"{said}That is fewer than half: what follows may change much when the others answer.")
        said = ""
    if not sought:
        st.markdown(f"{said}Nobody stands out: others are turned to about equally.")
        return
    few = "One person has" if len(sought) == 1 else f"{len(sought)} people have"
    said += f"{few} {found.sought_share:.0f} % of the ballots. "
    names = plain(listed(_names(sought)))
    if not found.titles.leading:
        st.markdown(
            f"{said}Sought after: **{names}**. No title is known, so all of the sought-after are listed."
        )
    elif found.quiet:
        lead = "A quiet leader" if len(found.quiet) == 1 else "Quiet leaders"
        quiet = plain(listed(_names(found.quiet)))
        st.markdown(f"{said}{lead}, sought after without a title of leading: **{quiet}**.")
    else:
        who = "who has" if len(sought) == 1 else "all of whom have"
        st.markdown(f"{said}Sought after: **{names}**, {who} a title of leading.")
    if heavy := [person for person in sought if person.heavy]:
        carries = "carries" if len(heavy) == 1 else "carry"
        st.markdown(
            f":material/weight: {plain(listed(_names(heavy)))} {carries} much: {HEAVY} times an equal share "
            "of the ballots or more. What could others answer instead?"
        )


def _names(people: Sequence[Person], most: int = 8) -> list[str]:
    names = [person.name for person in people]
    return names if len(names) <= most else [*names[:most], f"{len(names) - most} more"]


def _titles(now: Workspace, roster: Roster) -> Titles:
    """Return the titles that the manager chose, as far as they are still there, or a guess."""
    if now.titles is None or (now.titles.column and now.titles.column not in roster.attributes):
        return guess_titles(roster)
    there = set(values_of(roster, now.titles.column))
    return replace(now.titles, leading=tuple(text for text in now.titles.leading if text in there))


def _choose_titles(roster: Roster, titles: Titles) -> None:
    """Ask where titles stand, and which of them are titles of leading."""
    known = f"{counted(len(titles.leading), 'title')} of leading" if titles.leading else "no title known"
    with st.expander(f"Titles: {known}", icon=":material/badge:"):
        if not roster.attributes:
            st.caption("The roster has no column that could hold titles; add one on the page People.")
            return
        left, right = st.columns(2)
        left.selectbox(
            "Column with titles",
            ["", *roster.attributes],
            format_func=lambda column: column or "None: nobody’s title is known",
            key=shows("leading_column", titles.column),
            on_change=_take_column,
        )
        right.multiselect(
            "Titles of leading",
            values_of(roster, titles.column),
            key=shows("leading_values", list(titles.leading)),
            on_change=_take_values,
            disabled=not titles.column,
            placeholder="None of them",
            help="Who is sought after and has none of these titles is a quiet leader.",
        )
        st.caption("Guessed from the column’s title and its words until you choose.")


def _take_column() -> None:
    column = st.session_state["leading_column"]

    def change(now: Workspace) -> Workspace:
        return replace(now, titles=titles_in(now.roster, column) if now.roster and column else Titles())

    try_change(change)


def _take_values() -> None:
    titles = Titles(st.session_state["leading_column"], tuple(st.session_state["leading_values"]))
    try_change(lambda now: replace(now, titles=titles))


def _show_picture(found: Leading) -> None:
    names = {person.key: person.name for person in found.people}
    if st.session_state.get("leading_find") not in names:
        st.session_state["leading_find"] = None
    key = st.selectbox(
        "Find somebody",
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=lambda key: names.get(key, key),
        key="leading_find",
        placeholder="Everybody, or choose one person to see their lines",
        persist_state="session",
    )
    focus = found.by_key.get(key) if key else None
    picture = leading_picture(found, focus)
    st.altair_chart(picture.chart, alt=picture.alt)
    if focus is not None:
        st.markdown(plain(f"{focus.sentence} {picture.alt}"))
    beside = f"{plain(picture.short)} " if picture.short else ""
    st.caption(
        f"{beside}Each line begins thick at the person who turns to somebody and ends thin at whom they turn "
        "to. The larger the mark, the more ballots; the sought-after are in the middle. Point at a mark to "
        "read who it is."
    )


def _show_list(found: Leading) -> None:
    import pandas as pd

    rows = [
        {
            "name": person.name,
            "stands as": kind_of(person) + (", absent" if not person.present else ""),
            "ballots": round(float(person.load), 2),
            "× equal share": person.times,
            "turned to by": len(person.turned_to_by),
            "turns to": len(person.turns_to),
            "title": person.title,
            "led": person.led,
        }
        for person in found.people
    ]
    most = max(float(person.load) for person in found.people)
    columns = {
        "name": st.column_config.TextColumn(pinned=True),
        "ballots": st.column_config.ProgressColumn(
            min_value=0, max_value=most, format="%.1f", help="Each ballot is divided by how many it names."
        ),
        "× equal share": st.column_config.NumberColumn(format="%.1f"),
        "turned to by": st.column_config.NumberColumn(help="How many people turn to them"),
        "turns to": st.column_config.NumberColumn(help="To how many people here they turn"),
        "led": st.column_config.NumberColumn(help="In how many past rounds they led, where that was noted"),
    }
    dropped = [name for name, gone in (("title", not found.titles.column), ("led", not found.rounds)) if gone]
    top = found.people[0]
    st.dataframe(
        pd.DataFrame(rows).drop(columns=dropped),
        hide_index=True,
        column_config={name: column for name, column in columns.items() if name not in dropped},
        alt=f"How many ballots each of {counted(len(rows), 'person', 'people')} has, the most first: "
        f"{top.name} with {top.share}.",
    )


def _suggest(found: Leading) -> None:
    """Suggest who could lead next, whatever the groups."""
    suggestions = found.next_to_lead()
    if not suggestions:
        st.caption("Nobody present is sought after, so the network suggests nobody.")
    else:
        lines = [f"**{plain(one.person.name)}**: {plain(one.reason)}" for one in suggestions]
        st.markdown(_numbered(lines[:FEW]))
        if more := lines[FEW:]:
            with st.expander(f"{len(more)} more"):
                st.markdown(_numbered(more, FEW + 1))
    st.caption(
        "Sought after, and longest not in the lead; who led in one of the last "
        f"{LATELY} rounds comes later, who carries much last. "
        + (
            f"{counted(found.rounds, 'past round')} say{'s' if found.rounds == 1 else ''} who led."
            if found.rounds
            else "No past round says who led: note it under Look back, and leading rotates."
        )
    )


def _numbered(lines: Sequence[str], first: int = 1) -> str:
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, first))


def _show_groups(found: Leading, plan: Plan, now: Workspace) -> None:
    """Show how the sought-after are spread over the present plan, and who could lead each group."""
    spread = found.spread({group.name: group.members for group in plan.groups})
    st.markdown("**In the present plan**")
    st.markdown(_spread_words(spread))
    _offer_goal(now, all(here.even for here in spread))
    pages = -(-len(spread) // PAGE)
    page = 1
    if pages > 1:
        if not 1 <= st.session_state.get("leading_page", 1) <= pages:
            st.session_state["leading_page"] = 1
        page = st.pagination(pages, key="leading_page") or 1
    with st.grid(3, min_column_width=280):
        for here in spread[(page - 1) * PAGE : page * PAGE]:
            with st.container(border=True, height="stretch"):
                who = plain(listed(_names(here.sought, 4))) if here.sought else "nobody"
                st.markdown(f"**{plain(here.group)}**  \nSought after here: {who}.")
                if here.next is None:
                    st.caption("Nobody turns to anybody of this group: let them choose themselves.")
                else:
                    st.markdown(f"Could lead next: **{plain(here.next.person.name)}**")
                    st.caption(plain(here.next.reason))


def _spread_words(spread: Sequence[Here]) -> str:
    """Return how many of the sought-after the groups have, in words."""
    counts = [len(here.sought) for here in spread]
    if not any(counts):
        return "Nobody who is sought after is in it."
    uneven = [here for here in spread if not here.even]
    few, many = min(counts), max(counts)
    some = f"{few}" if few == many else f"{few} {'or' if many == few + 1 else 'to'} {many}"
    said = f"Each group has {some} of the sought-after."
    if not uneven:
        return f":material/check: {said} That is as even as it can be."
    told = [f"{here.group} has {len(here.sought)}, {_fair(here)}" for here in uneven[:FEW]]
    more = f"; {len(uneven) - FEW} more groups" if len(uneven) > FEW else ""
    return plain(f"{said} Not even: {'; '.join(told)}{more}.")


def _fair(here: Here) -> str:
    fair = f"{here.low}" if here.low == here.high else f"{here.low} or {here.high}"
    return f"{fair} would be fair"


def _offer_goal(now: Workspace, even: bool) -> None:
    """Say how much spreading them counts in the next forming, and offer that it does, or more."""
    importance = _importance(now)
    if importance != "off":
        st.caption(
            f":material/check: The goal **{SoughtAfter.label}** is on ({importance}): the next forming "
            "spreads them."
        )
    if importance == "off" or (not even and importance != "high"):
        more = "normal" if importance in ("off", "low") else "high"
        label = "Spread them in the next forming" if importance == "off" else f"Let it count more: {more}"
        st.button(
            label,
            icon=":material/tune:",
            key="leading_goal",
            on_click=_turn_on,
            args=(more,),
            help=f"Sets the goal “{SoughtAfter.label}” to {more}; the page Form shows it.",
        )


def _importance(now: Workspace) -> str:
    name = SoughtAfter.name
    return now.settings.goals.get(name, usual(now.settings.preset)[name])


def _turn_on(importance: str) -> None:
    def change(now: Workspace) -> Workspace:
        goals = {**now.settings.goals, SoughtAfter.name: importance}
        return replace(now, settings=replace(now.settings, goals=goals))

    changed = try_change(change, f"The goal “{SoughtAfter.label}” is {importance} for the next forming.")
    if changed is not None:
        show_on_form(changed.settings)


def _show_edges(found: Leading) -> None:
    """Show whom no line reaches yet, and without whom people would lose touch."""
    if unlinked := found.unlinked:
        with st.expander(
            f"Not linked yet: {counted(len(unlinked), 'person', 'people')}", icon=":material/waving_hand:"
        ):
            has = "has" if len(unlinked) == 1 else "have"
            st.markdown(
                f"{plain(listed(_names(unlinked, 40)))} {has} no line so far, in or out. They may be new, "
                "work on their own, or not have been asked. A duo, or a team with somebody sought after, is "
                "a good first line."
            )
    if bridges := found.bridges:
        with st.expander(
            f"Bridges: {counted(len(bridges), 'person', 'people')}", icon=":material/conversion_path:"
        ):
            names = {person.key: person.name for person in found.people}
            lines = []
            for bridge in bridges:
                _, *others = bridge.parts
                cut = [listed([names[key] for key in part][:FEW]) for part in others]
                lines.append(
                    f"Without {bridge.name}, no chain of lines links {'; nor '.join(cut)} with the others."
                )
            st.markdown(bullets(lines))


def _say_limits(found: Leading) -> None:
    equal = found.people[0].equal
    with st.expander("What this says, and what not", icon=":material/info:"):
        st.markdown(
            "- A network of help is **not a measure of worth**, nor of how well somebody works or would "
            "lead. People turn to somebody because of what they know, where they sit or what their job is; "
            "and only what was asked is here.\n"
            f"- **Ballots**: each person has one, divided by how many it names. {found.cast} were cast, and "
            f"an equal share is {found.cast}/{len(found.people)} = {float(equal):.2f}.\n"
            "- **Sought after**: turned to by two people or more, with twice an equal share or more. "
            f"**Carries much**: {HEAVY} times or more. Cross, Rebele and Grant (2016) found 3–5 % of people "
            "to carry 20–35 % of the collaboration: four times an equal share, at the least.\n"
            "- **Why it matters**: teams with a leader to whom the others turn had less conflict (Balkundi, "
            "Barsness and Michael 2009). It says how many turn to somebody; it does not say why.\n"
            "- You decide who leads. Nothing here is meant for pay or promotion."
        )
