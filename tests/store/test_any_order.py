"""Saves, copies, deletions and sweeps in any order, from tabs that know older versions."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from matcher.store.database import Database
from matcher.store.nodes import fetch
from matcher.store.workspaces import Changed, WorkspaceRows

PARTS = st.frozensets(st.sampled_from("abcdef"), min_size=1)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def whole(parts: frozenset[str]) -> tuple[str, dict[str, str]]:
    """A root that refers to its parts: its digest, and all documents."""
    texts = {digest(part): part for part in parts}
    root = "[" + ",".join(f'{{"@":"{name}"}}' for name in sorted(texts)) + "]"
    return digest(root), texts | {digest(root): root}


class AnyOrder(RuleBasedStateMachine):
    """Compares the database with a dict: the version and the parts of every workspace."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rows = WorkspaceRows(Database.open(str(Path(self.folder.name) / "kept")))
        self.kept: dict[str, tuple[int, frozenset[str]]] = {}
        self.made = 0

    def teardown(self) -> None:
        self.rows.database.close()
        self.folder.cleanup()

    def save(self, id: str, parts: frozenset[str], based_on: int | None) -> None:
        root, texts = whole(parts)
        documents = {name: lambda text=text: text for name, text in texts.items()}
        known = self.kept.get(id)
        if based_on == (known and known[0]):
            entry = self.rows.save(id, root, documents, based_on=based_on, people=len(parts))  # type: ignore[arg-type]
            self.kept[id] = (entry.version, parts)
            assert entry.version == (based_on or 0) + 1
            return
        with pytest.raises(Changed) as told:
            self.rows.save(id, root, documents, based_on=based_on)  # type: ignore[arg-type]
        assert (told.value.now and told.value.now.version) == (known and known[0])

    @rule(target=ids, parts=PARTS)
    def make(self, parts: frozenset[str]) -> str:
        self.made += 1
        self.save(f"w{self.made}", parts, None)
        return f"w{self.made}"

    @rule(id=ids, parts=PARTS, behind=st.integers(0, 2))
    def edit(self, id: str, parts: frozenset[str], behind: int) -> None:
        known = self.kept.get(id)
        self.save(id, parts, (known[0] if known else 1) - behind)

    @rule(id=ids)
    def delete(self, id: str) -> None:
        self.rows.delete(id)
        self.kept.pop(id, None)

    @rule(id=ids)
    def sweep(self, id: str) -> None:
        self.rows.sweep(id)

    @invariant()
    def everything_is_there(self) -> None:
        assert {entry.id: entry.version for entry in self.rows.all()} == {
            id: version for id, (version, _) in self.kept.items()
        }
        for id, (_, parts) in self.kept.items():
            entry, (root, texts) = self.rows.find(id), whole(parts)
            assert entry is not None
            assert entry.root == root
            with self.rows.database.reading() as connection:
                assert fetch(connection, id, texts) == texts


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=8, stateful_step_count=20)
