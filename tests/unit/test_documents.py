"""Documents: what is kept, in a form that can be read again, by another version too."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, make_dataclass
from datetime import date
from enum import Enum, StrEnum
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from matcher.store.documents import Codec, DocumentError, Hook, references


class Colour(StrEnum):
    RED = "red"


class Coded(Enum):
    PAIR = (1, 2.0)


@dataclass(frozen=True)
class Leaf:
    text: str = ""
    more: Any = None


@dataclass(frozen=True)
class Node:
    name: str
    value: Any = None
    derived: list[int] = field(default_factory=list, compare=False)


class Told(Exception):  # noqa: N818 - a value that happens to be an exception
    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(f"told: {words}")


TOLD = Hook(lambda told: {"words": told.words}, lambda kept: Told(kept["words"]))


def codec(**more: Any) -> Codec:
    return Codec([Leaf, Colour, Coded], [Node], {Told: TOLD}, **more)


def texts_of(codec: Codec, value: object) -> dict[str, str]:
    return {digest: codec.text(node) for digest, node in codec.parts(value).items()}


class Shelf(dict[str, str]):
    """Documents in memory, and how often somebody came for some."""

    visits = 0

    def fetch(self, digests: Collection[str]) -> Mapping[str, str]:
        self.visits += 1
        return {digest: self[digest] for digest in digests if digest in self}


def elsewhere(value: object) -> Any:
    """The value as another process reads it."""
    here = codec()
    return codec().read(here.digest(value), Shelf(texts_of(here, value)).fetch)


VALUES = [
    ("nothing", None),
    ("a number that is no truth", (1, True, 0, False, 1.0, -0.0)),
    ("floats without an end", (float("inf"), -float("inf"), 1e308, 5e-324)),
    ("a large number", 10**400),
    ("texts", ("", "Zoë", "😀", "\0", '"@":"', "\\ud83d", "\u2028")),
    ("halves of characters", ("\ud83d", "\ude00", "\ud83d\ude00", "a\ud83d\ude00\ud83d\ude00", "😀\ud83d")),
    ("a list in a tuple", ([1, [2]], (3, (4,)), ())),
    ("a dict in its order", {"b": 1, "a": 2, (1, "x"): {"y": [3]}, 4: None, None: Leaf("k")}),
    ("sets", frozenset({"b", "a", (1, 2), frozenset({3})})),
    ("bytes", b"\0\xff PK"),
    ("days", (date(2026, 1, 5), date.min)),
    ("enums", (Colour.RED, Coded.PAIR, {Colour.RED: 1})),
    ("an object that looks like a reference", Leaf('{"@":"' + 64 * "0" + '"}', {"@": 64 * "0"})),
]


@pytest.mark.parametrize("value", [v for _, v in VALUES], ids=[name for name, _ in VALUES])
def test_a_value_comes_back_as_it_was(value: object):
    read = elsewhere(Node("holder", value))

    assert read == Node("holder", value)
    if not isinstance(value, frozenset):  # which has no order
        assert repr(read) == repr(Node("holder", value))  # 1 is not 1.0 and not True
    assert codec().digest(read) == codec().digest(Node("holder", value))


def test_what_is_no_number_stays_so():
    assert str(elsewhere(Node("holder", float("nan"))).value) == "nan"


def test_a_value_that_is_no_object_can_be_kept_too():
    one = Node("one")

    assert elsewhere([one, (Node("two", one), None)]) == [one, (Node("two", one), None)]
    assert elsewhere(None) is None


def test_documents_are_ascii_and_named_by_their_text():
    for digest, text in texts_of(codec(), Node("Zoë 😀", Leaf("\udc80", Node("part")))).items():
        assert text.isascii()
        assert sha256(text.encode()).hexdigest() == digest


def test_a_set_is_written_in_one_order_whatever_order_it_has():
    words = [f"{i:03d}" for i in range(200)]
    here, nodes = codec(), [Node(word) for word in words]

    text = here.text(Node("set", (frozenset(words[7:] + words[:7]), frozenset(Leaf(w) for w in words))))
    of_nodes = json.loads(here.text(Node("set", frozenset(nodes))))["Node"]["value"]["frozenset"]

    assert json.loads(text)["Node"]["value"][0] == {"frozenset": words}
    assert [leaf["Leaf"]["text"] for leaf in json.loads(text)["Node"]["value"][1]["frozenset"]] == words
    assert [one["@"] for one in of_nodes] == sorted(map(here.digest, nodes))


def test_the_order_of_a_dict_is_part_of_what_it_says():
    assert codec().digest(Node("d", {"a": 1, "b": 2})) != codec().digest(Node("d", {"b": 2, "a": 1}))
    assert list(elsewhere(Node("d", {"b": 2, "a": 1})).value) == ["b", "a"]


def test_equal_parts_are_kept_once_and_read_as_one_object():
    first, second = Node("same", (1, 2)), Node("same", (1, 2))
    whole = Node("whole", (first, [second], {"again": first}))

    assert len(codec().parts(whole)) == 2
    read = elsewhere(whole)
    assert read.value[0] is read.value[1][0] is read.value[2]["again"]


def test_a_change_makes_new_documents_only_of_what_holds_it():
    here = codec()
    large, small = Node("large", tuple(range(1000))), Node("small")
    before = here.parts(Node("whole", (large, small)))

    after = here.parts(Node("whole", (large, Node("other"))))

    assert len(after.keys() - before.keys()) == 2
    assert here.digest(large) in after


def test_the_documents_that_a_document_refers_to_are_told_from_its_text():
    here, part = codec(), Node("part")
    text = here.text(Node("whole", (part, Leaf(more=Node("other")), '{"@":"' + 64 * "a" + '"}')))

    assert references(text) == {here.digest(part), here.digest(Node("other"))}
    assert Codec.references(text) == references(text)


def test_what_is_in_use_is_read_as_the_very_object():
    here, shelf = codec(at_hand=0), Shelf()
    node = Node("one", Node("part"))
    digest = here.digest(node)
    shelf |= texts_of(here, node)

    assert here.read(digest, shelf.fetch) is node
    assert shelf.visits == 0
    del node
    gc.collect()
    again = here.read(digest, shelf.fetch)
    assert shelf.visits == 2  # one visit for each level
    assert here.read(digest, shelf.fetch) is again


def test_of_equal_objects_one_stands_for_their_document():
    here, first, second = codec(), Node("one", (1,)), Node("one", (1,))

    assert here.same(first) is first
    assert here.same(second) is first
    assert here.read(here.digest(second), Shelf().fetch) is first


def test_what_was_used_last_is_at_hand_when_nobody_holds_it():
    here, shelf = codec(at_hand=1000), Shelf()
    old, new = Node("old", 800 * "x"), Node("new", 800 * "y")
    digests = here.digest(old), here.digest(new)
    shelf |= texts_of(here, old) | texts_of(here, new)
    del old, new
    gc.collect()

    assert here.read(digests[1], shelf.fetch).name == "new"
    assert shelf.visits == 0
    assert here.read(digests[0], shelf.fetch).name == "old"
    assert shelf.visits == 1


def test_what_is_derived_is_not_kept():
    assert elsewhere(Node("one", derived=[1])).derived == []


def test_a_class_that_gained_a_field_reads_old_documents_and_one_that_lost_a_field_too():
    old = make_dataclass("Node", [("name", str), ("gone", int)], frozen=True)
    new = make_dataclass("Node", [("name", str), ("added", int, field(default=7))], frozen=True)
    before, after = Codec([], [old]), Codec([], [new])

    read = after.read(before.digest(old("x", 1)), Shelf(texts_of(before, old("x", 1))).fetch)

    assert read == new("x", 7)


def test_a_field_that_is_missing_is_told():
    old, new = make_dataclass("Node", [("name", str)]), make_dataclass("Node", ["name", "needed"])
    before = Codec([], [old])
    value = old("x")

    with pytest.raises(DocumentError, match="a Node lacks “needed”"):
        Codec([], [new]).read(before.digest(value), Shelf(texts_of(before, value)).fetch)


def test_a_class_of_a_later_version_is_refused_by_its_name():
    later = Codec([make_dataclass("Later", [])], [Node])
    value = Node("x", later.kinds.all()[0]())

    with pytest.raises(DocumentError, match="cannot be read: “Later” is nothing that this version"):
        codec().read(later.digest(value), Shelf(texts_of(later, value)).fetch)


def test_a_missing_and_a_damaged_document_are_refused():
    here, whole = codec(), Node("whole", Node("part"))
    shelf = Shelf(texts_of(here, whole))
    part = here.digest(whole.value)

    with pytest.raises(DocumentError, match=f"{part[:12]} is damaged"):
        codec().read(here.digest(whole), Shelf(shelf | {part: shelf[part].replace("part", "Part")}).fetch)
    del shelf[part]
    with pytest.raises(DocumentError, match=f"{part[:12]} is missing"):
        codec().read(here.digest(whole), shelf.fetch)


@pytest.mark.parametrize(
    "text",
    [
        *('{"Node":3}', '{"Node":{"name":{"Colour":"blue"}}}', '{"Colour":["red"]}', '{"bytes":"?"}'),
        *('{"dict":[[{"list":[]},1]]}', '{"Leaf":{},"Node":{}}', "{}", '{"float":"x"}', '{"date":"1"}'),
        *('{"@":[]}', '{"joined":3}', "no JSON", '"\\', "[" * 100_000, '{"frozenset":[{"list":[]}]}'),
        '{"@":"' + 64 * "a" + '","x":1}',
    ],
)
def test_a_forged_document_is_refused(text: str):
    digest = sha256(text.encode()).hexdigest()

    with pytest.raises(DocumentError, match=f"The document {digest[:12]}"):
        codec().read(digest, lambda digests: {digest: text})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"a": [1, {3}]}, "Node.value['a'][1] cannot be kept: builtins.set is nothing that can be kept."),
        ((1, Leaf(more={object: 1})), "Node.value[1].more’s key <class 'object'> cannot be kept:"),
        (np.arange(1), "Node.value cannot be kept: numpy.ndarray is nothing"),
        (frozenset({Leaf(more=1j)}), "Node.value’s element.more cannot be kept: builtins.complex"),
    ],
)
def test_what_cannot_be_kept_is_told_with_the_way_to_it(value: object, said: str):
    with pytest.raises(DocumentError) as refused:
        codec().digest(Node("holder", value))

    assert said in str(refused.value)


def test_numbers_that_came_out_of_an_array_are_numbers():
    value = (np.float64(0.5), np.int64(3), np.bool_(True), {np.str_("k"): np.float32(0.25)})

    assert repr(elsewhere(Node("x", value)).value) == "(0.5, 3, True, {'k': 0.25})"


def test_a_long_chain_is_no_danger():
    node, here = Node("end"), codec()
    for i in range(3 * sys.getrecursionlimit()):
        node = Node(str(i), node)
    shelf = Shelf(texts_of(here, node))

    read = codec().read(here.digest(node), shelf.fetch)

    assert codec().digest(read) == here.digest(node)
    assert len(shelf) == 3 * sys.getrecursionlimit() + 1


def test_nesting_without_an_end_is_refused():
    value: Any = ()
    for _ in range(10 * sys.getrecursionlimit()):
        value = (value,)

    with pytest.raises(DocumentError, match="nested too deeply"):
        codec().digest(Node("deep", value))


def test_a_value_that_is_a_part_of_itself_is_refused():
    node = Node("snake", [])
    node.value.append(Node("body", node))

    with pytest.raises(DocumentError, match="a part of itself"):
        codec().digest(node)


def test_a_class_with_a_hook_comes_back_through_it():
    here, told = codec(), Told("hello")
    shelf = Shelf(texts_of(here, Node("x", told)))

    read = codec().read(here.digest(Node("x", told)), shelf.fetch)

    assert str(read.value) == "told: hello"


def test_two_classes_of_one_name_are_refused():
    with pytest.raises(ValueError, match="called Node"):
        Codec([make_dataclass("Node", [])], [Node])
    with pytest.raises(TypeError, match="Told is no dataclass"):
        Codec([Told], [Node]).digest(Node("x", Told("y")))


def test_a_class_is_imported_when_it_is_first_needed():
    here = Codec(["fractions:Fraction"], [Node], {})

    assert here.digest(Node("x"))
    assert json.loads(here.text(Node("x"))) == {"Node": {"name": "x", "value": None}}
