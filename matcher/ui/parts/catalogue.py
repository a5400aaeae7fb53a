"""The catalogue: superpowers by family, and how they relate."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from matcher.people.catalogue import Catalogue, Family, Relation, Superpower
from matcher.people.names import fold, listed
from matcher.people.roster import Roster
from matcher.ui.markup import badge, plain
from matcher.ui.parts.families import family_colours

MOST_NAMES = 12
"""Holders of a superpower that are named; of a large roster the rest are counted."""


def holders(roster: Roster | None) -> dict[str, list[str]]:
    """Return the names of the members who hold each superpower, those who hold it most strongly first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for member in roster.members if roster else ():
        for rank, superpower in enumerate(member.superpowers):
            found.setdefault(superpower, []).append((rank, member.name))
    return {superpower: [name for _, name in sorted(members)] for superpower, members in found.items()}


def show_missing(roster: Roster) -> None:
    """Say which families nobody on the roster holds."""
    catalogue, held = roster.catalogue, holders(roster)
    families = {catalogue.family_of(s) for s in held}
    missing = [f.name for f in catalogue.families if f.id not in families]
    if missing:
        st.warning(f"Nobody on the roster holds a superpower of the {_families(missing)}.")
    else:
        st.success("Every family is held by somebody on the roster.", icon=":material/check:")


def _families(names: list[str]) -> str:
    return f"{'family' if len(names) == 1 else 'families'} {plain(listed(names))}"


def show_superpowers(catalogue: Catalogue, roster: Roster | None, search: str) -> None:
    """Show every superpower that a search finds, by family."""
    held, colours = holders(roster), family_colours(catalogue)
    shown = 0
    for family in catalogue.families:
        of_family = [s for s in catalogue.superpowers if s.family == family.id]
        found = [s for s in of_family if _matches(search, _words(s, family, held.get(s.id, [])))]
        if not found:
            continue
        shown += len(found)
        people = len({name for s in of_family for name in held.get(s.id, [])})
        st.subheader(plain(family.name), anchor=False)
        on_roster = f" · {people} on your roster" if roster else ""
        st.caption(f"{plain(family.about)}{on_roster}")
        with st.grid(3, min_column_width=260):
            for superpower in found:
                with st.container(border=True, height="stretch"):
                    st.markdown(
                        _card(superpower, colours[family.id], held.get(superpower.id, []), roster is not None)
                    )
    if not shown:
        st.info("No superpower matches the search.")


def _card(superpower: Superpower, colour: str, members: list[str], with_members: bool) -> str:
    lines = [badge(superpower.name, colour), plain(superpower.description)]
    if superpower.overdone:
        lines.append(
            f":small[Too much of it: {plain(superpower.overdone[:1].lower() + superpower.overdone[1:])}]"
        )
    if with_members:
        more = len(members) - MOST_NAMES
        names = [*members[:MOST_NAMES], f"{more} more"] if more > 0 else members
        lines.append(f"**{plain(listed(names))}**" if members else ":gray[Nobody on your roster]")
    return "\n\n".join(lines)


def show_relations(catalogue: Catalogue, search: str, kinds: list[str], bases: list[str]) -> None:
    """Show every relation that a search finds."""
    found = [r for r in catalogue.relations if r.kind in kinds and r.basis in bases]
    rows = [
        row
        for row in (_relation(r, catalogue) for r in found)
        if _matches(search, " ".join(map(str, row.values())))
    ]
    st.caption(f"{len(rows)} of {len(catalogue.relations)} relations")
    if not rows:
        st.info("No relation matches the search.")
        return
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(560, 38 + 35 * len(rows)),
        column_config={
            "superpower": st.column_config.TextColumn(pinned=True),
            "strength": st.column_config.NumberColumn(format="%d", width="small"),
            "why": st.column_config.TextColumn(width="large"),
            "source": st.column_config.TextColumn(width="medium"),
        },
        alt="Relations between superpowers, with strength, basis, source and reason",
    )


def _relation(relation: Relation, catalogue: Catalogue) -> dict[str, str | int]:
    notes = ["never in a duo"] if relation.hard_in_duo else []
    if relation.softened_by:
        notes.append(f"softened by {catalogue.by_id[relation.softened_by].name.lower()}")
    return {
        "superpower": catalogue.by_id[relation.a].name,
        "and": catalogue.by_id[relation.b].name,
        "relation": str(relation.kind),
        "strength": relation.strength,
        "why": relation.why,
        "basis": relation.basis,
        "note": listed(notes) if notes else "",
        "source": catalogue.sources.get(relation.source, relation.source),
    }


def _words(superpower: Superpower, family: Family, members: list[str]) -> str:
    own = (superpower.name, superpower.description, superpower.overdone, *superpower.aliases)
    return " ".join((*own, family.name, *members))


def _matches(search: str, words: str) -> bool:
    return all(word in fold(words) for word in fold(search).split())
