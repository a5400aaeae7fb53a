"""What members answered, beside the workspace: what would change, taking it over, who is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.files import RosterReading, load_roster
from matcher.files.references.finding import find_member
from matcher.files.rosters.compare import Difference, Kind, compare, taken_over
from matcher.people.errors import InputError
from matcher.people.friction import Severity
from matcher.people.member import Member
from matcher.people.names import counted, fold, listed
from matcher.people.roster import Roster, UnknownMember
from matcher.store.links import Answer, Given, Links
from matcher.work.brought import Brought
from matcher.work.server import server
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

ANSWERS = "the members' answers"
"""What messages call the table that answers make."""

_HEADER = ("id", "name", "superpowers", "turns to")


def links() -> Links:
    """Return the invitations and answers that this server keeps."""
    return Links(server().database)


@dataclass(frozen=True)
class Apart:
    """Two members one of whom would rather not work with the other. Private to the manager.

    Parameters
    ----------
    a, b
        What they are called on the roster; the first asked for it.
    """

    a: str
    b: str

    @property
    def note(self) -> str:
        """What the friction's note says."""
        return f"Asked for by {self.a}."


@dataclass(frozen=True)
class Takeover:
    """What answers would change in a workspace.

    Parameters
    ----------
    differences
        New people and changed cells, as with a file that is brought in.
    apart
        Frictions that are not there yet.
    notes
        What cannot be taken over, a sentence each.
    """

    differences: tuple[Difference, ...] = ()
    apart: tuple[Apart, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.differences or self.apart)

    @property
    def lines(self) -> list[tuple[str, str, str, str]]:
        """What would change, person by person: who, what, as it is, and as it will be."""
        changed = [
            (d.name, "new on the roster" if d.kind is Kind.NEW else d.column, d.was, d.will_be)
            for d in self.differences
        ]
        frictions = [(pair.a, "friction “avoid” (only for you)", "", pair.b) for pair in self.apart]
        by_name: dict[str, list[tuple[str, str, str, str]]] = {}
        for line in (*changed, *frictions):
            by_name.setdefault(line[0], []).append(line)
        return [line for lines in by_name.values() for line in lines]


def would_change(now: Workspace, answers: Collection[Answer]) -> Takeover:
    """Return what taking answers over would change in a workspace as it is now."""
    notes: list[str] = []
    reading = _reading(now, answers, notes)
    if reading is None:
        return Takeover(notes=tuple(notes))
    differences = (*_differences(now, reading), *_turning_to(now, answers))
    apart = tuple(_apart(now, answers, {d.name for d in differences if d.kind is Kind.NEW}, notes))
    return Takeover(differences, apart, tuple(notes))


def take_over(now: Workspace, answers: Collection[Answer]) -> Workspace:
    """Return the workspace with what :func:`would_change` says, as one change that can be undone.

    Raises
    ------
    InputError
        When there is nothing to take over, or the table of people cannot be read as it stands.
    """
    takeover = would_change(now, answers)
    reading = _reading(now, answers, [])
    if not takeover or reading is None:
        raise InputError("There is nothing to take over: the roster says the same as the answers.")
    what = f"take over {counted(len(answers), 'answer')}"
    on_hand = now.reading
    if on_hand is not None:
        people = Sheet.of(taken_over(on_hand, reading, takeover.differences))
    elif now.people is None or not any(map(any, now.people.rows)):
        people = Sheet.of(reading.standard)
    else:
        raise InputError("The table of people cannot be read as it stands; put it right first.")
    # a table that begins here was read from no file
    brought = now.brought if on_hand is not None else Brought()
    frictions = _with_frictions(now, takeover.apart)
    return now.replaced(what, people=people, brought=brought, frictions=frictions)


def _reading(now: Workspace, answers: Iterable[Answer], notes: list[str]) -> RosterReading | None:
    """Return the answers, read as a roster is; ``None`` when there is nobody in it."""
    rows = tuple(_row(now, answer.given, notes) for answer in answers)
    if not rows:
        return None
    # a workspace without ids does not get a column for them
    shown = [
        i for i in range(len(_HEADER)) if _HEADER[i] in ("name", "superpowers") or any(r[i] for r in rows)
    ]
    header = tuple(_HEADER[i] for i in shown)
    sheet = Sheet(ANSWERS, header, tuple(tuple(row[i] for i in shown) for row in rows), meant=header)
    return load_roster(sheet.table, catalogue=now.catalogue, ranked=now.ranked)


def _row(now: Workspace, given: Given, notes: list[str]) -> tuple[str, ...]:
    member = _member(now.roster, given)
    catalogue = now.catalogue.by_id
    if gone := [s for s in given.superpowers if s not in catalogue]:
        names = listed(f"“{s}”" for s in gone)
        notes.append(f"{given.name} chose {names}, which your catalogue no longer has; it is left out.")
    superpowers = "; ".join(catalogue[s].name for s in given.superpowers if s in catalogue)
    turns_to = "; ".join(now.called(reference) for reference in given.turns_to)
    return (member.id if member else "", member.name if member else given.name, superpowers, turns_to)


def _member(roster: Roster | None, given: Given) -> Member | None:
    """Return whose answer it is; somebody who was not on the roster then may be on it now."""
    if roster is None:
        return None
    found = roster.meant(given.member or given.name)
    return found[0] if len(found) == 1 else None


def _differences(now: Workspace, reading: RosterReading) -> Iterator[Difference]:
    """Yield who is new, and whose superpowers are others; who has not answered stays as they are."""
    on_hand = now.reading
    if on_hand is None:
        for m in reading.roster.members:
            yield Difference(Kind.NEW, m.name, after=m.key, will_be=_superpowers(m, now))
        return
    for difference in compare(on_hand, reading).differences:
        if difference.kind is Kind.NEW:
            yield replace(difference, will_be=_superpowers(reading.roster.find(difference.after), now))
        elif difference.column == "superpowers" and difference.will_be:
            yield difference


def _turning_to(now: Workspace, answers: Iterable[Answer]) -> Iterator[Difference]:
    """Yield who on the roster turns to others than it says.

    Who names nobody takes nothing away from the roster: they may have skipped the question, or never have
    been asked. Only who had named somebody before takes it back with that.
    """
    people = now.found_people.value
    for answer in answers:
        member = _member(people, answer.given)
        if member is None:
            continue
        names = [now.called(reference) for reference in answer.given.turns_to]
        before = [now.called(reference) for reference in member.turns_to]
        if set(map(fold, names)) != set(map(fold, before)) and (names or answer.taken_turns_to):
            was, will_be = "; ".join(before), "; ".join(names)
            yield Difference(Kind.CHANGED, member.name, member.key, member.key, "turns to", was, will_be)


def _superpowers(member: Member, now: Workspace) -> str:
    return "; ".join(now.catalogue.by_id[s].name for s in member.superpowers)


def _apart(
    now: Workspace, answers: Iterable[Answer], new: Collection[str], notes: list[str]
) -> Iterator[Apart]:
    known = {frozenset((fold(f.a), fold(f.b))) for f in now.found_frictions.value}
    for answer in answers:
        member = _member(now.roster, answer.given)
        a = now.names[member.key] if member else answer.given.name
        for reference in answer.given.rather_not:
            try:
                other = find_member(reference, now.roster) if now.roster else None
            except UnknownMember:
                other = None
            b = now.names[other.key] if other else next((n for n in new if fold(n) == fold(reference)), "")
            if not b:
                notes.append(
                    f"{a} would rather not work with “{reference}”, who is nobody on the roster; "
                    "enter it on the page Frictions and rules if it is somebody."
                )
                continue
            pair = frozenset((fold(member.key if member else a), fold(other.key if other else b)))
            if len(pair) == 2 and pair not in known:
                known.add(pair)
                yield Apart(a, b)


def _with_frictions(now: Workspace, apart: Sequence[Apart]) -> Sheet:
    if not apart:
        return now.frictions
    sheet = now.plain_frictions
    titles = ("member a", "member b", "severity", "note")
    number = max(sheet.numbers, default=1)
    cells: dict[tuple[int, str], str] = {}
    rows, numbers = list(sheet.rows), list(sheet.numbers)
    for place, pair in enumerate(apart, start=1):
        rows.append(("",) * len(sheet.header))
        numbers.append(number + place)
        said = (pair.a, pair.b, str(Severity.AVOID), pair.note)
        cells |= {(number + place, title): text for title, text in zip(titles, said, strict=True)}
    longer = replace(sheet, rows=tuple(rows), numbers=tuple(numbers))
    return longer.with_cells(cells)


def missing(now: Workspace, answers: Iterable[Answer]) -> list[str]:
    """Return what those on the roster are called who have not answered, in its order."""
    if now.roster is None:
        return []
    found = (_member(now.roster, answer.given) for answer in answers)
    there = {member.key for member in found if member}
    return [now.names[m.key] for m in now.roster.members if m.key not in there]


def forget_answers(workspace: str, member: Member) -> int:
    """Delete what a member gave, and their name from what others gave; return how many answers went."""
    return links().forget(workspace, (member.key, member.name, member.email))
