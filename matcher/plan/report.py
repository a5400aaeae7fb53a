"""What a copy of a plan says, in order, and to whom: the one place that decides what the team reads.

Whatever hands out a plan (a workbook, a page, a PDF, a message) shows a :class:`Report` and adds no
sentence and no figure of its own. The team's report is not the manager's with parts taken out: it is
made from what is harmless in the first place, which is what somebody brings, why their group works
and what to begin with. No figure that rates anybody is in it, nor one from which such a figure
could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from matcher.goals import GOALS
from matcher.goals.calm import Calm
from matcher.goals.complement import bond_text
from matcher.goals.coverage import family_weights
from matcher.people.brief import PlanKind
from matcher.people.catalogue import Kind
from matcher.people.figures import figure
from matcher.people.member import Member
from matcher.people.names import counted, listed
from matcher.people.roster import RANK_WEIGHTS

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Group, Plan, RuleCheck

MOST_PAIRS = 20_000
"""More pairs than these nobody reads, and no spreadsheet likes."""

LABELS = {goal.name: goal.label for goal in GOALS}
"""What a goal is called in sentences and headings."""

TO_BE_FOUND = "superpower still to be found"
NOTHING = "–"
ABSENT = "Absent from this plan."
SIGNS = (("–", "nobody"), ("○", "a second or third superpower"), ("●", "a first superpower"))
"""How a family is covered: the sign, and what it means."""


@dataclass(frozen=True)
class Person:
    """What is said about a member.

    Parameters
    ----------
    name
        What they are called.
    superpowers
        Names of their superpowers, the strongest first.
    brings
        A sentence about the first of them.
    """

    name: str
    superpowers: tuple[str, ...]
    brings: str

    @property
    def listed(self) -> str:
        """Superpowers in a row, in words also when there is none."""
        return ", ".join(self.superpowers) or TO_BE_FOUND


@dataclass(frozen=True)
class Value:
    """A figure from 0 to 100 with its name, and what should be known beside it."""

    label: str
    value: float
    aside: str = ""


@dataclass(frozen=True)
class Pair:
    """Two members of a group: what connects them; for the manager their fit and what may stand between."""

    group: str
    first: str
    second: str
    connects: str
    fit: int | None = None
    between: str = ""


@dataclass(frozen=True)
class Card:
    """What is said about a group.

    Parameters
    ----------
    name, people
        What it is called, and who is in it.
    why
        Sentences: why this group.
    begin
        What it can begin with.
    score, values, talk_about
        For the manager: 0…100, the same of each goal, and what may stand between the members.
    """

    name: str
    people: tuple[Person, ...]
    why: tuple[str, ...]
    begin: str
    score: float | None = None
    values: tuple[Value, ...] = ()
    talk_about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """Which family is covered in which group: a level for each, an index of :data:`SIGNS`."""

    families: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Report:
    """What a copy of a plan says, for one audience. Empty parts are not for it.

    Parameters
    ----------
    plan, audience
        What is told, and to whom.
    """

    plan: Plan
    audience: Audience

    @property
    def whole(self) -> bool:
        """Whether everything may be told."""
        return self.audience == "manager"

    @property
    def title(self) -> str:
        """What stands above everything."""
        formed = counted(len(self.plan.groups), self.plan.kind.word)
        return f"Plan: {formed}" if self.whole else f"Our {self.plan.kind}"

    @property
    def when(self) -> str:
        """The day on which the plan was formed."""
        day = self.plan.brief.as_of
        return f"{day.day} {day:%B %Y}"

    @property
    def summary(self) -> tuple[str, ...]:
        """The plan in a few sentences."""
        people = counted(len(self.plan.brief.members), "person", "people")
        placed = f"{people} in {counted(len(self.plan.groups), self.plan.kind.word)}."
        if not self.whole:
            hint = "What everybody brings, why you are together, and what to begin with."
            return (placed, hint)
        score = f"Score {figure(self.plan.score)} of 100."
        return (placed, score, self.plan.verdict, self.plan.against_chance)

    @property
    def footnote(self) -> str:
        """What should be known about the copy itself."""
        if self.whole:
            return (
                "The manager's copy: it holds scores, frictions and notes. Hand out the team's copy instead."
            )
        return "Is a superpower of yours missing or not right? Tell whoever formed this plan."

    @cached_property
    def figures(self) -> tuple[Value, ...]:
        """Score, bound, and what drawing names from a hat gives."""
        if not self.whole:
            return ()
        mean = self.plan.baseline.random_mean
        chance = () if mean is None else (Value("Names from a hat", mean),)
        return (Value("Score", self.plan.score), Value("At most", self.plan.bound), *chance)

    @property
    def chance(self) -> str:
        """The plan among random plans, for those who do not see it drawn."""
        scores = self.plan.baseline.scores
        if not self.whole or not scores:
            return ""
        return (
            f"Scores of {len(scores)} random plans, from {figure(min(scores))} to {figure(max(scores))}; "
            f"this plan at {figure(self.plan.score)}; at most {figure(self.plan.bound)}."
        )

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Value of each goal that is on."""
        return _values(self.plan.goals, self.plan.asides) if self.whole else ()

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The groups, in the plan's order."""
        return tuple(self._card(group) for group in self.plan.groups)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """Who was left out on purpose."""
        return tuple(member.name for member in self.plan.absent)

    @cached_property
    def grid(self) -> Grid:
        """Which family is covered in which group."""
        if not self.whole:
            return Grid((), ())
        brief = self.plan.brief
        weights, named = family_weights(brief), brief.roster.catalogue.family_by_id

        def level(family: str, group: Group) -> int:
            best = max((weights[family][brief.indices[key]] for key in group.members), default=0)
            return 2 if best >= RANK_WEIGHTS[0] else 1 if best else 0

        return Grid(
            tuple(named[family].name for family in weights),
            tuple((g.name, tuple(level(family, g) for family in weights)) for g in self.plan.groups),
        )

    @cached_property
    def rules(self) -> tuple[RuleCheck, ...]:
        """The rules, and whether each is kept."""
        return rules_told(self.plan, self.audience) if self.whole else ()

    @cached_property
    def settings(self) -> dict[str, str]:
        """What made the plan, by what it is called; what was not used is left out."""
        if self.whole:
            return {what: words for what, words in settings_told(self.plan).items() if words != NOTHING}
        return {"Formed on": self.when, "What was formed": str(self.plan.kind)}

    @property
    def pair_count(self) -> int:
        """How many pairs share a group."""
        return sum(len(g.members) * (len(g.members) - 1) // 2 for g in self.plan.groups)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Pairs inside a group, :data:`MOST_PAIRS` at most; the team's are those whom something connects."""
        found: list[Pair] = []
        for group in self.plan.groups:
            for a, b in combinations(group.members, 2):
                if len(found) == MOST_PAIRS:
                    return tuple(found)
                pair = self._pair(group, a, b)
                if self.whole or pair.connects:
                    found.append(pair)
        return tuple(found)

    def _card(self, group: Group) -> Card:
        people = tuple(_person(self.plan, key) for key in group.members)
        card = Card(
            name=group.name,
            people=people,
            why=tuple(group.told_why(self.audience)),
            begin=group.exercise,
        )
        if not self.whole:
            return card
        told = _values(group.goals)
        return Card(
            **{**vars(card), "score": group.score, "values": told, "talk_about": (*group.talk_about,)}
        )

    def _pair(self, group: Group, a: str, b: str) -> Pair:
        brief = self.plan.brief
        i, j = brief.indices[a], brief.indices[b]
        bonds = brief.fit.bonds(i, j, Kind.COMPLEMENT)[:1]
        connects = "".join(f"{bond_text(brief, bond)}." for bond in bonds)
        if not self.whole:
            return Pair(group.name, brief.name(i), brief.name(j), connects)
        between = "\n".join(reason.text for reason in Calm().talk_about(brief, (i, j)))
        return Pair(group.name, brief.name(i), brief.name(j), connects, self.plan.fit(a, b), between)


def rules_told(plan: Plan, audience: Audience) -> tuple[RuleCheck, ...]:
    """Return the rules that an audience may read: the team none that is private, and none that is broken."""
    return tuple(r for r in plan.rules if audience == "manager" or (r.kept and not r.private))


def columns_told(member: Member, superpowers: Iterable[str], audience: Audience) -> dict[str, str]:
    """Return a member's own cells that an audience may read, by the column's title.

    The manager gets the roster's columns as they came. The team gets who somebody is and what they
    bring: any other column (pay, rating, whom somebody prefers) may hurt to read.
    """
    if audience == "manager" and member.cells:
        return dict(member.cells)
    cells = {"name": member.name}
    cells |= {title: cell for title, cell in (("id", member.id), ("email", member.email)) if cell}
    cells["superpowers"] = "; ".join(superpowers)
    return cells | dict(member.attributes) if audience == "manager" else cells


def settings_told(plan: Plan) -> dict[str, str]:
    """Return the settings that made a plan, in words, by what each is called; for the manager."""
    settings = plan.settings
    names = {m.key: m.name for m in plan.brief.roster.members}

    def some(name: str) -> str:
        return listed(map(str, settings.get(name) or ())) if settings.get(name) else NOTHING

    said = {
        "Sizes": _sizes(plan.brief.sizes),
        "Importances": _importances(settings.get("goals", {})),
        "Purpose": settings.get("preset") or NOTHING,
        "Columns to mix": some("mix"),
        "Nobody alone by": some("not_alone"),
        "Past rounds": _rounds(settings),
        "Hours to meet": f"{settings['meeting_hours']} a week" if _on(settings, "meeting") else NOTHING,
        "Buddies": "one for everybody" if settings.get("buddies") else NOTHING,
        "Absent": listed(names[key] for key in settings["absent"]) if settings.get("absent") else NOTHING,
        "Superpowers": "ranked" if settings.get("ranked", True) else "unranked",
        "Hard clashes in duos": "allowed" if settings.get("lift_hard_clash") else "not allowed",
        "Frictions": str(settings.get("frictions", 0)),
        "Time": f"{plan.seconds:.1f} s of {settings.get('seconds', 0):g} s, seed {plan.seed}",
        "Bound by": plan.bound_by or NOTHING,
    }
    return (
        said if plan.kind is PlanKind.DUOS else {k: v for k, v in said.items() if k != "Hard clashes in duos"}
    )


def _on(settings: Mapping[str, Any], goal: str) -> bool:
    return str(settings.get("goals", {}).get(goal, "off")) != "off"


def _importances(goals: Mapping[str, str]) -> str:
    """Return how much each goal matters; those that do not are named together at the end."""
    said = [f"{LABELS[name].lower()} {how}" for name in LABELS if (how := goals.get(name, "off")) != "off"]
    return listed(said) + ("; the others off" if len(said) < len(LABELS) else "") if said else NOTHING


def _sizes(sizes: Sequence[int]) -> str:
    """Return sizes as ``4 of 5 and 1 of 6``; one group after the other when there are few."""
    if len(sizes) < 4:
        return listed(map(str, sizes))
    return listed(f"{sizes.count(size)} of {size}" for size in sorted(set(sizes)))


def _rounds(settings: Mapping[str, Any]) -> str:
    if not settings.get("rounds"):
        return NOTHING
    wanted = "the same people together again" if settings.get("keep") else "other people together than before"
    return f"{settings['rounds']}; {wanted}"


def _values(goals: Mapping[str, float], asides: Mapping[str, str] | None = None) -> tuple[Value, ...]:
    return tuple(Value(LABELS.get(n, n), v, (asides or {}).get(n, "")) for n, v in goals.items())


def _person(plan: Plan, key: str) -> Person:
    brief = plan.brief
    index = brief.indices[key]
    found = [brief.roster.catalogue.by_id[s] for s in brief.members[index].superpowers]
    return Person(brief.name(index), tuple(s.name for s in found), found[0].description if found else "")
