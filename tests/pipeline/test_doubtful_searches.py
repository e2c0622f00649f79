"""Searches that answer something else than they were asked: none of them proves "no offer"."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scrapers.records import SourceReport
from tests.loopback import Answer, crawl, site, source
from tests.pipeline.small_catalogue import BASIS, FORM, SEARCH, catalogue, page, result_list

YOGA = [(f"252-20{n:02}", f"Yoga am Morgen {n}") for n in range(3)]
LOAD_MORE = "<button>Weitere Kurse laden</button>"


def report_of(tmp_path: Path, search: Callable[[str], Answer]) -> SourceReport:
    """The visit of a catalogue whose search answers with `search` of the address asked for."""
    rest = catalogue({"": [BASIS, *YOGA]})

    def answers(path: str) -> Answer | None:
        return search(path) if urlsplit(path).path == SEARCH else rest(path)

    with site(answers) as vhs:
        return crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue")).reports["vhs"]


def always(body: str) -> Callable[[str], Answer]:
    return lambda path: Answer(body)


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (page("<p>Die Kurssuche ist nicht erreichbar.</p><p>Keine Kurse</p>"), "no_results"),
        (page(FORM), "no_results"),
        (result_list(YOGA), "no_results"),
        (result_list([BASIS]).replace("1 Treffer", "Kurse 1 bis 1 (von 60)"), "count_mismatch"),
        (result_list([BASIS]).replace("1 Treffer", "Die ersten 25 Treffer"), "count_mismatch"),
        (result_list([BASIS], LOAD_MORE).replace("1 Treffer", ""), "count_mismatch"),
    ],
    ids=["trouble", "home", "same for all words", "total", "first ones", "load more"],
)
def test_doubtful_search_is_not_complete(tmp_path: Path, body: str, failure: str) -> None:
    report = report_of(tmp_path, always(body))
    assert (report.state, report.failure_class) == ("partial", failure)


def test_search_that_leads_back_to_the_home_page_is_none(tmp_path: Path) -> None:
    back = Answer("", status=302, headers={"Location": "/"})
    report = report_of(tmp_path, lambda path: back)
    assert (report.state, report.failure_class) == ("partial", "no_results")
    assert "home page" in (report.detail or "")


@pytest.mark.parametrize(
    "body",
    [
        result_list([]),
        result_list([BASIS]),
        result_list([BASIS], LOAD_MORE),
        page("<p>Es wurden keine Kurse gefunden. Bitte versuchen Sie ein anderes Wort.</p>"),
    ],
    ids=["nothing", "the same offer for every word", "all of the total", "hint"],
)
def test_search_that_answers_is_believed(tmp_path: Path, body: str) -> None:
    assert report_of(tmp_path, always(body)).state == "complete"


def test_a_site_that_turns_readers_away_is_not_asked_for_every_word(tmp_path: Path) -> None:
    wall = Answer("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>")
    rest = catalogue({})
    with site(lambda path: wall if path.startswith(SEARCH) else rest(path)) as vhs:  # type: ignore[operator]
        report = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue")).reports["vhs"]
        assert len([path for path in vhs.paths if path.startswith(SEARCH)]) == 1
    assert (report.state, report.failure_class) == ("blocked", "blocked_bot")


def test_a_search_with_hits_that_states_no_number_leaves_the_sum_open(tmp_path: Path) -> None:
    """A stated 0 of the other words beside one hit would look as if a hit had been invented."""
    report = report_of(
        tmp_path,
        lambda path: Answer(
            result_list([BASIS]).replace("1 Treffer", "")
            if path.endswith("=Integrationsrat")
            else result_list([])
        ),
    )
    assert (report.state, report.stated_count, report.parsed_count) == ("complete", None, 1)


FOUND = [(f"252-10{n:02}", f"Rechte im Integrationsrat {n}") for n in range(10)]
OTHERS = [(f"252-30{n:02}", f"Kurs {n} am Morgen") for n in range(25)]
BY_SCRIPT = '<p><b>1</b> <a href="#" onclick="seite(2)">2</a></p>'
BY_CHOICE = (
    f'<form action="{SEARCH}"><input type="hidden" name="kfs_stichwort_schlagwort" value="{{}}">'
    "<select name=seite><option>1</option><option>2</option></select></form>"
)


def silent(answer: Callable[[str, int], str]) -> Callable[[str], Answer | None]:
    """A catalogue whose lists state no number; `answer` is told the word and the page."""
    rest = catalogue({"": FOUND})

    def answers(path: str) -> Answer | None:
        parts = urlsplit(path)
        if parts.path != SEARCH:
            return rest(path)
        asked = parse_qs(parts.query)
        body = answer(asked["kfs_stichwort_schlagwort"][0], int(asked.get("seite", ["1"])[0]))
        return Answer(re.sub(r"<p>\d+ Treffer</p>", "", body))

    return answers


def cut_at(length: int) -> Callable[[str], Answer | None]:
    hits = {"Integrationsrat": FOUND, "Kurs": OTHERS}
    return silent(lambda word, _: result_list(hits.get(word, [])[:length]))


def by_choice(word: str, number: int) -> str:
    if word != "Integrationsrat":
        return result_list([])
    return result_list(FOUND[:5] if number == 1 else FOUND[5:], BY_CHOICE.format(word))


def by_script(word: str, number: int) -> str:
    return result_list(FOUND[:5], BY_SCRIPT) if word == "Integrationsrat" else result_list([])


def test_lists_that_may_be_cut_are_read_to_their_end_or_not_complete(tmp_path: Path) -> None:
    sites = {
        "cut": cut_at(10),
        "whole": cut_at(25),
        "choice": silent(by_choice),
        "script": silent(by_script),
    }
    with ExitStack() as stack:
        origins = {name: stack.enter_context(site(one)).origin for name, one in sites.items()}
        crawled = crawl(
            tmp_path, *(source(name, f"{o}/", "catalogue") for name, o in origins.items())
        )
    found = {name: (r.state, r.failure_class, r.records) for name, r in crawled.reports.items()}
    assert found == {
        "cut": ("partial", "count_mismatch", 10),
        "whole": ("complete", None, 10),
        "choice": ("complete", None, 10),
        "script": ("partial", "count_mismatch", 5),
    }
