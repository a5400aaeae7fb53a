"""Small people for tests: a catalogue that fits on a page, and rosters made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matcher.goals import GOALS, IMPORTANCES, SCORED
from matcher.instance import Draft
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.catalogue import Catalogue, Family, Kind, Relation, Superpower
from matcher.people.friction import Friction, Severity
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.roster import Roster
from matcher.rules import Rule

C, X = Kind.COMPLEMENT, Kind.CLASH

CATALOGUE = Catalogue(
    families=tuple(
        Family(i, i.capitalize()) for i in ("vision", "thinking", "influence", "people", "steadiness")
    ),
    superpowers=(
        Superpower("vision", "Vision", "vision", aliases=("visionary",)),
        Superpower("experimentation", "Experimentation", "vision"),
        Superpower("systems_thinking", "Systems thinking", "thinking", aliases=("big picture",)),
        Superpower("evidence", "Weighing evidence", "thinking"),
        Superpower("provocation", "Provocation", "influence"),
        Superpower("peacemaking", "Peacemaking", "people"),
        Superpower("empathy", "Empathy", "people"),
        Superpower("calm", "Calm", "steadiness"),
    ),
    relations=(
        Relation(C, "systems_thinking", "experimentation", 3, basis="stated", why="One maps, one tests."),
        Relation(C, "evidence", "experimentation", 2, basis="judgement", why="Trials end in a finding."),
        Relation(C, "empathy", "provocation", 2, basis="inferred"),
        Relation(C, "calm", "provocation", 1, basis="judgement", why="Heat and a thermostat."),
        Relation(C, "evidence", "vision", 1, basis="judgement"),
        Relation(
            X, "peacemaking", "provocation", 3, True, "empathy", basis="stated", why="Agreement and its test."
        ),
        Relation(X, "systems_thinking", "vision", 2, softened_by="calm", why="Now and later."),
        Relation(X, "evidence", "vision", 1, softened_by="peacemaking", why="Proof and belief."),
        Relation(X, "provocation", "provocation", 2, softened_by="calm", why="A contest."),
    ),
)


def roster_of(
    people: Mapping[str, str],
    *,
    ranked: bool = True,
    absent: Sequence[str] = (),
    attributes: Mapping[str, Mapping[str, str]] | None = None,
) -> Roster:
    """A roster from names and superpowers' ids with spaces between them, the strongest first."""
    members = tuple(
        Member(
            name, tuple(powers.split()), absent=name in absent, attributes=(attributes or {}).get(name, {})
        )
        for name, powers in people.items()
    )
    return Roster(members, CATALOGUE, ranked)


def brief_of(
    people: Mapping[str, str] | Roster,
    sizes: Sequence[int],
    kind: PlanKind = PlanKind.TEAMS,
    **fields: Any,
) -> Brief:
    """A brief whose groups are called Team 1, Team 2, … or Duo 1, …; members are in alphabetical order."""
    roster = people if isinstance(people, Roster) else roster_of(people)
    slots = tuple(Slot(f"{kind.word.capitalize()} {g + 1}", size) for g, size in enumerate(sizes))
    return Brief(roster, kind, slots, **fields)


def groups_of(brief: Brief, *groups: str) -> list[tuple[int, ...]]:
    """Groups of member indices from names with spaces between them."""
    return [tuple(brief.indices[name] for name in group.split()) for group in groups]


def faults(rule: Rule, brief: Brief, *groups: str) -> list[str]:
    """Who breaks a rule by its own word, having checked that its numbers forbid exactly the same."""
    placed = groups_of(brief, *groups)
    draft = Draft(brief.sizes)
    rule.forbid(draft, brief)
    instance = draft.build([], np.ones(len(brief.sizes), dtype=np.int64), 0)
    labels = np.full(len(brief.members), -1, dtype=np.int64)
    for g, group in enumerate(placed):
        labels[list(group)] = g
    said = rule.broken(placed, brief)
    assert instance.keeps(labels) == (not said), "the rule's numbers and its words do not agree"
    return said


NAMES = ("Ada", "Bo", "Chi", "Dov", "Eun", "Fay", "Gil", "Hal", "Ines", "Jun")


@st.composite
def rosters(draw: st.DrawFn, least: int = 2, most: int = 9) -> Roster:
    """Rosters of people with 0 to 5 superpowers and some of everything else, ranked or not."""
    names = NAMES[: draw(st.integers(least, most))]
    powers = st.lists(st.sampled_from([s.id for s in CATALOGUE.superpowers]), unique=True, max_size=5)
    some = st.lists(st.sampled_from(names), unique=True, max_size=3)
    hours = st.sampled_from(["", "Mon 9-11", "Mon 10-12; Tue 9-10", "Tue 8-12"])
    members = [
        Member(
            name,
            tuple(draw(powers)),
            attributes={"location": draw(st.sampled_from(["", "Kraków", "Osaka", "Nairobi"]))},
            prefers=tuple(n for n in draw(some) if n != name),
            turns_to=tuple(n for n in draw(some) if n != name),
            hours=draw(hours),
            absent=number >= least and draw(st.integers(0, 5)) == 0,
        )
        for number, name in enumerate(names)
    ]
    return Roster(tuple(draw(st.permutations(members))), CATALOGUE, draw(st.booleans()))


@st.composite
def briefs(draw: st.DrawFn, least: int = 2, most: int = 9) -> Brief:
    """Rosters with groups of any sizes, frictions, past rounds, and attributes chosen or not."""
    roster = draw(rosters(least, most))
    sizes: list[int] = []
    while (left := len(roster.present) - sum(sizes)) > 0:
        sizes.append(draw(st.integers(1, left)))
    keys = [m.key for m in roster.members]
    pairs = st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True)
    frictions = draw(st.lists(st.tuples(pairs, st.sampled_from(Severity)), max_size=5))
    former = draw(st.lists(st.permutations(keys), max_size=2))
    chosen = st.sampled_from([(), ("location",)])
    return brief_of(
        roster,
        sizes,
        frictions=tuple(Friction(a, b, severity) for (a, b), severity in frictions),
        rounds=tuple(Round({"One": tuple(order[:2]), "Two": tuple(order[2:])}) for order in former),
        mix=draw(chosen),
        not_alone=draw(chosen),
        keep_pairs=draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn, brief: Brief) -> list[tuple[int, ...]]:
    """Any way to fill the groups of a brief."""
    order = draw(st.permutations(range(len(brief.members))))
    ends = np.cumsum([0, *brief.sizes])
    return [tuple(sorted(order[a:b])) for a, b in pairwise(ends)]


@st.composite
def weighings(draw: st.DrawFn, brief: Brief) -> dict[str, int]:
    """Weights of the goals by name, of which at least one gives groups a value."""
    usable = [goal.name for goal in SCORED if not goal.lacks(brief)]
    weights = {goal.name: draw(st.sampled_from(sorted(IMPORTANCES.values()))) for goal in GOALS}
    weights |= {goal.name: 0 for goal in SCORED if goal.name not in usable}
    weights[draw(st.sampled_from(usable))] = draw(st.sampled_from([1, 2, 4]))
    return weights
