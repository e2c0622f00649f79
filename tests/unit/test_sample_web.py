"""The sample web behaves as its docstrings say: each site, the search, the register, the ports."""

from __future__ import annotations

import csv
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from http.cookiejar import CookieJar
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.sample_web import BaseRegisterError, RunningSampleWeb, start_sample_web
from scrapers.sample_web.decoys import decoys
from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.sites import SITES, WESEL
from scrapers.sample_web.web import hidden_mail

TODAY = date(2026, 3, 14)
REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = REPOSITORY / "warehouse" / "reference"
COUNCIL_TERMS = (
    "Integrationsrat",
    "Integrationsräte",
    "Integrationsausschuss",
    "Ausschuss für Chancengerechtigkeit und Integration",
    "Chancengerechtigkeit",
)
PROVIDER_COLUMNS = [
    *("provider_id", "name", "kind", "seat_ags"),
    *("website", "platform", "evidence_level", "source_url"),
]


@pytest.fixture(scope="module")
def base_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The least a base register may be: the sampled providers, one more, one town each."""
    folder = tmp_path_factory.mktemp("base")
    sampled = list(dict.fromkeys(site.provider_id for site in SITES))
    rows = [
        [provider, provider, "vhs", f"0500{n:04d}", "https://real.example", "auto", "", ""]
        for n, provider in enumerate([*sampled, "vhs-elsewhere"])
    ]
    _write_csv(folder / "providers.csv", [PROVIDER_COLUMNS, *rows])
    areas = [["vhs-elsewhere", "05001234", "seat", "https://real.example"]]
    header = ["provider_id", "ags", "reason", "source_url"]
    _write_csv(folder / "service_areas.csv", [header, *areas])
    (folder / "councils.csv").write_text("ags,municipality\n05000000,Probe\n", "utf-8")
    (folder / "municipalities.csv").write_text("ags,name\n05000000,Probe\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def web(
    base_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSampleWeb]:
    with start_sample_web(TODAY, base_register, tmp_path_factory.mktemp("register")) as running:
        yield running


@pytest.fixture
def fresh_web(base_register: Path, tmp_path: Path) -> Iterator[RunningSampleWeb]:
    """A web of its own for tests that make it misbehave."""
    with start_sample_web(TODAY, base_register, tmp_path / "register") as running:
        yield running


class Visitor:
    """A small browser: keeps cookies, returns status and parsed page."""

    def __init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, url: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(url, headers=headers)
        try:
            with self._opener.open(request, timeout=10) as response:
                charset = response.headers.get_content_charset("utf-8")
                return response.status, response.read().decode(charset, "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def page(self, url: str) -> LexborHTMLParser:
        status, body = self.get(url)
        assert status == 200, f"{url} answered {status}"
        return LexborHTMLParser(body)


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _one(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    node = page.css_first(selector)
    assert node is not None, f"nothing on the page fits {selector}"
    return node


def _without_highlights(page: LexborHTMLParser) -> LexborHTMLParser:
    for block in page.css('[class*="kw-highlight"]'):
        block.decompose()
    return page


def _search_by_form(visitor: Visitor, origin: str, term: str) -> tuple[str, LexborHTMLParser]:
    """Fills in the search form of the home page, as a visitor would."""
    home = visitor.page(f"{origin}/")
    form = _one(home, "form[role=search]")
    assert form is not None and form.attributes["method"] == "get"
    fields = []
    for field in form.css("input"):
        value = term if field.attributes.get("type") in ("text", "search") else None
        fields.append(
            f"{field.attributes['name']}={quote(value or field.attributes.get('value') or '')}"
        )
    url = urljoin(origin, f"{form.attributes['action']}?{'&'.join(fields)}")
    return url, visitor.page(url)


def _numbers(page: LexborHTMLParser) -> list[str]:
    """Course numbers of a Kufer list of any skin, taken from the links of its rows."""
    _without_highlights(page)
    links = page.css("td a[href*='/kurs/'], a.kw-kurstitel, .kw-ue-title a")
    found = []
    for link in links:
        path = urlsplit(link.attributes["href"] or "").path
        match = re.search(r"/kursdetails/kurs/([^/]+)", path) or re.search(r"([^/]+)/?$", path)
        assert match is not None
        found.append(match[1])
    return found


def _stated(page: LexborHTMLParser) -> int | None:
    match = re.search(r"(\d+) Treffer", page.body.text() if page.body else "")
    return int(match[1]) if match else None


# ------------------------------------------------------------------------------- the sites


def test_every_site_is_an_origin_of_its_own(web: RunningSampleWeb) -> None:
    assert len(web.sites) == len(SITES) >= 14
    assert len(set(web.sites.values())) == len(web.sites)
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+", origin) for origin in web.sites.values())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.site_id)
def test_site_answers_as_described(web: RunningSampleWeb, site: SampleSite) -> None:
    origin = web.sites[site.site_id]
    if site.behaviour == "refuses":
        with pytest.raises(urllib.error.URLError) as refused:
            Visitor().get(f"{origin}/")
        assert isinstance(refused.value.reason, ConnectionRefusedError)
        return
    assert Visitor().get(f"{origin}/robots.txt") == (200, site.robots)
    expected = 500 if site.behaviour == "fails" else 200
    for path in ("/", site.start_path):
        assert Visitor().get(origin + path)[0] == expected
    if site.behaviour == "answers":
        assert Visitor().get(f"{origin}/gibt-es-nicht")[0] == 404


def test_robots_forbids_the_search_that_would_find_an_offer(web: RunningSampleWeb) -> None:
    origin = web.sites["vhs-minden-bad-oeynhausen"]
    url, page = _search_by_form(Visitor(), origin, "Integrationsrat")
    assert _stated(page) == 1
    rules = RobotFileParser()
    rules.parse(Visitor().get(f"{origin}/robots.txt")[1].splitlines())
    assert rules.can_fetch("anyone", f"{origin}/")
    assert not rules.can_fetch("anyone", url)


# ------------------------------------------------------------------------------- the catalogues

KUFER_WITH_OFFERS = {
    "vhs-rhein-erft": {"252-1031", "252-1032", "252-1035", "251-1031"},
    "vhs-rheine": {"2500001001", "2500001002", "2400001002"},
    "vhs-recklinghausen": {"N1538", "N1539", "N1540"},
}


@pytest.mark.parametrize("site_id", KUFER_WITH_OFFERS)
def test_kufer_search_finds_what_the_title_or_text_contains(
    web: RunningSampleWeb, site_id: str
) -> None:
    for term in ("Integrationsrat", "iNTEGRATIONSRAT"):
        _, page = _search_by_form(Visitor(), web.sites[site_id], term)
        numbers = _numbers(page)
        assert set(numbers) == KUFER_WITH_OFFERS[site_id]
        assert _stated(page) == len(numbers)
    _, page = _search_by_form(Visitor(), web.sites[site_id], "Integrationsräte und")
    assert 0 < len(_numbers(page)) <= len(KUFER_WITH_OFFERS[site_id])


@pytest.mark.parametrize("site_id", ["vhs-bielefeld", "vhs-wesel-hamminkeln-schermbeck"])
@pytest.mark.parametrize("term", COUNCIL_TERMS)
def test_catalogues_without_such_a_course_say_so(
    web: RunningSampleWeb, site_id: str, term: str
) -> None:
    _, page = _search_by_form(Visitor(), web.sites[site_id], term)
    assert "Keine Kurse gefunden" in _one(page, "main").text()
    assert _numbers(page) == []
    assert _stated(page) is None


def test_integration_alone_finds_only_false_friends(web: RunningSampleWeb) -> None:
    _, page = _search_by_form(Visitor(), web.sites["vhs-bielefeld"], "Integration")
    rows = [row.text() for row in _without_highlights(page).css("tr.kw-table-row")]
    assert len(rows) == 25
    assert any("Integrationskurs" in row for row in rows)
    assert not re.search(r"Integrationsr|ausschuss|Chancengerechtigkeit", " ".join(rows))


def test_paging_needs_the_cookie_of_the_search(web: RunningSampleWeb) -> None:
    origin = web.sites["vhs-rhein-erft"]
    visitor = Visitor()
    _, first = _search_by_form(visitor, origin, "Chancengerechtigkeit")
    first_numbers, stated = _numbers(first), _stated(first)
    assert "Seite 1 von 2" in _one(first, ".kw-paginationleiste .anzahl").text()
    hrefs = {a.attributes["href"] or "" for a in first.css(".kw-paginationleiste a[href]")}
    assert len(hrefs) == 1
    href = hrefs.pop()
    assert "browse=forward" in href and "cHash=" in href

    second = visitor.page(urljoin(origin, href))
    assert len(first_numbers) == 25
    assert len(set(first_numbers + _numbers(second))) == stated == 27

    assert _stated(Visitor().page(urljoin(origin, href))) not in (None, stated)
    assert visitor.get(urljoin(origin, href.replace("cHash=", "cHash=0")))[0] == 404


def test_whole_list_can_be_read_page_by_page(web: RunningSampleWeb) -> None:
    origin, visitor = web.sites["vhs-wesel-hamminkeln-schermbeck"], Visitor()
    url: str | None = f"{origin}/programm"
    numbers: list[str] = []
    while url:
        page = visitor.page(url)
        numbers += _numbers(page)
        forward = page.css_first(".kw-paginationleiste .forward a")
        url = urljoin(origin, forward.attributes["href"] or "") if forward else None
    assert len(numbers) == len(set(numbers)) == _stated(page) == 48


@pytest.mark.parametrize("path", ["/", "/kurssuche/liste"])
def test_highlights_change_at_every_load(web: RunningSampleWeb, path: str) -> None:
    origin = web.sites["vhs-rhein-erft"]
    seen = [_one(Visitor().page(origin + path), ".kw-highlight").text() for _ in range(12)]
    assert all(before != after for before, after in pairwise(seen))
    assert any("Integration" in text for text in seen)


def test_course_page_has_one_content_under_all_its_addresses(web: RunningSampleWeb) -> None:
    origin, visitor = web.sites["vhs-rhein-erft"], Visitor()
    bodies = {
        visitor.get(f"{origin}{path}")
        for path in (
            "/programm/kurs/252-1031/",
            "/kurssuche/kurs/irgendein-name/252-1031",
            "/kurssuche/kurs/252-1031?Contrast=1",
        )
    }
    assert len(bodies) == 1
    page = visitor.page(f"{origin}/programm/kurs/252-1031/")
    assert _one(page, ".ampelicon").attributes["class"] == "ampelicon buchbar"
    assert len(page.css("table#kw-kurstage tbody tr")) == 2
    facts = [node.text() for node in page.css("dl dd")]
    assert "2 von 8" in facts
    data = json.loads(_one(page, 'script[type="application/ld+json"]').text())
    assert len(data["hasCourseInstance"]) == 2


def test_every_kind_of_status_is_there(web: RunningSampleWeb) -> None:
    lights = set()
    for site_id in ("vhs-rhein-erft", "vhs-rheine", "vhs-recklinghausen"):
        for number in KUFER_WITH_OFFERS[site_id]:
            page = Visitor().page(f"{web.sites[site_id]}/programm/kurs/{number}/")
            lights.add(_one(page, "dl").text())
    text = " ".join(lights)
    for words in ("Plätze frei", "Fast ausgebucht", "Warteliste", "ist ausgebucht", "fällt aus"):
        assert words in text
    assert "abgeschlossen" in text and "ermäßigt" in text and "entgeltfrei" in text


def test_postponed_evening_has_a_two_digit_year(web: RunningSampleWeb) -> None:
    page = Visitor().page(f"{web.sites['vhs-rheine']}/suche/kurs/x/2500001007")
    assert "verschoben" in _one(page, ".alert").text()
    beginning = page.css("dl dd")[2].text()
    match = re.search(r"(\d\d\.\d\d\.\d\d),\s+um \d\d\.\d\d Uhr", beginning)
    assert match is not None
    assert datetime.strptime(match[1], "%d.%m.%y").date() > TODAY


def test_item_fragment_is_reached_through_the_form(web: RunningSampleWeb) -> None:
    origin, visitor = web.sites["vhs-bonn"], Visitor()
    _, page = _search_by_form(visitor, origin, "Integrationsrat")
    assert not page.css("tr[data-href]")
    fragment = visitor.page(
        origin + (_one(page, "[data-ajax-url]").attributes["data-ajax-url"] or "")
    )
    rows = fragment.css("tr[data-href]")
    states = {_one(row, "td.number").text(): _one(row, "i.coursestate") for row in rows}
    assert {n: (i.attributes["class"] or "").split()[-1] for n, i in states.items() if i} == {
        "W2101": "Course_Bookable_FewPlaces",
        "W2102": "Course_NotBookable_CourseCancelled",
        "V2101": "Course_NotBookable_CourseCompleted",
    }
    by_link = visitor.page(urljoin(origin, rows[0].attributes["data-href"] or ""))
    by_number = visitor.page(f"{origin}/kurs/V2101")
    assert by_link.html == by_number.html


def test_item_fragment_pages_and_says_when_nothing_is_found(web: RunningSampleWeb) -> None:
    origin, visitor = web.sites["vhs-bonn"], Visitor()

    def fragment(term: str, page_no: int, size: int) -> LexborHTMLParser:
        params = quote(json.dumps({"search": term}))
        return visitor.page(
            f"{origin}/page_/VhsConnectSearch?action=ajaxSearch&filters%5Bparams%5D={params}"
            f"&filters[page]={page_no}&filters[pageSize]={size}"
        )

    total = _stated(fragment("Englisch", 1, 3))
    assert total is not None and total > 3
    pages = [fragment("Englisch", number, 3) for number in range(1, -(-total // 3) + 1)]
    assert sum(len(page.css("tr[data-href]")) for page in pages) == total
    assert [bool(page.css("a.next")) for page in pages] == [True] * (len(pages) - 1) + [False]
    assert "Keine Kurse gefunden" in _one(fragment("Integrationsausschuss", 1, 200), "body").text()


@pytest.mark.parametrize("offset", range(7))
def test_current_offers_stay_in_the_future_on_every_weekday(offset: int) -> None:
    today = date(2027, 12, 20 + offset)
    for site in SITES:
        for course in site.catalogue(today) if site.catalogue else ():
            if course.status == "finished":
                assert all(meeting.day < today for meeting in course.meetings)
            else:
                assert all(meeting.day > today for meeting in course.meetings)
            days = [meeting.day for meeting in course.meetings]
            assert days == sorted(set(days))


def test_no_decoy_names_a_council_and_numbers_are_unique() -> None:
    forbidden = re.compile(r"integrationsr|integrationsaus|ausschuss", re.IGNORECASE)
    for course in decoys("any", TODAY, 80, str, WESEL):
        assert not forbidden.search(course.searched_text)
        assert "chancengerechtigkeit" not in course.searched_text
    for site in SITES:
        numbers = [course.number for course in site.catalogue(TODAY)] if site.catalogue else []
        assert len(numbers) == len(set(numbers))


def test_hidden_mail_follows_the_rule_of_typo3() -> None:
    assert hidden_mail("some@email.tld", 1) == "nbjmup+tpnfAfnbjm/ume"
    assert hidden_mail("info@helhum.io", 2) == "ocknvq,kphqBjgnjwo0kq"


def test_webbasys_takes_words_in_its_own_encoding_only(web: RunningSampleWeb) -> None:
    search = "/webbasys/index.php?kathaupt=26&kfs_stichwort_schlagwort="
    by_address = web.sites["vhs-soest"] + search
    assert "Gefundene Kurse: 1" in Visitor().get(by_address + "Integrationsr%E4te")[1]
    assert "keine Kurse gefunden" in Visitor().get(by_address + "Integrationsr%C3%A4te")[1]


def test_search_by_post_alone_sounds_as_if_nothing_were_found(web: RunningSampleWeb) -> None:
    origin = web.sites["vhs-luenen"]
    query = "?kathaupt=26&kfs_stichwort_schlagwort=Integrationsrat"
    assert "keine Kurse gefunden" in Visitor().get(f"{origin}/webbasys/index.php{query}")[1]
    course = Visitor().get(f"{origin}/webbasys/index.php?kathaupt=11&knr=L261-17")[1]
    assert "Kurs: Qualifizierung" in course


def test_a_form_is_taken_by_post_where_the_site_has_one(web: RunningSampleWeb) -> None:
    def posted(site_id: str) -> tuple[int, str]:
        url = f"{web.sites[site_id]}/webbasys/index.php"
        form = "kathaupt=26&kfs_stichwort_schlagwort=Integrationsr%E4te"
        try:
            with urllib.request.urlopen(url, data=form.encode(), timeout=10) as response:
                return response.status, response.read().decode("windows-1252")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    status, found = posted("vhs-soest")
    assert (status, "Gefundene Kurse: 1" in found) == (200, True)
    status, refused = posted("vhs-luenen")
    assert (status, "Sitzung ist abgelaufen" in refused) == (403, True)
    assert posted("vhs-rheine")[0] == 405


def test_cmx_needs_the_element_of_its_own_form(web: RunningSampleWeb) -> None:
    origin, visitor = web.sites["vhs-koeln"], Visitor()
    element = _one(visitor.page(f"{origin}/"), "input[name=cmxelementid]").attributes["value"]
    query = "&seite=Suche&Suche=1&Suchbegriffe=Integrationsrat"
    found = visitor.get(f"{origin}/Suche?cmxelementid={element}{query}")[1]
    assert "2 Veranstaltungen gefunden" in found
    assert "gefunden" not in visitor.get(f"{origin}/Suche?cmxelementid=web0{query}")[1]


# ------------------------------------------------------------------------------- single pages


def _start_page(web: RunningSampleWeb, site_id: str) -> LexborHTMLParser:
    site = next(site for site in SITES if site.site_id == site_id)
    return Visitor().page(web.sites[site_id] + site.start_path)


def test_overview_lists_five_runs_whose_links_lead_to_their_courses(web: RunningSampleWeb) -> None:
    page = _start_page(web, "landesverband-reihe")
    text = _one(page, "main").text()
    assert [int(n) for n in re.findall(r"Geplante TN: (\d+)", text)] == [8, 8, 20, 20, 10]
    assert text.count("Anmeldung per E-Mail: fb4@vhs-wesel.de") == 2
    assert "111 Gremien" in text and "BASISMODUL" in text and "AUFBAUMODUL" in text
    links = [a.attributes["href"] or "" for a in page.css(".vhs-liste a[href^=http]")]
    titles = [_one(Visitor().page(link), "h1").text() for link in links]
    assert [title.rpartition(" ")[2] for title in titles] == [
        "Basismodul",
        "Aufbaumodul",
        "Basismodul",
    ]


def test_city_page_names_two_future_saturdays(web: RunningSampleWeb) -> None:
    text = _one(_start_page(web, "paderborn-stadtseite"), "main").text()
    days = [
        datetime.strptime(found, "%d.%m.%Y").date()
        for found in re.findall(r"Samstag, (\d\d\.\d\d\.\d{4})", text)
    ]
    assert len(days) == 2 and all(day > TODAY and day.weekday() == 5 for day in days)
    for fact in ("61-1004", "Am Stadelhof 8, 33098 Paderborn", "B06", "entgeltfrei", "10-16"):
        assert fact in text


@pytest.mark.parametrize(
    ("site_id", "facts"),
    [
        ("bertelsmann-workshops", ("zweitägigen Workshops", "6.000 €", "maximal 40", "Tag 2")),
        ("landesintegrationsrat-coaching", ("Das Verfahren", "Themenvertiefung", "Oberziele")),
        ("konstanz-fortbildung", ("7. und 8. November 2024", "17.00 Uhr", "Presselstr. 29")),
        ("chancen-nrw-partner", ("Seibertzstr. 1", "59821 Arnsberg", "[dot]", "0211 / 99416-0")),
    ],
)
def test_single_pages_carry_their_facts(
    web: RunningSampleWeb, site_id: str, facts: tuple[str, ...]
) -> None:
    text = _one(_start_page(web, site_id), "main").text()
    for fact in facts:
        assert fact in text


def test_no_sentence_of_a_real_page_is_repeated(web: RunningSampleWeb, shared_dir: Path) -> None:
    seeds = " ".join(file.read_text("utf-8") for file in (shared_dir / "seeds").glob("*.txt"))
    real = {
        " ".join(sentence.split())
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", seeds)
        if len(sentence.split()) >= 9
    }
    ours = ""
    for site in SITES:
        if site.behaviour == "answers" and site.system == "page":
            body = _start_page(web, site.site_id).body
            ours += " ".join((body.text(separator=" ") if body else "").split())
    assert [sentence for sentence in real if sentence in ours] == []


# ------------------------------------------------------------------------------- the register


def test_register_blanks_every_other_website(web: RunningSampleWeb, base_register: Path) -> None:
    providers = {r["provider_id"]: r for r in _read_csv(web.register_dir / "providers.csv")}
    assert list(next(iter(providers.values()))) == PROVIDER_COLUMNS
    assert len(providers) == len(_read_csv(base_register / "providers.csv"))
    for site in SITES:
        if site.kind == "catalogue":
            assert providers[site.provider_id]["website"] == web.sites[site.site_id]
    catalogues = {site.provider_id for site in SITES if site.kind == "catalogue"}
    assert {p for p, row in providers.items() if row["website"]} == catalogues


def test_register_sources_are_the_sites_not_read_from_their_home_page(
    web: RunningSampleWeb,
) -> None:
    others = [site for site in SITES if site.kind != "catalogue" or site.start_path != "/"]
    files = {file.stem: file for file in (web.register_dir / "sources").glob("*.yaml")}
    assert set(files) == {site.site_id for site in others}
    for site in others:
        source = yaml.safe_load(files[site.site_id].read_text("utf-8"))
        assert source["id"] == site.site_id and source["provider"] == site.provider_id
        assert source["kind"] == site.kind and source["checked_on"] == TODAY
        assert set(source) == {
            *("id", "provider", "kind", "platform", "start_urls", "search"),
            *("crawl_delay", "expect", "active", "note", "checked_on"),
        }
        assert Visitor().get(source["start_urls"][0])[0] == 200


def test_register_gives_each_sampled_vhs_its_seat(web: RunningSampleWeb) -> None:
    served = {
        (r["provider_id"], r["ags"]) for r in _read_csv(web.register_dir / "service_areas.csv")
    }
    seats = {r["provider_id"]: r["seat_ags"] for r in _read_csv(web.register_dir / "providers.csv")}
    assert ("vhs-elsewhere", "05001234") in served
    for site in SITES:
        assert ((site.provider_id, seats[site.provider_id]) in served) == bool(site.place)


def test_missing_provider_is_named(base_register: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    for file in base_register.iterdir():
        text = file.read_text("utf-8").replace("vhs-rheine", "vhs-nowhere")
        (base / file.name).write_text(text, "utf-8")
    with pytest.raises(BaseRegisterError, match=r"providers\.csv, field provider_id.*vhs-rheine"):
        start_sample_web(TODAY, base, tmp_path / "out")


def test_councils_of_the_sampled_providers_are_those_of_the_docstring(tmp_path: Path) -> None:
    """On the shipped reference data; the docstring of `sites` names the councils and states."""
    with start_sample_web(TODAY, REFERENCE, tmp_path) as running:
        areas = _read_csv(running.register_dir / "service_areas.csv")
        councils = {r["ags"]: r["municipality"] for r in _read_csv(tmp_path / "councils.csv")}
    sampled = {site.provider_id for site in SITES if site.place}
    concerned = {
        councils[row["ags"]]
        for row in areas
        if row["provider_id"] in sampled and row["ags"] in councils
    }
    assert concerned == {
        *("Brühl", "Hürth", "Pulheim", "Wesseling", "Rheine", "Recklinghausen", "Bonn"),
        *("Wesel", "Paderborn", "Bielefeld", "Herne", "Minden", "Bad Oeynhausen"),
        *("Dinslaken", "Voerde (Niederrhein)", "Köln", "Soest", "Lünen"),
        *("Alsdorf", "Baesweiler", "Herzogenrath", "Würselen"),
        *("Hamm", "Hagen", "Bochum", "Bottrop"),
    }


# ------------------------------------------------------------------------ slow and unchanged


def test_a_site_can_be_made_slow(fresh_web: RunningSampleWeb) -> None:
    fresh_web.set_delay("konstanz-fortbildung", 0.2)
    before = time.monotonic()
    Visitor().get(f"{fresh_web.sites['konstanz-fortbildung']}/robots.txt?a=1")
    assert time.monotonic() - before >= 0.2


def test_unchanged_page_is_not_sent_twice(web: RunningSampleWeb) -> None:
    url = f"{web.sites['vhs-rheine']}/suche/kurs/x/2500001001"
    with urllib.request.urlopen(url, timeout=10) as response:
        etag = response.headers["ETag"]
    status, body = Visitor().get(url, **{"If-None-Match": etag})
    assert (status, body) == (304, "")
    with urllib.request.urlopen(f"{web.sites['vhs-rheine']}/", timeout=10) as response:
        assert response.headers["ETag"] is None


# ------------------------------------------------------------------------------- ports, process


def test_next_block_is_used_when_one_port_is_taken(base_register: Path, tmp_path: Path) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port: int = occupied.getsockname()[1]
        with start_sample_web(TODAY, base_register, tmp_path, port - 3) as running:
            ports = sorted(urlsplit(origin).port or 0 for origin in running.sites.values())
    assert ports == list(range(ports[0], ports[0] + len(SITES)))
    assert ports[0] > port and (ports[0] - (port - 3)) % len(SITES) == 0


def test_two_webs_at_once_do_not_meet(base_register: Path, tmp_path: Path) -> None:
    with (
        start_sample_web(TODAY, base_register, tmp_path / "one") as one,
        start_sample_web(TODAY, base_register, tmp_path / "two") as two,
    ):
        assert not set(one.sites.values()) & set(two.sites.values())
        assert Visitor().get(two.sites["vhs-rheine"])[0] == 200


def test_stopping_frees_the_ports(base_register: Path, tmp_path: Path) -> None:
    with start_sample_web(TODAY, base_register, tmp_path) as running:
        first = urlsplit(running.sites["landesverband-reihe"]).port
        origin = running.sites["vhs-rheine"]
        assert Visitor().get(origin)[0] == 200
    running.stop()
    with pytest.raises(urllib.error.URLError):
        Visitor().get(origin)
    with start_sample_web(TODAY, base_register, tmp_path, first) as again:
        assert again.sites == running.sites


def _command(base: Path, out: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "scrapers.sample_web", "--base-register", str(base)),
        *("--register-out", str(out), "--today", TODAY.isoformat()),
    ]


def test_command_says_one_line_serves_and_ends_on_sigterm(
    base_register: Path, tmp_path: Path
) -> None:
    command = _command(base_register, tmp_path / "out")
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True and ready["register"] == str(tmp_path / "out")
        assert Visitor().get(ready["sites"]["vhs-rheine"])[0] == 200
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=20)
    assert (process.returncode, rest) == (0, "")


def test_command_names_what_is_missing(tmp_path: Path) -> None:
    result = subprocess.run(
        _command(tmp_path / "nowhere", tmp_path / "out"),
        capture_output=True,
        cwd=REPOSITORY,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2 and result.stdout == ""
    assert "councils.csv is missing" in result.stderr and "Traceback" not in result.stderr


def test_process_ends_with_its_parent(base_register: Path, tmp_path: Path) -> None:
    """The pipe of the sample web reaches its end when the process is gone, not before."""
    parent_code = (
        "import subprocess, sys\n"
        f"subprocess.Popen({_command(base_register, tmp_path / 'out')!r})\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent_code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        origin = json.loads(parent.stdout.readline())["sites"]["vhs-rheine"]
        assert Visitor().get(origin)[0] == 200
        parent.kill()
        parent.wait(timeout=20)
        assert parent.stdout.read() == ""
    with pytest.raises(urllib.error.URLError):
        Visitor().get(origin)
