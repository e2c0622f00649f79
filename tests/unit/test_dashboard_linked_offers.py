"""The page of an offer names the other providers on whose sites the same course stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard_fixture import DAY, normal_rows, publish
from tests.dashboard_pages import html_of, open_view, text_of


@pytest.fixture(autouse=True)
def linked_offers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    rows = normal_rows()
    rows["offer_links"] = [{"offer_id": "o1", "linked_offer_id": "o3", "rule": "hours"}]
    publish(tmp_path / "published", rows)


def test_the_other_provider_is_named_and_leads_to_its_offer() -> None:
    app = open_view("angebote", angebot="o1")
    assert "Dieselbe Veranstaltung steht auch bei VHS Köln" in text_of(app)
    assert 'angebot&#61;o3"' in html_of(app)


def test_nothing_is_said_of_an_offer_that_stands_alone() -> None:
    assert "Dieselbe Veranstaltung" not in text_of(open_view("angebote", angebot="o2"))
