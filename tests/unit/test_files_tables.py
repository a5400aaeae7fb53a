"""From bytes to a table: encodings, delimiters, rows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from matcher.files import read_table
from matcher.people.errors import InputError

PLAIN = "name,superpowers\nZoë Müller,vision; grit\nJosé Núñez,empathy\n"
CELLS = [("Zoë Müller", "vision; grit"), ("José Núñez", "empathy")]


def rows(source: object) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(source).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_reads_the_same_in_every_encoding_and_says_nothing(encoding: str):
    table = read_table(PLAIN.encode(encoding))

    assert [row.cells for row in table.rows] == CELLS
    assert table.notes == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "name,location\nZoë Müller,Zürich\nFrançois Lefèvre,Besançon\n"),
        ("cp1252", "name,location\nJosé,Peña\n"),
        ("cp1252", "name;location\nBjörn Åkesson;Malmö\nSøren Ærø;Århus\n"),
        (
            "cp1250",
            "name,location\nŁukasz Wiśniewski,Łódź\nŻaneta Błażejczyk,Gdańsk\nKrzysztof Gąsior,Wrocław\n",
        ),
        ("cp1251", "name,location\nИван Петров,Москва\nАнна Смирнова,Казань\n"),
        ("cp1253", "name,location\nΓιώργος Παπαδόπουλος,Αθήνα\nΜαρία Νικολάου,Πάτρα\n"),
        ("mac_roman", "name,location\rJosé Núñez,Logroño\rZoë Müller,Zürich\r"),
        ("cp932", "name,location\n田中太郎,東京\n佐藤花子,大阪\n"),
        ("gb18030", "name,location\n张伟,北京\n王芳,上海\n"),
    ],
)
def test_a_code_page_is_guessed_and_said(encoding: str, text: str):
    table = read_table(text.encode(encoding), "people.csv")

    assert [row.cells for row in table.rows] == rows(text)
    assert table.encoding == encoding
    (note,) = table.notes
    assert note.startswith("people.csv: The encoding was guessed: ")
    assert "save the file as CSV UTF-8" in note


def test_somebody_may_choose_the_encoding():
    text = "name,x\nAyşe Yılmaz,1\n"

    assert read_table(text.encode("cp1254"), encoding="cp1254").rows[0].cells == ("Ayşe Yılmaz", "1")


@pytest.mark.parametrize("encoding", ["ascii", "no such encoding"])
def test_a_chosen_encoding_that_does_not_fit_is_refused(encoding: str):
    with pytest.raises(InputError, match=f"people.csv: The text cannot be read as {encoding}"):
        read_table(PLAIN.encode(), "people.csv", encoding=encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_line_ends_and_delimiters_are_found(delimiter: str, end: str):
    lines = [["name", "location"], ["Ann", "Rome"], ["Bo", "Oslo"]]
    text = end.join(delimiter.join(line) for line in lines)

    assert rows(text.encode()) == [("Ann", "Rome"), ("Bo", "Oslo")]


def test_lists_in_cells_do_not_pass_for_columns():
    assert rows("name,superpowers\nAnn,vision;grit;calm\nBo,grit;calm;vision\n")[0] == (
        "Ann",
        "vision;grit;calm",
    )


def test_a_header_with_two_delimiters_is_settled_by_the_rows():
    text = "name;superpowers, strongest first;team\nAnn;grit, calm;Red\nBo;empathy;Blue\nCy;energy;Red\n"

    assert rows(text)[0] == ("Ann", "grit, calm", "Red")


def test_where_nothing_else_decides_the_delimiter_is_what_is_rarest_in_plain_text():
    assert rows("name\tskills, ranked\nAnn Lee\tgrit, vision\n") == [("Ann Lee", "grit, vision")]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_line_that_names_the_delimiter_is_no_row(line: str):
    table = read_table(f"{line}\r\nname,x;y\r\nAnn;1\r\n")

    assert (table.header, table.rows[0].number) == (("name,x", "y"), 2)


def test_quotation_marks_hold_delimiters_quotes_and_line_breaks():
    text = 'name,note\n"Lee, Ann","says ""hi""\nand more"\nBo, "x, y"\n'

    assert rows(text) == [("Lee, Ann", 'says "hi"\nand more'), ("Bo", "x, y")]


def test_blank_rows_are_skipped_but_counted():
    table = read_table("\n,,\nname,x\n\nAnn,1\n , \nBo,2\n")

    assert table.header_row == 3
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("Ann", "1")), (7, ("Bo", "2"))]


def test_a_row_that_is_too_long_is_left_out_and_reported():
    table = read_table("name,location\nAnn,Rome\nBo,Washington, DC\nCy,Oslo,,\n", "people.csv")

    assert [row.cells for row in table.rows] == [("Ann", "Rome"), ("Cy", "Oslo")]
    (problem,) = table.problems
    assert (problem.file, problem.row) == ("people.csv", 3)
    assert "The row has 3 cells, the header 2; the row is left out." in problem.message
    assert "quotation marks around a cell that contains a comma" in problem.message


def test_a_row_that_is_too_short_ends_in_empty_cells():
    assert rows("name,x,y\nAnn\n") == [("Ann", "", "")]


def test_columns_without_name_and_content_are_dropped():
    assert read_table("name,x,,\nAnn,1,,\n").header == ("name", "x")
    assert read_table("name,x,,\nAnn,1,z,\n").header == ("name", "x", "")


@pytest.mark.parametrize(
    ("text", "row"), [('name,x\nAnn,"1\nBo,2\nCy,3\n', 2), ('name,x\nAnn,1\n"Bo" Lee,2\nCy,3\n', 3)]
)
def test_quotation_marks_that_do_not_fit_cost_one_row_which_is_reported(text: str, row: int):
    table = read_table(text)
    (problem,) = table.problems

    assert problem.row == row
    assert problem.message.startswith("The quotation marks do not fit; this row is left out.")
    assert [r.number for r in table.rows] == [n for n in (2, 3, 4) if n != row]
    assert [r.number for r in table.left_out] == [row]


def test_after_too_many_broken_rows_the_rest_is_given_up():
    table = read_table("name,x\n" + 'Ann,"1\n' * 10_000)

    assert len(table.problems) == 51
    assert "this row and those below it are left out" in table.problems[-1].message


def test_a_cell_of_a_megabyte_is_reported_with_its_row_and_the_others_are_read():
    table = read_table(f"name,x\nAnn,1\nBo,{'y' * 2**20}\nCy,3\n")
    (problem,) = table.problems

    assert problem.row == 3
    assert "longer than 32,767 characters" in problem.message
    assert [row.cells for row in table.rows] == [("Ann", "1"), ("Cy", "3")]
    assert len(table.left_out[0].cells[1]) < 100


def test_zeros_are_dropped_and_half_characters_replaced():
    assert rows(b"name,x\nAn\0n,1\n") == [("Ann", "1")]
    assert rows("name,x\nAn\ud800n,1\n") == [("An?n", "1")]


@pytest.mark.parametrize("nothing", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n", b"\0\0"])
def test_an_empty_file_is_refused(nothing: bytes):
    with pytest.raises(InputError, match=r"people.csv: The file is empty"):
        read_table(nothing, "people.csv")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04rest", "This file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "This is an old Excel workbook"),
        (b"%PDF-1.7", "This is a PDF"),
        (b'{"kind": "duos"}', "This is JSON; use the table as CSV"),
        (bytes(range(1, 32)) * 4, "This is not a table but binary data"),
    ],
)
def test_what_is_no_table_is_named_whatever_it_is_called(data: bytes, sentence: str):
    with pytest.raises(InputError, match=f"people.csv: {sentence}"):
        read_table(data, "people.csv")


def test_a_table_comes_from_a_path_an_open_file_bytes_or_text(tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text(PLAIN, encoding="utf-8")
    opened = io.BytesIO(PLAIN.encode())
    opened.name = "uploaded.csv"

    assert rows(path) == rows(str(path)) == rows(PLAIN) == rows(PLAIN.encode()) == CELLS
    assert read_table(path).file == "people.csv"
    assert read_table(opened).file == "uploaded.csv"
    assert read_table(io.StringIO(PLAIN)).header == ("name", "superpowers")


def test_a_path_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"There is no file “.*none.csv”; check its name and folder"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is a folder; name the file in it"):
        read_table(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_table("people\0.csv")
