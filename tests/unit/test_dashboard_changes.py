"""The diary: its sentences, its periods, what it sums up, what it leaves out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as values

from dashboard.change_words import WHAT_LABELS, files_value, sentence, sentences
from dashboard.data import changes as data
from dashboard.data.changes import Change, Wanted
from dashboard.data.offer_line import latest_changes
from dashboard.data.published import PublishedFile
from dashboard.views.changes import PERIODS, first_of
from tests.dashboard_fixture import DAY, NIGHT, Rows, normal_rows, publish
from tests.dashboard_pages import html_of, open_view, text_of


def changed(field: str, old: str | None, new: str | None) -> Change:
    return Change("angaben", "changed", field, old, new)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            changed("start_date", "2026-03-14", "2026-03-21"),
            "Der Beginn wurde vom 14.03.2026 auf den 21.03.2026 verlegt.",
        ),
        (changed("start_date", None, "2026-03-21"), "Der Beginn steht jetzt fest: 21.03.2026."),
        (
            changed("start_date", "2026-03-21", None),
            "Der Beginn wird nicht mehr genannt (vorher 21.03.2026).",
        ),
        (changed("start_date", "im März", "bald"), "Der Beginn wurde geändert."),
        (changed("status", "open", "full"), "Ausgebucht (vorher: Anmeldung offen)."),
        (changed("status", "unknown", "cancelled"), "Abgesagt."),
        (changed("status", "cancelled", "open"), "Nicht mehr abgesagt: Anmeldung offen."),
        (
            changed("status", "open", "unknown"),
            "Der Stand der Anmeldung wird nicht mehr genannt (vorher: Anmeldung offen).",
        ),
        (changed("places_free", "5", "3"), "3 statt 5 freie Plätze."),
        (changed("places_free", "5", "1"), "Noch 1 freier Platz (vorher 5)."),
        (changed("places_free", "5", "0"), "Kein freier Platz mehr (vorher 5)."),
        (changed("places_free", "5", None), "Freie Plätze werden nicht mehr genannt."),
        (changed("price_eur", "15.00", "20.50"), "Der Preis ist jetzt 20,50 € (vorher 15,00 €)."),
        (changed("is_free", None, "true"), "Jetzt ausdrücklich kostenlos."),
        (changed("delivery_mode", "in_person", "online"), "Form: jetzt online (vorher vor Ort)."),
        (changed("title", "Alt", "Neu"), "Titel: jetzt „Neu“ (vorher „Alt“)."),
        (changed("provider_id", "vhs-a", "vhs-b"), "Anbieter: Angabe geändert."),
        (changed("sessions", "kaputt", "[3]"), "Die einzelnen Termine wurden geändert."),
    ],
)
def test_a_change_in_words(change: Change, told: str) -> None:
    assert sentence(change) == told


def test_a_moved_single_day_is_one_sentence_and_its_session_says_nothing_more() -> None:
    assert sentences(
        [
            changed("end_date", "2026-04-18", "2026-04-25"),
            changed("sessions", '[{"day":"2026-04-18"}]', '[{"day":"2026-04-25"}]'),
            changed("start_date", "2026-04-18", "2026-04-25"),
        ]
    ) == ["Der Termin wurde vom 18.04.2026 auf den 25.04.2026 verlegt."]


def test_dates_that_beginning_and_end_do_not_tell_are_listed() -> None:
    old = '[{"day":"2026-04-01"},{"day":"2026-04-08"},{"day":"2026-04-15"}]'
    new = '[{"day":"2026-04-01"},{"day":"2026-04-09"},{"day":"2026-04-15"}]'
    assert sentences([changed("sessions", old, new)]) == [
        "Termine jetzt: 01.04.2026, 09.04.2026 und 15.04.2026."
    ]


@given(
    values.sampled_from(["appeared", "changed", "vanished", "withdrawn", "returned"]),
    values.text(max_size=20),
    values.none() | values.text(max_size=40),
    values.none() | values.text(max_size=40),
)
def test_no_value_can_break_a_sentence(
    kind: str, field: str, old: str | None, new: str | None
) -> None:
    for name in (field, "start_date", "sessions", "status", "price_eur", "places_free", "module"):
        told = sentences([Change("angaben", kind, name, old, new)])
        assert all(text.endswith(".") for text in told)
        files_value(name, old)


@given(values.dates(date(2021, 1, 1), date(2035, 1, 1)), values.sampled_from(sorted(PERIODS)))
def test_every_period_begins_before_it_ends(day: date, period: str) -> None:
    first = first_of(period, day, day - timedelta(days=400))
    assert first <= day
    if period == "montag":
        assert first.weekday() == 0 and timedelta(0) < day - first <= timedelta(days=7)


def diary_rows(*changes: dict[str, Any]) -> Rows:
    rows = normal_rows()
    rows["providers"][0]["seat_ags"] = "05566076"
    rows["offer_changes"] = [
        {"changed_at": NIGHT, "field": "lifecycle", "kind": "changed", "day": DAY} | change
        for change in changes
    ]
    return rows


DIARY = (
    {"offer_id": "o1", "kind": "appeared", "day": date(2026, 3, 2)},
    {"offer_id": "o2", "kind": "appeared", "day": date(2026, 3, 2)},
    {"offer_id": "o3", "kind": "appeared", "day": date(2026, 3, 9)},
    {"offer_id": "o1", "field": "status", "old_value": "open", "new_value": "full"},
    {
        "offer_id": "o2",
        "field": "start_date",
        "old_value": "2026-05-02",
        "new_value": "2026-05-09",
        "day": date(2026, 3, 10),
    },
    {"offer_id": "o4", "kind": "vanished", "day": date(2026, 3, 8)},
)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


def lead(**query: str) -> str:
    page = html_of(open_view("aenderungen", **query))
    found = re.search(r'<p class="qa-lead" role="status">(.*?)</p>', page)
    return found[1].replace("&#58;", ":") if found else ""


def test_the_first_answer_is_what_changed_since_monday(published: Path) -> None:
    publish(published, diary_rows(*DIARY))
    text = text_of(open_view("aenderungen"))
    assert "Vom 09.03.2026 bis zum 14.03.2026: 3 Einträge." in text
    assert text.index("Samstag, 14.03.2026") < text.index("Ausgebucht (vorher: Anmeldung offen).")
    assert "Der Beginn wurde vom 02.05.2026 auf den 09.05.2026 verlegt." in text
    assert "nicht mehr gefunden" not in text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"zeitraum": "quartal"}, "Vom 02.03.2026 bis zum 14.03.2026: 4 Einträge."),
        ({"zeitraum": "arbeitstag"}, "Am 14.03.2026: 1 Eintrag. Angebote: 1-mal ausgebucht."),
        (
            {"art": "verlegt,neu"},
            "2 Einträge. Angebote: 1-mal neu und 1-mal Termin oder Ort geändert.",
        ),
        ({"modul": "aufbau"}, "1 Eintrag. Angebote: 1-mal Termin oder Ort geändert."),
        ({"anbieter": "vhs-koeln"}, "1 Eintrag. Angebote: 1-mal neu."),
        ({"regierungsbezirk": "Münster"}, "1 Eintrag. Angebote: 1-mal ausgebucht."),
        ({"tag": "2026-03-08"}, "Am 08.03.2026: 1 Eintrag. Angebote: 1-mal nicht mehr gefunden."),
        ({"stand": "2026-03-10"}, "Vom 09.03.2026 bis zum 10.03.2026: 2 Einträge."),
        ({"tag": "2026-03-14", "stand": "2026-03-10"}, "war dieser Tag noch nicht gekommen"),
    ],
)
def test_filters_of_the_address(published: Path, query: dict[str, str], told: str) -> None:
    publish(published, diary_rows(*DIARY))
    assert told in lead(**query)


def test_the_first_day_is_one_sentence_with_a_way_to_its_offers(published: Path) -> None:
    publish(published, diary_rows(*DIARY))
    app = open_view("aenderungen", zeitraum="quartal")
    assert "So erfasst: 2 Angebote (VHS Rhein-Erft und VHS Rheine) am 02.03.2026." in text_of(app)
    assert text_of(app).count("Neu erfasst.") == 1
    assert "art&#61;erstmals" in html_of(app)
    for query in ({"art": "erstmals", "zeitraum": "quartal"}, {"tag": "2026-03-02"}):
        text = text_of(open_view("aenderungen", **query))
        assert text.count("Erstmals gelesen.") == 2
        assert "Neu erfasst." not in text and "So erfasst" not in text


JOINED = date(2026, 3, 12)


def joined_later(*complete: tuple[str, date], sources: tuple[str, ...] = ("vhs-koeln",)) -> Rows:
    """Offer o3 appeared when VHS Köln joined; `complete` are the complete checks of sources, and
    `sources` those that have the offer."""
    rows = diary_rows(*DIARY, {"offer_id": "o3", "kind": "appeared", "day": JOINED})
    rows["offer_changes"] = [
        row for row in rows["offer_changes"] if row["offer_id"] != "o3" or row["day"] == JOINED
    ]
    rows["source_health"].append(
        {"source_id": "vhs-koeln", "provider_id": "vhs-koeln", "kind": "catalogue"}
    )
    night = {"started_at": NIGHT, "finished_at": NIGHT, "state": "complete"}
    rows["source_checks"] += [
        {"source_id": source, "crawl_id": f"k{day}", "day": day} | night for source, day in complete
    ]
    lineage = rows["provenance"][1]
    rows["provenance"] += [lineage | {"offer_id": "o3", "source_id": name} for name in sources]
    return rows


@pytest.mark.parametrize(
    ("rows", "is_new"),
    [
        (joined_later(("vhs-koeln", JOINED)), False),
        (joined_later(), False),
        (joined_later(("vhs-koeln", JOINED + timedelta(days=1))), False),
        (joined_later(("vhs-koeln", JOINED - timedelta(days=1))), True),
        (joined_later(("vhs-koeln", JOINED), sources=("vhs-koeln", "lv")), True),
    ],
    ids=["first night", "never complete", "partial before", "known source", "known elsewhere"],
)
def test_what_a_source_shows_when_it_is_first_read_is_not_news(
    published: Path, rows: Rows, is_new: bool
) -> None:
    publish(published, rows)
    text = text_of(open_view("aenderungen"))
    assert ("Neu erfasst." in text) == is_new
    assert ("So erfasst: 1 Angebot (VHS Köln) am 12.03.2026." in text) != is_new
    news = text_of(open_view("ueberblick", stand="2026-03-12"))
    assert ("1 neu" in news) == is_new
    assert ("1 erstmals gelesen" in news) != is_new
    assert ("Neu sind diese Angebote deshalb nicht unbedingt." in news) != is_new


def test_by_provider_each_provider_stands_once(published: Path) -> None:
    publish(published, diary_rows(*DIARY))
    page = html_of(open_view("aenderungen", gliederung="anbieter", zeitraum="quartal"))
    names = re.findall(r'<h2 class="qa-day">(.*?)</h2>', page)
    assert names == ["VHS Köln", "VHS Rhein-Erft", "VHS Rheine"]


def test_an_empty_diary_says_why(published: Path) -> None:
    publish(published, diary_rows())
    assert "Das Tagebuch ist noch leer." in text_of(open_view("aenderungen"))
    publish(published, diary_rows(*DIARY), "atlas-20260314T020000Z.duckdb")
    empty = open_view("aenderungen", art="abgesagt")
    assert "Zu diesen Filtern gibt es in diesem Zeitraum keinen Eintrag." in text_of(empty)


def test_a_file_holds_every_change_of_the_filters(published: Path) -> None:
    path = publish(published, diary_rows(*DIARY))
    file = PublishedFile(path, path.stat().st_size, path.stat().st_mtime_ns)
    wanted = Wanted(date(2026, 3, 1), DAY, data.KINDS, "all", "", "")
    rows = data.all_changes(file, wanted)
    assert [row.offer_id for row in rows] == ["o1", "o2", "o3", "o4", "o2", "o1"]
    assert {row.change.what for row in rows} <= set(WHAT_LABELS)
    assert set(WHAT_LABELS) == set(data.KINDS)
    assert data.size(file, replace(wanted, kinds=data.NEWS)) == 4


def test_the_news_begin_with_what_matters_most(published: Path) -> None:
    rows = diary_rows(
        {"offer_id": "o1", "field": "detail_url", "old_value": "a", "new_value": "b"},
        {"offer_id": "o2", "field": "venue_ags", "old_value": "a", "new_value": "b"},
        {"offer_id": "o3", "field": "status", "old_value": "open", "new_value": "cancelled"},
        {"offer_id": "o4", "kind": "appeared"},
    )
    rows["provenance"].append(
        rows["provenance"][1] | {"offer_id": "o4", "source_id": "vhs-rhein-erft"}
    )
    path = publish(published, rows)
    file = PublishedFile(path, path.stat().st_size, path.stat().st_mtime_ns)
    found = latest_changes(file, DAY - timedelta(days=1), DAY, "all", 9)
    assert [row.offer_id for row in found] == ["o3", "o2", "o1", "o4"]
    assert found[0].status == "cancelled" and found[3].kinds == ("first_read",)
    assert "Stand der Anmeldung (Abgesagt)" in text_of(open_view("ueberblick"))
