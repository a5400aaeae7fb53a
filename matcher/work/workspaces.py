"""What the server keeps of everybody who uses it."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from matcher.work.workspace import Workspace


class Workspaces:
    """The workspaces of everybody who uses this server, by an id that cannot be guessed.

    Kept in memory: they outlive a reload and are found from a second tab, not after a restart.

    Parameters
    ----------
    most
        How many are kept; the one that was not used for the longest time goes first.
    """

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[str, Workspace] = OrderedDict()

    def open(self) -> str:
        """Return the id of a new, empty workspace."""
        id_ = secrets.token_urlsafe(16)
        self.put(id_, Workspace())
        return id_

    def get(self, id_: str) -> Workspace | None:
        """Return a workspace, or ``None`` when there is none of this id."""
        with self._lock:
            if id_ in self._kept:
                self._kept.move_to_end(id_)
            return self._kept.get(id_)

    def put(self, id_: str, workspace: Workspace) -> None:
        """Keep a workspace."""
        with self._lock:
            self._kept[id_] = workspace
            self._kept.move_to_end(id_)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
