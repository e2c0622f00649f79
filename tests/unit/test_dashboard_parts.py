"""Every part of the pages Datenlage, Änderungen and Netzwerk over each kind of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboard_fixture import (
    DAY,
    HOSTILE_TEXT,
    Rows,
    empty_rows,
    hostile_rows,
    normal_rows,
    publish,
)
from tests.dashboard_pages import html_of, no_technical_words, open_view, text_of

PARTS = [
    ("datenlage", {"teil": "angaben"}),
    ("datenlage", {"teil": "angaben", "anbieter": "vhs-koeln"}),
    ("datenlage", {"teil": "register"}),
    ("datenlage", {"teil": "hinweise"}),
    ("datenlage", {"teil": "zahlen"}),
    ("datenlage", {"quelle": "vhs-muenster"}),
    ("datenlage", {"ergebnis": "nie", "sortierung": "-vollstaendig"}),
    ("aenderungen", {"gliederung": "anbieter", "zeitraum": "quartal"}),
    ("aenderungen", {"tag": "2026-03-13"}),
    ("netzwerk", {"teil": "andere", "vergangene": "ja"}),
    ("netzwerk", {"teil": "reihe"}),
    ("netzwerk", {"teil": "organisationen"}),
]


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


@pytest.mark.parametrize("rows", [normal_rows, empty_rows, hostile_rows])
def test_every_part_is_drawn_to_its_end(published: Path, rows: Callable[[], Rows]) -> None:
    publish(published, rows())
    for path, query in PARTS:
        app = open_view(path, **query)
        page = html_of(app)
        assert no_technical_words(app), (path, query)
        assert "ließ sich nicht aufbauen" not in text_of(app), (path, query)
        assert page.count("<h1") == 1, (path, query)
        assert HOSTILE_TEXT not in page and "<img" not in page
        assert "\u202e" not in page + "".join(str(area.value) for area in app.text_area)


@pytest.mark.parametrize(("path", "query"), PARTS)
def test_every_part_tells_of_a_past_day(published: Path, path: str, query: dict[str, str]) -> None:
    publish(published, normal_rows())
    text = text_of(open_view(path, **query, stand="2026-03-13"))
    assert "ließ sich nicht aufbauen" not in text
    assert "Stand: 13.03.2026" in text
