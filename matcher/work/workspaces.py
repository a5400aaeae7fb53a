"""The workspaces of everybody, as the database keeps them, and at hand while they are used."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from threading import Lock, RLock
from typing import TYPE_CHECKING

from matcher.people.errors import InputError
from matcher.store.errors import StoreError
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.store.database import Database
    from matcher.store.documents import Codec
    from matcher.store.workspaces import Entry

UNTITLED = "Untitled"
"""What a workspace is called that nobody has named, and no file has named for them."""

AT_HAND = 200
"""Workspaces that are kept as objects; others are read again when they are asked for."""

SWEEP_EVERY = 100
"""Saves after which the documents to which nothing leads any more are deleted."""

_TURNS = 64
_TRIES = 50


class NoWorkspace(InputError):  # noqa: N818 - it says what is, and pages show it as any other sentence
    """There is no workspace of this id, or no longer."""


class Workspaces:
    """The workspaces in a database, by ids that cannot be guessed.

    Whatever is changed is in the database when the call returns. Within a server changes of one workspace
    take turns; when another process was quicker, the change is made again from what that one left.

    Parameters
    ----------
    database
        Where they are kept.
    at_hand
        How many are kept as objects, so that they are not read again; the one that was not used for the
        longest time goes first.
    codec
        What takes them apart; the one that all share, if not given.
    """

    def __init__(self, database: Database, at_hand: int = AT_HAND, codec: Codec | None = None) -> None:
        from matcher.store.workspaces import WorkspaceRows
        from matcher.work.formats import CODEC

        self.rows = WorkspaceRows(database)
        self._database, self._codec, self._most = database, codec or CODEC, at_hand
        self._lock = Lock()
        self._at_hand: OrderedDict[str, tuple[str, Workspace]] = OrderedDict()  # with the root's digest
        self._turns = [RLock() for _ in range(_TURNS)]

    @staticmethod
    def new_id() -> str:
        """Return an id for a workspace that is not there yet; nothing is kept for it."""
        return secrets.token_urlsafe(16)

    def get(self, id_: str) -> Workspace | None:
        """Return a workspace, or ``None`` when there is none of this id.

        As long as nobody changes it, it is the same object each time.
        """
        while (entry := self.rows.find(id_)) is not None:
            try:
                return self._read(entry)
            except StoreError:
                now = self.rows.find(id_)  # it may have been changed, and swept, between the two
                if now is not None and now.root == entry.root:
                    raise
        return None

    def change(self, id_: str, change: Callable[[Workspace], Workspace], *, begin: bool = False) -> Workspace:
        """Change a workspace as it is now, and return it once it is kept.

        Parameters
        ----------
        id_
            Which.
        change
            Takes the workspace and returns another, or the same when there is nothing to keep. It may be
            called again when another process changed the workspace at that very moment.
        begin
            Whether a workspace that is not there is made.

        Raises
        ------
        NoWorkspace
            When there is none of this id, and none is to be made.
        """
        from matcher.store.workspaces import Changed

        with self._turns[hash(id_) % _TURNS]:
            for _ in range(_TRIES):
                entry = self.rows.find(id_)
                if entry is None and not begin:
                    raise NoWorkspace(
                        "This workspace was deleted, in another tab or by somebody else; nothing is kept in "
                        "it any more. Open another one on the page Workspaces."
                    )
                before = Workspace(id=id_) if entry is None else self._read(entry)
                after = change(before)
                if after is before:
                    return before
                try:
                    return self._save(id_, entry, after)
                except Changed:
                    continue
        raise StoreError("Too many others are changing this workspace right now; try again.")

    def put(self, id_: str, workspace: Workspace) -> None:
        """Keep a workspace, whatever was kept of it before."""
        self.change(id_, lambda _: workspace, begin=True)

    def begin(self, workspace: Workspace, name: str = "") -> str:
        """Keep a new workspace and return its id."""
        id_ = self.new_id()
        self.put(id_, workspace)
        if name:
            self.rows.rename(id_, name)
        return id_

    def delete(self, id_: str) -> None:
        """Delete a workspace with all that belongs to it, for everybody who has its link."""
        self.rows.delete(id_)
        with self._lock:
            self._at_hand.pop(id_, None)

    def _read(self, entry: Entry) -> Workspace:
        from matcher.store.documents import DocumentError
        from matcher.store.nodes import fetch

        with self._lock:
            root, found = self._at_hand.get(entry.id, ("", None))
        if found is None or root != entry.root:
            try:
                with self._database.reading() as connection:
                    found = self._codec.read(entry.root, lambda some: fetch(connection, entry.id, some))
            except DocumentError as error:
                raise StoreError(
                    f"The workspace “{called(entry)}” cannot be read: {error} If a newer version of the "
                    "program wrote it, update this one; otherwise bring back the last backup."
                ) from None
            found = _of(entry.id, found)
        self._hold(entry, found)
        return found

    def _save(self, id_: str, entry: Entry | None, after: Workspace) -> Workspace:
        after = _of(id_, after)
        codec = self._codec
        nodes = codec.parts(after)
        saved = self.rows.save(
            id_,
            codec.digest(after),
            {digest: partial(codec.text, node) for digest, node in nodes.items()},
            based_on=entry.version if entry else None,
            name=None if entry and entry.name else name_of(after),
            people=len(after.roster.members) if after.roster else 0,
        )
        self._hold(saved, after)
        if saved.version % SWEEP_EVERY == 0:
            self.rows.sweep(id_)
        return after

    def _hold(self, entry: Entry, workspace: Workspace) -> None:
        with self._lock:
            self._at_hand[entry.id] = entry.root, workspace
            self._at_hand.move_to_end(entry.id)
            while len(self._at_hand) > self._most:
                self._at_hand.popitem(last=False)


def _of(id_: str, workspace: Workspace) -> Workspace:
    """Return a workspace under the id that it is kept under: a copy was kept under another."""
    return workspace if workspace.id == id_ else replace(workspace, id=id_)


def name_of(work: Workspace) -> str:
    """Return the name of the file that the roster came from first, without its ending; empty without one."""
    first = (*work.sources, work.brought)[0].name
    path = PurePath(first)
    return path.stem.strip() if path.suffix else ""


def called(entry: Entry) -> str:
    """Return what a workspace is called."""
    return entry.name or UNTITLED
