"""Catalogues: a folder of tables."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.files import default_catalogue, read_catalogue
from matcher.files.catalogues import CATALOGUE
from matcher.people.catalogue import Kind
from matcher.people.errors import InputError

TABLES = ("families", "superpowers", "relations", "relation_sources")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our own catalogue, to be spoiled."""
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_ours_has_36_superpowers_in_six_families_and_110_relations():
    catalogue = default_catalogue()

    assert (len(catalogue.superpowers), len(catalogue.families), len(catalogue.relations)) == (36, 6, 110)
    assert sum(s.core for s in catalogue.superpowers) == 21
    assert {r.basis for r in catalogue.relations} == {"stated", "inferred", "judgement"}
    assert all(key in catalogue.sources for r in catalogue.relations for key in r.source.split(";"))


def test_the_stated_clash_is_hard_in_a_duo_and_softened_by_empathy():
    (hard,) = [r for r in default_catalogue().relations if r.hard_in_duo]

    assert (hard.kind, {hard.a, hard.b}) == (Kind.CLASH, {"peacemaking", "provocation"})
    assert (hard.strength, hard.softened_by, hard.basis) == (3, "empathy", "stated")


def test_ours_is_read_once():
    assert default_catalogue() is default_catalogue()


def test_a_copy_reads_the_same_with_or_without_its_sources(folder: Path):
    assert read_catalogue(folder) == default_catalogue()
    (folder / "relation_sources.csv").unlink()
    assert read_catalogue(str(folder)).relations == default_catalogue().relations


def test_a_relation_of_ones_own_needs_no_basis(folder: Path):
    (folder / "relations.csv").write_text("kind,a,b,strength\nclash,grit,calm,1\n", encoding="utf-8")
    (relation,) = read_catalogue(folder).relations

    assert (relation.basis, relation.hard_in_duo, relation.why) == ("yours", False, "")


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "relations.csv",
            "complement,",
            "likes,",
            "relations.csv, row 2, column “kind”: “likes” has to be complement or clash.",
        ),
        (
            "relations.csv",
            ",3,0,",
            ",9,0,",
            "relations.csv, row 2, column “strength”: “9” has to be 1, 2 or 3.",
        ),
        (
            "relations.csv",
            ",3,0,",
            ",3,perhaps,",
            "relations.csv, row 2, column “hard_in_duo”: “perhaps” has to be 1 or 0.",
        ),
        (
            "relations.csv",
            "systems_thinking",
            "magic",
            "relations.csv, row 2, column “a”: “magic” is not a superpower of the catalogue",
        ),
        (
            "superpowers.csv",
            "vision,Vision,vision",
            "vision,,vision",
            "row 2, column “name”: The cell is empty; fill it in.",
        ),
        (
            "superpowers.csv",
            "vision,Vision,vision",
            "vision,Vision,magic",
            "superpowers.csv, row 2, column “family”: “magic” is not a family of the catalogue",
        ),
        (
            "superpowers.csv",
            "creative_thinking,",
            "vision,",
            "superpowers.csv, row 3: The same is in row 2 already; remove one of the two.",
        ),
        (
            "superpowers.csv",
            "creative_thinking,Creative thinking",
            "creative_thinking,vision",
            "superpowers.csv, row 3: The same is in row 2 already; remove one of the two.",
        ),
        ("families.csv", "id,name", "id,title", "families.csv, row 1: There is no column “name”"),
    ],
)
def test_a_spoiled_catalogue_says_where(folder: Path, file: str, old: str, new: str, sentence: str):
    spoil(folder, file, old, new)
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)

    assert sentence in str(caught.value)


def test_a_missing_folder_or_table_is_named(folder: Path):
    with pytest.raises(InputError, match="is not a folder; name the one that holds the catalogue's tables"):
        read_catalogue(folder / "families.csv")
    (folder / "families.csv").unlink()
    with pytest.raises(InputError, match=r"There is no file “.*families.csv”"):
        read_catalogue(folder)


def workbook_of(folder: Path) -> Workbook:
    """Our own catalogue as a workbook with a sheet for each table."""
    workbook = Workbook()
    workbook.active.title = "Read me"
    workbook.active.append(["A catalogue"])
    for name in TABLES:
        sheet = workbook.create_sheet(name)
        for row in csv.reader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()):
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    return workbook


def test_a_workbook_with_a_sheet_for_each_table_reads_the_same(folder: Path):
    workbook_of(folder).save(folder / "mine.xlsx")

    assert read_catalogue(folder / "mine.xlsx") == default_catalogue()


def test_a_table_of_the_folder_may_be_a_workbook_or_have_tabs(folder: Path):
    table = folder / "families.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    (folder / "families.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    table.unlink()
    workbook = Workbook()
    table = folder / "superpowers.csv"
    for row in csv.reader(table.read_text(encoding="utf-8").splitlines()):
        workbook.active.append(row)
    workbook.save(folder / "superpowers.xlsx")
    table.unlink()

    assert read_catalogue(folder) == default_catalogue()


def test_what_is_wrong_in_a_workbook_is_found_by_its_sheet_and_row(folder: Path):
    workbook = workbook_of(folder)
    workbook["relations"]["B3"] = "magic"
    workbook.save(folder / "mine.xlsx")
    with pytest.raises(InputError) as caught:
        read_catalogue(folder / "mine.xlsx")

    assert "mine.xlsx, sheet “relations”, row 3, column “a”: “magic” is not a superpower" in str(caught.value)
    del workbook["relations"]
    workbook.save(folder / "mine.xlsx")
    with pytest.raises(InputError, match=r"mine\.xlsx: There is no sheet “relations”; a catalogue needs one"):
        read_catalogue(folder / "mine.xlsx")


def test_ones_own_catalogue_needs_no_ids_and_may_refer_by_name_or_alias(folder: Path):
    (folder / "families.csv").write_text("Family\nHead\nHeart\n", encoding="utf-8")
    (folder / "superpowers.csv").write_text(
        'Strength,Category,Synonyms\nCool head,Head,"calm; steady"\nBig heart,heart,warm\n',
        encoding="utf-8",
    )
    (folder / "relations.csv").write_text(
        "Type,Superpower 1,Superpower 2,Strength,Reason\ncomplement,cool HEAD,warm,2,Both.\n",
        encoding="utf-8",
    )
    catalogue = read_catalogue(folder)
    (relation,) = catalogue.relations

    assert [(s.id, s.name, s.family) for s in catalogue.superpowers] == [
        ("cool_head", "Cool head", "head"),
        ("big_heart", "Big heart", "heart"),
    ]
    assert (relation.a, relation.b, relation.strength, relation.why) == ("cool_head", "big_heart", 2, "Both.")


def test_a_word_that_is_nearly_right_can_be_put_right_with_one_press(folder: Path):
    spoil(folder, "relations.csv", "complement,systems_thinking", "complment,systems_thinkin")
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)
    (problem,) = caught.value.problems

    assert problem.fixes[0].cells == {(2, "kind"): "complement"}
    spoil(folder, "relations.csv", "complment", "complement")
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)
    (problem,) = caught.value.problems

    assert problem.fixes[0].cells == {(2, "a"): "systems_thinking"}


def test_every_row_that_is_wrong_is_told_at_once(folder: Path):
    (folder / "relations.csv").write_text(
        "kind,a,b,strength\nclash,grit,calm,1\nclash,grit,,1\nlikes,grit,calm,1\nclash,calm,grit,2\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)

    assert [(p.row, p.column) for p in caught.value.problems] == [(3, "b"), (4, "kind"), (5, "")]
