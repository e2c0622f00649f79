"""Every registered view over an empty, a normal, a hostile and a broken file, and on a past day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.address import MODULE, STAND
from dashboard.views import VIEWS
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
from warehouse.nights import LastNight, note_night
from warehouse.settings import load_settings

PATHS = [view.path for view in VIEWS]
# The eight pages that links may lead to.
PAGES = {
    *("ueberblick", "karte", "gremien", "angebote"),
    *("netzwerk", "aenderungen", "datenlage", "methode"),
}
every_view = pytest.mark.parametrize("path", PATHS)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


def headings(page: str) -> list[str]:
    return re.findall(r"<h1[^>]*>", page)


def test_the_overview_stands_first_and_paths_are_plain_words() -> None:
    assert PATHS[0] == "ueberblick"
    assert len(set(PATHS)) == len(PATHS)
    assert all(re.fullmatch("[a-z]+", path) for path in PATHS)


@every_view
@pytest.mark.parametrize("rows", [normal_rows, empty_rows])
def test_says_its_title_its_day_and_the_way_to_all_views(
    published: Path, path: str, rows: Callable[[], Rows]
) -> None:
    publish(published, rows())
    app = open_view(path)
    page = html_of(app)
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text_of(app)
    assert len(headings(page)) == 1
    assert "Stand: 14.03.2026" in text_of(app)
    assert "Beispieldaten." in text_of(app)
    assert page.count('aria-current="page"') == 1
    for view in VIEWS:
        marked = ' aria-current="page"' if view.path == path else ""
        assert f'<a href="/{view.path}" target="_self"{marked}>{view.title}</a>' in page


@every_view
def test_links_lead_to_pages_that_there_are(published: Path, path: str) -> None:
    publish(published, normal_rows())
    targets = re.findall(r'href="/([a-z]*)', html_of(open_view(path)))
    assert set(PATHS) <= set(targets) <= PAGES


@every_view
def test_hostile_words_stay_words(published: Path, path: str) -> None:
    publish(published, hostile_rows())
    app = open_view(path)
    page = html_of(app)
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text_of(app)
    assert "<img" not in page
    assert "javascript:" not in page
    assert "onmouseover=" not in page
    assert not re.search(r'href="(?!https?&#58;|mailto:|[/?#])', page)
    assert page.count("<script") == 1  # our own
    assert HOSTILE_TEXT not in page
    assert "A A" * 400 not in page
    assert "\u202e" not in page
    for element in [*app.markdown, *app.caption]:
        assert "HYPERLINK" not in element.value


@every_view
def test_hostile_addresses_are_ignored(published: Path, path: str) -> None:
    publish(published, normal_rows())
    hostile = "<script>alert(1)</script>' OR 1=1 --"
    names = ("stand", "modul", "regierungsbezirk", "kreis", "seite", "sortierung", "status", "tag")
    app = open_view(path, **dict.fromkeys(names, hostile))
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text_of(app)
    assert "Stand: 14.03.2026" in text_of(app)
    assert "<script>alert" not in html_of(app)


@every_view
@pytest.mark.parametrize("name", ["gremium", "angebot", "quelle"])
def test_what_does_not_exist_is_said_in_german(published: Path, path: str, name: str) -> None:
    publish(published, normal_rows())
    app = open_view(path, **{name: "gibt-es-nicht"})
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text_of(app)
    assert len(headings(html_of(app))) == 1


@every_view
def test_a_past_day_is_told_in_words(published: Path, path: str) -> None:
    publish(published, normal_rows())
    app = open_view(path, stand="2026-03-10")
    text = text_of(app)
    assert no_technical_words(app)
    assert "ließ sich nicht aufbauen" not in text
    assert "Gezeigt wird ein vergangener Tag, der 10.03.2026." in text
    assert "Stand: 10.03.2026" in text
    assert 'href="/methode?stand&#61;2026-03-10"' in html_of(app)


@every_view
@pytest.mark.parametrize("day", ["2026-03-15", "2020-01-01", "2026-02-30", "gestern"])
def test_a_day_that_nobody_knows_is_the_newest(published: Path, path: str, day: str) -> None:
    publish(published, normal_rows())
    text = text_of(open_view(path, stand=day))
    assert "Stand: 14.03.2026" in text
    assert "Gezeigt wird ein vergangener Tag" not in text


@every_view
def test_a_broken_file_is_one_sentence_and_the_last_good_one_is_shown(
    published: Path, path: str
) -> None:
    publish(published, normal_rows(), "atlas-20260315T014100Z.duckdb").write_bytes(b"x" * 9000)
    assert "Die Daten lassen sich gerade nicht lesen" in text_of(open_view(path))
    good = "atlas-20260314T014100Z.duckdb"
    publish(published, normal_rows(), good)
    (published / "CURRENT").write_text("atlas-20260315T014100Z.duckdb", encoding="utf-8")
    app = open_view(path)
    text = text_of(app)
    assert no_technical_words(app)
    assert "Die neuesten Daten lassen sich nicht lesen." in text
    assert "Gezeigt wird der letzte lesbare Stand vom 14.03.2026" in text
    assert "Stand: 14.03.2026" in text


@every_view
def test_a_failed_night_and_old_data_are_told_with_their_days(
    published: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(published, normal_rows())
    monkeypatch.setenv("ATLAS_TODAY", "2026-03-19")
    failed = LastNight(datetime(2026, 3, 19, 1, 41, tzinfo=UTC), None, (), by_guards=False)
    note_night(load_settings(), failed)
    text = text_of(open_view(path))
    assert "am 14.03.2026, das ist 5 Tage her" in text
    assert "Das war am 19.03.2026, 02:41 Uhr." in text
    assert "Gezeigt wird der letzte veröffentlichte Stand vom 14.03.2026" in text


@every_view
def test_without_a_publication_every_view_says_what_to_do(published: Path, path: str) -> None:
    app = open_view(path)
    assert no_technical_words(app)
    assert "Noch keine Daten" in text_of(app)
    assert html_of(app).count("<nav") == 1


def test_what_concerns_all_views_is_carried_over(published: Path) -> None:
    publish(published, normal_rows())
    app = open_view("methode", modul="basis", stand="2026-03-10", suche="köln", seite="3")
    link = re.search(r'<a href="([^"]*)" target="_self">Überblick', html_of(app))
    assert link is not None
    carried = link[1].replace("&#61;", "=").replace("&#38;", "&")
    assert carried == f"/ueberblick?{STAND.name}=2026-03-10&{MODULE.name}=basis"
