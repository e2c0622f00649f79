"""Whether searches answered to their word."""

from __future__ import annotations

import pytest
from web_poet import HttpResponse

from scrapers.pages.asked_word import ignores_word, require_other_than_home
from scrapers.pages.base import ListEntry, PageError

HOME = "https://vhs.example/"
WORDS = ("Integrationsrat", "Chancengerechtigkeit")


def response(body: str, url: str) -> HttpResponse:
    return HttpResponse(url, body=body.encode(), encoding="utf-8")


def entry(title: str, text: str = "", number: int = 1) -> ListEntry:
    return ListEntry(title=title, url=f"{HOME}kurs/{number}", text=text)


YOGA = [entry("Yoga", number=1), entry("Kochen", number=2)]


@pytest.mark.parametrize(
    ("lists", "ignores"),
    [
        ([YOGA, YOGA], True),
        ([YOGA, YOGA[::-1]], True),
        ([YOGA], False),
        ([YOGA, YOGA[:1]], False),
        ([[], []], False),
        ([YOGA, []], False),
        ([[entry("Abend", "im INTEGRATIONSRAT")]] * 2, False),
        ([[entry("Politik in unserer Stadt mitgestalten")]] * 2, False),
    ],
)
def test_equal_lists_without_the_words(lists: list[list[ListEntry]], ignores: bool) -> None:
    assert ignores_word(lists, WORDS) is ignores


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (HOME, "<body><p>Anderes Zufallsbild</p></body>"),
        (f"{HOME}suche?q=Rat", "<body><p>Willkommen</p></body>"),
        (f"{HOME}?q=Rat", "<body><p>Willkommen</p></body>"),
    ],
)
def test_home_page_is_no_answer(url: str, body: str) -> None:
    with pytest.raises(PageError) as caught:
        require_other_than_home(response(body, url), response("<p>Willkommen</p>", HOME), "Rat")
    assert caught.value.failure_class == "no_results"


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (f"{HOME}?q=Rat", "<body><p>Keine Kurse gefunden</p></body>"),
        (HOME, '<body><input value="Rat"><p>Keine Kurse gefunden</p></body>'),
    ],
)
def test_search_at_the_address_of_the_home_page_may_answer(url: str, body: str) -> None:
    require_other_than_home(response(body, url), response("<p>Willkommen</p>", HOME), "Rat")
