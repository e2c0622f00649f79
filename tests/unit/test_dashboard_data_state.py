"""The page Datenlage: sources and their visits, advice, quality, gaps of the register, hints."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as values

from dashboard.address import Order
from dashboard.blocks.quality import difference, message_text
from dashboard.blocks.source_table import hits, issue_list, strip, strip_sentence
from dashboard.data.quality import TableSize
from dashboard.data.sources import Issue, Source, Visit
from dashboard.failure_words import LABELS, failure_words
from dashboard.views.data_state import (
    ISSUE_KINDS,
    chosen_sources,
    sorted_sources,
    sources_sentence,
)
from scrapers.records import FailureClass
from tests.dashboard_fixture import DAY, NIGHT, normal_rows, publish
from tests.dashboard_pages import html_of, open_view, text_of
from warehouse.dictionary import load_dictionary

MOMENT = datetime(2026, 3, 14, 1, tzinfo=UTC)


def source(name: str, **given_values: Any) -> Source:
    empty: dict[str, Any] = dict.fromkeys(Source.__dataclass_fields__)
    empty |= {"source_id": name, "provider_id": name, "provider_name": name, "kind": "catalogue"}
    return Source(**(empty | {"council_count": 1, "is_statewide": False} | given_values))


def visit(state: str, day: date = DAY) -> Visit:
    return Visit("s", day, MOMENT, state, None, None, 1, 1, 1, None, None)


FINE = source("Aachen", state="complete", is_fresh=True, last_complete_at=MOMENT)
OLD = source("Bonn", state="complete", is_fresh=False, last_complete_at=MOMENT - timedelta(9))
DOWN = source("Köln", state="failed", failure_class="http_5xx", council_count=4)
NEVER = source("Düren", council_count=2)
OVERVIEW = source("Übersicht", state="partial", is_statewide=True, council_count=0)
ALL = [FINE, OLD, DOWN, NEVER, OVERVIEW]


def test_every_failure_class_has_a_name_a_meaning_and_an_advice() -> None:
    assert set(LABELS) == set(get_args(FailureClass))
    assert len(set(LABELS.values())) == len(LABELS)
    for name in LABELS:
        words = failure_words("failed", name)
        assert words.label == LABELS[name]
        assert words.meaning.endswith(".") and words.advice.endswith(".")


@given(
    values.sampled_from([None, "complete", "partial", "failed", "blocked"]),
    values.none() | values.text(max_size=30),
)
def test_any_outcome_has_words(state: str | None, failure: str | None) -> None:
    words = failure_words(state, failure)
    assert words.label and words.meaning.endswith(".") and words.advice.endswith(".")


def test_the_sources_that_most_councils_wait_for_come_first() -> None:
    names = [row.source_id for row in sorted_sources(ALL, Order("dringlich"))]
    assert names == ["Übersicht", "Köln", "Düren", "Bonn", "Aachen"]
    by_check = sorted_sources(ALL, Order("vollstaendig", True))
    assert [row.source_id for row in by_check[:2]] == ["Aachen", "Bonn"]
    by_name = [row.source_id for row in sorted_sources(ALL, Order("name"))]
    assert by_name == ["Aachen", "Bonn", "Düren", "Köln", "Übersicht"]


@pytest.mark.parametrize(
    ("states", "failure", "query", "found"),
    [
        ((), None, "", ["Aachen", "Bonn", "Köln", "Düren", "Übersicht"]),
        (("complete",), None, "", ["Aachen"]),
        (("alt", "nie"), None, "", ["Bonn", "Düren"]),
        (("failed", "partial"), None, "koeln", ["Köln"]),
        ((), "http_5xx", "", ["Köln"]),
        ((), None, "duren", ["Düren"]),
    ],
)
def test_filters(
    states: tuple[str, ...], failure: str | None, query: str, found: list[str]
) -> None:
    assert [row.source_id for row in chosen_sources(ALL, states, failure, query)] == found


def test_an_old_check_is_not_called_safe() -> None:
    assert sources_sentence(ALL).startswith("4 von 5 Quellen sind nicht vollständig")
    assert sources_sentence([FINE]) == "1 Quelle: alle beim letzten Besuch vollständig gelesen."


def test_a_strip_tells_its_visits_to_eyes_and_ears() -> None:
    visits = [
        visit("complete", DAY - timedelta(2)),
        visit("failed", DAY - timedelta(1)),
        visit("failed"),
    ]
    told = "Letzte 3 Besuche: 1 vollständig und 2 fehlgeschlagen. Zuletzt am 14.03.2026 fehlge"
    assert strip_sentence(visits).startswith(told)
    shown = strip(visits)
    assert f'aria-label="{told}' in shown
    assert re.findall(r'aria-hidden="true">(.)<', shown) == ["✓", "✕", "✕"]
    assert strip([]) == "noch kein Besuch"


def test_hits_that_were_not_read_stand_out() -> None:
    assert hits(source("a", stated_count=7, parsed_count=7)) == "7 von 7"
    assert hits(source("a", stated_count=7, parsed_count=5)) == (
        '<strong class="qa-warn">5 von 7</strong>'
    )
    assert hits(source("a", parsed_count=5)) == ""


def test_hints_lead_on_and_show_no_ids_or_codes_outside_the_details() -> None:
    shown = issue_list(
        [
            Issue("duplicate_candidate", "ab12", "„Kurs“ wie cd34.", MOMENT, "Mein Kurs"),
            Issue("source_failing", "vhs-x", "Fehler (HTTP 500). Prüfen.", MOMENT, None),
        ],
        {"vhs-x": "VHS X"},
    )
    visible = re.sub(r"<details>.*?</details>", "", shown)
    assert "angebot&#61;ab12" in visible and "Mein Kurs" in visible
    assert "quelle&#61;vhs-x" in visible and "VHS X" in visible
    assert "cd34" not in visible and "HTTP" not in visible
    assert "cd34" in shown


def test_every_kind_of_hint_has_a_name() -> None:
    tables = {table.name: table for table in load_dictionary().tables}
    kind = next(column for column in tables["issues"].columns if column.name == "kind")
    assert set(re.findall(r"[a-z_]{4,}", kind.description.split(":")[1])) == set(ISSUE_KINDS)


def test_a_message_keeps_its_lines_and_loses_invisible_signs() -> None:
    assert message_text("Guten Tag,\n\n„Kurs\u202e“:\n- Preis") == "Guten Tag,\n\n„Kurs“:\n- Preis"


def test_without_an_earlier_publication_there_is_no_difference() -> None:
    assert difference(TableSize("offers", 5, None)) is None
    assert difference(TableSize("offers", 5, 7)) == -2


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    rows = normal_rows()
    rows["service_areas"] = [
        {"provider_id": "vhs-rheine", "ags": "05566076", "reason": "seat"},
    ]
    rows["source_health"][2] |= {
        "requests_by_step": '{"robots":1,"search":7}',
        "field_shares": '{"title":1.0,"price_eur":0.255}',
        "is_fresh": False,
        "failing_since": NIGHT - timedelta(days=4),
    }
    rows["issues"].append(
        rows["issues"][0]
        | {
            "issue_id": "i3",
            "kind": "platform_changed",
            "message": "Anderes Kurssystem seit gestern.",
        }
    )
    publish(tmp_path / "published", rows)
    return tmp_path / "published"


def test_the_sources_of_a_night(published: Path) -> None:
    app = open_view("datenlage")
    text = text_of(app)
    assert "Die Internetseite meldet eine Störung bei sich selbst. Was tun?" in text
    assert "Letzte 11 Besuche: 6 vollständig und 5 fehlgeschlagen." in html_of(app)
    table = html_of(app).split("<tbody")[1]
    assert table.index("VHS Münster") < table.index("VHS Rheine")


def test_a_past_day_shows_its_own_visits(published: Path) -> None:
    text = text_of(open_view("datenlage", stand="2026-03-08", suche="münster"))
    assert "1 von 4 Quellen passen zur Auswahl." in text
    assert "fehlgeschlagen" in text.split("Zuletzt vollständig")[0]  # the legend
    table = text.split("Treffer gelesen")[1].split("Was die Störungen bedeuten")[0]
    assert "fehlgeschlagen" not in table and "08.03.2026" in table


def test_one_source(published: Path) -> None:
    text = text_of(open_view("datenlage", quelle="vhs-muenster"))
    for words in (
        "VHS Münster Stand: 14.03.2026",
        "Gestört seit dem 10.03.2026",
        "Anderes Kurssystem seit gestern.",
        "Suche 7",
        "Preis 26 %",
        "Betrifft 1 Gremium",
    ):
        assert words in text
    assert text.count("Die Internetseite meldet eine Störung") == 6  # once above, five visits


def test_the_message_to_a_provider(published: Path) -> None:
    app = open_view("datenlage", teil="angaben", anbieter="vhs-koeln")
    assert "VHS Köln Text an den Anbieter 40 von 100" in text_of(app)
    assert [area.value for area in app.text_area] == ["Bitte den ersten Termin angeben."]


@pytest.mark.parametrize(
    ("query", "told", "missing"),
    [
        ({"luecke": "gremium"}, "Köln Köln Gremium ohne zuständige VHS", "Rheine Rheine"),
        ({"luecke": "gebiet"}, "VHS Köln – VHS ohne Einzugsgebiet", "VHS Rheine –"),
        ({"luecke": "adresse"}, "VHS Köln – VHS ohne bekannte Internetseite", "VHS Münster"),
        ({"luecke": "vermutet"}, "Wesel Wesel Gremium nur vermutet", "Köln Köln"),
    ],
)
def test_gaps_of_the_register(
    published: Path, query: dict[str, str], told: str, missing: str
) -> None:
    text = text_of(open_view("datenlage", teil="register", **query))
    head = (
        "Von 111 Gremien (Stichtag 01.11.2025) sind 9 belegt. 102 Gremien sind noch nicht benannt"
    )
    assert head in text
    assert told in text
    assert missing not in text


def test_hints_and_sizes(published: Path) -> None:
    text = text_of(open_view("datenlage", teil="hinweise"))
    assert "3 Hinweise sind offen." in text and "Werkstatt Vielfalt" in text
    few = text_of(open_view("datenlage", teil="hinweise", hinweis="source_failing"))
    assert "VHS Münster" in few and "Werkstatt Vielfalt" not in few
    assert "Angebote 5 4 1" in text_of(open_view("datenlage", teil="zahlen"))
    past = text_of(open_view("datenlage", teil="zahlen", stand="2026-03-10"))
    assert "Dieser Teil wird nicht für vergangene Tage aufgehoben." in past
