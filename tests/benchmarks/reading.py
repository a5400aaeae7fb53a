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

from matcher.files import default_catalogue, read_table
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


def measured(path: str) -> tuple[float, float, str]:
    """Return CPU seconds, peak MiB beyond the start, and what came out."""
    Path(path).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    try:
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
    print("| file | MB | CPU s | peak MiB | |\n|---|---|---|---|---|")
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            if chosen not in name:
                continue
            path = Path(folder) / name
            path.write_bytes(make())
            with context.Pool(1) as pool:
                seconds, peak, said = pool.apply(measured, (str(path),))
            size = path.stat().st_size / 1e6
            print(f"| {name} | {size:.1f} | {seconds:.2f} | {peak:.0f} | {said} |", flush=True)


if __name__ == "__main__":
    main()
