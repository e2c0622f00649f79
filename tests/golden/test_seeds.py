"""The five real texts, each in every wrapping, give exactly what is known of them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.pages.single import single_page_for
from scrapers.records import Announcement, Course, Organisation, Series
from tests.golden.seeds.wrapping import PAGE_URL, WRAPPINGS, as_page

pytestmark = [pytest.mark.shared, pytest.mark.parametrize("wrapping", WRAPPINGS)]


def read(shared_dir: Path, seed: str, kind: str, wrapping: str) -> list[object]:
    (file,) = (shared_dir / "seeds").glob(f"{seed}_*.txt")
    document = WRAPPINGS[wrapping](file.read_text(encoding="utf-8"))
    return list(as_page(single_page_for(kind), document).records())  # type: ignore[arg-type]


def test_overview_yields_the_series_and_five_offers(shared_dir: Path, wrapping: str) -> None:
    series, *offers = read(shared_dir, "000", "overview", wrapping)
    assert isinstance(series, Series)
    assert series.url == PAGE_URL
    assert series.title.startswith("Chancengerechtigkeit und Integration vor Ort. Die Politik")
    assert series.stated_council_total == 111
    assert "111 Gremien" in (series.stated_council_total_text or "")
    assert [(m.module, m.title) for m in series.modules] == [
        ("basis", "Lebenswelt und Handlungsfeld Kommune"),
        ("aufbau", "Entwicklung von Zielen und deren Umsetzung"),
    ]
    basis, aufbau = series.modules
    assert any("Funktionsweise der Kommune" in topic for topic in basis.topics)
    assert any("Spannungsfeld" in topic for topic in aufbau.topics)
    assert not any("Volkshochschulen" in topic for m in series.modules for topic in m.topics)

    assert all(isinstance(offer, Course) for offer in offers)
    rhein_erft = "https://www.vhs-rhein-erft.de/programm/kurs"
    rheine = (
        "https://www.vhs-rheine.de/suche/kurs/"
        "Qualifizierung-fuer-Integrationsratsmitglieder-Basismodul/2500001001"
    )
    shown = [
        (o.places_planned, o.course_number, o.registration_url, o.registration_email, o.module)
        for o in offers
        if isinstance(o, Course)
    ]
    assert shown == [
        (8, "252-1031", f"{rhein_erft}/252-1031/", None, "other"),
        (8, "252-1032", f"{rhein_erft}/252-1032/", None, "other"),
        (20, None, None, "fb4@vhs-wesel.de", "other"),
        (20, None, None, "fb4@vhs-wesel.de", "other"),
        (10, "2500001001", rheine, None, "basis"),
    ]
    assert [o.position for o in offers if isinstance(o, Course)] == [0, 0, 0, 1, 0]
    for offer in offers:
        assert isinstance(offer, Course)
        assert offer.relevance == "series"
        assert offer.delivery_mode == "in_person"
        assert offer.places_free is None
        assert offer.start_date is None
        assert offer.announced_by is None
        assert "8" in offer.origins["places_planned"] or offer.places_planned != 8


def test_workshop_page_yields_one_training(shared_dir: Path, wrapping: str) -> None:
    (course,) = read(shared_dir, "001", "page", wrapping)
    assert isinstance(course, Course)
    assert course.relevance == "adjacent"
    assert len(course.topics) == 2
    assert "Sensibilisieren + Positionieren" in course.topics[0]
    assert "Bestandsaufnahme zur strategischen Ausrichtung" in course.topics[0]
    assert "Realisieren" in course.topics[1]
    assert "Standortfaktor" in course.topics[1]
    assert course.price_eur == Decimal("6000")
    assert course.is_free is False
    assert "brutto" in (course.price_note or "")
    assert "Fahrtkosten" in (course.price_note or "")
    assert course.places_total == 40
    assert course.session_count == 2
    assert "Kommunalpolitik" in (course.target_group or "")
    assert "Migrantenorganisationen" in (course.target_group or "")
    assert course.sessions == ()
    assert course.start_date is None


def test_coaching_page_yields_coaching_and_three_topics(shared_dir: Path, wrapping: str) -> None:
    courses = read(shared_dir, "002", "page", wrapping)
    assert all(isinstance(course, Course) for course in courses)
    coaching, *topics = [course for course in courses if isinstance(course, Course)]
    assert coaching.title.startswith("Coaching / Kollegialer Austausch")
    assert any("Internetrecherche" in step for step in coaching.topics)
    assert any("Arbeitskreisen" in step for step in coaching.topics)
    assert not any("Themenvertiefung" in step for step in coaching.topics)
    assert coaching.target_group == "Integrationsräte und Geschäftsführungen"
    openings = ("Idee und Selbstverständnis", "Strukturen für", "inhaltliche Oberziele")
    assert len(topics) == 3
    assert all(t.title.startswith(words) for t, words in zip(topics, openings, strict=True))
    assert [len(topic.topics) for topic in topics] == [8, 9, 9]
    assert {course.relevance for course in (coaching, *topics)} == {"council"}
    assert not any("aching" in line for topic in topics for line in topic.topics)


def test_announcement_yields_workshop_and_lecture(shared_dir: Path, wrapping: str) -> None:
    (announcement,) = read(shared_dir, "003", "page", wrapping)
    assert isinstance(announcement, Announcement)
    assert announcement.title == "Kommunale Integrationsarbeit stärken"
    assert announcement.relevance == "adjacent"
    assert 0 < len(announcement.summary or "") <= 300
    workshop, lecture = announcement.events
    assert workshop.title == "Workshop"
    assert (workshop.start_date, workshop.end_date) == (date(2024, 11, 7), date(2024, 11, 8))
    assert (workshop.starts, workshop.venue_street, workshop.is_free) == (None, None, None)
    assert "vortrag" in lecture.title.lower()
    assert (lecture.start_date, lecture.end_date) == (date(2024, 11, 8), date(2024, 11, 8))
    assert lecture.starts == time(17, 0)
    assert lecture.venue_name == "Futurum Zukunftszentrum"
    assert lecture.venue_street == "Presselstr. 29"
    assert lecture.venue_place == "Stuttgart"
    assert lecture.is_free is True
    stored = announcement.model_dump_json()
    assert not [name for name in ("Leipold", "Alexopoulou") if name in stored]


def test_directory_yields_its_fourteen_bodies(shared_dir: Path, wrapping: str) -> None:
    organisations = read(shared_dir, "004", "directory", wrapping)
    assert all(isinstance(organisation, Organisation) for organisation in organisations)
    found = [o for o in organisations if isinstance(o, Organisation)]
    assert [(o.name, o.short_name) for o in found] == [
        ("Zentrum für Türkeistudien und Integrationsforschung", "ZfTI"),
        ("Dokumentationszentrum und Museum über die Migration in Deutschland e.V.", "DOMiD"),
        ("Elternnetzwerk NRW - Integration miteinander e.V.", None),
        ("Kompetenzzentrum für Integration", None),
        ("Lehrkräfte mit Zuwanderungsgeschichte", None),
        ("Landesintegrationsrat Nordrhein-Westfalen", None),
        ("Integrationsministerkonferenz", "IntMK"),
        ("Interkulturelle Väterarbeit NRW", None),
        ("Landesbeirat für Vertriebenen-, Flüchtlings- und Spätaussiedlerfragen", None),
        ("Jugendmigrationsdienste", "JMD"),
        ("Landesarbeitsgemeinschaft Jugendsozialarbeit Nordrhein-Westfalen", "LAG JSA NRW"),
        ("Landesinitiative Jungenarbeit NRW", None),
        ("Antidiskriminierungsbüros NRW", None),
        ("Landesverband Deutscher Sinti und Roma NRW", None),
    ]
    reachable = {
        o.name: (o.street, o.postcode, o.place, o.phone, o.fax, o.email, o.website)
        for o in found
        if o.postcode or o.phone or o.email or o.website
    }
    assert reachable == {
        "Kompetenzzentrum für Integration": (
            "Seibertzstr. 1",
            "59821",
            "Arnsberg",
            "02931 / 82-2900",
            "02931 / 82-2909",
            "poststelle@bezreg-arnsberg.nrw.de",
            "https://www.kfi.nrw.de",
        ),
        "Lehrkräfte mit Zuwanderungsgeschichte": (
            *(None,) * 6,
            "http://www.lmz-nrw.de/",
        ),
        "Landesintegrationsrat Nordrhein-Westfalen": (
            "Haroldstr. 14",
            "40213",
            "Düsseldorf",
            "0211 / 99416-0",
            "0211 / 99416-15",
            None,
            "https://www.landesintegrationsrat.nrw",
        ),
        "Jugendmigrationsdienste": (
            "Adenauerallee 12-14",
            "53113",
            "Bonn",
            None,
            None,
            "info@jugendmigrationsdienste.de",
            "https://www.jugendmigrationsdienste.de",
        ),
    }
    assert all(0 < len(o.summary or "") <= 300 for o in found)
    stored = " ".join(o.model_dump_json() for o in found)
    assert "Medienquelle" not in stored
    assert "Zu sehen ist das Logo" not in stored
