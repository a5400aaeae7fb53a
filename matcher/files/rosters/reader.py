"""Rosters: one row a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from matcher.files.catalogues import default_catalogue
from matcher.files.references.finding import Finder
from matcher.files.rosters.meanings import BY_A_PLAN, columns_of, understand
from matcher.files.rosters.reading import Fact, Facts, RosterRead, RosterReading
from matcher.files.rosters.recognised import Recognised
from matcher.files.rosters.repeats import Apart, Person, Settled, latest_answers, without_copies
from matcher.files.rosters.standard import STRENGTHS, standard_of
from matcher.files.rosters.whose import Whose
from matcher.files.strengths import Framework, Recogniser, default_frameworks, reshape
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.collecting import without_collecting
from matcher.files.tables.columns import header_words, missing_columns, pieces, plain, yes_or_no
from matcher.files.tables.headers import SAYS_THERE
from matcher.files.tables.source import Source, read_table
from matcher.files.tables.table import Findings, LeftOut, Row, Table
from matcher.people.catalogue import Catalogue
from matcher.people.errors import Fix, InputError, Problem
from matcher.people.member import Member
from matcher.people.names import counted, listed
from matcher.people.roster import Roster, UnknownMember

PRIVATE = ("turns to", "prefers", "wants")
"""What members say in confidence: a plan's copy for the team does not have it."""

ATTRIBUTES = ("attribute", "status", "left on")
"""Meanings of columns that are handed on as attributes, whatever else they tell."""

MOST_REFERENCES = 20
"""So many references to nobody are told one by one."""


def read_roster(
    source: Source | Table,
    *,
    catalogue: Catalogue | None = None,
    ranked: bool = True,
    name: str | None = None,
    choices: Choices = NOTHING_CHOSEN,
    accept: bool = False,
    encoding: str | None = None,
) -> RosterRead:
    r"""Return the members that a file lists; what was understood is the roster's ``report``.

    Everything has to be clear. For what is clear in a file of which something is not, with what to do
    about the rest, see :func:`load_roster`.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table.
    catalogue
        Where the superpowers come from; ours when not given.
    ranked
        Whether a member's first superpower is the strongest.
    name
        What to call the file in messages.
    choices
        What somebody chose instead of what is guessed: encoding, sheet, header, meanings of columns …
    accept
        Whether confident suggestions are taken: spellings that are nearly a superpower's, and the mapping
        of another framework's themes.
    encoding
        Python's name of the encoding; found out when not given.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.

    Examples
    --------
    >>> roster = read_roster("name,superpowers\nAnn Lee,empathy; grit\n")
    >>> roster.members[0].superpowers
    ('empathy', 'grit')
    >>> [(fact.what, fact.row) for fact in roster.report.facts["Ann Lee"]]
    [('name', 2), ('superpower 1', 2), ('superpower 2', 2)]
    """
    reading = load_roster(
        source,
        catalogue=catalogue,
        ranked=ranked,
        name=name,
        choices=choices,
        accept=accept,
        encoding=encoding,
    )
    roster = reading.checked()
    return RosterRead(roster.members, roster.catalogue, roster.ranked, report=reading)


@without_collecting()
def load_roster(
    source: Source | Table,
    *,
    catalogue: Catalogue | None = None,
    ranked: bool | None = None,
    name: str | None = None,
    choices: Choices = NOTHING_CHOSEN,
    accept: bool = False,
    encoding: str | None = None,
) -> RosterReading:
    """Return what is clear on a roster, and list the rest; see :func:`read_roster` for the parameters.

    Raises
    ------
    InputError
        When nothing can be made of it: no column for names, or nobody in it.
    """
    catalogue, frameworks = catalogue or default_catalogue(), default_frameworks()
    table = read_table(source, name, choices, encoding=encoding, words=header_words())
    if not table.rows:
        raise InputError(
            *table.problems, Problem("There is nobody in it; add a row for each member.", table.file)
        )
    if not table.meant:
        table = reshape(table, catalogue, frameworks, choices)
    return _Reader(table, catalogue, frameworks, choices, ranked=ranked is not False, accept=accept).read()


class _Reader:
    """Turns the rows of one table into members."""

    def __init__(
        self,
        table: Table,
        catalogue: Catalogue,
        frameworks: tuple[Framework, ...],
        choices: Choices,
        *,
        ranked: bool,
        accept: bool,
    ) -> None:
        self.table, self.catalogue, self.ranked, self.choices = table, catalogue, ranked, choices
        self.found = Findings(table)
        self.columns, self.strengths = understand(table, catalogue, frameworks, choices)
        self.whose = Whose(table, self.columns, self.found)
        self.where = self.whose.where
        self.recogniser = Recogniser(catalogue, frameworks, choices, accept, self.strengths.framework)
        self.attributes = columns_of(self.columns, *ATTRIBUTES)
        quiet = ("ignore", "answered at")
        self.telling = [
            c for c in self.columns if c.meaning not in quiet and c.index not in self.strengths.meanings
        ]
        self._told_references = 0

    def read(self) -> RosterReading:
        """Return everybody who is clear."""
        kept = self.choices.kept
        people, gone = self.whose.people(kept)
        self._leave(gone)
        if "answered at" in self.where:
            people = self._settle(latest_answers(people, self.where["answered at"], kept))
        ignored = {column.index for column in columns_of(self.columns, "ignore")}
        people = self._settle(without_copies(people, ignored, kept))
        standard = standard_of(self.table, self.columns, self.strengths)
        self.found.table = standard.table
        self._say_what_was_guessed()
        apart = Apart(standard, self.found, lambda row: [e.text for e in self.strengths.entries(row)])
        recognised = Recognised(self.catalogue, self.recogniser, standard, self.found)
        own = [
            (title, i)
            for i, (title, meaning) in enumerate(zip(standard.titles, standard.meanings, strict=True))
            if meaning != "ignore"
        ]
        self.private = frozenset(title for title, i in own if standard.meanings[i] in PRIVATE)
        rows = {row.number: row for row in standard.table.rows}
        members = [
            (person, self._member(person, rows[person.row.number], recognised, own))
            for person in people
            if apart.is_new(person)
        ]
        recognised.finish()
        for person in people:
            self.whose.check_order(person)
        if not members:
            raise InputError.of(self.found.in_order())
        roster = Roster(tuple(member for _, member in members), self.catalogue, self.ranked)
        if self.where.keys() & {"turns to", "prefers"}:
            finder = Finder(roster)
            roster = replace(roster, members=tuple(_with_references(m, finder) for m in roster.members))
            members = [(person, m) for (person, _), m in zip(members, roster.members, strict=True)]
            self._check_references(members, finder)
        return RosterReading(
            roster,
            self.found.in_order(),
            tuple(self.found.notes),
            self.table,
            tuple(recognised.unknown),
            self.columns,
            self.strengths.shape,
            self.strengths.framework,
            tuple(recognised.proposals),
            Facts({member.key: person for person, member in members}, partial(self._facts, recognised)),
            standard.table,
            self.strengths.ranked,
        )

    # --- who is not there -----------------------------------------------------------------------------

    def _settle(self, settled: Settled) -> list[Person]:
        """Take over who is left, and say who is not."""
        self._leave(settled.left_out)
        for row, sentence in settled.notes:
            self.found.note(sentence, row)
        return settled.people

    def _leave(self, rows: Sequence[LeftOut]) -> None:
        gone = {row.number for row in rows}
        if gone:
            kept = tuple(row for row in self.table.rows if row.number not in gone)
            out = sorted((*self.table.left_out, *rows), key=lambda row: row.number)
            self.table = replace(self.table, rows=kept, left_out=tuple(out))

    def _say_what_was_guessed(self) -> None:
        for column in self.columns:
            if not column.sure and column.meaning != "attribute" and not STRENGTHS.match(column.meaning):
                self.found.note(f"It is taken for the {column.meaning}. {column.why}", column=column.title)
        if plan := [column.title for column in columns_of(self.columns, "ignore") if column.why == BY_A_PLAN]:
            self.found.note(
                f"{listed(f'“{title}”' for title in plan)} are left behind; a plan has written them."
            )
        for column in self.attributes:
            if plain(column.title) in SAYS_THERE and "absent" not in self.where:
                self.found.note(
                    "It is kept as an attribute, and leaves nobody out; write yes in a column “absent” for "
                    "who is not to be placed.",
                    column=column.title,
                )
        for sentence in self.strengths.notes:
            self.found.note(sentence)
        if self.choices.sheet and not self.table.sheet:
            self.found.note(f"It is no workbook, so there is no sheet “{self.choices.sheet}” to choose.")
        if not self.strengths.meanings:
            number = self.table.header_row
            header = Row(number, self.table.header) if number else None
            self.found.problem(missing_columns("for the superpowers", "superpowers", self.table), header)

    # --- what the rows say about them -----------------------------------------------------------------

    def _member(
        self, person: Person, row: Row, recognised: Recognised, titled: Sequence[tuple[str, int]]
    ) -> Member:
        """Return a member with what the row says; ``row`` is the one of the table that fixes change."""
        said = person.row
        absent = yes_or_no(self.whose.cell(said, "absent"))
        if absent is None:
            title = self.where["absent"].title
            self.found.problem(
                f"“{self.whose.cell(said, 'absent')}” is neither yes nor no; {person.name} counts as there. "
                "Write yes or no.",
                said,
                title,
                (
                    Fix(f"{person.name} is there", {(said.number, title): "no"}),
                    Fix(f"{person.name} is absent", {(said.number, title): "yes"}),
                ),
            )
        self._check_hours(said, person.name)
        entries = self.strengths.entries(said)
        if not entries and self.strengths.meanings and not absent:
            self.found.problem(
                f"{person.name} has no superpowers; name one to five, the strongest first, separated by “;”.",
                said,
                recognised.standard.title("superpowers", "superpower 1"),
            )
        powers = recognised.of(person.id or person.name, person.name, said.number, entries)
        return Member(
            name=person.name,
            id=person.id,
            email=person.email,
            superpowers=powers,
            attributes={column.title: said.cells[column.index] for column in self.attributes},
            turns_to=tuple(pieces(self.whose.cell(said, "turns to"))),
            prefers=tuple(pieces(self.whose.cell(said, "prefers"))),
            wants=tuple(pieces(self.whose.cell(said, "wants"))),
            hours=self.whose.cell(said, "hours"),
            time_zone=self.whose.cell(said, "time zone"),
            absent=bool(absent),
            cells={title: row.cells[index] for title, index in titled},
            private=self.private,
        )

    def _check_hours(self, said: Row, name: str) -> None:
        """Report free times, or their time zone, that nobody could compute with."""
        hours, zone = self.whose.cell(said, "hours"), self.whose.cell(said, "time zone")
        if not hours.strip():
            return
        from matcher.people.hours import FreeTimes, read_zone

        for meaning, text, read in (("hours", hours, FreeTimes), ("time zone", zone, read_zone)):
            try:
                read(text)
            except ValueError as error:
                title = self.where[meaning].title
                fix = Fix(f"Leave the {meaning} of {name} empty", {(said.number, title): ""})
                self.found.problem(str(error), said, title, [fix])

    def _facts(self, recognised: Recognised, person: Person) -> tuple[Fact, ...]:
        """Return where everything stood that a member is made of."""
        row, file = person.row, self.table.file
        facts = []
        for column in self.telling:
            if text := row.cells[column.index]:
                number, title = row.origins.get(column.index, (row.number, column.title))
                what = column.title if column.meaning in ATTRIBUTES else column.meaning
                facts.append(Fact(what, text, file, number, title))
        counted = recognised.counted(self.strengths.entries(row))
        for rank, entry in enumerate(counted.values(), 1):
            facts.append(Fact(f"superpower {rank}", entry.text, file, entry.row, entry.column))
        return tuple(facts)

    def _check_references(self, members: Sequence[tuple[Person, Member]], finder: Finder) -> None:
        """Note who is named but not there; a roster may well mention people who are not on it."""
        more = 0
        for person, member in members:
            for meaning, references in (("turns to", member.turns_to), ("prefers", member.prefers)):
                for reference in references:
                    if len(finder.meant(reference)) == 1:
                        continue
                    if self._told_references == MOST_REFERENCES:
                        more += 1
                        continue
                    self._told_references += 1
                    try:
                        finder.find(reference)
                    except UnknownMember as error:
                        title = self.where[meaning].title
                        self.found.note(f"{error} Until then it counts for nothing.", person.row, title)
        if more:
            self.found.note(
                f"{counted(more, 'more reference')} to nobody on the roster; they count for nothing."
            )


def _with_references(member: Member, finder: Finder) -> Member:
    """Return a member whose references are told apart, and written so that the roster knows them."""

    def known(cells: Sequence[str]) -> tuple[str, ...]:
        names = [name for cell in cells for name in finder.split(cell)]
        found = [finder.meant(name) for name in names]
        return tuple(
            finder.called(meant[0]) if len(meant) == 1 and not finder.roster.meant(name) else name
            for name, meant in zip(names, found, strict=True)
        )

    return replace(member, turns_to=known(member.turns_to), prefers=known(member.prefers))
