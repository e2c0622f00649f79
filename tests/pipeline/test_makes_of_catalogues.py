"""A real night over the sample sites of the older makes: every field as the site prints it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scrapers.sample_web import older_catalogues
from scrapers.sample_web.courses import SampleCourse
from tests.conftest import SampleNight

TODAY = date(2026, 3, 14)
FEES = {
    "entgeltfrei": (Decimal("0"), True),
    "18,00 € (erm. 9,00 €)": (Decimal("18"), False),
    "24,00 €, ermäßigt 12,00 €": (Decimal("24"), False),
    "15,-- EUR": (Decimal("15"), False),
}
COURSES = [
    pytest.param(provider, course, id=f"{provider} {course.number}")
    for provider, catalogue in (
        ("vhs-nordkreis-aachen", older_catalogues.nordkreis),
        ("vhs-koeln", older_catalogues.koeln),
        ("vhs-soest", older_catalogues.soest),
    )
    for course in catalogue(TODAY)
    if "integrationsr" in course.searched_text
]


@pytest.fixture(scope="module")
def offers(sample_night: SampleNight) -> dict[tuple[str, str], dict[str, Any]]:
    rows = sample_night.atlas.sql("SELECT * FROM mart.offers WHERE course_number IS NOT NULL")
    return {(row["provider_id"], row["course_number"]): row for row in rows}


@pytest.mark.parametrize(("provider", "course"), COURSES)
def test_offer_is_read_as_its_site_prints_it(
    offers: dict[tuple[str, str], dict[str, Any]], provider: str, course: SampleCourse
) -> None:
    offer = offers[(provider, course.number)]
    price, is_free = FEES[course.fee]
    printed = {
        "title": course.title,
        "start_date": course.meetings[0].day.isoformat(),
        "end_date": course.meetings[-1].day.isoformat(),
        "session_count": len(course.meetings),
        "venue_name": course.venue.name,
        "venue_street": course.venue.street,
        "venue_postcode": course.venue.postcode,
        "venue_place": course.venue.place,
        "status": course.status,
        "is_free": is_free,
    }
    assert {name: offer[name] for name in printed} == printed
    assert Decimal(offer["price_eur"]) == price
    if provider != "vhs-koeln":  # cmx prints no numbers
        assert (offer["places_taken"], offer["places_total"]) == (course.taken, course.total)
    assert offer["registration_email"].endswith(f"@{provider}.example")
    assert (offer["registration_url"] is not None) == (course.status in ("open", "few", "waitlist"))


@pytest.mark.parametrize(("provider", "course"), COURSES)
def test_sessions_have_their_times(
    sample_night: SampleNight, provider: str, course: SampleCourse
) -> None:
    rows = sample_night.atlas.sql(
        f"""SELECT starts_at, ends_at FROM mart.offer_sessions JOIN mart.offers USING (offer_id)
        WHERE provider_id = '{provider}' AND course_number = '{course.number}'
        ORDER BY session_no"""
    )
    read = [(row["starts_at"][:16], row["ends_at"][:16]) for row in rows]
    assert [tuple(t.replace("T", " ") for t in pair) for pair in read] == [
        (f"{m.day} {m.starts}", f"{m.day} {m.ends}") for m in course.meetings
    ]


def test_nothing_of_the_lecturer_or_the_account_is_kept(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        """SELECT value, original_text FROM mart.provenance
        WHERE concat(value, original_text) SIMILAR TO '.*(Mustermann|IBAN|Bankverbindung).*'"""
    )
    assert rows == []


def test_what_only_the_list_says_keeps_its_words(sample_night: SampleNight) -> None:
    rows = sample_night.atlas.sql(
        """SELECT field, original_text FROM mart.provenance JOIN mart.offers USING (offer_id)
        WHERE course_number = '261-1104' AND field LIKE 'places_t%' AND is_used ORDER BY field"""
    )
    assert [(row["field"], row["original_text"]) for row in rows] == [
        ("places_taken", "4 von 14"),
        ("places_total", "4 von 14"),
    ]


def test_the_makes_are_recognised(sample_night: SampleNight) -> None:
    reports = {r["source_id"]: r["platform"] for r in sample_night.finished.json["sources"]}
    assert reports["vhs-nordkreis-aachen"] == "kuferweb"
    assert reports["vhs-koeln"] == "cmx"
    assert reports["vhs-soest"] == reports["vhs-luenen"] == "webbasys"
