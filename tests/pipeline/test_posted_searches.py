"""Searches that are sent by POST, and pages and forms in other encodings than UTF-8."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scrapers.records import Course
from tests.loopback import Answer, crawl, site, source
from tests.pipeline.small_catalogue import AUFBAU, BASIS, catalogue, course_path, page, result_list

FIELD = "stichwort"
POST_FORM = f"""<form action="/kursfinder" method="post" class="kurssuche">
<input type="hidden" name="token" value="a b&amp;c"><input type="text" name="{FIELD}">
<button name="los" value="1">Suchen</button></form>"""


def generic(body: str) -> str:
    return page(body).replace("kuferweb", "anderes")


def posted(path: str) -> dict[str, list[str]] | None:
    """The fields of a search by POST, None for another request."""
    parts = urlsplit(path.removeprefix("POST "))
    if not path.startswith("POST ") or parts.path != "/kursfinder":
        return None
    return parse_qs(parts.query)


def answers_of(home: str, more: str = "") -> object:
    rest = catalogue({"": [BASIS, AUFBAU]}, home=home)

    def answers(path: str) -> Answer | None:
        fields = posted(path)
        if fields is not None:
            if fields.get("token") != ["a b&c"] or fields.get("los") != ["1"]:
                return Answer("<p>Ungültige Anfrage</p>", status=400)
            is_found = fields[FIELD] == ["Integrationsrat"]
            first = result_list([BASIS], more if is_found else "", 2 if more else None)
            return Answer(generic(first) if is_found else generic(result_list([])))
        if path == "/kursfinder/seite/2":
            return Answer(generic(result_list([AUFBAU], total=2)))
        return rest(path)  # type: ignore[operator]

    return answers


@pytest.mark.parametrize("home", [generic(POST_FORM), page(POST_FORM)], ids=["unknown", "kuferweb"])
def test_a_search_by_post_is_sent_with_what_its_form_hides(tmp_path: Path, home: str) -> None:
    with site(answers_of(home)) as vhs:  # type: ignore[arg-type]
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("complete", None), report.detail
    assert [s.record.course_number for s in crawled.sightings if isinstance(s.record, Course)] == [
        BASIS[0]
    ]


def test_the_pages_of_a_posted_search_are_followed_by_their_links(tmp_path: Path) -> None:
    more = '<div class="kw-paginationleiste"><a href="/kursfinder/seite/2">2</a></div>'
    with site(answers_of(generic(POST_FORM), more)) as vhs:  # type: ignore[arg-type]
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    report = crawled.reports["vhs"]
    assert (report.state, report.stated_count, report.parsed_count) == ("complete", 2, 2)
    assert len(crawled.sightings) == 2


@pytest.mark.parametrize(
    "form",
    [
        POST_FORM.replace("</form>", '<input type="password" name="p"></form>'),
        POST_FORM.replace("</form>", "<textarea name=t></textarea></form>"),
        POST_FORM.replace("</form>", '<input type="text" name="name" required></form>'),
        POST_FORM.replace("/kursfinder", "/newsletter/suche"),
        POST_FORM.replace("/kursfinder", "https://suche.example/"),
    ],
    ids=["password", "text", "another field", "newsletter", "another host"],
)
def test_a_form_that_does_more_than_search_is_never_sent(tmp_path: Path, form: str) -> None:
    with site(answers_of(generic(form))) as vhs:  # type: ignore[arg-type]
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert not [path for path in vhs.paths if path.startswith("POST")]
    assert crawled.reports["vhs"].state == "partial"


def test_robots_txt_holds_for_a_search_by_post(tmp_path: Path) -> None:
    answers = answers_of(generic(POST_FORM))
    robots = Answer("User-agent: *\nDisallow: /kursfinder", headers={"Content-Type": "text/plain"})
    with site(lambda path: robots if path == "/robots.txt" else answers(path)) as vhs:  # type: ignore[operator]
        report = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue")).reports["vhs"]
        assert not [path for path in vhs.paths if path.startswith("POST")]
    assert report.failure_class == "blocked_robots"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_sends_umlauts_in_the_encoding_that_it_names(tmp_path: Path, method: str) -> None:
    form = POST_FORM.replace("post", method).replace("<form", '<form accept-charset="iso-8859-1"')
    asked: list[str] = []

    def answers(path: str) -> Answer | None:
        if "/kursfinder" in path:
            asked.append(path)
            return Answer(generic(result_list([])))
        return Answer(generic(form)) if path == "/" else None

    with site(answers) as vhs:
        crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    with_umlaut = [path for path in asked if "r%E4te" in path]
    assert with_umlaut
    assert not [path for path in asked if "%C3" in path]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "; charset=utf-16"])
def test_pages_of_two_bytes_a_letter_are_read(tmp_path: Path, encoding: str, declared: str) -> None:
    answers = catalogue({"Integrationsräte": [BASIS]})
    title = "Grundzüge für Integrationsräte"

    def wide(path: str) -> Answer | None:
        answer = answers(path)  # type: ignore[operator]
        if answer is None:
            return None
        body = str(answer.body).replace(BASIS[1], title).encode(encoding)
        return Answer(body, headers={"Content-Type": f"text/html{declared}"})

    with site(wide) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert [path for path in vhs.paths if "Integrationsr%C3%A4te" in path]
    assert [s.record.title for s in crawled.sightings if isinstance(s.record, Course)] == [title]
    assert crawled.reports["vhs"].state == "complete"
    assert course_path(BASIS[0]) in crawled.sightings[0].page_url


def test_a_page_that_only_declares_utf_16_is_read(tmp_path: Path) -> None:
    answers = catalogue({"Integrationsrat": [BASIS]})

    def declared(path: str) -> Answer | None:
        answer = answers(path)  # type: ignore[operator]
        return answer and Answer(answer.body, headers={"Content-Type": "text/html; charset=UTF-16"})

    with site(declared) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    assert [s.record.title for s in crawled.sightings if isinstance(s.record, Course)] == [BASIS[1]]


LEAF_FORMS = '<form action="/kursfinder" method="post">{}{}<button>{}</button></form>'


def leafing(page_no: int) -> str:
    """One form for each other page, as old makes print them."""
    hidden = f'<input type="hidden" name="{FIELD}" value="Integrationsrat">'
    return "".join(
        LEAF_FORMS.format(hidden, f'<input type="hidden" name="seite" value="{number}">', number)
        for number in (1, 2)
        if number != page_no
    )


def buttons(page_no: int) -> str:
    """The buttons of the search form itself."""
    inside = "".join(
        f'<button name="blatt" value="{number}">{number}</button>' for number in (1, 2)
    )
    return f"""<form action="/kursfinder" method="post"><input type="text" name="{FIELD}"
value="Integrationsrat"><button>Suchen</button><div class="pagination">{inside}</div></form>"""


@pytest.mark.parametrize(("control", "name"), [(leafing, "seite"), (buttons, "blatt")])
def test_the_pages_of_a_posted_search_are_followed_by_its_buttons(
    tmp_path: Path, control: Callable[[int], str], name: str
) -> None:
    rest = catalogue({"": [BASIS, AUFBAU]}, home=generic(POST_FORM))

    def answers(path: str) -> Answer | None:
        fields = posted(path)
        if fields is None:
            return rest(path)  # type: ignore[operator]
        if fields[FIELD] != ["Integrationsrat"]:
            return Answer(generic(result_list([])))
        page_no = int(fields.get(name, ["1"])[0])
        hits = [BASIS] if page_no == 1 else [AUFBAU]
        return Answer(generic(result_list(hits, control(page_no), 2)))

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        sent = [path for path in vhs.paths if f"{name}=" in path]
    report = crawled.reports["vhs"]
    assert (report.state, report.stated_count, report.parsed_count) == ("complete", 2, 2)
    assert len(crawled.sightings) == 2
    assert len(sent) == 1


def test_other_forms_on_a_list_are_never_sent(tmp_path: Path) -> None:
    second = '<input type="hidden" name="seite" value="2">'
    others = [
        LEAF_FORMS.format("", "", "weiter"),
        LEAF_FORMS.format(second, "", "Anmelden"),
        LEAF_FORMS.replace("/kursfinder", "/warenkorb").format(second, "", "2"),
        LEAF_FORMS.format(second, "<textarea></textarea>", "2"),
    ]
    with site(answers_of(generic(POST_FORM), "".join(others))) as vhs:  # type: ignore[arg-type]
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
        assert len([path for path in vhs.paths if path.startswith("POST")]) == 5
    assert crawled.reports["vhs"].failure_class == "count_mismatch"


def test_pages_that_repeat_without_any_number_are_not_all(tmp_path: Path) -> None:
    """The way on is shown and leads nowhere: what it would have shown is not known."""
    bare = result_list([BASIS]).replace("1 Treffer", "Ihre Auswahl")
    more = '<div class="pagination"><a href="{}">weiter</a></div></body>'

    def answers(path: str) -> Answer | None:
        if path.startswith("/suche"):
            return Answer(bare.replace("</body>", more.format(f"{path}x")))
        return catalogue(
            {"": [BASIS]}, home=page('<form action="/suche/kurse"><input name="q"></form>')
        )(path)  # type: ignore[operator]

    with site(answers) as vhs:
        crawled = crawl(tmp_path, source("vhs", f"{vhs.origin}/", "catalogue"))
    report = crawled.reports["vhs"]
    assert (report.state, report.failure_class) == ("partial", "count_mismatch")
    assert "shows again" in (report.detail or "")
