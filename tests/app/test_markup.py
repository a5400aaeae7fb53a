from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ui.markup import JOINER, badge, bullets, plain


def shown(markdown: str) -> str:
    """What a reader sees of escaped text."""
    return markdown.replace(JOINER, "").replace("\\", "")


@given(st.text(alphabet=st.characters(exclude_characters="\\" + JOINER)))
def test_a_text_is_shown_as_it_is_on_one_line(text):
    assert shown(plain(text)) == " ".join(text.split())


@pytest.mark.parametrize("mark", string.punctuation)
def test_every_mark_that_markdown_may_read_is_escaped(mark):
    assert f"\\{mark}" in plain(f"a{mark}b")


@pytest.mark.parametrize("text", ["www.example.org", "WWW.example.org", "a@example.org", "http://a", "<b>"])
def test_addresses_and_tags_are_broken_for_the_machine_only(text):
    assert JOINER in plain(text)


def test_lists_and_labels_escape_too():
    assert bullets(["*a*", "b"]) == "- \\*a\\*\n- b"
    assert badge("a]b", "red") == ":red-badge[a\\]b]"
