"""Courses that a page suggests are no hits of its search, and hits are no suggestions."""

from __future__ import annotations

from datetime import date

import pytest
from web_poet import HttpResponse

from scrapers.pages.base import PageContext, PageError
from scrapers.pages.generic import GenericListPage

NONE = "<p>Es wurden keine Kurse gefunden.</p>"
HITS = "<ul>{}</ul>".format(
    "".join(
        f'<li><a href="/kurse/detail/{i}0{i}">Rundgang {i}</a> 0{i}.08.2026</li>' for i in (1, 2)
    )
)
SUGGESTED = (
    '<section><h2>{}</h2><p><a href="/kurse/detail/901">{}</a> 03.04.2026</p>'
    '<p><a href="/kurse/detail/902">Kochen</a> 04.04.2026</p></section>'
)


def listed(body: str) -> GenericListPage:
    html = f"<html><body><main><h1>Suche</h1>{body}</main></body></html>"
    url = "https://vhs.example/suche?wort=Rat"
    response = HttpResponse(url, body=html.encode(), encoding="utf-8")
    return GenericListPage(response, PageContext(today=date(2026, 3, 14)))


@pytest.mark.parametrize("heading", ["Das könnte Sie auch interessieren", "Beliebte Kurse"])
def test_suggestions_are_no_hits(heading: str) -> None:
    suggested = SUGGESTED.format(heading, "Yoga am Meer")
    nothing = listed(NONE + suggested + '<a href="/programm">weiter »</a>')
    assert nothing.entries() == ()
    assert nothing.says_nothing_found()
    assert nothing.next_page(1) is None
    for page in (listed("<p>2 Treffer</p>" + HITS + suggested), listed(NONE + suggested)):
        assert len(page.entries()) == page.stated_count()


def test_what_may_be_a_hit_or_an_offer_is_kept() -> None:
    about = SUGGESTED.format("Tipps", "Fortbildung für den Integrationsrat")
    with pytest.raises(PageError):
        listed(NONE + about).entries()
    with pytest.raises(PageError):
        listed(NONE + SUGGESTED.format("Unsere Kurse", "Yoga am Meer")).entries()
    assert len(listed(HITS + SUGGESTED.format("Tipps", "Yoga am Meer")).entries()) == 4
