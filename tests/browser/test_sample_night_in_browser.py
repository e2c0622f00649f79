"""What a newcomer sees after `make run`: the sample night in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_dashboard_in_browser import path_count, wait_for_page
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
    (listed,) = atlas.sql("SELECT count(*) AS councils FROM mart.councils")
    (drawn,) = atlas.sql(
        """SELECT sum(CASE shape->>'type' WHEN 'Polygon' THEN 1
            ELSE json_array_length(shape, '$.coordinates') END)::INTEGER AS outlines
        FROM (SELECT geojson::JSON AS shape FROM mart.municipality_shapes)"""
    )
    unread = atlas.sql(
        """SELECT name FROM mart.source_health JOIN mart.providers USING (provider_id)
        WHERE state <> 'complete'"""
    )

    seen = visit(serve(atlas.data_dir))
    wait_for_page(seen.page)

    headline = f"{counted['offered']} von 111 Gremien haben ein Angebot"
    expect(seen.page.locator("h1")).to_have_text(headline)
    expect(seen.page.get_by_text("Beispieldaten.")).to_be_visible()
    expect(seen.page.get_by_text("Stand: 14.03.2026")).to_be_visible()
    expect(seen.page.locator(".qa-table tbody tr")).to_have_count(listed["councils"])
    assert path_count(seen.page) == drawn["outlines"] >= 396
    for source in unread:
        expect(seen.page.locator(".qa-affected strong", has_text=source["name"])).to_be_visible()
    assert seen.foreign_requests == []
    assert seen.complaints == []
