"""Five questions of the staff, asked on the start page and answered within three clicks.

What a page or file says is held against SQL on the published file that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.views import wait_for_view
from tests.browser.visit import Visit
from tests.dashboard_fixture import DAY, NIGHT, REASONS, Rows, normal_rows, offer, publish

pytestmark = pytest.mark.browser

MOST_CLICKS = 3
SANKT_AUGUSTIN, DORTMUND, SIEGEN, HAGEN = "05382056", "05913000", "05970040", "05914000"
MONDAY = DAY - timedelta(days=DAY.weekday())


@dataclass
class Task:
    """A reader on the start page whose clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, goal: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        goal.click()

    def go(self, title: str) -> None:
        """To a view by the navigation."""
        ways = self.page.get_by_role("navigation", name="Ansichten")
        self.click(ways.get_by_role("link", name=title, exact=True))
        expect(self.page.locator("h1")).to_contain_text(title)
        wait_for_view(self.page)


@dataclass(frozen=True)
class Atlas:
    """A running dashboard and the file that it shows."""

    url: str
    published: Path

    def sql(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(question, list(values)).fetchall()


def _week() -> Rows:
    """The normal night with a broken source for Sankt Augustin, three councils in Arnsberg of which
    one has a Basismodul, offers around March, and changes before and since Monday."""
    rows = normal_rows()
    hagen = {"ags": HAGEN, "regierungsbezirk": "Arnsberg", "latitude": 51.36, "longitude": 7.47}
    rows["municipalities"].append(hagen | {"name": "Hagen", "population": 189000})
    body = {"kreis": None, "counts_as_p27": "yes", "evidence_level": "election_2025_official"}
    siegen = hagen | {"ags": SIEGEN, "latitude": 50.875, "longitude": 8.016}
    rows["councils"] += [
        hagen | body | {"municipality": "Hagen"},
        siegen | body | {"municipality": "Siegen"},
    ]
    rows["council_coverage"] += [
        {
            "ags": ags,
            "module": module,
            "state": state,
            "reason": REASONS[state],
            "offer_count": int(state == "offered"),
            "open_offer_count": 0,
            "past_offer_count": 0,
        }
        for ags, states in (
            (HAGEN, ("unknown", "offered", "unknown")),
            (SIEGEN, ("offered", "none_found", "none_found")),
        )
        for module, state in zip(("basis", "aufbau", "other"), states, strict=True)
    ]
    rows["providers"].append(
        {"provider_id": "vhs-rhein-sieg", "name": "VHS Rhein-Sieg", "kind": "vhs"}
    )
    failed = {"last_complete_at": NIGHT - timedelta(days=6), "is_fresh": False}
    about = {"source_id": "rhein-sieg", "provider_id": "vhs-rhein-sieg"}
    rows["source_health"].append(
        about
        | failed
        | {
            "kind": "catalogue",
            "url": "https://vhs-rhein-sieg.example/kurse",
            "state": "failed",
            "failure_class": "timeout",
            "detail": "no answer within 30 s at /kurse",
            "last_crawl_at": NIGHT,
            "failing_since": NIGHT - timedelta(days=5),
        }
    )
    rows["council_sources"].append(
        about | failed | {"ags": SANKT_AUGUSTIN, "reason": "Zweckverband", "is_statewide": False}
    )
    march = {
        "m1": {"start_date": date(2026, 3, 2), "lifecycle": "past", "title": "Anfang März"},
        "m2": {"start_date": date(2026, 3, 28), "end_date": date(2026, 4, 2), "title": "Ende März"},
        "m3": {"start_date": date(2026, 2, 27), "end_date": date(2026, 2, 28), "lifecycle": "past"},
        "m4": {"start_date": date(2026, 3, 31), "title": "März online", "delivery_mode": "online"},
        "m5": {"start_date": date(2026, 3, 20), "lifecycle": "withdrawn", "title": "Entfernt"},
    }
    rows["offers"] += [
        offer(key, **({"last_day": values.get("end_date", values["start_date"])} | values))
        for key, values in march.items()
    ]
    rows["offer_changes"] = [
        _change("o3", MONDAY - timedelta(days=20), "appeared"),
        _change("m2", MONDAY - timedelta(days=1), "changed", "status", "closed", "open"),
        _change("m4", MONDAY, "appeared"),
        _change("o1", MONDAY + timedelta(days=2), "changed", "start_date", "2026-04-11",
                "2026-04-18"),
        _change("o2", MONDAY + timedelta(days=3), "changed", "status", "open", "full"),
        _change("m5", DAY, "withdrawn"),
    ]  # fmt: skip
    return rows


def _change(
    offer_id: str, day: date, kind: str, field: str = "lifecycle", *values: str
) -> dict[str, Any]:
    old, new = values or (None, None)
    noticed = NIGHT - timedelta(days=(DAY - day).days)
    return {
        "changed_at": noticed,
        "day": day,
        "offer_id": offer_id,
        "kind": kind,
        "field": field,
        "old_value": old,
        "new_value": new,
    }


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> Atlas:
    data_dir = tmp_path_factory.mktemp("tasks")
    published = publish(data_dir / "published", _week())
    return Atlas(serve(data_dir), published)


@pytest.fixture
def task(atlas: Atlas, visit: Callable[..., Visit]) -> Iterator[Task]:
    """A reader on the start page; nothing may have been asked of another host at the end."""
    seen = visit(atlas.url)
    wait_for_view(seen.page)
    yield Task(seen.page)
    assert seen.foreign_requests == []
    assert seen.complaints == []


def test_which_councils_in_arnsberg_lack_a_basismodul(task: Task, atlas: Atlas) -> None:
    lacking = atlas.sql(
        """SELECT municipality FROM mart.councils JOIN mart.council_coverage USING (ags)
        WHERE regierungsbezirk = 'Arnsberg' AND module = 'basis' AND state <> 'offered'
        ORDER BY municipality"""
    )
    assert [name for (name,) in lacking] == ["Dortmund", "Hagen"]
    task.click(task.page.get_by_role("link", name="ohne Basismodul im Regierungsbezirk Arnsberg"))
    expect(task.page.locator("h1")).to_have_text("Gremien")
    wait_for_view(task.page)
    names = task.page.locator(".qa-table tbody th a")
    expect(names).to_have_text([name for (name,) in lacking])
    expect(task.page.get_by_text("2 von 3 belegten Gremien")).to_be_visible()


def test_send_me_the_offers_in_march_as_excel(task: Task, atlas: Atlas, tmp_path: Path) -> None:
    wanted = atlas.sql(
        """SELECT title, start_date FROM mart.offers
        WHERE start_date <= '2026-03-31' AND coalesce(end_date, start_date) >= '2026-03-01'
            AND relevance IN ('series', 'council') AND lifecycle <> 'withdrawn'
        ORDER BY start_date, title"""
    )
    assert [title for title, _ in wanted] == ["Anfang März", "Ende März", "März online"]
    task.go("Angebote")
    task.click(task.page.get_by_role("link", name="März 2026"))
    expect(task.page.get_by_text(f"{len(wanted)} Angebote gefunden.")).to_be_visible()
    wait_for_view(task.page)
    with task.page.expect_download() as waiting:
        task.click(task.page.get_by_role("button", name="Angebote: Excel"))
    saved = tmp_path / "march.xlsx"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "angebote_2026-03-14.xlsx"
    book = openpyxl.load_workbook(saved)
    assert "Zeitraum: ab 01.03.2026 bis 31.03.2026" in dict(book["Hinweise"].values)["Filter"]
    head, *lines = book.worksheets[0].values
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(line["Angebot"], line["Beginn"]) for line in told] == [
        (title, datetime.combine(day, datetime.min.time())) for title, day in wanted
    ]


def test_why_is_sankt_augustin_unknown(task: Task, atlas: Atlas) -> None:
    ((reason, name, last_complete),) = atlas.sql(
        """SELECT DISTINCT c.reason, p.name, h.last_complete_at::DATE
        FROM mart.council_coverage c JOIN mart.council_sources s USING (ags)
        JOIN mart.source_health h USING (source_id)
        JOIN mart.providers p ON p.provider_id = s.provider_id
        WHERE c.ags = ? AND c.state = 'unknown' AND h.state <> 'complete'""",
        SANKT_AUGUSTIN,
    )
    task.go("Gremien")
    task.click(task.page.get_by_role("link", name="Sankt Augustin", exact=True))
    expect(task.page.locator("h1")).to_have_text("Sankt Augustin")
    wait_for_view(task.page)
    expect(task.page.locator("main")).to_contain_text(reason)
    source = task.page.get_by_role("table", name="Quellen").locator("tbody tr")
    expect(source).to_have_count(1)
    expect(source).to_contain_text(name)
    expect(source).to_contain_text(f"{last_complete:%d.%m.%Y}")
    # What went wrong in plain words, and neither the class nor the English detail.
    expect(source).to_contain_text("zu lange nicht geantwortet")
    expect(source).not_to_contain_text("timeout")


def test_what_changed_since_monday(task: Task, atlas: Atlas) -> None:
    changed = atlas.sql(
        """SELECT DISTINCT c.day, o.title FROM mart.offer_changes c JOIN mart.offers o
        USING (offer_id) WHERE c.day BETWEEN ? AND ? ORDER BY c.day DESC""",
        MONDAY,
        DAY,
    )
    assert len(changed) == 4
    task.go("Änderungen")
    entries = task.page.locator(".qa-diary li")
    expect(entries.locator("a")).to_have_text([title for _, title in changed])
    expect(task.page.locator("h2.qa-day")).to_have_text(
        [re.compile(f"{day:%d.%m.%Y}$") for day, _ in changed]
    )
    for entry, words in enumerate(("entfernt", "Ausgebucht", "18.04.2026", "Neu")):
        expect(entries.nth(entry)).to_contain_text(words)


def test_where_does_this_date_come_from(task: Task, atlas: Atlas) -> None:
    ((title, day, words, url, fetched_at),) = atlas.sql(
        """SELECT o.title, o.start_date, p.original_text, p.source_url, p.fetched_at::DATE
        FROM mart.offers o JOIN mart.provenance p USING (offer_id)
        WHERE p.field = 'start_date' AND p.is_used"""
    )
    upcoming = task.page.get_by_role("table", name="Die nächsten Termine")
    task.click(upcoming.get_by_role("link", name=title))
    expect(task.page.locator("h1")).to_have_text(title)
    wait_for_view(task.page)
    task.click(task.page.get_by_role("link", name="Woher? kommt die Angabe „Termin“"))
    origin = task.page.locator("tr", has=task.page.locator("#woher-start_date"))
    expect(origin).to_be_in_viewport()
    for told in (f"{day:%d.%m.%Y}", f"„{words}“", f"{fetched_at:%d.%m.%Y}"):
        expect(origin).to_contain_text(told)
    expect(origin.get_by_role("link")).to_have_attribute("href", url)
