"""Reading files: CPU seconds and peak memory, each file in a process of its own.

Run from the repository's folder: ``python tests/benchmarks/reading.py``.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from matcher.files import default_catalogue, load_roster, read_table
from matcher.files.strengths import default_frameworks
from matcher.people.errors import InputError

Rows = Iterator[list[str]]
HEADER = ["Employee ID", "Name", "Email", "Location", "Department", "Start", "Grade", "Superpowers"]


def people(number: int, accents: bool = False) -> Rows:
    """Yield a header and rows of eight columns."""
    draw = random.Random(0)
    names = [superpower.name for superpower in default_catalogue().superpowers]
    yield HEADER
    for index in range(number):
        first = draw.choice(["Ann", "Bo", "Cy", "Di"] if not accents else ["Zoë", "José", "Łukasz", "Иван"])
        yield [
            str(1000 + index),
            f"{first} {'Müller' if accents else 'Lee'}{index}",
            f"p{index}@example.org",
            draw.choice(["Rome", "Oslo", "Lima"]),
            draw.choice(["HR", "Sales", "Research"]),
            f"20{draw.randrange(10, 26)}-03-{draw.randrange(1, 29):02d}",
            str(draw.randrange(1, 9)),
            "; ".join(draw.sample(names, 5)),
        ]


def themes() -> list[str]:
    """Return the 34 themes of CliftonStrengths."""
    (clifton,) = (one for one in default_frameworks() if one.name == "CliftonStrengths")
    return [theme.name for theme in clifton.themes]


def ranked(number: int, shape: str) -> Rows:
    """Yield a ranking of themes by each of so many people.

    Parameters
    ----------
    shape
        ``grid``: a column a theme, with its place; ``places``: a column a place, with its theme; ``long``: a
        row for each of five themes.
    """
    draw, names = random.Random(0), themes()
    places = [str(place) for place in range(1, len(names) + 1)]
    headers = {"grid": names, "places": [f"Theme {place}" for place in places], "long": ["Strength", "Rank"]}
    yield ["Name", "Email", *headers[shape]]
    for index in range(number):
        who = [f"Ann Lee{index}", f"p{index}@example.org"]
        if shape == "long":
            for place, name in enumerate(draw.sample(names, 5), 1):
                yield [*who, name, str(place)]
        else:
            yield [*who, *draw.sample(places if shape == "grid" else names, len(names))]


def unknown(number: int) -> Rows:
    """Yield people with three strengths that nobody knows, all different."""
    yield ["Name", "Superpowers"]
    for index in range(number):
        yield [f"Ann Lee{index}", "; ".join(f"knack {letter}{index}" for letter in "abc")]


def csv_text(rows: Rows) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def workbook(rows: Rows) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("People")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return data.getvalue()


def bomb() -> bytes:
    """Return a workbook of some kilobytes that is a gigabyte when it is unpacked."""
    plain = workbook(people(1))
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as source,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            if not name.startswith("xl/worksheets/"):
                out.writestr(name, source.read(name))
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1024):
                sheet.write(b" " * 2**20)
    return data.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "10,000 people.csv": lambda: csv_text(people(10_000)),
    "10,000 people, accents.csv": lambda: csv_text(people(10_000, accents=True)),
    "10,000 people.xlsx": lambda: workbook(people(10_000)),
    "200,000 people.csv": lambda: csv_text(people(200_000)),
    "200,000 people.xlsx": lambda: workbook(people(200_000)),
    "2,000 columns, 500 rows.csv": lambda: csv_text(
        [f"c{j}" for j in range(2000)] if not i else [f"{i}x{j}" for j in range(2000)] for i in range(501)
    ),
    "cells of two letters, 20 MB.csv": lambda: csv_text(
        ["ab"] * 20 if i else [f"c{j}" for j in range(20)] for i in range(330_000)
    ),
    "one cell of 20 MB.csv": lambda: b"name,x\nAnn," + b"y" * 20_000_000 + b"\nBo,1\n",
    "20 MB of commas.csv": lambda: b"name,x\n" + b"," * 20_000_000,
    "20 MB of quotes.csv": lambda: b"name,x\n" + b'"a\n' * 6_700_000,
    "zip bomb of 1 GB.xlsx": bomb,
}

ROSTERS: dict[str, Callable[[], bytes]] = {
    "10,000 people, lists.csv": FILES["10,000 people.csv"],
    "10,000 people, lists.xlsx": FILES["10,000 people.xlsx"],
    "10,000 people, a column for each of 34 themes.csv": lambda: csv_text(ranked(10_000, "grid")),
    "10,000 people, a column for each of 34 places.csv": lambda: csv_text(ranked(10_000, "places")),
    "10,000 people, a row for each of 5 themes.csv": lambda: csv_text(ranked(10_000, "long")),
    "10,000 people, 30,000 unknown strengths.csv": lambda: csv_text(unknown(10_000)),
    "200,000 people, lists.csv": FILES["200,000 people.csv"],
}
"""Those that are read all the way to a roster, suggestions accepted."""


def measured(path: str, whole: bool) -> tuple[float, float, str]:
    """Return CPU seconds, peak MiB beyond the start, and what came out: of the table, or of the roster."""
    Path(path).read_bytes()
    default_frameworks()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    try:
        if whole:
            reading = load_roster(path, accept=True)
            said = f"{len(reading.roster.members):,} members, {len(reading.problems):,} problems"
        else:
            table = read_table(path)
            said = f"{len(table.rows):,} rows, {len(table.problems)} problems"
    except InputError as error:
        said = str(error).split(": ", 1)[-1][:60]
    seconds = time.process_time() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before, said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the files' names")
    chosen = parser.parse_args().only
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for whole, files in enumerate((FILES, ROSTERS)):
            print("\n| file | MB | CPU s | peak MiB | |\n|---|---|---|---|---|")
            for name, make in files.items():
                if chosen not in name:
                    continue
                path = Path(folder) / name
                path.write_bytes(make())
                with context.Pool(1) as pool:
                    seconds, peak, said = pool.apply(measured, (str(path), bool(whole)))
                size = path.stat().st_size / 1e6
                print(f"| {name} | {size:.1f} | {seconds:.2f} | {peak:.0f} | {said} |", flush=True)


if __name__ == "__main__":
    main()
