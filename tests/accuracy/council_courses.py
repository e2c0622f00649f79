"""Offers of our own wording that do concern the councils, with the category each deserves."""

from __future__ import annotations

from scrapers.records import Relevance

COUNCIL_COURSES: tuple[tuple[Relevance, str, str], ...] = (
    ("series", "Chancengerechtigkeit und Integration vor Ort", "Zwei Samstage in der VHS."),
    ("series", "Die Politik in unserer Stadt mitgestalten", "Basismodul."),
    ("series", "Lebenswelt und Handlungsfeld Kommune", "Ein Seminartag."),
    ("series", "Qualifizierung für Integrationsratsmitglieder: Basismodul", "Für neue Mitglieder."),
    ("series", "Qualifizierung für Mitglieder des Integrationsrates - Aufbaumodul", ""),
    ("series", "Qualifizierung-fuer-Integrationsratsmitglieder-Basismodul", ""),
    ("series", "Seminar für Integrationsräte", "Qualifizierung, Aufbaumodul, an zwei Tagen."),
    ("series", "QUALIFIZIERUNG FÜR INTEGRATIONSRATSMITGLIEDER (BASISMODUL)", ""),
    ("council", "Politisch partizipieren heißt handeln!", "Ein Wochenende."),
    ("council", "Rhetorik für Mitglieder des Integrationsrates", "Drei Abende."),
    ("council", "Neu im Integrationsausschuss?", "Fragen und Antworten."),
    ("council", "Integrationsräte in NRW", "Fortbildung für Mitglieder."),
    ("council", "Arbeit im Integrationsrat", "Ein Einstieg."),
    ("council", "Haushalt lesen", "Der Abend richtet sich an Mitglieder der Integrationsräte."),
    ("council", "Anträge schreiben", "Für gewählte Mitglieder im Integrationsausschuss."),
    (
        "council",
        "Satzung und Geschäftsordnung",
        "Das Seminar richtet sich an den Ausschuss für Chancengerechtigkeit und Integration.",
    ),
    ("council", "Neu im Ausschuss für Chancengerechtigkeit und Integration", ""),
    ("council", "Ausschüsse für Chancengerechtigkeit: Rechte und Pflichten", ""),
    ("council", "Öffentlichkeitsarbeit", "Workshop für Mitglieder des Integrationsrats."),
    ("council", "Klausurtag", "Die Fortbildung richtet sich an Integrationsratsmitglieder."),
    ("council", "Integrations-räte stärken", "Seminar."),
    ("council", "Fortbildung für Integrationsratsvorsitzende", "Zwei Tage."),
    (
        "council",
        "Deutsch im Ehrenamt: Integrationskurs nach Maß",
        "Ein Sprachkurs für gewählte Mitglieder des Integrationsrates.",
    ),
    ("council", "Coaching für den Integrationsrat", "Ihr Gremium bestimmt die Themen."),
    ("council", "Landesintegrationsrat: Schulung für Delegierte", ""),
    (
        "adjacent",
        "Integrationskonzept: kommunale Strategien",
        "Ein Seminar für Gemeinden und Kreise.",
    ),
    ("adjacent", "Workshops zur kommunalen Integrationsstrategie", "Für Rat und Verwaltung."),
    ("adjacent", "Fortbildung für Integrationsbeauftragte", "Für Städte und Gemeinden."),
)
