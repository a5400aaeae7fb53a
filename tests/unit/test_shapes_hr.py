"""Rosters as systems for human resources export them: the right people, and who is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.files import Choices, RosterReading, load_roster, read_roster
from matcher.people.errors import InputError


def people(reading: RosterReading) -> list[tuple[str, str, str]]:
    return [(m.name, m.id, " ".join(m.superpowers)) for m in reading.roster.members]


def meanings(reading: RosterReading) -> dict[str, str]:
    return {column.title: column.meaning for column in reading.columns if column.meaning != "attribute"}


SYSTEMS = {
    "Workday": (
        "Worker,Employee ID,Worker Status,Manager Name,Location,Superpowers\n"
        "Ann Lee (1001),1001,Active,Bo Chen,Rome,Empathy; Grit\n"
        "Bo Chen (1002) (On Leave),1002,On Leave,Zed Boss,Oslo,Calm\n"
        "Cy Diaz (1003) (Terminated),1003,Terminated,Bo Chen,Oslo,Courage\n",
        [("Ann Lee", "1001", "empathy grit"), ("Bo Chen", "1002", "calm")],
    ),
    "Workday, last name first": (
        'Worker,Strengths\n"Lee, Ann (1001)",Empathy; Grit\n"van der Berg, Bo (1002)",Calm\n',
        [("Ann Lee", "1001", "empathy grit"), ("Bo van der Berg", "1002", "calm")],
    ),
    "BambooHR": (
        "Employee #,First Name,Last Name,Preferred Name,Job Title,Reports To,Work Email,Status,Strengths\n"
        '12,Ann,Lee,Annie,Developer,Bo Chen,ann@x.org,Active,"Empathy, Grit"\n'
        "13,Bo,Chen,,Analyst,,bo@x.org,Inactive,Calm\n",
        [("Ann Lee", "12", "empathy grit")],
    ),
    "HiBob": (
        "Display name,First name,Last name,Email,Termination date,Reports to,Superpowers\n"
        "Ann Lee,Ann,Lee,ann@x.org,,Bo Chen,Empathy;Grit\n"
        "Bo Chen,Bo,Chen,bo@x.org,31/12/2021,,Calm\n"
        "Cy Diaz,Cy,Diaz,cy@x.org,31/12/2999,,Calm\n",
        [("Ann Lee", "", "empathy grit"), ("Cy Diaz", "", "calm")],
    ),
    "SuccessFactors": (
        "User Sys ID;Username;First Name;Last Name;Email Address;Status;Superpower 1\n"
        "u1;alee;Ann;Lee;ann@x.org;active;Empathy\nu2;bchen;Bo;Chen;bo@x.org;inactive;Calm\n",
        [("Ann Lee", "u1", "empathy")],
    ),
    "Oracle HCM": (
        "Person Number,Display Name,Assignment Status,Actual Termination Date,Strength 1,Strength 2\n"
        '300001,"Lee, Ann",Active - Payroll Eligible,,Empathy,Grit\n'
        '300002,"Chen, Bo",Active - Payroll Eligible,15-Mar-2021,Calm,\n'
        '300003,"Diaz, Cy",Inactive - No Payroll,,Calm,\n',
        [("Ann Lee", "300001", "empathy grit"), ("Bo Chen", "300002", "calm")],
    ),
    "ADP": (
        "Payroll Name,Position ID,File Number,Position Status,Superpowers\n"
        '"Lee, Ann M",AB1,001,A,Empathy; Grit\n"Chen, Bo",AB2,002,T,Calm\n"Diaz, Cy",AB3,003,L,Vision\n',
        [("Ann M Lee", "001", "empathy grit"), ("Cy Diaz", "003", "vision")],
    ),
    "Paylocity": (
        "Employee Id,Last Name,First Name,Preferred First Name,Supervisor,Employee Status,Superpowers\n"
        "7,Lee,Ann,Annie,Bo Chen,A,Empathy;Grit\n8,Chen,Bo,,,T,Calm\n",
        [("Ann Lee", "7", "empathy grit")],
    ),
    "German": (
        "Personalnummer;Nachname;Vorname;E-Mail-Adresse;Vorgesetzter;Status;Stärken\n"
        "1;Müller;Jürgen;j@x.de;Öz;aktiv;Empathy, Grit\n2;Groß;Käthe;k@x.de;;ausgeschieden;Calm\n",
        [("Jürgen Müller", "1", "empathy grit")],
    ),
    "German, where Name is the last name": (
        "Name;Vorname;Superkräfte\nMüller;Jürgen;Empathy, Grit\nGroß;Käthe;Calm\n",
        [("Jürgen Müller", "", "empathy grit"), ("Käthe Groß", "", "calm")],
    ),
    "French": (
        "Matricule;Nom;Prénom;Courriel;Date de sortie;Forces\n"
        "1;Dupont;Élodie;e@x.fr;;Empathy, Grit\n2;Lefèvre;Zoé;z@x.fr;31/12/2020;Calm\n",
        [("Élodie Dupont", "1", "empathy grit")],
    ),
    "Spanish": (
        "Nombre;Apellidos;Correo electrónico;Superpowers\nAna;García Gil;a@x.es;Empathy, Grit\n",
        [("Ana García Gil", "", "empathy grit")],
    ),
    "Polish": (
        "Imię i nazwisko;Superpowers\nŁukasz Żółć;Empathy, Grit\n",
        [("Łukasz Żółć", "", "empathy grit")],
    ),
    "Japanese": (
        "社員番号,氏名,強み\n7,山田太郎,Empathy;Grit\n",
        [("山田太郎", "7", "empathy grit")],
    ),
    "a team called Name beside the member": (
        "Name,Member,Strengths\nAlpha,Ann Lee,Empathy; Grit\nAlpha,Bo Chen,Calm\nBeta,Cy Diaz,Vision\n",
        [("Ann Lee", "", "empathy grit"), ("Bo Chen", "", "calm"), ("Cy Diaz", "", "vision")],
    ),
    "an address behind the name": (
        "Employee,Strengths\nAnn Lee (ann@x.org),Empathy; Grit\nBo Chen [bo@x.org],Calm\n",
        [("Ann Lee", "", "empathy grit"), ("Bo Chen", "", "calm")],
    ),
    "digits that a spreadsheet is to leave alone": (
        'Employee #,Name,Strengths\n="0012",Ann Lee,Empathy; Grit\n="0013",Bo Chen,Calm\n',
        [("Ann Lee", "0012", "empathy grit"), ("Bo Chen", "0013", "calm")],
    ),
    "totals of departments": (
        "Department,Employee,Strengths\nHR,Ann Lee,Empathy; Grit\nHR Total,1,\nIT,Bo Chen,Calm\n"
        "IT Total,1,\nGrand Total,2,\n",
        [("Ann Lee", "", "empathy grit"), ("Bo Chen", "", "calm")],
    ),
    "French, in full": (
        "Nom complet,Points forts,Statut\nÉlodie Dupont,Empathy; Grit,actif\nZoé Lefèvre,Calm,sorti\n",
        [("Élodie Dupont", "", "empathy grit")],
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_export_gives_the_right_people_without_a_question(system: str):
    text, expected = SYSTEMS[system]
    reading = load_roster(text)

    assert people(reading) == expected
    assert reading.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("system", ["German", "French"])
def test_an_export_may_be_in_an_old_encoding(system: str, encoding: str):
    text, expected = SYSTEMS[system]

    assert people(load_roster(text.encode(encoding), choices=Choices(encoding=encoding))) == expected


# --- what a column means ---------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["Manager name", "Reports To", "Supervisor", "Vorgesetzter", "Team name"])
def test_other_peoples_names_are_attributes(other: str):
    reading = load_roster(f"{other},Employee Nmae,Superpowers\nBo Chen,Ann Lee,Grit; Calm\nBo,Cy Diaz,Calm\n")

    assert [m.name for m in reading.roster.members] == ["Ann Lee", "Cy Diaz"]
    assert reading.roster.members[0].attributes == {other: "Bo Chen"}


def test_a_misspelled_header_is_a_guess_that_is_shown():
    reading = load_roster("Employee Nmae,Superpowers\nAnn Lee,Grit; Calm\n", name="r.csv")

    column = reading.columns[0]
    assert (column.meaning, column.sure) == ("name", False)
    assert column.why == "“Employee Nmae” is spelled like “employee name”."
    assert f"r.csv, column “Employee Nmae”: It is taken for the name. {column.why}" in reading.notes


def test_a_column_of_numbers_is_never_the_name():
    reading = load_roster("Employee,Employee Name,Superpowers\n1001,Ann Lee,Grit; Calm\n1002,Bo Chen,Calm\n")

    assert people(reading) == [("Ann Lee", "1001", "grit calm"), ("Bo Chen", "1002", "calm")]


def test_running_numbers_are_no_ids():
    reading = load_roster("No.,Name,Superpowers\n1,Ann Lee,Grit; Calm\n2,Bo Chen,Calm\n")

    assert people(reading) == [("Ann Lee", "", "grit calm"), ("Bo Chen", "", "calm")]
    assert meanings(reading)["No."] == "ignore"


def test_emails_and_names_are_seen_in_cells_when_no_header_says_so():
    reading = load_roster(
        "Wer?,Kontakt,Superpowers\nAnn Lee,ann@x.org,Grit; Calm\nBo Chen,bo@x.org,Calm; Grit\n"
    )

    assert meanings(reading) == {"Wer?": "name", "Kontakt": "email", "Superpowers": "superpowers"}
    assert [column.sure for column in reading.columns] == [False, False, True]


def test_without_names_people_are_called_by_their_email():
    reading = load_roster("Email,Superpowers\nann@x.org,Grit; Calm\n")

    assert [m.name for m in reading.roster.members] == ["ann@x.org"]
    assert "No column has names; people are called by it." in reading.notes[0]


def test_hours_of_work_are_no_free_times():
    reading = load_roster("name,superpowers,hours\nAnn,grit; calm,40\n")

    assert reading.roster.members[0].hours == ""
    assert reading.roster.members[0].attributes == {"hours": "40"}


@pytest.mark.parametrize("said", ["Full time", "50 %", "always"])
def test_an_availability_that_is_no_time_of_the_week_is_an_attribute(said: str):
    (ann,) = load_roster(f"name,superpowers,availability\nAnn,grit,{said}\n").roster.members

    assert (ann.hours, ann.attributes) == ("", {"availability": said})


def test_free_times_and_time_zones_that_nobody_can_compute_with_are_reported():
    text = "name,superpowers,hours,time zone\nAnn,grit,Mon morning,UTC\nBo,calm,Mon 9-12,Mars\nCy,calm,,\n"
    first, second = load_roster(text, name="r.csv").problems

    assert (
        str(first)
        == "r.csv, row 2, column “hours”: “Mon morning” is not a free time; write it like Mon 9-12."
    )
    assert (second.row, second.column) == (3, "time zone")
    assert [fix.cells for fix in second.fixes] == [{(3, "time zone"): ""}]


def test_a_column_that_says_who_is_there_leaves_nobody_out_and_that_is_said():
    reading = load_roster("name,superpowers,Attending\nAnn,grit,no\nBo,calm,yes\n", name="r.csv")

    assert not reading.roster.absent
    assert any(
        note.startswith("r.csv, column “Attending”: It is kept as an attribute") for note in reading.notes
    )


def test_a_choice_goes_before_everything():
    text = "name,nick,id,superpowers,place\nAnn Lee,Annie,7,Grit; Calm,Rome\n"
    choices = Choices(meanings={"name": "attribute", "nick": "name", "id": "ignore"})
    reading = load_roster(text, choices=choices)

    assert people(reading) == [("Annie", "", "grit calm")]
    assert reading.roster.members[0].attributes == {"name": "Ann Lee", "place": "Rome"}
    assert [column.why for column in reading.columns[:3]] == ["You chose it."] * 3


def test_an_own_group_why_or_talk_about_is_an_attribute():
    reading = load_roster("name,group,talk about,superpowers,why\nAnn,Blue,tea,grit; calm,fun\n")

    assert reading.roster.members[0].attributes == {"group": "Blue", "talk about": "tea", "why": "fun"}


def test_a_plans_own_columns_are_left_behind_and_that_is_said():
    reading = load_roster("name,superpowers,group,why,talk about\nAnn,grit,Team 1,x,y\n", name="p.csv")

    assert reading.roster.attributes == ()
    assert reading.notes == (
        "p.csv: “group”, “why” and “talk about” are left behind; a plan has written them.",
    )


# --- how names are written -------------------------------------------------------------------------


def names(*cells: str) -> tuple[list[str], list[str]]:
    quoted = "".join(f'"{cell}",grit;calm\n' for cell in cells)
    reading = load_roster(f"name,superpowers\n{quoted}", name="r.csv")
    return [m.name for m in reading.roster.members], [p.message for p in reading.problems]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Lee, Ann", "Chen, Bo", "Cher"], ["Ann Lee", "Bo Chen", "Cher"]),
        (["Lee, Ann, PhD", "Chen Jr., Bo"], ["Ann Lee, PhD", "Bo Chen Jr."]),
        (["Ann Lee, PhD", "Bo Chen, Jr."], ["Ann Lee, PhD", "Bo Chen, Jr."]),
        (["Mr Ann Lee", "Frau Bo Chen", "Dr. Cy Diaz"], ["Ann Lee", "Bo Chen", "Dr. Cy Diaz"]),
        (["Herr Müller", "Frau Müller"], ["Herr Müller", "Frau Müller"]),
        (["Herr Uli Au", "Frau Uli Au"], ["Herr Uli Au", "Frau Uli Au"]),
        (["  Ann \n Lee ", "Bo"], ["Ann Lee", "Bo"]),
        (["Ann Lee <a@x.org>", "Bo <b@x.org>"], ["Ann Lee", "Bo"]),
        (["Ann Lee (2)", "Ann Lee", "Bo", "Cy"], ["Ann Lee (2)", "Ann Lee", "Bo", "Cy"]),
    ],
)
def test_names_are_read_as_people_say_them(cells: list[str], expected: list[str]):
    assert names(*cells) == (expected, [])


def test_one_note_tells_how_a_column_of_names_is_read_and_the_fact_keeps_what_was_written():
    reading = load_roster('Name,superpowers\n"Lee, Ann (7)",grit\n"Chen, Bo (8)",calm\n', name="r.csv")

    assert reading.notes == (
        "r.csv, column “Name”: “Lee, Ann (7)” is read as “Ann Lee”, id “7”, and 1 other likewise.",
    )
    assert reading.facts["7"][0] == ("name", "Lee, Ann (7)", "r.csv", 2, "Name")


def test_a_single_name_the_other_way_round_is_asked_about():
    reading = load_roster('name,superpowers\nAnn Lee,grit\n"Chen, Bo",calm\nCy Diaz,calm; grit\n')

    (problem,) = reading.problems
    assert problem.message == (
        "“Chen, Bo” seems to have the last name first, unlike the others; write “Bo Chen”."
    )
    assert problem.fixes[0].cells == {(3, "name"): "Bo Chen"}
    assert [m.name for m in reading.roster.members] == ["Ann Lee", "Chen, Bo", "Cy Diaz"]


# --- who has left ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "gone", "there"),
    [
        ("Status", "Terminated", "Active"),
        ("Employment status", "Left the company", "Full-time"),
        ("Status", "Inactive", "On leave"),
        ("Active", "No", "Yes"),
        ("Statut", "sortie", "active"),
        ("Status", "ausgeschieden", "in Elternzeit"),
        ("Position Status", "T", "A"),
        ("Termination Date", "2020-01-31", "2999-01-31"),
        ("Austrittsdatum", "31.12.2020", ""),
        ("Last day of work", "15-Mar-2021", "15-Mar-2998"),
    ],
)
def test_leavers_are_left_out_and_listed(header: str, gone: str, there: str):
    text = f"name,superpowers,{header}\nAnn,grit; calm,{there}\nBo,calm,{gone}\n"
    reading = load_roster(text, name="r.csv")

    assert [m.name for m in reading.roster.members] == ["Ann"]
    assert [(row.number, row.cells[0]) for row in reading.table.left_out] == [(3, "Bo")]
    assert gone in reading.table.left_out[0].why
    assert "r.csv: 1 leaver left out: row 3." in reading.notes
    assert reading.problems == ()


def test_a_leaver_can_be_kept():
    text = "name,superpowers,status\nAnn,grit; calm,active\nBo,calm,left\n"

    assert len(load_roster(text, choices=Choices(kept=frozenset({3}))).roster.members) == 2


def test_somebody_who_came_back_is_there():
    text = "name,superpowers,status,termination date\nAnn,grit; calm,Active,2019-03-01\n"

    reading = load_roster(text, name="r.csv")
    assert len(reading.roster.members) == 1
    assert reading.notes == (
        "r.csv: Counted as there by their status, though their last day has passed: Ann.",
    )


def test_today_is_the_last_day_of_nobody_yet():
    tomorrow, yesterday = (date.today() + timedelta(days=days) for days in (2, -2))
    text = f"name,superpowers,last working day\nAnn,grit; calm,{tomorrow}\nBo,calm,{yesterday}\n"

    assert [m.name for m in load_roster(text).roster.members] == ["Ann"]


def test_people_on_leave_are_there_and_named():
    reading = load_roster("name,superpowers,status\nAnn,grit; calm,Active\nBo,calm,On Leave\n", name="r.csv")

    assert [m.absent for m in reading.roster.members] == [False, False]
    assert reading.notes == (
        "r.csv: On leave, but counted as there: Bo. Write yes in a column “absent” for who is not.",
    )


# --- the same person twice -------------------------------------------------------------------------


def test_rows_that_say_the_same_are_one_person():
    reading = load_roster(
        "id,name,superpowers\n7,Ann,grit; calm\n8,Bo,calm\n7,ANN,Grit;  calm\n", name="r.csv"
    )

    assert people(reading) == [("Ann", "7", "grit calm"), ("Bo", "8", "calm")]
    assert reading.problems == ()
    assert [row.number for row in reading.table.left_out] == [4]


def test_two_rows_of_one_id_can_be_merged_or_one_removed():
    reading = load_roster(
        "id,name,superpowers,site\n7,Ann,grit; calm,\n8,Bo,calm,\n7,Ann,vision; calm,Rome\n"
    )

    (problem,) = reading.problems
    assert (problem.row, problem.column) == (4, "id")
    merge, first, later = problem.fixes
    assert merge.cells == {(2, "superpowers"): "grit; calm; vision", (2, "site"): "Rome"}
    assert (merge.drop, first.drop, later.drop) == ((4,), (4,), (2,))


def test_two_people_of_one_name_can_be_told_apart_by_their_emails():
    reading = load_roster("name,email,superpowers\nAnn,a@x.org,grit; calm\nann,b@x.org,calm\n")

    (problem,) = reading.problems
    assert problem.fixes[-1].label == "They are two people: give each an id"
    assert problem.fixes[-1].cells == {(2, "id"): "a@x.org", (3, "id"): "b@x.org"}


@pytest.mark.parametrize("twin", ["RENÉ DIAZ", "Rene\u0301 Diaz", " René  Diaz ", "René\u200b Diaz"])
def test_names_that_differ_by_case_or_form_only_are_one(twin: str):
    reading = load_roster(f"name,superpowers\nRené Diaz,grit; calm\nBo,calm\n{twin},vision\n")

    assert [m.name for m in reading.roster.members] == ["René Diaz", "Bo"]
    assert "is on the roster already (row 2)" in reading.problems[0].message


def test_two_people_whose_names_differ_by_case_are_no_list_of_one_persons_strengths():
    reading = load_roster("name,superpowers\nAnn Lee,Vision\nANN LEE,Grit\nBo Ek,Calm\nbo ek,Vision\n")

    assert people(reading) == [("Ann Lee", "", "vision"), ("Bo Ek", "", "calm")]
    assert [problem.row for problem in reading.problems] == [3, 5]


def test_an_email_that_two_people_share_is_asked_about_and_both_stay():
    reading = load_roster("name,email,superpowers\nAnn,a@x.org,grit; calm\nAnnie,a@x.org,calm\n")

    assert len(reading.roster.members) == 2
    assert [(p.row, p.column) for p in reading.problems] == [(3, "email")]


def test_people_with_ids_may_share_an_email():
    text = "id,name,email,superpowers\n7,Ann,desk@x.org,grit; calm\n8,Bo,desk@x.org,calm\n"

    assert load_roster(text).problems == ()


# --- from Python -----------------------------------------------------------------------------------


def test_a_roster_that_was_read_carries_its_report():
    roster = read_roster("name,superpowers,status\nAnn,grit; calm,Active\nBo,calm,left\n", name="r.csv")

    assert roster.report is not None
    assert [row.number for row in roster.report.table.left_out] == [3]
    assert roster.without(["Ann"]).absent[0].name == "Ann"


def test_every_fact_of_a_member_is_traced_to_where_it_stood():
    text = "id;Last name;First name;E-Mail;Superpowers;Site\n7;Lee;Ann;a@x.org;Grit, calm;Rome\n"
    reading = load_roster(text, name="r.csv")

    assert [(fact.what, fact.text, fact.column) for fact in reading.facts["7"]] == [
        ("id", "7", "id"),
        ("last name", "Lee", "Last name"),
        ("first name", "Ann", "First name"),
        ("email", "a@x.org", "E-Mail"),
        ("Site", "Rome", "Site"),
        ("superpower 1", "Grit", "Superpowers"),
        ("superpower 2", "calm", "Superpowers"),
    ]
    assert {(fact.file, fact.row) for fact in reading.facts["7"]} == {("r.csv", 2)}


def test_a_table_that_was_read_before_is_read_as_it_is():
    reading = load_roster("name,superpowers\nAnn,grit; calm\n", name="r.csv")

    assert load_roster(reading.standard).roster == reading.roster


def test_a_file_of_which_nothing_can_be_made_says_all_that_is_wrong():
    with pytest.raises(InputError, match="no name"):
        load_roster("name,superpowers,site\n,grit,Rome\n,calm,Oslo\n")
