"""The rows of the workspaces, their saves, and which browser knows which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Executable, Select, Update, delete, select, update

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.nodes import Texts, discard, fetch, keep, missing
from matcher.store.tables import browsers, insert_into, jobs, nodes, now, workspaces


@dataclass(frozen=True)
class Entry:
    """A workspace, without what is in it.

    Parameters
    ----------
    id
        It cannot be guessed: whoever knows it may open the workspace.
    name
        As its manager calls it; may be empty.
    version
        One more with every save, from 1 on.
    root
        Digest of the whole.
    people
        How many members it has.
    created, changed
        Milliseconds since the epoch.
    archived
        Since when, in the same unit; ``None`` when it is not.
    """

    id: str
    name: str
    version: int
    root: str
    people: int
    created: int
    changed: int
    archived: int | None


class Changed(Exception):  # noqa: N818 - that somebody else was quicker is no fault
    """Somebody else saved, or deleted, the workspace in between; nothing was kept.

    Parameters
    ----------
    now
        As it is now; ``None`` when it is gone.
    """

    def __init__(self, now: Entry | None) -> None:
        self.now = now
        super().__init__("The workspace was changed in between.")


_COLUMNS = (
    workspaces.c.id,
    workspaces.c.name,
    workspaces.c.version,
    workspaces.c.root,
    workspaces.c.people,
    workspaces.c.created,
    workspaces.c.changed,
    workspaces.c.archived,
)


class WorkspaceRows:
    """The workspaces of a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def find(self, id: str) -> Entry | None:
        """Return a workspace, ``None`` when there is none of this id."""
        with self.database.reading() as connection:
            return _entry(connection, _one(id))

    def save(
        self,
        id: str,
        root: str,
        documents: Texts,
        *,
        based_on: int | None,
        name: str | None = None,
        people: int = 0,
    ) -> Entry:
        """Keep a new state of a workspace, all of it or nothing.

        Parameters
        ----------
        id
            Of the workspace.
        root
            Digest of the whole.
        documents
            Everything that the root refers to, itself included. Those that are there already cost nothing.
        based_on
            The version that was changed; ``None`` makes the workspace.
        name
            Its new name; ``None`` leaves it as it is.
        people
            How many members it has.

        Raises
        ------
        Changed
            When it is no longer of that version.
        """
        ready = self._ready(id, documents, based_on)
        with self.database.writing() as connection:
            at = now()
            found = _entry(connection, _one(id).with_for_update(key_share=True))
            if (found and found.version) != based_on:
                raise Changed(found)
            if found is None:
                entry = _insert(connection, Entry(id, name or "", 1, root, people, at, at, None))
            else:
                values = {"version": found.version + 1, "root": root, "people": people, "changed": at}
                if name is not None:
                    values["name"] = name
                entry = _entry(connection, _row(id).values(values).returning(*_COLUMNS))
            if entry is None:  # somebody else was making it just now
                raise Changed(_entry(connection, _one(id)))
            keep(connection, id, {**documents, **ready})
            return entry

    def _ready(self, id: str, documents: Texts, based_on: int | None) -> Texts:
        """Make the texts that will be needed before the others have to wait; refuse early what is late."""
        with self.database.reading() as connection:
            found = _entry(connection, _one(id))
            if (found and found.version) != based_on:
                raise Changed(found)
            absent = missing(connection, id, documents)
        return {digest: partial(str, documents[digest]()) for digest in absent}

    def rename(self, id: str, name: str) -> Entry:
        """Give a workspace another name.

        Raises
        ------
        StoreError
            When there is no such workspace.
        """
        return self._set(id, name=name)

    def archive(self, id: str, archived: bool) -> Entry:
        """Put a workspace away, or take it out again.

        Raises
        ------
        StoreError
            When there is no such workspace.
        """
        return self._set(id, archived=now() if archived else None)

    def _set(self, id: str, **values: Any) -> Entry:
        with self.database.writing() as connection:
            return _there(_entry(connection, _row(id).values(values).returning(*_COLUMNS)))

    def delete(self, id: str) -> None:
        """Delete a workspace with everything that belongs to it; of one that is gone already, nothing."""
        with self.database.writing() as connection:
            connection.execute(delete(workspaces).where(workspaces.c.id == id))
        self.database.leave_no_trace()

    def all(self) -> list[Entry]:
        """Return every workspace, the one that was changed last first."""
        with self.database.reading() as connection:
            order = (workspaces.c.changed.desc(), workspaces.c.id)
            return [Entry(*row) for row in connection.execute(select(*_COLUMNS).order_by(*order))]

    # --- browsers

    def of_browser(self, browser: str) -> list[Entry]:
        """Return the workspaces that a browser has opened, the latest first.

        Parameters
        ----------
        browser
            SHA-256 of its cookie.
        """
        theirs = (
            select(*_COLUMNS)
            .join(browsers, browsers.c.workspace_id == workspaces.c.id)
            .where(browsers.c.browser == browser)
            .order_by(browsers.c.opened.desc(), workspaces.c.id)
        )
        with self.database.reading() as connection:
            return [Entry(*row) for row in connection.execute(theirs)]

    def opened(self, browser: str, id: str) -> None:
        """Note that a browser opened a workspace; one that is not kept yet is not noted."""
        with self.database.writing() as connection:
            if not keep(connection, id, {}):
                return
            at = now()
            row = insert_into(connection, browsers).values(browser=browser, workspace_id=id, opened=at)
            same = [browsers.c.browser, browsers.c.workspace_id]
            connection.execute(row.on_conflict_do_update(index_elements=same, set_={"opened": at}))

    def leave(self, browser: str, id: str) -> None:
        """Take a workspace off a browser's list."""
        with self.database.writing() as connection:
            row = (browsers.c.browser == browser) & (browsers.c.workspace_id == id)
            connection.execute(delete(browsers).where(row))

    # --- what nothing refers to any more

    def sweep(self, id: str) -> int:
        """Delete the documents to which neither the workspace nor a job of it leads; return how many."""
        with self.database.writing() as connection:
            found = _entry(connection, _one(id).with_for_update())  # no save and no job adds any meanwhile
            if found is None:
                return 0
            named = select(jobs.c.task, jobs.c.asked, jobs.c.result, jobs.c.error)
            roots = {found.root}
            for row in connection.execute(named.where(jobs.c.workspace_id == id)):
                roots |= {digest for digest in row if digest}
            all_ = set(connection.scalars(select(nodes.c.digest).where(nodes.c.workspace_id == id)))
            unused = all_ - _reachable(connection, id, roots)
            discard(connection, id, unused)
        if unused:
            self.database.leave_no_trace()
        return len(unused)


def _one(id: str) -> Select[Any]:
    return select(*_COLUMNS).where(workspaces.c.id == id)


def _row(id: str) -> Update:
    return update(workspaces).where(workspaces.c.id == id)


def _insert(connection: Connection, entry: Entry) -> Entry | None:
    """Make the row of a workspace and return it as it is kept; ``None`` when there is one of this id."""
    new = insert_into(connection, workspaces).values(vars(entry)).on_conflict_do_nothing()
    return _entry(connection, new.returning(*_COLUMNS))


def _entry(connection: Connection, one: Executable) -> Entry | None:
    row = connection.execute(one).one_or_none()
    return None if row is None else Entry(*row)


def _there(entry: Entry | None) -> Entry:
    if entry is None:
        raise StoreError("There is no such workspace any more; it was deleted in the meantime.")
    return entry


def _reachable(connection: Connection, id: str, roots: Collection[str]) -> set[str]:
    from matcher.store.documents import references

    seen: set[str] = set()
    ahead = set(roots)
    while ahead:
        seen |= ahead
        texts = fetch(connection, id, ahead)
        ahead = {digest for text in texts.values() for digest in references(text)} - seen
    return seen
