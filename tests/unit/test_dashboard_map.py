"""What the map asks of a published file, and what its page says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.data import map_offers as data
from dashboard.data.councils import coverage
from dashboard.data.map_offers import Asked, Elsewhere
from dashboard.data.published import PublishedFile, find_publication
from tests.dashboard_fixture import DAY, normal_rows, offer, publish
from tests.dashboard_pages import html_of, open_view, text_of

APRIL = Asked("all", date(2026, 4, 1), date(2026, 4, 30))
RHEINE, KOELN, MUENSTER = "05566076", "05315000", "05515000"


@pytest.fixture
def file(tmp_path: Path) -> PublishedFile:
    rows = normal_rows()
    rows["service_areas"] = [
        {"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "seat"},
        {"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "joint_vhs"},
        {"provider_id": "vhs-muenster", "ags": MUENSTER, "reason": "seat"},
    ]
    april, may = date(2026, 4, 18), date(2026, 5, 9)
    known = {"title": "Kurs", "provider_id": "vhs-rheine", "venue_place": "Ort"}
    rows["offers"] = [
        # Served and held in the same place: one offer of its council, not two.
        offer("a", **known, venue_ags=RHEINE, start_date=april, last_day=april),
        offer("b", **known, venue_ags=KOELN, start_date=may, last_day=may, module="aufbau"),
        offer("c", **known, venue_ags=KOELN),
        offer("d", **known, start_date=april, last_day=april, delivery_mode="online"),
        offer("e", **known, start_date=april, last_day=april),
        offer("f", **known, venue_ags=MUENSTER, start_date=april, status="cancelled"),
        offer("g", **known, venue_ags=MUENSTER, start_date=april, lifecycle="past"),
        offer("h", **known, venue_ags=MUENSTER, start_date=april, relevance="adjacent"),
        offer("i", **known, venue_ags=MUENSTER, start_date=april, lifecycle="withdrawn"),
    ]
    publish(tmp_path / "published", rows)
    return find_publication(tmp_path / "published").file


def test_rings_stand_where_offers_that_count_take_place(file: PublishedFile) -> None:
    found = {row.ags: (row.offers, row.next_start) for row in data.venues(file, Asked(), None, DAY)}
    assert found == {RHEINE: (1, date(2026, 4, 18)), KOELN: (2, date(2026, 5, 9))}
    assert [row.ags for row in data.venues(file, APRIL, None, DAY)] == [RHEINE]
    assert [row.ags for row in data.venues(file, Asked("aufbau"), None, DAY)] == [KOELN]


def test_what_has_no_point_is_counted(file: PublishedFile) -> None:
    assert data.elsewhere(file, Asked(), None) == Elsewhere(online=1, without_place=1)
    assert data.elsewhere(file, Asked("aufbau"), None) == Elsewhere(0, 0)


def test_the_nearest_venue_is_never_the_council_itself(file: PublishedFile) -> None:
    near = data.nearest(file, Asked(), None)
    assert near[MUENSTER].venue == "Rheine"
    assert near[MUENSTER].km == pytest.approx(37.5, abs=1)
    assert near[KOELN].venue == "Rheine"
    # What its own VHS offers in Köln is Rheine's own, as on the page of the council.
    assert RHEINE not in near
    # Only Köln has one, and what is at home is not elsewhere.
    assert KOELN not in data.nearest(file, Asked("aufbau"), None)


def test_offers_belong_to_councils_once(file: PublishedFile) -> None:
    own = {ags: row.offers for ags, row in data.own_offers(file, Asked(), None, DAY).items()}
    assert own == {RHEINE: 5, KOELN: 2}
    april = data.own_offers(file, APRIL, None, DAY)
    assert {ags: row.offers for ags, row in april.items()} == {RHEINE: 3}


def test_a_period_that_ends_before_it_begins_holds_nothing_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = normal_rows()
    rows["service_areas"] = [{"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "seat"}]
    running = {"start_date": date(2026, 4, 20), "end_date": date(2026, 5, 10)}
    rows["offers"] = [offer("x", provider_id="vhs-rheine", **running)]
    publish(tmp_path / "published", rows)
    file = find_publication(tmp_path / "published").file
    across = Asked(from_day=date(2026, 4, 30), until_day=date(2026, 5, 1))
    backward = Asked(from_day=date(2026, 5, 1), until_day=date(2026, 4, 30))
    assert set(data.own_offers(file, across, None, DAY)) == {RHEINE}
    assert data.own_offers(file, backward, None, DAY) == {}
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    shown = text_of(open_view("karte", von="2026-05-01", bis="2026-04-30"))
    assert "Der Zeitraum endet, bevor er beginnt." in shown


def test_own_offers_of_a_past_day_are_those_of_the_coverage(tmp_path: Path) -> None:
    rows = normal_rows()
    rows["service_areas"] = [{"provider_id": "vhs-rheine", "ags": RHEINE, "reason": "seat"}]
    publish(tmp_path / "published", rows)
    file = find_publication(tmp_path / "published").file
    covered: dict[str, int] = {}
    for row in coverage(file, DAY):
        covered[row.ags] = covered.get(row.ags, 0) + row.offer_count
    own = data.own_offers(file, Asked(), DAY, DAY)
    assert {ags: row.offers for ags, row in own.items()} == {
        ags: count for ags, count in covered.items() if count
    }
    assert own


def test_the_page_says_what_the_address_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = normal_rows()
    rows["offers"].append(offer("im-ort", venue_ags=RHEINE, venue_place="Rheine"))
    publish(tmp_path / "published", rows)
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    opened = open_view("karte")
    whole = text_of(opened)
    assert "schematisch" in " ".join(element.value for element in opened.caption)
    assert "qa-swatch-reachable" not in html_of(opened)
    assert "1 Angebot findet in 1 Kommune statt" in whole
    reach = open_view("karte", umkreis="40", regierungsbezirk="Münster")
    assert "Regierungsbezirk Münster: 1 Gremium hat ein Angebot." in text_of(reach)
    assert "höchstens 40 km entfernt" in text_of(reach)
    assert "qa-swatch-reachable" in html_of(reach)
    assert "Köln" not in html_of(reach).split("qa-beside")[1]
    hostile = open_view("karte", umkreis="37", von="<script>", kreis="nirgends")
    assert not hostile.exception
    assert "qa-swatch-reachable" not in html_of(hostile)
    assert "qa-swatch-other_time" not in html_of(hostile)
    assert "1 Angebot findet in 1 Kommune statt" in text_of(hostile)


def test_official_boundaries_name_their_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = normal_rows()
    for row in rows["municipality_shapes"]:
        row["shape_kind"] = "official"
    publish(tmp_path / "published", rows)
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    app = open_view("karte")
    captions = " ".join(element.value for element in app.caption)
    assert "amtlichen Verwaltungsgrenzen" in captions
    assert "schematisch" not in captions
