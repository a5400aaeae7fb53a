"""What a roster has and lacks: what is rare, whose absence opens a gap, whom to look for, who is in demand.

Every sentence counts or scores something that can be checked by hand; none of them foretells how
well anybody will work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice

from matcher.goals import Goal
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.member import Member
from matcher.people.names import counted, fold, listed
from matcher.people.roster import RANK_WEIGHTS, Roster
from matcher.plan.checker import totals, values_of
from matcher.plan.compare import LARGE
from matcher.plan.effect import Shift
from matcher.plan.leading import Person, leading
from matcher.plan.plan import Plan
from matcher.plan.standing import goals_on, weights

NOTICEABLE = 0.05
"""A lift that rounds to nothing is none."""

SOMEBODY = "one more member"
"""What a member who is not there is called; no roster's own, as it is never shown."""


@dataclass(frozen=True)
class Held:
    """A superpower or a family, and who present brings it.

    Parameters
    ----------
    id, name
        Of the superpower or family.
    first, later
        Names of those whose first superpower it is (or belongs to it), and of the others among whose
        scored superpowers it is. On an unranked roster all are first.
    """

    id: str
    name: str
    first: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def holders(self) -> tuple[str, ...]:
        """Everybody who brings it."""
        return (*self.first, *self.later)


@dataclass(frozen=True)
class Gap:
    """What nobody else brings: in the whole roster, or in one group of a plan.

    Parameters
    ----------
    member
        The one whose absence would open it.
    families, superpowers
        Names of what only this member brings.
    group
        The group, or empty for the whole roster.
    """

    member: str
    families: tuple[str, ...]
    superpowers: tuple[str, ...] = ()
    group: str = ""

    @property
    def sentence(self) -> str:
        """Who, what and where."""
        of = "the family" if len(self.families) == 1 else "the families"
        brings = [f"{of} {listed(self.families)}"] if self.families else []
        if self.superpowers:
            what = "superpower" if len(self.superpowers) == 1 else "superpowers"
            powers = listed(name.lower() for name in self.superpowers)
            brings.append(f"the {what} {powers}")
        where = f" to {self.group}" if self.group else ""
        return f"Only {self.member} brings {', and '.join(brings)}{where}."


@dataclass(frozen=True)
class Lift:
    """What one more member with one superpower would do for the weakest group of a plan.

    Parameters
    ----------
    family, superpower
        Their names; it would be the member's first, and nothing else is known of them.
    group, members
        The weakest group, and how many it would then have.
    score
        That group's score without and with them.
    absent
        Names of those on the roster who have it first and are absent from the plan.
    """

    family: str
    superpower: str
    group: str
    members: int
    score: Shift
    absent: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """By how much the group would rise, and what has to be known beside it."""
        before, after = self.score.told()
        text = (
            f"One more member with {self.superpower.lower()} first lifts {self.group}, the weakest, "
            f"from {before} to {after}."
        )
        if self.members > LARGE:
            text += f" It would have {self.members} members; 4 to {LARGE} are easier to hold together."
        if self.absent:
            have = "has" if len(self.absent) == 1 else "have"
            text += f" {listed(self.absent)}, absent now, {have} it."
        return text


@dataclass(frozen=True)
class Insight:
    """What a roster has and lacks.

    Parameters
    ----------
    people
        How many are present.
    families, superpowers
        All of the catalogue, in its order, and who brings each.
    gaps
        What only one member of the roster brings, the widest gap first.
    leaning
        For each group of the plan that leans on somebody, the member whose absence would leave the
        most families uncovered there; the widest first.
    lifts
        For each family, the superpower of one more member that lifts the plan's weakest group most,
        the greatest lift first; those that lift nothing are left out.
    sought
        Who of those present is sought after, the most first.
    """

    people: int
    families: tuple[Held, ...]
    superpowers: tuple[Held, ...]
    gaps: tuple[Gap, ...]
    leaning: tuple[Gap, ...] = ()
    lifts: tuple[Lift, ...] = ()
    sought: tuple[Person, ...] = ()
    sought_share: float = 0.0

    @cached_property
    def missing(self) -> tuple[Held, ...]:
        """Superpowers that nobody present brings."""
        return tuple(held for held in self.superpowers if not held.holders)

    @cached_property
    def rare(self) -> tuple[Held, ...]:
        """Superpowers that one person present brings."""
        return tuple(held for held in self.superpowers if len(held.holders) == 1)

    @property
    def load_sentence(self) -> str:
        """How much of what is asked lands on how few; empty when nobody is sought after."""
        if not self.sought:
            return ""
        few = f"{len(self.sought)} of {counted(self.people, 'person', 'people')}"
        return f"{few} {'has' if len(self.sought) == 1 else 'have'} {self.sought_share:.0f} % of the ballots."


def insight(roster: Roster, plan: Plan | None = None) -> Insight:
    """Return what a roster has and lacks, and what its plan leans on.

    Only superpowers that are scored count: a ranked member's first three.

    Parameters
    ----------
    roster
        Who is there; the absent do not count.
    plan
        A plan to say more about: on whom its groups lean, and who would lift its weakest group.

    Raises
    ------
    ValueError
        When nobody is present.
    """
    if not roster.present:
        raise ValueError("Nobody is present on the roster.")
    brief = Brief(roster, PlanKind.TEAMS, (Slot("everybody", len(roster.present)),))
    superpowers, families = _held(brief)
    found = leading(roster)
    sought = tuple(person for person in found.sought if person.present)
    return Insight(
        people=len(brief.members),
        families=families,
        superpowers=superpowers,
        gaps=_gaps(superpowers, families),
        leaning=leaning(plan) if plan else (),
        lifts=lifts(plan) if plan else (),
        sought=sought,
        sought_share=float(100 * sum(person.load for person in sought) / found.cast) if sought else 0.0,
    )


def lifts(plan: Plan) -> tuple[Lift, ...]:
    """Return what one more member would do for the plan's weakest group, by really scoring it.

    Every superpower of the catalogue is tried as the only one of a member of whom nothing else is
    known. Anywhere else than in the weakest group the lowest score would stay as it is.
    """
    catalogue = plan.brief.roster.catalogue
    weakest = min(plan.groups, key=lambda group: group.score)
    slot = plan.groups.index(weakest)
    best = []
    for family in catalogue.families:
        powers = [s for s in catalogue.superpowers if s.family == family.id]
        scores = _scores_with(plan, slot, [power.id for power in powers])
        if not scores or max(scores) - weakest.score < NOTICEABLE:
            continue
        score = max(scores)
        power = powers[scores.index(score)]
        best.append(
            Lift(
                family=family.name,
                superpower=power.name,
                group=weakest.name,
                members=len(weakest.members) + 1,
                score=Shift(weakest.score, score),
                absent=tuple(m.name for m in plan.absent if m.superpowers[:1] == (power.id,)),
            )
        )
    return tuple(sorted(best, key=lambda lift: -lift.score.change))


def _scores_with(plan: Plan, slot: int, superpowers: Sequence[str]) -> list[float]:
    """Return the score of the group in a slot with one more member, for superpowers of one family.

    All who might come are put beside the roster at once, so that the relations are worked out once.
    Goals that look at superpowers do not mind: they see the members of the group, and which families
    are there, and that is the same whichever of them comes. The others see only one who comes.
    """
    roster, members = plan.brief.roster, plan.groups[slot].members
    taken = {fold(member.key) for member in roster.members}
    free = (name for n in range(len(taken) + len(superpowers)) if (name := f"{SOMEBODY} {n}") not in taken)
    names = list(islice(free, len(superpowers)))
    might = [Member(name, (power,)) for name, power in zip(names, superpowers, strict=True)]
    slots = list(plan.brief.slots)
    slots[slot] = replace(slots[slot], size=len(members) + 1)

    def joined(others: Sequence[Member]) -> Brief:
        larger = replace(roster, members=(*roster.members, *others))
        return replace(plan.brief, roster=larger, slots=tuple(slots))

    def values(brief: Brief, name: str, goals: Sequence[Goal]) -> dict[str, Fraction]:
        group = tuple(sorted(brief.indices[key] for key in (*members, name)))
        return values_of(brief, goals, group, slot)

    goals, importances = goals_on(plan), weights(plan)
    all_of_them, one = joined(might), joined(might[:1])
    alike = values(one, names[0], [goal for goal in goals if not goal.of_superpowers]) if names else {}
    scores = []
    for name in names:
        found = {**values(all_of_them, name, [goal for goal in goals if goal.of_superpowers]), **alike}
        group = tuple(all_of_them.indices[key] for key in (*members, name))
        scores.append(float(totals(importances, [group], [found]).scores[0]))
    return scores


def _held(brief: Brief) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """Return who brings each superpower, and who brings each family."""
    catalogue = brief.roster.catalogue
    first: dict[str, list[str]] = {}
    later: dict[str, list[str]] = {}
    for i, member in enumerate(brief.members):
        best: dict[str, int] = {}
        for superpower, weight in brief.roster.weights(member).items():
            (first if weight == RANK_WEIGHTS[0] else later).setdefault(superpower, []).append(brief.name(i))
            family = catalogue.family_of(superpower)
            best[family] = max(best.get(family, 0), weight)
        for family, weight in best.items():
            kind = first if weight == RANK_WEIGHTS[0] else later
            kind.setdefault(f"{family} (family)", []).append(brief.name(i))

    def held(id_: str, name: str, key: str) -> Held:
        return Held(id_, name, tuple(first.get(key, ())), tuple(later.get(key, ())))

    return (
        tuple(held(s.id, s.name, s.id) for s in catalogue.superpowers),
        tuple(held(f.id, f.name, f"{f.id} (family)") for f in catalogue.families),
    )


def _gaps(superpowers: Sequence[Held], families: Sequence[Held]) -> tuple[Gap, ...]:
    """Return what only one member brings, a line for each such member."""
    only: dict[str, tuple[list[str], list[str]]] = {}
    for place, every in enumerate((families, superpowers)):
        for held in every:
            if len(held.holders) == 1:
                only.setdefault(held.holders[0], ([], []))[place].append(held.name)
    gaps = (Gap(member, tuple(of), tuple(powers)) for member, (of, powers) in only.items())
    return tuple(sorted(gaps, key=lambda gap: (-len(gap.families), -len(gap.superpowers))))


def leaning(plan: Plan) -> tuple[Gap, ...]:
    """Return, for each group that leans on somebody, the member who alone brings most families there."""
    brief, catalogue = plan.brief, plan.brief.roster.catalogue
    brings: Mapping[str, set[str]] = {
        member.key: {catalogue.family_of(power) for power in brief.roster.weights(member)}
        for member in brief.members
    }
    found = []
    for group in plan.groups:
        if len(group.members) < 3:
            continue  # in a duo each leans on the other: that is what it is for
        alone = {
            key: brings[key].difference(*(brings[other] for other in group.members if other != key))
            for key in group.members
        }
        most = max(group.members, key=lambda key: len(alone[key]))
        if alone[most]:
            names = tuple(f.name for f in catalogue.families if f.id in alone[most])
            found.append(Gap(brief.name(brief.indices[most]), names, group=group.name))
    return tuple(sorted(found, key=lambda gap: -len(gap.families)))
