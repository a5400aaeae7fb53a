"""The documents of a workspace, by their digests.

A document never changes, so the same digest is the same text for good. What reads and writes them inside a
transaction takes its connection; :mod:`matcher.store.workspaces` and the queue build on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from matcher.store.tables import insert_into, nodes, workspaces

AT_ONCE = 500
"""Digests in one statement: databases limit how many values it may have."""

Texts = Mapping[str, Callable[[], str]]
"""Documents by their digests; a text is only made when it is missing."""


def fetch(connection: Connection, workspace_id: str, digests: Collection[str]) -> Mapping[str, str]:
    """Return the documents of these digests that are there.

    Parameters
    ----------
    connection
        In a transaction. To follow references, stay in one of :meth:`Database.reading`: it goes on seeing
        what was there when it began.
    workspace_id
        Whose they are.
    digests
        In any order.
    """
    found: dict[str, str] = {}
    for some in _portions(digests):
        rows = connection.execute(select(nodes.c.digest, nodes.c.text).where(_these(workspace_id, some)))
        found.update((digest, text) for digest, text in rows)
    return found


def missing(connection: Connection, workspace_id: str, digests: Collection[str]) -> set[str]:
    """Return those of these digests that have no document."""
    absent = set(digests)
    for some in _portions(digests):
        absent -= set(connection.scalars(select(nodes.c.digest).where(_these(workspace_id, some))))
    return absent


def keep(connection: Connection, workspace_id: str, documents: Texts) -> bool:
    """Write the documents that are missing.

    Call it before anything else in the transaction is written: it keeps the workspace from being swept or
    deleted until the end, and whoever waits for that must not hold what a deletion waits for.

    Returns
    -------
    bool
        Whether the workspace is there; without it nothing is kept.
    """
    held = select(workspaces.c.id).where(workspaces.c.id == workspace_id)
    if connection.scalar(held.with_for_update(read=True, key_share=True)) is None:
        return False
    rows = [
        {"workspace_id": workspace_id, "digest": digest, "text": documents[digest]()}
        for digest in sorted(missing(connection, workspace_id, documents))
    ]
    if rows:
        new = insert_into(connection, nodes).on_conflict_do_nothing()  # a job may be writing the same
        connection.execute(new, rows)
    return True


def discard(connection: Connection, workspace_id: str, digests: Collection[str]) -> None:
    """Delete documents."""
    for some in _portions(digests):
        connection.execute(delete(nodes).where(_these(workspace_id, some)))


def _these(workspace_id: str, digests: list[str]) -> ColumnElement[bool]:
    return and_(nodes.c.workspace_id == workspace_id, nodes.c.digest.in_(digests))


def _portions(digests: Collection[str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while some := list(islice(rest, AT_ONCE)):
        yield some
