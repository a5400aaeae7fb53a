"""Catalogues as files."""

from __future__ import annotations

import io
from collections.abc import Iterator

from matcher.people.catalogue import Catalogue

Rows = list[tuple[str, ...]]


def catalogue_workbook(catalogue: Catalogue) -> bytes:
    """Return a catalogue as a workbook with a sheet a table; :func:`read_catalogue` reads it back."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True})
        for name, rows in _sheets(catalogue):
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_row(0, None, bold)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)  # never makes a formula
            sheet.autofit(400)
    return target.getvalue()


def _sheets(catalogue: Catalogue) -> Iterator[tuple[str, Rows]]:
    """Yield each sheet's name and its rows, the header first."""
    superpowers: Rows = [("id", "name", "family", "core21", "aliases", "description", "overdone")]
    superpowers += (
        (s.id, s.name, s.family, str(int(s.core)), "; ".join(s.aliases), s.description, s.overdone)
        for s in catalogue.superpowers
    )
    yield "superpowers", superpowers
    yield "families", [("id", "name", "about"), *((f.id, f.name, f.about) for f in catalogue.families)]
    relations: Rows = [("kind", "a", "b", "strength", "hard in duo", "softened by", "source", "basis", "why")]
    for r in catalogue.relations:
        told = str(r.kind), r.a, r.b, str(r.strength), str(int(r.hard_in_duo))
        relations.append((*told, r.softened_by, r.source, r.basis, r.why))
    yield "relations", relations
    yield "relation_sources", [("key", "meaning"), *catalogue.sources.items()]
