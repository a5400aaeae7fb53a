"""A workspace as one file, to be put away or opened elsewhere.

The file is JSON, compressed by gzip: its format and version, what the workspace is called, the documents of
everything in it (:mod:`matcher.store.documents`), and which of them is the workspace and which are the plans
and answers that it refers to. Members' links and answers that nobody has taken over stay where they are.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from matcher.work.jobs import JobManager

FORMAT, VERSION = "complementary teams workspace", 1
SUFFIX = ".workspace"
"""How the file's name ends."""

MOST_BYTES = 1_000_000_000
"""Bytes that a file may have once it is unpacked: ten times a workspace of 10,000 members with its plans."""

_GZIP = b"\x1f\x8b"
_NO_NAME = re.compile(r"[^\w -]+")


@dataclass(frozen=True)
class Run:
    """What a job was given to remember, and what has come of it."""

    asked: Any
    value: Any


@dataclass(frozen=True)
class Carried:
    """A workspace with all that it refers to.

    Parameters
    ----------
    workspace
        The workspace, without its id.
    name
        What it is called.
    runs
        The jobs that it refers to and that have ended with something, by their ids.
    """

    workspace: Workspace
    name: str = ""
    runs: Mapping[str, Run] = field(default_factory=dict)


def packed(carried: Carried) -> bytes:
    """Return a workspace as a file; the same workspace is the same file."""
    from matcher.work.formats import CODEC

    roots = [carried.workspace, *(part for run in carried.runs.values() for part in (run.asked, run.value))]
    documents = {digest: CODEC.text(node) for root in roots for digest, node in CODEC.parts(root).items()}
    written = {
        "format": FORMAT,
        "version": VERSION,
        "name": carried.name,
        "workspace": CODEC.digest(carried.workspace),
        "runs": {
            id_: {"asked": CODEC.digest(run.asked), "value": CODEC.digest(run.value)}
            for id_, run in carried.runs.items()
        },
        "documents": documents,
    }
    text = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode("ascii"), 6, mtime=0)


def unpacked(data: bytes, name: str, *, most: int = MOST_BYTES) -> Carried:
    """Return the workspace that a file holds.

    Parameters
    ----------
    data, name
        The file, and what messages call it.
    most
        Bytes that it may have once it is unpacked.

    Raises
    ------
    InputError
        When it is no such file, damaged, too large, or written by a newer version.
    """
    from matcher.store.documents import DocumentError
    from matcher.work.formats import CODEC
    from matcher.work.typed import WrongTypeError, check_types

    written = _written(data, name, most)
    documents, roots = _documents(written, name)

    def fetch(digests: Collection[str]) -> Mapping[str, str]:
        return {digest: documents[digest] for digest in digests if digest in documents}

    def value(digest: object) -> Any:
        found = CODEC.read(str(digest), fetch)
        check_types(found)
        return found

    try:
        workspace = value(written.get("workspace"))
        runs = {id_: Run(value(run["asked"]), value(run["value"])) for id_, run in roots.items()}
    except (DocumentError, WrongTypeError) as error:
        raise InputError(f"“{name}” is damaged: {error} Export the workspace again.") from None
    if not isinstance(workspace, Workspace) or not _readable(workspace):
        raise InputError(f"“{name}” is damaged: there is no workspace in it. Export the workspace again.")
    if not all(map(_belongs, runs.values())):
        raise InputError(f"“{name}” is damaged: a plan in it is none. Export the workspace again.")
    return Carried(workspace, str(written.get("name", ""))[:200], runs)


def _written(data: bytes, name: str, most: int) -> dict[str, Any]:
    """Return what a file says, as far as it is one of ours and of a version that is known here."""
    foreign = InputError(
        f"“{name}” is no exported workspace; choose a file that “Export” on the page Workspaces has made."
    )
    try:
        text = gzip.GzipFile(fileobj=io.BytesIO(data)).read(most + 1) if data.startswith(_GZIP) else data
        if len(text) > most:
            raise InputError(f"“{name}” is too large: unpacked it has more than {most // 1_000_000} MB.")
        written = json.loads(text)
    except (OSError, EOFError, zlib.error):
        raise InputError(f"“{name}” is damaged: it cannot be unpacked. Export the workspace again.") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise foreign from None
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        raise foreign
    version = written.get("version")
    if type(version) is not int or version < 1:
        raise InputError(f"“{name}” is damaged: it does not tell its version. Export the workspace again.")
    if version > VERSION:
        raise InputError(f"“{name}” was exported by a newer version of the program; update this one first.")
    return written


def _documents(written: Mapping[str, Any], name: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the documents of a file, and what is told of the runs."""
    documents, runs = written.get("documents"), written.get("runs")
    if not isinstance(documents, dict) or not {str}.issuperset(map(type, documents.values())):
        raise InputError(f"“{name}” is damaged: it holds no documents. Export the workspace again.")
    told = isinstance(runs, dict) and all(
        isinstance(run, dict) and {"asked", "value"} <= run.keys() for run in runs.values()
    )
    if not told:
        raise InputError(f"“{name}” is damaged: it does not tell its plans. Export the workspace again.")
    return documents, runs or {}


def _readable(workspace: Workspace) -> bool:
    """Return whether something can be made of all tables, mistakes of a manager's included."""
    tables = (*(used.sheet for used in workspace.rounds), workspace.people, workspace.network)
    more = (workspace.frictions, workspace.rules, workspace.projects)
    sheets = [table for table in (*tables, *more) if table is not None]
    return all(len(row) == len(sheet.header) for sheet in sheets for row in sheet.rows)


def _belongs(run: Run) -> bool:
    """Return whether a job that was given this ends with that."""
    from matcher.plan.plan import Plan
    from matcher.plan.questions import Answer
    from matcher.plan.rotation import Rotation
    from matcher.work.rotations import Asked
    from matcher.work.runs import Question

    if isinstance(run.asked, Question) and isinstance(run.value, tuple | list):
        return all(isinstance(plan, Plan) for plan in run.value)
    kinds = {Workspace: Plan, Asked: Rotation, Question: Answer}
    wanted = kinds.get(type(run.asked))
    return wanted is not None and isinstance(run.value, wanted)


# --- what the server keeps ------------------------------------------------------------------------


def export(id_: str) -> tuple[str, bytes]:
    """Return the name of a file, and the file, with a workspace that is kept here and all it refers to.

    Raises
    ------
    InputError
        When there is no such workspace any more.
    """
    from matcher.work.server import server

    workspaces = server().workspaces
    entry, workspace = workspaces.rows.find(id_), workspaces.get(id_)
    if entry is None or workspace is None:
        raise InputError("This workspace was deleted; there is nothing to export.")
    carried = Carried(replace(workspace, id=""), entry.name, _runs(server().jobs, workspace))
    stem = " ".join(_NO_NAME.sub(" ", entry.name).split())[:60].strip()
    return f"{stem or 'workspace'}{SUFFIX}", packed(carried)


def bring_along(data: bytes, name: str) -> str:
    """Keep the workspace that a file holds as a new one; return its id.

    Raises
    ------
    InputError
        When the file cannot be used; see :func:`unpacked`.
    """
    from matcher.work.server import server

    carried = unpacked(data, name)
    workspaces, jobs = server().workspaces, server().jobs
    id_ = workspaces.begin(_referring(carried.workspace, lambda _: None), carried.name)
    try:
        new = {old: jobs.add(run.value, run.asked, workspace=id_) for old, run in carried.runs.items()}
        if new:
            whole = _referring(carried.workspace, new.get)
            workspaces.change(id_, lambda _: whole)
    except BaseException:
        workspaces.delete(id_)  # a part of a workspace is none
        raise
    return id_


def _runs(jobs: JobManager, workspace: Workspace) -> dict[str, Run]:
    found: dict[str, Run] = {}
    for id_ in _ids(workspace):
        look = jobs.look(id_)
        if look is not None and look.value is not None:
            found[id_] = Run(look.asked, look.value)
    return found


def _ids(workspace: Workspace) -> Iterable[str]:
    ids = (*workspace.past, workspace.run, workspace.question, workspace.ahead)
    return dict.fromkeys(id_ for id_ in ids if id_)


def _referring(workspace: Workspace, new: Callable[[str], str | None]) -> Workspace:
    """Return a workspace that refers to its jobs by other ids; those that are nowhere are left out."""
    past = tuple(id_ for old in workspace.past if (id_ := new(old)))
    run, question, ahead = (new(id_) or "" for id_ in (workspace.run, workspace.question, workspace.ahead))
    if not run and past:
        *past_, run = past
        past = tuple(past_)
    return replace(workspace, id="", past=past, run=run, question=question, ahead=ahead)
