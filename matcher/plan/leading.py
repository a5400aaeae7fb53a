"""Who leads from behind: whom the members turn to, and who could lead next.

A picture of help, as far as members said whom they turn to. It counts ballots and nothing else, and it
foretells nothing: people turn to somebody because of what they know, where they sit or what their job is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from matcher.goals.sought_after import ballots, fair, load_text, named
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.member import Member
from matcher.people.names import counted, fold
from matcher.people.roster import Roster

HEAVY = 4
"""Whose load is so many times an equal share carries much. Cross, Rebele and Grant (2016) found 3–5 % of
people to carry 20–35 % of the collaboration: 20/5 times an equal share, at the least."""

LATELY = 2
"""Who led in one of so many rounds, the last ones that say who led, has led lately."""

Led = Sequence[Mapping[str, str]]
"""For each past round, oldest first: the key of who led, by the name of the group."""


@dataclass(frozen=True)
class Titles:
    """Who has a title of leading, as the manager says.

    Parameters
    ----------
    column
        The attribute that holds titles; empty when no title is known.
    leading
        Those of its values that are titles of leading; without any, nobody's title is known.
    """

    column: str = ""
    leading: tuple[str, ...] = ()

    def of(self, member: Member) -> str:
        """Return a member's title, or nothing."""
        return member.attributes.get(self.column, "").strip()


@dataclass(frozen=True)
class Person:
    """Somebody on the roster, and who turns to them.

    Parameters
    ----------
    key, name
        The key, and what they are called in sentences.
    present
        Whether they are to be placed; the absent are turned to as well, but do not lead next.
    load, cast, equal
        Ballots that name them, each divided by how many it names; how many were cast; an equal share.
    turned_to_by, turns_to
        Keys of those who turn to them and of those to whom they turn, in alphabetical order.
    sought
        Whether they are sought after: turned to by two or more, with twice an equal share or more.
    title, titled
        What the column says of them, and whether it is a title of leading; ``None`` when no title is known.
    led, ago
        In how many rounds they led, and how many of the rounds that say who led have passed since the
        last one that they led began: 1 for the latest; ``None`` when they have not led.
    """

    key: str
    name: str
    present: bool
    load: Fraction
    cast: int
    equal: Fraction
    turned_to_by: tuple[str, ...] = ()
    turns_to: tuple[str, ...] = ()
    sought: bool = False
    title: str = ""
    titled: bool | None = None
    led: int = 0
    ago: int | None = None

    @property
    def times(self) -> float:
        """How many times an equal share they have, to the tenth below: no 2.0 that is not twice."""
        return int(10 * self.load / self.equal) / 10 if self.cast else 0.0

    @property
    def heavy(self) -> bool:
        """Whether they are sought after and have four times an equal share or more."""
        return self.sought and self.load >= HEAVY * self.equal

    @property
    def quiet(self) -> bool:
        """Whether they lead quietly: sought after, and known to have no title of leading."""
        return self.sought and self.titled is False

    @property
    def unlinked(self) -> bool:
        """Whether nobody turns to them and they turn to nobody here."""
        return not self.turned_to_by and not self.turns_to

    @property
    def lately(self) -> bool:
        """Whether they led lately."""
        return self.ago is not None and self.ago <= LATELY

    @property
    def sentence(self) -> str:
        """How many turn to them, and how that compares."""
        if not self.turned_to_by:
            return f"Nobody turns to {self.name} yet."
        who = counted(len(self.turned_to_by), "member turns", "members turn")
        return f"{who} to {self.name}: {self.share}."

    @property
    def share(self) -> str:
        """Their ballots, and how many times an equal share that is."""
        return f"{load_text(self.load, self.cast)}, {self.times:.1f} times an equal share"


@dataclass(frozen=True)
class Bridge:
    """Somebody without whom no chain of turning to each other links some people with the others.

    Parameters
    ----------
    key, name
        Who it is.
    parts
        Keys of those who would still hang together, two or more each, the largest part first.
    """

    key: str
    name: str
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Suggestion:
    """Somebody who could lead next, and why.

    Parameters
    ----------
    person
        Who.
    reason
        A sentence of which every number can be counted.
    """

    person: Person
    reason: str


@dataclass(frozen=True)
class Here:
    """The sought-after in one group of a plan.

    Parameters
    ----------
    group
        What it is called.
    sought
        Who of its members is sought after, the highest load first.
    low, high
        How many would be their fair number, were those in the plan spread evenly.
    next
        Who could lead the group next; ``None`` when nobody turns to any of its members.
    """

    group: str
    sought: tuple[Person, ...]
    low: int
    high: int
    next: Suggestion | None

    @property
    def even(self) -> bool:
        """Whether the group has its fair number."""
        return self.low <= len(self.sought) <= self.high


@dataclass(frozen=True)
class Leading:
    """Who leads from behind.

    Parameters
    ----------
    people
        Everybody on the roster, the highest load first.
    cast
        How many of them turn to somebody here.
    rounds
        How many of the past rounds say who led.
    titles
        Where titles stand, and which are titles of leading.
    """

    people: tuple[Person, ...]
    cast: int
    rounds: int = 0
    titles: Titles = Titles()

    @cached_property
    def by_key(self) -> Mapping[str, Person]:
        """Everybody, by key."""
        return {person.key: person for person in self.people}

    @property
    def sought(self) -> tuple[Person, ...]:
        """Who is sought after."""
        return tuple(person for person in self.people if person.sought)

    @property
    def quiet(self) -> tuple[Person, ...]:
        """Who leads quietly: sought after, without a title of leading."""
        return tuple(person for person in self.people if person.quiet)

    @property
    def unlinked(self) -> tuple[Person, ...]:
        """Who is turned to by nobody and turns to nobody here."""
        return tuple(person for person in self.people if person.unlinked)

    @cached_property
    def sought_share(self) -> float:
        """How many percent of the ballots name those who are sought after."""
        return float(100 * sum(person.load for person in self.sought) / self.cast) if self.cast else 0.0

    @cached_property
    def bridges(self) -> tuple[Bridge, ...]:
        """Without whom two or more people would be cut off from two or more others, in alphabetical order."""
        import rustworkx as rx  # late: few look at it

        keys = sorted(self.by_key, key=fold)
        place = {key: i for i, key in enumerate(keys)}
        graph = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(keys)
        graph.add_edges_from_no_data(
            [(place[person.key], place[to]) for person in self.people for to in person.turns_to]
        )
        found = []
        for node in sorted(rx.articulation_points(graph)):
            near = set(graph.neighbors(node))
            without = graph.copy()
            without.remove_node(node)
            parts = [part for part in rx.connected_components(without) if len(part) > 1 and part & near]
            if len(parts) > 1:
                named = sorted(
                    (tuple(keys[i] for i in sorted(part)) for part in parts), key=lambda p: (-len(p), p)
                )
                found.append(Bridge(keys[node], self.by_key[keys[node]].name, tuple(named)))
        return tuple(found)

    def next_to_lead(self, most: int | None = None) -> list[Suggestion]:
        """Return those present who are sought after, in the order in which they could lead next.

        Who carries much comes last, as leading is one more load; before them who led lately, the latest
        last; among the others those who have never led, then those who led longest ago, and of these who
        has the higher load.
        """
        able = sorted((p for p in self.people if p.present and p.sought), key=_turn)
        return [Suggestion(person, self._reason(person)) for person in able[:most]]

    def next_in(self, members: Collection[str]) -> Suggestion | None:
        """Return who of a group could lead it next; ``None`` when nobody turns to any of them.

        The order is that of :meth:`next_to_lead`; who is turned to but not sought after comes in where
        those who are sought after led lately or carry much. Keys of people who are gone are passed over.
        """
        here = [self.by_key[key] for key in members if key in self.by_key]
        able = sorted((p for p in here if p.present and p.turned_to_by), key=_turn)
        if not able:
            return None
        first = able[0]
        passed = [p for p in able[1:] if (p.sought, p.load) > (first.sought, first.load)]
        return Suggestion(first, self._reason(first, {p.key for p in here}, passed))

    def spread(self, groups: Mapping[str, Collection[str]]) -> tuple[Here, ...]:
        """Return how the sought-after are spread over the groups of a plan, as the goal counts it.

        Parameters
        ----------
        groups
            Keys of the members by the group's name; those who are not on the roster any more do not count.
        """
        known = {group: [k for k in keys if k in self.by_key] for group, keys in groups.items()}
        placed = [self.by_key[key] for keys in known.values() for key in keys]
        sought = sum(person.sought for person in placed)
        found = []
        for group, keys in known.items():
            here = sorted((self.by_key[k] for k in keys if self.by_key[k].sought), key=_first)
            found.append(
                Here(group, tuple(here), *fair(len(keys), sought, len(placed) or 1), self.next_in(keys))
            )
        return tuple(found)

    def _reason(self, person: Person, group: Collection[str] = (), passed: Iterable[Person] = ()) -> str:
        inside = f", {len(near)} of them here" if (near := set(group) & set(person.turned_to_by)) else ""
        who = counted(len(person.turned_to_by), "member")
        said = [f"Turned to by {who}{inside}: {person.share}."]
        if self.rounds:
            said.append(f"{_since(person, self.rounds)}.")
        if person.heavy:
            said.append("That is much to carry already: take something else off them first.")
        for other in passed:
            why = (
                "carries much already, so only with relief"
                if other.heavy
                else _since(other, self.rounds).lower()
            )
            said.append(f"{other.name}, with {load_text(other.load, other.cast)}, {why}.")
        return " ".join(said)


def _first(person: Person) -> tuple[object, ...]:
    """Return what orders people by their load, the highest first."""
    return -person.load, fold(person.key)


def _turn(person: Person) -> tuple[object, ...]:
    """Return what orders people who could lead next."""
    ago = person.ago or 0
    late = LATELY + 1 - ago if person.lately else 0
    longest = -ago if ago else float("-inf")
    return person.heavy, late, not person.sought, longest, *_first(person)


def _since(person: Person, rounds: int) -> str:
    """Return when somebody led last, in words."""
    if person.ago is None:
        which = "the one round that says" if rounds == 1 else f"the {rounds} rounds that say"
        return f"Has not led in {which} who led"
    return "Led in the latest round" if person.ago == 1 else f"Led {person.ago} rounds ago"


def leading(roster: Roster, led: Led = (), titles: Titles | None = None) -> Leading:
    """Return who leads from behind.

    Ballots are counted as the goal *sought after* counts them, for the absent too.

    Parameters
    ----------
    roster
        With whom each member turns to.
    led
        Who led in the past rounds. Rounds that say nothing, and leaders who are gone, are passed over.
    titles
        Where titles stand, and which are titles of leading.

    Raises
    ------
    ValueError
        When nobody is on the roster.
    """
    if not roster.members:
        raise ValueError("Nobody is on the roster.")
    titles = titles if titles is not None and titles.column in roster.attributes else Titles()
    everybody = replace(roster, members=tuple(replace(m, absent=False) for m in roster.members))
    brief = Brief(everybody, PlanKind.TEAMS, (Slot("everybody", len(roster.members)),))
    found = ballots(brief)
    there = {member.key: not member.absent for member in roster.members}
    turns = {member.key: sorted(named(everybody, member), key=fold) for member in brief.members}
    by: dict[str, list[str]] = {key: [] for key in turns}
    for voter, ballot in turns.items():
        for key in ballot:
            by[key].append(voter)
    told = [{key for key in one.values() if key} for one in led]
    told = [one for one in told if one]
    times = Counter(key for one in told for key in one)
    ago = {key: n for n, one in reversed(list(enumerate(reversed(told), 1))) for key in one}
    sought = set(found.sought)
    people = [
        Person(
            key=member.key,
            name=brief.name(i),
            present=there[member.key],
            load=found.load[i],
            cast=found.cast,
            equal=found.equal,
            turned_to_by=tuple(by[member.key]),
            turns_to=tuple(turns[member.key]),
            sought=i in sought,
            title=titles.of(member),
            titled=titles.of(member) in titles.leading if titles.leading else None,
            led=times[member.key],
            ago=ago.get(member.key),
        )
        for i, member in enumerate(brief.members)
    ]
    people.sort(key=_first)
    return Leading(tuple(people), found.cast, len(told), titles)
