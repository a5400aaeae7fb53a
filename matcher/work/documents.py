"""What jobs hold, as documents in a database, and what is told of them while they are under way."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from matcher.store.nodes import Texts, fetch
from matcher.work.formats import CODEC

if TYPE_CHECKING:
    from matcher.plan.options import FormingProgress
    from matcher.plan.rotation import RotationProgress
    from matcher.store.database import Database

    Progress = FormingProgress | RotationProgress


class Documents:
    """Values that belong to workspaces, in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apart(self, *values: object) -> tuple[list[str], Texts]:
        """Return the digest of each value, and all documents that have to be kept for them.

        Raises
        ------
        DocumentError
            When one of them cannot be kept.
        """
        texts = {
            digest: partial(CODEC.text, node)
            for value in values
            for digest, node in CODEC.parts(value).items()
        }
        return [CODEC.digest(value) for value in values], texts

    def read(self, workspace: str, digest: str | None) -> Any:
        """Return a value of a workspace by its digest; nothing for none.

        Raises
        ------
        DocumentError
            When it is missing, damaged, or nothing that this version of the program knows.
        """
        if digest is None:
            return None
        with self._database.reading() as connection:
            return CODEC.read(digest, partial(fetch, connection, workspace))


def progress_text(progress: Progress, *, whole: bool) -> str:
    """Return what was told of a job, as it is kept while the job is under way.

    Parameters
    ----------
    progress
        What was told.
    whole
        Whether the groups of the best plan so far are kept too.
    """
    told = vars(progress)
    if not whole:
        told = {name: value for name, value in told.items() if name not in ("groups", "placed")}
    return json.dumps([type(progress).__name__, told])


def reached(best: Any, last: Any) -> Any:
    """Return the best plan so far with the lowest bound: bounds go on to fall after a plan was found.

    Parameters
    ----------
    best, last
        What was told with the plan, and last, by forming; ``None`` when nothing was.
    """
    if best is None or last is None:
        return best
    return replace(best, bound=min(best.bound, last.bound))


def progress_of(text: str | None) -> Any:
    """Return what was told of a job; ``None`` when nothing was."""
    if text is None:
        return None
    from matcher.plan.options import FormingProgress

    name, told = json.loads(text)
    if told.get("groups") is not None:
        told["groups"] = tuple(map(tuple, told["groups"]))
    if told.get("placed") is not None:
        told["placed"] = {group: tuple(keys) for group, keys in told["placed"].items()}
    if name == FormingProgress.__name__:
        return FormingProgress(**told)
    from matcher.plan.rotation import RotationProgress

    return RotationProgress(**told)
