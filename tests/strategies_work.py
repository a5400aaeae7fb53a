"""Workspaces as managers leave them: after any edits, with plans, drafts, rounds and notes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from hypothesis import strategies as st

from matcher.files import default_catalogue
from matcher.files.tables.choices import Choices
from matcher.forming import form_teams
from matcher.goals import IMPORTANCES
from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, Problem
from matcher.plan import Plan
from matcher.plan.draft import PlanDraft
from matcher.rules import Apart, Pin, Together
from matcher.work.asides import edited
from matcher.work.bringing import bring_in, read_otherwise, replace_roster
from matcher.work.brought_back import PlanFile
from matcher.work.formats import CODEC
from matcher.work.kept import Kept
from matcher.work.rounds import GroupNote, UsedRound
from matcher.work.settings import Again, Settings
from matcher.work.sheets import Sheet
from matcher.work.suggestions import Left, Offer
from matcher.work.workspace import Workspace

TEXTS = st.text(max_size=8) | st.text(st.characters(), max_size=4)
"""Anything that can be typed or stand in a file, halves of characters included."""

ROSTER = "name,superpowers,team\nAda,Vision; Calm,Red\nBo,Empathy,Blue\nChi,Curiosity; Energy,Red\n"
LATIN = "name;superpowers\nÅsa;Calm\nJörg;Vision\n".encode("latin-1")


T = TypeVar("T")


class Made(Generic[T]):
    """Something large, shown by how it was made."""

    def __init__(self, how: object, value: T) -> None:
        self.how, self.value = how, value

    def __repr__(self) -> str:
        return f"Made({self.how!r})"


@cache
def sample() -> Workspace:
    """The small sample roster with its frictions."""
    return Workspace(id="sample").with_sample("twelve")


@cache
def sample_plan() -> Plan:
    """A plan of the sample with rules, reasons and frictions."""
    now = sample()
    roster = now.roster
    assert roster is not None
    keys = [member.key for member in roster.members]
    return form_teams(
        roster,
        count=4,
        frictions=now.found_frictions.value,
        rules=[Apart((keys[0], keys[1])), Together((keys[2], keys[3])), Pin((keys[4],), "Team 2")],
        goals={"mix": "low"},
        mix=["location"],
        seconds=1,
        workers=1,
    )


def _by_hand(draft: PlanDraft, kind: str, one: str, other: str, group: str) -> PlanDraft:
    edits: dict[str, Callable[[], PlanDraft]] = {
        "move": lambda: draft.move(one, group),
        "swap": lambda: draft.swap(one, other),
        "add": draft.add_group,
        "remove": lambda: draft.remove_group(draft.groups[-1].name),
        "undo": draft.undo,
        "redo": draft.redo,
        "lock": lambda: draft.lock_group(group),
        "stay": lambda: draft.lock_member(one),
    }
    try:
        return edits[kind]()
    except InputError:
        return draft


@st.composite
def drafts(draw: st.DrawFn) -> Made[PlanDraft]:
    """The sample's plan after edits by hand, some of them taken back, with locks."""
    draft = PlanDraft.of(sample_plan(), draw(st.sampled_from([None, (2, 5)])))
    keys = st.sampled_from([m.key for m in draft.brief.members])
    groups = st.sampled_from([group.name for group in draft.groups])
    kinds = st.sampled_from(["move", "swap", "add", "remove", "undo", "redo", "lock", "stay"])
    edits = draw(st.lists(st.tuples(kinds, keys, keys, groups), max_size=8))
    for kind, one, other, group in edits:
        draft = _by_hand(draft, kind, one, other, group)
    return Made(edits, draft)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Tables of any texts."""
    header = draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
    row = st.tuples(*[TEXTS] * len(header))
    problems = st.builds(Problem, TEXTS, TEXTS, st.none() | st.integers(0, 9), TEXTS)
    rows = tuple(draw(st.lists(row, max_size=4)))
    return Sheet(draw(TEXTS), tuple(header), rows, problems=tuple(draw(st.lists(problems, max_size=1))))


def _settings(draw: st.DrawFn) -> Settings:
    return Settings(
        kind=draw(st.sampled_from(PlanKind)),
        goals=draw(st.dictionaries(TEXTS, st.sampled_from(list(IMPORTANCES)), max_size=2)),
        columns={"mix": tuple(draw(st.lists(TEXTS, max_size=2)))},
        absent=tuple(draw(st.lists(TEXTS, max_size=2))),
        seconds=draw(st.integers(1, 600)),
    )


def _round(draw: st.DrawFn) -> UsedRound:
    note = GroupNote(
        "Team 1", draw(st.integers(0, 5)), draw(TEXTS), led_by="Ada", pairs_well=(("Ada", "Bo"),)
    )
    begins = draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    return UsedRound(draw(sheets()), begins, begins, (note,), name=draw(TEXTS))


def _typed(now: Workspace, draw: st.DrawFn) -> Workspace:
    if now.people is None or not now.people.rows:
        return now
    place = draw(st.sampled_from(now.people.numbers)), draw(st.sampled_from(now.people.header))
    return now.changed("type", people=now.people.with_cells({place: draw(TEXTS)}))


def _aside(now: Workspace, draw: st.DrawFn) -> Workspace:
    return now if now.people is None else edited(now, "people", draw(sheets()), draw(sheets()))


def _planned(now: Workspace, draw: st.DrawFn) -> Workspace:
    plan, made = sample_plan(), draw(st.none() | drafts())
    draft = made.value if made else None
    again = Again(plan, ("Team 1",), 3, (plan.groups[0].members[0],))
    kept = (Kept(draw(TEXTS), plan, now), Kept("again", plan, replace(sample(), again=again, draft=draft)))
    return replace(now, again=again, draft=draft, kept=kept, run="a", past=("b", "c"))


_EDITS: dict[str, Callable[[Workspace, st.DrawFn], Any]] = {
    "sample": lambda now, draw: replace(sample(), id=""),
    "bring in": lambda now, draw: bring_in(now, ROSTER, "people.csv"),
    "bring in bytes": lambda now, draw: bring_in(now, LATIN, "people.csv"),
    "take over": lambda now, draw: replace_roster(now),
    "otherwise": lambda now, draw: read_otherwise(now, delimiter=draw(st.sampled_from(",;"))),
    "type": _typed,
    "frictions": lambda now, draw: now.changed("edit", frictions=draw(sheets())),
    "rules": lambda now, draw: now.replaced("edit", rules=draw(sheets())),
    "round": lambda now, draw: now.changed("round", rounds=(*now.rounds, _round(draw))),
    "own": lambda now, draw: now.replaced("own", own=default_catalogue(), ranked=draw(st.booleans())),
    "settings": lambda now, draw: replace(now, settings=_settings(draw)),
    "left": lambda now, draw: replace(now, left=(Left(Offer.AVOID, ("Ada", "Bo"), ("x",)),)),
    "aside": _aside,
    "told": lambda now, draw: replace(now, plan_file=PlanFile(draw(TEXTS), notes=(draw(TEXTS),))),
    "shapes": lambda now, draw: replace(now, shapes={(draw(TEXTS), "a"): Choices(kept=frozenset({3, 1}))}),
    "undo": lambda now, draw: now.undone(),
    "redo": lambda now, draw: now.done_again(),
    "plan": _planned,
}


@st.composite
def workspaces(draw: st.DrawFn) -> Made[Workspace]:
    """Workspaces after any edits."""
    now = Workspace(id=draw(st.sampled_from(["", "an-id"])))
    edits = draw(st.lists(st.sampled_from(list(_EDITS)), max_size=8))
    for name in edits:
        try:
            now = _EDITS[name](now, draw)
        except InputError:
            continue
    return Made(edits, now)


def without_drafts(now: Workspace) -> Workspace:
    """A workspace to be compared: drafts are equal only to themselves."""
    kept = tuple(replace(one, then=without_drafts(one.then)) for one in now.kept)
    return replace(now, draft=None, kept=kept)


def said(value: object) -> str:
    """Everything that is kept of a value, as it reads."""
    texts = [CODEC.text(node) for node in CODEC.parts(value).values()]
    return "\n".join(json.dumps(json.loads(text), ensure_ascii=False) for text in texts).casefold()
