"""A workspace as one file: all of it comes along, and a file that cannot be used is refused in a sentence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.people.errors import InputError
from matcher.plan.draft import PlanDraft
from matcher.store.documents import Codec
from matcher.work.carrying import (
    FORMAT,
    SUFFIX,
    VERSION,
    Carried,
    Run,
    bring_along,
    export,
    packed,
    unpacked,
)
from matcher.work.formats import CLASSES, CODEC, HOOKS, NODES
from matcher.work.kept import Kept
from matcher.work.runs import Question
from matcher.work.server import server
from matcher.work.typed import WrongTypeError, check_types
from matcher.work.workspace import Workspace
from tests.strategies_work import Made, sample, sample_plan, without_drafts, workspaces


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by a program that has never seen what is in them."""
    fresh = Codec(CLASSES, (*NODES, *HOOKS), HOOKS)
    monkeypatch.setattr(CODEC, "read", fresh.read)


def whole() -> Carried:
    plan = sample_plan()
    now = replace(sample(), id="", run="r", past=("p", "gone"), kept=(Kept("good", plan, sample()),))
    return Carried(now, "Spring", {"r": Run(sample(), plan), "p": Run(sample(), plan)})


def rewritten(change: Callable[[dict[str, Any]], object], *, compress: bool = True) -> bytes:
    """The file of a whole workspace, changed by somebody who knows its form."""
    written = json.loads(gzip.decompress(packed(whole())))
    change(written)
    text = json.dumps(written).encode()
    return gzip.compress(text) if compress else text


def forged(change: Callable[[str], str]) -> bytes:
    """The file with every document changed, and named by its new text throughout."""

    def anew(written: dict[str, Any]) -> None:
        old, new = written["documents"], dict[str, str]()
        names: dict[str, str] = {}

        def named(digest: str) -> str:
            if digest not in names:
                text = old[digest]
                for part in Codec.references(text):
                    text = text.replace(part, named(part))
                text = change(text)
                names[digest] = sha256(text.encode()).hexdigest()
                new[names[digest]] = text
            return names[digest]

        written["workspace"] = named(written["workspace"])
        for run in written["runs"].values():
            run |= {what: named(digest) for what, digest in run.items()}
        written["documents"] = new

    return rewritten(anew)


def refusal(data: bytes, **more: Any) -> str:
    with pytest.raises(InputError) as refused:
        unpacked(data, "team.workspace", **more)
    (problem,) = refused.value.problems
    return problem.message


# --- there and back -------------------------------------------------------------------------------


@settings(max_examples=30)
@given(workspaces(), st.text(max_size=9))
def test_every_workspace_comes_out_of_the_file_as_it_went_in(made: Made[Workspace], name: str):
    now = made.value
    carried = Carried(now, name, {"r": Run(sample(), sample_plan())} if now.kept else {})
    back = unpacked(packed(carried), "x")

    assert without_drafts(back.workspace) == without_drafts(now)
    assert CODEC.digest(back.workspace) == CODEC.digest(now)
    assert (back.name, back.runs) == (name, carried.runs)


def test_the_same_workspace_is_the_same_file():
    assert packed(whole()) == packed(whole())


def test_a_file_that_was_unpacked_by_hand_is_read_too():
    assert unpacked(gzip.decompress(packed(whole())), "x").name == "Spring"


@pytest.fixture
def kept() -> Iterator[str]:
    """A workspace on the server with two plans, a question, and one run that is no more."""
    workspaces, jobs = server().workspaces, server().jobs
    plan = sample_plan()
    id_ = workspaces.begin(sample(), "Spring & autumn / 1")
    draft = PlanDraft.of(plan).swap(plan.groups[0].members[0], plan.groups[1].members[0])
    run, past = (jobs.add(plan, replace(sample(), given_up=words), workspace=id_) for words in ("a", "b"))
    others = jobs.add((plan,), Question("others", "Other good plans", 3.0), workspace=id_)
    workspaces.change(
        id_, lambda work: replace(work, run=run, past=("gone", past), question=others, draft=draft)
    )
    yield id_
    workspaces.delete(id_)


def test_a_workspace_is_brought_along_with_its_plans_under_a_new_id(kept: str):
    workspaces, jobs = server().workspaces, server().jobs
    before = workspaces.get(kept)
    assert before is not None

    name, data = export(kept)
    new = bring_along(data, name)
    after, entry = workspaces.get(new), workspaces.rows.find(new)
    assert after is not None
    assert entry is not None

    assert (name, entry.name, entry.people) == (f"Spring autumn 1{SUFFIX}", "Spring & autumn / 1", 12)
    ours, theirs = ({w.id, w.run, *w.past, w.question} for w in (before, after))
    assert not ours & theirs
    rest = {"id": "", "run": "", "past": (), "question": "", "draft": None}
    assert replace(after, **rest) == replace(before, **rest)
    run, past, others = jobs.look(after.run), jobs.look(after.past[0]), jobs.look(after.question)
    assert run is not None
    assert past is not None
    assert others is not None
    assert (run.plan, run.asked.given_up, past.asked.given_up) == (sample_plan(), "a", "b")
    assert others.value == (sample_plan(),)
    assert after.draft is not None
    assert len(after.draft.steps) == 1
    assert after.draft.plan is run.plan
    workspaces.delete(new)
    assert jobs.look(before.run) is not None


def test_of_runs_that_have_not_ended_the_plan_before_is_brought_along():
    workspaces, jobs = server().workspaces, server().jobs
    id_ = workspaces.begin(sample())
    past = jobs.add(sample_plan(), sample(), workspace=id_)
    workspaces.change(id_, lambda work: replace(work, run="not there", past=(past,)))

    new = bring_along(export(id_)[1], "x")
    after = workspaces.get(new)
    assert after is not None
    look = jobs.look(after.run)
    assert look is not None

    assert after.past == ()
    assert look.plan == sample_plan()
    for one in (id_, new):
        workspaces.delete(one)


def test_a_workspace_that_is_gone_cannot_be_exported():
    with pytest.raises(InputError, match="was deleted; there is nothing to export"):
        export("nowhere")


def test_nothing_is_left_of_a_file_that_could_not_be_kept(monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> str:
        raise InputError("The disk is full.")

    before = len(server().workspaces.rows.all())
    monkeypatch.setattr(server().jobs, "add", full)

    with pytest.raises(InputError, match="disk is full"):
        bring_along(packed(whole()), "x")
    assert len(server().workspaces.rows.all()) == before


# --- files that cannot be used --------------------------------------------------------------------


FOREIGN = {
    "empty": b"",
    "a table": b"name,superpowers\nAda,Calm\n",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "a list": b"[]",
    "an object": b"{}",
    "nothing": b"null",
    "nested": b"[" * 100_000,
    "no text": b"\xff",
    "a packed object": gzip.compress(b"{}"),
    "a packed archive": gzip.compress(b"PK\x03\x04"),
    "another format": b'{"format":"another","version":1}',
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_is_refused(data: bytes):
    assert refusal(data) == (
        "“team.workspace” is no exported workspace; choose a file that “Export” on the page Workspaces has "
        "made."
    )


def test_a_newer_file_is_refused():
    newer = rewritten(lambda written: written.update(version=VERSION + 1, documents="of another form"))

    assert refusal(newer) == (
        "“team.workspace” was exported by a newer version of the program; update this one first."
    )


def test_what_a_newer_version_keeps_in_a_file_is_refused_by_its_name():
    assert "“Sheaf” is nothing that this version of the program knows" in refusal(
        forged(lambda text: text.replace('{"Sheet":', '{"Sheaf":'))
    )


def test_a_file_that_unpacks_to_far_too_much_is_refused_before_it_is_all_in_memory():
    bomb = gzip.compress(b" " * 30_000_000)

    assert len(bomb) < 50_000
    assert refusal(bomb, most=10_000_000) == "“team.workspace” is too large: unpacked it has more than 10 MB."


DAMAGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda w: w.pop("version"), "it does not tell its version"),
    (lambda w: w.update(version=True), "it does not tell its version"),
    (lambda w: w.pop("documents"), "it holds no documents"),
    (lambda w: w["documents"].update({"a": 3}), "it holds no documents"),
    (lambda w: w.update(runs=[]), "it does not tell its plans"),
    (lambda w: w.update(runs={"r": {"asked": 1}}), "it does not tell its plans"),
    (
        lambda w: w.update(runs={"r": {"asked": w["workspace"], "value": w["workspace"]}}),
        "a plan in it is none",
    ),
    (lambda w: w.update(workspace=w["runs"]["r"]["value"]), "there is no workspace in it"),
    (lambda w: w.update(workspace=None), "The document None is missing"),
    (lambda w: w["documents"].pop(w["workspace"]), "is missing"),
    (lambda w: w["documents"].update({w["workspace"]: "{}"}), "it is not the text that was kept"),
]


@pytest.mark.parametrize("number", range(len(DAMAGES)))
def test_a_damaged_file_is_refused_with_what_is_wrong(number: int):
    change, said = DAMAGES[number]
    message = refusal(rewritten(change))

    assert message.startswith("“team.workspace” is damaged: ")
    assert said in message
    assert message.endswith("Export the workspace again.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"ranked":true', '"ranked":"yes"', "ranked holds what it cannot hold"),
        ('"seconds":10', '"seconds":[]', "Settings.seconds"),
        ('"version":', '"version":null,"x":', "Workspace.version"),
        ('{"PlanKind":"teams"}', '{"PlanKind":"crews"}', "cannot be read"),
        ('{"PlanKind":"teams"}', '{"Severity":"avoid"}', "kind"),
        ('"score":', '"score":"high","x":', "score"),
        ('["Aroha Tepania","Calm;', '["Calm;', "there is no workspace in it"),
    ],
)
def test_a_forged_file_is_refused_whose_values_are_of_other_types(old: str, new: str, said: str):
    data = forged(lambda text: text.replace(old, new))

    assert data != rewritten(lambda written: written)
    assert said in refusal(data)


def test_types_are_told_for_every_field_of_what_is_kept():
    check_types(whole().workspace)
    check_types(PlanDraft.of(sample_plan()))
    check_types(sample_plan())
    for wrong in (
        replace(sample(), past=["a"]),
        replace(sample(), shapes={("a",): 3}),
        replace(sample(), people=replace(sample().frictions, rows=((1, 2, 3, 4),))),
        replace(sample(), kept=(Kept("a", sample(), sample()),)),  # type: ignore[arg-type]
        [replace(sample(), own="none")],
        {"a": replace(sample_plan(), status="splendid")},
    ):
        with pytest.raises(WrongTypeError):
            check_types(wrong)


def workspace_or_refusal(data: bytes) -> Workspace | str:
    """What a file gives; nothing else may come of it."""
    try:
        return unpacked(data, "x").workspace
    except InputError as refused:
        return str(refused)


@settings(max_examples=150)
@given(st.booleans(), st.floats(0, 1), st.integers(0, 9), st.binary(max_size=6))
@example(True, 0, 0, b"")
def test_a_file_with_any_bytes_changed_is_read_or_refused(pack: bool, where: float, gone: int, more: bytes):
    source = packed(whole()) if pack else gzip.decompress(packed(whole()))
    place = round(where * len(source))

    found = workspace_or_refusal(source[:place] + more + source[place + gone :])

    assert "\n" not in found if isinstance(found, str) else CODEC.digest(found)


@settings(max_examples=40)
@given(st.data())
def test_a_file_forged_by_somebody_who_knows_its_form_is_read_or_refused(data: st.DataObject):
    marks = ['"', "[", "]", "{", "}", ",", ":", "true", "null", "1", '"Member"', '"Sheet"', '"Plan"']
    old, new = data.draw(st.sampled_from(marks)), data.draw(st.sampled_from([*marks, ""]))
    count = data.draw(st.integers(1, 3))
    found = workspace_or_refusal(forged(lambda text: text.replace(old, new, count)))

    assert found if isinstance(found, str) else found.found_rounds is not None


def test_the_format_has_not_changed_without_its_version():
    assert (FORMAT, VERSION) == ("complementary teams workspace", 1)
