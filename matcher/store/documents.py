"""Values as documents: taken apart into texts that are named by what they say, and put together again.

A value that is kept is a tree of frozen dataclasses, tuples, lists, dicts, frozensets, enums, dates and plain
values, with parts that several trees share. Some classes are *nodes*: each of their objects is a document of
its own, named by the SHA-256 of its text, and stands in other documents as a reference. So a change writes
only what is another than before, equal parts are kept once, and one document is one object while it is used.

How one document is written is in :mod:`matcher.store.notation`.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from weakref import WeakValueDictionary, ref

from matcher.store.notation import ClassName, DocumentError, Hook, Kinds, Writer, read, refusal

__all__ = ["Codec", "DocumentError", "Fetch", "Hook", "references"]

AT_HAND = 48_000_000
"""Characters of the documents whose objects, and as many whose texts, are kept at hand."""

_REFERENCE = re.compile(
    r'\{"@":"([0-9a-f]{64})"\}'
)  # cannot stand inside a text, whose quotes have backslashes

Fetch = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the texts of documents by their digests, as many of them as there are."""


def references(text: str) -> set[str]:
    """Return the digests of the documents that a document refers to."""
    return set(_REFERENCE.findall(text))


class Codec:
    """Takes values of known classes apart into documents and puts them together again.

    Objects are taken for what never changes. All methods may be called from several threads.

    Parameters
    ----------
    classes
        Dataclasses, enums and classes with a hook that may be kept, by their names, which differ from each
        other. A text ``module:Class`` stands for one that is imported when it is first needed.
    nodes
        Those of them, or further ones, whose objects are documents of their own.
    hooks
        How objects are taken apart whose fields are not the way; their classes are named as above.
    at_hand
        Characters of documents that are kept at hand.

    Raises
    ------
    ValueError
        When two classes have one name.
    """

    def __init__(
        self,
        classes: Iterable[ClassName],
        nodes: Iterable[ClassName],
        hooks: Mapping[Any, Hook] | None = None,
        *,
        at_hand: int = AT_HAND,
    ) -> None:
        self.kinds = Kinds(classes, nodes, hooks or {})
        self._known: dict[int, _Known] = {}
        self._lock = threading.Lock()
        self._in_use: WeakValueDictionary[str, Any] = WeakValueDictionary()
        self._recent, self._texts = _Recent(at_hand), _Recent(at_hand)

    # --- taking apart -----------------------------------------------------------------------------

    def digest(self, value: object) -> str:
        """Return the name of a value's document; of an object that was asked about before, at once.

        Raises
        ------
        DocumentError
            When something in it cannot be kept; says where it stands.
        """
        return self._look(value).digest

    def parts(self, value: object) -> dict[str, object]:
        """Return what has to be kept for a value: all nodes that it is made of, and itself, by digest."""
        found: dict[str, object] = {}
        waiting = [value]
        while waiting:
            node = waiting.pop()
            known = self._look(node)
            if known.digest not in found:
                found[known.digest] = node
                waiting += known.parts
        return found

    def text(self, node: object) -> str:
        """Return the document of a value: ASCII JSON."""
        digest = self._look(node).digest
        with self._lock:
            text: str | None = self._texts.get(digest)
        return self._written(node, Writer(self.kinds, node)) if text is None else text

    def _look(self, value: object) -> _Known:
        if (known := self._before(value)) is not None:
            return known
        # parts before what is made of them, without recursion: a plan may begin from one that began from …
        waiting = [value]
        begun: dict[int, Writer] = {}
        while True:
            node = waiting[-1]
            if (known := self._before(node)) is None:
                if unknown := self._unknown(node, begun):
                    waiting += unknown
                    continue
                known = self._remember(node, begun.pop(id(node)))
            waiting.pop()
            if not waiting:
                return known

    def _unknown(self, node: object, begun: dict[int, Writer]) -> list[object]:
        """Begin to write a node; return the nodes in it that have to be written before."""
        if again := id(node) in begun:
            writer = begun[id(node)]
        else:
            try:
                writer = begun[id(node)] = Writer(self.kinds, node)
            except (TypeError, ValueError, RecursionError) as error:
                raise DocumentError(refusal(self.kinds, node, error)) from None
        unknown = [part for part in writer.parts if self._before(part) is None]
        if again and unknown:
            raise DocumentError(f"A {type(node).__name__} is a part of itself and cannot be kept.")
        return unknown

    def _written(self, node: object, writer: Writer) -> str:
        try:
            return writer.text(self.digest)
        except (TypeError, ValueError, RecursionError) as error:
            raise DocumentError(refusal(self.kinds, node, error)) from None

    def _before(self, value: object) -> _Known | None:
        known = self._known.get(id(value))
        return known if known is not None and known.of() is value else None

    def _remember(self, node: object, writer: Writer) -> _Known:
        text, key = self._written(node, writer), id(node)
        digest = sha256(text.encode()).hexdigest()
        self._hold(digest, node, len(text))
        with self._lock:
            self._texts.put(digest, text, len(text))
        if not hasattr(node, "__dict__"):  # a tuple of nodes, say, of which nothing can be remembered
            return _Known(lambda: None, digest, writer.parts)
        known = _Known(ref(node, lambda _: self._known.pop(key, None)), digest, writer.parts)
        self._known[key] = known
        return known

    def same(self, node: Any) -> Any:
        """Return the object that is read for a node's document: itself, unless an equal one is in use."""
        digest = self.digest(node)
        with self._lock:
            first = self._first(digest)
        return node if first is None else first

    # --- putting together -------------------------------------------------------------------------

    def read(self, digest: str, fetch: Fetch) -> Any:
        """Return the value of a document; of one that is in use, the very object.

        Parameters
        ----------
        digest
            The document's name.
        fetch
            Gives the texts of documents, several at once.

        Raises
        ------
        DocumentError
            When a document is missing or damaged, or has a class that is not known here.
        """
        found: dict[str, Any] = {}
        texts: dict[str, str] = {}
        wanted = {digest}
        while wanted:
            found |= (held := self._held(wanted))
            if wanted := wanted - held.keys():
                fetched = _checked(wanted, fetch(wanted))
                texts |= fetched
                further = set[str]().union(*map(references, fetched.values()))
                wanted = further - texts.keys() - found.keys()
        waiting = [digest]
        while (name := waiting[-1]) not in found or len(waiting) > 1:
            if name in found:
                waiting.pop()
            # no document is a part of itself: its name is made from its text
            elif missing := references(texts[name]) - found.keys():
                waiting += missing
            else:
                found[name] = self._hold(name, self._value(name, texts[name], found), len(texts[name]))
        return found[digest]

    @staticmethod
    def references(text: str) -> set[str]:
        """Return the digests of the documents that a document refers to."""
        return references(text)

    def _value(self, digest: str, text: str, found: Mapping[str, Any]) -> Any:
        try:
            return read(self.kinds, text, found)
        except DocumentError as error:
            raise DocumentError(
                f"The document {digest[:12]} cannot be read: {str(error).rstrip('.')}."
            ) from error

    def _held(self, digests: Collection[str]) -> dict[str, Any]:
        with self._lock:
            values = {name: self._first(name) for name in digests}
        return {name: value for name, value in values.items() if value is not None}

    def _hold(self, digest: str, value: Any, size: int) -> Any:
        """Return the one object of a document: the first that was made, as long as it is in use."""
        with self._lock:
            first = self._first(digest)
            if first is None:
                first = value
                if hasattr(value, "__dict__"):
                    self._in_use[digest] = value
            self._recent.put(digest, first, size)
            return first

    def _first(self, digest: str) -> Any:
        recent = self._recent.get(digest)
        return self._in_use.get(digest) if recent is None else recent


class _Known(NamedTuple):
    """What was found out about an object: its digest, and the nodes that it is made of."""

    of: Callable[[], object]
    digest: str
    parts: tuple[object, ...]


class _Recent:
    """What was used last, up to so many characters; the lock is its owner's."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()

    def get(self, digest: str) -> Any:
        if digest not in self._kept:
            return None
        self._kept.move_to_end(digest)
        return self._kept[digest][0]

    def put(self, digest: str, value: Any, size: int) -> None:
        self._size += size - self._kept.pop(digest, (None, 0))[1]
        self._kept[digest] = value, size
        while self._size > self._most:
            self._size -= self._kept.popitem(last=False)[1][1]


def _checked(wanted: Iterable[str], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that are wanted, each the one that its name was made from."""
    found = {}
    for name in wanted:
        if name not in texts:
            raise DocumentError(f"The document {name[:12]} is missing.")
        if sha256(texts[name].encode(errors="surrogatepass")).hexdigest() != name:
            raise DocumentError(f"The document {name[:12]} is damaged: it is not the text that was kept.")
        found[name] = texts[name]
    return found
