"""The whole page through Streamlit's own test runner: normal, empty, broken, hostile, renewed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data.councils import councils, coverage
from dashboard.data.frame import publication
from dashboard.data.geography import shapes
from dashboard.data.published import (
    NoPublication,
    UnreadablePublication,
    current_name,
    find_publication,
)
from tests.dashboard_fixture import DAY, Rows, normal_rows, publish
from tests.dashboard_pages import html_of, no_technical_words, open_view, text_of
from warehouse.nights import LastNight, note_night
from warehouse.settings import load_settings
from warehouse.store import POINTER


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    monkeypatch.setenv("ATLAS_TODAY", DAY.isoformat())
    return tmp_path / "published"


def page(**query: str) -> AppTest:
    return open_view(**query)


def test_a_normal_night(published: Path) -> None:
    publish(published, normal_rows())
    app = page()
    text = text_of(app)
    assert no_technical_words(app)
    assert "3 von 111 Gremien haben ein Angebot" in text
    assert "Stand: 14.03.2026 , veröffentlicht am 14.03.2026, 02:41 Uhr" in text
    assert "111 Gremien gibt es laut Landesverband" in text
    assert "Stichtag 01.11.2025" in text
    assert "Die vier Felder zählen zusammen 9 von 111 Gremien. 102 sind noch nicht benannt" in text
    assert "1 weiteres Gremium ist nur vermutet" in text
    assert re.findall(r'qa-tile-number">(\d+)<', html_of(app)) == ["3", "2", "2", "2"]
    assert "Beispieldaten." in text
    assert "2 Basismodul" in numbers_of(app) and "2 Aufbaumodul" in numbers_of(app)
    assert "1 beide Module" in numbers_of(app)
    assert "18.04.2026 bis 19.04.2026" in text
    assert "4 von 10 frei" in text
    assert "Angebote seit dem 13.03.2026: 1 geändert." in text
    assert "14.03.2026, VHS Rheine: geändert: Stand der Anmeldung" in text
    assert "2 von 4 Quellen konnten nicht vollständig gelesen werden" in text
    assert "2 Gremien sind deshalb „Nicht sicher“." in text
    assert "22 Plätze in 2 Angeboten; 1 weiteres nennt keine Zahl." in text
    assert "Freie Plätze nennt 1 Angebot, zusammen 4." in text
    assert "Am 04.03.2026 waren es 0 und 0." in text


def numbers_of(app: AppTest) -> list[str]:
    """The councils with each module, apart and together, as `2 Basismodul`."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", html_of(app))
    return [f"{count} {re.sub('<[^>]*>', '', name)}" for name, count in pairs]


def test_members_are_set_against_places_where_they_are_known(published: Path) -> None:
    rows = normal_rows()
    rows["councils"][0]["members_total"] = 27
    publish(published, rows)
    text = text_of(page())
    assert "Dem stehen 27 Mitglieder in 1 Gremium gegenüber; für 8 weitere ist" in text


def test_a_past_day_has_its_own_numbers(published: Path) -> None:
    publish(published, normal_rows())
    text = text_of(page(stand="2026-03-10"))
    assert "2 Angebote mit Termin" not in text  # most were not known yet
    assert "Für vergangene Tage gibt es keine Aufgaben." in text
    assert "Am 10.03.2026 haben 2 Gremien ein Angebot im Basismodul" in text


def test_real_data_carry_no_sample_banner(published: Path) -> None:
    rows = normal_rows()
    rows["publication"][0]["is_sample"] = False
    publish(published, rows)
    assert "Beispieldaten" not in text_of(page())


def test_old_data_are_said_to_be_old(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(published, normal_rows())
    monkeypatch.setenv("ATLAS_TODAY", "2026-03-15")
    assert "nicht von heute" not in text_of(page())
    monkeypatch.setenv("ATLAS_TODAY", "2026-03-19")
    assert "am 14.03.2026, das ist 5 Tage her" in text_of(page())


@pytest.mark.parametrize(
    ("by_guards", "why"), [(True, "müssen erst von Hand geprüft werden"), (False, "Störung")]
)
def test_a_night_that_was_held_back_is_told_beside_the_last_good_one(
    published: Path, by_guards: bool, why: str
) -> None:
    publish(published, normal_rows())
    settings = load_settings()
    at = datetime(2026, 3, 14, 1, 41, tzinfo=UTC)
    note_night(settings, LastNight(at, None, ("nur intern",), by_guards=by_guards))
    text = text_of(page())
    assert "Der letzte Durchgang ist nicht veröffentlicht." in text
    assert "Das war am 14.03.2026, 02:41 Uhr." in text
    assert why in text
    assert "nur intern" not in text
    assert "3 von 111 Gremien haben ein Angebot" in text
    note_night(settings, LastNight(at, "atlas.duckdb", (), by_guards=False))
    assert "nicht veröffentlicht" not in text_of(page())


def test_a_day_before_the_data_is_said_to_be_wrong(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(published, normal_rows())
    monkeypatch.setenv("ATLAS_TODAY", "2026-03-13")
    assert "Die Daten sind vom 14.03.2026" in text_of(page())
    assert "erst der 13.03.2026" in text_of(page())


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        ("basis", "2 von 111 Gremien haben ein Angebot im Basismodul"),
        ("aufbau", "2 von 111 Gremien haben ein Angebot im Aufbaumodul"),
        ("other", "0 von 111 Gremien haben ein weiteres Angebot"),
        ("<script>", "3 von 111 Gremien haben ein Angebot"),
    ],
)
def test_the_address_chooses_the_module(published: Path, module: str, sentence: str) -> None:
    publish(published, normal_rows())
    app = page(modul=module)
    assert no_technical_words(app)
    assert sentence in text_of(app)


def test_before_the_first_publication_the_page_says_what_to_do(published: Path) -> None:
    app = page()
    assert no_technical_words(app)
    assert "Noch keine Daten" in text_of(app)
    assert "atlas run" in text_of(app)
    with pytest.raises(NoPublication):
        find_publication(published)


def broken_bytes(published: Path) -> None:
    publish(published, normal_rows()).write_bytes(b"no database " * 1000)


def cut_file(published: Path) -> None:
    path = publish(published, normal_rows())
    path.write_bytes(path.read_bytes()[:5000])


def missing_file(published: Path) -> None:
    publish(published, normal_rows()).unlink()


def missing_table(published: Path) -> None:
    with duckdb.connect(str(publish(published, normal_rows()))) as connection:
        connection.execute("DROP TABLE mart.source_health")


def empty_publication(published: Path) -> None:
    publish(published, normal_rows() | {"publication": []})


def pointer_elsewhere(published: Path) -> None:
    publish(published, normal_rows())
    (published / POINTER).write_text("../../etc/passwd", encoding="utf-8")


def pointer_of_bytes(published: Path) -> None:
    publish(published, normal_rows())
    (published / POINTER).write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize(
    "damage",
    [
        broken_bytes,
        cut_file,
        missing_file,
        missing_table,
        empty_publication,
        pointer_elsewhere,
        pointer_of_bytes,
    ],
)
def test_a_damaged_publication_is_one_german_sentence(published: Path, damage: object) -> None:
    damage(published)  # type: ignore[operator]
    app = page()
    assert no_technical_words(app)
    assert "Die Daten lassen sich gerade nicht lesen" in text_of(app)
    assert "von 111" not in text_of(app)


def test_a_broken_outline_is_a_damaged_file(published: Path) -> None:
    rows = normal_rows()
    rows["municipality_shapes"][0]["geojson"] = "{"
    publish(published, rows)
    with pytest.raises(UnreadablePublication):
        shapes(find_publication(published).file)


def test_wrong_settings_are_no_traceback(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_TODAY", "gestern")
    app = page()
    assert no_technical_words(app)
    assert "Diese Seite ließ sich nicht aufbauen" in text_of(app)


def test_a_new_publication_appears_without_restart(published: Path) -> None:
    publish(published, normal_rows())
    app = page()
    rows: Rows = normal_rows()
    rows["council_coverage"][0]["state"] = "none_found"
    publish(published, rows, "atlas-20260315T014100Z.duckdb")
    assert current_name(published) == "atlas-20260315T014100Z.duckdb"
    assert "2 von 111 Gremien" in text_of(app.run())


def test_a_publication_that_was_cleared_away_meanwhile_is_replaced_by_the_newer_one(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = publish(published, normal_rows())
    old.unlink()
    new = publish(published, normal_rows(), "atlas-20260315T014100Z.duckdb")
    answers = iter([old, new])
    monkeypatch.setattr("dashboard.data.published.current_publication", lambda _: next(answers))
    assert publication(find_publication(published).file).data_day == DAY


def test_readers_never_notice_a_night_that_publishes(published: Path) -> None:
    kept = [publish(published, normal_rows(), "atlas-0.duckdb")]
    nights_over = Event()

    def read_on() -> set[int]:
        seen = set()
        while not nights_over.is_set():
            file = find_publication(published).file
            seen.add(len(coverage(file)) * 1000 + len(councils(file)))
        return seen

    with ThreadPoolExecutor(2) as readers:
        results = [readers.submit(read_on) for _ in range(2)]
        for night in range(1, 9):
            kept.append(publish(published, normal_rows(), f"atlas-{night}.duckdb"))
            if len(kept) > 2:
                kept.pop(0).unlink()
        nights_over.set()
        assert [result.result() for result in results] == [{30_010}, {30_010}]
