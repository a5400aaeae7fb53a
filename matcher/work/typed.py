"""Whether kept values are of the types that their classes name: what somebody else wrote need not be."""

from __future__ import annotations

import collections.abc
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from matcher.work.formats import CODEC

_SEVERAL = {collections.abc.Sequence: (tuple, list), collections.abc.Mapping: (dict,)}


class WrongTypeError(ValueError):
    """A field holds something else than its class says."""


def check_types(value: object) -> None:
    """Check that everything in a kept value is of the type that its class names.

    Raises
    ------
    WrongTypeError
        Naming the class and the field of the first that is not.
    """
    waiting = [value]
    seen: dict[int, object] = {}
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple | list | frozenset):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend((*part, *part.values()))
        elif id(part) not in seen and (way := CODEC.kinds.way(type(part))) is not None:
            seen[id(part)] = part
            if way.by_fields:
                _check_fields(part)
            waiting.extend(way.pieces(part).values())


def _check_fields(value: Any) -> None:
    kind: Any = type(value)
    for name, hint in _hints(kind).items():
        if not _fits(getattr(value, name), hint):
            raise WrongTypeError(f"{kind.__name__}.{name} holds what it cannot hold.")


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the type of each field; names that only a type checker knows are those of kept classes."""
    known = {other.__name__: other for other in CODEC.kinds.all()}
    hints = get_type_hints(kind, localns={**known, **vars(collections.abc)})
    return {f.name: hints[f.name] for f in fields(kind) if f.compare}


def _fits(value: Any, hint: Any) -> bool:
    """Return whether a value is of a type; what is inside of objects is checked when it is their turn."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in (Any, object) or isinstance(hint, TypeVar) or origin is ClassVar:
        return True
    if hint in (None, NoneType):
        return value is None
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in arguments)
    if origin is Literal:
        return value in arguments
    if origin is None:
        return _is_a(value, hint)
    if not isinstance(value, _SEVERAL.get(origin, origin)):
        return False
    if isinstance(value, dict):
        return _all_fit(value, arguments[0]) and _all_fit(value.values(), arguments[1])
    if isinstance(value, tuple) and arguments[-1] is not ...:
        return len(value) == len(arguments) and all(map(_fits, value, arguments))
    return _all_fit(value, arguments[0])


def _all_fit(values: Iterable[Any], hint: Any) -> bool:
    if hint is str:
        return {str}.issuperset(map(type, values))
    return all(_fits(value, hint) for value in values)


def _is_a(value: Any, kind: Any) -> bool:
    if getattr(kind, "_is_protocol", False):  # a rule, of whatever kind
        return CODEC.kinds.way(type(value)) is not None
    if kind is float:
        return isinstance(value, int | float)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)
