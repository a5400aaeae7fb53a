"""Strengths spread over columns by domain, as CliftonStrengths' team reports and VIA's virtues group them."""

from __future__ import annotations

import re
from collections.abc import Collection

from matcher.files.strengths.cells import Known
from matcher.files.strengths.frameworks import Framework, spelled
from matcher.files.strengths.lists import MOST, words_of
from matcher.files.strengths.shapes import NONE, Strengths, filled, sample
from matcher.files.strengths.source_of import Origins
from matcher.files.strengths.titles import numbered
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.table import Table
from matcher.people.names import listed

LEAST = 2
"""Fewer columns with a domain as title are no domains: a roster may well have an attribute “Influencing”."""

BESIDE = re.compile(r"\b(?:domains?|themes?|talents?|strengths?|clifton(?:strengths)?|virtues?|via)\b")
"""Words that stand beside a domain in a title: ``Executing themes``."""


def in_domains(table: Table, known: Known, origins: Origins, columns: Collection[int]) -> Strengths:
    """Return the strengths that stand in a column, or some, for each domain of their framework.

    Which of a member's strengths is the strongest is not told: a domain is no place.
    """
    chosen = origins.choices.framework
    for framework in known.frameworks:
        if chosen in ("", framework.name) and framework.domains:
            found = _of(framework, table, known, columns)
            if found.meanings:
                return found
    return NONE


def _of(framework: Framework, table: Table, known: Known, columns: Collection[int]) -> Strengths:
    named = {i: domain for i in sorted(columns) if (domain := _domain(table.header[i])) in framework.domains}
    if len(set(named.values())) < LEAST:
        return NONE
    texts = [e for i in named for cell in filled(sample(table), i) for e in known.entries(cell)]
    if sum(framework.find(text) is not None for text in texts) < MOST * max(1, len(texts)):
        return NONE
    names = titles(table)
    return Strengths(
        shape="columns by domain",
        framework=framework.name,
        meanings=dict.fromkeys(named, "superpowers"),
        ranked=False,
        entries=words_of(table, known, list(named)),
        notes=(
            f"{listed(f'“{names[i]}”' for i in named)} do not say which strength is the strongest, so the "
            "columns' order stands; say that the roster is unranked if it should not count.",
        ),
        listed=False,
    )


def _domain(title: str) -> str:
    """Return the domain that a title may name, as :func:`spelled` leaves it."""
    base, _ = numbered(title) or (plain(title), 0)
    return spelled(BESIDE.sub(" ", base))
