"""Relevance: offers for the bodies are found, their false friends are not."""

from __future__ import annotations

import pytest

from scrapers.fields.relevance import (
    SEARCH_TERMS,
    is_candidate,
    judge_module,
    judge_relevance,
    modules_in,
)


@pytest.mark.parametrize(
    ("title", "text", "category"),
    [
        ("Chancengerechtigkeit und Integration vor Ort", "", "series"),
        ("Kommunalpolitik", "Lebenswelt und Handlungsfeld Kommune", "series"),
        ("Qualifizierung für Integrationsratsmitglieder - Basismodul", "", "series"),
        ("Qualifizierung-fuer-Integrationsratsmitglieder-Basismodul", "", "series"),
        ("Aufbaumodul für Integrationsräte", "Teil der Qualifizierungsreihe.", "series"),
        ("Fortbildung für Mitglieder des Integrationsrates", "", "council"),
        ("Integrationsräte in NRW: Rechte und Pflichten", "", "council"),
        ("Seminar für Integrationsausschüsse", "", "council"),
        ("Integrations\u00adrat: ein Überblick", "", "council"),
        ("Für Ausschüsse für Chancengerechtigkeit und Integration", "", "council"),
        ("Der neue Ausschuss für Chancengerechtigkeit und Integration", "", "council"),
        (
            "Politik vor Ort verstehen",
            "Das Seminar richtet sich an gewählte Mitglieder der Integrationsräte und -ausschüsse.",
            "council",
        ),
        ("Politisch partizipieren heißt handeln!", "", "council"),
        ("Deutsch für Mitglieder des Integrationsrats", "", "council"),
        ("Integrationskurs-Wissen für Integrationsratsmitglieder", "", "council"),
        (
            "Coaching für Integrationsräte und Geschäftsführungen",
            "Landesintegrationsrat",
            "council",
        ),
        ("Workshop: kommunale Integrationsstrategie", "", "adjacent"),
        ("Fortbildung für kommunale Integrationsbeauftragte", "", "adjacent"),
        (
            "Zweitägige Werkstatt",
            "Der Workshop hilft Kommunen bei der Erarbeitung einer Integrationsstrategie.",
            "adjacent",
        ),
    ],
)
def test_relevant(title: str, text: str, category: str) -> None:
    judged = judge_relevance(title, text)
    assert judged.category == category
    assert judged.terms


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Integrationskurs A1", ""),
        ("Integrationskurs mit Alphabetisierung", "Anmeldung im Büro des Integrationsrates."),
        ("Integrationskurs B1", "In Kooperation mit dem Integrationsrat der Stadt."),
        ("Integrationskurs B1", "Der Kurs wird vom Integrationsrat als Fortbildung empfohlen."),
        ("Integrationskurs des Integrationsrates", ""),
        ("Integrationshelfer in der Schule", ""),
        ("Schulintegration heute", ""),
        ("Integralrechnung für Einsteiger", ""),
        ("Rat und Tat", ""),
        ("Integrationsrate der Zinsen", "Integrationsraten im Vergleich für Teilnehmende"),
        ("Italienisch", "Kursort: Geschäftsstelle des Integrationsrates, Zimmer 12."),
        ("Yoga", "Mitglieder erhalten Ermäßigung. Der Integrationsrat grüßt."),
        ("Beratung im Büro des Integrationsrates", ""),
        ("Pädagogik heute", "Die Fortbildung folgt einem Integrationskonzept für Betriebe."),
        ("Integration im Sport", "Integrations-Angebote für alle"),
        ("", ""),
    ],
)
def test_not_relevant(title: str, text: str) -> None:
    assert judge_relevance(title, text).category is None


def test_the_words_of_the_page_are_the_evidence() -> None:
    judged = judge_relevance(
        "Für INTEGRATIONSRÄTE", "Ziel ist die Arbeit im Integrationsausschuss."
    )
    assert judged.terms == ("INTEGRATIONSRÄTE", "Integrationsausschuss")


@pytest.mark.parametrize(
    ("title", "text", "module"),
    [
        ("Qualifizierung: Basismodul", "", "basis"),
        ("Aufbaumodul", "Voraussetzung ist das Basismodul.", "aufbau"),
        ("Lebenswelt und Handlungsfeld Kommune", "Das Aufbaumodul folgt.", "basis"),
        ("Entwicklung von Zielen und deren Umsetzung", "", "aufbau"),
        ("Qualifizierung-Integrationsratsmitglieder-Aufbaumodul", "", "aufbau"),
        ("Qualifizierungsreihe", "Dies ist das Basis-Modul der Reihe.", "basis"),
        ("Qualifizierungsreihe", "Basismodul und Aufbaumodul an zwei Tagen.", None),
        ("Basismodul und Aufbaumodul", "", None),
        ("Basis- und Aufbaumodul", "Dies ist das Basismodul.", None),
        ("Basis-/Aufbaumodul", "", None),
        ("Aufbau- und Basismodul", "", None),
        ("Qualifizierung-Basis-und-Aufbaumodul", "", None),
        ("Modul Basis/Aufbau", "", None),
        ("Qualifizierungsreihe", "Das Basis- und das Aufbaumodul an zwei Tagen.", None),
        ("Basis-Modul", "", "basis"),
        ("Aufbau-Modul", "", "aufbau"),
        ("Qualifizierung, Modul Basis", "", "basis"),
        ("Modul Basisdemokratie", "", None),
        ("Qualifizierungsreihe", "Voraussetzung ist die Teilnahme am Basismodul.", None),
        ("Qualifizierungsreihe", "Ein Aufbaumodul folgt im Herbst.", None),
        ("Qualifizierungsreihe", "", None),
    ],
)
def test_module(title: str, text: str, module: str | None) -> None:
    assert judge_module(title, text).value == module


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Integrationskurs A1", False),
        ("Integralrechnung", False),
        ("Qualifizierung für Integrationsratsmitglieder", True),
        ("Integrationskurs für Integrationsratsmitglieder", True),
        ("Politik in unserer Stadt", True),
        ("Kommunalpolitik von A bis Z", True),
        ("", True),
    ],
)
def test_candidates(title: str, expected: bool) -> None:
    assert is_candidate(title) is expected


def test_search_terms_find_both_names_of_the_bodies() -> None:
    terms = " ".join(SEARCH_TERMS)
    for word in ("Integrationsrat", "Integrationsräte", "Integrationsausschuss", "Chancengerecht"):
        assert word in terms
    assert len(SEARCH_TERMS) <= 6


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("Basis-Modul am 18.04.2026", {"basis"}),
        ("Modul: Aufbau", {"aufbau"}),
        ("Entwicklung von Zielen und deren Umsetzung", {"aufbau"}),
        ("Basis- und Aufbaumodul", {"basis", "aufbau"}),
        ("Basiswissen für den Aufbau", set()),
    ],
)
def test_modules_are_named_by_word_or_title(text: str, modules: set[str]) -> None:
    assert modules_in(text) == modules
    assert judge_module(text).value == (modules.copy().pop() if len(modules) == 1 else None)
