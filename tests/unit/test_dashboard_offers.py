"""The page Angebote: what is found, what is told to be left out, what one offer says of itself."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as values
from icalendar import Calendar

from dashboard.address import Order
from dashboard.blocks.offer_filters import periods
from dashboard.blocks.offer_history import origin_columns, sorted_origins
from dashboard.blocks.offer_table import COLUMNS, calendar_entries
from dashboard.data import offers as data
from dashboard.data.offer_page import origins
from dashboard.data.offers import Offer, Wanted
from dashboard.data.published import PublishedFile, find_publication
from dashboard.data.search_texts import SearchTexts
from dashboard.exports import ics_bytes, xlsx_bytes
from dashboard.search import is_known, pattern, similar, vocabulary
from dashboard.value_words import value_words
from tests.dashboard_fixture import DAY, NIGHT, Rows, normal_rows, offer, publish
from tests.dashboard_pages import html_of, open_view, text_of

BY_START = Order("beginn")
EVERYTHING = Wanted(lifecycle="jeder", relevance="jede")


def rows_with(*further: dict[str, Any], **tables: list[dict[str, Any]]) -> Rows:
    rows = normal_rows()
    rows["offers"] += further
    for name, several in tables.items():
        rows[name] = rows.get(name, []) + several
    return rows


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


@pytest.fixture
def file_of(published: Path) -> Callable[[Rows], PublishedFile]:
    def made(rows: Rows) -> PublishedFile:
        publish(published, rows)
        return find_publication(published).file

    return made


@pytest.fixture(scope="module")
def venues(tmp_path_factory: pytest.TempPathFactory) -> PublishedFile:
    """The normal night and the further offers of VENUES."""
    folder = tmp_path_factory.mktemp("venues") / "published"
    publish(folder, rows_with(*VENUES))
    return find_publication(folder).file


FileOf = Callable[[Rows], PublishedFile]


def found(file: PublishedFile, wanted: Wanted, past_day: date | None = None) -> list[str]:
    """The ids; the tally, the page and the files must agree on them."""
    shown = data.offers(file, wanted, past_day, BY_START, 50, 0)
    assert data.tally(file, wanted, past_day).found == len(shown)
    assert data.all_offers(file, wanted, past_day, BY_START) == shown
    return [row.offer_id for row in shown]


def searched(file: PublishedFile, *words: str) -> list[str]:
    return found(file, replace(EVERYTHING, words=tuple((word,) for word in words)))


VENUES = (
    offer(
        "koeln",
        title="Café für Räte",
        venue_ags="05315000",
        venue_place="Köln",
        topics=["Haushalt"],
    ),
    offer(
        "online", title="Rhetorik", delivery_mode="online", course_number="W2110-ON", places_free=3
    ),
    offer("lost", title="Ohne Ort", start_date=date(2026, 3, 20), lifecycle="vanished"),
    offer("gone", title="Entfernt", start_date=date(2026, 3, 21), lifecycle="withdrawn"),
)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ["lost", "o1", "o2", "o3", "koeln", "online"]),
        (Wanted(module="aufbau"), ["o2"]),
        (Wanted(lifecycle="vorbei"), ["o4"]),
        (Wanted(lifecycle="vermisst"), ["lost"]),
        (Wanted(lifecycle="entfernt"), ["gone"]),
        (Wanted(relevance="verwandt"), ["o5"]),
        (Wanted(provider_id="vhs-koeln"), ["o3"]),
        (Wanted(status=("full", "open")), ["o1", "o2"]),
        (Wanted(only_free=True), ["o1", "online"]),
        (Wanted(place="online"), ["online"]),
        (Wanted(place="05315000"), ["koeln"]),
        (Wanted(regierungsbezirk="Köln"), ["koeln"]),
        (Wanted(from_day=date(2026, 4, 19), until_day=date(2026, 4, 30)), ["o1"]),
        (Wanted(from_day=date(2026, 4, 20), until_day=date(2026, 4, 30)), []),
        (Wanted(until_day=date(2026, 3, 31)), ["lost"]),
    ],
)
def test_each_filter_keeps_exactly_what_fits(
    venues: PublishedFile, wanted: Wanted, ids: list[str]
) -> None:
    assert sorted(found(venues, wanted)) == sorted(ids)


@pytest.mark.parametrize(
    ("days", "is_found"),
    [
        ({"end_date": date(2026, 5, 2)}, True),
        ({"end_date": date(2026, 3, 31)}, False),
        ({"start_date": date(2026, 4, 30)}, True),
        ({"start_date": date(2026, 5, 1)}, False),
        ({"start_date": date(2026, 3, 1), "last_day": date(2026, 4, 1)}, True),
        ({"start_date": date(2026, 3, 1), "end_date": date(2026, 5, 1)}, True),
        ({}, False),
    ],
)
def test_a_period_finds_what_may_run_in_it(
    file_of: FileOf, days: dict[str, date], is_found: bool
) -> None:
    rows = normal_rows() | {"offers": [offer("x", **days)]}
    april = Wanted(from_day=date(2026, 4, 1), until_day=date(2026, 4, 30))
    assert found(file_of(rows), april) == ["x"] * is_found


def test_a_period_that_ends_before_it_begins_holds_nothing_and_is_told(
    file_of: FileOf,
) -> None:
    running = offer("x", start_date=date(2026, 4, 20), end_date=date(2026, 5, 10))
    file = file_of(normal_rows() | {"offers": [running]})
    backward = Wanted(from_day=date(2026, 5, 1), until_day=date(2026, 4, 30))
    assert found(file, backward) == []
    shown = text_of(open_view("angebote", von="2026-05-01", bis="2026-04-30"))
    assert "Der Zeitraum endet, bevor er beginnt." in shown
    assert "Kein Angebot" in shown
    one_day = text_of(open_view("angebote", von="2026-05-01", bis="2026-05-01"))
    assert "1 Angebot gefunden." in one_day
    assert "Der Zeitraum endet, bevor er beginnt." not in one_day


def test_what_is_unknown_is_counted_and_not_lost(venues: PublishedFile) -> None:
    april = Wanted(from_day=date(2026, 4, 1), until_day=date(2026, 4, 30))
    # o3, koeln and online have no date; none of the others lies in April but o1.
    assert data.tally(venues, april, None).without_date == 3
    in_cologne = data.tally(venues, Wanted(regierungsbezirk="Köln"), None)
    assert (in_cologne.found, in_cologne.without_place) == (1, 4)
    # o3 and koeln say nothing; neither does lost, but the last check has not found it.
    assert data.tally(venues, Wanted(only_free=True), None).without_places == 2
    all_of_them = data.tally(venues, Wanted(), None)
    assert (all_of_them.other_lifecycle, all_of_them.other_relevance) == (2, 1)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("cafe", "RATE"), ["koeln"]),
        (("Café", "raete"), ["koeln"]),
        (("koln",), ["o3", "koeln"]),
        (("KOELN",), ["o3", "koeln"]),
        (("haushalt",), ["o2", "koeln"]),
        (("w2110-on",), ["online"]),
        (("rheine", "basismodul"), ["o4", "o1"]),
        ((".*",), []),
        (("(",), []),
        (("%",), []),
    ],
)
def test_the_search_looks_in_title_topics_place_provider_and_number(
    venues: PublishedFile, words: tuple[str, ...], ids: list[str]
) -> None:
    assert sorted(searched(venues, *words)) == sorted(ids)


DESCRIBED = (
    offer("d1", title="A", description="Wie die Stadtkasse rechnet.\nFür Räte aus Köln (GO NRW)."),
    offer("d2", title="B", description="Wer im Koelner Rat sitzt, ißt mit."),
    offer("d3", title="C"),
    offer("d4", title="Stadtkasse", description="Anderes."),
)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("STADTKASSE",), ["d1", "d4"]),
        (("köln",), ["d1", "d2"]),
        (("koeln",), ["d1", "d2"]),
        (("räte", "stadtkasse"), ["d1"]),
        (("raete",), ["d1"]),
        (("rate",), ["d1"]),
        (("(GO",), ["d1"]),
        (("isst",), ["d2"]),
        (("rechnet.für",), []),
        (("sitzt", "anderes"), []),
    ],
)
def test_the_search_looks_into_the_descriptions(
    file_of: FileOf, words: tuple[str, ...], ids: list[str]
) -> None:
    file = file_of(rows_with() | {"offers": list(DESCRIBED)})
    assert sorted(searched(file, *words)) == ids
    wanted = Wanted(words=tuple((word,) for word in words))
    assert data.tally(file, wanted, DAY - timedelta(days=1)).found == 0


def test_a_word_of_a_description_is_guessed(published: Path) -> None:
    publish(published, rows_with() | {"offers": list(DESCRIBED)})
    text = text_of(open_view("angebote", suche="rechnent"))
    assert "stattdessen nach „rechnet“." in text
    assert "1 Angebot gefunden." in text


_MATCHES = "SELECT regexp_matches($text, $pattern)"


@given(
    values.text(
        "abcdefghijklmnopqrstuvwxyzäöüßéñçABCÄÖÜ0123456789-.,:;!?()[]{}*+^$|#&~\\/'\" ", min_size=1
    )
)
def test_every_word_finds_itself(word: str) -> None:
    asked = {"text": f"vor {word.upper()} nach", "pattern": pattern(word)}
    assert duckdb.execute(_MATCHES, asked).fetchall() == [(True,)]


@given(
    values.text(min_size=1).filter(lambda word: not any(sign.isspace() for sign in word)),
    values.text(),
    values.text(),
)
def test_every_word_finds_itself_in_the_texts_of_the_newest_day(
    word: str, before: str, after: str
) -> None:
    texts = SearchTexts.of([(1, "anderes"), (3, f"{before} {word.upper()} {after}")], 5)
    assert texts.containing([word])[3] == "1"


@given(values.text())
def test_no_word_is_a_wrong_question(word: str) -> None:
    asked = {"text": "Köln", "pattern": pattern(word)}
    assert len(duckdb.execute(_MATCHES, asked).fetchall()) == 1


@pytest.mark.parametrize("text", ["Köln", "Koeln", "KÖLN", "Ko\u0308ln"])
def test_a_city_is_found_in_any_spelling(text: str) -> None:
    words = ("köln", "koeln", "koln", "öl")
    assert all(re.search(pattern(word), text) for word in words)
    texts = SearchTexts.of([(0, "Bonn"), (1, text)], 2)
    assert [texts.containing([word]) for word in words] == ["01"] * 4


def test_wrong_letters_are_forgiven_where_nothing_else_is_found() -> None:
    known = vocabulary(["Integrationsräte in Brühl", "Haushaltsrecht", "Kurs 2500001001", "Rat"])
    assert "2500001001" not in known
    assert similar("Intergrationsrate", known) == ("integrationsraete",)
    assert similar("brül", known) == ("bruehl",)
    assert similar("haushlat", known) == ("haushalt",)
    assert similar("2500001002", known) == ()
    assert similar("rot", known) == ()
    assert is_known("hausHALT", known)
    assert not is_known("Köln", known)


def test_the_page_says_what_it_searched_for_instead(published: Path) -> None:
    publish(published, normal_rows())
    text = text_of(open_view("angebote", suche="Komunalpolitik"))
    assert "Kein Angebot enthält „Komunalpolitik“." in text
    assert "stattdessen nach „kommunalpolitik“." in text
    assert "1 Angebot gefunden." in text
    nothing = text_of(open_view("angebote", suche="xyzxyz"))
    assert "0 Angebote gefunden." in nothing
    assert "Kein Angebot passt zu dieser Auswahl." in nothing


@pytest.mark.parametrize("key", data.SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_loses_nothing_and_puts_the_unknown_last(
    venues: PublishedFile, key: str, descending: bool
) -> None:
    rows = data.all_offers(venues, EVERYTHING, None, Order(key, descending))
    assert len({row.offer_id for row in rows}) == 9
    pages = [
        data.offers(venues, EVERYTHING, None, Order(key, descending), 4, at) for at in (0, 4, 8)
    ]
    assert tuple(row for page in pages for row in page) == rows
    if key == "beginn":
        starts = [row.start_date for row in rows]
        known = [day for day in starts if day]
        assert known == sorted(known, reverse=descending)
        assert starts[len(known) :] == [None] * (len(rows) - len(known))


def test_a_past_day_shows_what_was_known_then(file_of: FileOf) -> None:
    file = file_of(normal_rows())
    past = date(2026, 3, 10)
    (row,) = data.all_offers(file, Wanted(), past, BY_START)
    assert (row.offer_id, row.status, row.registration_url) == ("o1", "closed", None)
    assert searched(file, "kommunalpolitik") == ["o1"]
    assert found(file, Wanted(words=(("kommunalpolitik",),)), past) == ["o1"]
    assert data.all_sessions(file, Wanted(), past) == ()


def test_the_months_to_choose_from() -> None:
    labels = [label for label, _, _ in periods(date(2026, 11, 30))]
    assert labels[2:5] == ["November 2026", "Dezember 2026", "Januar 2027"]
    february = [period for period in periods(date(2028, 1, 31)) if period[0] == "Februar 2028"]
    assert february == [("Februar 2028", date(2028, 2, 1), date(2028, 2, 29))]


def test_this_month_shows_its_past_days_too(published: Path) -> None:
    rows = rows_with(
        offer("early", title="Anfang März", start_date=date(2026, 3, 2), lifecycle="past")
    )
    publish(published, rows)
    start = html_of(open_view("angebote"))
    link = re.search(r'href="([^"]*)"[^>]*>März 2026<', start)
    assert link is not None
    asked = dict(re.findall(r"(\w+)=([\w-]+)", html.unescape(link[1])))
    assert asked == {"von": "2026-03-01", "bis": "2026-03-31", "verbleib": "auch_vorbei"}
    assert "Anfang März" in text_of(open_view("angebote", **asked))


def test_files_hold_all_offers_with_real_dates(file_of: FileOf) -> None:
    many = [
        offer(f"m{number}", title=f"Kurs {number}", start_date=date(2026, 5, 1), price_eur=12.5)
        for number in range(60)
    ]
    file = file_of(rows_with(*many))
    rows = data.all_offers(file, Wanted(), None, BY_START)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(rows, COLUMNS, "Angebote", [])))
    head, *lines = list(book.worksheets[0].values)
    table = [dict(zip(head, line, strict=True)) for line in lines]
    assert len(table) == 63
    first = next(line for line in table if line["Kennung"] == "o1")
    assert first["Beginn"] == datetime(2026, 4, 18)
    assert first["Anmeldung"] == "Anmeldung offen"
    assert first["kostenlos"] == "ja"
    assert next(line for line in table if line["Kennung"] == "m3")["Preis in Euro"] == 12.5


def test_a_calendar_holds_each_known_date_once(file_of: FileOf) -> None:
    weekly = offer(
        "weekly", start_date=date(2026, 5, 1), end_date=date(2026, 7, 1), session_count=8
    )
    called_off = offer("off", start_date=date(2026, 5, 2), status="cancelled")
    file = file_of(rows_with(weekly, called_off))
    entries = calendar_entries(
        data.all_offers(file, Wanted(), None, BY_START), data.all_sessions(file, Wanted(), None)
    )
    events = Calendar.from_ical(ics_bytes(entries, "Angebote", NIGHT)).walk("VEVENT")
    told = {str(event["UID"]).split("@")[0]: event for event in events}
    titles = {uid: str(event["SUMMARY"]) for uid, event in told.items()}
    assert set(told) == {"o1-1", "o1-2", "o2-0", "weekly-0", "off-0"}
    assert titles["o1-2"].endswith("(2 von 2)")
    assert told["o1-1"].decoded("dtstart").isoformat() == "2026-04-18T10:00:00+02:00"
    # On which days of two months it takes place is not known: only the first is told.
    assert told["weekly-0"].decoded("dtstart") == date(2026, 5, 1)
    assert "DTEND" not in told["weekly-0"]
    assert titles["weekly-0"].endswith("(Beginn)")
    assert str(told["off-0"]["STATUS"]) == "CANCELLED"


def test_one_offer_tells_where_its_date_comes_from(published: Path) -> None:
    rows = normal_rows()
    rows["provenance"].append(
        rows["provenance"][0]
        | {"value": "2026-04-17", "is_used": False, "original_text": "17.4.", "source_id": "lv"}
        | {"source_url": "https://lv.example/reihe", "extractor": "overview 2"}
    )
    publish(published, rows)
    app = open_view("angebote", angebot="o1")
    page, text = html.unescape(html_of(app)), text_of(app)
    assert 'href="#woher-start_date"' in page
    assert 'id="woher-start_date"' in page
    table = re.search(r'<tr role="row">(?:(?!</tr>).)*id="woher-start_date".*?</tr>', page)
    assert table is not None
    for words in ("18.04.2026", "„Sa. 18.04.26“", "vhs-rheine.example", "kuferweb 1", "02:41 Uhr"):
        assert words in table[0]
    assert "17.04.2026 nicht übernommen" in text
    assert "18.04.2026, 10:00–16:00 Uhr" in text
    assert "Dieses Angebot zählt für 1 Gremium." in text
    assert "Anmeldung offen (vorher: Anmeldung geschlossen)." in text
    assert "Gleiche Kursnummer beim selben Anbieter." in text
    assert 'href="/gremien?gremium=05566076"' in page


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"status": "cancelled"}, "Dieses Angebot ist abgesagt."),
        ({"lifecycle": "vanished"}, "nicht mehr zu finden. Bitte beim Anbieter nachfragen."),
        ({"lifecycle": "withdrawn"}, "Der Anbieter hat dieses Angebot entfernt"),
        (
            {"lifecycle": "past", "end_date": date(2026, 3, 1)},
            "vorbei; sein letzter Tag war der 01.03.2026.",
        ),
    ],
)
def test_an_offer_that_nobody_should_count_on_says_so(
    published: Path, row: dict[str, Any], words: str
) -> None:
    publish(published, rows_with(offer("x", **row)))
    assert words in text_of(open_view("angebote", angebot="x"))


def test_gaps_and_missing_facts_are_told(published: Path) -> None:
    publish(published, normal_rows())
    text = text_of(open_view("angebote", angebot="o3"))
    assert "Nicht angegeben: Termin, Ort, Kosten, Anmeldung und Kursnummer." in text
    assert "Bitte den ersten Termin angeben." in text


def test_an_offer_of_a_past_day(published: Path) -> None:
    rows = normal_rows()
    rows["offer_versions"][0] |= {"status": "few", "course_number": None}
    publish(published, rows)
    text = text_of(open_view("angebote", angebot="o1", stand="2026-03-10"))
    assert "Nur noch wenige Plätze" in text
    assert "nicht aufbewahrt" in text
    # The way to register was known, only not kept.
    assert "Nicht angegeben: Kursnummer." in text
    # What became known later is not told.
    assert "vorher: Anmeldung geschlossen" not in text
    later = text_of(open_view("angebote", angebot="o2", stand="2026-03-10"))
    assert "stand am 10.03.2026 nicht in der Liste" in later


def test_unsafe_addresses_are_no_links(published: Path) -> None:
    bad = offer(
        "bad", registration_url="javascript:alert(1)", registration_email="a@b@c", detail_url="x"
    )
    publish(published, rows_with(bad))
    page = html_of(open_view("angebote", angebot="bad"))
    assert "Zur Anmeldung" not in page
    assert "mailto:" not in page
    assert "javascript:alert" not in page


def test_a_merged_offer_says_where_it_went(published: Path) -> None:
    rows = normal_rows()
    rows["offer_versions"].append(
        rows["offer_versions"][0] | {"offer_id": "old", "title": "Früher"}
    )
    publish(published, rows)
    text = text_of(open_view("angebote", angebot="old"))
    assert "„Früher“ steht nicht mehr für sich in der Liste." in text
    assert "Ein Angebot mit dieser Adresse gibt es nicht." in text_of(
        open_view("angebote", angebot="never")
    )


def test_origins_stand_in_the_order_in_which_readers_ask(file_of: FileOf) -> None:
    rows = normal_rows()
    rows["provenance"] += [rows["provenance"][0] | {"field": "brand_new", "value": "?"}]
    told = sorted_origins(origins(file_of(rows), "o1"))
    assert [row.field for row in told] == ["title", "start_date", "brand_new"]


def test_a_provider_of_whom_the_page_says_nothing_is_told_from_the_register(
    file_of: FileOf,
) -> None:
    rows = normal_rows()
    read = rows["provenance"][0]
    silent = {"field": "provider_id", "value": "vhs-koeln", "original_text": None}
    rows["provenance"] = [read | silent, read | {"field": "topics", "original_text": None}]
    told = origins(file_of(rows), "o1")
    words = next(c for c in origin_columns(told) if c.header == "Wortlaut auf der Seite")
    assert words.cell is not None
    assert [words.cell(row) for row in told] == ["Seite dieses Anbieters laut Register", ""]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start_date", "2026-04-18", "18.04.2026"),
        ("start_date", "morgen", "morgen"),
        ("status", "unknown", "nicht angegeben"),
        ("price_eur", "1234.50", "1.234,50 €"),
        ("price_eur", "NaN", "NaN"),
        ("is_free", "true", "ja"),
        ("topics", '["A", "B"]', "A; B"),
        ("topics", "null", "null"),
        (
            "sessions",
            '[{"day": "2026-04-18", "starts": "10:00:00", "ends": null}]',
            "18.04.2026, 10:00 Uhr",
        ),
        ("sessions", '["x"]', '["x"]'),
        ("title", None, ""),
    ],
)
def test_values_in_words(field: str, value: str | None, words: str) -> None:
    assert value_words(field, value) == words


@given(values.sampled_from(["start_date", "price_eur", "topics", "sessions"]), values.text())
def test_no_value_can_break_a_page(field: str, value: str) -> None:
    assert isinstance(value_words(field, value), str)


def test_a_changed_version_leads_to_its_day(published: Path) -> None:
    publish(published, normal_rows())
    page = html_of(open_view("angebote", angebot="o1"))
    before = (DAY - timedelta(days=10)).isoformat()
    assert f"stand&#61;{before}" in page
    assert "2 Stände dieses Angebots" in page


def test_an_offer_has_all_that_columns_ask_for() -> None:
    empty: dict[str, Any] = dict.fromkeys(Offer.__dataclass_fields__)
    bare = Offer(**(empty | {"status": "unknown", "lifecycle": "current"}))
    assert all(column.value(bare) in (None, "aktuell") for column in COLUMNS)
