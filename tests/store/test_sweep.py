"""Documents to which nothing leads any more go; whatever is needed stays."""

from __future__ import annotations

import threading
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from matcher.store.database import Database
from matcher.store.nodes import Texts, keep
from matcher.store.tables import jobs, nodes
from matcher.store.workspaces import WorkspaceRows


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def document(name: str, *others: str) -> Texts:
    """A document that refers to others, all by names."""
    references = ",".join(f'{{"@":"{digest(other)}"}}' for other in others)
    return {digest(name): lambda: f'["{name}",{references}]'}


def left(database: Database, id: str) -> set[str]:
    with database.reading() as connection:
        return set(connection.scalars(select(nodes.c.digest).where(nodes.c.workspace_id == id)))


def digests(*names: str) -> set[str]:
    return {digest(name) for name in names}


def a_job(database: Database, **named: str) -> None:
    row = {"id": "j", "workspace_id": "w", "kind": "form", "state": "running", "created": 0}
    with database.writing() as connection:
        connection.execute(insert(jobs), row | {column: digest(name) for column, name in named.items()})


def test_what_the_workspace_leads_to_stays_and_the_rest_goes(rows: WorkspaceRows):
    old = document("old", "roster", "old rules") | document("old rules") | document("roster")
    rows.save("w", digest("old"), old, based_on=None)
    rows.save("other", digest("old"), old, based_on=None)
    rows.save("w", digest("new"), document("new", "roster"), based_on=1)

    assert rows.sweep("w") == 2
    assert left(rows.database, "w") == digests("new", "roster")
    assert left(rows.database, "other") == digests("old", "old rules", "roster")
    assert rows.sweep("w") == 0


def test_what_a_job_leads_to_stays_until_the_job_goes(rows: WorkspaceRows):
    parts = ("task", "asked", "result", "error")
    kept = document("root")
    for part in parts:
        kept |= document(part, f"{part}'s") | document(f"{part}'s")
    rows.save("w", digest("root"), kept, based_on=None)
    a_job(rows.database, **dict(zip(parts, parts, strict=True)))

    assert rows.sweep("w") == 0
    with rows.database.writing() as connection:
        connection.execute(update(jobs).values(task=None, result=None))
    assert rows.sweep("w") == 4
    assert left(rows.database, "w") == digests("root", "asked", "asked's", "error", "error's")


def test_a_document_that_is_missing_stops_no_sweep(rows: WorkspaceRows):
    rows.save("w", digest("root"), document("root", "lost") | document("unused"), based_on=None)

    assert rows.sweep("w") == 1
    assert left(rows.database, "w") == digests("root")


def test_what_was_swept_is_written_again_when_it_comes_back(rows: WorkspaceRows):
    rows.save("w", digest("a"), document("a"), based_on=None)
    rows.save("w", digest("b"), document("b"), based_on=1)
    rows.sweep("w")

    rows.save("w", digest("a"), document("a"), based_on=2)

    assert left(rows.database, "w") == digests("a", "b")


def test_what_is_swept_while_its_save_is_prepared_is_written_all_the_same(rows: WorkspaceRows):
    rows.save("w", digest("root"), document("root") | document("part"), based_on=None)

    def slow() -> str:  # it is asked for when the part was seen to be there
        rows.sweep("w")
        return next(iter(document("new", "part").values()))()

    rows.save("w", digest("new"), {digest("new"): slow} | document("part"), based_on=1)

    assert left(rows.database, "w") >= digests("new", "part")


def test_a_sweep_waits_for_a_job_that_is_being_written(rows: WorkspaceRows):
    database = rows.database
    rows.save("w", digest("root"), document("root") | document("result"), based_on=None)
    sweeper = threading.Thread(target=rows.sweep, args=("w",))

    with database.writing() as connection:
        assert keep(connection, "w", document("result"))  # it is there, and nothing leads to it yet
        sweeper.start()
        sweeper.join(0.2)  # it would be through by now
        assert sweeper.is_alive()
        row = {"id": "j", "workspace_id": "w", "kind": "form", "state": "finished", "created": 0}
        connection.execute(insert(jobs), row | {"result": digest("result")})
    sweeper.join()

    assert left(database, "w") == digests("root", "result")


@settings(max_examples=40)
@given(
    edges=st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh")), min_size=1),
    jobs_on=st.sets(st.sampled_from("abcdefgh"), max_size=2),
    data=st.data(),
)
def test_a_sweep_leaves_just_what_can_be_reached(database_of_all, edges, jobs_on, data):
    rows = WorkspaceRows(database_of_all)
    root = data.draw(st.sampled_from(sorted(edges)))
    kept: dict[str, object] = {}
    for name, others in edges.items():
        kept |= document(name, *sorted(others))
    rows.save("w", digest(root), kept, based_on=None)  # type: ignore[arg-type]
    with database_of_all.writing() as connection:
        for name in jobs_on:
            row = {"id": name, "workspace_id": "w", "kind": "k", "state": "queued", "created": 0}
            connection.execute(insert(jobs), row | {"asked": digest(name)})

    reached, ahead = set(), {root, *jobs_on}
    while ahead:
        reached |= ahead
        ahead = {other for name in ahead for other in edges.get(name, ())} - reached
    swept = rows.sweep("w")

    assert left(database_of_all, "w") == digests(*(reached & edges.keys()))
    assert swept == len(edges.keys() - reached)
    rows.delete("w")
