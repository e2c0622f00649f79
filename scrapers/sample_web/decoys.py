"""Everything else that a VHS teaches: what a reader must leave alone.

Among it are the false friends of `platforms.md`: Integrationskurs, Schulintegration,
Integralrechnung, „Rat und Tat“. No title and no text here names a council; one sentence about
"Chancengerechtigkeit" can be added to some courses, so that a search for that word has pages.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from scrapers.sample_web.courses import Meeting, SampleCourse, SampleStatus, Venue

EQUAL_CHANCES = "Mit unseren Kursen fördern wir Chancengerechtigkeit beim Lernen, ein Leben lang."

# (title, text, fee)
GENERAL: tuple[tuple[str, str, str], ...] = (
    (
        "Hatha-Yoga am Abend",
        "Ruhige Übungen für Rücken und Atem. Bitte Matte mitbringen.",
        "72,00 €",
    ),
    ("Pilates für Einsteiger", "Kräftigung aus der Körpermitte.", "66,40 €"),
    ("Wirbelsäulengymnastik", "Beweglich bleiben im Alltag.", "58,00 €"),
    ("Aquarell: Licht und Wasser", "Nass in nass malen, Schritt für Schritt.", "84,00 €"),
    ("Töpfern an der Scheibe", "Material wird nach Verbrauch abgerechnet.", "120,-- EUR"),
    ("Nähwerkstatt", "Eigene Stoffe und Ideen sind willkommen.", "69,00 €"),
    ("Gitarre für Anfänger", "Die ersten sechs Akkorde und zehn Lieder.", "88,00 €"),
    ("Excel: Pivot-Tabellen", "Große Listen auf einen Blick.", "95,00 €, ermäßigt 71,00 €"),
    ("Word kompakt", "Formatvorlagen, Verzeichnisse, Serienbriefe.", "79,00 €"),
    ("Smartphone-Sprechstunde", "Fragen mitbringen, Antworten mitnehmen.", "kostenlos"),
    ("Künstliche Intelligenz verstehen", "Was Sprachmodelle können und was nicht.", "18,00 €"),
    ("Python für Neugierige", "Programmieren ohne Vorkenntnisse.", "110,00 €"),
    (
        "Integralrechnung zum Auffrischen",
        "Flächen unter Kurven, vom Abitur bis zum Studium.",
        "54,00 €",
    ),
    ("Mathematik: Prüfung Klasse 10", "Üben mit alten Aufgaben.", "46,00 €"),
    ("Rat und Tat: Rund ums Erbe", "Ein Notar beantwortet allgemeine Fragen.", "9,00 €"),
    ("Rat und Tat: Energie sparen", "Wo die Wohnung Wärme verliert.", "Eintritt frei"),
    (
        "Schulintegration begleiten",
        "Für Integrationshelferinnen und Integrationshelfer.",
        "35,00 €",
    ),
    ("Letzte Hilfe", "Am Ende wissen, wie es geht.", "entgeltfrei"),
    ("Heimatgeschichte auf der Spur", "Ein Rundgang durch das Stadtarchiv.", "6,00 €"),
    ("Vortrag: Die Wirtschaft Chinas", "Zahlen und Zusammenhänge.", "8,00 €"),
    ("Philosophisches Café", "Diesmal: Was ist ein gutes Leben?", "7,50 €"),
    ("Fotografie bei Nacht", "Stativ nicht vergessen.", "42,00 €"),
    ("Kochen mit Hülsenfrüchten", "Lebensmittelumlage 14,00 € im Kurs zu zahlen.", "31,00 €"),
    ("Brot backen mit Sauerteig", "Vom Ansatz bis zum Laib.", "33,00 €"),
    ("Wald im Klimawandel", "Spaziergang mit dem Förster.", "5,00 €"),
    ("Der Rat der Weisen: Märchenabend", "Erzählt für Erwachsene.", "10,00 €"),
    ("Bildungsurlaub: Resilienz im Beruf", "Fünf Tage, anerkannt nach AWbG.", "298,00 €"),
    ("Buchführung Grundstufe", "Vom Beleg zur Bilanz.", "1.234,56 €"),
    ("Ausbildung der Ausbilder", "Vorbereitung auf die Prüfung der Kammer.", "480,00 €"),
    ("Chorprojekt: Lieder aus aller Welt", "Notenkenntnisse sind nicht nötig.", "40,00 €"),
)
LANGUAGES = ("Englisch", "Spanisch", "Französisch", "Italienisch", "Niederländisch", "Türkisch")
LEVELS = ("A1.1", "A1.2", "A2", "B1", "B2 Konversation")
INTEGRATION: tuple[tuple[str, str, str], ...] = (
    (
        "Integrationskurs A1 am Vormittag",
        "Deutsch für Zugewanderte mit Zulassung des BAMF.",
        "229,00 €",
    ),
    ("Integrationskurs A2 am Abend", "Fortsetzung, Einstufung erforderlich.", "229,00 €"),
    ("Integrationskurs mit Alphabetisierung", "Lesen und Schreiben von Anfang an.", "229,00 €"),
    ("Integrationskurs für Eltern", "Mit Kinderbetreuung im Haus.", "229,00 €"),
    ("Integrationskurs: Orientierungskurs", "Recht, Geschichte und Gesellschaft.", "kostenfrei"),
    ("Einbürgerungstest", "33 Fragen in 60 Minuten.", "25,00 €"),
    ("Deutsch-Test für Zuwanderer", "Prüfung im Auftrag des Bundesamtes.", "150,00 €"),
    ("Deutsch B2 für den Beruf", "Berufssprachkurs nach DeuFöV.", "kostenfrei"),
)
LIGHTS: tuple[tuple[SampleStatus, int], ...] = (
    ("open", 12),
    ("few", 3),
    ("waitlist", 2),
    ("full", 2),
    ("closed", 2),
    ("cancelled", 1),
)


def decoys(
    seed: str,
    today: date,
    count: int,
    number: Callable[[int], str],
    venue: Venue,
    *,
    only_integration: bool = False,
    with_equal_chances: int = 0,
) -> tuple[SampleCourse, ...]:
    """`count` irrelevant courses, always the same for the same `seed` and day.

    `number` makes the course number of the n-th course, counted from 1. The first
    `with_equal_chances` of them carry the sentence about Chancengerechtigkeit in their text.
    """
    dice = random.Random(seed)
    topics = _topics(only_integration)
    dice.shuffle(topics)
    courses = []
    for position in range(count):
        title, text, fee = topics[position % len(topics)]
        if round_no := position // len(topics):
            title = f"{title} (Gruppe {round_no + 1})"
        course = _course(dice, today, number(position + 1), title, text, fee, venue)
        if position < with_equal_chances:
            course = replace(course, text=(*course.text, EQUAL_CHANCES))
        courses.append(course)
    return tuple(courses)


def _topics(only_integration: bool) -> list[tuple[str, str, str]]:
    if only_integration:
        return list(INTEGRATION)
    courses_of_language = [
        (f"{language} {level}", f"{language} in kleiner Gruppe, Stufe {level}.", "98,00 €")
        for language in LANGUAGES
        for level in LEVELS
    ]
    return [*GENERAL, *courses_of_language, *INTEGRATION]


def _course(
    dice: random.Random, today: date, number: str, title: str, text: str, fee: str, venue: Venue
) -> SampleCourse:
    status = dice.choices([light for light, _ in LIGHTS], [weight for _, weight in LIGHTS])[0]
    total = dice.randrange(8, 24)
    taken = {"few": total - 1, "waitlist": total, "full": total}.get(
        status, dice.randrange(0, total - 2)
    )
    starts = dice.choice((("09:15", "11:30"), ("17:30", "19:00"), ("19:30", "21:00")))
    first = today + timedelta(days=dice.randrange(8, 120))
    meetings = tuple(
        Meeting(first + timedelta(weeks=week), *starts)
        for week in range(dice.choice((1, 1, 5, 10)))
    )
    return SampleCourse(number, title, meetings, venue, "", (text,), fee, status, taken, total)
