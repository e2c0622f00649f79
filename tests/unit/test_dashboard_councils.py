"""The page Gremien and the page of one council, over invented nights."""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.blocks.council_facts import members_text, next_step
from dashboard.blocks.council_parts import newest_spans, visit_sentence, why_not_counted
from dashboard.blocks.council_table import council_notes
from dashboard.blocks.summary import DISTRICT_COLUMNS, districts
from dashboard.council_states import council_states
from dashboard.data import council, council_history
from dashboard.data.council import AssignedSource, CouncilOffer, Evidence, ServingProvider
from dashboard.data.council_history import StateSpan
from dashboard.data.councils import councils, coverage
from dashboard.data.frame import Publication
from dashboard.data.published import PublishedFile
from dashboard.views.council_page import dates_of
from tests.dashboard_fixture import (
    DAY,
    NIGHT,
    PLACES,
    STATES,
    Rows,
    hostile_rows,
    normal_rows,
    offer,
    publish,
)
from tests.dashboard_pages import html_of, no_technical_words, open_view, text_of

RHEINE, MUENSTER, KOELN, WESEL, AUGUSTIN = (
    *("05566076", "05515000", "05315000", "05170048"),
    "05382056",
)
WITHOUT_COUNCIL = "05334002"  # Aachen is a municipality of the fixture, but no council
SERVICE = [
    {"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "seat", "source_url": "https://b.de/"},
    {"provider_id": "vhs-muenster", "ags": MUENSTER, "reason": "seat"},
]


def night() -> Rows:
    """The normal night, with service areas and one offer in Münster."""
    rows = normal_rows()
    rows["service_areas"] = [dict(row) for row in SERVICE]
    rows["offers"] = [
        *rows["offers"],
        offer(
            "elsewhere",
            title="Basismodul in Münster",
            provider_id="vhs-muenster",
            venue_ags=MUENSTER,
            venue_place="Münster",
            start_date=date(2026, 4, 2),
        ),
        offer("o6", title="Fällt aus", status="cancelled", start_date=date(2026, 5, 1)),
    ]
    rows["council_offers"] = [
        *rows["council_offers"],
        {"ags": RHEINE, "offer_id": "o6", "reason": "service_area", "covers": False},
        {"ags": RHEINE, "offer_id": "o4", "reason": "service_area", "covers": False},
        {"ags": MUENSTER, "offer_id": "elsewhere", "reason": "service_area", "covers": True},
    ]
    return rows


def opened(path: Path) -> PublishedFile:
    return PublishedFile(path, path.stat().st_size, path.stat().st_mtime_ns)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


def page_of(published: Path, rows: Rows, **query: str) -> tuple[str, str]:
    """The words and the HTML of the view with this address."""
    publish(published, rows)
    app = open_view("gremien", **query)
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text_of(app)
    return text_of(app), html_of(app)


def rows_of(html: str) -> list[str]:
    """The names of the councils in the table, in its order."""
    return re.findall(r"gremium&#61;\d+[^>]*>([^<]*)<", html)


def test_all_councils_stand_in_the_table_and_presumed_ones_are_marked(published: Path) -> None:
    text, html = page_of(published, night())
    assert len(rows_of(html)) == len(STATES)
    assert "9 belegte Gremien, dazu 1 nur vermutetes." in text
    assert "111 Gremien gibt es laut" in text
    assert "Stichtag 01.11.2025" in text
    assert re.search(r'Wesel</a> <span class="qa-badge">vermutet', html)


def test_filters_search_and_order_come_from_the_address(published: Path) -> None:
    asked = {"modul": "basis", "zustand": "none_found,unknown,not_configured"}
    text, html = page_of(published, night(), regierungsbezirk="Münster", **asked)
    assert rows_of(html) == ["Münster"]
    assert "1 von 2 belegten Gremien im Regierungsbezirk Münster passt zur Auswahl." in text
    # A Kreis of another district is no choice there and leaves nothing out.
    kept = open_view("gremien", regierungsbezirk="Münster", kreis="Köln")
    assert rows_of(html_of(kept)) == ["Münster", "Rheine"]
    found = open_view("gremien", suche="st. augustin")
    assert rows_of(html_of(found)) == ["Sankt Augustin"]
    descending = open_view("gremien", sortierung="-kommune")
    assert rows_of(html_of(descending))[:2] == ["Wesel", "Sankt Augustin"]


def test_where_nothing_fits_it_says_what_there_is(published: Path) -> None:
    text, html = page_of(published, night(), suche="Aachen")
    assert "Kein Gremium passt zu dieser Auswahl. Kommune dieses Namens: Aachen" in text
    assert 'href="?"' in html


def test_one_council_says_what_there_is_and_how_we_know(published: Path) -> None:
    rows = night()
    for row in rows["councils"]:
        row |= {"members_total": 15, "members_elected": 10, "members_as_of": "2025-2030"}
    text, html = page_of(published, rows, gremium=RHEINE)
    assert "<h1>Rheine</h1>" in html
    assert "Angebot vorhanden. Mindestens ein Angebot, das weder abgesagt noch vorbei ist." in text
    for said in (
        "Die VHS hat ein kommendes Angebot.",  # why
        "Basismodul: Wie Kommunalpolitik funktioniert",  # counts
        "4 von 10 frei",
        "Basismodul in Münster",  # elsewhere
        "Die Volkshochschule hat hier ihren Sitz.",
        "VHS Rheine (Kursprogramm)",
        "vollständig.",
        "14.03.2026, 02:41 Uhr",
        "Amtliche Seite zur Wahl 2025",
        "15, davon 10 gewählt (Wahlzeit 2025 bis 2030)",
    ):
        assert said in text
    past = html[html.index('id="vorbei"') :]
    assert "Basismodul im Herbst" in past
    assert "Fällt aus" in past
    assert "37,6" in text  # kilometres between the points of Rheine and Münster
    assert 'href="/angebote?angebot&#61;o1"' in html


def test_why_a_council_is_not_sure(published: Path) -> None:
    text, html = page_of(published, night(), gremium=MUENSTER, modul="aufbau")
    assert "Eine Quelle konnte nicht vollständig geprüft werden." in text
    assert "1 von 1 Quelle ist nicht vollständig gelesen." in text
    assert "fehlgeschlagen: Die Internetseite meldet eine Störung bei sich selbst." in text
    assert "Dauert die Störung länger als zwei Tage, den Betreiber darauf hinweisen." in text
    assert "09.03.2026, 02:41 Uhr" in text  # the last complete check
    assert 'href="/datenlage?modul&#61;aufbau&#38;quelle&#61;vhs-muenster"' in html
    assert "werden jede Nacht wieder besucht" in text


def test_where_nothing_was_evaluated_nothing_is_told(published: Path) -> None:
    text, _ = page_of(published, night() | {"council_coverage": []}, gremium=RHEINE)
    assert "Für dieses Gremium liegt noch keine Auswertung vor." in text
    assert "Nicht sicher." in text


def test_the_calendar_of_a_council_has_the_dates_of_its_offers(tmp_path: Path) -> None:
    file = opened(publish(tmp_path, night()))
    entries = list(dates_of(file, None, ["o1", "elsewhere", "o3"]))
    assert [entry.start for entry in entries] == [
        datetime(2026, 4, 18, 10),
        datetime(2026, 4, 19, 10),
        date(2026, 4, 2),
    ]
    [first] = dates_of(file, DAY - timedelta(days=4), ["o1"])
    assert first.start == date(2026, 4, 18)


def test_a_presumed_council_is_said_to_count_nowhere(published: Path) -> None:
    text, _ = page_of(published, night(), gremium=WESEL)
    assert "nur vermutet und zählt in keiner Zahl mit" in text


@pytest.mark.parametrize(
    ("ags", "sentence"),
    [
        (WITHOUT_COUNCIL, "In Aachen ist kein Gremium belegt oder vermutet."),
        ("99999999", "Diese Adresse nennt keine Kommune, die der Atlas kennt."),
    ],
)
def test_a_key_without_a_council_is_a_sentence(published: Path, ags: str, sentence: str) -> None:
    text, html = page_of(published, night(), gremium=ags)
    assert sentence in text
    assert html.count("<h1") == 1


def test_the_list_comes_back_as_it_was(published: Path) -> None:
    _, html = page_of(published, night(), gremium=RHEINE, suche="rhe", sortierung="-kommune")
    assert 'href="?suche&#61;rhe&#38;sortierung&#61;-kommune"' in html


@pytest.mark.parametrize("day", [None, "2026-03-10"])
def test_hostile_words_stay_words_on_the_page_of_a_council(
    published: Path, day: str | None
) -> None:
    rows = hostile_rows() | {"service_areas": [dict(row) for row in SERVICE]}
    rows["service_areas"][0]["source_url"] = "javascript:alert(1)"
    rows["council_offers"] = night()["council_offers"][:1]
    for row in rows["councils"]:
        row |= {"note": "<img src=x>", "website": "javascript:alert(1)", "members_as_of": "<b>"}
    _, html = page_of(published, rows, gremium=RHEINE, **({"stand": day} if day else {}))
    assert "<img" not in html
    assert "javascript:" not in html
    assert not re.search(r'href="(?!https?&#58;|mailto:|[/?#])', html)


def test_on_a_past_day_offers_and_sources_are_those_of_that_day(published: Path) -> None:
    text, html = page_of(published, night(), gremium=RHEINE, stand="2026-03-10")
    assert "Stand: 10.03.2026" in text
    assert "Begründung nicht gespeichert" in text
    assert "Anmeldung geschlossen" in text  # o1 was closed then
    assert "10.03.2026, 02:41 Uhr" in text  # the visit of that day
    assert 'href="/angebote?stand&#61;2026-03-10&#38;angebot&#61;o1"' in html


# ---- queries ---------------------------------------------------------------------------------


def invented_nights() -> Rows:
    """Twenty nights of twelve offers that come, change, are cancelled and go, and of visits."""
    chance = random.Random(20260314)
    rows = normal_rows()
    places = [ags for ags, *_ in PLACES]
    providers = [row["provider_id"] for row in rows["providers"]]
    rows["service_areas"] = [
        {"provider_id": provider, "ags": ags, "reason": "joint_vhs"}
        for provider in providers[:4]
        for ags in chance.sample(places, 3)
    ]
    days = [DAY - timedelta(days=back) for back in range(19, -1, -1)]
    versions: list[dict[str, Any]] = []
    for number in range(12):
        starts = sorted(chance.sample(range(20), 3))
        base = {
            "offer_id": f"v{number}",
            "provider_id": chance.choice([*providers, None]),
            "venue_ags": chance.choice([*places, None]),
            "module": chance.choice(["basis", "aufbau", "other"]),
            "relevance": chance.choice(["series", "council", "adjacent"]),
            "title": "T",
            "delivery_mode": "in_person",
        }
        for place, start in enumerate(starts):
            end = days[starts[place + 1]] if place + 1 < len(starts) else None
            versions.append(
                base
                | {
                    "valid_from": NIGHT - timedelta(days=19 - start),
                    "valid_from_day": days[start],
                    "valid_to_day": end,
                    "presence": chance.choice(["current", "current", "vanished", "withdrawn"]),
                    "status": chance.choice(["open", "full", "cancelled", "finished", "unknown"]),
                    "last_day": chance.choice([None, DAY, days[10], days[14]]),
                }
            )
    rows["offer_versions"] = versions
    rows["source_checks"] = [
        {
            "source_id": source["source_id"],
            "crawl_id": f"c{place}",
            "day": day,
            "started_at": NIGHT,
            "finished_at": NIGHT - timedelta(days=19 - place),
            "state": chance.choice(["complete", "partial", "failed", "failed"]),
        }
        for source in rows["source_health"]
        for place, day in enumerate(days)
        if chance.random() < 0.8
    ]
    rows["council_sources"] = [
        {
            "ags": ags,
            "source_id": source,
            "provider_id": source,
            "reason": "Sitz",
            "is_statewide": source == "lv",
            "is_fresh": False,
        }
        for ags in STATES
        for source in ("lv", *chance.sample(["vhs-rheine", "vhs-muenster"], chance.randint(0, 2)))
    ]
    return rows


def test_the_history_of_a_council_is_what_the_macro_says_of_each_day(tmp_path: Path) -> None:
    path = publish(tmp_path, invented_nights())
    with duckdb.connect(str(path), read_only=True) as connection:
        days = [
            row[0]
            for row in connection.sql("SELECT DISTINCT day FROM mart.source_checks").fetchall()
        ]
        expected = {
            (ags, module, day): state
            for day in days
            for ags, module, state in connection.execute(
                "SELECT ags, module, state FROM coverage_on(?)", [day]
            ).fetchall()
        }
    assert len(set(expected.values())) == 4
    said: dict[tuple[str, str, date], str] = {}
    for ags in STATES:
        for span in council_history.state_spans(opened(path), ags, DAY):
            for day in days:
                if span.first_day <= day <= span.last_day:
                    assert (ags, span.module, day) not in said
                    said[ags, span.module, day] = span.state
    assert said == expected


def test_the_history_ends_with_the_day_that_is_asked_for(tmp_path: Path) -> None:
    path = publish(tmp_path, invented_nights())
    until = DAY - timedelta(days=6)
    spans = council_history.state_spans(opened(path), RHEINE, until)
    assert max(span.last_day for span in spans) == until
    assert [span.module for span in spans] == sorted(
        (span.module for span in spans), key=["basis", "aufbau", "other"].index
    )


def test_offers_of_a_past_day_belong_as_coverage_says(tmp_path: Path) -> None:
    path = publish(tmp_path, invented_nights())
    day = DAY - timedelta(days=4)
    with duckdb.connect(str(path), read_only=True) as connection:
        counted = connection.execute(
            "SELECT ags, sum(offer_count)::INTEGER FROM coverage_on(?) GROUP BY ags", [day]
        ).fetchall()
    assert any(number for _, number in counted)
    for ags, number in counted:
        found = council.offers(opened(path), ags, day)
        assert sum(row.covers for row in found) == number


def test_the_nearest_offers_are_those_of_the_macro_without_the_councils_own(
    tmp_path: Path,
) -> None:
    rows = night()
    rows["offers"] += [
        offer("far", provider_id="vhs-koeln", venue_ags=KOELN, start_date=date(2026, 4, 9)),
        offer("own", venue_ags=KOELN),  # held elsewhere by the council's own VHS
        offer("here", provider_id="vhs-koeln", venue_ags=RHEINE),
        offer("off", provider_id="vhs-koeln", venue_ags=KOELN, status="cancelled"),
        offer("web", provider_id="vhs-koeln", delivery_mode="online"),
        offer("other", provider_id="vhs-koeln", venue_ags=KOELN, module="other"),
    ]
    path = publish(tmp_path, rows)
    found = council.near_offers(opened(path), RHEINE, "basis")
    assert [row.offer_id for row in found] == ["elsewhere", "far", "web"]
    assert found[-1].km is None
    with duckdb.connect(str(path), read_only=True) as connection:
        macro = dict(
            connection.execute("SELECT offer_id, km FROM offers_near(?, 500)", [RHEINE]).fetchall()
        )
    assert [row.km for row in found[:2]] == [macro["elsewhere"], macro["far"]]
    shown, total = council.nearest_offers(opened(path), RHEINE, "all", None, 2)
    assert (len(shown), total) == (2, 4)


# ---- words -----------------------------------------------------------------------------------


def evidence(**values: Any) -> Evidence:
    empty: dict[str, Any] = dict.fromkeys(Evidence.__dataclass_fields__)
    return Evidence(**(empty | {"ags": RHEINE, "municipality": "Rheine"} | values))


def test_members_are_told_as_far_as_they_are_known() -> None:
    assert members_text(evidence()) == "nicht bekannt"
    assert members_text(evidence(members_total=1234)) == "1.234 (ohne Datum)"
    assert members_text(evidence(members_elected=16, members_as_of="2025-2030")) == (
        "16 gewählt, insgesamt nicht bekannt (Wahlzeit 2025 bis 2030)"
    )


def test_what_may_be_done_follows_from_what_is_missing() -> None:
    vhs = ServingProvider("v", "VHS", "seat", None, None, False)
    assert next_step({"basis": "offered", "aufbau": "offered", "other": "none_found"}, []) is None
    partly = next_step({"basis": "offered", "aufbau": "none_found"}, [vhs])
    assert partly is not None
    assert partly.startswith("Im Aufbaumodul ist kein Angebot bekannt.")
    unset = {"basis": "not_configured", "aufbau": "not_configured"}
    assert "welche Volkshochschule" in str(next_step(unset, []))  # type: ignore[arg-type]
    assert "fehlt die Internetseite" in str(next_step(unset, [vhs]))  # type: ignore[arg-type]
    # A failed check is never told as an absence.
    unsure = next_step({"basis": "unknown", "aufbau": "none_found"}, [vhs])
    assert "kann es ein Angebot geben, das hier fehlt" in str(unsure)


def source(**values: Any) -> AssignedSource:
    empty: dict[str, Any] = dict.fromkeys(AssignedSource.__dataclass_fields__)
    known = {"source_id": "s", "kind": "catalogue", "reason": "Sitz", "is_statewide": False}
    return AssignedSource(**(empty | known | {"is_fresh": True} | values))


@pytest.mark.parametrize(
    ("visit", "said"),
    [
        (source(state="complete"), "vollständig."),
        (source(state="complete", is_fresh=False), "zu lange her"),
        (source(state="failed", failure_class="timeout"), "Es gilt noch die vollständige Prüfung"),
        (source(state="blocked", is_fresh=False), "verwehrt: "),
        (source(is_fresh=False), "Diese Quelle wurde noch nie besucht."),
        (source(state="partial", failure_class="x", is_fresh=False), "teilweise: "),
    ],
)
def test_the_last_visit_in_words(visit: AssignedSource, said: str) -> None:
    assert said in visit_sentence(visit)


def council_offer(**values: Any) -> CouncilOffer:
    empty: dict[str, Any] = dict.fromkeys(CouncilOffer.__dataclass_fields__)
    known = {"offer_id": "o", "title": "T", "status": "open", "lifecycle": "current"}
    return CouncilOffer(**(empty | known | values))


def test_why_an_offer_does_not_count() -> None:
    assert why_not_counted(council_offer(status="cancelled")) == "abgesagt"
    assert why_not_counted(council_offer(status="cancelled", lifecycle="past")) == (
        "abgesagt, vorbei"
    )
    assert why_not_counted(council_offer(status="finished")) == "vorbei"
    assert why_not_counted(council_offer(lifecycle="withdrawn")) == "vom Anbieter entfernt"


def test_of_a_long_history_the_newest_spans_of_each_module_are_shown() -> None:
    spans = [
        StateSpan(module, "unknown", DAY - timedelta(days=number), DAY)
        for module in ("basis", "aufbau")
        for number in range(4)
    ]
    assert newest_spans(spans, 2) == [*spans[:2], *spans[4:6]]


def test_districts_lead_to_the_councils_that_lack_a_module(tmp_path: Path) -> None:
    file = opened(publish(tmp_path, night()))
    rows = {
        row.name: row for row in districts(council_states(councils(file), coverage(file), "all"))
    }
    # Köln: Sankt Augustin and Erftstadt lack the Basismodul; presumed Wesel is not counted.
    assert rows["Köln"].without == {"basis": 2, "aufbau": 2}
    assert rows["Düsseldorf"].without == {"basis": 1, "aufbau": 1}
    assert [column.header for column in DISTRICT_COLUMNS][-2:] == [
        "ohne Basismodul",
        "ohne Aufbaumodul",
    ]


@pytest.mark.parametrize(
    ("note", "language"),
    [
        ("elected on 14.09.2025, 12 members per city page", "englisch"),
        ("laut Seite der Stadt 12 Sitze, seit der Wahl 2025", None),
        ("2014", None),
    ],
)
def test_a_note_of_the_register_is_shown_as_written(
    published: Path, note: str, language: str | None
) -> None:
    rows = night()
    for row in rows["councils"]:
        row |= {"note": note, "evidence_level": "pre_2020"}
    text, html = page_of(published, rows, gremium=RHEINE)
    assert f"Anmerkung im Original{' (englisch)' if language else ''}" in text
    assert note in text
    assert (f'lang="en">{note}' in html) == (language is not None)
    assert "Die Seite ist älter als die Wahl 2020" in text


def test_a_file_of_councils_says_what_the_results_mean_and_how_many_there_are() -> None:
    told = dict(council_notes(Publication(NIGHT, DAY, False, 111, date(2025, 11, 1), None)))
    assert "Nicht sicher: Die Prüfung ist unvollständig" in told["Ergebnisse"]
    assert told["Zahl der Gremien"].startswith("111 laut Landesverband")
    assert "Stichtag 01.11.2025" in told["Zahl der Gremien"]
    unknown = Publication(NIGHT, DAY, False, None, None, None)
    assert "Zahl der Gremien" not in dict(council_notes(unknown))
