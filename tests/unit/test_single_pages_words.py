"""Announcements, trainings and directories: every value comes with its words on the page."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from scrapers.records import Announcement, Course, Organisation
from tests.unit.single_page import Kind, read

_WITHOUT_WORDS = {
    "record_type", "url", "position", "relevance_terms", "events", "origin", "origins", "evidence",
    "stated_none",
}  # fmt: skip


def only(kind: Kind, body: str) -> Any:
    (record,) = read(kind, body)
    return record


def assert_all_have_words(record: BaseModel) -> None:
    origins = record.origins  # type: ignore[attr-defined]
    for name in set(type(record).model_fields) - _WITHOUT_WORDS:
        if getattr(record, name) not in (None, (), "unknown", "other"):
            assert origins.get(name), name


ANNOUNCEMENT = """<h1>Fachtag für Integrationsräte</h1><p>Pressemitteilung vom 5. Januar 2026</p>
<p>Die Hochschule lädt alle Mitglieder der Integrationsräte zu einem Workshop am 6. und 7. März
2026 ein. Am 7. März 2026 um 18:00 Uhr hält Prof. Dr. Erika Muster einen Vortrag im Bürgerhaus
(Marktstr. 5, Beispielhausen). Der Vortrag ist kostenlos.</p>"""


def test_an_announcement_and_its_events_tell_their_words() -> None:
    announcement = only("page", ANNOUNCEMENT)
    assert isinstance(announcement, Announcement)
    assert_all_have_words(announcement)
    assert announcement.origins["published_on"] == "Pressemitteilung vom 5. Januar 2026"
    workshop, lecture = announcement.events
    for event in announcement.events:
        assert_all_have_words(event)
    assert workshop.origins["end_date"] == "6. und 7. März 2026"
    assert lecture.origins["starts"] == "7. März 2026 um 18:00 Uhr"
    assert "Marktstr. 5" in lecture.origins["venue_street"]
    assert lecture.origins["is_free"] == "Der Vortrag ist kostenlos."


def test_no_words_name_a_person() -> None:
    announcement = only("page", ANNOUNCEMENT)
    assert "Muster" not in announcement.model_dump_json()
    assert announcement.summary.endswith("März 2026 ein. Der Vortrag ist kostenlos.")


TRAINING = """<h1>Workshop für Integrationsräte</h1>
<p>Der zweitägige Workshop richtet sich an Mitglieder der Integrationsräte und wird vor Ort
durchgeführt, damit alle dabei sein können.</p>
<h2>Tag 1</h2><p>Ziele finden</p><h2>Tag 2</h2><p>Ziele erreichen</p>
<p>Die Kosten betragen 4.800 Euro für höchstens 30 Teilnehmende.</p>
<p>Anmeldung: info@stiftung.example</p>"""


def test_a_training_tells_its_words() -> None:
    training = only("page", TRAINING)
    assert isinstance(training, Course)
    assert_all_have_words(training)
    assert training.origins["price_eur"].startswith("Die Kosten betragen 4.800 Euro")
    assert training.origins["topics"] == "Tag 1 | Ziele finden | Tag 2 | Ziele erreichen"
    assert training.evidence["price_eur"] == "prose"
    assert training.evidence["registration_email"] == "label"
    assert training.stated_none == ()


def test_a_training_tells_what_there_is_none_of_yet() -> None:
    training = only("page", f"{TRAINING}<p>Termine: nach Vereinbarung<br>Ort: noch offen</p>")
    assert {"start_date", "sessions", "venue_name"} <= set(training.stated_none)
    assert "price_eur" not in training.stated_none
    assert (training.places_total, training.session_count, len(training.topics)) == (30, 2, 2)


def test_coaching_and_its_topics_tell_their_words() -> None:
    found = read(
        "page",
        """<h1>Coaching für Integrationsräte</h1><h2>Verfahren</h2><ul><li>Vorgespräch</li>
        <li>Sitzung vor Ort</li></ul><h2>Themenvertiefung: Rechte des Gremiums</h2>
        <ul><li>Die Beratungsfolge</li></ul><p>Kontakt: info@lir.example</p>""",
    )
    assert len(found) == 2
    for course in found:
        assert isinstance(course, Course)
        assert_all_have_words(course)


def test_an_organisation_tells_its_words() -> None:
    body = """<h1>Partner</h1><h2>Beratungsstelle Vielfalt e.V. (BSV)</h2>
    <p>Die Beratungsstelle unterstützt Vereine bei Anträgen und Projekten aller Art.</p>
    <p>Kontakt<br>Beratungsstelle Vielfalt<br>Hafenstr. 8<br>45000 Musterstadt<br>
    Tel.: 0201 / 5550-10<br>E-Mail: info [at] vielfalt.example</p>
    <p><a href="https://www.vielfalt.example">Zur Website</a></p>"""
    organisation = only("directory", body)
    assert isinstance(organisation, Organisation)
    assert_all_have_words(organisation)
    assert organisation.email == "info@vielfalt.example"
    assert organisation.origins["email"] == "E-Mail: info [at] vielfalt.example"
    assert organisation.origins["place"] == "45000 Musterstadt"
    assert organisation.origins["phone"] == "Tel.: 0201 / 5550-10"


def test_sections_with_their_own_prices_share_the_title_that_addresses_the_bodies() -> None:
    found = read(
        "page",
        """<h1>Seminare für Integrationsräte</h1><p>Wir kommen zu Ihnen in die Kommune und arbeiten
        mit allen Mitgliedern an einem Thema Ihrer Wahl.</p><h2>Seminar „Kommunalrecht“</h2>
        <p>Dauer: 1 Tag</p><p>Kosten: 1.200 Euro</p><h2>Seminar „Anträge schreiben“</h2>
        <p>Dauer: 2 Tage</p><p>Kosten: 2.100 Euro</p>""",
    )
    assert [(c.price_eur, c.session_count) for c in found if isinstance(c, Course)] == [
        (1200, 1),
        (2100, 2),
    ]


def test_a_way_to_register_is_no_theme_of_a_day() -> None:
    training = only(
        "page",
        TRAINING.replace("<p>Ziele erreichen</p>", "<p>Anmeldung unter https://a.example/x</p>"),
    )
    assert training.topics == ("Tag 1: Ziele finden",)
