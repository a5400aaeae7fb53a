"""What past rounds suggest for the next one: offered to the manager, never taken by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from matcher.people.errors import InputError
from matcher.people.friction import Severity
from matcher.people.names import counted, listed
from matcher.rules import Apart, Together
from matcher.work.rounds import BEST, GroupNote, Pair, UsedRound
from matcher.work.sheets import FIRST_ROW, Sheet

if TYPE_CHECKING:
    from matcher.people.roster import Roster
    from matcher.work.workspace import Workspace

BADLY, WELL = 2, 4
"""A duo that is rated so or lower went badly, one that is rated so or higher went well."""


class Offer(StrEnum):
    """What is offered for a pair."""

    AVOID = "avoid"
    TOGETHER = "together"


@dataclass(frozen=True)
class Left:
    """A suggestion that the manager left.

    Parameters
    ----------
    offer, pair
        What was offered for whom.
    rounds
        Ids of the rounds that had said so by then: only another one brings it up again.
    """

    offer: Offer
    pair: Pair
    rounds: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """What the rounds suggest for two members.

    Parameters
    ----------
    offer, pair
        What is offered, for whom: keys on the roster, the smaller first.
    why
        Which rounds say so, as a sentence without the names.
    rounds
        Ids of the rounds that say so, the latest first.
    latest
        What the latest of them is called.
    """

    offer: Offer
    pair: Pair
    why: str
    rounds: tuple[str, ...]
    latest: str


@dataclass(frozen=True)
class _Said:
    """What one round says of a pair: an offer, or ``None`` when it went neither well nor badly."""

    offer: Offer | None
    how: str
    used: UsedRound


def suggestions(now: Workspace) -> tuple[Suggestion, ...]:
    """Return what the past rounds suggest, first whom to avoid, then whom to keep together.

    The latest round that says anything of a pair counts. Nothing is suggested about two members between
    whom there already is a friction or a rule, or one of whom is no longer on the roster, nor what was
    left, unless a round has said so since.
    """
    roster = now.roster
    if roster is None or not any(used.notes for used in now.rounds):
        return ()
    said: dict[Pair, list[_Said]] = {}
    for used in reversed(now.rounds):
        for note in used.notes:
            for pair, word in _words(note, used, roster):
                said.setdefault(pair, []).append(word)
    settled = _settled(now)
    left = {(one.offer, _pair(one.pair, roster)): one.rounds for one in now.left}
    found = []
    for pair, words in said.items():
        offer, latest = words[0].offer, words[0].used
        if offer is None or pair in settled or latest.id in left.get((offer, pair), ()):
            continue
        same = [word for word in words if word.offer is offer]
        why = f"{latest.name}: {words[0].how}"
        if len(same) > 1:
            says = "says" if len(same) == 2 else "say"
            why += f"; {counted(len(same) - 1, 'earlier round')} {says} the same"
        found.append(Suggestion(offer, pair, f"{why}.", tuple(w.used.id for w in same), latest.name))
    return tuple(sorted(found, key=lambda one: (list(Offer).index(one.offer), one.pair)))


def _words(note: GroupNote, used: UsedRound, roster: Roster) -> Iterator[tuple[Pair, _Said]]:
    """Yield what a note says of pairs who are all still on the roster; a named pair is said once."""
    named = dict.fromkeys(note.pairs_badly, Offer.AVOID) | dict.fromkeys(note.pairs_well, Offer.TOGETHER)
    if len(note.members) == 2 and note.rating and not named:
        offer = Offer.AVOID if note.rating <= BADLY else Offer.TOGETHER if note.rating >= WELL else None
        if pair := _pair((note.members[0], note.members[1]), roster):
            yield pair, _Said(offer, f"rated {note.rating} of {BEST}", used)
    for keys, named_as in named.items():
        how = "badly" if named_as is Offer.AVOID else "well"
        if pair := _pair(keys, roster):
            yield pair, _Said(named_as, f"worked {how} together in {note.group}", used)


def _pair(pair: Pair, roster: Roster) -> Pair | None:
    """Return the present keys of two members, the smaller first; ``None`` when one of them has left."""
    found = [roster.meant(key) for key in pair]
    if any(len(members) != 1 for members in found):
        return None
    a, b = sorted(members[0].key for members in found)
    return (a, b) if a != b else None


def _settled(now: Workspace) -> set[Pair]:
    """Return the pairs about whom a friction or a rule already says something."""
    groups: list[tuple[str, ...]] = [(f.a, f.b) for f in now.found_frictions.value]
    groups += [rule.members for rule in now.found_rules.value if isinstance(rule, Apart | Together)]
    return {(a, b) for members in groups for a, b in combinations(sorted(set(members)), 2)}


def named(now: Workspace, suggestion: Suggestion) -> str:
    """Return the names of the two."""
    return listed(now.names.get(key, key) for key in suggestion.pair)


def take(now: Workspace, suggestion: Suggestion) -> Workspace:
    """Return the workspace with a row more in the frictions, or in the rules; it can be undone.

    Raises
    ------
    InputError
        When it is no longer suggested.
    """
    still = _still(now, suggestion)
    who = [now.names[key] for key in still.pair]
    if still.offer is Offer.AVOID:
        row = (*who, str(Severity.AVOID), f"{still.latest} went badly")
        return now.replaced(f"avoid {named(now, still)}", frictions=_with_row(now.plain_frictions, row))
    row = (str(Offer.TOGETHER), "; ".join(who), "")
    return now.replaced(f"keep {named(now, still)} together", rules=_with_row(now.plain_rules, row))


def leave(now: Workspace, suggestion: Suggestion) -> Workspace:
    """Return the workspace in which a suggestion is not made again until another round says so.

    Raises
    ------
    InputError
        When it is no longer suggested.
    """
    still = _still(now, suggestion)
    left = Left(still.offer, still.pair, still.rounds)
    others = tuple(one for one in now.left if (one.offer, one.pair) != (left.offer, left.pair))
    return now.changed(f"leave the suggestion for {named(now, still)}", left=(*others, left))


def _still(now: Workspace, suggestion: Suggestion) -> Suggestion:
    for one in suggestions(now):
        if (one.offer, one.pair) == (suggestion.offer, suggestion.pair):
            return one
    raise InputError("This is no longer suggested: frictions, rules or rounds were changed meanwhile.")


def _with_row(sheet: Sheet, row: tuple[str, ...]) -> Sheet:
    """Return a sheet with a row below the others; an editor's blank rows stay where they are."""
    number = max(sheet.numbers, default=FIRST_ROW - 1) + 1
    return replace(sheet, rows=(*sheet.rows, row), numbers=(*sheet.numbers, number))
