"""What a newcomer sees after `make run`: the sample night in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.views import wait_for_view
from tests.browser.visit import Visit
from tests.conftest import SampleNight

pytestmark = pytest.mark.browser


def test_the_page_says_what_the_warehouse_says(
    sample_night: SampleNight, serve: Callable[[Path], str], visit: Callable[..., Visit]
) -> None:
    atlas = sample_night.atlas
    (counted,) = atlas.sql(
        """SELECT count(DISTINCT ags) AS offered FROM mart.council_coverage
        JOIN mart.councils USING (ags) WHERE state = 'offered' AND counts_as_p27 = 'yes'"""
    )
    (sources,) = atlas.sql(
        """SELECT count(*) AS all_of_them,
            count(*) FILTER (WHERE state IS DISTINCT FROM 'complete' OR NOT is_fresh) AS unread
        FROM mart.source_health"""
    )
    (next_one,) = atlas.sql(
        """SELECT title FROM mart.offers
        WHERE relevance IN ('series', 'council') AND lifecycle IN ('current', 'vanished')
            AND status NOT IN ('cancelled', 'finished') AND start_date >= '2026-03-14'
        ORDER BY start_date, title, offer_id LIMIT 1"""
    )

    seen = visit(serve(atlas.data_dir))
    page = seen.page
    wait_for_view(page)

    headline = f"{counted['offered']} von 111 Gremien haben ein Angebot"
    expect(page.locator("h1")).to_have_text(headline)
    expect(page.get_by_text("Beispieldaten.")).to_be_visible()
    expect(page.get_by_text("Stand: 14.03.2026")).to_be_visible()
    unread = f"{sources['unread']} von {sources['all_of_them']} Quellen konnten nicht vollständig"
    expect(page.locator(".qa-tasks")).to_contain_text(unread)
    expect(page.locator("#termine ~ *, .qa-table").first).to_be_visible()
    first = page.get_by_role("table", name="Die nächsten Termine").locator("tbody th").first
    expect(first).to_contain_text(" ".join(str(next_one["title"]).split()))
    assert seen.foreign_requests == []
    assert seen.complaints == []
