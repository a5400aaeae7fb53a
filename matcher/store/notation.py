r"""How one value is written down as JSON, and read again.

A JSON array is a tuple, and a JSON object has one key that says what it is::

    {"Member":{"name":"Ann", …}}                 a dataclass by its fields, or what its hook makes of it
    {"Severity":"never"}                         an enum by its value
    {"dict":[["goal","high"]]}                   a dict in its order, with keys of any kind
    {"@":"9f86d08…"}                             another document, by its digest
    {"list":[]} {"frozenset":[]} {"bytes":""} {"float":"inf"} {"date":"2026-01-05"}
    {"joined":["\ud83d","\ude00"]}               a text with halves of characters that JSON would join
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from typing import Any

ClassName = type | str
"""A class, or ``module:Class`` for one that is imported when it is first needed."""

_AS_THEY_ARE = frozenset((str, int, bool, type(None)))
_NO_TEXTS = _AS_THEY_ARE - {str}
_NESTED = frozenset((list, dict))
_HALVES = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")
_TAGS = frozenset(("@", "list", "dict", "frozenset", "bytes", "float", "date", "joined"))


class DocumentError(ValueError):
    """A document that cannot be read, or a value that cannot be kept; says which and why."""


@dataclass(frozen=True)
class Hook:
    """How objects of a class are taken apart and put together when their fields are not the way.

    Parameters
    ----------
    apart
        Gives what is kept of an object, by names; nodes among it are the same objects each time.
    together
        Makes an object of it; names that a later version has added may be missing.
    """

    apart: Callable[[Any], Mapping[str, object]]
    together: Callable[[Mapping[str, Any]], Any]


class Way:
    """How objects of one class are kept.

    Parameters
    ----------
    kind
        A dataclass, an enum, or a class with a hook.
    is_node
        Whether each of its objects is a document of its own.
    hook
        How they are taken apart and put together when their fields are not the way.

    Attributes
    ----------
    by_fields
        Whether their fields are the way.
    """

    def __init__(self, kind: type, is_node: bool, hook: Hook | None) -> None:
        self.name, self.is_node, self._kind, self._hook = kind.__name__, is_node, kind, hook
        self._is_enum, self.by_fields = issubclass(kind, Enum), hook is None and is_dataclass(kind)
        if not (hook or self._is_enum or is_dataclass(kind)):
            raise TypeError(f"{self.name} is no dataclass and no enum; it needs a hook to be kept.")
        if is_node and not kind.__weakrefoffset__:
            raise TypeError(f"{self.name} has slots and no __weakref__, so it cannot be a document.")
        # what has no say in whether two objects are equal is derived, not kept
        kept = [f for f in fields(kind) if f.init and f.compare] if is_dataclass(kind) else []
        self._fields = tuple(f.name for f in kept)
        needed = (f.name for f in kept if f.default is MISSING and f.default_factory is MISSING)
        self._needed = frozenset(needed)

    def apart(self, value: Any, write: Callable[[object], Any]) -> Any:
        """Return what stands for an object in a document, behind the name of its class."""
        if self._is_enum:
            return write(value.value)
        return {name: write(part) for name, part in self.pieces(value).items()}

    def pieces(self, value: Any) -> Mapping[str, object]:
        """Return what is kept of an object, by names."""
        if self._hook:
            return self._hook.apart(value)
        return {name: getattr(value, name) for name in self._fields}

    def together(self, content: Any, read: Callable[[Any], Any]) -> Any:
        """Return the object of which that was written."""
        if self._is_enum:
            return self._kind(read(content))
        if self._hook:
            return self._hook.together({name: read(part) for name, part in content.items()})
        if missing := sorted(self._needed - content.keys()):
            raise DocumentError(f"a {self.name} lacks “{missing[0]}”")
        return self._kind(**{name: read(content[name]) for name in self._fields if name in content})


class Kinds:
    """The classes whose objects may be kept; see :class:`matcher.store.documents.Codec`."""

    def __init__(
        self, classes: Iterable[ClassName], nodes: Iterable[ClassName], hooks: Mapping[Any, Hook]
    ) -> None:
        self._classes: dict[str, ClassName] = {}
        nodes = tuple(nodes)
        for given in (*classes, *nodes, *hooks):
            name = _name(given)
            if name in _TAGS or self._classes.setdefault(name, given) != given:
                raise ValueError(f"Two kept classes are called {name}; give one of them another name.")
        self._nodes = frozenset(map(_name, nodes))
        self._hooks = {_name(given): hook for given, hook in hooks.items()}
        self._ways: dict[type, Way] = {}

    def way(self, kind: type) -> Way | None:
        """Return how objects of a class are kept; ``None`` when they may not be."""
        if kind not in self._ways:
            name = kind.__name__
            if name not in self._classes or self._class(name) is not kind:
                return None
            self._ways[kind] = Way(kind, name in self._nodes, self._hooks.get(name))
        return self._ways[kind]

    def named(self, name: str) -> Way:
        """Return how objects of the class of this name are kept.

        Raises
        ------
        DocumentError
            When there is none.
        """
        if name not in self._classes or (way := self.way(self._class(name))) is None:
            raise DocumentError(f"“{name}” is nothing that this version of the program knows")
        return way

    def all(self) -> tuple[type, ...]:
        """Return all classes; those that are not imported yet are."""
        return tuple(map(self._class, self._classes))

    def _class(self, name: str) -> type:
        given = self._classes[name]
        if isinstance(given, str):
            module, _, title = given.partition(":")
            given = self._classes[name] = getattr(import_module(module), title)
        assert isinstance(given, type)
        return given


class Writer:
    """Writes one document: a value as far as the nodes in it.

    Parameters
    ----------
    kinds
        The classes that may be kept.
    value
        What is written.
    careful
        Whether each text is looked at: JSON would join two halves of a character.

    Attributes
    ----------
    parts
        The nodes in it, each once.

    Raises
    ------
    TypeError, ValueError, RecursionError
        When something in the value cannot be kept; :func:`refusal` says where it stands.
    """

    def __init__(self, kinds: Kinds, value: object, *, careful: bool = False) -> None:
        self._kinds, self._value, self._plain = kinds, value, _NO_TEXTS if careful else _AS_THEY_ARE
        self._parts: dict[int, object] = {}
        self._references: list[tuple[dict[str, str], object]] = []
        self._sets: list[list[Any]] = []
        way = kinds.way(type(value))
        self._written = {way.name: way.apart(value, self.write)} if way else self.write(value)
        self.parts = tuple(self._parts.values())

    def text(self, digest: Callable[[object], str]) -> str:
        """Return the document, given the digests of its parts."""
        for reference, node in self._references:
            reference["@"] = digest(node)
        for items in self._sets:  # the inner ones first
            items.sort(key=_dumps)
        text = _dumps(self._written)
        if self._plain is _AS_THEY_ARE and "\\ud" in text:  # characters of two halves, or halves of them
            return Writer(self._kinds, self._value, careful=True).text(digest)
        return text

    def write(self, value: Any) -> Any:
        """Return what stands for a part of the value."""
        kind = type(value)
        if kind in self._plain:
            return value
        if kind is tuple:
            if self._plain.issuperset(map(type, value)):
                return value
            return [self.write(item) for item in value]
        if kind is str:
            halves = [value] if value.isascii() else _HALVES.split(value)
            return value if len(halves) == 1 else {"joined": halves}
        if kind is float:
            return value if math.isfinite(value) else {"float": repr(value)}
        if kind is dict:
            plain = self._plain
            if plain.issuperset(map(type, value)) and plain.issuperset(map(type, value.values())):
                return {"dict": list(value.items())}
            return {"dict": [(self.write(key), self.write(item)) for key, item in value.items()]}
        way = self._kinds.way(kind)
        if way is None:
            return self._write_other(value, kind)
        if not way.is_node:
            return {way.name: way.apart(value, self.write)}
        reference = {"@": ""}
        self._parts[id(value)] = value
        self._references.append((reference, value))
        return reference

    def _write_other(self, value: Any, kind: type) -> Any:
        if kind is list:
            return {"list": [self.write(item) for item in value]}
        if kind is frozenset:
            self._sets.append(items := [self.write(item) for item in value])
            return {"frozenset": items}
        if kind is bytes:
            return {"bytes": b64encode(value).decode()}
        if kind is date:
            return {"date": value.isoformat()}
        if kind.__module__ == "numpy" and getattr(value, "shape", None) == () and hasattr(value, "item"):
            plain = value.item()  # a number that came out of an array is one like any other
            if type(plain).__module__ != "numpy":
                return self.write(plain)
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} is nothing that can be kept")


def read(kinds: Kinds, text: str, found: Mapping[str, Any]) -> Any:
    """Return what a document says.

    Parameters
    ----------
    kinds
        The classes that may be kept.
    text
        The document.
    found
        What the documents say to which it refers, by digest.

    Raises
    ------
    DocumentError
        When it cannot be read.
    """

    def value(written: Any) -> Any:
        kind = type(written)
        if kind is list:
            if _NESTED.isdisjoint(map(type, written)):
                return tuple(written)
            return tuple([value(item) for item in written])
        if kind is not dict:
            return written
        ((tag, content),) = written.items()
        match tag:
            case "@":
                return found[content]
            case "dict":
                return {value(key): value(item) for key, item in content}
            case "list":
                return [value(item) for item in content]
            case "frozenset":
                return frozenset(map(value, content))
            case "bytes":
                return b64decode(content, validate=True)
            case "float":
                return float(content)
            case "date":
                return date.fromisoformat(content)
            case "joined":
                return "".join(content)
        return kinds.named(tag).together(content, value)

    try:
        return value(json.loads(text))
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(f"{type(error).__name__}: {error}") from error


def refusal(kinds: Kinds, value: object, error: Exception) -> str:
    """Return why a value cannot be kept, with the way to what is in its way.

    Parameters
    ----------
    kinds, value
        What a :class:`Writer` was given.
    error
        What it raised.
    """
    path, within = type(value).__name__, True
    while within and len(path) < 200:
        within = False
        for name, part in _pieces(kinds, value):
            try:
                Writer(kinds, (part,)).text(lambda _: "")
            except (TypeError, ValueError, RecursionError) as found:
                path, value, error, within = path + name, part, found, True
                break
    why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return f"{path} cannot be kept: {why}."


def _pieces(kinds: Kinds, value: Any) -> Iterable[tuple[str, object]]:
    if isinstance(value, dict):
        return [pair for k, item in value.items() for pair in ((f"’s key {k!r}", k), (f"[{k!r}]", item))]
    if isinstance(value, tuple | list):
        return [(f"[{place}]", item) for place, item in enumerate(value)]
    if isinstance(value, frozenset):
        return [("’s element", item) for item in value]
    way = kinds.way(type(value))
    return [(f".{name}", part) for name, part in way.pieces(value).items()] if way else []


def _name(given: ClassName) -> str:
    return given.rpartition(":")[2] if isinstance(given, str) else given.__name__


def _dumps(written: Any) -> str:
    return json.dumps(written, sort_keys=True, separators=(",", ":"), allow_nan=False)
