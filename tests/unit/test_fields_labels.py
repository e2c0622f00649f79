"""Labels: many words, one vocabulary."""

from __future__ import annotations

import pytest

from scrapers.fields.labels import Label, canonical_label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kursnummer", Label.NUMBER),
        ("Kurs-Nr.:", Label.NUMBER),
        ("  NR.: ", Label.NUMBER),
        ("Veranstaltungsnummer", Label.NUMBER),
        ("Beginn", Label.START),
        ("Ende:", Label.END),
        ("Termin(e)", Label.DATE),
        ("Wann:", Label.DATE),
        ("Zeiten", Label.DATE),
        ("Datum", Label.DATE),
        ("Uhrzeit", Label.TIME),
        ("Dauer", Label.DURATION),
        ("Anzahl Termine", Label.SESSION_COUNT),
        ("Kursort", Label.PLACE),
        ("Wo:", Label.PLACE),
        ("Ort / Raum", Label.PLACE),
        ("Ort/Raum:", Label.PLACE),
        ("Veranstaltungsort", Label.PLACE),
        ("Raum", Label.ROOM),
        ("Gebühr", Label.PRICE),
        ("GebÃ¼hr:", Label.PRICE),
        ("Entgelt", Label.PRICE),
        ("Preis", Label.PRICE),
        ("Kosten", Label.PRICE),
        ("Status:", Label.STATUS),
        ("Belegung", Label.OCCUPANCY),
        ("Plätze", Label.OCCUPANCY),
        ("Freie Plätze", Label.FREE_PLACES),
        ("Geplante TN", Label.PLANNED_PLACES),
        ("Min. / Max. Teilnehmer", Label.MIN_MAX),
        ("Anmeldung per E-Mail", Label.REGISTRATION),
        ("Anmeldeschluss", Label.REGISTRATION_DEADLINE),
        ("Zielgruppe", Label.TARGET_GROUP),
        ("Modul", Label.MODULE),
        ("Leitung", Label.LECTURER),
        ("Kursleitung:", Label.LECTURER),
        ("Dozent*in", Label.LECTURER),
        ("Referent/-in", Label.LECTURER),
    ],
)
def test_known_labels(text: str, label: Label) -> None:
    assert canonical_label(text) is label


@pytest.mark.parametrize(
    "text", ["", ":", "Hinweise zur Barrierefreiheit", "Integrationsrat", "12"]
)
def test_unknown_labels(text: str) -> None:
    assert canonical_label(text) is None
