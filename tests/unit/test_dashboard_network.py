"""The page Ankündigungen und Netzwerk: what is found, how it is told, what goes into files."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.blocks.network import event_entries, event_words
from dashboard.data import network as data
from dashboard.data.network import AnnouncedEvent, WantedAnnouncements, WantedOffers
from dashboard.data.published import PublishedFile
from tests.dashboard_fixture import DAY, NIGHT, Rows, normal_rows, offer, publish
from tests.dashboard_pages import html_of, open_view, text_of


def event(**values: object) -> AnnouncedEvent:
    empty = dict.fromkeys(AnnouncedEvent.__dataclass_fields__)
    named = {"announcement_id": "a", "event_no": 1, "title": "Auftakt", "url": "https://x.example"}
    return AnnouncedEvent(**(empty | named | {"announcement_title": "Reihe"} | values))  # type: ignore[arg-type]


def test_an_event_in_words() -> None:
    assert event_words(event()) == "ohne Datum: Auftakt"
    told = event(
        start_date=DAY,
        starts_at=datetime(2026, 3, 14, 17, 30),
        venue_name="Rathaus",
        venue_place="Köln",
        is_free=True,
    )
    assert event_words(told) == "14.03.2026, 17:30 Uhr: Auftakt, Rathaus, Köln, kostenlos"


def test_whole_days_last_until_their_last_day_in_a_calendar() -> None:
    two_days = event(start_date=date(2026, 4, 2), end_date=date(2026, 4, 3))
    timed = event(start_date=DAY, end_date=DAY, starts_at=datetime(2026, 3, 14, 17, 30))
    entries = list(event_entries([two_days, timed, event()]))
    assert [(entry.start, entry.end) for entry in entries] == [
        (date(2026, 4, 2), date(2026, 4, 4)),
        (datetime(2026, 3, 14, 17, 30), None),
    ]


def network_rows() -> Rows:
    rows = normal_rows()
    rows["providers"] += [
        {"provider_id": "stiftung", "name": "Eine Stiftung", "kind": "foundation"},
    ]
    rows["offers"] += [
        offer("s1", provider_id="stiftung", relevance="council", title="Sitzungen leiten"),
        offer(
            "s2",
            provider_id="stiftung",
            relevance="adjacent",
            title="Strategie im Frühjahr",
            start_date=date(2026, 2, 1),
            lifecycle="past",
        ),
        offer("s3", provider_id="stiftung", relevance="series", title="Basismodul zu Gast"),
        offer("s4", provider_id="vhs-koeln", relevance="council", title="Rhetorik an der VHS"),
        offer(
            "s5",
            provider_id="stiftung",
            relevance="council",
            title="Gibt es nicht mehr",
            lifecycle="withdrawn",
        ),
    ]
    rows["offers"][0]["detail_url"] = rows["announcements"][0]["url"]
    rows["announcements"] += [
        rows["announcements"][0]
        | {
            "announcement_id": "a2",
            "title": "Tagung in Münster",
            "published_on": None,
            "relevance": None,
        },
        rows["announcements"][0]
        | {"announcement_id": "a3", "title": "Treffen in Bonn", "is_current": False},
    ]
    rows["organisations"] += [
        {
            "organisation_id": "g2",
            "source_id": "lv",
            "name": "Ärztehilfe Düsseldorf",
            "place": "Düsseldorf",
            "source_url": "https://lv.example/verzeichnis",
            "last_seen_at": NIGHT,
        }
    ]
    return rows


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PublishedFile:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    path = publish(tmp_path / "published", network_rows())
    return PublishedFile(path, path.stat().st_size, path.stat().st_mtime_ns)


@pytest.mark.parametrize(
    ("query", "relevance", "upcoming", "day", "found"),
    [
        ("", "", False, DAY, ["a2", "a1", "a3"]),
        ("munster", "", False, DAY, ["a2"]),
        ("muenster tagung", "", False, DAY, ["a2"]),
        ("münster ausschüsse", "", False, DAY, []),
        ("(.*", "", False, DAY, []),
        ("", "council", False, DAY, ["a1", "a3"]),
        ("", "", True, DAY, ["a1"]),
        ("", "", True, date(2026, 4, 3), []),
        ("", "", False, date(2026, 3, 13), []),
    ],
)
def test_announcements_are_found(
    file: PublishedFile, query: str, relevance: str, upcoming: bool, day: date, found: list[str]
) -> None:
    wanted = WantedAnnouncements(query, relevance, upcoming, day)
    rows = data.announcements(file, wanted, 10, 0)
    assert [row.announcement_id for row in rows] == found
    assert data.announcement_count(file, wanted) == len(found)
    assert data.all_announcements(file, wanted) == rows
    assert {row.announcement_id for row in data.events(file, wanted)} == {"a1"} & set(found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (WantedOffers("", "", False, None), ["o5", "s1"]),
        (WantedOffers("", "", True, None), ["o5", "s1", "s2"]),
        (WantedOffers("", "council", True, None), ["s1"]),
        (WantedOffers("stiftung fruehjahr", "", True, None), ["s2"]),
        (WantedOffers("", "", False, date(2026, 3, 10)), []),
    ],
)
def test_others_are_all_but_the_vhs_and_the_series(
    file: PublishedFile, wanted: WantedOffers, found: list[str]
) -> None:
    rows = data.other_offers(file, wanted, 10, 0)
    assert [row.offer_id for row in rows] == found
    assert data.other_count(file, wanted) == len(found)
    assert data.all_other_offers(file, wanted) == rows


@pytest.mark.parametrize(
    ("query", "place", "names"),
    [
        ("", "", ["Ärztehilfe Düsseldorf", "Integrationsagentur Musterstadt"]),
        ("aerztehilfe", "", ["Ärztehilfe Düsseldorf"]),
        ("DUSSELDORF", "", ["Ärztehilfe Düsseldorf"]),
        ("", "Rheine", ["Integrationsagentur Musterstadt"]),
        ("ärztehilfe", "Rheine", []),
    ],
)
def test_the_directory(file: PublishedFile, query: str, place: str, names: list[str]) -> None:
    assert [row.name for row in data.organisations(file, query, place, 10, 0)] == names
    assert data.organisation_count(file, query, place) == len(names)
    assert [row.name for row in data.all_organisations(file, query, place)] == names


def test_each_part_has_an_address(file: PublishedFile) -> None:
    text = text_of(open_view("netzwerk"))
    assert "3 Ankündigungen." in text
    assert text.count("Steht nicht mehr auf der Seite; zuletzt gelesen am 14.03.2026.") == 1
    assert "Ohne Datum; zuerst gelesen am 14.03.2026" in text
    assert "02.04.2026: Auftakt, Köln" in text
    assert "Angebote auf dieser Seite: Basismodul: Wie Kommunalpolitik" in text
    assert data.announced_offers(file, ("https://lv.example/meldung",), date(2026, 3, 13)) == ()
    others = open_view("netzwerk", teil="andere", vergangene="ja")
    assert "3 Fortbildungen." in text_of(others)
    assert "angebot&#61;s1" in html_of(others)
    assert "Strategie im Frühjahr vorbei" in text_of(others)
    series = html_of(open_view("netzwerk", teil="reihe"))
    assert re.search(r"Basismodul</h2>.*<li>Kommunalrecht</li><li>Haushalt</li>", series, re.S)
    directory = open_view("netzwerk", teil="organisationen", ort="Rheine")
    assert "1 Organisation." in text_of(directory)
    assert "mailto:info@agentur.example" in html_of(directory)
    past = text_of(open_view("netzwerk", teil="reihe", stand="2026-03-10"))
    assert "Dieser Teil wird nicht für vergangene Tage aufgehoben." in past


def test_every_value_tells_where_it_comes_from(file: PublishedFile) -> None:
    text = text_of(open_view("netzwerk"))
    assert text.count("Woher die Angaben stammen") == 1  # nothing is kept of the other one
    assert "gelesen mit ContentPage/3" in text
    assert " Uhr auf <a " in html_of(open_view("netzwerk"))
    assert "Veröffentlicht: 01.03.2026 Wortlaut: „Meldung vom 1. März“" in text
    assert "Termin 1, Beginn: 02.04.2026 Wortlaut: „am 2. April 2026“" in text
    assert "Termin 1, Ort: Köln Wortlaut nicht aufbewahrt" in text
    directory = text_of(open_view("netzwerk", teil="organisationen"))
    assert "E-Mail: info@agentur.example Wortlaut: „info [at] agentur“" in directory


@pytest.mark.parametrize("teil", ["ankuendigungen", "andere", "organisationen"])
def test_nothing_found_is_said_with_a_way_back(file: PublishedFile, teil: str) -> None:
    app = open_view("netzwerk", teil=teil, suche="gibtesnicht")
    assert "passt" in text_of(app)
    assert 'class="qa-nothing"' in html_of(app)
    way = re.search(r'qa-nothing.*?href="([^"]*)"', html_of(app), re.DOTALL)
    assert way is not None and "suche" not in way[1]
