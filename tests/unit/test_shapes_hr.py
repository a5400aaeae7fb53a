"""Rosters as systems for human resources export them: the right people, and who is left out."""

from __future__ import annotations

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
    "an id before the name": (
        "Employee,Strengths\n1001 - Ann Lee,Empathy; Grit\n1002 - Bo Chen,Calm\n",
        [("Ann Lee", "1001", "empathy grit"), ("Bo Chen", "1002", "calm")],
    ),
    "empty columns before the table": (
        ",,Name,Strengths\n,,Ann Lee,Empathy; Grit\n",
        [("Ann Lee", "", "empathy grit")],
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


def test_colleagues_may_be_named_in_any_way_that_a_form_writes_them():
    (ann, bo, _) = load_roster(
        'name,superpowers,turns to,prefers\nAnn Lee,grit,"Bo Ek, Cy Diaz",Zed\nBo Ek,calm,"Lee, Ann",\n'
        "Cy Diaz,calm,,\n"
    ).roster.members

    assert (ann.turns_to, ann.prefers, bo.turns_to) == (("Bo Ek", "Cy Diaz"), ("Zed",), ("Ann Lee",))
    assert ann.cells["turns to"] == "Bo Ek, Cy Diaz"


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
