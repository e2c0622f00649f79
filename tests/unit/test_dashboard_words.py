"""German dates, numbers and sentences; every value of the contract has its words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest

from dashboard.data.offers import Offer, Session
from dashboard.formats import (
    counted,
    euro_text,
    listed,
    moment_text,
    number_text,
    period_text,
    session_text,
)
from dashboard.offer_words import (
    dates_of,
    place_of,
    places_of,
    price_of,
)
from dashboard.reasons import joined, sentences
from dashboard.search import matches
from dashboard.texts import prose
from dashboard.wording import (
    FAILURE_SENTENCES,
    MODULE_OF_OFFER,
    SOURCE_KINDS,
    STATUS_LABELS,
    failure_sentence,
)
from scrapers import records


def offer(**values: Any) -> Offer:
    empty: dict[str, Any] = dict.fromkeys(Offer.__dataclass_fields__)
    empty |= {
        "offer_id": "o",
        "module": "basis",
        "relevance": "series",
        "title": "T",
        "delivery_mode": "unknown",
        "status": "unknown",
        "lifecycle": "current",
    }
    return Offer(**(empty | values))


def test_moments_are_told_in_german_time() -> None:
    assert moment_text(datetime(2026, 3, 14, 1, 41, tzinfo=UTC)) == "14.03.2026, 02:41 Uhr"
    assert moment_text(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "01.07.2026, 00:30 Uhr"


def test_numbers_and_money() -> None:
    assert number_text(1234567) == "1.234.567"
    assert euro_text(Decimal("6000")) == "6.000,00 €"
    assert counted(1, "Angebot", "Angebote") == "1 Angebot"
    assert listed(["A", "B", "C"]) == "A, B und C"
    assert listed(["A"]) == "A"


def test_sessions() -> None:
    day = date(2026, 3, 14)
    ten, four = datetime(2026, 3, 14, 10), datetime(2026, 3, 14, 16)
    assert session_text(day, ten, four) == "14.03.2026, 10:00–16:00 Uhr"
    assert session_text(day, ten, None) == "14.03.2026, 10:00 Uhr"
    assert session_text(day, None, None) == "14.03.2026"
    assert period_text(day, date(2026, 3, 15)) == "14.03.2026 bis 15.03.2026"
    assert period_text(None, None) is None


def test_an_unknown_date_is_no_date() -> None:
    assert dates_of(offer(), []) == []


def test_sessions_that_are_announced_but_not_listed_are_mentioned() -> None:
    sessions = [Session("o", 1, date(2026, 3, 14), None, None, None, None)]
    assert dates_of(offer(session_count=3), sessions) == ["14.03.2026", "und 2 weitere Termine"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"places_free": 4, "places_total": 10}, "4 von 10 frei"),
        ({"places_free": 4}, "4 frei"),
        ({"status": "full", "places_total": 10}, "ausgebucht"),
        ({"status": "waitlist"}, "ausgebucht, Warteliste möglich"),
        ({"places_taken": 6, "places_total": 10}, "6 von 10 belegt"),
        ({"places_total": 20}, "insgesamt 20"),
        ({"places_planned": 8}, "geplant: 8"),
        ({}, None),
        ({"status": "open"}, None),
    ],
)
def test_places(values: dict[str, Any], words: str | None) -> None:
    assert places_of(offer(**values)) == words


def test_a_missing_price_is_not_free() -> None:
    assert price_of(offer()) is None
    assert price_of(offer(is_free=True)) == "kostenlos"
    assert price_of(offer(is_free=False, price_eur=Decimal("20"))) == "20,00 €"


def test_places_of_venues() -> None:
    assert place_of(offer()) is None
    assert place_of(offer(delivery_mode="online")) == "online"
    assert place_of(offer(venue_name="VHS", venue_postcode="48431", venue_place="Rheine")) == (
        "VHS, 48431 Rheine"
    )


def test_reasons_are_sentences_without_codes() -> None:
    assert sentences(
        "VHS A: Fehler (HTTP 500). Noch nie geprüft · VHS B: gesperrt (robots.txt)"
    ) == ("VHS A: Fehler. Noch nie geprüft. VHS B: gesperrt.")
    assert sentences("Grund.") == "Grund."
    assert sentences("") == ""


def test_reasons_name_the_module_only_where_they_differ() -> None:
    assert joined([("basis", "A"), ("aufbau", "A.")]) == "A."
    assert joined([("basis", "A"), ("aufbau", "B"), ("other", "A")]) == (
        "Basismodul und Weitere: A. Aufbaumodul: B."
    )
    assert joined([]) == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("köln", True),
        ("KOELN", True),
        ("koln", True),
        ("  regierungsbezirk   Köl ", True),
        ("", True),
        ("Kölle", False),
        ("(.*", False),
    ],
)
def test_the_search_forgives_umlauts(query: str, found: bool) -> None:
    assert matches(query, "Köln", None, "Regierungsbezirk Köln") is found


def test_the_search_knows_both_spellings_of_a_name() -> None:
    assert matches("Cösfeld", "Coesfeld")
    assert matches("Gutersloh", "Gütersloh")
    assert matches("Meissen", "Meißen")


def test_every_value_of_the_contract_has_german_words() -> None:
    assert set(FAILURE_SENTENCES) == set(get_args(records.FailureClass))
    assert set(STATUS_LABELS) == set(get_args(records.OfferStatus)) - {"unknown"}
    assert set(MODULE_OF_OFFER) == set(get_args(records.Module))
    assert set(SOURCE_KINDS) == set(get_args(records.SourceKind))


def test_a_failure_always_has_a_sentence() -> None:
    assert failure_sentence(None, None) == "Diese Quelle wurde noch nie besucht."
    assert failure_sentence("failed", "new_class").startswith("Die Quelle konnte nicht")
    assert "zu lange her" in failure_sentence("complete", None)
    assert failure_sentence("blocked", "blocked_robots").startswith("Der Betreiber möchte nicht")


def test_a_missing_text_is_noticed() -> None:
    with pytest.raises(FileNotFoundError):
        prose("gibt_es_nicht")
