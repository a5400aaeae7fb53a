"""Lists of people as they are pasted: numbered, with bullets, as a Markdown table, one a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from matcher.files.tables.delimited import delimiter_of, read_delimited
from matcher.files.tables.grid import Collector, Grid, known_headers, tidy
from matcher.files.tables.header_row import PERSON, is_strengths
from matcher.files.tables.table import LeftOut

MOST_CHARACTERS = 500_000
"""Of a list; what is longer is no list that somebody pasted."""
MOST_OF_THEM = 0.8
"""Share of the lines that have to have a shape before the text is read in it."""

MARKER = re.compile(r"\s*(?:(?:[-*] )?\[[ xX]?\]|[-*•‣◦·–—▪●]|\(?\d{1,4}[.)])\s+(?=\S)")
"""What stands before an entry of a list."""

MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
CELL_END = re.compile(r"(?<!\\)\|")

Shape = tuple[re.Pattern[str], tuple[str, ...]]
SHAPES: tuple[Shape, ...] = (
    (re.compile(r"\"?([^<>@;:|\t\"]{2,80}?)\"?\s*<([^<>@\s]+@[^<>@\s]+)>[,;]?"), ("name", "email")),
    (re.compile(r"([^:;,|\t]{2,80}?)\s*:\s+(\S.*)"), ("name", "superpowers")),
    (re.compile(r"([^:;,|\t]{2,80}?)\s+[-–—]\s+(\S.*)"), ("name", "superpowers")),
    (re.compile(r"([^:;,|\t(]{2,80}?)\s*\(([^()]*[,;][^()]*)\)"), ("name", "superpowers")),
)
"""What a line of a list can look like, and what its parts are."""

TEXT_NOTE = "It was read as a list with one person a line."


def read_text(text: str, file: str, words: Collection[str], delimiter: str = "") -> Grid:
    """Return the rows of a text, whether its cells are delimited or it is a list of people.

    Parameters
    ----------
    text, file
        What it says, and what it is called in messages.
    words
        Headers that are known to us; a text that shows one between delimiters is no list.
    delimiter
        When somebody has chosen it.

    Raises
    ------
    TooMuchError
        When there are more cells than can be read.
    """
    if not delimiter and len(text) <= MOST_CHARACTERS:
        lines = text.splitlines()
        for read in (_markdown, _list):
            grid = read(lines, file, words)
            if grid is not None:
                return grid
    return read_delimited(text, file, words, delimiter)


def _markdown(lines: Sequence[str], file: str, _: Collection[str]) -> Grid | None:
    """Return the rows of a Markdown table, or of one that is drawn with vertical bars."""
    filled = [line.strip() for line in lines if line.strip()]
    drawn = [line for line in filled if line.startswith("|") and line.endswith("|") and len(line) > 1]
    rule = next((n for n, line in enumerate(lines) if "|" in line and MARKDOWN_RULE.fullmatch(line)), None)
    if not rule and (len(drawn) < 2 or len(drawn) < MOST_OF_THEM * len(filled)):
        return None
    rows = Collector(file)
    for number, line in enumerate(lines, 1):
        if number - 1 == rule:
            continue
        inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
        cells = CELL_END.split(inner) if "|" in line else [line]
        rows.add(number, [tidy(cell.replace("\\|", "|")) for cell in cells])
    return Grid(
        file, tuple(rows.rows), delimiter="|", problems=tuple(rows.problems), left_out=tuple(rows.left_out)
    )


def _list(lines: Sequence[str], file: str, words: Collection[str]) -> Grid | None:
    """Return the entries of a list, or ``None`` when the text is none."""
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not filled or ('"' in filled[0][1] and "<" not in filled[0][1]) or _has_header(filled, words):
        return None
    marked = [(number, MARKER.sub("", line, count=1)) for number, line in filled if MARKER.match(line)]
    is_marked = len(marked) >= max(2, 0.5 * len(filled))
    blocks = _blocks(filled, file) if is_marked else None
    if blocks is not None:
        return blocks
    entries = marked if is_marked else filled
    others = [(number, line) for number, line in filled if is_marked and not MARKER.match(line)]
    if len(entries) == 1 and not is_marked:
        entries = _names_of_one_line(*entries[0])
    split, header = _shape(entries)
    if split is None:
        if not is_marked and entries == filled:
            return None
        delimiter, _ = delimiter_of("\n".join(line for _, line in entries), words)
        split, header = (lambda line: line.split(delimiter)), ("name",)
    rows = Collector(file)
    for number, line in entries:
        rows.add(number, [tidy(re.sub(r"^\*\*|\*\*$", "", cell.strip())) for cell in split(line.strip())])
    grid = Grid(file, tuple(rows.rows), header=header, notes=(f"{file}: {TEXT_NOTE}",))
    left = tuple(LeftOut(number, (line.strip(),), "No entry of the list.") for number, line in others)
    return replace(grid, problems=tuple(rows.problems), left_out=left + tuple(rows.left_out))


def _blocks(filled: Sequence[tuple[int, str]], file: str) -> Grid | None:
    """Return a row for each line that heads a list of strengths, or ``None`` when it heads anything else."""
    people: list[tuple[int, str, list[str]]] = []
    for number, line in filled:
        if not MARKER.match(line):
            people.append((number, line.strip(), []))
        elif people and is_strengths(entry := MARKER.sub("", line, count=1).strip()):
            people[-1][2].append(entry)
        else:
            return None
    if not all(entries for _, _, entries in people):
        return None
    rows = Collector(file)
    for number, name, entries in people:
        rows.add(number, [tidy(name), "; ".join(entries)])
    note = f"{file}: It was read as a list of strengths below each name."
    return Grid(file, tuple(rows.rows), header=("name", "superpowers"), notes=(note,))


def _names_of_one_line(number: int, line: str) -> list[tuple[int, str]]:
    """Return the people whom one line lists, as the field of a message does, or the line as it is."""
    for separator in ";,":
        names = [name.strip() for name in line.split(separator) if name.strip()]
        if len(names) > 1 and all(PERSON.fullmatch(re.sub("<.*>", "", name).strip(' "')) for name in names):
            return list(enumerate(names, number))
    return [(number, line)]


def _has_header(filled: Sequence[tuple[int, str]], words: Collection[str]) -> bool:
    """Return whether a line among the first names columns."""
    return any(
        len(cells) > 1 and known_headers(cells, words)
        for _, line in filled[:10]
        if not MARKER.match(line)  # a role such as “member” in an entry is no header
        for cells in (re.split("[,;\t|]", line),)
    )


def _shape(
    entries: Sequence[tuple[int, str]],
) -> tuple[Callable[[str], Sequence[str]] | None, tuple[str, ...]]:
    """Return how nearly all entries are divided, and what their parts are."""
    for pattern, header in SHAPES:
        if sum(pattern.fullmatch(line.strip()) is not None for _, line in entries) >= MOST_OF_THEM * len(
            entries
        ):

            def split(line: str, pattern: re.Pattern[str] = pattern) -> Sequence[str]:
                found = pattern.fullmatch(line)
                return found.groups() if found else (line,)

            return split, header
    return None, ()
