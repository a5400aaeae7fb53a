"""What the columns of a roster are called, in English, French and German and by the usual systems; what says
who somebody is also in some other languages.

Everything is in the form of :func:`matcher.files.tables.columns.plain`: no capitals, no punctuation. The
first spelling of a meaning is the one that we write.
"""

from __future__ import annotations

from collections.abc import Mapping

ROSTER_HEADERS: Mapping[str, tuple[str, ...]] = {
    meaning: tuple(spellings.split(", "))
    for meaning, spellings in {
        "name": (
            "name, full name, employee name, member name, member, worker, worker name, employee, employee "
            "full name, person, person name, display name, payroll name, legal name, full legal name, "
            "participant, participant name, respondent, respondent name, team member, team member name, "
            "teammate, colleague, associate, associate name, staff name, staff member, user, student, "
            "name of employee, your name, your full name, what is your name, what is your full name, what "
            "s your name, first and last name, your first and last name, name and surname, name surname, "
            "first name last name, last name first name, nom complet, nom et prénom, nom et prénoms, nom "
            "prénom, nom et prenom, nom prenom, prénom et nom, prénom nom, prenom nom, votre nom, nom du "
            "collaborateur, nom du salarié, nom de l employé, collaborateur, collaboratrice, "
            "collaborateur trice, salarié, salarié e, employé, employé e, membre, vollständiger name, vor "
            "und nachname, vor und zuname, vorname und nachname, vorname nachname, vorname name, nachname "
            "vorname, name vorname, mitarbeiter, mitarbeiterin, mitarbeiter in, mitarbeiter innen, "
            "mitarbeitende, mitarbeitende r, mitarbeitender, mitarbeitername, name des mitarbeiters, name "
            "mitarbeiter, angestellter, mitglied, teilnehmer, ihr name, dein name, anzeigename, nom, "
            "preferred name, nombre completo, nombre y apellidos, nome completo, nome e cognome, naam, "
            "volledige naam, imię i nazwisko, jméno a příjmení, navn, namn, nimi, 氏名, 名前, お名前, "
            "社員名, 姓名"
        ),
        "first name": (
            "first name, given name, forename, first, legal first name, preferred first name, your first "
            "name, first names, first name s, given names, given name s, forenames, prénom, prénoms, prenom, "
            "vorname, rufname, nombre, nombres, nome, voornaam, imię, jméno, fornavn, förnamn, etunimi, 名"
        ),
        "last name": (
            "last name, surname, family name, last, legal last name, your last name, nom de famille, nom "
            "d usage, nachname, familienname, zuname, apellido, apellidos, cognome, sobrenome, apelido, "
            "achternaam, nazwisko, příjmení, etternavn, efternavn, efternamn, sukunimi, 姓"
        ),
        "id": (
            "id, employee id, employee number, employee no, employee nr, employee code, emp id, emp no, "
            "empl id, emplid, member id, person id, person number, person no, personnel number, personnel "
            "no, personnel id, staff id, staff number, staff no, worker id, worker number, associate id, "
            "user id, userid, user sys id, payroll id, payroll number, file number, badge number, "
            "matricule, numéro de matricule, n matricule, no matricule, identifiant, id employé, id "
            "salarié, numéro employé, numéro d employé, personalnummer, personal nr, personalnr, pers nr, "
            "persnr, pnr, mitarbeiternummer, mitarbeiter nr, mitarbeiternr, mitarbeiter id, ma nr, "
            "kennung, number, nr, no, 社員番号"
        ),
        "email": (
            "email, e mail, email address, e mail address, mail, mail address, work email, work e mail, "
            "work email address, email work, email primary work, primary email, primary work email, "
            "business email, business email address, business e mail, company email, corporate email, "
            "office email, employee email, user email, your email, your email address, user principal "
            "name, upn, courriel, adresse e mail, adresse email, adresse mail, adresse courriel, adresse "
            "électronique, e mail professionnel, email professionnel, adresse e mail professionnelle, "
            "mail professionnel, e mail adresse, email adresse, emailadresse, mailadresse, e mail "
            "geschäftlich, geschäftliche e mail, dienstliche e mail, e mail dienstlich, username, "
            "correo, correo electrónico, correo electronico, メール, メールアドレス"
        ),
        "superpowers": (
            "superpowers, superpower, strengths, top strengths, strength, your superpowers, your "
            "strengths, my superpowers, my strengths, key strengths, top superpowers, top 5, top five, "
            "top 5 strengths, top five strengths, top 3 strengths, themes, top 5 themes, top five themes, "
            "signature themes, signature strengths, cliftonstrengths, clifton strengths, cliftonstrengths "
            "top 5, clifton strengths top 5, strengthsfinder, strengths finder, talents, talent themes, "
            "character strengths, via strengths, team roles, team role, belbin, belbin roles, belbin team "
            "roles, superpouvoirs, super pouvoirs, superpouvoir, forces, points forts, atouts, vos points "
            "forts, vos forces, stärken, superkräfte, superkraft, talente, ihre stärken, deine stärken, "
            "top 5 stärken, teamrollen, 強み, 資質"
        ),
        "turns to": (
            "turns to, turn to, whom do you turn to, who do you turn to, who do you turn to for help, "
            "whom do you turn to for help, who do you go to for help, whom do you ask for help, who do "
            "you ask for help, who do you ask for advice, asks for advice, seeks advice from"
        ),
        "prefers": (
            "prefers, preferred people, preferred colleagues, preferred partners, works well with, likes "
            "to work with, wants to work with, would like to work with, who would you like to work with, "
            "whom would you like to work with, arbeitet gern mit, arbeitet gerne mit, aime travailler "
            "avec, souhaite travailler avec"
        ),
        "wants": (
            "wants, wanted projects, project wishes, preferred projects, project preferences, "
            "projektwünsche, wunschprojekte, projets souhaités"
        ),
        "hours": (
            "hours, free hours, free times, availability, available hours, available times, "
            "verfügbarkeit, freie zeiten, disponibilités, disponibilité"
        ),
        "time zone": "time zone, timezone, tz, zeitzone, fuseau horaire, fuseau",
        "absent": (
            "absent, away, on leave, is absent, out of office, ooo, on vacation, abwesend, absent e, "
            "absente, en congé"
        ),
        "status": (
            "status, employee status, employment status, worker status, position status, assignment "
            "status, hr status, job status, staff status, active, is active, active status, active "
            "inactive, lifecycle status, statut, statut du salarié, statut salarié, statut d emploi, "
            "actif, mitarbeiterstatus, beschäftigungsstatus, beschäftigungsverhältnis status, "
            "personalstatus, aktiv"
        ),
        "left on": (
            "left on, termination date, actual termination date, date of termination, terminated on, "
            "employment end date, date left, leaving date, date of leaving, exit date, "
            "separation date, last day of work, last day of employment, last working day, last day "
            "worked, austrittsdatum, austritt, austritt am, date de sortie, date de départ, date sortie"
        ),
        "answered at": (
            "answered at, timestamp, completion time, submitted at, submitted on, submission time, "
            "submission date, submit date, submit date utc, response time, date submitted, recorded date, "
            "horodateur, heure de fin, zeitstempel, "
            "fertigstellungszeit, abschlusszeit"
        ),
        "ignore": (
            "start time, last modified time, heure de la dernière modification, total points, "
            "quiz feedback, heure de début, startzeit, "
            "uhrzeit der letzten änderung, network id"
        ),
    }.items()
}
"""A meaning, and the headers that clearly say so."""

OUR_FORM = ("name", "id", "email", "superpowers")
"""How a roster begins that we have written: its other columns mean what our own words say, or nothing."""

NICKNAMES = frozenset({"preferred first name", "preferred name", "rufname"})
"""Headers of what somebody is called beside their name."""

SAYS_THERE = frozenset(
    {"present", "is present", "attending", "is attending", "participating", "participates", "takes part"}
    | {"anwesend", "nimmt teil", "présent", "présente", "présent e", "participe"}
)
"""Headers of what may be the opposite of absent; it is kept as it is, and that is said."""

ANSWER_COLUMNS = frozenset(
    {"start time", "completion time", "heure de début", "heure de fin", "startzeit", "fertigstellungszeit"}
)
"""Headers of a form's own columns: beside them, ``ID`` numbers the answers, not the people."""

SOMEBODY_ELSE = frozenset(
    {"manager", "managers", "supervisor", "supervisors", "boss", "reports", "approver", "hrbp"}
    | {"partner", "emergency", "contact", "spouse", "mentor", "buddy", "assistant", "referred"}
    | {"recruiter", "delegate", "director", "head", "leader", "lead", "sponsor", "owner", "coach"}
    | {"vorgesetzter", "vorgesetzte", "vorgesetzten", "führungskraft", "teamleiter", "teamleitung"}
    | {"leiter", "leitung", "responsable", "supérieur", "hiérarchique", "chef", "manageur", "n1"}
)
"""Words of a header that make its column somebody else's, or another thing's: never a member's name."""

OF_A_THING = frozenset(
    {"team", "department", "company", "project", "job", "role", "position", "office", "group"}
    | {"division", "business", "unit", "cost", "center", "centre", "location", "site", "country"}
    | {"region", "city", "product", "client", "customer", "file", "school", "university", "course"}
    | {"abteilung", "firma", "projekt", "stelle", "standort", "équipe", "service", "entreprise"}
    | {"projet", "poste", "site", "user", "login"}
)
"""Words of a header that make its column a thing's name or number, not a person's."""
