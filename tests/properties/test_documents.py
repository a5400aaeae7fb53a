"""Whatever is kept comes back as it was, and every class that can be part of it is known."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import goals, rules
from matcher.people.errors import InputError, RulesConflict
from matcher.plan.draft import PlanDraft
from matcher.rules import Apart, Sizes, Stay, Together
from matcher.store.documents import Codec
from matcher.work.formats import CLASSES, CODEC, HOOKS, NODES
from matcher.work.workspace import Workspace
from tests.strategies_work import TEXTS, Made, drafts, sample_plan, without_drafts, workspaces

FREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | st.binary(max_size=9)
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3)
    | st.lists(inner, max_size=3).map(tuple)
    | st.dictionaries(TEXTS | st.integers(), inner, max_size=3)
    | st.frozensets(TEXTS | st.integers(), max_size=3),
    max_leaves=8,
)  # fmt: skip


def fresh() -> Codec:
    """A codec that holds nothing yet, as after a restart."""
    return Codec(CLASSES, (*NODES, *HOOKS), HOOKS)


def texts_of(value: object) -> dict[str, str]:
    return {digest: CODEC.text(node) for digest, node in CODEC.parts(value).items()}


def elsewhere(value: object) -> Any:
    """The value as it is read after a restart."""
    texts = texts_of(value)

    def fetch(digests: Collection[str]) -> Mapping[str, str]:
        return {digest: texts[digest] for digest in digests}

    return fresh().read(CODEC.digest(value), fetch)


def told(draft: PlanDraft | None) -> Any:
    """All that a draft says, with the edits that can be taken back and done again."""
    if draft is None:
        return None
    before = draft.undo() if draft.can_undo else None
    after = draft.redo() if draft.can_redo else None
    return (
        *(draft.plan, draft.brief, draft.indices, draft.values, draft.span, draft.steps),
        *(draft.locked_groups, draft.locked_members, draft.groups),
        *((other.indices, other.groups, other.steps) for other in (before, after) if other),
    )


@settings(max_examples=100)
@given(FREE)
def test_any_plain_value_comes_back_as_it_was(value: Any) -> None:
    read = elsewhere([value])

    assert read == [value]
    assert repr(read) == repr([value]) or "frozenset" in repr(value)
    assert fresh().digest(read) == CODEC.digest([value])


@settings(max_examples=60)
@given(workspaces())
def test_a_workspace_comes_back_as_it_was_after_any_edits(made: Made[Workspace]) -> None:
    now, read = made.value, elsewhere(made.value)

    assert without_drafts(read) == without_drafts(now)
    assert told(read.draft) == told(now.draft)
    assert fresh().digest(read) == CODEC.digest(now)
    assert list(read.shapes) == list(now.shapes)
    assert without_drafts(read.undone()) == without_drafts(now.undone())
    if now.kept:
        assert read.kept[0].plan is read.kept[1].plan is read.again.start
    if now.draft:
        assert read.draft.plan is read.again.start


@settings(max_examples=40)
@given(drafts())
def test_a_draft_comes_back_with_all_that_can_be_taken_back_and_done_again(made: Made[PlanDraft]) -> None:
    read, mine = elsewhere(made.value), made.value

    assert told(read) == told(mine)
    while mine.can_redo:
        read, mine = read.redo(), mine.redo()
        assert told(read) == told(mine)
    while mine.can_undo:
        read, mine = read.undo(), mine.undo()
        assert told(read) == told(mine)
    assert not read.can_undo


def test_a_plan_comes_back_with_its_scores_and_fits():
    plan = sample_plan()
    read = elsewhere(plan)

    assert read == plan
    assert read.to_dict() == plan.to_dict()
    assert {check.source for check in read.rules} == {check.source for check in plan.rules}
    assert read.fit(*plan.groups[0].members[:2]) == plan.fit(*plan.groups[0].members[:2])


def test_what_stood_against_a_plan_comes_back_with_which_rule_is_cheapest():
    same = [Apart(("a", "b")), Together(("a", "b")), Together(("a", "b")), Sizes(), Stay({"a": 1}, 0)]
    conflict = RulesConflict(["one", "two"], ["give up"], minimal=True, rules=same, cheapest=same[2])

    read = elsewhere(conflict)

    assert str(read) == str(conflict)
    assert (read.rules, read.advice, read.minimal) == (conflict.rules, conflict.advice, True)
    assert [rule is read.cheapest for rule in read.rules] == [False, False, True, False, False]
    assert elsewhere(RulesConflict(["one"], cheapest=same[0])).cheapest == same[0]
    assert elsewhere(RulesConflict(["one"])).cheapest is None
    assert elsewhere(InputError("Wrong.", "Twice.")).problems == InputError("Wrong.", "Twice.").problems


# --- which classes can be reached -----------------------------------------------------------------

PLAIN = {str, int, bool, float, bytes, NoneType, object, Any, tuple, list, dict, frozenset}
WAYS_TO_SAY = {collections.abc.Mapping: dict, collections.abc.Sequence: tuple}
OPEN = {rules.Rule: [r for r in vars(rules).values() if dataclasses.is_dataclass(r)]}
"""Protocols, and the classes that stand for them."""


def classes() -> dict[str, type]:
    return {kind.__name__: kind for kind in CODEC.kinds.all()}


def within(hint: Any) -> Iterator[Any]:
    """The classes that a type hint names."""
    if typing.get_origin(hint) in (typing.Literal, typing.ClassVar):
        return
    if arguments := typing.get_args(hint):
        origin = typing.get_origin(hint)
        yield from () if origin in (typing.Union, UnionType) else [WAYS_TO_SAY.get(origin, origin)]
        for argument in arguments:
            yield from within(argument) if argument is not ... else ()
    elif hint in OPEN:
        yield from OPEN[hint]
    else:
        yield WAYS_TO_SAY.get(hint, hint)


def hints(kind: type) -> dict[str, Any]:
    """The type of each field that is kept; one that is nowhere to be found is a class nobody has listed."""
    kept = [f.name for f in dataclasses.fields(kind) if f.init and f.compare]
    found = typing.get_type_hints(kind, localns={**classes(), "Mapping": Mapping})
    return {name: found[name] for name in kept}


@pytest.mark.parametrize(
    "kind", [k for k in CODEC.kinds.all() if dataclasses.is_dataclass(k) and k is not PlanDraft]
)
def test_every_class_that_a_kept_class_names_can_be_kept(kind: type) -> None:
    for name, hint in hints(kind).items():
        for part in within(hint):
            known = part in PLAIN or part is date or part in classes().values()
            assert known, f"{kind.__name__}.{name} may hold a {part}: name it in matcher.work.formats."


def test_every_rule_can_be_kept():
    assert {Apart, Sizes, Stay, Together} <= set(OPEN[rules.Rule]) <= set(classes().values())
    assert goals.Reason in classes().values()


def test_what_is_kept_never_changes():
    for kind in classes().values():
        frozen = dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert frozen or issubclass(kind, Enum | Exception), (
            f"{kind.__name__} can be changed once it is kept."
        )


def test_no_class_is_loaded_before_it_is_needed():
    import subprocess
    import sys

    code = (
        "import sys; from matcher.work.formats import CODEC; from matcher.work.workspace import Workspace; "
        "CODEC.parts(Workspace().with_sample('twelve')); sys.exit('ortools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
